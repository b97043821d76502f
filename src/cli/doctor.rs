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
use super::output::{Failure, Output};
use super::{Environment, Paths, Settings, config, keys, locate};
use crate::archive::{self, Index};
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
    let mut findings = vec![
        terminal(&environment, &mut wrong),
        locale(&environment),
        marks(glyphs),
        width(ambiguous_width, answer, is_wide),
        theme(settings, &environment, answer, &mut wrong),
        clipboard(&environment),
    ];
    let roots = locate::archives(named, settings);
    let index = index(roots.as_deref().unwrap_or_default(), paths);
    findings.push(archives(roots, &mut wrong));
    findings.push(index);
    findings.push(journal(paths, &mut wrong));
    findings.extend(files(paths, &mut wrong));
    if json {
        let mut object = json!({"schema": 1});
        if let Some(members) = object.as_object_mut() {
            members.extend(findings.into_iter().map(|f| (f.name.to_owned(), f.value)));
            members.insert("problems".to_owned(), wrong.clone().into());
        }
        out.json(&object)?;
    } else {
        for finding in &findings {
            let name = format!("{:<10} ", finding.name);
            out.line(&[(Some(Ink::Name), &name), (None, &finding.words)])?;
        }
        out.text(&ruler(glyphs))?;
    }
    for what in &wrong {
        out.failed(what);
    }
    Ok(())
}

fn finding(name: &'static str, words: impl Into<String>, value: impl Serialize) -> Finding {
    Finding { name, words: words.into(), value: serde_json::to_value(value).unwrap_or_default() }
}

fn terminal(environment: &Environment, wrong: &mut Vec<String>) -> Finding {
    let Environment { term, inside, is_over_ssh, .. } = environment;
    let is_tty = isatty(stdout());
    if is_tty && (term.is_empty() || term == "dumb") {
        wrong.push("TERM is not set, empty or dumb: the reader cannot place text".to_owned());
    }
    let mut words = if term.is_empty() { "TERM is not set".to_owned() } else { term.clone() };
    for (is_so, what) in [
        (*inside == Some(Multiplexer::Tmux), "inside tmux, which answers for the terminal around it"),
        (*inside == Some(Multiplexer::Screen), "inside GNU screen, which answers for the terminal around it"),
        (*is_over_ssh, "over SSH"),
        (!is_tty, "standard output is no terminal"),
    ] {
        if is_so {
            words = format!("{words}; {what}");
        }
    }
    let inside = inside.map(|m| if m == Multiplexer::Tmux { "tmux" } else { "screen" });
    let value = json!({"term": term, "inside": inside, "ssh": is_over_ssh, "tty": is_tty});
    finding("terminal", words, value)
}

fn locale(environment: &Environment) -> Finding {
    let name = if environment.locale.is_empty() { "not set" } else { &environment.locale };
    let effect =
        if environment.is_utf8() { "UTF-8" } else { "not UTF-8, so marks and rules are ASCII; texts stay" };
    finding(
        "locale",
        format!("{name}: {effect}"),
        json!({"name": environment.locale, "utf8": environment.is_utf8()}),
    )
}

fn marks(glyphs: Glyphs) -> Finding {
    let words = match (glyphs.has_ascii_marks(), glyphs.is_wide) {
        (true, true) => "ASCII, as others would take two cells",
        (true, false) => "ASCII",
        (false, _) => "Unicode",
    };
    finding("marks", words, json!({"ascii": glyphs.has_ascii_marks()}))
}

fn width(setting: AmbiguousWidth, answer: Option<Answer>, is_wide: bool) -> Finding {
    let ms = answer.map(|a| u64::try_from(a.took.as_millis()).unwrap_or(u64::MAX));
    let said = match (answer.map(|a| a.is_wide), ms) {
        (Some(Some(true)), Some(ms)) => format!("the terminal says two, in {ms} ms"),
        (Some(Some(false)), Some(ms)) => format!("the terminal says one, in {ms} ms"),
        (Some(None), Some(ms)) => format!("the terminal gave no answer of use in {ms} ms"),
        _ => "there is no terminal to ask".to_owned(),
    };
    let setting = match setting {
        AmbiguousWidth::Auto => "auto",
        AmbiguousWidth::Narrow => "narrow",
        AmbiguousWidth::Wide => "wide",
    };
    let cells = if is_wide { "two cells" } else { "one cell" };
    let words = format!("{setting}: quotes, dashes and Greek are laid out in {cells}; {said}");
    let answered = answer.and_then(|a| a.is_wide).map(|w| if w { "wide" } else { "narrow" });
    finding("width", words, json!({"setting": setting, "wide": is_wide, "answer": answered, "ms": ms}))
}

fn theme(
    settings: &Settings,
    environment: &Environment,
    answer: Option<Answer>,
    wrong: &mut Vec<String>,
) -> Finding {
    let setting = &settings.config.theme;
    let (themes, problems) = super::theme::themes(&settings.paths, setting, environment);
    wrong.extend(problems.iter().map(ToString::to_string));
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
    finding("theme", super::theme::explain(&choice, setting, environment), value)
}

fn clipboard(environment: &Environment) -> Finding {
    let (way, words) = match (environment.inside, environment.has_desktop()) {
        (Some(Multiplexer::Tmux), _) => {
            ("tmux", "tmux's buffer, and from there the terminal; else OSC 52 through tmux")
        }
        (Some(Multiplexer::Screen), _) => ("osc52-screen", "OSC 52 through GNU screen"),
        (None, false) if !environment.knows_osc() => {
            ("none", "none: this console has no clipboard, so try the reader's --print-yank FILE")
        }
        (None, true) => ("desktop", "the desktop's, or OSC 52 where it has no tool for it"),
        (None, false) => ("osc52", "OSC 52, where the terminal allows it"),
    };
    finding("clipboard", words, way)
}

/// What there is of the index of all papers. One that is missing or cannot be used is made again, and no fault.
fn index(roots: &[PathBuf], paths: &Paths) -> Finding {
    let path = Index::path(&paths.cache, roots);
    let is_file = path.is_file();
    let (papers, bytes) = Index::open(&paths.cache, roots).map(|i| (i.table().len(), i.len())).unzip();
    let words = match (papers, bytes) {
        (Some(papers), Some(bytes)) => format!("papers {papers}, bytes {bytes}"),
        _ if is_file => "cannot be used; the reader makes it again".to_owned(),
        _ => "none yet; the reader makes it".to_owned(),
    };
    let value = json!({"path": path, "papers": papers, "bytes": bytes});
    finding("index", format!("{}: {words}", path.display()), value)
}

fn archives(roots: Result<Vec<PathBuf>, Problem>, wrong: &mut Vec<String>) -> Finding {
    let roots = match roots {
        Ok(roots) => roots,
        Err(problem) => {
            wrong.push(problem.to_string());
            return finding("archive", "cannot be opened", Value::Null);
        }
    };
    let listing = if roots.is_empty() { archive::sample() } else { archive::list(&roots) };
    let mut days: Vec<_> = listing.digests.iter().map(|d| d.date).collect();
    days.dedup();
    let shown: Vec<String> = roots.iter().map(|r| r.display().to_string()).collect();
    let place = if roots.is_empty() { "none, so the sample".to_owned() } else { shown.join(", ") };
    let (days, digests) = (days.len(), listing.digests.len());
    let is_bad = |p: &&Problem| p.severity > Severity::Info;
    let bad = listing.problems.iter().filter(is_bad).count();
    if bad > 0 {
        wrong.push(format!("files that cannot be read as digests: {bad}; `wenzhai check` names them"));
    }
    if digests == 0 {
        wrong.push(format!("{place}: holds no digest"));
    }
    let value = json!({"roots": shown, "days": days, "digests": digests, "problems": bad});
    finding("archive", format!("{place}: days {days}, digests {digests}"), value)
}

/// Looks at the journal without the reader's repairs.
fn journal(paths: &Paths, wrong: &mut Vec<String>) -> Finding {
    let folder = paths.journal.clone();
    let machine = match Journal::open(&folder, &paths.state) {
        Ok(journal) => journal.machine().to_owned(),
        Err(e) => {
            wrong.push(format!("the name of this machine: {e}"));
            String::new()
        }
    };
    for place in [&folder, &paths.state] {
        if let Err(e) = writable(place) {
            wrong.push(format!("{}: decisions cannot be saved: {e}", place.display()));
        }
    }
    let own = folder.join(format!("{machine}.jsonl"));
    let (lines, bytes) = match fs::read(&own) {
        Ok(text) => (memchr::memchr_iter(b'\n', &text).count(), text.len()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => (0, 0),
        Err(e) => {
            wrong.push(format!("{}: {e}", own.display()));
            (0, 0)
        }
    };
    let files = fs::read_dir(&folder).into_iter().flatten().flatten();
    let is_other = |p: &PathBuf| p.extension().is_some_and(|e| e == "jsonl") && *p != own;
    let others = files.map(|f| f.path()).filter(is_other).count();
    let place = folder.display();
    let name =
        if lines == 0 { "nothing decided here yet".to_owned() } else { format!("this machine is {machine}") };
    let words = format!("{place}: {name}; lines {lines}, bytes {bytes}, other machines {others}");
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
fn files(paths: &Paths, wrong: &mut Vec<String>) -> Vec<Finding> {
    let text = |problems: Vec<Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut found = Vec::new();
    for (name, path, problems) in [
        ("config", paths.config_file.clone(), text(config::load(&paths.config_file).1)),
        ("keymap", paths.keymap(), text(keys::keymap(paths).1)),
        ("log", paths.log(), Vec::new()),
    ] {
        let bytes = fs::metadata(&path).ok().map(|m| m.len());
        let size = bytes.map_or("none".to_owned(), |b| format!("bytes {b}"));
        let bad = if problems.is_empty() { String::new() } else { format!(", problems {}", problems.len()) };
        let words = format!("{}: {size}{bad}", path.display());
        found.push(finding(name, words, json!({"path": path, "bytes": bytes, "problems": problems.len()})));
        wrong.extend(problems);
    }
    found
}

/// Characters with a bar behind each, in one column if the terminal draws them as they are laid out.
fn ruler(glyphs: Glyphs) -> String {
    let _measure = glyphs.measure();
    let row = |c: char| {
        let c = c.to_string();
        format!("  {c}{}|\n", " ".repeat(RULER_CELLS.saturating_sub(text::width(&c))))
    };
    let other = if glyphs.is_wide { "narrow" } else { "wide" };
    let rows: String = RULER.chars().map(row).collect();
    format!(
        "\n{rows}\nDo all bars stand in one column? If those below the second do not, try --ambiguous-width {other}."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ruler_is_straight_as_it_is_laid_out() {
        for is_wide in [false, true] {
            let glyphs = Glyphs { is_wide, is_ascii: false };
            let ruler = ruler(glyphs);
            let _measure = glyphs.measure();
            let rows: Vec<&str> = ruler.lines().filter(|l| l.ends_with('|')).collect();
            assert_eq!(rows.len(), RULER.chars().count());
            assert!(rows.iter().all(|r| text::width(r) == RULER_CELLS + 3), "{ruler}");
        }
    }
}
