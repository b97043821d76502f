use super::day::NAMED;
use super::parse::split;
use super::table::{Takes, Verb, actions, words};
use super::tags::is_between_tags;
use crate::action::Action;
use crate::catalogue::Lang;
use crate::config;
use crate::filter::{self, Vocabulary};
use crate::text::fold_text;

/// What arguments can be completed to.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The dates of the archive, the newest first.
    pub dates: Vec<String>,
    /// What values in queries can be completed to.
    pub query: Vocabulary,
}

/// What can be put in the place of the last word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The text.
    pub text: String,
    /// What it does; empty where the text says all.
    pub help: String,
}

impl Choice {
    fn new(text: impl Into<String>, help: impl Into<String>) -> Self {
        Self { text: text.into(), help: help.into() }
    }
}

/// Says what the end of `before`, the text before the insertion point, can be completed to: how many bytes of it are
/// replaced, and by what, the likeliest first. Names of commands, then what follows them. O(length of all).
#[must_use]
pub fn complete(before: &str, known: &Known, lang: Lang) -> (usize, Vec<Choice>) {
    let (name_at, rest_at) = split(before);
    let name = fold_text(before.get(name_at.clone()).unwrap_or_default());
    if name_at.end == before.len() {
        return (name_at.len(), names(&name, lang));
    }
    let Some(verb) = Verb::from_name(&name) else { return (0, Vec::new()) };
    // Blanks at the end begin the next word.
    let rest = before.get(rest_at.start..).unwrap_or_default().trim_start();
    let word = rest.rsplit(char::is_whitespace).next().unwrap_or(rest);
    let typed = fold_text(word);
    let is_first = word.len() == rest.len();
    let pick =
        |all: Vec<Choice>| (word.len(), all.into_iter().filter(|c| c.text.starts_with(&typed)).collect());
    match verb.takes() {
        Takes::Day if is_first => {
            let named = NAMED.iter().map(|(name, _)| (*name).to_owned());
            let all: Vec<String> = known.dates.iter().cloned().chain(named).collect();
            let fits =
                |d: &&String| d.starts_with(&typed) || d.get(5..).is_some_and(|d| d.starts_with(&typed));
            (word.len(), all.iter().filter(fits).map(|d| Choice::new(d, "")).collect())
        }
        Takes::Word(prefix) if is_first => {
            pick(words(prefix).map(|(word, action)| Choice::new(word, action.help(lang))).collect())
        }
        Takes::MaybeQuery | Takes::Query => {
            let (bytes, list) = filter::complete(rest, &known.query);
            (bytes, list.into_iter().map(|text| Choice::new(text, "")).collect())
        }
        Takes::Tags => {
            let word = rest.rsplit(is_between_tags).next().unwrap_or(rest);
            let bare = word.trim_start_matches(['+', '-', '＋', '－', '#']);
            let typed = fold_text(bare);
            let fits = |t: &&String| fold_text(t).starts_with(&typed);
            (bare.len(), known.query.tags.iter().filter(fits).map(|t| Choice::new(t, "")).collect())
        }
        Takes::Setting if is_first => {
            pick(config::live().map(|s| Choice::new(format!("{} ", s.name), s.choices.join(" "))).collect())
        }
        Takes::Setting => {
            let mut before = rest.get(..rest.len() - word.len()).unwrap_or_default().split_whitespace();
            let name = before.next().map(fold_text);
            // Where a setting takes words of its own, it takes one.
            let setting = config::live().find(|s| Some(s.name) == name.as_deref() && before.next().is_none());
            let choices = setting.map_or(&[][..], |s| s.choices);
            pick(choices.iter().map(|c| Choice::new(*c, "")).collect())
        }
        _ => (0, Vec::new()),
    }
}

/// The commands that what is typed begins, those with arguments first; then those it begins a word of.
fn names(typed: &str, lang: Lang) -> Vec<Choice> {
    let verbs: Vec<Verb> = Verb::all().collect();
    let is_verb = |a: &Action| verbs.iter().any(|v| v.name() == a.name());
    let with_arguments = verbs.iter().map(|v| {
        // What follows is asked for by the same key.
        let blank = if v.needs_argument() { " " } else { "" };
        Choice::new(format!("{}{blank}", v.name()), v.help(lang))
    });
    let plain = actions().filter(|a| !is_verb(a)).map(|a| Choice::new(a.name(), a.help(lang)));
    let all: Vec<Choice> = with_arguments.chain(plain).collect();
    let inner = format!("-{typed}");
    let (first, others): (Vec<Choice>, Vec<Choice>) =
        all.into_iter().partition(|c| c.text.starts_with(typed));
    let others = others.into_iter().filter(|c| !typed.is_empty() && c.text.contains(&inner));
    first.into_iter().chain(others).collect()
}
