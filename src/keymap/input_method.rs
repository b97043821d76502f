/// Finds the key meant by a character of a Chinese input method: full-width forms and Chinese punctuation
/// stand for the ASCII character on the same key; every other character is none of its business.
///
/// A `——` typed with one key arrives as two U+2014: each of them is a `_`, and the caller drops the second.
/// For keys only, never for typed text.
#[must_use]
pub fn from_input_method(c: char) -> Option<char> {
    Some(match c {
        '、' => '/',
        '。' => '.',
        '《' => '<',
        '》' => '>',
        '【' | '「' => '[',
        '】' | '」' => ']',
        // U+FFE5 on most systems, U+00A5 on macOS.
        '￥' | '¥' => '$',
        '\u{2014}' => '_',
        '·' => '`',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '\u{3000}' => ' ',
        // U+FF01 to U+FF5E repeat U+0021 to U+007E in the same order.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)?,
        _ => return None,
    })
}
