//! Sets what stands above the tabs of the detail pane: title, authors, venue, links.

use super::detail_text::all_links;
use super::sightings::Also;
use super::styled::{Role, StyledLine};
use super::tab::{Tab, TabKeys};
use crate::catalogue::Lang;
use crate::effect::Remarks;
use crate::model::{Date, Digest, Paper, venue};
use crate::text::{self, Form};

/// Rows a title takes at most.
const TITLE_ROWS: usize = 3;
/// Authors named before the last one.
const FIRST_AUTHORS: usize = 4;
/// Other records of a paper that are named.
const PLACES: usize = 3;
/// Links shown; the others stand in the More tab.
const LINKS: usize = 3;
/// Below this many rows the head shrinks to one row of title.
const LOW: usize = 14;
/// From this many rows blank rows stand between its parts.
const AIRY: usize = 28;

/// Sets the head of the detail pane in `width` cells, for a pane of `height` rows.
#[must_use]
pub(super) fn detail_head(
    (paper, remarks, also): (&Paper, &Remarks, &[Also]),
    (digest, followed): (&Digest, &[String]),
    lang: Lang,
    form: Form,
    width: usize,
    height: usize,
) -> Vec<StyledLine> {
    let mut lines = title(&form.of_head(&paper.title), width, if height < LOW { 1 } else { TITLE_ROWS });
    if height < LOW {
        return lines;
    }
    if let Some(zh) = &paper.title_zh {
        lines.push(StyledLine::of(text::fit(&form.of_head(zh), width), Role::Plain));
    }
    if height >= AIRY {
        lines.push(StyledLine::new());
    }
    if !paper.authors.is_empty() {
        let authors = authors(&paper.authors, form, width);
        let hits = followed.iter().flat_map(|name| authors.match_indices(name));
        let hits = hits.map(|(at, name)| at..at + name.len());
        let is_whole = |hit: &std::ops::Range<usize>| {
            !authors.get(hit.end..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        };
        let hits = hits.filter(is_whole).collect();
        let mut line = StyledLine::new();
        line.push_marked(&authors, Role::Dim, hits);
        lines.push(line);
    }
    lines.push(facts(paper, digest, lang, width));
    if !also.is_empty() {
        lines.push(StyledLine::of(text::fit(&seen_elsewhere(also, digest.date, lang), width), Role::Dim));
    }
    let found = links(paper, width);
    if !found.spans.is_empty() {
        lines.push(found);
    }
    if !remarks.tags.is_empty() {
        let tags: Vec<String> = remarks.tags.iter().map(|t| format!("#{}", text::show(t))).collect();
        lines.push(StyledLine::of(text::fit(&tags.join(" "), width), Role::Dim));
    }
    lines
}

/// Sets the row of tabs with the `active` ones in brackets; tabs without a text of their own are dim and end in a dash.
#[must_use]
pub(super) fn tab_bar(active: &[Tab], keys: &TabKeys, paper: &Paper, lang: Lang, width: usize) -> StyledLine {
    // The widest that fits: names and room between them, names, keys beside the active name, keys.
    let forms = [(2, Named::All), (1, Named::All), (0, Named::All), (0, Named::Active), (0, Named::None)];
    let bars = forms.map(|(gap, named)| bar((active, keys), paper, lang, gap, named));
    let fitting = bars.iter().position(|b| b.width() <= width);
    bars.into_iter().nth(fitting.unwrap_or(forms.len() - 1)).unwrap_or_default()
}

/// Which tabs have their names beside their keys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    All,
    Active,
    None,
}

fn bar(
    (active, keys): (&[Tab], &TabKeys),
    paper: &Paper,
    lang: Lang,
    gap: usize,
    named: Named,
) -> StyledLine {
    let mut line = StyledLine::new();
    for (at, (key, tab)) in keys.tabs().enumerate() {
        let is_active = active.contains(&tab);
        let mut label = key.to_owned();
        if named == Named::All || (named == Named::Active && is_active) {
            label = format!("{label} {}", tab.label(lang));
        }
        if !tab.has_text(paper) {
            label.push_str(text::dash());
        }
        let (open, close) = match (is_active, gap) {
            (true, _) => ("[", "]"),
            (false, 0) => ("", ""),
            (false, _) => (" ", " "),
        };
        let role = match (is_active, tab.has_text(paper)) {
            (true, _) => Role::Heading,
            (false, true) => Role::Plain,
            (false, false) => Role::Dim,
        };
        line.push(format!("{open}{label}{close}"), role);
        if at + 1 < Tab::ALL.len() {
            line.push(" ".repeat(gap.abs_diff(1)), Role::Plain);
        }
    }
    line
}

/// Sets a shown title in at most `rows` rows, its Latin name strong.
fn title(shown: &str, width: usize, rows: usize) -> Vec<StyledLine> {
    // Here the title is the heading, so one without a name of its own is strong as a whole.
    let name = text::title_head(shown).map_or(shown.len(), str::len);
    let mut ranges = text::wrap(shown, width);
    if let Some(last) = ranges.get(rows.saturating_sub(1)).filter(|_| ranges.len() > rows).cloned() {
        ranges.truncate(rows);
        if let Some(range) = ranges.last_mut() {
            *range = last.start..shown.len();
        }
    }
    let set = |range: std::ops::Range<usize>| {
        let name_end = name.clamp(range.start, range.end);
        let strong = shown.get(range.start..name_end).unwrap_or_default();
        let plain = shown.get(name_end..range.end).unwrap_or_default();
        let plain = text::fit(plain, width.saturating_sub(text::width(strong)));
        StyledLine::of(strong, Role::Strong).with(plain, Role::Plain)
    };
    ranges.into_iter().map(set).collect()
}

/// The first four authors, the last, and how many are left out.
fn authors(authors: &[String], form: Form, width: usize) -> String {
    let all = form.of_name(&authors.join(", "));
    let Some((last, first)) =
        authors.split_last().filter(|_| authors.len() > FIRST_AUTHORS + 2 || text::width(&all) > width)
    else {
        return text::fit(&all, width).into_owned();
    };
    // Fewer names in front where the row is too narrow for four.
    let short = |n: usize| {
        let left_out = first.len() - n;
        let front = first.iter().take(n).cloned().chain([last.clone()]).collect::<Vec<_>>().join(", ");
        let rest = if left_out > 0 { format!(" +{left_out}") } else { String::new() };
        (form.of_name(&front), rest)
    };
    let fits = |(names, rest): &(String, String)| text::width(names) + text::width(rest) <= width;
    let best = (0..=FIRST_AUTHORS.min(first.len())).rev().map(short).find(fits);
    best.map_or_else(|| text::fit(&all, width).into_owned(), |(names, rest)| names + &rest)
}

/// Venue, category, date, identifier and how far to trust the texts, in one row.
fn facts(paper: &Paper, digest: &Digest, lang: Lang, width: usize) -> StyledLine {
    let mut line = StyledLine::new();
    if let Some(venue) = paper.comment.as_deref().and_then(venue) {
        line.push(venue, Role::Venue);
    }
    let category = digest.category_of(paper);
    let id = paper.arxiv.as_ref().map_or_else(|| lang.no_arxiv_id(), |a| format!("arXiv:{}", a.id));
    let search = paper.derived_links().other.first().map(|_| lang.search_by_title());
    let trust = trust(&digest.notices, lang);
    let facts = [category.map(text::show), Some(digest.date.to_string()), Some(id), search, trust];
    for fact in facts.into_iter().flatten() {
        let gap = if line.spans.is_empty() { String::new() } else { format!(" {} ", text::dot()) };
        if line.width() + text::width(&gap) + text::width(&fact) > width {
            break;
        }
        line.push(format!("{gap}{fact}"), Role::Dim);
    }
    line
}

/// Where else the paper stands, of the day `date` only by categories.
fn seen_elsewhere(also: &[Also], date: Date, lang: Lang) -> String {
    let places: Vec<String> = also.iter().take(PLACES).map(|a| record(a, Some(date), lang)).collect();
    let rest = also.len() - places.len();
    lang.also(&places) + &if rest > 0 { format!(" +{rest}") } else { String::new() }
}

/// The day and category of another record, and whether its texts differ; the day `date` is left out where it can be.
pub(super) fn record(also: &Also, date: Option<Date>, lang: Lang) -> String {
    let day = (Some(also.date) != date || also.category.is_none()).then(|| also.date.to_string());
    let text = also.is_other_text.then(|| lang.other_text().to_owned());
    let parts = [day, also.category.as_deref().map(text::show), text];
    parts.into_iter().flatten().collect::<Vec<_>>().join(&format!(" {} ", text::dot()))
}

/// What the source's notices come down to, in a few words.
fn trust(notices: &[String], lang: Lang) -> Option<String> {
    let is_machine = |n: &String| ["大语言模型", "机器翻译", "机器生成", "LLM"].iter().any(|w| n.contains(w));
    if notices.iter().any(is_machine) {
        return Some(lang.machine_written());
    }
    let is_mine = |n: &&String| text::has_han(n) == (lang == Lang::Zh);
    let notice = notices.iter().find(is_mine).or(notices.first())?;
    let sentence = notice.split_inclusive(['。', '.', ';', '；', '：']).next().unwrap_or(notice);
    Some(text::fit(&text::show(sentence.trim_end_matches(['。', '.', ';', '；', '：'])), 32).into_owned())
}

/// Host and path of the first links; guessed ones are dim.
fn links(paper: &Paper, width: usize) -> StyledLine {
    let mut line = StyledLine::new();
    // The abstract page leads to the PDF.
    let is_first_hand =
        |(url, _): &(&str, bool)| paper.links.abs.is_none() || paper.links.pdf.as_deref() != Some(*url);
    let derived = paper.derived_links().abs;
    let stored = all_links(paper).filter(is_first_hand);
    for (url, is_guessed) in stored.chain(derived.as_deref().map(|url| (url, false))).take(LINKS) {
        let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
        let gap = if line.spans.is_empty() { "" } else { "  " };
        let shown = format!("{gap}{}", text::show(bare));
        if line.width() + text::width(&shown) > width {
            break;
        }
        line.push(shown, if is_guessed { Role::Dim } else { Role::Plain });
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Keymap;

    fn names(n: usize) -> Vec<String> {
        (1..=n).map(|i| format!("A{i}")).collect()
    }

    #[test]
    fn long_author_lists_keep_four_and_the_last() {
        assert_eq!(authors(&names(6), Form::default(), 80), "A1, A2, A3, A4, A5, A6");
        assert_eq!(authors(&names(7), Form::default(), 80), "A1, A2, A3, A4, A7 +2");
        assert_eq!(authors(&names(273), Form::default(), 80), "A1, A2, A3, A4, A273 +268");
        assert_eq!(authors(&names(273), Form::default(), 16), "A1, A273 +271");
        assert!(text::width(&authors(&names(273), Form::default(), 5)) <= 5);
    }

    #[test]
    fn tab_bars_fit_wherever_they_can() {
        for (lang, has_counts) in [(Lang::En, false), (Lang::Zh, false), (Lang::En, true), (Lang::Zh, true)] {
            let keys = TabKeys::of(&Keymap::builtin().with_counts(has_counts));
            for width in 24..100 {
                for tab in Tab::ALL {
                    let bar = tab_bar(&[tab], &keys, &Paper::default(), lang, width);
                    // Six keys, a blank between them, and the active name in brackets are the least there can be.
                    let least = 13
                        + 6 * usize::from(has_counts)
                        + text::width(&tab.label(lang))
                        + usize::from(!tab.has_text(&Paper::default()))
                        + 4;
                    assert!(bar.width() <= width.max(least), "{width} {}", bar.width());
                }
            }
        }
    }
}
