use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::Digest as _;

use super::sample;
use super::walk::{Found, problem};
use crate::import::{self, Format, Stored};
use crate::model::{Date, Kind, Problem, Severity, SourceRef};

/// Bytes of a file that have to tell its format, date and category.
const HEAD: usize = 64 * 1024;

/// Extensions under which a file that is no digest is worth a word.
const DIGEST_EXTENSIONS: [&str; 8] = ["json", "jsonl", "md", "txt", "html", "htm", "mhtml", "mht"];

/// The cell a file belongs to, from its name and its first bytes.
#[derive(Debug)]
pub(super) struct Sniffed {
    pub(super) date: Date,
    pub(super) category: Option<String>,
    /// False when the category is a file name, in which characters may have been replaced.
    pub(super) is_true_name: bool,
    /// Set when the date is a guess.
    pub(super) problem: Option<Problem>,
}

/// Says to which date and category a file belongs, or `None` for a file that is passed over. A native
/// digest in its place, `DATE/SLUG.json`, is not opened; of every other file the head is read. A `forced` format is
/// not looked for.
pub(super) fn sniff(found: &Found, forced: Option<Format>) -> Result<Option<Sniffed>, Problem> {
    let path = found.path.as_path();
    let place = if forced.is_none_or(|f| f == Format::Native) { native_place(path) } else { None };
    if let Some((date, category)) = place {
        return Ok(Some(Sniffed { date, category, is_true_name: false, problem: None }));
    }
    let says_digest = found.named || says_digest(path);
    let head = match read_head(path) {
        Ok(head) => head,
        Err(e) if says_digest => return Err(problem(path, &e)),
        Err(_) => return Ok(None),
    };
    let forced = forced.filter(|_| says_digest && !head.is_empty());
    if forced.or_else(|| import::detect(&head, &file_name(path))).is_none() {
        return if says_digest {
            Err(not_a_digest(&path.display().to_string(), head.is_empty()))
        } else {
            Ok(None)
        };
    }
    let label = Label::of(path, &head)?;
    Ok(Some(Sniffed {
        date: label.date,
        category: label.category,
        is_true_name: true,
        problem: label.problem,
    }))
}

/// What one source says, as published.
pub(super) struct Content {
    pub(super) stored: Stored,
    /// SHA-256 of the bytes, in lower-case hex; empty where it was not asked for.
    pub(super) sha256: String,
    /// Of a native digest, the hashes of what it was imported from; none where they were not asked for.
    pub(super) known: Vec<String>,
    pub(super) problems: Vec<Problem>,
}

/// Reads and parses one source, in the `forced` format or in the one it looks like. Problems name its path. Hashes tell
/// it from other sources (`with_hashes`); they take longer than all the rest, and a source that stands alone needs none.
pub(super) fn read(
    source: &SourceRef,
    forced: Option<Format>,
    with_hashes: bool,
) -> Result<Content, Problem> {
    let how = How { forced, with_hashes };
    let content = match source {
        SourceRef::Sample(name) => {
            let text = sample::text(name).ok_or_else(|| Problem::of_file(*name, "is not in the sample"))?;
            content(text.as_bytes(), name, name, how)
        }
        SourceRef::File(path) => {
            let bytes = fs::read(path).map_err(|e| problem(path, &e))?;
            let label = Label::of(path, head_of(&bytes))?;
            content(&bytes, &label.name, &shown(source), how)
        }
    };
    content.map_err(|problem| problem.rated(Severity::Error, Kind::Unreadable))
}

/// Returns a source's name as the user would write it.
pub(super) fn shown(source: &SourceRef) -> String {
    match source {
        SourceRef::Sample(name) => (*name).to_owned(),
        SourceRef::File(path) => path.display().to_string(),
    }
}

/// How a source is read.
#[derive(Clone, Copy)]
struct How {
    forced: Option<Format>,
    with_hashes: bool,
}

fn content(bytes: &[u8], name: &str, shown: &str, how: How) -> Result<Content, Problem> {
    let named = |mut p: Problem| {
        shown.clone_into(&mut p.file);
        p
    };
    let format = how
        .forced
        .or_else(|| import::detect(head_of(bytes), name))
        // Where a native digest belongs, its reader knows best what is wrong.
        .or_else(|| (!bytes.is_empty() && native_place(Path::new(shown)).is_some()).then_some(Format::Native))
        .ok_or_else(|| not_a_digest(shown, bytes.is_empty()))?;
    let parsed = import::parse(format, bytes, name).map_err(named)?;
    let mut known = if how.with_hashes { parsed.digest.sums() } else { Vec::new() };
    // The one source of any other format is this file, of which its reader has told the hash.
    let own = if format == Format::Native { None } else { known.pop() };
    Ok(Content {
        stored: parsed.digest,
        sha256: own.unwrap_or_else(|| if how.with_hashes { sha256(bytes) } else { String::new() }),
        known,
        problems: parsed.problems.into_iter().map(named).collect(),
    })
}

/// The name under which a file is parsed, and the cell it belongs to.
///
/// The name is the file's own, with `DATE/` before it where the date stands in a folder's name or had
/// to be taken from the file's modification time: so the parser finds a date in every name.
struct Label {
    name: String,
    date: Date,
    category: Option<String>,
    problem: Option<Problem>,
}

impl Label {
    fn of(path: &Path, head: &[u8]) -> Result<Self, Problem> {
        let name = file_name(path);
        let (date, category) = import::peek(head, &name);
        if let Some(date) = date {
            return Ok(Self { name, date, category, problem: None });
        }
        if let Some(date) = path.ancestors().skip(1).find_map(|p| date_name(&file_name(p))) {
            return Ok(Self { name: format!("{date}/{name}"), date, category, problem: None });
        }
        let date = modified(path).map_err(|e| problem(path, &e))?;
        let what = format!("names no date; taken as of {date}, when it was last changed");
        Ok(Self {
            name: format!("{date}/{name}"),
            date,
            category,
            problem: Some(
                Problem::of_file(path.display().to_string(), what).rated(Severity::Warning, Kind::Date),
            ),
        })
    }
}

/// Says whether a file's name claims that it is a digest. Text of any kind lies about beside digests (a README, a
/// licence); only a date in its name makes it one that is missed.
fn says_digest(path: &Path) -> bool {
    let name = file_name(path);
    match extension(path).as_deref() {
        Some("md" | "txt") => import::peek(&[], &name).0.is_some(),
        Some(e) => DIGEST_EXTENSIONS.contains(&e),
        None => false,
    }
}

/// Reads `DATE/SLUG.json` off a path.
fn native_place(path: &Path) -> Option<(Date, Option<String>)> {
    let date = date_name(&file_name(path.parent()?))?;
    let slug = path.file_stem()?.to_str()?;
    (extension(path)? == "json").then(|| (date, (slug != "_").then(|| slug.to_owned())))
}

/// Reads a date written exactly `YYYY-MM-DD`.
pub(super) fn date_name(name: &str) -> Option<Date> {
    let date: Date = name.parse().ok()?;
    (date.to_string() == name).then_some(date)
}

fn modified(path: &Path) -> std::io::Result<Date> {
    let time = fs::metadata(path)?.modified()?;
    let stamp = Timestamp::try_from(time).map_err(std::io::Error::other)?;
    Ok(stamp.to_zoned(TimeZone::UTC).date())
}

fn read_head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn head_of(bytes: &[u8]) -> &[u8] {
    bytes.get(..HEAD).unwrap_or(bytes)
}

fn not_a_digest(shown: &str, is_empty: bool) -> Problem {
    let what = if is_empty { "is empty" } else { "is not a digest in a known format" };
    Problem::of_file(shown, what).rated(Severity::Warning, Kind::Unreadable)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

fn sha256(bytes: &[u8]) -> String {
    sha2::Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_a_native_digest_by_its_place() {
        let cases = [
            ("a/2025-05-01/LLM.json", Some(("2025-05-01", Some("LLM")))),
            ("2025-05-01/_.json", Some(("2025-05-01", None))),
            ("2025-05-01/元宇宙_虚拟人.JSON", Some(("2025-05-01", Some("元宇宙_虚拟人")))),
            ("2025-05-01/LLM.md", None),
            ("20250501/LLM.json", None),
            ("2025-02-30/LLM.json", None),
            ("LLM.json", None),
        ];
        for (path, want) in cases {
            let got = native_place(Path::new(path));
            let got = got.as_ref().map(|(d, c)| (d.to_string(), c.as_deref()));
            assert_eq!(got, want.map(|(d, c)| (d.to_owned(), c)), "{path}");
        }
    }

    #[test]
    fn hashes_as_everyone_does() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
