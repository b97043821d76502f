//! What is left to do for matching once a text is folded.

use crate::text::is_han;

/// Gives each character of folded `text` one of 64 bits: letters and digits their own, all others share 28.
#[must_use]
pub fn mask(text: &str) -> u64 {
    let bit = |c: char| match c {
        'a'..='z' => u32::from(c) - u32::from('a'),
        '0'..='9' => 26 + u32::from(c) - u32::from('0'),
        _ => 36 + u32::from(c) % 28,
    };
    text.chars().fold(0, |mask, c| mask | 1 << bit(c))
}

/// Drops the blanks beside Han characters and at the end: sources disagree about them, and the screen adds its own. Also returns the
/// place, counted in characters of `text`, of each character that is left.
#[must_use]
pub fn close_up(text: &str) -> (String, Vec<usize>) {
    let mut places = Vec::new();
    let closed = close(text, |place| places.push(place));
    (closed, places)
}

/// The same without the places; cheaper.
#[must_use]
pub fn closed_up(text: &str) -> String {
    close(text, |_| {})
}

fn close(text: &str, mut keep: impl FnMut(usize)) -> String {
    let mut closed = String::with_capacity(text.len());
    let mut blanks: Vec<(usize, char)> = Vec::new();
    let mut last = None;
    for (place, c) in text.chars().enumerate() {
        if c.is_whitespace() {
            blanks.push((place, c));
            continue;
        }
        if !blanks.is_empty() {
            let is_beside_han = last.is_some_and(is_han) || is_han(c);
            for (place, blank) in blanks.drain(..).filter(|_| !is_beside_han) {
                closed.push(blank);
                keep(place);
            }
        }
        closed.push(c);
        keep(place);
        last = Some(c);
    }
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_beside_han_are_dropped() {
        let table = [
            ("基于 llm 的 推理", "基于llm的推理", vec![0, 1, 3, 4, 5, 7, 9, 10]),
            ("a  b\nc ", "a  b\nc", vec![0, 1, 2, 3, 4, 5]),
            (" 强\n 化 ", "强化", vec![1, 4]),
            ("", "", vec![]),
        ];
        for (text, closed, places) in table {
            assert_eq!(close_up(text), (closed.to_owned(), places), "{text:?}");
        }
    }
}
