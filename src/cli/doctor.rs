use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{Access, access};
use rustix::stdio::stdout;
use rustix::termios::isatty;
use serde::Serialize;
use serde_json::{Value, json};

use super::colour::Ink;
use super::environment::Multiplexer;
use super::output::{Failure, Output, padded};
use super::{Environment, Paths, Settings, config, keys, locate};
use crate::archive::{self, Index};
use crate::catalogue::Lang;
use crate::config::{AmbiguousWidth, Prefs};
use crate::journal::Journal;
use crate::model::{Problem, Severity};
use crate::text::{self, Glyphs};
use crate::theme::{Colours, Ground};

/// What a terminal said of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whether ambiguous characters take two cells; none where it did not answer, or made no sense.
    pub is_wide: Option<bool>,
    /// The colours it draws with; none where it did not say.
    pub colours: Option<Colours>,
    /// How long it took.
    pub took: Duration,
}

/// One line: what it is about, what is so, and the same for programs.
struct Finding {
    name: &'static str,
    words: String,
    value: Value,
}

/// Characters of the ruler: two that no terminal disagrees about, then those that it is about.
const RULER: &str = "a文“”…—·★│";
/// Cells up to the bar of the ruler.
const RULER_CELLS: usize = 6;

/// Prints what is made of the terminal and where things are, then the ruler. What is wrong goes to standard error
/// and makes the exit status 1. Writes no file.
pub(super) fn run(
    out: &mut Output,
    named: &[PathBuf],
    settings: &Settings,
    probe: fn() -> Option<Answer>,
    json: bool,
) -> Result<(), Failure> {
    let paths = &settings.paths;
    let Prefs { ambiguous_width, ascii, .. } = settings.config.prefs;
    let environment = Environment::read();
    let answer = probe();
    let is_wide = match ambiguous_width {
        AmbiguousWidth::Auto => answer.and_then(|a| a.is_wide).unwrap_or(false),
        width => width == AmbiguousWidth::Wide,
    };
    let glyphs = Glyphs { is_wide, is_ascii: ascii || !environment.is_utf8() };
    let mut wrong = Vec::new();
    // What programs read is in one language.
    let lang = if json { Lang::En } else { settings.lang };
    let mut findings = vec![
        terminal(&environment, lang, &mut wrong),
        locale(&environment, lang),
        marks(glyphs, lang),
        width(ambiguous_width, answer, is_wide, lang),
        theme(settings, &environment, answer, lang, &mut wrong),
        clipboard(&environment, lang),
    ];
    let roots = locate::archives(named, settings);
    let index = index(roots.as_deref().unwrap_or_default(), paths, lang);
    findings.push(archives(roots, lang, &mut wrong));
    findings.push(index);
    findings.push(journal(paths, lang, &mut wrong));
    findings.extend(files(paths, lang, &mut wrong));
    if json {
        let mut object = json!({"schema": 1});
        if let Some(members) = object.as_object_mut() {
            members.extend(findings.into_iter().map(|f| (f.name.to_owned(), f.value)));
            members.insert("problems".to_owned(), wrong.clone().into());
        }
        out.json(&object)?;
    } else {
        for finding in &findings {
            let name = padded(lang.finding(finding.name), 10) + " ";
            out.line(&[(Some(Ink::Name), &name), (None, &finding.words)])?;
        }
        out.text(&ruler(glyphs, lang))?;
    }
    for what in &wrong {
        out.failed(what);
    }
    Ok(())
}

fn finding(name: &'static str, words: impl Into<String>, value: impl Serialize) -> Finding {
    Finding { name, words: words.into(), value: serde_json::to_value(value).unwrap_or_default() }
}

fn terminal(environment: &Environment, lang: Lang, wrong: &mut Vec<String>) -> Finding {
    let Environment { term, inside, is_over_ssh, .. } = environment;
    let is_tty = isatty(stdout());
    if is_tty && (term.is_empty() || term == "dumb") {
        wrong.push(lang.term_is_dumb());
    }
    let mut words = if term.is_empty() { lang.no_term() } else { term.clone() };
    for (is_so, what) in [
        (*inside == Some(Multiplexer::Tmux), lang.inside_multiplexer("tmux")),
        (*inside == Some(Multiplexer::Screen), lang.inside_multiplexer("GNU screen")),
        (*is_over_ssh, lang.over_ssh()),
        (!is_tty, lang.output_is_no_terminal()),
    ] {
        if is_so {
            words = lang.furthermore(&words, &what);
        }
    }
    let inside = inside.map(|m| if m == Multiplexer::Tmux { "tmux" } else { "screen" });
    let value = json!({"term": term, "inside": inside, "ssh": is_over_ssh, "tty": is_tty});
    finding("terminal", words, value)
}

fn locale(environment: &Environment, lang: Lang) -> Finding {
    let name = if environment.locale.is_empty() { lang.not_set() } else { environment.locale.clone() };
    let effect = if environment.is_utf8() { "UTF-8".to_owned() } else { lang.not_utf8() };
    finding(
        "locale",
        lang.named(&name, &effect),
        json!({"name": environment.locale, "utf8": environment.is_utf8()}),
    )
}

fn marks(glyphs: Glyphs, lang: Lang) -> Finding {
    let words = lang.marks_drawn(glyphs.has_ascii_marks(), glyphs.is_wide);
    finding("marks", words, json!({"ascii": glyphs.has_ascii_marks()}))
}

fn width(setting: AmbiguousWidth, answer: Option<Answer>, is_wide: bool, lang: Lang) -> Finding {
    let ms = answer.map(|a| u64::try_from(a.took.as_millis()).unwrap_or(u64::MAX));
    let said = lang.width_said(answer.and_then(|a| a.is_wide), ms);
    let setting = match setting {
        AmbiguousWidth::Auto => "auto",
        AmbiguousWidth::Narrow => "narrow",
        AmbiguousWidth::Wide => "wide",
    };
    let words = lang.width_taken(setting, is_wide, &said);
    let answered = answer.and_then(|a| a.is_wide).map(|w| if w { "wide" } else { "narrow" });
    finding("width", words, json!({"setting": setting, "wide": is_wide, "answer": answered, "ms": ms}))
}

fn theme(
    settings: &Settings,
    environment: &Environment,
    answer: Option<Answer>,
    lang: Lang,
    wrong: &mut Vec<String>,
) -> Finding {
    let setting = &settings.config.theme;
    let (themes, problems) = super::theme::themes(&settings.paths, setting, environment);
    wrong.extend(problems.iter().map(|problem| problem.in_words(|what| lang.reason(what))));
    let choice = themes.choose(answer.and_then(|a| a.colours));
    let ground = match choice.ground {
        Ground::Heard(_) => "terminal",
        Ground::Said { .. } => "COLORFGBG",
        Ground::Unknown => "unknown",
    };
    let value = json!({
        "setting": setting.as_str(), "name": choice.name, "colours": choice.depth.name(), "background": ground,
        "no_color": environment.is_colourless, "colorterm": environment.colorterm,
    });
    finding("theme", super::theme::explain(&choice, setting, environment, lang), value)
}

fn clipboard(environment: &Environment, lang: Lang) -> Finding {
    let way = match (environment.inside, environment.has_desktop()) {
        (Some(Multiplexer::Tmux), _) => "tmux",
        (Some(Multiplexer::Screen), _) => "osc52-screen",
        (None, false) if !environment.knows_osc() => "none",
        (None, true) => "desktop",
        (None, false) => "osc52",
    };
    finding("clipboard", lang.clipboard_way(way), way)
}

/// What there is of the index of all papers. One that is missing or cannot be used is made again, and no fault.
fn index(roots: &[PathBuf], paths: &Paths, lang: Lang) -> Finding {
    let path = Index::path(&paths.cache, roots);
    let is_file = path.is_file();
    let (papers, bytes) = Index::open(&paths.cache, roots).map(|i| (i.table().len(), i.len())).unzip();
    let words = match (papers, bytes) {
        (Some(papers), Some(bytes)) => lang.index_holds(papers, bytes),
        _ if is_file => lang.index_unusable(),
        _ => lang.no_index(),
    };
    let value = json!({"path": path, "papers": papers, "bytes": bytes});
    finding("index", lang.named(&path.display().to_string(), &words), value)
}

fn archives(roots: Result<Vec<PathBuf>, Problem>, lang: Lang, wrong: &mut Vec<String>) -> Finding {
    let roots = match roots {
        Ok(roots) => roots,
        Err(problem) => {
            wrong.push(problem.in_words(|what| lang.reason(what)));
            return finding("archive", lang.cannot_be_opened(), Value::Null);
        }
    };
    let listing = if roots.is_empty() { archive::sample() } else { archive::list(&roots) };
    let mut days: Vec<_> = listing.digests.iter().map(|d| d.date).collect();
    days.dedup();
    let shown: Vec<String> = roots.iter().map(|r| r.display().to_string()).collect();
    let place = if roots.is_empty() { lang.so_the_sample() } else { shown.join(", ") };
    let (days, digests) = (days.len(), listing.digests.len());
    let is_bad = |p: &&Problem| p.severity > Severity::Info;
    let bad = listing.problems.iter().filter(is_bad).count();
    if bad > 0 {
        wrong.push(lang.bad_digest_files(bad));
    }
    if digests == 0 {
        wrong.push(lang.holds_no_digest(&place));
    }
    let value = json!({"roots": shown, "days": days, "digests": digests, "problems": bad});
    finding("archive", lang.archive_holds(&place, days, digests), value)
}

/// Looks at the journal without the reader's repairs.
fn journal(paths: &Paths, lang: Lang, wrong: &mut Vec<String>) -> Finding {
    let folder = paths.journal.clone();
    let machine = match Journal::open(&folder, &paths.state) {
        Ok(journal) => journal.machine().to_owned(),
        Err(e) => {
            wrong.push(lang.no_machine_name(&e.to_string()));
            String::new()
        }
    };
    for place in [&folder, &paths.state] {
        if let Err(e) = writable(place) {
            wrong.push(lang.cannot_save(&place.display().to_string(), &e.to_string()));
        }
    }
    let own = folder.join(format!("{machine}.jsonl"));
    let (lines, bytes) = match fs::read(&own) {
        Ok(text) => (memchr::memchr_iter(b'\n', &text).count(), text.len()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => (0, 0),
        Err(e) => {
            wrong.push(Problem::of_io(own.display().to_string(), &e).in_words(|what| lang.reason(what)));
            (0, 0)
        }
    };
    let files = fs::read_dir(&folder).into_iter().flatten().flatten();
    let is_other = |p: &PathBuf| p.extension().is_some_and(|e| e == "jsonl") && *p != own;
    let others = files.map(|f| f.path()).filter(is_other).count();
    let name = if lines == 0 { lang.nothing_decided_here() } else { lang.this_machine(&machine) };
    let words = lang.journal_holds(&folder.display().to_string(), &name, lines, bytes, others);
    let value =
        json!({"folder": folder, "machine": machine, "lines": lines, "bytes": bytes, "others": others});
    finding("journal", words, value)
}

/// Says why nothing can be written in a folder, or in the nearest one above it that is there.
fn writable(folder: &Path) -> io::Result<()> {
    let there = folder.ancestors().find(|f| f.exists()).unwrap_or(Path::new("/"));
    Ok(access(there, Access::WRITE_OK | Access::EXEC_OK)?)
}

/// The configuration, the keys and the log.
fn files(paths: &Paths, lang: Lang, wrong: &mut Vec<String>) -> Vec<Finding> {
    let said = |problem: &Problem| problem.in_words(|what| lang.reason(what));
    let text = |problems: Vec<Problem>| problems.iter().map(said).collect::<Vec<_>>();
    let mut found = Vec::new();
    for (name, path, problems) in [
        ("config", paths.config_file.clone(), text(config::load(&paths.config_file).1)),
        ("keymap", paths.keymap(), text(keys::keymap(paths).1)),
        ("log", paths.log(), Vec::new()),
    ] {
        let bytes = fs::metadata(&path).ok().map(|m| m.len());
        let size = bytes.map_or_else(|| lang.no_file(), |b| lang.file_bytes(b));
        let bad = if problems.is_empty() { String::new() } else { lang.file_problems(problems.len()) };
        let words = lang.named(&path.display().to_string(), &(size + &bad));
        found.push(finding(name, words, json!({"path": path, "bytes": bytes, "problems": problems.len()})));
        wrong.extend(problems);
    }
    found
}

/// Characters with a bar behind each, in one column if the terminal draws them as they are laid out.
fn ruler(glyphs: Glyphs, lang: Lang) -> String {
    let _measure = glyphs.measure();
    let row = |c: char| {
        let c = c.to_string();
        format!("  {c}{}|\n", " ".repeat(RULER_CELLS.saturating_sub(text::width(&c))))
    };
    let other = if glyphs.is_wide { "narrow" } else { "wide" };
    let rows: String = RULER.chars().map(row).collect();
    format!("\n{rows}\n{}", lang.ruler_question(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ruler_is_straight_as_it_is_laid_out() {
        for is_wide in [false, true] {
            let glyphs = Glyphs { is_wide, is_ascii: false };
            let ruler = ruler(glyphs, Lang::En);
            let _measure = glyphs.measure();
            let rows: Vec<&str> = ruler.lines().filter(|l| l.ends_with('|')).collect();
            assert_eq!(rows.len(), RULER.chars().count());
            assert!(rows.iter().all(|r| text::width(r) == RULER_CELLS + 3), "{ruler}");
        }
    }
}
