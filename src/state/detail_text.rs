//! Sets the text of a tab: paragraphs, hanging lists, headings and stand-ins, as rows ready to be painted.

use super::passage::{Passage, Piece, SetText};
use super::sightings::Also;
use super::styled::{Role, StyledLine};
use super::tab::{Tab, TabKeys};
use crate::catalogue::Lang;
use crate::effect::Remarks;
use crate::model::{Digest, Paper};
use crate::text::{self, Form};

/// Cells a line of text takes at most: 36 Han characters, the measure of a book page.
pub(super) const MEASURE: usize = 72;
/// Cells at which a takeaway's text hangs: number, two blanks.
const HANG: usize = 4;

/// Sets tab `tab` of `paper` in lines of at most `width` cells. Where all of a list still fits into `height`
/// rows, a blank row stands between its items. O(length of the text).
#[must_use]
pub(super) fn detail_text(
    tab: Tab,
    (paper, remarks, also): (&Paper, &Remarks, &[Also]),
    digest: &Digest,
    (lang, keys): (Lang, &TabKeys),
    form: Form,
    width: usize,
    height: usize,
) -> SetText {
    let mut page =
        Page { lang, keys: keys.clone(), form, width: width.min(MEASURE), height, out: SetText::default() };
    match tab {
        Tab::English => page.body(tab, paper, paper.abstract_en.as_deref()),
        Tab::Chinese => page.body(tab, paper, paper.abstract_zh.as_deref()),
        Tab::Summary => page.summary(paper),
        Tab::Takeaways => page.takeaways(paper, true),
        Tab::All => {
            page.remark(remarks);
            page.all(paper);
        }
        Tab::More => {
            page.remark(remarks);
            page.more(paper, also, digest);
        }
    }
    page.out
}

pub(super) struct Page {
    pub(super) lang: Lang,
    keys: TabKeys,
    pub(super) form: Form,
    width: usize,
    height: usize,
    pub(super) out: SetText,
}

impl Page {
    fn remark(&mut self, remarks: &Remarks) {
        if let Some(note) = &remarks.note {
            self.label(self.lang.note(), Role::Heading);
            self.text(note, 0, Role::Plain);
        }
    }

    fn all(&mut self, paper: &Paper) {
        let takeaways = (Tab::Takeaways, Tab::Takeaways.has_text(paper));
        let summary = (Tab::Summary, paper.summary.is_some());
        let rest = [(Tab::Chinese, paper.abstract_zh.is_some()), (Tab::English, paper.abstract_en.is_some())];
        // The summary says nothing new beside the takeaways; it stands in where they are missing.
        let first = if takeaways.1 { takeaways } else { summary };
        let present: Vec<Tab> =
            [first].into_iter().chain(rest).filter(|(_, has)| *has).map(|(tab, _)| tab).collect();
        if present.is_empty() && self.out.lines.is_empty() {
            self.note(self.lang.nothing_here());
        }
        for tab in present {
            if !self.out.lines.is_empty() {
                self.blank();
            }
            self.label(tab.label(self.lang), Role::Heading);
            self.of(tab, paper);
        }
    }

    fn summary(&mut self, paper: &Paper) {
        if let Some(summary) = &paper.summary {
            self.text(summary, 0, Role::Plain);
        } else if let Some(tldr) = paper.section("tldr") {
            self.label("TL;DR".to_owned(), Role::Heading);
            self.text(tldr, 0, Role::Plain);
            self.why_missing(Tab::Summary, paper);
        } else {
            self.body(Tab::Summary, paper, None);
        }
    }

    fn takeaways(&mut self, paper: &Paper, is_airy: bool) {
        let numbered = paper.takeaways.iter().enumerate();
        let items: Vec<(String, &str)> = if paper.takeaways.is_empty() {
            paper.sections.iter().map(|s| (section_label(s, self.lang), s.text.as_str())).collect()
        } else {
            numbered.map(|(i, t)| (format!("{:>2}", i + 1), t.as_str())).collect()
        };
        if items.is_empty() {
            return self.body(Tab::Takeaways, paper, None);
        }
        let label = items.iter().map(|(l, _)| text::width(l)).max().unwrap_or(0);
        // Labels longer than a third of the line would leave no room for the text.
        let hang = if paper.takeaways.is_empty() { (label + 2).min(self.width / 3) } else { HANG };
        let set: Vec<SetText> = items.iter().map(|(label, body)| self.hanging(label, body, hang)).collect();
        let rows: usize = set.iter().map(|item| item.lines.len()).sum();
        let is_airy = is_airy && rows + set.len() - 1 <= self.height;
        for (i, item) in set.into_iter().enumerate() {
            if i > 0 && is_airy {
                self.blank();
            }
            self.out.append(item);
        }
        if let Some(note) = &paper.takeaways_note {
            self.blank();
            self.text(note, 0, Role::Dim);
        }
    }

    /// Sets `body` with `label` hanging before its first row.
    fn hanging(&self, label: &str, body: &str, hang: usize) -> SetText {
        let mut inner = Self { height: 0, keys: self.keys.clone(), out: SetText::default(), ..*self };
        inner.text(body, hang, Role::Plain);
        let label = text::fit(&text::show(label), hang.saturating_sub(1)).into_owned();
        let pad = " ".repeat(hang.saturating_sub(text::width(&label)));
        let label_has_letters = label.contains(char::is_alphabetic);
        match inner.out.lines.first_mut().and_then(|l| l.spans.first_mut()) {
            Some(indent) if hang > 0 => {
                indent.text = label + &pad;
                indent.role = Role::Dim;
                // The number of an item says nothing one would look for.
                if label_has_letters {
                    let of_label = Passage::of(indent.text.clone(), 0);
                    inner.out.passages.insert(0, of_label);
                }
                inner.out
            }
            _ => {
                let mut outer = Self { height: 0, keys: self.keys.clone(), out: SetText::default(), ..*self };
                outer.label(label, Role::Dim);
                outer.out.append(inner.out);
                outer.out
            }
        }
    }

    fn body(&mut self, tab: Tab, paper: &Paper, body: Option<&str>) {
        match body {
            Some(body) => self.text(body, 0, Role::Plain),
            None => self.stand_in(tab, paper),
        }
    }

    /// Says why there is no text, and where there is one, of which the best follows.
    fn stand_in(&mut self, tab: Tab, paper: &Paper) {
        self.why_missing(tab, paper);
        let others: Vec<String> = self
            .keys
            .tabs()
            .filter(|(_, t)| !matches!(t, Tab::All | Tab::More) && t.has_text(paper))
            .map(|(key, t)| format!("{key} {}", t.label(self.lang)))
            .collect();
        if !others.is_empty() {
            self.blank();
            self.note(self.lang.there_is(&others.join(&format!(" {} ", text::dot()))));
        }
        // Whoever goes through a list wants to read on, not to turn tabs for one paper.
        let has = |t: &Tab| *t != tab && t.has_text(paper);
        if let Some(other) = [Tab::Takeaways, Tab::Summary, Tab::Chinese, Tab::English].into_iter().find(has)
        {
            self.blank();
            self.label(other.label(self.lang), Role::Heading);
            self.of(other, paper);
        }
    }

    fn of(&mut self, tab: Tab, paper: &Paper) {
        match tab {
            Tab::Takeaways => self.takeaways(paper, false),
            Tab::Summary => self.summary(paper),
            Tab::Chinese => self.body(tab, paper, paper.abstract_zh.as_deref()),
            _ => self.body(Tab::English, paper, paper.abstract_en.as_deref()),
        }
    }

    fn why_missing(&mut self, tab: Tab, paper: &Paper) {
        if !self.out.lines.is_empty() {
            self.blank();
        }
        self.note(why_missing(tab, paper, self.lang));
    }

    fn text(&mut self, body: &str, indent: usize, role: Role) {
        for (i, paragraph) in paragraphs(body).iter().enumerate() {
            // Items of a list in running text follow each other without a blank row.
            if i > 0 && !is_list_item(paragraph) {
                self.blank();
            }
            self.paragraph(self.form.of(paragraph), indent, role);
        }
    }

    /// Sets a heading or the name of a field in a row of its own.
    pub(super) fn label(&mut self, label: String, role: Role) {
        self.out.lines.push(StyledLine::of(label.as_str(), role));
        self.out.passages.push(Passage::of(label, self.out.lines.len() - 1));
    }

    pub(super) fn paragraph(&mut self, shown: String, indent: usize, role: Role) {
        let mut pieces = Vec::new();
        for row in text::wrap(&shown, self.width.saturating_sub(indent)) {
            let mut line = StyledLine::of(" ".repeat(indent), role);
            pieces.push(Piece { line: self.out.lines.len(), span: line.spans.len(), bytes: row.clone() });
            line.push(shown.get(row).unwrap_or_default(), role);
            self.out.lines.push(line);
        }
        self.out.passages.push(Passage { text: shown, pieces });
    }

    fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        for row in text::wrap(&note, self.width) {
            self.out.lines.push(StyledLine::of(note.get(row).unwrap_or_default(), Role::Dim));
        }
    }

    pub(super) fn blank(&mut self) {
        self.out.lines.push(StyledLine::new());
    }
}

/// Says why a paper has no text for `tab`.
pub(super) fn why_missing(tab: Tab, paper: &Paper, lang: Lang) -> String {
    let fields: &[&str] = match tab {
        Tab::Chinese => &["abstract_zh"],
        Tab::English => &["abstract_en"],
        Tab::Summary => &["summary"],
        _ => &["takeaways", "tldr", "motivation", "method", "result", "conclusion"],
    };
    let has_failed = paper.failed.iter().any(|f| fields.contains(&f.as_str()));
    let label = tab.label(lang);
    if has_failed { lang.failed_at_source(&label) } else { lang.not_in_source(&label) }
}

/// Every link of a paper with whether it was guessed from a text, the most useful first.
pub(super) fn all_links(paper: &Paper) -> impl Iterator<Item = (&str, bool)> {
    let l = &paper.links;
    let guessed = |key: &str| {
        let list = paper.extra.get("guessed").and_then(|v| v.as_array());
        list.is_some_and(|list| list.iter().any(|v| v.as_str() == Some(key)))
    };
    [("code", &l.code), ("project", &l.project), ("abs", &l.abs), ("pdf", &l.pdf), ("hf", &l.hf)]
        .into_iter()
        .chain([("cool_papers", &l.cool_papers)])
        .filter_map(move |(key, url)| url.as_deref().map(|url| (url, guessed(key))))
        .chain(l.other.iter().map(|url| (url.as_str(), false)))
}

fn section_label(section: &crate::model::Section, lang: Lang) -> String {
    match section.key.as_str() {
        "tldr" => "TL;DR".to_owned(),
        "motivation" => lang.motivation(),
        "method" => lang.method(),
        "result" => lang.result(),
        "conclusion" => lang.conclusion(),
        "ai_comments" => lang.ai_comments(),
        _ if section.title.is_empty() => section.key.clone(),
        _ => section.title.clone(),
    }
}

/// Joins the hard line ends of a source into paragraphs: a blank line, or a line that starts like a list
/// item, begins a new one.
pub(super) fn paragraphs(body: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in body.lines().map(str::trim) {
        if line.is_empty() {
            is_open = false;
            continue;
        }
        match out.last_mut().filter(|_| is_open && !is_list_item(line)) {
            Some(last) => {
                let is_han_seam = last.chars().next_back().is_some_and(text::is_wide)
                    && line.chars().next().is_some_and(text::is_wide);
                if !is_han_seam {
                    last.push(' ');
                }
                last.push_str(line);
            }
            None => out.push(line.to_owned()),
        }
        is_open = true;
    }
    out
}

/// `- x`, `* x`, `• x`, `1. x`, `(1) x`, `1、x`.
fn is_list_item(line: &str) -> bool {
    let rest = line.trim_start_matches(['(', '（']);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = rest.get(digits..).unwrap_or_default();
    match digits {
        0 => ["- ", "* ", "• "].iter().any(|b| line.starts_with(b)),
        1 | 2 => [". ", ") ", "）", "、", ").", "．"].iter().any(|b| after.starts_with(b)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hard_line_ends_join_but_lists_and_blank_lines_stay() {
        for (body, want) in [
            ("one\ntwo", vec!["one two"]),
            ("一行\n二行", vec!["一行二行"]),
            ("one\n\ntwo", vec!["one", "two"]),
            ("如下：\n1. 甲\n2. 乙", vec!["如下：", "1. 甲", "2. 乙"]),
            ("in\n2025 we", vec!["in 2025 we"]),
            ("", vec![]),
        ] {
            assert_eq!(paragraphs(body), want, "{body:?}");
        }
    }
}
