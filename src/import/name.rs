use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::model::TitleKey;

/// Bytes of the longest file name that is made of a category.
const SLUG_BYTES: usize = 100;

/// Makes the file name (without `.json`) of a category: letters, digits, `.`, `_` and `-` stay, every other
/// character and a leading dot become `_`; at most 100 bytes; `_` for none.
#[must_use]
pub fn slug(category: Option<&str>) -> String {
    let mut slug = String::new();
    for c in category.unwrap_or_default().chars() {
        let keep = c.is_alphanumeric() || matches!(c, '_' | '-') || (c == '.' && !slug.is_empty());
        let c = if keep { c } else { '_' };
        if slug.len() + c.len_utf8() > SLUG_BYTES {
            break;
        }
        slug.push(c);
    }
    if slug.is_empty() { "_".to_owned() } else { slug }
}

/// Names a paper: its arXiv id without version, else `t:` and a hash of the title key, else `f:` and a hash of
/// where it stood (`source` and its `index` there, from 0).
#[must_use]
pub fn paper_id(arxiv: Option<&str>, title: &str, source: &str, index: usize) -> String {
    if let Some(id) = arxiv.filter(|id| !id.is_empty()) {
        return id.to_owned();
    }
    let key = TitleKey::new(title);
    if key.is_empty() {
        format!("f:{:.16}", sha256_hex(format!("{source}\n{index}").as_bytes()))
    } else {
        format!("t:{:.16}", sha256_hex(key.as_str().as_bytes()))
    }
}

/// Returns the SHA-256 of `bytes` (FIPS 180-4) in lower-case hex, 64 characters. O(length).
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_a_file_name() {
        let long = "扩".repeat(60);
        for (category, expected) in [
            (None, "_"),
            (Some(""), "_"),
            (Some("R1_Reasoning"), "R1_Reasoning"),
            (Some("Talking Head Generation"), "Talking_Head_Generation"),
            (Some("元宇宙/虚拟人"), "元宇宙_虚拟人"),
            (Some("cs.AI"), "cs.AI"),
            (Some("../x"), "_._x"),
            (Some("a\u{1b}[0m"), "a__0m"),
            (Some(&long), &"扩".repeat(33)),
        ] {
            assert_eq!(slug(category), expected, "{category:?}");
        }
    }

    #[test]
    fn an_id_is_the_best_name_there_is() {
        assert_eq!(paper_id(Some("2504.20930"), "A", "f", 0), "2504.20930");
        let by_title = paper_id(None, "A Title: of $x$", "f", 0);
        assert_eq!(by_title, paper_id(None, "a title of x", "g", 3));
        assert!(by_title.starts_with("t:") && by_title.len() == 18);
        let by_place = paper_id(None, "--", "f", 0);
        assert!(by_place.starts_with("f:") && by_place.len() == 18);
        assert_ne!(by_place, paper_id(None, "--", "f", 1));
    }

    #[test]
    fn hashes_as_everyone_does() {
        assert_eq!(sha256_hex(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
