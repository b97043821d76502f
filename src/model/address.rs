use std::fmt::Write as _;

use memchr::memmem;

/// Bytes of the longest address that is opened; browsers take no longer ones.
const LONGEST: usize = 8 << 10;

/// Finds the web addresses in `text`. One ends at a blank, at the first character outside ASCII, and before closing
/// punctuation: captures glue the sentence on. O(length).
pub fn urls(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let (_, from) = rest.split_at_checked(memmem::find(rest.as_bytes(), b"http")?)?;
            let end = from
                .find(|c: char| {
                    !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
                })
                .unwrap_or(from.len());
            let (url, after) = from.split_at_checked(end.max(4))?;
            rest = after;
            let url = trim_url(url);
            let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            if host.is_some_and(|h| h.contains('.')) {
                return Some(url);
            }
        }
    })
}

/// Cuts the punctuation of the sentence off, and a bracket that was not opened in the address.
fn trim_url(url: &str) -> &str {
    let mut url = url;
    loop {
        let cut = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']', '*', '$']);
        let cut = match cut.strip_suffix(')') {
            Some(open) if open.matches('(').count() <= open.matches(')').count() => open,
            _ => cut,
        };
        if cut.len() == url.len() {
            return url;
        }
        url = cut;
    }
}

/// Makes an address that may be handed to another program: `http` or `https` with a host in ASCII that no program takes for
/// an option, and every character that is not of RFC 3986, and every quotation mark, percent-encoded. None for all others.
/// ASCII, without blanks. Idempotent. O(length).
#[must_use]
pub fn openable(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://")?;
    let scheme = ["http", "https"].into_iter().find(|s| scheme.eq_ignore_ascii_case(s))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '_');
    if address.len() > LONGEST
        || !host.starts_with(|c: char| c.is_ascii_alphanumeric())
        || !host.chars().all(is_host)
    {
        return None;
    }
    let mut out = format!("{scheme}://");
    for byte in rest.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&()*+,;=%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("可在https://a.org/x找到。", vec!["https://a.org/x"]),
            (r"at \url{https://github.com/a/b}.", vec!["https://github.com/a/b"]),
            ("(see https://a.org/x_(y)). Next", vec!["https://a.org/x_(y)"]),
            ("http and https:// and https://x", vec![]),
            ("https://a.org/, https://b.org/?q=1.", vec!["https://a.org/", "https://b.org/?q=1"]),
        ] {
            assert_eq!(urls(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_opened() {
        let long = format!("https://a.org/{}", "x".repeat(LONGEST));
        for (address, want) in [
            ("https://a.org/x?q=1&r=2#s", Some("https://a.org/x?q=1&r=2#s")),
            (" HTTP://a.org ", Some("http://a.org")),
            ("https://a.org/图 1", Some("https://a.org/%E5%9B%BE%201")),
            ("https://a.org/';rm -rf \"$HOME\"`", Some("https://a.org/%27;rm%20-rf%20%22$HOME%22%60")),
            ("https://a.org/\n--opt", Some("https://a.org/%0A--opt")),
            ("https://-oProxy=x/", None),
            ("https://", None),
            ("http://¹", None),
            ("https:///etc/passwd", None),
            ("https://user:pw@a.org/", None),
            ("https://a.org\\@b.org/", None),
            ("file:///etc/passwd", None),
            ("javascript:alert(1)", None),
            ("--version", None),
            ("-https://a.org", None),
            ("", None),
            (&long, None),
        ] {
            assert_eq!(openable(address).as_deref(), want, "{address}");
        }
    }

    proptest! {
        #[test]
        fn what_is_opened_is_inert(address in "(https?://|-|[a-z]+:)?[a-z.\\-]{0,5}.{0,40}") {
            let Some(url) = openable(&address) else { return Ok(()) };
            prop_assert!(url.starts_with("http://") || url.starts_with("https://"));
            prop_assert!(url.bytes().all(|b| b.is_ascii_graphic() && !b"'\"`\\<>{}|^".contains(&b)), "{}", url);
            prop_assert_eq!(openable(&url), Some(url.clone()));
        }
    }
}
