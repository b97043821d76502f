//! The text of a line: one JSON object, keys in a fixed order.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde_json::{Map, Value};

use super::line::LAST_T;
use super::{Cell, Field, FieldValue, LAST_N, Line, LineBody, Settled};
use crate::model::{Identity, TitleKey, Verdict};

/// The version of the format that is written and understood.
const VERSION: u64 = 1;

/// What every version of the format has.
#[derive(serde::Deserialize)]
struct Head {
    n: u64,
    t: i64,
}

type DoCell<'a> = (Paper, Given<'a>, Given<'a>);
type BaseCell<'a> = (Paper, Given<'a>, Given<'a>, i64, u64);

#[derive(serde::Deserialize)]
struct Whole<'a> {
    v: u64,
    n: u64,
    t: i64,
    #[serde(default)]
    w: i64,
    #[serde(rename = "do", borrow)]
    done: Option<Vec<DoCell<'a>>>,
    undo: Option<u64>,
    redo: Option<u64>,
    #[serde(borrow)]
    base: Option<Vec<BaseCell<'a>>>,
    upto: Option<u64>,
    #[serde(default)]
    say: String,
    #[serde(default)]
    auto: bool,
}

#[derive(serde::Deserialize)]
struct Paper {
    arxiv: Option<String>,
    key: String,
    author: Option<String>,
}

/// A field's name or what it is set to, borrowed where the text has no escape: most lines have only a few words.
enum Given<'a> {
    Null,
    Bool(bool),
    Text(Cow<'a, str>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Given<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(GivenVisitor)
    }
}

struct GivenVisitor;

impl<'de> Visitor<'de> for GivenVisitor {
    type Value = Given<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null, a truth value or text")
    }

    fn visit_unit<E: Error>(self) -> Result<Given<'de>, E> {
        Ok(Given::Null)
    }

    fn visit_bool<E: Error>(self, given: bool) -> Result<Given<'de>, E> {
        Ok(Given::Bool(given))
    }

    fn visit_borrowed_str<E: Error>(self, given: &'de str) -> Result<Given<'de>, E> {
        Ok(Given::Text(given.into()))
    }

    fn visit_str<E: Error>(self, given: &str) -> Result<Given<'de>, E> {
        Ok(Given::Text(given.to_owned().into()))
    }
}

impl Line {
    /// Reads one line of a journal file, without its line end. A line of a later version or with a shape
    /// that is not known becomes [`LineBody::Unknown`]. O(length).
    ///
    /// # Errors
    ///
    /// Says why `text` is no line at all: not JSON, or without number or logical time.
    pub fn parse(text: &str) -> Result<Self, String> {
        // Nearly every line is of this version and shape: one pass over its text is enough.
        let known = serde_json::from_str::<Whole>(text).ok().filter(|w| w.v == VERSION);
        let line = if let Some(line) = known.and_then(Whole::into_line) {
            line
        } else {
            let Head { n, t } = serde_json::from_str(text).map_err(|e| format!("not a journal line: {e}"))?;
            Self { n, t, wall_ms: 0, body: LineBody::Unknown(text.to_owned()) }
        };
        if line.greatest_n() > LAST_N || line.t.unsigned_abs() > LAST_T.unsigned_abs() {
            // After such a line no number would be left for the next one.
            return Err("its number or its time cannot be".to_owned());
        }
        Ok(line)
    }

    /// Reads the number and the logical time of a line, and nothing else; none where they cannot be. O(length), but several times as fast as
    /// [`Self::parse`].
    #[must_use]
    pub fn stamp_of(text: &str) -> Option<(u64, i64)> {
        let Head { n, t } = serde_json::from_str(text).ok()?;
        (n <= LAST_N && t.unsigned_abs() <= LAST_T.unsigned_abs()).then_some((n, t))
    }

    /// Writes the line as it stands in a file, without a line end and with none inside. O(length).
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut object = Map::new();
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        put("v", VERSION.into());
        put("n", self.n.into());
        put("t", self.t.into());
        put("w", self.wall_ms.into());
        match &self.body {
            LineBody::Do { cells, say, auto } => {
                put("do", cells.iter().map(cell_json).map(Value::Array).collect());
                put("say", say.as_str().into());
                if *auto {
                    put("auto", true.into());
                }
            }
            LineBody::Undo(n) => _ = put("undo", (*n).into()),
            LineBody::Redo(n) => _ = put("redo", (*n).into()),
            LineBody::Base { upto, settled } => {
                put("base", settled.iter().map(settled_json).collect());
                put("upto", (*upto).into());
            }
            LineBody::Unknown(text) => return text.clone(),
        }
        Value::Object(object).to_string()
    }
}

impl Whole<'_> {
    fn into_line(self) -> Option<Line> {
        let body = match (self.done, self.undo, self.redo, self.base) {
            (Some(cells), None, None, None) => LineBody::Do {
                cells: all_of(cells, |(p, f, v)| cell(p, f, v))?,
                say: self.say,
                auto: self.auto,
            },
            (None, Some(n), None, None) => LineBody::Undo(n),
            (None, None, Some(n), None) => LineBody::Redo(n),
            (None, None, None, Some(cells)) => LineBody::Base {
                upto: self.upto.unwrap_or(self.n),
                settled: all_of(cells, |(p, f, v, t, n)| Some(Settled { cell: cell(p, f, v)?, t, n }))?,
            },
            _ => return None,
        };
        Some(Line { n: self.n, t: self.t, wall_ms: self.w, body })
    }
}

/// Makes something of each or nothing of all. Collecting would keep the room for four that most lines of one cell were
/// parsed in, and of a long journal that is most of the memory.
fn all_of<T, U>(given: Vec<T>, make: impl Fn(T) -> Option<U>) -> Option<Vec<U>> {
    let mut all = Vec::with_capacity(given.len());
    for one in given {
        all.push(make(one)?);
    }
    Some(all)
}

fn cell(paper: Paper, field: Given<'_>, value: Given<'_>) -> Option<Cell> {
    let Given::Text(field) = field else { return None };
    let field = Field::from_name(&field)?;
    let value = match (&field, value) {
        (Field::Verdict, Given::Null) => FieldValue::Verdict(Verdict::Undecided),
        (Field::Verdict, Given::Text(s)) => FieldValue::Verdict(verdict_from_name(&s)?),
        (Field::Read | Field::Tag(_), Given::Bool(b)) => FieldValue::Bool(b),
        (Field::Read | Field::Tag(_), Given::Null) => FieldValue::Bool(false),
        (Field::Note, Given::Text(s)) => FieldValue::Text(Some(s.into_owned())),
        (Field::Note, Given::Null) => FieldValue::Text(None),
        _ => return None,
    };
    let key = TitleKey::from_stored(paper.key);
    Some(Cell { paper: Identity { arxiv: paper.arxiv, key, author: paper.author }, field, value })
}

fn cell_json(cell: &Cell) -> Vec<Value> {
    let mut paper = Map::new();
    paper.insert("arxiv".to_owned(), cell.paper.arxiv.as_deref().into());
    paper.insert("key".to_owned(), cell.paper.key.as_str().into());
    if let Some(author) = &cell.paper.author {
        paper.insert("author".to_owned(), author.as_str().into());
    }
    let value = match &cell.value {
        FieldValue::Verdict(v) => verdict_name(*v).into(),
        FieldValue::Bool(b) => (*b).into(),
        FieldValue::Text(t) => t.as_deref().into(),
    };
    vec![Value::Object(paper), cell.field.name().into(), value]
}

fn settled_json(settled: &Settled) -> Value {
    let mut values = cell_json(&settled.cell);
    values.extend([settled.t.into(), settled.n.into()]);
    values.into()
}

impl Field {
    /// The name in journal lines: `verdict`, `read`, `note`, `tag:NAME`.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        match self {
            Self::Verdict => "verdict".into(),
            Self::Read => "read".into(),
            Self::Note => "note".into(),
            Self::Tag(tag) => format!("tag:{tag}").into(),
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        match name {
            "verdict" => Some(Self::Verdict),
            "read" => Some(Self::Read),
            "note" => Some(Self::Note),
            _ => name.strip_prefix("tag:").map(|tag| Self::Tag(tag.to_owned())),
        }
    }
}

fn verdict_name(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Undecided => None,
        verdict => Some(verdict.name()),
    }
}

fn verdict_from_name(name: &str) -> Option<Verdict> {
    [Verdict::Bookmarked, Verdict::Later, Verdict::Dismissed]
        .into_iter()
        .find(|v| verdict_name(*v) == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: &str = r#"{"arxiv":"2504.20930","key":"adeepstudyoflongtitles"}"#;

    /// Text that is read as the line on the right and written as the same text.
    #[test]
    fn lines_read_and_write_as_they_stand() {
        let paper = Identity::new(Some("2504.20930v2"), "A Deep Study of Long Titles", Some("Ada Lovelace"));
        let short = Identity::new(None, "短标题 \"q\" \\ \u{1b}[2J\n", Some("Lin, 王伟"));
        let cell =
            |paper: &Identity, field: Field, value: FieldValue| Cell { paper: paper.clone(), field, value };
        let verdict = |v| cell(&paper, Field::Verdict, FieldValue::Verdict(v));
        let act = |cells: Vec<Cell>, say: &str, auto| LineBody::Do { cells, say: say.to_owned(), auto };
        let read = cell(&short, Field::Read, FieldValue::Bool(true));
        let base = Settled { cell: verdict(Verdict::Later), t: 3, n: 2 };
        let rows = [
            (
                format!(r#"{{"v":1,"n":1,"t":10,"w":9,"do":[[{PAPER},"verdict","bookmarked"]],"say":"bookmark 1"}}"#),
                act(vec![verdict(Verdict::Bookmarked)], "bookmark 1", false),
            ),
            (
                format!(r#"{{"v":1,"n":1,"t":10,"w":9,"do":[[{PAPER},"verdict",null],[{PAPER},"verdict","dismissed"]],"say":"x\n\u001b"}}"#),
                act(vec![verdict(Verdict::Undecided), verdict(Verdict::Dismissed)], "x\n\u{1b}", false),
            ),
            (
                r#"{"v":1,"n":1,"t":10,"w":9,"do":[[{"arxiv":null,"key":"短标题q2j","author":"王伟"},"read",true]],"say":"read 1","auto":true}"#.to_owned(),
                act(vec![read], "read 1", true),
            ),
            (
                format!(r#"{{"v":1,"n":1,"t":10,"w":9,"do":[[{PAPER},"note","a\tb\u0000"],[{PAPER},"note",null],[{PAPER},"tag:x:y",false]],"say":""}}"#),
                act(
                    vec![
                        cell(&paper, Field::Note, FieldValue::Text(Some("a\tb\0".to_owned()))),
                        cell(&paper, Field::Note, FieldValue::Text(None)),
                        cell(&paper, Field::Tag("x:y".to_owned()), FieldValue::Bool(false)),
                    ],
                    "",
                    false,
                ),
            ),
            (r#"{"v":1,"n":1,"t":10,"w":9,"undo":7}"#.to_owned(), LineBody::Undo(7)),
            (r#"{"v":1,"n":1,"t":10,"w":9,"redo":7}"#.to_owned(), LineBody::Redo(7)),
            (
                format!(r#"{{"v":1,"n":1,"t":10,"w":9,"base":[[{PAPER},"verdict","later",3,2]],"upto":1}}"#),
                LineBody::Base { upto: 1, settled: vec![base] },
            ),
        ];
        for (text, body) in rows {
            let line = Line { n: 1, t: 10, wall_ms: 9, body };
            assert_eq!(Line::parse(&text), Ok(line.clone()), "{text}");
            assert_eq!(line.to_text(), text);
            assert!(!text.contains('\n'));
        }
    }

    #[test]
    fn unknown_lines_are_kept_to_the_letter() {
        for text in [
            r#"{"v":2,"n":4,"t":-5,"do":"something else",  "w":[]}"#.to_owned(),
            r#"{"n":4,"t":-5}"#.to_owned(),
            r#"{"v":1,"n":4,"t":-5,"frob":1}"#.to_owned(),
            r#"{"v":1,"n":4,"t":-5,"undo":1,"redo":1}"#.to_owned(),
            format!(r#"{{"v":1,"n":4,"t":-5,"do":[[{PAPER},"read",true],[{PAPER},"colour",3]],"say":""}}"#),
            format!(r#"{{"v":1,"n":4,"t":-5,"do":[[{PAPER},"verdict","maybe"]]}}"#),
            format!(r#"{{"v":1,"n":4,"t":-5,"do":[[{PAPER},"read","yes"]]}}"#),
        ] {
            let line = Line::parse(&text).unwrap();
            assert_eq!((line.n, line.t), (4, -5), "{text}");
            assert_eq!(line.body, LineBody::Unknown(text.clone()));
            assert_eq!(line.to_text(), text);
        }
    }

    #[test]
    fn members_that_are_not_known_do_not_hide_a_known_line() {
        let text = r#"{"x":{},"v":1,"undo":2,"n":3,"t":4}"#;
        assert_eq!(Line::parse(text), Ok(Line { n: 3, t: 4, wall_ms: 0, body: LineBody::Undo(2) }));
    }

    #[test]
    fn what_is_no_line_is_said() {
        for text in [
            "",
            "{",
            "[]",
            "<<<<<<< HEAD",
            r#"{"v":1}"#,
            r#"{"v":1,"n":-1,"t":0}"#,
            r#"{"v":1,"n":1,"t":1e99}"#,
        ] {
            assert!(Line::parse(text).is_err(), "{text}");
        }
    }
}
