//! Tells text that went through the wrong decoder from text that somebody wrote.

/// What the bytes 0x80 to 0x9f are in Windows-1252, where they are anything.
const WINDOWS_1252: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

/// Says in a few words what is garbled in `text`; None for a sound one. O(length).
pub(super) fn find(text: &str) -> Option<&'static str> {
    if text.contains('\u{fffd}') {
        return Some("holds U+FFFD: its bytes were damaged");
    }
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Some("holds control characters");
    }
    if text.contains(|c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')) {
        return Some("holds private-use characters, which no font agrees on");
    }
    // What U+FFFD, uninitialised memory, and `，` `。` in UTF-8 look like when read as GBK.
    let is_gbk = ["锟斤拷", "烫烫烫", "屯屯屯"].iter().any(|run| text.contains(run))
        || text.chars().filter(|c| matches!(c, '锛' | '銆')).count() > 2;
    (is_gbk || is_utf8_as_latin(text)).then_some("looks like text read in the wrong encoding")
}

/// Says whether there is UTF-8 that was read as Latin-1 or Windows-1252: `Ã©`, `â€™`, `ä¸­æ–‡`.
fn is_utf8_as_latin(text: &str) -> bool {
    let is_tail =
        |c: Option<&char>| c.is_some_and(|&c| matches!(c, '\u{80}'..='\u{bf}') || WINDOWS_1252.contains(c));
    let chars: Vec<char> = if text.is_ascii() { Vec::new() } else { text.chars().collect() };
    let (mut at, mut longest, mut run) = (0, 0, 0);
    while let Some(c) = chars.get(at) {
        let len = match c {
            'Ã' | 'Â' if is_tail(chars.get(at + 1)) => 2,
            'â' if chars.get(at + 1) == Some(&'€') && is_tail(chars.get(at + 2)) => 3,
            'à'..='ï' if is_tail(chars.get(at + 1)) && is_tail(chars.get(at + 2)) => 3,
            _ => 0,
        };
        // One `Ã©` or `â€™` is enough; three letters may be chance (`café…”`) unless more follow.
        let weight = if matches!(c, 'Ã' | 'Â' | 'â') { 2 } else { 1 };
        run = if len == 0 { 0 } else { run + weight };
        longest = longest.max(run);
        at += len.max(1);
    }
    longest > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as_latin(text: &str) -> String {
        encoding_rs::WINDOWS_1252.decode(text.as_bytes()).0.into_owned()
    }

    fn read_as_gbk(text: &str) -> String {
        encoding_rs::GBK.decode(text.as_bytes()).0.replace('\u{fffd}', "")
    }

    #[test]
    fn mojibake_is_told_from_accents_and_chinese() {
        for text in ["José’s", "中文摘要。", "naïve café"] {
            assert!(find(&read_as_latin(text)).is_some(), "{}", read_as_latin(text));
        }
        assert!(find(&read_as_gbk("我们提出了一种新的，方法。它，很快。")).is_some());
        for bad in ["a\u{fffd}b", "a\u{1b}[31m", "a\u{e001}", "锟斤拷"] {
            assert!(find(bad).is_some(), "{bad:?}");
        }
        for good in [
            "",
            "José Ángel “naïve” café…”",
            "中文，摘要。",
            "à la carte",
            "20 °C ± 3 µm",
            "Ångström",
            "line\n\ttab",
            "été — où",
            "São Paulo",
            "锛合金",
            "HÂ is a letter",
            "À “quoi” bon",
        ] {
            assert_eq!(find(good), None, "{good:?}");
        }
    }
}
