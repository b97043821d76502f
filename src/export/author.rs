use std::borrow::Cow;

use crate::text;

/// Words before a family name that belong to it.
const PARTICLES: [&str; 18] = [
    "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ter", "ten",
    "bin", "ibn", "al",
];
const SUFFIXES: [&str; 6] = ["Jr", "Jr.", "Sr", "Sr.", "II", "III"];

/// The name of an author, in the parts that bibliographies want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// Somebody whose family name can be told.
    Person { family: String, given: String, suffix: Option<String> },
    /// A group, or somebody whose name has no such parts: kept whole.
    Whole(String),
}

impl Name {
    /// Takes a name as it stands in a digest, `Given Family` or `Family, Given`. Names with Han characters, of one word,
    /// or with an `and` in them stay whole.
    pub(super) fn new(author: &str) -> Self {
        let plain: Cow<'_, str> = text::accents(author);
        let mut words: Vec<&str> = plain.split_whitespace().collect();
        let whole = || Self::Whole(words.join(" "));
        let is_group = words.iter().any(|w| w.eq_ignore_ascii_case("and"));
        if words.len() < 2 || is_group || text::has_han(&plain) || plain.contains([';', '{', '}']) {
            return whole();
        }
        if let Some((family, given)) = plain.split_once(',') {
            let person = |given: &str, suffix: Option<&str>| Self::Person {
                family: super::one_line(family),
                given: super::one_line(given),
                suffix: suffix.map(str::to_owned),
            };
            let is_suffix = SUFFIXES.contains(&given.trim());
            return match family.trim() {
                "" => whole(),
                // `Given Family, Jr.`
                _ if is_suffix => Self::new(family).with_suffix(given.trim()),
                _ if given.contains(',') || given.trim().is_empty() => whole(),
                _ => person(given, None),
            };
        }
        let suffix = words.pop_if(|w| SUFFIXES.contains(w)).map(str::to_owned);
        let is_particle = |w: &&str| PARTICLES.contains(w);
        // The last word is the family name whatever it is, and the first one never is.
        let before = words.iter().rev().skip(1).take_while(|w| is_particle(w)).count();
        let split = words.len().saturating_sub(1 + before).max(usize::from(words.len() > 1));
        let (given, family) = words.split_at_checked(split).unwrap_or_default();
        Self::Person { family: family.join(" "), given: given.join(" "), suffix }
    }

    fn with_suffix(self, to: &str) -> Self {
        match self {
            Self::Person { family, given, .. } => Self::Person { family, given, suffix: Some(to.to_owned()) },
            Self::Whole(name) => Self::Whole(format!("{name}, {to}")),
        }
    }

    /// What it is sorted by.
    pub(super) fn family(&self) -> &str {
        match self {
            Self::Person { family, .. } => family,
            Self::Whole(name) => name,
        }
    }

    /// `Family, Given` or `Family, Given, Jr.`; the whole name where it has no parts.
    pub(super) fn inverted(&self) -> String {
        match self {
            Self::Person { family, given, suffix: None } => format!("{family}, {given}"),
            Self::Person { family, given, suffix: Some(suffix) } => format!("{family}, {given}, {suffix}"),
            Self::Whole(name) => name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_parts() {
        for (author, want) in [
            ("Roman Abramov", "Abramov, Roman"),
            ("Yi-Hsin  Hung", "Hung, Yi-Hsin"),
            ("Laurens van der Maaten", "van der Maaten, Laurens"),
            ("van Gogh", "Gogh, van"),
            ("Robert Downey Jr.", "Downey, Robert, Jr."),
            ("Downey, Robert", "Downey, Robert"),
            ("Robert Downey, Jr.", "Downey, Robert, Jr."),
            ("Schr\\\"{o}dinger, E.", "Schrödinger, E."),
            ("OpenAI", "OpenAI"),
            ("王 小明", "王 小明"),
            ("Anna and Bert", "Anna and Bert"),
            ("A, B, C", "A, B, C"),
            (",", ","),
            ("", ""),
        ] {
            assert_eq!(Name::new(author).inverted(), want, "{author}");
        }
        assert_eq!(Name::new("OpenAI").family(), "OpenAI");
    }
}
