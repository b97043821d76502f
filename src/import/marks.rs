//! The lines of a capture that the page's template wrote, told from those that hold a paper's text.
//!
//! Each function takes a line without the white space around it. Marks of Markdown around a label (`##`, `**`, `>`)
//! and the number an extractor put before a link (`[12]`) do not hide it.

use super::prose::is_han;
use crate::model::Date;

const SUMMARY: &[&str] = &["Summary", "摘要", "总结", "概述"];

const TAKEAWAYS: &[&str] = &[
    "Key Takeaways",
    "Key Takeaway",
    "Takeaways",
    "Key Points",
    "Key Insights",
    "关键见解",
    "关键要点",
    "主要要点",
    "重要要点",
    "核心要点",
    "主要结论",
    "主要内容",
    "主要观点",
    "关键点",
    "关键信息",
    "要点",
];

/// How a label ends.
enum After<'a> {
    /// Nothing follows.
    Nothing,
    /// A colon, or the end of the label's bold type, and then this, which may be empty.
    Text(&'a str),
    /// Only a blank, and then this.
    Loose(&'a str),
}

/// Takes marks of Markdown and link numbers off the beginning of a line.
fn bare(line: &str) -> &str {
    let line = line.trim_start_matches(['#', '>', ' ']);
    let line = match line.strip_prefix('[').and_then(|l| l.split_once(']')) {
        Some((number, rest)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => line,
    };
    line.trim_start_matches("**").trim_start()
}

fn label<'a>(line: &'a str, words: &[&str]) -> Option<After<'a>> {
    let line = bare(line);
    let rest = words.iter().find_map(|word| {
        let (head, rest) = line.split_at_checked(word.len())?;
        head.eq_ignore_ascii_case(word).then_some(rest)
    })?;
    let closed = rest.starts_with("**");
    let rest = rest.trim_start_matches("**");
    let text = rest.trim();
    if text.is_empty() {
        return Some(After::Nothing);
    }
    if let Some(text) = text.strip_prefix([':', '：']) {
        return Some(After::Text(text.trim_start_matches("**").trim_start()));
    }
    if closed {
        return Some(After::Text(text));
    }
    rest.starts_with(char::is_whitespace).then_some(After::Loose(text))
}

/// The names after `Authors:`, by which a record is known.
pub(super) fn authors(line: &str) -> Option<&str> {
    match label(line, &["Authors", "Author"])? {
        After::Text(names) if bare(line).contains([':', '：']) => {
            Some(names.trim_end_matches("**").trim_end())
        }
        _ => None,
    }
}

/// What stands on the line after `论文及项目相关链接`: nothing, or the PDF line.
pub(super) fn links(line: &str) -> Option<&str> {
    let rest = bare(line).strip_prefix("论文及项目相关链接")?;
    Some(rest.trim_start_matches(['*', ':', '：', ' ']))
}

/// The text on the line of a summary's heading, which may be empty.
pub(super) fn summary(line: &str) -> Option<&str> {
    match label(line, SUMMARY)? {
        After::Nothing => Some(""),
        After::Text(text) => Some(text),
        After::Loose(text) => text.starts_with(is_han).then_some(text),
    }
}

/// The text on the line of the takeaways' heading, which may be empty.
pub(super) fn takeaways(line: &str) -> Option<&str> {
    match label(line, TAKEAWAYS)? {
        After::Nothing => Some(""),
        // `要点：…` with a text is a sentence as likely as a heading.
        After::Text(text) if text.is_empty() || bare(line).starts_with(|c: char| c.is_ascii()) => Some(text),
        _ => None,
    }
}

/// The address (where the extractor kept it) and the comment of a PDF line.
pub(super) fn pdf(line: &str) -> Option<(Option<&str>, &str)> {
    let line = bare(line);
    if let Some(link) = line.strip_prefix("[PDF](") {
        let (url, comment) = link.split_once(')')?;
        return Some((Some(url), comment.trim_start()));
    }
    let comment = line.strip_prefix("PDF")?.trim_start_matches("**");
    let ends =
        comment.is_empty() || comment.starts_with(char::is_whitespace) || comment.starts_with([':', '：']);
    ends.then(|| (None, comment.trim_start_matches([':', '：', ' ']).trim_start()))
}

/// The address of a `Cool Papers` line: empty where the extractor has dropped it.
pub(super) fn cool_papers(line: &str) -> Option<&str> {
    page_link(line, "Cool Papers")
}

/// Says whether the long section starts below this line: `ChatPaperFree`, alone.
pub(super) fn long_label(line: &str) -> bool {
    page_link(line, "ChatPaperFree").is_some()
}

fn page_link<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let line = bare(line).trim_end_matches("**").trim_end();
    if line.eq_ignore_ascii_case(name) {
        return Some("");
    }
    line.strip_prefix('[')?.strip_prefix(name)?.strip_prefix("](")?.strip_suffix(')')
}

/// Says whether this is the last line of a paper.
pub(super) fn screenshots(line: &str) -> bool {
    bare(line).starts_with("点此查看论文截图")
}

/// The date of `2025-05-01 更新`.
pub(super) fn date_heading(line: &str) -> Option<Date> {
    let line = bare(line);
    let end =
        line.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日')))?;
    let (date, rest) = line.split_at_checked(end)?;
    if rest.trim_matches(|c: char| c.is_whitespace() || c == '*') != "更新" {
        return None;
    }
    let mut numbers = date.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A line of the notice above the papers, without the mark of a quotation.
pub(super) fn notice(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['>', ' ']);
    line.starts_with(['⚠', '🔴', '💗']).then_some(line)
}

/// Says whether this is the line the page shows while it loads.
pub(super) fn greeting(line: &str) -> bool {
    line.starts_with('嘘') && line.contains("页面")
}

/// Says whether the frame below the papers starts here: author, licence, the posts before and after.
pub(super) fn footer(line: &str) -> bool {
    let line = bare(line);
    ["文章作者", "文章链接", "版权声明"].iter().any(|w| line.starts_with(w))
        || ["上一篇", "下一篇", "目录"].contains(&line)
        || (line.contains("最新论文已更新") && line.contains("Update in"))
}

/// Says whether a paper's part, or something that is no part of a paper, starts on this line.
pub(super) fn starts_part(line: &str) -> bool {
    authors(line).is_some()
        || links(line).is_some()
        || summary(line).is_some()
        || takeaways(line).is_some()
        || pdf(line).is_some()
        || ends_paper(line)
        || notice(line).is_some()
}

/// Says whether nothing below this line belongs to the paper's texts.
pub(super) fn ends_paper(line: &str) -> bool {
    cool_papers(line).is_some()
        || long_label(line)
        || screenshots(line)
        || date_heading(line).is_some()
        || greeting(line)
        || footer(line)
}

/// Says whether this is what an extractor left of an image.
pub(super) fn image(line: &str) -> bool {
    let line = line.trim_matches(['[', ']', '(', ')', '!', ' ']);
    line.starts_with("http")
        || line.contains("](http")
        || line.starts_with("<img")
        || ["图片", "图像", "Image", "image", "img", "截图"].contains(&line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_every_dress() {
        for (line, expected) in [
            ("Summary", Some("")),
            ("Summary:", Some("")),
            ("Summary:本文", Some("本文")),
            ("**Summary**", Some("")),
            ("**Summary**：本文", Some("本文")),
            ("**Summary:** 本文", Some("本文")),
            ("## 摘要", Some("")),
            ("总结：本文", Some("本文")),
            ("概述", Some("")),
            ("Summary 本文", Some("本文")),
            ("Summary of the results", None),
            ("Summarization is hard", None),
            ("**NeRF的摘要**", None),
        ] {
            assert_eq!(summary(line), expected, "{line}");
        }
        for (line, expected) in [
            ("Key Takeaways", Some("")),
            ("**Key Takeaways:**", Some("")),
            ("key takeaways：", Some("")),
            ("关键要点", Some("")),
            ("要点：", Some("")),
            ("要点:本文提出", None),
            ("要点很多", None),
        ] {
            assert_eq!(takeaways(line), expected, "{line}");
        }
    }

    #[test]
    fn template_lines_are_told_from_text() {
        assert_eq!(authors("Authors:A B, C"), Some("A B, C"));
        assert_eq!(authors("**Authors: A B**"), Some("A B"));
        assert_eq!(authors("**Authors:** A B"), Some("A B"));
        assert_eq!(authors("Authors of this paper"), None);
        assert_eq!(authors("文章作者: K"), None);
        assert_eq!(pdf("PDF"), Some((None, "")));
        assert_eq!(pdf("PDF 8 pages"), Some((None, "8 pages")));
        assert_eq!(
            pdf("[PDF](http://arxiv.org/abs/2501.00001v1) 8 pages"),
            Some((Some("http://arxiv.org/abs/2501.00001v1"), "8 pages"))
        );
        assert_eq!(pdf("PDFs are files"), None);
        assert_eq!(cool_papers("Cool Papers"), Some(""));
        assert_eq!(
            cool_papers("**[Cool Papers](https://papers.cool/arxiv/2501.00001)**"),
            Some("https://papers.cool/arxiv/2501.00001")
        );
        assert_eq!(date_heading("# 2025-05-01 更新").map(|d| d.to_string()).as_deref(), Some("2025-05-01"));
        assert_eq!(date_heading("2025-13-01 更新"), None);
        assert_eq!(date_heading("LLM 方向最新论文已更新"), None);
        assert!(footer("上一篇") && footer("版权声明: 本博客") && !footer("目录结构的学习"));
    }
}
