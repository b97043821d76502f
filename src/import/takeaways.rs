use super::bullet::{self, Sign};
use super::line::Line;
use super::prose::{append, ends_sentence, join};

/// The list of a paper's takeaways.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Takeaways {
    /// The items, without number or bullet.
    pub(super) items: Vec<String>,
    /// The sentences before and after the list.
    pub(super) note: Option<String>,
}

/// Reads the lines between the heading and the end of the paper. Without any bullet every line is an item.
pub(super) fn read(lines: &[Line]) -> Takeaways {
    let signs = signs(lines);
    // Signs further down, without a second of its list, begin sentences.
    let has = |sign: Sign| signs.iter().flatten().filter(|(s, _)| *s == sign).count();
    let is_list =
        signs.first().is_some_and(Option::is_some) || has(Sign::Symbol) > 1 || has(Sign::Number(2)) > 0;
    let Some(first) = signs.iter().position(Option::is_some).filter(|_| is_list) else {
        return Takeaways { items: lines.iter().map(|l| l.text.to_string()).collect(), note: None };
    };
    let last = signs.iter().rposition(Option::is_some).unwrap_or(first);
    let is_wrapped = signs.iter().take(last).skip(first).any(Option::is_none);
    let indent = lines.get(first).map_or(0, |l| l.indent);
    let mut items: Vec<String> = Vec::new();
    let mut note: Vec<&Line> = Vec::new();
    let mut is_over = false;
    for (i, (line, sign)) in lines.iter().zip(&signs).enumerate() {
        match (sign, items.last_mut()) {
            (Some((_, text)), _) => items.push((*text).to_owned()),
            (None, None) => note.push(line),
            (None, Some(item)) => {
                let is_set_in = !line.gap && (is_wrapped || line.indent > indent);
                is_over = is_over || (i > last && ends_sentence(item) && !is_set_in);
                if is_over {
                    note.push(line);
                } else if bullet::read(&line.text, None).is_some() {
                    item.push('\n');
                    item.push_str(&line.text);
                } else {
                    append(item, &line.text, line.gap);
                }
            }
        }
    }
    items.retain(|item| !item.is_empty());
    Takeaways { items, note: join(note) }
}

/// The place of a list that no heading names: its first item, if there are two items or more.
pub(super) fn find(lines: &[Line]) -> Option<usize> {
    let signs = signs(lines);
    let first = signs.iter().position(Option::is_some)?;
    (signs.iter().flatten().count() >= 2).then_some(first)
}

/// The sign and the text of each line that is an item. A sign of another kind belongs to the item above it where it is
/// set in deeper or stands within a sentence.
fn signs<'a>(lines: &'a [Line]) -> Vec<Option<(Sign, &'a str)>> {
    // `1.3D` is an item only in a list that writes no blank after its numbers.
    let is_tight = lines.iter().any(|l| {
        matches!(bullet::read(&l.text, None), Some((Sign::Number(_), text)) if !text.is_empty()
            && l.text.trim_end_matches(text).ends_with(['.', '．']))
    });
    let (mut expected, mut outer) = (1, None);
    let mut signs = Vec::with_capacity(lines.len());
    let mut above = "";
    for line in lines {
        let mut read = bullet::read(&line.text, is_tight.then_some(expected));
        if let Some((sign, _)) = read {
            let is_number = matches!(sign, Sign::Number(_));
            let &mut (indent, numbered) = outer.get_or_insert((line.indent, is_number));
            let is_within = !above.is_empty() && !above.ends_with(['.', '!', '?', '。', '！', '？']);
            if numbered != is_number && (line.indent > indent || is_within) {
                read = None;
            } else if let Sign::Number(n) = sign {
                expected = n.saturating_add(1);
            }
        }
        signs.push(read);
        above = &line.text;
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::line::lines;

    #[test]
    fn items_are_told_from_remarks() {
        for (text, items, note) in [
            ("  1. 甲。\n  2. 乙。", vec!["甲。", "乙。"], None),
            ("• 甲\n• 乙", vec!["甲", "乙"], None),
            ("甲。\n乙。", vec!["甲。", "乙。"], None),
            (
                "以下是要点：\n- 甲。\n- 乙。\n\n以上是要点。",
                vec!["甲。", "乙。"],
                Some("以下是要点：以上是要点。"),
            ),
            ("1. 甲很\n长。\n2. 乙也\n长。", vec!["甲很长。", "乙也长。"], None),
            ("1.\n甲。\n2.\n乙。", vec!["甲。", "乙。"], None),
            ("1.甲。\n2.3D重建。\n3.丙。", vec!["甲。", "3D重建。", "丙。"], None),
            ("1. 甲,\n  - 子项。\n2. 乙。", vec!["甲,\n- 子项。", "乙。"], None),
            ("1、甲。\n\n2、乙。", vec!["甲。", "乙。"], None),
            ("甲。\n1)乙;2)丙。\n丁。", vec!["甲。", "1)乙;2)丙。", "丁。"], None),
            ("", vec![], None),
        ] {
            let got = read(&lines(text));
            assert_eq!(
                (got.items, got.note.as_deref()),
                (items.iter().map(ToString::to_string).collect(), note),
                "{text}"
            );
        }
    }
}
