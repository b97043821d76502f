use serde_json::{Map, Value, json};

use super::Entry;
use super::author::Name;
use super::issued::Issued;
use crate::model::openable;

/// Writes an item of the type `article`, which is CSL's for preprints.
pub(super) fn entry(key: &str, entry: &Entry<'_>) -> String {
    let paper = entry.paper;
    let mut item = Map::from_iter([("id".to_owned(), key.into()), ("type".to_owned(), "article".into())]);
    let mut add = |name: &str, value: Value| {
        let is_empty = value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
        if !is_empty {
            item.insert(name.to_owned(), value);
        }
    };
    let text = |o: &Option<String>| Value::from(o.clone().unwrap_or_default());
    add("title", paper.title.clone().into());
    add("author", paper.authors.iter().filter(|a| !a.trim().is_empty()).map(|a| author(a)).collect());
    let issued = Issued::of(entry);
    let mut parts = vec![json!(issued.year)];
    parts.extend(issued.month.map(|m| json!(m)));
    parts.extend(issued.day.map(|d| json!(d)));
    add("issued", json!({"date-parts": [parts]}));
    add("abstract", entry.abstract_text().unwrap_or_default().into());
    if let Some(arxiv) = &paper.arxiv {
        add("publisher", "arXiv".into());
        add("number", format!("arXiv:{}", arxiv.id).into());
    }
    add("URL", paper.page_link().and_then(|url| openable(&url)).unwrap_or_default().into());
    add("note", text(&paper.comment));
    add("keyword", entry.keywords().join(", ").into());
    add("annote", entry.note.as_deref().unwrap_or_default().into());
    Value::Object(item).to_string()
}

fn author(name: &str) -> Value {
    match Name::new(name) {
        Name::Person { family, given, suffix: None } => json!({"family": family, "given": given}),
        Name::Person { family, given, suffix } => json!({"family": family, "given": given, "suffix": suffix}),
        Name::Whole(name) => json!({"literal": name}),
    }
}
