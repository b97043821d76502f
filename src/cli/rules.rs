use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Subcommand;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::chinese::Refused;
use super::output::{Failure, Output};
use super::{Settings, complain, config, locate};
use crate::catalogue::{Lang, quote};
use crate::config::Config;
use crate::filter::{DateRange, Interest, Rating, Rule, Subject, Worth};
use crate::model::{Date, Digest, Listed, Problem};

/// What to do with rules of interest.
#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// Print the rules of the configuration: how many papers of the newest day each meets, its weight or mute, what it
    /// looks for and its name, separated by tabs.
    List {
        /// Folders of digests, or single digest files.
        #[arg(value_name = "ARCHIVE")]
        archives: Vec<PathBuf>,
        /// Print JSON Lines, one rule a line.
        #[arg(long)]
        json: bool,
    },
    /// Print the papers that rules meet, as a rehearsal: nothing is saved. Without a rule, those of the configuration.
    ///
    /// Each line gives date, id, score (or mute) and title, separated by tabs, newest day first, best first; the last
    /// one, on standard error, says how many papers would be lifted, lowered and muted.
    ///
    /// Example: wenzhai rules test 'keyword = "diffusion", weight = 3' --date 7d
    Test {
        /// Rules as in `[[rule]]` of the configuration, such as 'query = "diffusion -video", weight = 3'. What has no = is
        /// a folder of digests or a digest file.
        #[arg(value_name = "RULE|ARCHIVE")]
        given: Vec<String>,
        /// Take the `[[rule]]` sections of a file of settings.
        #[arg(long, value_name = "FILE")]
        rule_file: Option<PathBuf>,
        /// Only the papers of these dates: 7d, 2025-04, 2025-04-01..2025-04-07, today.
        #[arg(long, value_name = "DATES", value_parser = dates)]
        date: Option<DateRange>,
        /// Print JSON Lines, one paper a line.
        #[arg(long)]
        json: bool,
    },
}

impl RulesCommand {
    /// The subcommand that was given, else the list; none where archives stand before a subcommand. A `--json` before
    /// it counts.
    pub(super) fn or_list(given: Option<Self>, named: Vec<PathBuf>, is_json: bool) -> Option<Self> {
        match given {
            None => Some(Self::List { archives: named, json: is_json }),
            Some(_) if !named.is_empty() => None,
            Some(Self::List { archives, json }) => Some(Self::List { archives, json: json || is_json }),
            Some(Self::Test { given, rule_file, date, json }) => {
                Some(Self::Test { given, rule_file, date, json: json || is_json })
            }
        }
    }
}

/// Carries a subcommand out; none where a rule that is given cannot be used, which was said then.
pub(super) fn run(
    out: &mut Output,
    command: RulesCommand,
    archive: &[PathBuf],
    settings: &Settings,
) -> Option<Result<(), Failure>> {
    Some(match command {
        RulesCommand::List { archives, json } => list(out, &[&archives, archive].concat(), settings, json),
        RulesCommand::Test { given, rule_file, date, json } => {
            let (texts, archives): (Vec<_>, Vec<_>) = given.into_iter().partition(|g| g.contains('='));
            let is_neither = |given: &&String| !given.contains(['/', '.', '~']) && !Path::new(given).exists();
            if let Some(bare) = archives.iter().find(is_neither) {
                complain(&settings.lang.no_rule_nor_file(&quote(bare)));
                return None;
            }
            let archives: Vec<PathBuf> = archives.into_iter().map(PathBuf::from).collect();
            match rules(&texts, rule_file.as_deref(), settings) {
                Ok(rules) => test(out, rules, &[&archives, archive].concat(), settings, (date, json)),
                Err(what) => {
                    complain(&what);
                    return None;
                }
            }
        }
    })
}

/// Reads the rules that were given; without any, those of the configuration.
fn rules(texts: &[String], file: Option<&Path>, settings: &Settings) -> Result<Vec<Rule>, String> {
    if texts.is_empty() && file.is_none() {
        return Ok(settings.config.prefs.rules.clone());
    }
    let mut rules = Vec::new();
    if let Some(file) = file {
        let name = file.display().to_string();
        let unread = |e| Problem::of_io(&*name, &e).in_words(|what| settings.lang.reason(what));
        let text = config::read(file).map_err(unread)?;
        let text = text.ok_or_else(|| settings.lang.no_such_file(&name))?;
        rules.extend(parse(&text, &name, settings.lang)?);
    }
    for text in texts {
        // As one table in a line, or as it would stand in the file, with or without its heading.
        let toml = match text.trim_start() {
            section if section.starts_with('[') => section.to_owned(),
            keys if keys.contains('\n') => format!("[[rule]]\n{keys}"),
            keys => format!("rule = [{{ {keys} }}]"),
        };
        rules.extend(parse(&toml, "RULE", settings.lang)?);
    }
    Ok(rules)
}

fn parse(toml: &str, name: &str, lang: Lang) -> Result<Vec<Rule>, String> {
    let (config, problems) = Config::parse(toml, name, &|name| std::env::var_os(name));
    match problems.first() {
        Some(problem) => Err(problem.in_words(|what| lang.reason(what))),
        None => Ok(config.prefs.rules),
    }
}

fn list(out: &mut Output, archives: &[PathBuf], settings: &Settings, json: bool) -> Result<(), Failure> {
    let rules = settings.config.prefs.rules.clone();
    if rules.is_empty() {
        complain(&settings.lang.no_rules_yet());
        return Ok(());
    }
    let interest = Interest::new(rules, today());
    let listing = locate::list(archives, settings)?;
    out.problems(&listing.problems);
    let newest = listing.digests.iter().map(|d| d.date).max();
    let of_day = listing.digests.iter().filter(|d| Some(d.date) == newest);
    let of_day: Vec<&Listed> = of_day.map(AsRef::as_ref).collect();
    let mut counts = vec![0; interest.rules().len()];
    for digest in of_day.into_iter().filter_map(|what| locate::load(out, what)) {
        for paper in &digest.papers {
            for reason in interest.explain(&Subject::bare(&digest, paper)) {
                counts.iter_mut().skip(reason.rule).take(1).for_each(|count: &mut usize| *count += 1);
            }
        }
    }
    for (rule, count) in interest.rules().iter().zip(counts) {
        let (kind, name) = (rule.kind.name(), rule.name.as_deref());
        if json {
            let weight = if rule.worth == Worth::Mute { None } else { Some(rule.points()) };
            out.json(&json!({
                "schema": 1,
                kind: rule.any_of,
                "weight": weight,
                "mute": rule.worth == Worth::Mute,
                "name": name,
                "date": newest,
                "papers": count,
            }))?;
        } else {
            let texts = rule.any_of.join(" | ");
            let name = name.map(|n| format!("\t{n}")).unwrap_or_default();
            out.text(&line(&format!("{count}\t{}\t{kind} {texts}{name}", worth(rule))))?;
        }
    }
    Ok(())
}

fn worth(rule: &Rule) -> String {
    if rule.worth == Worth::Mute { "mute".to_owned() } else { format!("{:+}", rule.points()) }
}

/// How many papers rules would move where.
#[derive(Default)]
struct Moved {
    all: usize,
    lifted: usize,
    lowered: usize,
    muted: usize,
}

impl Moved {
    fn add(&mut self, rating: &Rating) {
        self.all += 1;
        match rating {
            r if r.muted_by.is_some() => self.muted += 1,
            r if r.score > 0 => self.lifted += 1,
            r if r.score < 0 => self.lowered += 1,
            _ => {}
        }
    }
}

fn test(
    out: &mut Output,
    rules: Vec<Rule>,
    archives: &[PathBuf],
    settings: &Settings,
    (dates, json): (Option<DateRange>, bool),
) -> Result<(), Failure> {
    if rules.is_empty() {
        return Err(Failure::Other(settings.lang.no_rule_to_test()));
    }
    let interest = Interest::new(rules, today());
    let listing = locate::list(archives, settings)?;
    out.problems(&listing.problems);
    let mut days: BTreeMap<Reverse<Date>, Vec<&Listed>> = BTreeMap::new();
    for what in listing.digests.iter().filter(|what| dates.is_none_or(|dates| dates.has(what.date))) {
        days.entry(Reverse(what.date)).or_default().push(what);
    }
    let mut moved = Moved::default();
    for day in days.values() {
        let digests: Vec<Arc<Digest>> = day.iter().filter_map(|what| locate::load(out, what)).collect();
        let papers: Vec<_> = digests.iter().flat_map(|d| d.papers.iter().map(move |p| (d, p))).collect();
        let subjects: Vec<Subject> = papers.iter().map(|(d, p)| Subject::bare(d, p)).collect();
        let ratings = interest.rate_all(&subjects);
        for rating in &ratings {
            moved.add(rating);
        }
        let mut met: Vec<_> = papers
            .into_iter()
            .zip(ratings)
            .filter(|(_, rating)| rating.score != 0 || rating.muted_by.is_some())
            .collect();
        met.sort_by_key(|(_, rating)| (rating.muted_by.is_some(), Reverse(rating.score)));
        for ((digest, paper), rating) in met {
            let is_muted = rating.muted_by.is_some();
            if json {
                out.json(&json!({
                    "schema": 1,
                    "date": digest.date,
                    "category": digest.category,
                    "id": paper.id,
                    "title": paper.title,
                    "score": rating.score,
                    "mute": is_muted,
                }))?;
            } else {
                let score = if is_muted { "mute".to_owned() } else { format!("{:+}", rating.score) };
                out.text(&line(&format!("{}\t{}\t{score}\t{}", digest.date, paper.id, paper.title)))?;
            }
        }
    }
    out.flush()?;
    let newest = listing.digests.iter().map(|what| what.date).max().filter(|_| days.is_empty());
    if let Some(newest) = newest {
        complain(&settings.lang.no_digest_then(&newest.to_string()));
        return Ok(());
    }
    complain(&settings.lang.would_do([moved.lifted, moved.lowered, moved.muted], moved.all));
    Ok(())
}

/// One line, whatever the texts hold.
fn line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

fn dates(typed: &str) -> Result<DateRange, Refused> {
    DateRange::read(typed, today()).ok_or_else(|| Refused::new(Lang::dates_rule))
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
