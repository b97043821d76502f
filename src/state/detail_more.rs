//! Sets the More tab: every field that has no tab of its own, the long ones last.

use super::detail_head::record;
use super::detail_text::{Page, all_links};
use super::sightings::Also;
use super::styled::Role;
use crate::model::{Digest, Paper};
use crate::text;

impl Page {
    pub(super) fn more(&mut self, paper: &Paper, also: &[Also], digest: &Digest) {
        let lang = self.lang;
        let dot = format!(" {} ", text::dot());
        let derived = paper.derived_links();
        let found = [&derived.abs, &derived.pdf, &derived.cool_papers].into_iter().flatten();
        let found = found.chain(&derived.other).map(String::as_str);
        let links: Vec<&str> = all_links(paper).map(|(url, _)| url).chain(found).collect();
        let records: Vec<String> = also.iter().map(|a| record(a, None, lang)).collect();
        let numbered = paper.images.iter().enumerate();
        let images: Vec<String> = numbered.map(|(i, url)| format!("{} {url}", i + 1)).collect();
        let sources: Vec<String> = digest.sources.iter().map(source_line).collect();
        let metrics: Vec<String> = paper.metrics.iter().map(|(k, v)| format!("{k} {v}")).collect();
        let folded: usize = contents(paper).map(|text| text::shown(text).folded).sum();
        let folded = if folded > 0 { folded.to_string() } else { String::new() };
        let set = |text: Option<&str>| text.map(|t| self.form.of(t)).unwrap_or_default();
        let plain = |text: Option<&str>| text.map(text::show).unwrap_or_default();
        let fields = [
            (lang.comment(), plain(paper.comment.as_deref())),
            (lang.links(), links.join("\n")),
            (lang.keywords(), paper.keywords.join(&dot)),
            (lang.categories(), paper.categories.join(&dot)),
            ("ID".to_owned(), paper.id.clone()),
            (lang.published(), plain(paper.published.as_deref())),
            (lang.updated(), plain(paper.updated.as_deref())),
            (lang.failed_fields(), paper.failed.join(&dot)),
            (lang.numbers(), metrics.join(&dot)),
            (lang.other_records(), records.join("\n")),
            (lang.notices(), digest.notices.join("\n")),
            (lang.source(), sources.join("\n")),
            (lang.figures(), images.join("\n")),
            (lang.folded_characters(), folded),
            (lang.title(), set(Some(&paper.title))),
            (lang.chinese_title(), set(paper.title_zh.as_deref())),
            (lang.authors(), self.form.of_name(&paper.authors.join(", "))),
            (lang.long_reading(), set(paper.long.as_deref())),
        ];
        for (label, value) in fields {
            self.field(label, &value);
        }
    }

    /// Sets a labelled field; nothing where it is empty.
    fn field(&mut self, label: String, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        if !self.out.lines.is_empty() {
            self.blank();
        }
        self.label(label, Role::Dim);
        for line in value.lines() {
            self.paragraph(text::show(line), 0, Role::Plain);
        }
    }
}

/// Every text of a paper that a person or a model wrote.
fn contents(paper: &Paper) -> impl Iterator<Item = &str> {
    let single = [&paper.title_zh, &paper.abstract_en, &paper.abstract_zh, &paper.summary, &paper.long];
    std::iter::once(&paper.title)
        .chain(single.into_iter().flatten())
        .chain(paper.takeaways.iter().chain(&paper.authors))
        .chain(paper.sections.iter().map(|s| &s.text))
        .map(String::as_str)
}

fn source_line(source: &crate::model::Source) -> String {
    let parts = [source.name.as_ref(), source.file.as_ref(), source.url.as_ref(), source.licence.as_ref()];
    let dot = format!(" {} ", text::dot());
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(&dot)
}
