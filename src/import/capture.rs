use super::format::date_in_name;
use super::line::{Line, lines};
use super::name::paper_id;
use super::prose::{ends_sentence, has_han};
use super::record::{Read, Record};
use super::{Format, Parsed, Stored, bullet, encoding, marks};
use crate::model::{Date, Digest, Kind, Paper, Problem, Severity, Source};

/// Lines of the longest title that is put together.
const TITLE_LINES: usize = 4;

/// Characters of the longest category.
const CATEGORY_CHARS: usize = 60;

/// Reads the text of one page of the ChatPaperFree blog, as saved from a browser or by an extractor.
pub(super) fn parse(bytes: &[u8], name: &str) -> Result<Parsed, Problem> {
    let (text, _) = decode(bytes);
    let lines = lines(&text);
    let starts = starts(&lines);
    let Some(first) = starts.first() else {
        return Err(Problem::of_file(name, "no paper found: there is no line that begins with `Authors:`"));
    };
    let header = Header::of(lines.get(..first.title).unwrap_or_default());
    let Some(date) = header.date.or_else(|| date_in_name(name)) else {
        let what = "no date found: neither a line `YYYY-MM-DD 更新` nor one in the file's name";
        return Err(Problem::of_file(name, what));
    };
    let mut digest = Digest::new(date, header.category);
    digest.notices = header.notices;
    digest.sources = vec![source(&lines, name)];
    let reads = records(&lines, &starts);
    let problems = losses(&lines, &starts, &reads, date, name);
    let count = reads.len();
    for (index, (mut read, start)) in reads.into_iter().zip(&starts).enumerate() {
        if index + 1 < count {
            read.keep_rest();
        }
        let mut paper = read.paper;
        paper.id = paper_id(paper.arxiv.as_ref().map(|a| a.id.as_str()), &paper.title, name, index);
        paper.from = vec![(0, lines.get(start.title).map_or(1, |l| l.number))];
        digest.papers.push(paper);
    }
    let digest = Stored { digest, format: Format::ChatPaperFreeText, file: name.to_owned() };
    Ok(Parsed { digest, problems })
}

/// The text, and the line of the first bytes that are none in its encoding.
pub(super) fn decode(bytes: &[u8]) -> (std::borrow::Cow<'_, str>, Option<u32>) {
    let decoded = encoding::decode(bytes);
    (decoded.text, decoded.bad)
}

fn source(lines: &[Line], name: &str) -> Source {
    Source {
        format: Format::ChatPaperFreeText.name().to_owned(),
        name: Some("ChatPaperFree".to_owned()),
        file: Some(name.to_owned()),
        sha256: None,
        url: None,
        licence: lines.iter().rev().find_map(|l| licence(&l.text)),
    }
}

/// The licence a line names: `CC BY 4.0`.
pub(super) fn licence(line: &str) -> Option<String> {
    let (_, found) = line.split_at_checked(line.find("CC BY")?)?;
    let end =
        found.find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, ' ' | '-' | '.')));
    let (licence, _) = found.split_at_checked(end.unwrap_or(found.len()))?;
    Some(licence.trim_end_matches([' ', '.', '-']).to_owned())
}

/// What stands above the first paper.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) date: Option<Date>,
    pub(super) category: Option<String>,
    notices: Vec<String>,
}

impl Header {
    /// Reads it from the lines above the first title, or from the first lines of a capture.
    pub(super) fn of(lines: &[Line]) -> Self {
        let heading = lines.iter().position(|l| marks::date_heading(&l.text).is_some());
        let notice = lines.iter().position(|l| marks::notice(&l.text).is_some());
        let greeting = lines.iter().position(|l| marks::greeting(&l.text));
        let mut header = Self {
            date: heading.and_then(|at| lines.get(at)).and_then(|l| marks::date_heading(&l.text)),
            ..Self::default()
        };
        let category = match (notice.or(heading), greeting) {
            // Above the notices, or else above the date; without the greeting, only if nothing else stands there.
            (Some(1), _) => lines.first(),
            (Some(at), Some(greeting)) => {
                at.checked_sub(1).filter(|&i| i > greeting).and_then(|i| lines.get(i))
            }
            (None, Some(greeting)) => lines.get(greeting + 1),
            _ => None,
        };
        header.category = category
            .map(|l| l.text.trim_start_matches('#').trim())
            .filter(|c| is_category(c))
            .map(str::to_owned);
        for (i, line) in lines.iter().enumerate().skip(notice.unwrap_or(lines.len())) {
            if let Some(text) = marks::notice(&line.text) {
                header.notices.push(text.to_owned());
            } else if heading.is_some_and(|at| i < at) {
                // An extractor broke the line at a link.
                if let Some(last) = header.notices.last_mut() {
                    last.push_str(&line.text);
                }
            } else {
                break;
            }
        }
        header
    }
}

fn is_category(line: &str) -> bool {
    !line.is_empty()
        && line.chars().count() <= CATEGORY_CHARS
        && !marks::ends_paper(line)
        && !marks::starts_part(line)
}

/// Where a paper starts, as indices into the lines.
#[derive(Clone, Copy, Debug)]
struct Start {
    title: usize,
    authors: usize,
}

/// Finds the papers: each has one line that begins with `Authors:`, and its title above it.
fn starts(lines: &[Line]) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    let mut is_long = false;
    let last_end = lines.iter().rposition(|l| marks::screenshots(&l.text)).unwrap_or(0);
    for (at, line) in lines.iter().enumerate() {
        if marks::screenshots(&line.text) {
            is_long = false;
        } else if marks::long_label(&line.text) && !starts.is_empty() {
            is_long = at < last_end;
        } else if !is_long && marks::authors(&line.text).is_some() {
            let floor = starts.last().map_or(0, |s| s.authors + 1);
            starts.push(Start { title: title_start(lines, floor, at), authors: at });
        }
    }
    starts
}

/// Finds the first line of the title above line `authors`, not above `floor`. It may take several lines where it is
/// clear what ends above it: the paper before, the header, or else a Chinese text, to which no Latin line belongs.
fn title_start(lines: &[Line], floor: usize, authors: usize) -> usize {
    let above = lines.get(floor..authors).unwrap_or_default();
    let end = above.iter().rposition(|l| marks::ends_paper(&l.text) || marks::notice(&l.text).is_some());
    let is_text = |l: &Line| has_han(&l.text) || bullet::read(&l.text, None).is_some();
    let chinese =
        || above.iter().rposition(is_text).filter(|&at| above.get(at).is_some_and(|l| has_han(&l.text)));
    let Some(before) = end.or_else(chinese) else {
        // The nearest line, if there is one.
        return authors.saturating_sub(1).max(floor.min(authors));
    };
    // The category stands below the greeting.
    let is_greeting = above.get(before).is_some_and(|l| marks::greeting(&l.text));
    let lowest = floor + before + if is_greeting && before + 2 < above.len() { 2 } else { 1 };
    let mut start = authors;
    while start > lowest && authors - start < TITLE_LINES {
        let is_joined = start == authors
            || (lines.get(start).zip(lines.get(start - 1)))
                .is_some_and(|(below, line)| goes_on(line, below) && !marks::starts_part(&line.text));
        if !is_joined {
            break;
        }
        start -= 1;
    }
    start
}

/// Says whether `line` and the line `below` it are one title.
fn goes_on(line: &Line, below: &Line) -> bool {
    const OPEN: &[&str] = &[
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to",
        "via", "with",
    ];
    let text = line.text.as_ref();
    let is_open = text.ends_with([':', ',', '-', '–', '—', '&'])
        || text.split_whitespace().last().is_some_and(|w| OPEN.contains(&w))
        || below.text.starts_with(char::is_lowercase);
    !marks::image(text) && (!below.gap || is_open)
}

fn records<'a>(lines: &'a [Line<'a>], starts: &[Start]) -> Vec<Read<'a>> {
    let ends = starts.iter().skip(1).map(|s| s.title).chain([lines.len()]);
    let record = |(start, end): (&Start, usize)| {
        let title = lines.get(start.title..start.authors).unwrap_or_default();
        let names = lines.get(start.authors).and_then(|l| marks::authors(&l.text)).unwrap_or_default();
        let body = lines.get(start.authors + 1..end).unwrap_or_default();
        Record { title, names, body }.read()
    };
    starts.iter().zip(ends).map(record).collect()
}

/// Names the lines `above` the first title that are neither the frame of the page nor the end of a paper.
fn unread_above(above: &[Line], name: &str) -> Option<Problem> {
    let is_end = |l: &Line| marks::screenshots(&l.text) || marks::cool_papers(&l.text).is_some();
    let is_frame = |l: &Line| marks::notice(&l.text).is_some() || marks::ends_paper(&l.text);
    // The end of a paper above the first one: that paper has lost the line by which it is known.
    let end = above.iter().rposition(is_end).map_or(above.len(), |at| at + 1);
    let is_header = |l: &Line| is_frame(l) && !is_end(l);
    let from = above.iter().take(end).rposition(is_header).map_or(0, |at| at + 1);
    let (line, rest) = above.get(from..end)?.split_first()?;
    let what = format!(
        "{} above the first paper's title belong to no paper and were left out",
        count(rest.len() + 1)
    );
    Some(Problem::at(name, line.number, what))
}

/// Names what was not read and what is missing.
fn losses(lines: &[Line], starts: &[Start], reads: &[Read], date: Date, name: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let Some((first, last)) = starts.first().zip(reads.last()) else { return problems };
    problems.extend(unread_above(lines.get(..first.title).unwrap_or_default(), name));
    for (read, start) in reads.iter().zip(starts) {
        if read.paper.title.is_empty() {
            let line = lines.get(start.authors).map_or(1, |l| l.number);
            problems.push(Problem::at(name, line, "this paper has no title"));
        }
    }
    let others =
        lines.iter().skip(first.title).filter_map(|l| Some((marks::date_heading(&l.text)?, l.number)));
    for (other, line) in others.filter(|(other, _)| *other != date) {
        let what = format!("another page starts here, of {other}; it was read as {date}");
        problems.push(Problem::at(name, line, what).rated(Severity::Warning, Kind::Date));
    }
    for read in reads.iter().take(reads.len().saturating_sub(1)) {
        if let Some(line) = read.rest.first() {
            let what = format!(
                "{} here belong to no part of a paper; kept with the paper above",
                count(read.rest.len())
            );
            problems.push(Problem::at(name, line.number, what));
        }
    }
    if let Some(line) = last.rest.first() {
        let what =
            format!("{} below the last paper belong to no paper and were left out", count(last.rest.len()));
        problems.push(Problem::at(name, line.number, what));
    }
    let closes = reads.iter().rev().skip(1).any(|r| r.is_closed);
    let has_footer = lines.iter().skip(first.title).any(|l| marks::footer(&l.text));
    let is_cut = !last.is_closed && !has_footer && (closes || breaks_off(&last.paper));
    if let Some(line) = lines.last().filter(|_| is_cut) {
        problems.push(Problem::at(name, line.number, "the capture ends in the middle of a paper"));
    }
    problems.sort_by_key(|p| p.line);
    problems
}

/// Says whether the takeaways, the last part of a paper in some layouts, are missing or end within a sentence.
fn breaks_off(paper: &Paper) -> bool {
    paper.takeaways.split_last().is_none_or(|(last, before)| {
        before.is_empty() || (!ends_sentence(last) && before.iter().all(|item| ends_sentence(item)))
    })
}

/// Says how many lines.
pub(super) fn count(lines: usize) -> String {
    if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") }
}
