//! What writers of digests vary: every heading, bullet, label and key that was met in the wild, told by its rule.

#![cfg(test)]

use serde_json::{Value, json};
use wenzhai::import::{Format, Parsed, parse};
use wenzhai::model::Paper;

fn read(format: Format, text: &str) -> Parsed {
    parse(format, text.as_bytes(), "2031-02-03.x").unwrap()
}

fn only(format: Format, text: &str) -> Paper {
    let parsed = read(format, text);
    let mut papers = parsed.digest.clean().papers;
    assert_eq!(papers.len(), 1, "{text}");
    papers.remove(0)
}

/// The texts of a language model in a post and in a capture.
fn both(texts: &str) -> [(&'static str, Paper); 2] {
    let post = format!(
        "---\ntitle: X\n---\n# 2031-02-03 更新\n## A Title of  Boats\n**Authors:A B, C D**\n\nAn abstract of boats that float. \n\n\
         [PDF](http://arxiv.org/abs/3102.00001v1) 8 pages\n\n{texts}\n\
         **[ChatPaperFree](https://huggingface.co/spaces/Kedreamix/ChatPaperFree)**\n\n<ol>\n<li>标题：船\n\n\
         <details>\n  <summary>点此查看论文截图</summary>\n<img src=\"https://pic.example.org/a.jpg\" align=\"middle\">\n</details>\n"
    );
    let capture = format!(
        "2031-02-03 更新\n\nA Title of Boats\nAuthors:A B, C D\n\nAn abstract of boats that float.\n\n论文及项目相关链接\n\nPDF 8 pages\n\n\
         {}\n\nCool Papers\n\n点此查看论文截图\n",
        texts.replace("**", "")
    );
    [
        ("post", only(Format::ChatPaperFreeMarkdown, &post)),
        ("capture", only(Format::ChatPaperFreeText, &capture)),
    ]
}

#[test]
fn every_heading_of_summary_and_takeaways_is_known() {
    let list = "1. 船会浮。\n2. 船会沉。\n";
    for heading in ["Summary", "摘要", "概述", "总结"] {
        for dress in [
            "**{}**\n船。",
            "**{}**  \n船。",
            "**{}:**\n船。",
            "**{}**：船。",
            "**{}**\n\n船。",
            "**{}：** 船。",
        ] {
            let texts = format!("{}\n\n**Key Takeaways**\n\n{list}", dress.replace("{}", heading));
            for (form, paper) in both(&texts) {
                assert_eq!(paper.summary.as_deref(), Some("船。"), "{form}: {texts}");
                assert_eq!(paper.takeaways, ["船会浮。", "船会沉。"], "{form}: {texts}");
                assert_eq!(paper.comment.as_deref(), Some("8 pages"), "{form}");
            }
        }
    }
    for heading in [
        "Key Takeaways",
        "要点",
        "关键要点",
        "主要要点",
        "关键见解",
        "主要结论",
        "主要内容",
        "重要要点",
        "关键点",
    ] {
        for dress in ["**{}**", "**{}:**", "**{}：**", "**{}**：", "{}"] {
            let texts = format!("**Summary**\n船。\n\n{}\n{list}", dress.replace("{}", heading));
            for (form, paper) in both(&texts) {
                assert_eq!(paper.summary.as_deref(), Some("船。"), "{form}: {texts}");
                assert_eq!(paper.takeaways, ["船会浮。", "船会沉。"], "{form}: {texts}");
                assert_eq!(paper.takeaways_note, None, "{form}: {texts}");
            }
        }
    }
}

#[test]
fn every_bullet_is_known() {
    for bullet in [
        "- ", "-  ", "* ", "*   ", "• ", "•", "1. ", " 1. ", "1.", "1、", "1) ", "(1) ", "  1. ", "  • ",
        "+ ", "① ",
    ] {
        let lines = ["甲很好。", "乙也好。", "丙最好。"].iter().zip(1..).map(|(text, n)| {
            let bullet = bullet.replace('1', &n.to_string());
            let bullet = bullet.replace('①', ["①", "②", "③"][n - 1]);
            bullet + text
        });
        let items = lines.collect::<Vec<_>>().join("\n") + "\n";
        for gap in ["\n", "\n\n"] {
            for (form, paper) in both(&format!("**Summary**\n船。\n\n**Key Takeaways**{gap}{items}")) {
                assert_eq!(paper.takeaways, ["甲很好。", "乙也好。", "丙最好。"], "{form}: {items}");
                assert_eq!(
                    (paper.summary.as_deref(), paper.takeaways_note),
                    (Some("船。"), None),
                    "{form}: {items}"
                );
            }
        }
    }
    for (count, (form, paper)) in [1, 2, 12].into_iter().flat_map(|count| {
        let items = (1..=count).map(|n| format!("{n}. 第{n}条。")).collect::<Vec<_>>().join("\n");
        both(&format!("**Summary**\n船。\n\n**Key Takeaways**\n{items}")).map(|got| (count, got))
    }) {
        assert_eq!(paper.takeaways.len(), count, "{form}");
    }
}

#[test]
fn notes_around_the_takeaways_are_no_items() {
    for (texts, items, note) in [
        ("以下是关键论点的列表：\n\n- 甲。\n- 乙。\n", ["甲。", "乙。"], "以下是关键论点的列表："),
        ("- 甲。\n- 乙。\n\n以上是对文本的摘要。\n", ["甲。", "乙。"], "以上是对文本的摘要。"),
        ("以下是：\n1. 甲。\n2. 乙。\n\n希望有用。\n", ["甲。", "乙。"], "以下是：希望有用。"),
    ] {
        for (form, paper) in both(&format!("**Summary**\n船。\n\n**Key Takeaways**\n{texts}")) {
            assert_eq!(paper.takeaways, items, "{form}: {texts}");
            assert_eq!(paper.takeaways_note.unwrap().replace('\n', ""), note, "{form}: {texts}");
        }
    }
    // Without the heading, and without a list.
    for (form, paper) in both("**Summary**\n船。水。\n") {
        assert_eq!((paper.summary.as_deref(), paper.takeaways.len()), (Some("船。水。"), 0), "{form}");
    }
}

#[test]
fn a_summary_that_is_all_bold_is_no_heading() {
    for (form, paper) in
        both("**Summary**\n**用笔画引导的深度估计：从一到九**\n\n**Key Takeaways**\n- 甲。\n- 乙。\n")
    {
        assert_eq!(paper.summary.unwrap().replace("**", ""), "用笔画引导的深度估计：从一到九", "{form}");
        assert_eq!(paper.takeaways, ["甲。", "乙。"], "{form}");
    }
}

#[test]
fn the_long_section_is_kept_verbatim_whatever_is_in_it() {
    for long in [
        "好的，我会按照您的要求回答。\n1. 标题：船\n2. 作者：<A B>",
        "<ol>\n<li><p>标题</p>\n<p>&lt;a&gt; &amp; b</p></ol></ul>",
        "<h2>Paper:1</h2>\n#### 7. 方法论\n<pre><code>x = 1\n\ny</code></pre>",
        "<Methods>\n Some Error for method(比如是不是没有Methods这个章节)\n8. 结论：xxx；",
        "7. 方法论\u{e001}\u{b}\n8. 结论\nAuthors: 见上文\n**Summary**\n**Key Takeaways**\n- x",
        "<p>\n<details-like>\n# 2031 年\n## 小节\n>引文",
    ] {
        let post = format!(
            "---\ntitle: X\n---\n# 2031-02-03 更新\n## T of Boats\n**Authors:A B**\n\nAbstract.\n\n[PDF](http://arxiv.org/abs/3102.00001v1)\n\n\
             **Summary**\n船。\n\n**Key Takeaways**\n- 甲。\n- 乙。\n\n**[ChatPaperFree](https://x.example.org)**\n\n{long}\n\n\
             <details>\n  <summary>点此查看论文截图</summary>\n<img src=\"https://pic.example.org/a.jpg\" align=\"middle\">\n</details>\n"
        );
        let parsed = read(Format::ChatPaperFreeMarkdown, &post);
        assert_eq!(parsed.problems, [], "{long}");
        let json: Value = serde_json::from_str(&parsed.digest.to_json()).unwrap();
        assert_eq!(json["papers"][0]["long"], json!(long));
        assert_eq!(json["papers"][0]["takeaways"], json!(["甲。", "乙。"]), "{long}");
        assert_eq!(json["papers"][0]["images"].as_array().unwrap().len(), 1, "{long}");
    }
}

#[test]
fn every_shape_of_a_line_gives_the_same_paper() {
    let base = json!({"id": "3102.00001", "title": "Boats", "authors": ["A B", "C D"], "summary": "We fold\nboats."});
    let with = |more: &Value| {
        let mut line = base.clone();
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        line
    };
    let address = "http://arxiv.org/abs/3102.00001v2";
    for (more, version) in [
        (
            json!({"pdf": "https://arxiv.org/pdf/3102.00001", "abs": "https://arxiv.org/abs/3102.00001", "categories": ["cs.AI", "cs.LG"], "comment": null}),
            None,
        ),
        (json!({"cate": "cs.AI", "url": address}), Some(2)),
        (json!({"cate": "cs.AI", "url": "http://arxiv.org/pdf/3102.00001v2"}), Some(2)),
        (
            json!({"pdf_url": "https://arxiv.org/pdf/3102.00001v2", "cate": "cs.AI", "url": address, "categories": ["cs.LG", "cs.AI"]}),
            Some(2),
        ),
        (
            json!({"date": "2031-02-01", "updated": "2031-02-02", "url": address, "categories": ["cs.AI"]}),
            Some(2),
        ),
    ] {
        let line = with(&more);
        let mut turned = serde_json::Map::new();
        for (key, value) in line.as_object().unwrap().iter().rev() {
            turned.insert(key.clone(), value.clone());
        }
        for line in [line.to_string(), Value::Object(turned).to_string()] {
            let paper = only(Format::DailyArxivJsonl, &line);
            let arxiv = paper.arxiv.unwrap();
            assert_eq!((arxiv.id.as_str(), arxiv.version), ("3102.00001", version), "{line}");
            assert_eq!(paper.categories[0], "cs.AI", "{line}");
            assert_eq!(paper.authors, ["A B", "C D"], "{line}");
            assert_eq!(paper.abstract_en.as_deref(), Some("We fold\nboats."), "{line}");
            assert!(paper.extra.is_empty() && paper.language.is_none(), "{line}");
        }
    }
    for (ai, field, value) in [
        (json!({"task": "折"}), "tldr", "折"),
        (json!({"tldr": "折"}), "tldr", "折"),
        (json!({"comments": "好"}), "ai_comments", "好"),
    ] {
        let paper = only(Format::DailyArxivJsonl, &with(&json!({"AI": ai})).to_string());
        assert_eq!(paper.section(field), Some(value));
        assert_eq!(paper.comment, None);
    }
    for text in [
        "错误：AI分析失败。",
        "Error: Failed to generate summary.",
        "Error",
        "Summary generation failed",
        "Motivation analysis unavailable",
        "Method extraction failed",
        "Result analysis unavailable",
        "Conclusion extraction failed",
        "N/A",
    ] {
        for key in ["tldr", "summary", "translation", "title_translation", "conclusion"] {
            let paper = only(Format::DailyArxivJsonl, &with(&json!({"AI": {key: text}})).to_string());
            assert_eq!(paper.failed.len(), 1, "{key}: {text}");
            assert!(paper.sections.is_empty() && paper.summary.is_none() && paper.abstract_zh.is_none());
        }
    }
    for soft in ["Not mentioned in abstract", "未在摘要中提及"] {
        let paper = only(Format::DailyArxivJsonl, &with(&json!({"AI": {"result": soft}})).to_string());
        assert_eq!((paper.section("result"), paper.failed.len()), (Some(soft), 0));
    }
}

#[test]
fn every_label_of_a_days_page_is_known() {
    let page = |body: &str| format!("### [1] [Boats [Re] (x)](https://arxiv.org/abs/3102.00001)\n{body}\n");
    for label in
        ["TL;DR:", "TLDR:", "Task:", "TL;DR：", "> **TL;DR:**", "**一句话总结:**", "**一句话总结：**"]
    {
        let text = page(&format!("*A B,C D*\n\nMain category: cs.AI\n\n{label} 船会浮。\n"));
        let paper = only(Format::DailyArxivMarkdown, &text);
        assert_eq!(paper.section("tldr"), Some("船会浮。"), "{label}");
        assert_eq!((paper.title.as_str(), paper.authors.len()), ("Boats [Re] (x)", 2), "{label}");
        assert_eq!(paper.categories, ["cs.AI"], "{label}");
    }
    let two = format!(
        "# cs.AI [[Back]](#toc)\n\n{}<div id='cs.CV'></div>\n\n# cs.CV [[Back]](#toc)\n\n{}",
        page(
            "*A B*\n\nMain category: cs.AI\n\nTL;DR: 船。\n\n<details>\n  <summary>Details</summary>\nMotivation: 一。\n\nAbstract: We fold\nboats.\n\n</details>\n\n"
        ),
        page("*A B*\n\nMain category: cs.CV\n\nTL;DR: 壶。\n\n<details>\n  <summary>Details</summary>\nMotivation: 二。\n\n</details>\n").replace("00001", "00002"),
    );
    let parsed = read(Format::DailyArxivMarkdown, &two);
    assert_eq!(parsed.problems, []);
    let papers = parsed.digest.clean().papers;
    assert_eq!(papers[0].abstract_en.as_deref(), Some("We fold\nboats."));
    assert_eq!((papers[1].section("tldr"), papers[1].categories[0].as_str()), (Some("壶。"), "cs.CV"));
    let marked = page(
        "> *纸船*\n\n*A B, C D* | **Category: cs.AI, cs.LG**\n\n**Keywords:** 船, 水\n\n**Comment:**\n\n> **TL;DR:** 短。\n\n**AI_Comments:** 好。\n\n\
         <details>\n\n**Motivation:** 一。\n\n> **ai_Abstract:** 概。\n\n> **摘要翻译:** 译。\n\n</details>\n\n[⬆️ 返回分类顶部](#csai)\n\n---\n",
    );
    let paper = only(Format::DailyArxivMarkdown, &marked);
    assert_eq!(json!(paper.categories), json!(["cs.AI", "cs.LG"]));
    assert_eq!((paper.summary.as_deref(), paper.abstract_zh.as_deref()), (Some("概。"), Some("译。")));
    assert_eq!((paper.title_zh.as_deref(), paper.comment.as_deref()), (Some("纸船"), None));
    assert_eq!(paper.section("ai_comments"), Some("好。"));
}

#[test]
fn authors_are_split_as_the_sources_break_them() {
    for (raw, names) in [
        ("ByteDance Group, :, Ada L", vec!["ByteDance Group", "Ada L"]),
        ("Kuan,  Berg,  ,Ada L", vec!["Kuan", "Berg", "Ada L"]),
        ("Ada L", vec!["Ada L"]),
        ("Maria de la Tour, Ø. Å. Ünal", vec!["Maria de la Tour", "Ø. Å. Ünal"]),
    ] {
        let post = format!(
            "---\ntitle: X\n---\n# 2031-02-03 更新\n## T of Boats\n**Authors:{raw}**\n\nAbstract.\n\n[PDF](http://arxiv.org/abs/3102.00001v1)\n"
        );
        assert_eq!(only(Format::ChatPaperFreeMarkdown, &post).authors, names, "{raw}");
        let capture = format!(
            "2031-02-03 更新\nT of Boats\nAuthors:{raw}\nAbstract.\n论文及项目相关链接\nSummary\n船。\n"
        );
        assert_eq!(only(Format::ChatPaperFreeText, &capture).authors, names, "{raw}");
    }
}
