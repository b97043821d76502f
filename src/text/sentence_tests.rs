use super::sentences;

/// `|` marks where the sentences of the row without it must end.
const TABLE: &[&str] = &[
    "",
    "One sentence",
    "One. |Two.",
    "One! |Two? |Three.",
    "Blanks stay behind.   |Next.  ",
    "Really?! |Yes.",
    "A blank line\n\n|ends one.",
    "A line end\ndoes not.",
    "Steps:\n\n|1. Cut the text.\n\n|2. Join it.",
    "1. First we cut. |2. Then we join.",
    "(a) first, (b) second. |Both hold.",
    "We use tools, e.g. a saw, to cut. |It works.",
    "We use tools (e.g. Saws) to cut.",
    "That is, i.e. This one.",
    "Found by Doe et al. in May. |We agree.",
    "Found by Doe et al. (2020) and others.",
    "Found by Doe et al. [3] and others.",
    "It extends Doe et al. |To show it, we ran.",
    "See Fig. 3 and Sec. A for more. |Then Eq. (4) follows.",
    "Small vs. large, cf. Doe, w.r.t. Time.",
    "Apples, pears, etc. are fruit. |We eat them.",
    "Apples, pears, etc. |We eat them.",
    "(apples, etc.) are eaten. |Good.",
    "By J. R. Doe and A. Roe. |It is new.",
    "We estimate V. |Across ten runs it holds.",
    "It is written in C. |The code is small.",
    "Laws of the U.S. Code are long. |We read them.",
    "Made in the U.S. |We saw it.",
    "It gains 2.5 points and .5 more. |Then 3.",
    "Version v2.0.1 is out. |Version 3 is not.",
    "It grew in 2020. |3D models came later.",
    "Accuracy is 95.2%. |Recall is 3.",
    "We win. |vLLM loses. |t-SNE is a plot. |pix2pix draws.",
    "The unknown abbr. goes on.",
    "The authors stopped. |we propose more.",
    "Yahoo! search is old. |We use it.",
    "Wait... |Then go. |And so ... on and on.",
    "Wait… |Then go. |And … so on.",
    "He said \"stop.\" |She went on.",
    "(It ended.) |It began.",
    "A \"right to be forgotten.\" |Unfortunately, no.",
    "It holds.[12] |We cite it.[3, 4-7] |Done.",
    "Code is at https://example.org/a.b?c=d. |Enjoy.",
    "See https://example.org/v1.2/x!y and more.",
    "In tasks. |https://example.org/code",
    "It is called x.com. |We like it.",
    "Many kinds of problems.|However, one stays. |Ok.",
    "Call torch.Tensor(x) or numpy.Array.",
    "Mail a.b@example.org now. |Done.",
    "The gain is $x. |Then $y$ follows.",
    "No. 5 is alive. |It said no. |We asked.",
    "一句话",
    "一句。|两句。",
    "真的吗？|真的！|好。",
    "真的？！|好。",
    "他说：“好。”|然后走了。",
    "他问“行吗？”就走了。|没人答。",
    "（见图一。）|下一句。",
    "《为什么？》一书，很好。|下一句。",
    "等等……还有很多。|完。",
    "甲；乙；丙。|丁：戊。",
    "准确率为 95.2%，提升 2.5 倍。|代码见 https://example.org/a.b。|完。",
    "我们提出 GPT-4. |我们赢了.|很好. |完",
    "Doe et al. 提出了它。|我们改进它。",
    "全角！|Mixed 文本。|Next one. |下一句。",
    "半角?|我们赢了!|好",
    "“引文。”|“又一句。”",
    "结束。[3]|下一句。",
    "首句。 |次句。\n|末句。",
    "第一段\n\n|第二段",
    "日本語です。|はい！|次。",
    "省略号…。|完。",
    "数字１．５不断。|完。",
    "甲。。|乙",
    ". . .",
    "。",
];

#[test]
fn the_table() {
    assert!(TABLE.len() >= 60);
    let cut = |text: &str| {
        let parts: Vec<&str> = sentences(text).into_iter().filter_map(|r| text.get(r)).collect();
        parts.join("|")
    };
    let got: Vec<String> = TABLE.iter().map(|row| cut(&row.replace('|', ""))).collect();
    let wrong: Vec<_> = got.iter().zip(TABLE).filter(|(got, row)| got != *row).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn long_runs_are_cut_in_one_pass() {
    for piece in [".", "。", "a.B", "abc.Abc ", "…", ". ", "\n", "[1]", ".[1,", "U.S. ", "？”"] {
        let text = piece.repeat(50_000);
        let ranges = sentences(&text);
        assert_eq!(ranges.last().map(|r| r.end), Some(text.len()), "{piece:?}");
    }
}
