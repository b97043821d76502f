use super::failure::is_failure;
use super::prose::is_han;
use crate::model::{Paper, Section};

/// A field of a paper that a language model has written. The order is the one in which sections are kept, so that
/// the JSON Lines and the Markdown of one day say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Written {
    Tldr,
    Motivation,
    Method,
    Result,
    Conclusion,
    Comments,
    TitleZh,
    AbstractZh,
    Summary,
    Keywords,
}

/// The names of the fields in the objects and templates of all known generators, and the label of a section.
const NAMES: &[(&str, Written, &str)] = &[
    ("tldr", Written::Tldr, "TL;DR"),
    ("tl;dr", Written::Tldr, "TL;DR"),
    ("task", Written::Tldr, "Task"),
    ("一句话总结", Written::Tldr, "一句话总结"),
    ("motivation", Written::Motivation, "Motivation"),
    ("method", Written::Method, "Method"),
    ("result", Written::Result, "Result"),
    ("results", Written::Result, "Result"),
    ("conclusion", Written::Conclusion, "Conclusion"),
    ("comments", Written::Comments, "AI comments"),
    ("ai_comments", Written::Comments, "AI comments"),
    ("ai_comment", Written::Comments, "AI comments"),
    ("title_translation", Written::TitleZh, ""),
    ("translated_title", Written::TitleZh, ""),
    ("title_zh", Written::TitleZh, ""),
    ("translation", Written::AbstractZh, ""),
    ("abstract_translation", Written::AbstractZh, ""),
    ("abstract_zh", Written::AbstractZh, ""),
    ("summary_zh", Written::AbstractZh, ""),
    ("摘要翻译", Written::AbstractZh, ""),
    ("中文摘要", Written::AbstractZh, ""),
    ("summary", Written::Summary, ""),
    ("ai_summary", Written::Summary, ""),
    ("ai_abstract", Written::Summary, ""),
    ("keywords", Written::Keywords, ""),
];

impl Written {
    /// Finds a field by its name in a source, without regard to case, and gives the label of its section.
    pub(super) fn of(name: &str) -> Option<(Self, &'static str)> {
        NAMES.iter().find(|(n, ..)| n.eq_ignore_ascii_case(name)).map(|&(_, field, label)| (field, label))
    }

    /// The name in the native format.
    fn name(self) -> &'static str {
        match self {
            Self::Tldr => "tldr",
            Self::Motivation => "motivation",
            Self::Method => "method",
            Self::Result => "result",
            Self::Conclusion => "conclusion",
            Self::Comments => "ai_comments",
            Self::TitleZh => "title_zh",
            Self::AbstractZh => "abstract_zh",
            Self::Summary => "summary",
            Self::Keywords => "keywords",
        }
    }

    /// Puts a text into its field; where there is none, or a failure text, the field is listed as failed.
    pub(super) fn put(self, paper: &mut Paper, label: &str, text: Option<String>) {
        let Some(text) = text.map(trimmed).filter(|t| !t.is_empty() && !is_failure(t)) else {
            if !paper.failed.iter().any(|f| f == self.name()) {
                paper.failed.push(self.name().to_owned());
            }
            return;
        };
        match self {
            Self::TitleZh => paper.title_zh = Some(text),
            Self::AbstractZh => paper.abstract_zh = Some(text),
            Self::Summary => paper.summary = Some(text),
            Self::Keywords => {
                let words = text.split([',', '，', '、', ';', '；', '\n']).map(str::trim);
                paper.keywords = words.filter(|w| !w.is_empty()).map(str::to_owned).collect();
            }
            _ => {
                let goes_after = |s: &Section| Self::of(&s.key).is_none_or(|(field, _)| field <= self);
                let at = paper.sections.partition_point(goes_after);
                let section = Section { key: self.name().to_owned(), title: label.to_owned(), text };
                paper.sections.insert(at, section);
            }
        }
    }
}

/// Cuts the white space around a text off; most have none.
fn trimmed(text: String) -> String {
    let inner = text.trim();
    if inner.len() == text.len() { text } else { inner.to_owned() }
}

/// The language a file's name states: `_AI_enhanced_Chinese`.
pub(super) fn language_in_name(name: &str) -> Option<&'static str> {
    let (_, rest) = name.rsplit_once("_AI_enhanced_")?;
    let word = rest.split(|c: char| !c.is_alphabetic()).next()?;
    [("chinese", "zh"), ("english", "en"), ("japanese", "ja"), ("korean", "ko")]
        .into_iter()
        .find(|(long, short)| word.eq_ignore_ascii_case(long) || word.eq_ignore_ascii_case(short))
        .map(|(_, short)| short)
}

/// Notes the language of what a model has written: the one that is stated, else that of the script. Nothing
/// written, no language.
pub(super) fn set_language(paper: &mut Paper, stated: Option<&str>) {
    let texts = [&paper.title_zh, &paper.abstract_zh, &paper.summary];
    let texts = texts.into_iter().flatten().chain(paper.sections.iter().map(|s| &s.text));
    let mut texts = texts.peekable();
    if texts.peek().is_some() {
        paper.language = Some(stated.unwrap_or_else(|| script(texts.map(String::as_str))).to_owned());
    }
}

/// The language that is written in the characters of `texts`.
fn script<'a>(texts: impl Iterator<Item = &'a str>) -> &'static str {
    let (mut han, mut kana, mut hangul) = (0_usize, 0_usize, 0_usize);
    for c in texts.flat_map(str::chars) {
        match c {
            '\u{3041}'..='\u{30fa}' => kana += 1,
            '\u{ac00}'..='\u{d7a3}' => hangul += 1,
            c if is_han(c) => han += 1,
            _ => {}
        }
    }
    // Chinese texts quote a Japanese word; Japanese ones have more kana than that.
    if kana > han / 4 {
        "ja"
    } else if hangul > han {
        "ko"
    } else if han > 0 {
        "zh"
    } else {
        "en"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_texts_leave_a_field_empty() {
        let mut paper = Paper::default();
        for (name, text) in [
            ("result", Some("It floats.")),
            ("TLDR", Some(" 纸船会浮。\n")),
            ("method", Some("Method extraction failed")),
            ("summary", None),
            ("ai_abstract", Some(" ")),
            ("keywords", Some("纸, 船，水;")),
            ("conclusion", Some("Not mentioned in abstract")),
        ] {
            let (field, label) = Written::of(name).unwrap();
            field.put(&mut paper, label, text.map(str::to_owned));
        }
        let sections: Vec<_> = paper.sections.iter().map(|s| (s.key.as_str(), s.text.as_str())).collect();
        assert_eq!(
            sections,
            [("tldr", "纸船会浮。"), ("result", "It floats."), ("conclusion", "Not mentioned in abstract")]
        );
        assert_eq!(paper.failed, ["method", "summary"]);
        assert_eq!(paper.keywords, ["纸", "船", "水"]);
    }

    #[test]
    fn the_language_is_stated_or_seen() {
        for (name, text, expected) in [
            ("2031-02-03_AI_enhanced_Chinese.jsonl", "English", "zh"),
            ("2031-02-03_x_AI_enhanced_english.jsonl", "中文", "en"),
            ("2031-02-03.jsonl", "纸船", "zh"),
            ("2031-02-03_AI_enhanced_.jsonl", "紙の船が浮かぶ", "ja"),
            ("2031-02-03.jsonl", "종이배", "ko"),
            ("2031-02-03.jsonl", "Paper", "en"),
        ] {
            let mut paper = Paper { summary: Some(text.to_owned()), ..Paper::default() };
            set_language(&mut paper, language_in_name(name));
            assert_eq!(paper.language.as_deref(), Some(expected), "{name} {text}");
        }
    }
}
