//! Reads pages of the blog that a browser saved whole, as MHTML (RFC 2557).
//!
//! Owns the way from the file to the page within it and its places back to the file. The page is read by `page`.

use mail_parser::{Encoding, Message, MessageParser, MessagePart, PartType};

use super::capture::decode;
use super::line::line_of;
use super::{Parsed, page};
use crate::model::{Date, Problem};

/// Says whether the file begins as a message of several parts does.
pub(super) fn is_message(bytes: &[u8]) -> bool {
    let (head, _) = decode(bytes.get(..bytes.len().min(4096)).unwrap_or_default());
    let first = head.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let is_header = first.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    is_header && head.to_ascii_lowercase().contains("content-type: multipart/related")
}

/// Reads the page in an MHTML file. Lines are those of the file, where its encoding has any.
pub(super) fn parse(bytes: &[u8], name: &str) -> Result<Parsed, Problem> {
    let message = MessageParser::default().parse(bytes);
    let Some((message, part)) = message.as_ref().and_then(|m| Some((m, page_part(m)?))) else {
        return Err(Problem::of_file(name, "no page found: no part of the file is HTML"));
    };
    let url = message.header_raw("Snapshot-Content-Location").map(|url| url.trim().to_owned());
    let text = html(part).unwrap_or_default();
    let lines = lines(bytes, part);
    let line =
        |number: u32| lines.get((number as usize).saturating_sub(1)).or(lines.last()).copied().unwrap_or(1);
    let mut parsed = page::read(text, name, url, None).map_err(|mut problem| {
        problem.line = problem.line.map(line);
        problem
    })?;
    for problem in &mut parsed.problems {
        problem.line = problem.line.map(line);
    }
    for (_, number) in parsed.digest.digest.papers.iter_mut().flat_map(|p| &mut p.from) {
        *number = line(*number);
    }
    Ok(parsed)
}

/// Tells date and category from the first bytes of an MHTML file; None where it is no page of digests.
pub(super) fn peek(bytes: &[u8]) -> Option<(Option<Date>, Option<String>)> {
    let message = MessageParser::default().parse(bytes)?;
    page::peek(html(page_part(&message)?)?)
}

/// The first part that is a page of digests, else the first that is HTML.
fn page_part<'m>(message: &'m Message<'_>) -> Option<&'m MessagePart<'m>> {
    let pages = || message.parts.iter().filter(|part| html(part).is_some());
    pages().find(|part| html(part).is_some_and(|text| page::peek(text).is_some())).or_else(|| pages().next())
}

fn html<'m>(part: &'m MessagePart<'_>) -> Option<&'m str> {
    match &part.body {
        PartType::Html(text) => Some(text),
        _ => None,
    }
}

/// The line of the file for each line of a part: quoted-printable breaks lines of its own in (RFC 2045), and base64
/// has none that mean anything.
fn lines(bytes: &[u8], part: &MessagePart) -> Vec<u32> {
    let (from, to) = (part.offset_body as usize, part.offset_end as usize);
    let mut number = line_of(bytes, from);
    let mut lines = vec![number];
    if part.encoding == Encoding::Base64 {
        return lines;
    }
    for line in bytes.get(from..to).unwrap_or_default().split(|&b| b == b'\n') {
        number = number.saturating_add(1);
        let is_soft = part.encoding == Encoding::QuotedPrintable && line.trim_ascii_end().ends_with(b"=");
        if !is_soft {
            lines.push(number);
        }
    }
    lines
}
