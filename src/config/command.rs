use serde_json::Value as Json;
use toml::de::DeValue;

use super::place::Environment;
use super::value::Value;

/// A program with its arguments, run without a shell; none when it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Command {
    /// The program, then its arguments.
    pub words: Vec<String>,
}

impl Command {
    /// Splits a text into words as a POSIX shell does, without expanding anything; none when a quotation is open. O(length).
    #[must_use]
    pub fn split(command: &str) -> Option<Vec<String>> {
        let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
        let mut chars = command.chars();
        while let Some(c) = chars.next() {
            match (quote, c) {
                (Some(q), _) if c == q => quote = None,
                (None, '\'' | '"') => {
                    quote = Some(c);
                    word.get_or_insert_default();
                }
                (None | Some('"'), '\\') => word.get_or_insert_default().push(chars.next()?),
                (None, _) if c.is_whitespace() => words.extend(word.take()),
                _ => word.get_or_insert_default().push(c),
            }
        }
        words.extend(word);
        quote.is_none().then_some(words)
    }
}

impl Value for Command {
    fn take(&mut self, given: &DeValue<'_>, env: Environment<'_>) -> Result<(), String> {
        let mut words = Vec::<String>::new();
        match given.as_str() {
            Some(text) => words = Self::split(text).ok_or("a quotation is open")?,
            None => words.take(given, env).map_err(|_| format!("expected {}", self.expected()))?,
        }
        if words.first().is_some_and(String::is_empty) {
            return Err("the program has no name".to_owned());
        }
        self.words = words;
        Ok(())
    }

    fn give(&self) -> Json {
        self.words.as_slice().into()
    }

    fn expected(&self) -> String {
        "a command in quotes, or a list of its words".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_split_like_a_word_list() {
        let table: [(&str, Option<&[&str]>); 6] = [
            ("vi", Some(&["vi"])),
            (" code  -w ", Some(&["code", "-w"])),
            (r#""my editor" -c 'set tw=72' a\ b"#, Some(&["my editor", "-c", "set tw=72", "a b"])),
            ("ed $(id) ; rm", Some(&["ed", "$(id)", ";", "rm"])),
            ("vi ''", Some(&["vi", ""])),
            ("vi 'x", None),
        ];
        for (command, words) in table {
            let want = words.map(|w| w.iter().map(ToString::to_string).collect::<Vec<_>>());
            assert_eq!(Command::split(command), want, "{command}");
        }
    }
}
