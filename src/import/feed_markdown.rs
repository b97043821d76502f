use super::capture::decode;
use super::feed::Feed;
use super::feed_markdown_paper::{Heading, Part, Reader, is_label};
use super::format::date_in_name;
use super::{Format, Parsed};
use crate::model::{Date, Kind, Problem, Severity};

/// Lines below a heading within which a paper of a feed has its first two labels; other lists of papers have none.
const LABELS_WITHIN: usize = 12;

/// Lines of the longest title that is put together.
const TITLE_LINES: usize = 4;

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
    let mut starts: Vec<_> = headings(&lines).collect();
    // The address of a heading that the file ends in may lack its last digits.
    let mut stop = lines.len();
    let is_last = |(_, end, _): &mut (usize, usize, Heading)| *end == lines.len();
    if let Some((at, ..)) = starts.pop_if(is_last).or_else(|| open_heading(&lines)) {
        stop = at;
        let what = "the file ends within this heading; the paper was left out";
        problems.push(Problem::at(name, number(at), what));
    }
    if starts.is_empty() {
        if !says_no_papers(&lines) {
            let what = "no paper found: there is no heading `### [title](address)`; this is another page, perhaps a README";
            return Err(Problem::of_file(name, what));
        }
        let what = "a day without papers: the page says that no new ones were found";
        problems.push(Problem::of_file(name, what).rated(Severity::Info, Kind::Missing));
    }
    let Some(date) = date(&text, name) else {
        let what = "no date found: neither one in the file's name nor one in the page's heading";
        return Err(Problem::of_file(name, what));
    };
    if let Some(other) = heading_date(&lines).filter(|other| *other != date) {
        let what = format!("the page's heading says {other}; it was read as {date}, as the file is named");
        problems.push(Problem::of_file(name, what).rated(Severity::Warning, Kind::Date));
    }
    let listed = starts.first().map_or(0, |(at, ..)| listed(lines.get(..*at).unwrap_or_default()));
    let first = starts.first().map_or(0, |(at, ..)| *at);
    if let Some(at) = lines.iter().take(first).position(|l| is_label(l) || l.contains("arxiv.org/abs/")) {
        let what = "lines from here on, above the first paper, belong to no paper and were left out";
        problems.push(Problem::at(name, number(at), what));
    }
    if listed > starts.len() {
        let what =
            format!("the table of contents counts {listed} papers, of which {} are here", starts.len());
        problems.push(Problem::of_file(name, what));
    }
    // Whoever writes such a page ends its lines.
    let is_broken = !text.ends_with(['\n', '\r']);
    let feed = papers(&lines, &starts, stop, (name, is_broken), &mut problems);
    Ok(feed.finish(Format::DailyArxivMarkdown, date, name, problems))
}

/// Reads the papers below the headings `starts`, the last one up to line `stop`; `is_broken` says that the last line
/// of the file has no end.
fn papers(
    lines: &[&str],
    starts: &[(usize, usize, Heading)],
    stop: usize,
    (name, is_broken): (&str, bool),
    problems: &mut Vec<Problem>,
) -> Feed {
    let has_details = lines.iter().any(|l| l.starts_with("<details"));
    let mut feed = Feed::default();
    let ends = starts.iter().skip(1).map(|(at, ..)| *at).chain([stop]);
    for ((start, body, heading), end) in starts.iter().zip(ends) {
        let mut reader = Reader::new(heading);
        lines.get(*body..end).unwrap_or_default().iter().for_each(|line| reader.line(line));
        let (mut paper, part, stray) = reader.finish();
        if let Some(stray) = stray {
            let what = "lines from here on belong to no part of a paper; kept with the paper above";
            problems.push(Problem::at(name, number(body + stray - 1), what));
        }
        let is_cut = is_broken && end == lines.len();
        if part == Part::Details || (part == Part::Head && (has_details || is_cut)) {
            let what = "this paper has no end: the file was cut, or a `</details>` is missing";
            problems.push(Problem::at(name, number(*start), what));
        }
        paper.from = vec![(0, number(*start))];
        feed.add(paper);
    }
    feed
}

/// Says whether a text is a day of a feed, or says itself that it would be one if there were papers.
pub(super) fn looks(text: &str) -> bool {
    let lines = lines(text);
    let is_paper = |body: usize| {
        let below = lines.iter().skip(body).take(LABELS_WITHIN);
        below.take_while(|l| Heading::of(l).is_none()).filter(|l| is_label(l)).nth(1).is_some()
    };
    headings(&lines).any(|(_, body, _)| is_paper(body)) || says_no_papers(&lines)
}

/// The headings of papers, each with its line and the first line below it. A title may be broken over lines.
fn headings<'a>(lines: &'a [&'a str]) -> impl Iterator<Item = (usize, usize, Heading<'a>)> {
    lines.iter().enumerate().filter_map(|(at, line)| match Heading::of(line) {
        Some(heading) => Some((at, at + 1, heading)),
        None if is_open(line) => {
            let mut whole = (*line).to_owned();
            let rest = lines.iter().enumerate().skip(at + 1).take(TITLE_LINES - 1);
            rest.take_while(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')).find_map(|(i, line)| {
                whole.push(' ');
                whole.push_str(line.trim());
                Some((at, i + 1, Heading::of(&whole)?.into_owned()))
            })
        }
        None => None,
    })
}

/// Says whether a line begins a heading that does not end in it.
fn is_open(line: &str) -> bool {
    line.starts_with("### [") && !line.contains("](")
}

/// The heading in which the lines end, without its address.
fn open_heading<'a>(lines: &[&str]) -> Option<(usize, usize, Heading<'a>)> {
    let below = lines.len().saturating_sub(TITLE_LINES);
    let is_heading = |l: &&str| l.starts_with("### [") || (!l.is_empty() && "### [".starts_with(*l));
    let at = lines.iter().rposition(is_heading).filter(|at| *at >= below)?;
    let is_cut = Heading::of(lines.get(at)?).is_none() && lines.iter().skip(at).all(|l| !l.trim().is_empty());
    is_cut.then(|| (at, lines.len(), Heading::default()))
}

/// Says whether the page is that of a day without papers.
fn says_no_papers(lines: &[&str]) -> bool {
    lines.iter().any(|l| l.starts_with("### ") && l.contains(NO_PAPERS))
}

/// Adds up the papers that a table of contents counts by category: `[Total: 3]`, `(3 篇)`, `cs.DB (3)`.
fn listed(lines: &[&str]) -> usize {
    let count = |line: &&str| {
        line.strip_prefix("- [").filter(|rest| rest.contains("](#"))?;
        let before = |at: usize| line.get(..at).is_some_and(|b| b.ends_with('(') || b.ends_with("[Total: "));
        let mut starts = line.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).rev();
        let at = starts.find(|at| before(*at))?;
        let digits = line.get(at..)?.split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse::<usize>().ok()
    };
    lines.iter().filter_map(count).fold(0, usize::saturating_add)
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
