use memchr::memchr3;
use serde::Deserialize;

/// Levels that a value may be nested: as many as the whole reading allows.
const DEEPEST: u32 = 127;

/// Bytes of a string that are looked at eight at a time before a search is started.
const SHORT: usize = 24;

/// Reads JSON from front to back: what is asked for, and past all the rest at some gigabytes a second.
///
/// Of what it passes over it only sees that strings are closed on their line and that brackets fit. Whatever is not as it
/// should be ends the reading with None.
pub(super) struct JsonReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> JsonReader<'a> {
    /// Starts at the first byte.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Reads an object: `member` takes or passes over the value behind each key. A key with escapes may be any, which is
    /// not as it should be.
    pub(super) fn object(&mut self, mut member: impl FnMut(&mut Self, &'a [u8]) -> Option<()>) -> Option<()> {
        self.step(b'{')?;
        if self.step(b'}').is_some() {
            return Some(());
        }
        loop {
            self.blanks();
            let (key, is_plain) = self.string()?;
            self.step(b':').filter(|()| is_plain)?;
            member(self, key.get(1..key.len() - 1)?)?;
            if self.step(b'}').is_some() {
                return Some(());
            }
            self.step(b',')?;
        }
    }

    /// Reads a list: `element` takes or passes over each of its values.
    pub(super) fn list(&mut self, mut element: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.step(b'[')?;
        if self.step(b']').is_some() {
            return Some(());
        }
        loop {
            element(self)?;
            if self.step(b']').is_some() {
                return Some(());
            }
            self.step(b',')?;
        }
    }

    /// Reads a string.
    pub(super) fn text(&mut self) -> Option<String> {
        self.blanks();
        let (quoted, is_plain) = self.string()?;
        let text = quoted.get(1..quoted.len() - 1)?;
        // All of them in any case, which is done many at a time.
        let controls = text.iter().fold(0, |controls, b| controls | u8::from(*b < b' '));
        if is_plain && controls == 0 {
            return std::str::from_utf8(text).ok().map(str::to_owned);
        }
        serde_json::from_slice(quoted).ok()
    }

    /// Reads a value of any type.
    pub(super) fn value<T: Deserialize<'a>>(&mut self) -> Option<T> {
        serde_json::from_slice(self.pass()?).ok()
    }

    /// Says whether the next value is null.
    pub(super) fn is_null(&mut self) -> bool {
        self.blanks();
        self.peek() == Some(b'n')
    }

    /// Passes over a value, and gives its bytes.
    pub(super) fn pass(&mut self) -> Option<&'a [u8]> {
        self.blanks();
        let from = self.at;
        // What is open, the innermost in the lowest bit: 1 for an object.
        let (mut open, mut depth) = (0_u128, 0_u32);
        loop {
            match self.peek()? {
                b'"' => drop(self.string()?),
                bracket @ (b'{' | b'[') => {
                    (open, depth) = (open << 1 | u128::from(bracket == b'{'), depth + 1);
                    self.at += 1;
                    if depth > DEEPEST {
                        return None;
                    }
                }
                bracket @ (b'}' | b']') => {
                    if depth == 0 || (open & 1 == 1) != (bracket == b'}') {
                        return None;
                    }
                    (open, depth) = (open >> 1, depth - 1);
                    self.at += 1;
                }
                b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' if depth > 0 => self.at += 1,
                b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                    let is_part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.');
                    let rest = self.bytes.get(self.at..)?;
                    self.at += rest.iter().take_while(|b| is_part(b)).count();
                }
                _ => return None,
            }
            if depth == 0 {
                return self.bytes.get(from..self.at);
            }
        }
    }

    /// Says whether nothing follows.
    pub(super) fn is_through(&mut self) -> bool {
        self.blanks();
        self.at == self.bytes.len()
    }

    /// Steps over blanks and this byte.
    fn step(&mut self, byte: u8) -> Option<()> {
        self.blanks();
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Steps over a string; gives it with its quotes, and whether it is without escapes.
    fn string(&mut self) -> Option<(&'a [u8], bool)> {
        let from = self.at;
        (self.peek()? == b'"').then(|| self.at += 1)?;
        let mut is_plain = true;
        loop {
            self.at += special(self.bytes.get(self.at..)?)?;
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some((self.bytes.get(from..self.at)?, is_plain));
                }
                b'\\' => is_plain = false,
                _ => return None,
            }
            // Where one stands there are often more: Chinese may be written with nothing else.
            while self.peek()? == b'\\' {
                self.at += if self.bytes.get(self.at + 1) == Some(&b'u') { 6 } else { 2 };
            }
        }
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
}

/// The place of the first quote, backslash or line end.
fn special(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    // Keys, names and the like are short: it takes longer to start a search than to look at them.
    for (nth, eight) in bytes.chunks_exact(8).take(SHORT / 8).enumerate() {
        let word = eight.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
        // The lowest bit set is that of the first byte which is 0 in one of the three.
        let zeros = |byte: u8| {
            let without = word ^ (ONES * u64::from(byte));
            without.wrapping_sub(ONES) & !without
        };
        let found = (zeros(b'"') | zeros(b'\\') | zeros(b'\n')) & HIGH;
        if found != 0 {
            return Some(nth * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let from = if bytes.len() < SHORT { 0 } else { SHORT };
    memchr3(b'"', b'\\', b'\n', bytes.get(from..)?).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    #[test]
    fn what_is_passed_over_has_its_strings_closed_and_its_brackets_fit() {
        for (json, is_sound) in [
            (r#"{"a": [1, -2.5e+3, null, {"]": "\\\"}"}], "b": "\u5f3a\u5316"} "#, true),
            ("[]", true),
            ("\"\"", true),
            ("true", true),
            ("", false),
            ("  ", false),
            ("]", false),
            (",", false),
            (r#"{"a": [}]"#, false),
            ("[1, 2", false),
            (r#"["a]"#, false),
            ("[\"a\nb\"]", false),
            (r#""\"#, false),
            (r#""\u00"#, false),
            ("[?]", false),
        ] {
            let mut reader = JsonReader::new(json.as_bytes());
            assert_eq!(reader.pass().is_some() && reader.is_through(), is_sound, "{json}");
        }
        for (depth, is_sound) in [(127, true), (128, false)] {
            let json = "[".repeat(depth) + &"]".repeat(depth);
            assert_eq!(JsonReader::new(json.as_bytes()).pass().is_some(), is_sound);
        }
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "\\PC{0,40}|[\"\\\\\n\t\u{1}强]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec(("[a-c\"]{0,3}", inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        /// Values of every kind are passed over up to their last byte, and strings read as by the whole reading.
        #[test]
        fn what_is_passed_over_is_the_value(value in json(), is_pretty: bool, before in "[ \n\t]{0,3}") {
            let text = if is_pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let text = text.unwrap();
            let json = format!("{before}{text} , rest");
            let mut reader = JsonReader::new(json.as_bytes());
            prop_assert_eq!(reader.pass(), Some(text.as_bytes()));
            prop_assert_eq!(JsonReader::new(json.as_bytes()).value(), Some(value.clone()));
            let read = JsonReader::new(json.as_bytes()).text();
            prop_assert_eq!(read.as_deref(), value.as_str());
        }
    }
}
