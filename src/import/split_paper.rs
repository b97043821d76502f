use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::model::Paper;

/// The members of a paper that the model knows.
pub(super) const FIELDS: &[&str] = &[
    "id",
    "arxiv",
    "title",
    "title_zh",
    "authors",
    "authors_raw",
    "abstract_en",
    "abstract_zh",
    "summary",
    "takeaways",
    "takeaways_note",
    "sections",
    "keywords",
    "long",
    "comment",
    "links",
    "categories",
    "images",
    "published",
    "updated",
    "metrics",
    "language",
    "failed",
    "from",
    "extra",
];

/// A paper as it is read: members the model does not know go to `extra`, and nothing is buffered for that.
pub(super) struct Whole(pub(super) Paper);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(WholeVisitor)
    }
}

struct WholeVisitor;

impl<'de> Visitor<'de> for WholeVisitor {
    type Value = Whole;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a paper")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Whole, A::Error> {
        let mut unknown = Map::new();
        let known = Known { map, unknown: &mut unknown };
        let mut paper = Paper::deserialize(MapAccessDeserializer::new(known))?;
        for (key, value) in unknown {
            paper.extra.entry(key).or_insert(value);
        }
        Ok(Whole(paper))
    }
}

/// A map without the members that are not known: those are put aside on the way.
struct Known<'a, A> {
    map: A,
    unknown: &'a mut Map<String, Value>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Known<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.map.next_key::<Key>()? {
            match key {
                Key::Field(name) => return seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some),
                Key::Other(name) => {
                    let value = self.map.next_value()?;
                    self.unknown.insert(name, value);
                }
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

enum Key {
    Field(&'static str),
    Other(String),
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_str<E>(self, key: &str) -> Result<Key, E> {
                let known = FIELDS.iter().find(|f| **f == key);
                Ok(known.map_or_else(|| Key::Other(key.to_owned()), |f| Key::Field(f)))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_model_is_known() {
        let paper = Paper {
            authors_raw: Some(String::new()),
            takeaways_note: Some(String::new()),
            ..Paper::default()
        };
        let Value::Object(members) = serde_json::to_value(paper).unwrap() else {
            panic!("a paper is an object")
        };
        assert_eq!(members.keys().collect::<Vec<_>>(), FIELDS);
    }

    #[test]
    fn unknown_members_survive() {
        let json = r#"{"title":"T","score":1.5,"\u0078":[null],"extra":{"score":2,"y":3}}"#;
        let Whole(paper) = serde_json::from_str(json).unwrap();
        assert_eq!(paper.title, "T");
        assert_eq!(Value::Object(paper.extra), serde_json::json!({"score": 2, "y": 3, "x": [null]}));
    }
}
