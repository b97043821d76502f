use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::failure::is_failure;
use super::feed_written::{Written, set_language};
use super::links::{arxiv_id, guess};
use super::record::split_names;
use crate::model::{ArxivId, Paper};

/// Reads the members of one object of a feed, in any of the known shapes. None without title and arXiv id. The
/// texts say what was not as expected; such values are kept in `extra`.
pub(super) fn read(members: Vec<(Cow<str>, Value)>, language: Option<&str>) -> Option<(Paper, Vec<String>)> {
    let mut reader = Reader::default();
    for (key, value) in members {
        reader.member(&key, value);
    }
    reader.finish();
    let Reader { mut paper, odd, .. } = reader;
    if paper.title.is_empty() && paper.arxiv.is_none() {
        return None;
    }
    set_language(&mut paper, language);
    Some((paper, odd))
}

#[derive(Default)]
struct Reader {
    paper: Paper,
    /// What `id` says.
    id: Option<Value>,
    /// The ids in the addresses.
    linked: Option<ArxivId>,
    primary: Option<String>,
    odd: Vec<String>,
}

impl Reader {
    fn member(&mut self, key: &str, value: Value) {
        match key {
            "id" => self.id = Some(value),
            "title" => self.paper.title = self.text(key, value).unwrap_or_default(),
            "authors" => self.authors(key, value),
            "summary" | "abstract" => self.paper.abstract_en = self.text(key, value),
            "comment" | "comments" => self.paper.comment = self.text(key, value),
            "categories" => self.categories(key, value),
            "cate" | "category" => self.primary = self.text(key, value),
            "abs" | "url" | "pdf" | "pdf_url" => self.link(key, value),
            "code_url" => self.paper.links.code = self.text(key, value),
            "code_stars" if value.is_number() => {
                self.paper.metrics.insert(key.to_owned(), value);
            }
            "date" | "published" => self.paper.published = self.text(key, value),
            "updated" => self.paper.updated = self.text(key, value),
            "relevance_analysis" => {
                if let Some(score) = value.get("relevance_score").filter(|s| s.is_number()) {
                    self.paper.metrics.insert("relevance".to_owned(), score.clone());
                }
                self.paper.extra.insert(key.to_owned(), value);
            }
            "AI" => self.analysis(key, value),
            _ => match Written::of(key) {
                Some((field, label)) => {
                    if let Some(text) = self.text(key, value) {
                        field.put(&mut self.paper, label, Some(text));
                    }
                }
                None => {
                    self.paper.extra.insert(key.to_owned(), value);
                }
            },
        }
    }

    /// The text of a member; what is none goes aside.
    fn text(&mut self, key: &str, value: Value) -> Option<String> {
        if value.is_number() || value.is_boolean() {
            self.odd.push(format!("`{key}` is {value}, which is no text; it was read as one"));
        }
        match plain(value) {
            Ok(text) => text.filter(|t| !t.trim().is_empty()),
            Err(value) => {
                self.aside(key, value);
                None
            }
        }
    }

    fn aside(&mut self, key: &str, value: Value) {
        self.odd.push(format!("`{key}` is not what a paper has there; kept aside in `extra`"));
        self.paper.extra.insert(key.to_owned(), value);
    }

    fn authors(&mut self, key: &str, value: Value) {
        let Value::Array(list) = value else {
            self.paper.authors_raw = self.text(key, value);
            self.paper.authors = self.paper.authors_raw.as_deref().map(split_names).unwrap_or_default();
            return;
        };
        let names: Vec<_> = list.iter().filter_map(author_name).collect();
        let are_all = names.len() == list.len();
        // A colon is left of a collaboration's list of members.
        let names = names.into_iter().filter(|n| !n.is_empty() && *n != ":");
        self.paper.authors = names.map(str::to_owned).collect();
        if !are_all {
            self.aside(key, Value::Array(list));
        }
    }

    fn categories(&mut self, key: &str, value: Value) {
        if let Some(text) = self.text(key, value) {
            let all = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
            self.paper.categories = all.filter(|c| !c.is_empty()).map(str::to_owned).collect();
        }
    }

    fn link(&mut self, key: &str, value: Value) {
        let is_pdf_key = key.starts_with("pdf");
        let Some(url) = self.text(key, value) else { return };
        if let Some(found) = arxiv_id(&url)
            && self.linked.as_ref().is_none_or(|l| l.version.is_none())
        {
            self.linked = Some(found);
        }
        let links = &mut self.paper.links;
        let slot = if is_pdf_key || url.contains("/pdf/") { &mut links.pdf } else { &mut links.abs };
        if slot.is_none() {
            *slot = Some(url);
        } else if slot.as_ref() != Some(&url) {
            links.other.push(url);
        }
    }

    /// Reads the object of what a model has written.
    fn analysis(&mut self, key: &str, value: Value) {
        let members = match value {
            Value::Object(members) => members,
            Value::Null => return,
            Value::String(text) if text.trim().is_empty() || is_failure(&text) => {
                self.paper.failed.push("summary".to_owned());
                return;
            }
            value => return self.aside(key, value),
        };
        let mut unknown = Map::new();
        for (name, value) in members {
            match Written::of(&name)
                .or_else(|| name.eq("comment").then_some((Written::Comments, "AI comments")))
            {
                None => {
                    unknown.insert(name, value);
                }
                Some((field, label)) => match plain(value) {
                    Ok(text) => field.put(&mut self.paper, label, text),
                    Err(value) => {
                        self.odd.push(format!("`{key}.{name}` is no text; kept aside in `extra`"));
                        unknown.insert(name, value);
                    }
                },
            }
        }
        if !unknown.is_empty() {
            self.paper.extra.insert(key.to_owned(), Value::Object(unknown));
        }
    }

    fn finish(&mut self) {
        self.identify();
        if let Some(primary) = self.primary.take() {
            let categories = &mut self.paper.categories;
            categories.retain(|c| *c != primary);
            categories.insert(0, primary);
        }
        let texts = [self.paper.comment.as_deref(), self.paper.abstract_en.as_deref()];
        let guessed = guess(&mut self.paper.links, texts.into_iter().flatten());
        if !guessed.is_empty() {
            self.paper.extra.insert("guessed".to_owned(), json!(guessed));
        }
    }

    /// Takes the id from `id`, and the version, or else all of it, from the addresses.
    fn identify(&mut self) {
        let stated = match &self.id {
            Some(Value::String(id)) => {
                let id = id.trim();
                let bare = id.strip_prefix("arXiv:").or_else(|| id.strip_prefix("arxiv:")).unwrap_or(id);
                arxiv_id(bare).or_else(|| arxiv_id(&format!("/abs/{bare}")))
            }
            _ => None,
        };
        let linked = self.linked.take();
        let mut id = stated.or_else(|| linked.clone()).or_else(|| padded(self.id.as_ref()?.as_f64()?));
        if let (Some(id), Some(linked)) = (&mut id, linked)
            && id.id == linked.id
        {
            id.version = id.version.or(linked.version);
        }
        self.paper.arxiv = id;
        if self.paper.arxiv.is_none()
            && let Some(other) = self.id.take().filter(|id| !id.is_null())
        {
            self.paper.extra.insert("id".to_owned(), other);
        }
    }
}

/// The name of an author: a text, or the `name` of an object.
fn author_name(author: &Value) -> Option<&str> {
    match author {
        Value::String(name) => Some(name.trim()),
        Value::Object(author) => Some(author.get("name")?.as_str()?.trim()),
        _ => None,
    }
}

/// An id that was written as a number and so lost the zeros at its end. Since 2015 it has five digits after the dot.
fn padded(number: f64) -> Option<ArxivId> {
    let id = if number >= 1501.0 { format!("{number:.5}") } else { format!("{number:09.4}") };
    arxiv_id(&format!("/abs/{id}"))
}

/// The text of a value: of a string, a number, or a list of them, a line for each. None for null.
fn plain(value: Value) -> Result<Option<String>, Value> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(is) => Ok(Some(is.to_string())),
        Value::Array(list) if list.iter().all(|v| v.is_string() || v.is_number()) => {
            let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
            Ok(Some(list.iter().map(text).collect::<Vec<_>>().join("\n")))
        }
        other => Err(other),
    }
}
