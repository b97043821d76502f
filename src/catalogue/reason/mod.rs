//! What is wrong with a file, a setting or the system, said in Chinese.
//!
//! Such a sentence is made in English where it is met, far from anybody who reads it, and stays so in JSON, in the journal
//! and in `--log-file`. Where it is shown, its form is looked up here: one row for each, with a place for each of its data.
//! What has no row, such as the words of a foreign library, stays as it is after what is known of it.

mod digests;
mod foreign;
mod settings;
mod shown;

use super::Lang;

/// A form in English and in Chinese. `{}` is a place for data, `{,}` one for names with commas between, `{*}` one for a
/// sentence that has a form of its own; the Chinese names a place by its number where the order is another: `{1}`.
type Row = (&'static str, &'static str);

/// How deep sentences within sentences are looked into; what stands behind a colon counts double. The rest stays in
/// English.
const DEPTH: usize = 8;
/// Colons of a sentence behind which another one is looked for.
const COLONS: usize = 3;
/// Bytes of a sentence that is not looked into behind colons: it quotes a file.
const LONG: usize = 2000;

/// What a place of a form holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holds {
    Sentence,
    Names,
    Data,
}

const PLACES: [(&str, Holds); 3] = [("{*}", Holds::Sentence), ("{,}", Holds::Names), ("{}", Holds::Data)];

/// What is looked for from the end, since a text of a file stands before it.
const BEHIND_DATA: [&str; 3] = ["; did you mean `", " at line ", ", expected "];

/// All forms: first those that end other sentences, then those that stand by themselves.
const TABLES: [&[Row]; 5] = [shown::ENDS, digests::ROWS, settings::ROWS, shown::ROWS, foreign::ROWS];

impl Lang {
    /// Says what is wrong with a file, a setting or the system in this language. `what` is one clause in English, without
    /// the file and the line. O(forms x length).
    #[must_use]
    pub fn reason(self, what: &str) -> String {
        let chinese = if self == Self::Zh { chinese(what, DEPTH) } else { None };
        chinese.unwrap_or_else(|| what.to_owned())
    }

    /// The name of a severity of problems, from its stable one.
    #[must_use]
    pub fn severity(self, name: &'static str) -> &'static str {
        match (self, name) {
            (Self::Zh, "error") => "错误",
            (Self::Zh, "warning") => "警告",
            (Self::Zh, "info") => "提示",
            _ => name,
        }
    }

    /// The name of a kind of problems, from its stable one.
    #[must_use]
    pub fn problem_kind(self, name: &str) -> &str {
        match (self, name) {
            (Self::Zh, "unreadable") => "无法读取",
            (Self::Zh, "loss") => "有丢失",
            (Self::Zh, "encoding") => "编码",
            (Self::Zh, "date") => "日期",
            (Self::Zh, "missing") => "缺少内容",
            (Self::Zh, "garbled") => "乱码",
            (Self::Zh, "failed") => "来源失败",
            (Self::Zh, "duplicate") => "重复",
            (Self::Zh, "unknown-key") => "未知的键",
            (Self::Zh, "ambiguous") => "无法确定",
            _ => name,
        }
    }
}

/// None where no form fits.
fn chinese(what: &str, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(2)?;
    let fitting = |rows: &'static [Row]| {
        let rows = rows.iter().filter_map(|row| Some((row, data(row.0, what)?)));
        // Of several the one that leaves the least to its places.
        rows.min_by_key(|(_, data)| data.iter().map(|(text, _)| text.len()).sum::<usize>())
    };
    let [ends, rest @ ..] = TABLES;
    let found = fitting(ends).or_else(|| {
        let all = rest.iter().filter_map(|rows| fitting(rows));
        all.min_by_key(|(_, data)| data.iter().map(|(text, _)| text.len()).sum::<usize>())
    });
    if let Some((row, data)) = found {
        let said = |(text, holds): &(&str, Holds)| match holds {
            Holds::Sentence => chinese(text, depth + 1).unwrap_or_else(|| (*text).to_owned()),
            Holds::Names => text.replace(", ", "、"),
            Holds::Data => (*text).to_owned(),
        };
        return Some(filled(row.1, &data.iter().map(said).collect::<Vec<_>>()));
    }
    // A file, a setting or a place within it, and what is wrong with it.
    let mut colons = what.match_indices(": ").take(if what.len() > LONG { 0 } else { COLONS });
    colons.find_map(|(at, colon)| {
        let (before, after) = (what.get(..at)?, what.get(at + colon.len()..)?);
        Some(format!("{before}：{}", chinese(after, depth)?))
    })
}

/// Finds what stands in the places of `form`; None where `text` has another form.
fn data<'t>(form: &str, text: &'t str) -> Option<Vec<(&'t str, Holds)>> {
    let (mut form, mut text) = (form, text);
    let mut found = Vec::new();
    loop {
        let Some((at, place, holds)) = next_place(form) else { return (form == text).then_some(found) };
        text = text.strip_prefix(form.get(..at)?)?;
        form = form.get(at + place.len()..)?;
        let literal = next_place(form).map_or(Some(form), |(at, ..)| form.get(..at))?;
        // What ends the form ends the text, whatever data hold.
        let end = match (next_place(form), literal) {
            (_, "") => text.len(),
            (None, literal) => text.strip_suffix(literal)?.len(),
            (Some(_), literal) if BEHIND_DATA.contains(&literal) => text.rfind(literal)?,
            (Some(_), literal) => text.find(literal)?,
        };
        let (data, rest) = text.split_at_checked(end).filter(|(data, _)| !data.is_empty())?;
        found.push((data, holds));
        text = rest;
    }
}

fn next_place(form: &str) -> Option<(usize, &'static str, Holds)> {
    PLACES.into_iter().filter_map(|(place, holds)| Some((form.find(place)?, place, holds))).min()
}

/// Puts data in the places of a Chinese form.
fn filled(form: &str, data: &[String]) -> String {
    let (mut out, mut rest, mut next) = (String::new(), form, 0);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((number, after)) = after.split_once('}') else { break };
        let at = number.parse().unwrap_or(next);
        next += 1;
        out.push_str(before);
        out.push_str(data.get(at).map_or("", String::as_str));
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests;
