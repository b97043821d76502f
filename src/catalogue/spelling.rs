//! Quoting what a user wrote, and guessing what was meant.

/// Characters of a quotation kept in a message.
const QUOTED: usize = 40;

/// Quotes `text` for a message: at most 40 characters, and what cannot be seen only as an escape.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars().take(QUOTED) {
        match c {
            '"' | '\'' | '\\' => shown.push(c),
            _ => shown.extend(c.escape_debug()),
        }
    }
    if text.chars().nth(QUOTED).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// Writes the hint that follows an unknown name: `; did you mean ...?`, or nothing.
#[must_use]
pub fn did_you_mean(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// Finds the name that differs from `text` by the fewest letters, at most half of the longer one, case aside; two that
/// were exchanged count once. O(names x 40 x length of a name).
#[must_use]
pub fn nearest<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text: String = text.chars().take(QUOTED).flat_map(char::to_lowercase).collect();
    let edits = |name: &str| strsim::osa_distance(&text, &name.to_lowercase());
    let longer = |name: &str| name.chars().count().max(text.chars().count());
    names
        .into_iter()
        .map(|name| (edits(name), name))
        .filter(|&(edits, name)| edits * 2 <= longer(name))
        .min_by_key(|&(edits, _)| edits)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near_enough() {
        let names = ["down", "up", "half-page-down", "Enter"];
        let table = [
            ("dwon", Some("down")),
            ("downn", Some("down")),
            ("half-page-dwn", Some("half-page-down")),
            ("half_page_down", Some("half-page-down")),
            ("enter", Some("Enter")),
            ("pu", Some("up")),
            ("entered", Some("Enter")),
            ("", None),
            ("xyz", None),
        ];
        for (text, expected) in table {
            assert_eq!(nearest(text, names), expected, "{text}");
        }
    }

    #[test]
    fn a_plural_is_nearer_than_a_longer_word() {
        assert_eq!(nearest("queries", ["categories", "query"]), Some("query"));
    }

    #[test]
    fn a_quotation_is_short_and_visible() {
        assert_eq!(quote("a\u{1b}[2J\n"), r"`a\u{1b}[2J\n`");
        assert_eq!(quote(r#"'\""#), r#"`'\"`"#);
        assert_eq!(quote("\u{202e}"), r"`\u{202e}`");
        assert_eq!(quote(&"长".repeat(1000)).chars().count(), 43);
    }
}
