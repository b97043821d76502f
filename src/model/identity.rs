use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Characters of a title key below which the first author must agree too.
const SHORT_KEY: usize = 16;

/// A title reduced to what is the same in every format: NFKC, LaTeX commands and `$ { } \` removed,
/// lower case, letters and digits only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TitleKey(String);

impl TitleKey {
    /// Reduces `title`. O(length).
    #[must_use]
    pub fn new(title: &str) -> Self {
        if title.is_ascii() && !title.contains('\\') {
            // Most titles are so, and for them normalising is a slow way to do nothing.
            let mut key = title.as_bytes().to_vec();
            key.retain(u8::is_ascii_alphanumeric);
            key.make_ascii_lowercase();
            return Self(String::from_utf8(key).unwrap_or_default());
        }
        let plain = without_commands(title.nfkc());
        // By way of upper case, or `ß` and `SS`, `ς` and `Σ` would differ; composed again, as cases compose
        // differently.
        let folded = plain.flat_map(char::to_uppercase).flat_map(char::to_lowercase);
        Self(folded.nfkc().filter(|c| c.is_alphanumeric()).collect())
    }

    /// Takes a key that was written by an earlier run.
    #[must_use]
    pub fn from_stored(key: String) -> Self {
        Self(key)
    }

    /// The key's characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when nothing of the title is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True when the title alone does not tell papers apart.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.0.chars().nth(SHORT_KEY - 1).is_none()
    }
}

/// Leaves LaTeX commands out: `\` and letters (`\phi`), or `\` and one other character (`\'`).
fn without_commands(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut chars = chars.peekable();
    std::iter::from_fn(move || {
        while chars.next_if_eq(&'\\').is_some() {
            if chars.peek().is_some_and(char::is_ascii_alphabetic) {
                while chars.next_if(char::is_ascii_alphabetic).is_some() {}
            } else {
                chars.next();
            }
        }
        chars.next()
    })
}

impl fmt::Display for TitleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What tells one paper from another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    /// The arXiv id, lower case and without version.
    pub arxiv: Option<String>,
    /// The title key.
    pub key: TitleKey,
    /// The first author's last word, lower case; kept only where the key is short.
    pub author: Option<String>,
}

impl Identity {
    /// Builds the identity of a paper from its fields.
    #[must_use]
    pub fn new(arxiv: Option<&str>, title: &str, first_author: Option<&str>) -> Self {
        let key = TitleKey::new(title);
        let author = first_author
            .filter(|_| key.is_short())
            .and_then(|a| a.split_whitespace().last())
            .map(|w| TitleKey::new(w).0)
            .filter(|w| !w.is_empty());
        let arxiv = arxiv.map(bare_arxiv_id).filter(|id| !id.is_empty());
        Self { arxiv, key, author }
    }
}

/// Lower-cases an arXiv id and cuts its version off: `2504.20930v2` becomes `2504.20930`.
fn bare_arxiv_id(id: &str) -> String {
    let id = id.trim().to_lowercase();
    match id.rsplit_once('v') {
        Some((bare, version))
            if !bare.is_empty() && !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) =>
        {
            bare.to_owned()
        }
        _ => id,
    }
}

/// Says whether two records are the same paper: equal arXiv ids where both have one, else equal title
/// keys (and, where those are short, the same first author). An empty key is never the same.
///
/// Not transitive over records without an id: callers that group records resolve a record whose key fits
/// two ids by leaving it alone.
#[must_use]
pub fn same_paper(a: &Identity, b: &Identity) -> bool {
    match (&a.arxiv, &b.arxiv) {
        (Some(x), Some(y)) => x == y,
        _ => !a.key.is_empty() && a.key == b.key && a.author == b.author,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_reduce_to_what_every_format_has() {
        for (title, key) in [
            ("Attention Is All You Need", "attentionisallyouneed"),
            ("$\\phi$-Mixing: {GPT}-\\textbf{4}", "mixinggpt4"),
            ("Ｆｕｌｌ　ｗｉｄｔｈ：扩散模型！", "fullwidth扩散模型"),
            ("ﬁne-tuning", "finetuning"),
            ("GROSSE STRASSE", "grossestrasse"),
            ("große Straße", "grossestrasse"),
            ("Λόγος ΛΌΓΟΣ", "λόγοσλόγοσ"),
            ("e\u{301}tude", "étude"),
            ("?! \\ $", ""),
        ] {
            assert_eq!(TitleKey::new(title).as_str(), key, "{title}");
        }
    }

    #[test]
    fn ids_lose_case_and_version() {
        for (id, bare) in [
            ("2504.20930v2", Some("2504.20930")),
            (" CS/0112017V11 ", Some("cs/0112017")),
            ("solv-int/9901001", Some("solv-int/9901001")),
            ("v2", Some("v2")),
            (" ", None),
        ] {
            assert_eq!(Identity::new(Some(id), "", None).arxiv.as_deref(), bare, "{id}");
        }
    }
}
