use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// What is said of a record that was put right.
pub(super) const MENDED: &str = "bytes or escapes that no text may hold were replaced";

/// Puts right what a generator's slip or a damaged byte leaves in a JSON text that otherwise parses: half of a surrogate
/// pair and bytes that are not UTF-8 become U+FFFD, control characters within strings a blank, and a backslash that
/// escapes nothing (`\phi`) stands for itself (RFC 8259, section 7). None where there is nothing of that. O(bytes).
pub(super) fn mended(json: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(json);
    let (mut whole, mut copied) = (String::with_capacity(text.len()), 0);
    let mut is_string = false;
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        let (len, instead) = match byte {
            b'"' => {
                is_string = !is_string;
                (1, None)
            }
            b'\\' if is_string => escape(text.as_bytes().get(at + 1..).unwrap_or_default()),
            0..=0x1f if is_string => (1, Some(" ")),
            // White space is no control character here.
            0..=0x1f if !byte.is_ascii_whitespace() => (1, Some(" ")),
            _ => (1, None),
        };
        if let Some(instead) = instead {
            whole.push_str(text.get(copied..at).unwrap_or_default());
            whole.push_str(instead);
            copied = at + len;
        }
        at += len;
    }
    whole.push_str(text.get(copied..).unwrap_or_default());
    (whole.as_bytes() != json).then_some(whole)
}

/// The bytes of an escape whose backslash stands before `rest`, and what has to stand there instead.
fn escape(rest: &[u8]) -> (usize, Option<&'static str>) {
    let unit = |rest: &[u8]| {
        let hex = rest.strip_prefix(b"u")?.get(..4)?;
        std::str::from_utf8(hex).ok().and_then(|hex| u16::from_str_radix(hex, 16).ok())
    };
    match rest.first() {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => (2, None),
        Some(b'u') => match unit(rest) {
            None => (1, Some("\\\\")),
            Some(0xd800..=0xdbff) => {
                let low = rest.get(5..).and_then(|r| r.strip_prefix(b"\\")).and_then(unit);
                match low {
                    Some(0xdc00..=0xdfff) => (12, None),
                    _ => (6, Some("\u{fffd}")),
                }
            }
            Some(0xdc00..=0xdfff) => (6, Some("\u{fffd}")),
            Some(_) => (6, None),
        },
        _ => (1, Some("\\\\")),
    }
}

/// Reads any JSON value and notes the keys that an object has twice.
pub(super) struct Any<'a>(pub(super) &'a mut Vec<String>);

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Any(self.0))? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(Any(self.0))?;
            if members.contains_key(&key) {
                self.0.push(key.clone());
            }
            members.insert(key, value);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_text_may_hold_is_replaced_and_the_rest_is_kept() {
        for (json, want) in [
            (r#"{"a": "\ud83d\ude00 \u4e2d\n\"\\"}"#, None),
            (r#"["a\ud800b"]"#, Some("[\"a\u{fffd}b\"]")),
            (r#"["\ud800\ud83d\ude00"]"#, Some("[\"\u{fffd}\\ud83d\\ude00\"]")),
            (r#"["\udc00", "\ud83d"]"#, Some("[\"\u{fffd}\", \"\u{fffd}\"]")),
            (r#"["\phi_\u12 \\ud800"]"#, Some(r#"["\\phi_\\u12 \\ud800"]"#)),
            ("[\"a\tb\u{1}\"]\n\u{0}", Some("[\"a b \"]\n ")),
            ("\"\\", Some("\"\\\\")),
            ("\"\\ud800\\", Some("\"\u{fffd}\\\\")),
        ] {
            assert_eq!(mended(json.as_bytes()).as_deref(), want, "{json}");
        }
        assert_eq!(mended(b"[\"\xff\"]").as_deref(), Some("[\"\u{fffd}\"]"));
    }
}
