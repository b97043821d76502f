use super::capture::{Header, decode};
use super::line::lines;
use super::{feed_jsonl, feed_markdown, hf_json, marks, mhtml, month_json, page, post, salvage};
use crate::model::Date;

/// A way of writing a digest down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// The program's own JSON.
    Native,
    /// A day of daily-arXiv-ai-enhanced as JSON Lines.
    DailyArxivJsonl,
    /// A page of the ChatPaperFree blog, as HTML or MHTML.
    ChatPaperFreeHtml,
    /// A post of the ChatPaperFree blog, before it is published.
    ChatPaperFreeMarkdown,
    /// A day of daily-arXiv-ai-enhanced as Markdown.
    DailyArxivMarkdown,
    /// The text of a page of the ChatPaperFree blog.
    ChatPaperFreeText,
    /// The daily papers of Hugging Face, as JSON.
    HfDailyJson,
    /// arXiv records of a month, as one JSON object.
    ArxivMonthJson,
}

impl Format {
    /// Every format, the best source first.
    pub const ALL: [Self; 8] = [
        Self::Native,
        Self::DailyArxivJsonl,
        Self::ChatPaperFreeHtml,
        Self::ChatPaperFreeMarkdown,
        Self::DailyArxivMarkdown,
        Self::ChatPaperFreeText,
        Self::HfDailyJson,
        Self::ArxivMonthJson,
    ];

    /// The stable name, as in a digest's sources.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::DailyArxivJsonl => "daily-arxiv-jsonl",
            Self::DailyArxivMarkdown => "daily-arxiv-markdown",
            Self::ChatPaperFreeHtml => "chatpaperfree-html",
            Self::ChatPaperFreeMarkdown => "chatpaperfree-markdown",
            Self::ChatPaperFreeText => "chatpaperfree-text",
            Self::HfDailyJson => "hf-daily-json",
            Self::ArxivMonthJson => "arxiv-month-json",
        }
    }

    /// Finds a format by its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }
}

/// Bytes of a file's beginning that are asked for.
const HEAD: usize = 64 * 1024;

/// Tells the format of a file from its first bytes (64 KiB are enough). None: not a digest. O(bytes).
#[must_use]
pub fn detect(head: &[u8], name: &str) -> Option<Format> {
    detect_text(&decode(head).0, head, name)
}

/// Tells the format of a file whose first bytes `head` decode to `text`.
fn detect_text(text: &str, head: &[u8], name: &str) -> Option<Format> {
    let text = text.trim_start();
    if text.is_empty() {
        return feed_jsonl::is_empty_day(name).then_some(Format::DailyArxivJsonl);
    }
    if text.starts_with('{') && month_json::looks_like(text) {
        return Some(Format::ArxivMonthJson);
    }
    if text.starts_with('{') && salvage::looks_native(text) {
        return Some(Format::Native);
    }
    if text.starts_with('[') && hf_json::looks_like(text) {
        return Some(Format::HfDailyJson);
    }
    if text.starts_with('{') || feed_jsonl::is_named(name) {
        // A first line that is longer than what is seen of the file tells too little.
        let is_long = feed_jsonl::is_empty_day(name) && text.starts_with('{') && !text.contains(['\n', '\r']);
        return (feed_jsonl::looks(text) || (is_long && head.len() >= HEAD))
            .then_some(Format::DailyArxivJsonl);
    }
    if feed_markdown::looks(text) {
        return Some(Format::DailyArxivMarkdown);
    }
    if mhtml::is_message(head) {
        return mhtml::peek(head).map(|_| Format::ChatPaperFreeHtml);
    }
    if text.starts_with('<') {
        return page::peek(text).map(|_| Format::ChatPaperFreeHtml);
    }
    if post::peek(text).is_some() {
        return Some(Format::ChatPaperFreeMarkdown);
    }
    // JSON lists have readers of their own.
    if text.starts_with('[') || text.starts_with("---") {
        return None;
    }
    let lines = lines(text);
    let has = |is: &dyn Fn(&str) -> bool| lines.iter().any(|l| is(&l.text));
    let is_page = has(&|l| {
        marks::date_heading(l).is_some()
            || marks::links(l).is_some()
            || marks::screenshots(l)
            || marks::notice(l).is_some()
    });
    let is_paper = has(&|l| marks::summary(l).is_some()) && has(&|l| marks::takeaways(l).is_some());
    (has(&|l| marks::authors(l).is_some()) && (is_page || is_paper)).then_some(Format::ChatPaperFreeText)
}

/// Tells date and category of a file from its first bytes, without reading it all. The date is the page's own, else
/// that of the file's name; the category is the page's own, never the name's. O(bytes).
#[must_use]
pub fn peek(head: &[u8], name: &str) -> (Option<Date>, Option<String>) {
    let (text, _) = decode(head);
    match detect_text(&text, head, name) {
        Some(Format::DailyArxivJsonl) => return (date_in_name(name), None),
        Some(Format::DailyArxivMarkdown) => return (feed_markdown::date(&text, name), None),
        Some(Format::ArxivMonthJson) => {
            return (month_json::date(&text, name).or_else(|| date_in_name(name)), None);
        }
        Some(Format::HfDailyJson) => return (date_in_name(name), None),
        _ => {}
    }
    let (date, category) = if text.trim_start().starts_with('{') {
        salvage::peek(&text)
    } else if mhtml::is_message(head) {
        mhtml::peek(head).unwrap_or_default()
    } else if text.trim_start().starts_with('<') {
        page::peek(&text).unwrap_or_default()
    } else if let Some(found) = post::peek(&text) {
        found
    } else {
        let lines = lines(&text);
        let papers = lines.iter().position(|l| marks::authors(&l.text).is_some()).unwrap_or(lines.len());
        // The title stands between the header and the first authors.
        let header = Header::of(lines.get(..papers.saturating_sub(1)).unwrap_or_default());
        (header.date, header.category)
    };
    (date.or_else(|| date_in_name(name)), category)
}

/// The `YYYY-MM-DD` in a file's name, else in the folders above it.
pub(super) fn date_in_name(name: &str) -> Option<Date> {
    name.rsplit(['/', '\\']).find_map(|part| {
        part.as_bytes().windows(10).enumerate().find_map(|(at, window)| {
            let digit =
                |i: Option<usize>| i.and_then(|i| part.as_bytes().get(i)).is_some_and(u8::is_ascii_digit);
            if digit(at.checked_sub(1)) || digit(at.checked_add(10)) {
                return None;
            }
            std::str::from_utf8(window).ok().and_then(date)
        })
    })
}

/// Reads `YYYY-MM-DD`, and nothing else.
pub(super) fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut number = |len: usize| {
        parts.next().filter(|p| p.len() == len && p.bytes().all(|b| b.is_ascii_digit()))?.parse::<i16>().ok()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_a_date() {
        for (name, expected) in [
            ("2025-05-01_LLM.txt", Some("2025-05-01")),
            ("2025-05-01/LLM.txt", Some("2025-05-01")),
            ("2025-05-01/2025-05-02.txt", Some("2025-05-02")),
            ("12025-05-01.txt", None),
            ("2025-13-01.txt", None),
            ("扩散2025-05-01扩散", Some("2025-05-01")),
            ("LLM.txt", None),
        ] {
            assert_eq!(date_in_name(name).map(|d| d.to_string()).as_deref(), expected, "{name}");
        }
    }
}
