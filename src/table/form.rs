//! How a text as it is shown is kept beside its folded form.

use std::borrow::Cow;

use super::bytes::{Reader, push_number};

/// The two are the same.
const SAME: usize = 0;
/// Only ASCII letters differ, in their case; a bit for each byte says which are capitals.
const CASE: usize = 1;
/// The text follows; the number is this much more than its length.
const WHOLE: usize = 2;

/// Writes `text` beside `folded`.
pub(super) fn push_form(out: &mut Vec<u8>, text: &str, folded: &str) {
    if text == folded {
        push_number(out, SAME);
    } else if text.eq_ignore_ascii_case(folded) && !folded.bytes().any(|b| b.is_ascii_uppercase()) {
        push_number(out, CASE);
        let bits = |bytes: &[u8]| {
            bytes.iter().enumerate().fold(0, |bits, (i, b)| bits | u8::from(b.is_ascii_uppercase()) << i)
        };
        out.extend(text.as_bytes().chunks(8).map(bits));
    } else {
        push_number(out, WHOLE + text.len());
        out.extend_from_slice(text.as_bytes());
    }
}

/// Reads what [`push_form`] wrote.
pub(super) fn read_form<'a: 'f, 'f>(reader: &mut Reader<'a>, folded: &'f str) -> Cow<'f, str> {
    match reader.number() {
        SAME => folded.into(),
        CASE => {
            let bits = reader.take(folded.len().div_ceil(8));
            let is_capital = |i: usize| bits.get(i / 8).is_some_and(|b| b >> (i % 8) & 1 == 1);
            let cased =
                folded.char_indices().map(|(i, c)| if is_capital(i) { c.to_ascii_uppercase() } else { c });
            cased.collect::<String>().into()
        }
        more => text(reader.take(more - WHOLE)).into(),
    }
}

/// Takes bytes for a text; empty when they are none.
pub(super) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}
