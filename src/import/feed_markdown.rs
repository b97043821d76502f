use super::capture::decode;
use super::feed::Feed;
use super::feed_markdown_paper::{Heading, Part, Reader, is_label};
use super::format::date_in_name;
use super::{Format, Parsed};
use crate::model::{Date, Problem};

/// Lines below a heading within which a paper of a feed has its first two labels; other lists of papers have none.
const LABELS_WITHIN: usize = 12;

/// What the page of a day says instead of papers.
const NO_PAPERS: &str = "没有找到新论文";

/// Reads a day of a feed as Markdown, in any of its templates. The day is that of the file's name, else that of the
/// page's heading.
pub(super) fn parse(bytes: &[u8], name: &str) -> Result<Parsed, Problem> {
    let (text, bad) = decode(bytes);
    let mut problems: Vec<_> = bad
        .into_iter()
        .map(|l| Problem::at(name, l, "bytes that are not UTF-8 were replaced by U+FFFD, here first"))
        .collect();
    let lines = lines(&text);
    let mut starts: Vec<_> = (0..).zip(&lines).filter_map(|(at, l)| Some((at, Heading::of(l)?))).collect();
    // The address of a heading that the file ends in may lack its last digits.
    if let Some((at, _)) = starts.pop_if(|(at, _)| *at + 1 == lines.len()) {
        problems.push(Problem::at(
            name,
            number(at),
            "the file ends within this heading; the paper was left out",
        ));
    }
    if starts.is_empty() {
        let what = if text.contains(NO_PAPERS) {
            "a day without papers: the page says that no new ones were found"
        } else {
            "no paper found: there is no heading `### [title](address)`; this is another page, perhaps a README"
        };
        return Err(Problem::of_file(name, what));
    }
    let Some(date) = date(&text, name) else {
        let what = "no date found: neither one in the file's name nor one in the page's heading";
        return Err(Problem::of_file(name, what));
    };
    if let Some(other) = heading_date(&lines).filter(|other| *other != date) {
        let what = format!("the page's heading says {other}; it was read as {date}, as the file is named");
        problems.push(Problem::of_file(name, what));
    }
    let has_details = lines.iter().any(|l| l.starts_with("<details"));
    let mut feed = Feed::default();
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([lines.len()]);
    for ((start, heading), end) in starts.iter().zip(ends) {
        let mut reader = Reader::new(heading);
        lines.get(start + 1..end).unwrap_or_default().iter().for_each(|line| reader.line(line));
        let (mut paper, part) = reader.finish();
        if part == Part::Details || (part == Part::Head && has_details) {
            let what = "this paper has no end: the file was cut, or a `</details>` is missing";
            problems.push(Problem::at(name, number(*start), what));
        }
        paper.from = vec![(0, number(*start))];
        feed.add(paper);
    }
    Ok(feed.finish(Format::DailyArxivMarkdown, date, (bytes, name), problems))
}

/// Says whether a text is a day of a feed, or says itself that it would be one if there were papers.
pub(super) fn looks(text: &str) -> bool {
    let lines = lines(text);
    let is_paper = |at: usize| {
        let below = lines.iter().skip(at + 1).take(LABELS_WITHIN);
        below.take_while(|l| Heading::of(l).is_none()).filter(|l| is_label(l)).nth(1).is_some()
    };
    (0..).zip(&lines).any(|(at, line)| Heading::of(line).is_some() && is_paper(at))
        || lines.iter().any(|l| l.starts_with("### ") && l.contains(NO_PAPERS))
}

/// The day of a page: that of the file's name, else that of its heading.
pub(super) fn date(text: &str, name: &str) -> Option<Date> {
    date_in_name(name).or_else(|| heading_date(&lines(text)))
}

fn heading_date(lines: &[&str]) -> Option<Date> {
    let head = lines.iter().take_while(|l| Heading::of(l).is_none());
    head.filter(|l| l.starts_with('#')).find_map(|l| date_in_name(l))
}

/// The number of a line, counted from 1.
fn number(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

/// Splits at LF, CR LF or CR.
fn lines(text: &str) -> Vec<&str> {
    text.split('\n').flat_map(|l| l.strip_suffix('\r').unwrap_or(l).split('\r')).collect()
}
