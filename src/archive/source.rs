use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::file_bytes::FileBytes;
use super::sample;
use super::walk::{Found, problem};
use crate::import::{self, Format, Stored};
use crate::model::{Date, Digest, Kind, Problem, Severity, SourceRef};

/// Bytes of a file that have to tell its format, date and category.
const HEAD: usize = 64 * 1024;

/// Bytes that tell as much of a native digest as is written.
const SHORT_HEAD: usize = 4 * 1024;

/// Bytes of the biggest file that is read: two hundred times a big day. Reading takes several times as much memory.
const MAX_BYTES: u64 = 512 << 20;

/// Extensions under which a file that is no digest is worth a word.
const DIGEST_EXTENSIONS: [&str; 8] = ["json", "jsonl", "md", "txt", "html", "htm", "mhtml", "mht"];

/// The cell a file belongs to, from its name and its first bytes.
#[derive(Debug)]
pub(super) struct Sniffed {
    pub(super) date: Date,
    pub(super) category: Option<String>,
    /// Set when the date is a guess.
    pub(super) problem: Option<Problem>,
}

/// Says to which date and category a file belongs, or `None` for a file that is passed over. A native
/// digest in its place, `DATE/SLUG.json`, is not opened; of every other file the head is read. A `forced` format is
/// not looked for.
pub(super) fn sniff(found: &Found, forced: Option<Format>) -> Result<Option<Sniffed>, Problem> {
    let path = found.path.as_path();
    if let Some((date, category)) = place_of(path, forced) {
        return Ok(Some(Sniffed { date, category, problem: None }));
    }
    let says_digest = found.named || says_digest(path);
    let head = match read_head(path) {
        Ok(head) => head,
        Err(e) if says_digest => return Err(problem(path, &e)),
        Err(_) => return Ok(None),
    };
    let forced = forced.filter(|_| says_digest && !head.is_empty());
    if forced.or_else(|| import::detect(&head, &file_name(path))).is_none() {
        let problem = not_a_digest(&path.display().to_string(), &head);
        // Text of other kinds lies about beside digests. A post among posts is told from them.
        return match head.trim_ascii_start().starts_with(b"---") && extension(path).is_some_and(|e| e == "md")
        {
            _ if says_digest => Err(problem),
            true => Err(problem.rated(Severity::Info, Kind::Unreadable)),
            false => Ok(None),
        };
    }
    let label = Label::of(path, &head)?;
    Ok(Some(Sniffed { date: label.date, category: label.category, problem: label.problem }))
}

/// The date and category of a native digest in its place. The category is a file name, in which characters may have been
/// replaced; all others have their true names.
pub(super) fn place_of(path: &Path, forced: Option<Format>) -> Option<(Date, Option<String>)> {
    forced.is_none_or(|f| f == Format::Native).then(|| native_place(path))?
}

/// What one source says, as published.
pub(super) struct Content {
    pub(super) stored: Stored,
    /// SHA-256 of the bytes, in lower-case hex; empty of a source that stands alone.
    pub(super) sha256: String,
    pub(super) problems: Vec<Problem>,
}

/// What a source is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// To be shown alone. A hash takes longer than all the rest, and is not made.
    Alone,
    /// To be looked at as it is, or to take in others.
    Whole,
    /// To be merged with others: what it names no source of is its own.
    Part,
}

/// Reads and parses one source, in the `forced` format or in the one it looks like. Problems name its path.
pub(super) fn read(source: &SourceRef, forced: Option<Format>, role: Role) -> Result<Content, Problem> {
    let how = How { forced, role };
    let content = match source {
        SourceRef::Sample(name) => {
            let text = sample::text(name).ok_or_else(|| Problem::of_file(*name, "is not in the sample"))?;
            content(text.as_bytes(), name, name, how)
        }
        SourceRef::File(path) => {
            let path = path.to_path();
            let path = path.as_path();
            let bytes = read_whole(path)?;
            let label = Label::of(path, telling_head(&bytes, path))?;
            content(&bytes, &label.name, &shown(source), how).map(|mut content| {
                content.problems.extend(changed(path, bytes.len()));
                content
            })
        }
    };
    content.map_err(|problem| problem.rated(Severity::Error, Kind::Unreadable))
}

/// Reads of a native digest that is the only source of its cell what an index needs; none of all others.
pub(super) fn read_short(path: &Path, date: Date) -> Option<Digest> {
    let bytes = read_whole(path).ok()?;
    let name = native_name(path, &bytes)?;
    import::parse_short(&bytes, date, &name)
}

/// The name under which a native digest is parsed; none of any other file.
pub(super) fn native_name(path: &Path, bytes: &[u8]) -> Option<String> {
    let head = telling_head(bytes.starts_with(b"{").then_some(bytes)?, path);
    let name = Label::of(path, head).ok()?.name;
    let format = import::detect(head, &name).or_else(|| native_place(path).map(|_| Format::Native));
    (format == Some(Format::Native)).then_some(name)
}

/// Parses bytes of the file `path`, which problems call `shown`, to be shown alone.
pub(super) fn read_bytes(bytes: &[u8], path: &Path, shown: &str) -> Result<Content, Problem> {
    let label = Label::of(path, head_of(bytes))?;
    content(bytes, &label.name, shown, How { forced: None, role: Role::Alone })
        .map_err(|problem| problem.rated(Severity::Error, Kind::Unreadable))
}

/// Returns a source's name as the user would write it.
pub(super) fn shown(source: &SourceRef) -> String {
    match source {
        SourceRef::Sample(name) => (*name).to_owned(),
        SourceRef::File(path) => path.to_path().display().to_string(),
    }
}

/// How a source is read.
#[derive(Clone, Copy)]
struct How {
    forced: Option<Format>,
    role: Role,
}

fn content(bytes: &[u8], name: &str, shown: &str, how: How) -> Result<Content, Problem> {
    let named = |mut p: Problem| {
        shown.clone_into(&mut p.file);
        p
    };
    let format = how
        .forced
        .or_else(|| import::detect(telling_head(bytes, Path::new(name)), name))
        // Where a native digest belongs, its reader knows best what is wrong.
        .or_else(|| (!bytes.is_empty() && native_place(Path::new(shown)).is_some()).then_some(Format::Native))
        .ok_or_else(|| not_a_digest(shown, head_of(bytes)))?;
    let parse = if how.role == Role::Alone { import::parse_unsummed } else { import::parse };
    let mut parsed = parse(format, bytes, name).map_err(named)?;
    let sha256 = match (how.role, format) {
        (Role::Alone, _) => String::new(),
        (_, Format::Native) => import::sha256_hex(bytes),
        // Its reader has the sum already.
        _ => parsed
            .digest
            .sources()
            .last()
            .map_or_else(|| import::sha256_hex(bytes), |(_, sum)| sum.to_owned()),
    };
    if how.role == Role::Part {
        parsed.digest.adopt(bytes, &sha256);
    }
    Ok(Content { stored: parsed.digest, sha256, problems: parsed.problems.into_iter().map(named).collect() })
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
pub(super) fn native_place(path: &Path) -> Option<(Date, Option<String>)> {
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

/// Reads a file, unless it is too big to be a digest.
pub(super) fn read_whole(path: &Path) -> Result<FileBytes, Problem> {
    let mut file = File::open(path).map_err(|e| problem(path, &e))?;
    let size = file.metadata().map_err(|e| problem(path, &e))?.len();
    let most = if size <= MAX_BYTES { MAX_BYTES + 1 } else { 0 };
    let expected = size.min(most) as usize;
    let bytes = FileBytes::read(&mut file, expected, most).map_err(|e| problem(path, &e))?;
    if size.max(bytes.len() as u64) > MAX_BYTES {
        let mib = MAX_BYTES >> 20;
        let what = format!("is bigger than {mib} MiB, which no digest is; it was not read");
        return Err(
            Problem::of_file(path.display().to_string(), what).rated(Severity::Error, Kind::Unreadable)
        );
    }
    Ok(bytes)
}

fn read_head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

pub(super) fn head_of(bytes: &[u8]) -> &[u8] {
    bytes.get(..HEAD).unwrap_or(bytes)
}

/// The beginning of a file: of a native digest no more than has its format and date, as 64 KiB of a small one take as long
/// to look at as its papers.
fn telling_head<'a>(bytes: &'a [u8], path: &Path) -> &'a [u8] {
    let name = file_name(path);
    let short = bytes.get(..SHORT_HEAD).filter(|short| short.starts_with(b"{"));
    let tells = |head: &&[u8]| {
        import::detect(head, &name) == Some(Format::Native) && import::peek(head, &name).0.is_some()
    };
    short.filter(tells).unwrap_or_else(|| head_of(bytes))
}

fn not_a_digest(shown: &str, head: &[u8]) -> Problem {
    let what = match import::resembles(head, shown) {
        _ if head.is_empty() => "is empty".to_owned(),
        None => "is not a digest in a known format".to_owned(),
        Some(other) => format!("is not a digest in a known format: it looks like {other}"),
    };
    Problem::of_file(shown, what).rated(Severity::Warning, Kind::Unreadable)
}

/// Says that a file of which `read` bytes were read is longer or shorter by now.
fn changed(path: &Path, read: usize) -> Option<Problem> {
    let now = fs::metadata(path).map_or(0, |meta| meta.len());
    (now != read as u64).then(|| {
        let what = format!("changed while it was read: {read} bytes were read, {now} are there now");
        Problem::of_file(path.display().to_string(), what)
    })
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
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
    fn a_file_that_is_too_big_is_named_and_not_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        fs::write(&path, "{}").unwrap();
        assert_eq!(*read_whole(&path).unwrap(), *b"{}");
        File::options().write(true).open(&path).unwrap().set_len(MAX_BYTES + 1).unwrap();
        let problem = read_whole(&path).unwrap_err();
        assert_eq!(problem.what, "is bigger than 512 MiB, which no digest is; it was not read");
        assert_eq!((problem.severity, problem.kind), (Severity::Error, Kind::Unreadable));
    }

    #[test]
    fn a_file_that_grew_meanwhile_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        fs::write(&path, "12345").unwrap();
        assert_eq!(changed(&path, 5), None);
        let what = changed(&path, 3).unwrap().what;
        assert_eq!(what, "changed while it was read: 3 bytes were read, 5 are there now");
    }
}
