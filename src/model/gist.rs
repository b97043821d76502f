use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::Paper;

/// Words that announce a contribution.
const ANNOUNCES: [&str; 10] =
    ["提出", "介绍", "引入", "首个", "是一种", "发现", "propose", "introduce", "present", "first"];
/// Beginnings of sentences that only set the scene.
const SCENE_STARTS: [&str; 6] = ["大型语言模型", "大语言模型", "随着", "近年", "近期", "目前"];
/// Ends of sentences that only set the scene.
const SCENE_ENDS: [&str; 4] = ["重要", "挑战", "进展", "问题"];

static FINDERS: LazyLock<[Finder<'static>; 10]> = LazyLock::new(|| ANNOUNCES.map(Finder::new));

/// Finds the one line that says what a paper contributes.
///
/// The tl;dr; else, of the first five takeaways, the one with most points; else the translated title; else
/// the first sentence of the summary. Points are in tenths: the first takeaway is background in most digests,
/// so naming the paper's own name or announcing something outweighs the place.
#[must_use]
pub fn gist(paper: &Paper) -> Option<&str> {
    let some = |text: &'_ str| !text.trim().is_empty();
    let takeaway = || {
        let name = own_name(&paper.title).map(str::to_ascii_lowercase);
        let name = name.as_deref();
        let points = |(place, text): &(usize, &String)| (points(text, name, *place), -place.cast_signed());
        let first = paper.takeaways.iter().filter(|t| some(t)).take(5).enumerate();
        first.max_by_key(points).map(|(_, text)| text.as_str())
    };
    paper
        .section("tldr")
        .filter(|t| some(t))
        .or_else(takeaway)
        .or_else(|| paper.title_zh.as_deref().filter(|t| some(t)))
        .or_else(|| paper.summary.as_deref().map(first_sentence).filter(|t| some(t)))
        .map(str::trim)
}

/// `name` is in lower case.
fn points(text: &str, name: Option<&str>, place: usize) -> isize {
    // Enough for the English words looked for, and much cheaper than folding Chinese.
    let lower = text.to_ascii_lowercase();
    let mut points = -4 * place.cast_signed();
    if name.is_some_and(|n| lower.contains(n)) {
        points += 30;
    }
    if FINDERS.iter().any(|w| w.find(lower.as_bytes()).is_some()) {
        points += 20;
    }
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    if SCENE_STARTS.iter().any(|w| text.starts_with(w)) || SCENE_ENDS.iter().any(|w| bare.ends_with(w)) {
        points -= 20;
    }
    points
}

/// The name a title gives its own work: what stands before the first colon, if that is short.
fn own_name(title: &str) -> Option<&str> {
    let (name, _) = title.split_once([':', '：'])?;
    let name = name.trim();
    (!name.is_empty() && name.chars().count() <= 30).then_some(name)
}

fn first_sentence(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|&(i, c)| {
            "。！？\n".contains(c)
                || (c == '.' && text.get(i + 1..).is_some_and(|rest| rest.starts_with(' ')))
        })
        .map_or(text.len(), |(i, c)| i + c.len_utf8());
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(title: &str, takeaways: &[&str]) -> Paper {
        Paper {
            title: title.into(),
            takeaways: takeaways.iter().map(ToString::to_string).collect(),
            ..Paper::default()
        }
    }

    #[test]
    fn background_loses_to_the_papers_own_name() {
        let p = paper(
            "Zephyr: Small Models, Well Aligned",
            &["大型语言模型很有用。", "对齐是重要问题。", "Zephyr 用蒸馏对齐小模型。"],
        );
        assert_eq!(gist(&p), Some("Zephyr 用蒸馏对齐小模型。"));
    }

    #[test]
    fn an_announcement_wins_and_ties_go_to_the_first() {
        let p = paper("On Something", &["研究了甲。", "提出了乙。", "提出了丙。"]);
        assert_eq!(gist(&p), Some("提出了乙。"));
        assert_eq!(gist(&paper("On Something", &["甲。", "乙。"])), Some("甲。"));
    }

    #[test]
    fn the_tldr_comes_first_and_the_summary_last() {
        let mut p = paper("X", &[]);
        p.summary = Some("第一句。第二句。".into());
        assert_eq!(gist(&p), Some("第一句。"));
        p.summary = Some("Version 2.5 is out. It is good.".into());
        assert_eq!(gist(&p), Some("Version 2.5 is out."));
        p.title_zh = Some("题名".into());
        assert_eq!(gist(&p), Some("题名"));
        p.sections.push(crate::model::Section {
            key: "tldr".into(),
            title: "TL;DR".into(),
            text: "短。".into(),
        });
        assert_eq!(gist(&p), Some("短。"));
        assert_eq!(gist(&Paper::default()), None);
        let blank = crate::model::Section { key: "tldr".into(), title: String::new(), text: " ".into() };
        p.sections.insert(0, blank);
        assert_eq!(gist(&p), Some("题名"), "a blank tl;dr hides nothing");
    }
}
