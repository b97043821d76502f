use super::capture::decode;

/// Says what a file that is no digest looks like; None where it looks like nothing in particular. O(bytes).
#[must_use]
pub fn resembles(head: &[u8], name: &str) -> Option<&'static str> {
    let (text, _) = decode(head);
    let text = text.trim_start();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let has = |is: &dyn Fn(&str) -> bool| text.lines().any(|l| is(l.trim_start()));
    if text.chars().filter(|c| matches!(c, '\0' | '\u{fffd}')).count() * 20 > text.len() {
        return Some("bytes that are no text");
    }
    if text.starts_with("---") && has(&|l| l.starts_with("title:")) {
        return Some("a post of another kind, perhaps a survey");
    }
    if name.starts_with("readme") || (has(&|l| l.starts_with("# ")) && has(&|l| l.starts_with("## "))) {
        return Some("a README");
    }
    match text.chars().next()? {
        '<' => Some("a page of another kind"),
        '{' | '[' => Some("JSON of another kind"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_digest_is_told_apart() {
        for (head, name, expected) in [
            (
                "\n---\ntitle: A Survey\n---\n\n## 1. Rivers\n",
                "Survey.md",
                Some("a post of another kind, perhaps a survey"),
            ),
            ("# Papers\n\n## Features\n", "2031-02-03.md", Some("a README")),
            ("about", "README.md", Some("a README")),
            ("<html>", "a.html", Some("a page of another kind")),
            ("{\"a\": 1}", "a.json", Some("JSON of another kind")),
            ("\0\u{1}\0\u{fffd}abc", "a.json", Some("bytes that are no text")),
            ("a letter", "2031-02-03.txt", None),
            ("", "a.txt", None),
        ] {
            assert_eq!(resembles(head.as_bytes(), name), expected, "{head}");
        }
    }
}
