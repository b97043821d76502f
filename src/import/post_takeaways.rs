use super::line::Line;
use super::takeaways::Takeaways;
use super::{bullet, takeaways};

/// Reads the takeaways of a post below their heading. Other than in a capture, blank lines and indents mean something:
/// a paragraph below the last item that is not set in is a remark.
pub(super) fn read(lines: &[Line]) -> Takeaways {
    let (lines, html) = without_html(lines);
    let (list, remark) = lines.split_at_checked(remark(&lines)).unwrap_or((&lines, &[]));
    let list = takeaways::read(list);
    let remark = remark.iter().map(|l| l.text.to_string());
    let note: Vec<_> = list.note.into_iter().chain(remark).chain(html).collect();
    Takeaways { items: list.items, note: Some(note.join("\n")).filter(|note| !note.is_empty()) }
}

/// Takes an HTML list that stands within the items out of them: it is no part of this list.
fn without_html<'a>(lines: &[Line<'a>]) -> (Vec<Line<'a>>, Option<String>) {
    let opening = |l: &Line| [l.text.find("<ol"), l.text.find("<ul")].into_iter().flatten().min();
    let ends = |l: &Line| ["</ol>", "</ul>", "</li>", "<li>"].iter().any(|tag| l.text.contains(tag));
    let Some((first, at)) = lines.iter().enumerate().find_map(|(i, l)| Some((i, opening(l)?))) else {
        return (lines.to_vec(), None);
    };
    let last = lines.iter().rposition(ends).filter(|&last| last >= first).unwrap_or(first);
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut html = String::new();
    for (i, line) in lines.iter().enumerate() {
        let cut = if i == first { at } else { 0 };
        match line.text.split_at_checked(cut).filter(|_| (first..=last).contains(&i)) {
            Some((before, inside)) => {
                if bullet::read(before, None).map_or(before, |(_, text)| text).trim() != "" {
                    kept.push(Line { text: before.trim_end().to_owned().into(), ..line.clone() });
                }
                html.push_str(if html.is_empty() { "" } else { "\n" });
                html.push_str(inside);
            }
            None => kept.push(line.clone()),
        }
    }
    (kept, Some(html))
}

/// The place of the remark that may follow a list: the first paragraph below its last item that is not set in.
fn remark(lines: &[Line]) -> usize {
    let last = lines.iter().rposition(|l| bullet::read(&l.text, None).is_some());
    let is_remark = |l: &Line| l.gap && l.indent == 0 && !l.text.starts_with(|c: char| c.is_ascii_digit());
    let below = last.and_then(|last| lines.iter().skip(last + 1).position(is_remark).map(|i| last + 1 + i));
    below.unwrap_or(lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::post_sheet::Sheet;

    #[test]
    fn what_is_no_item_becomes_the_note() {
        for (text, items, note) in [
            ("1. 甲\n2. 乙\n", vec!["甲", "乙"], None),
            ("以下是：\n- 甲\n- 乙\n\n以上。\n", vec!["甲", "乙"], Some("以下是：\n以上。")),
            ("- 甲\n\n  续\n- 乙\n\n  续\n", vec!["甲续", "乙续"], None),
            ("- 甲 <ul><li>丙</li>\n<li>丁\n- 乙\n", vec!["甲", "乙"], Some("<ul><li>丙</li>\n<li>丁")),
            ("- 甲\n- <ol>\n(1) 丙\n</ol>\n- 乙\n", vec!["甲", "乙"], Some("<ol>\n(1) 丙\n</ol>")),
            ("1.甲\n\n2.5D\n", vec!["甲", "5D"], None),
            ("", vec![], None),
        ] {
            let got = read(&Sheet::of_markdown(text).lines);
            let items: Vec<_> = items.iter().map(ToString::to_string).collect();
            assert_eq!((got.items, got.note.as_deref()), (items, note), "{text}");
        }
    }
}
