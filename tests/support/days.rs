//! Archives of generated papers in both languages.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// Small numbers that look like chance and are the same in every run (xorshift).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number from 0 to `below` - 1.
    pub(crate) fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below
    }

    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

const ENGLISH: [&str; 8] = [
    "We study how a small model learns to plan when the reward arrives late. ",
    "A simple schedule of rewards helps on 4 of 5 benchmarks, by 3.2 points on average. ",
    "The method needs no extra data and runs 2.5 times faster than the strongest baseline. ",
    "Existing systems read a document once and forget most of it before they answer. ",
    "Experiments on long dialogues show that errors at the start are the costliest. ",
    "Code and models are at https://example.org/late-rewards/v2?from=abstract. ",
    "Our analysis explains why the variance of $\\hat{g}$ falls as $O(1/\\sqrt{n})$. ",
    "Ablations (see Table 3) confirm that each of the parts is needed. ",
];
const CHINESE: [&str; 8] = [
    "我们研究小模型在奖励延迟到来时如何学会规划。",
    "一种简单的奖励安排在五个基准中的四个上有效，平均提升3.2个百分点。",
    "该方法不需要额外的数据，速度是最强基线的2.5倍。",
    "现有系统只把文档读一遍，在回答之前就忘记了其中的大部分内容。",
    "在长对话上的实验表明，开头的错误代价最高。",
    "代码与模型公开在https://example.org/late-rewards/v2?from=abstract。",
    "分析解释了为什么$\\hat{g}$的方差以$O(1/\\sqrt{n})$的速度下降。",
    "消融实验（见表3）证实每个部分都不可或缺——“缺一不可”。",
];
const WORDS: [&str; 12] = [
    "LateR: ",
    "Planning ",
    "with Delayed ",
    "Rewards ",
    "Sparse ",
    "Attention ",
    "Reads ",
    "Long ",
    "Dialogues ",
    "Once: ",
    "Verifiable ",
    "Schedules ",
];
const WORDS_ZH: [&str; 12] = [
    "LateR：",
    "规划",
    "延迟的",
    "奖励",
    "稀疏",
    "注意力",
    "阅读",
    "长篇",
    "对话",
    "一遍：",
    "可验证的",
    "安排",
];
/// What goes wrong on terminals.
const NASTY: [&str; 14] = [
    "“引号”…——·①α±×→",
    "👍🏽👩\u{200d}🔬🇨🇳🎉",
    "e\u{301}a\u{302}o\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}",
    "𠮷𠀀野家",
    "\u{fffd}x\u{fffd}\u{fffd}",
    "│┌──┐│",
    "ｶﾞﾊﾟｰﾄ 한국어 ไทย",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{202e}abc\u{202c}",
    "ＧＲＰＯ１２．５％",
    "a_name_without_any_place_to_break_it_that_is_longer_than_most_rows",
    "\u{e000}\u{f0000}",
    "（（（【“",
    "tab\there",
];

/// Writes a day of papers. A `nasty` one has every text that terminals are known to get wrong.
pub(crate) fn write_day(archive: &Path, date: &str, papers: usize, is_nasty: bool) {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ papers as u64);
    let papers: Vec<Value> = (0..papers).map(|i| paper(i, &mut dice, is_nasty)).collect();
    let digest = json!({"schema": 1, "date": date, "category": "cs.CL", "sources": [], "notices": [], "papers": papers});
    let folder = archive.join(date);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("cs.CL.json"), digest.to_string()).unwrap();
}

/// Writes three days: a busy one, one of a single paper, and a quiet one.
pub(crate) fn write_three(folder: &Path, is_nasty: bool) {
    write_day(folder, "2025-05-30", 3, is_nasty);
    write_day(folder, "2025-05-31", 1, is_nasty);
    write_day(folder, "2025-06-01", 40, is_nasty);
}

/// Writes the sample archive, as it is in the sources.
pub(crate) fn write_sample(folder: &Path) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for day in fs::read_dir(data).unwrap() {
        let day = day.unwrap();
        fs::create_dir_all(folder.join(day.file_name())).unwrap();
        for file in fs::read_dir(day.path()).unwrap() {
            let file = file.unwrap().path();
            fs::copy(&file, folder.join(day.file_name()).join(file.file_name().unwrap())).unwrap();
        }
    }
}

fn paper(i: usize, dice: &mut Dice, is_nasty: bool) -> Value {
    let mut text = |from: &[&str], sentences: usize| {
        let mut text = String::new();
        for _ in 0..sentences {
            text.push_str(dice.pick(from));
            if is_nasty && dice.roll(3) == 0 {
                text.push_str(dice.pick(&NASTY));
            }
        }
        text
    };
    let (en, zh) = (text(&ENGLISH, 40), text(&CHINESE, 60));
    let summary = text(&CHINESE, 4);
    let (title, title_zh) = (text(&WORDS, 5), text(&WORDS_ZH, 6));
    let takeaways: Vec<String> = (0..5).map(|_| text(&CHINESE, 2)).collect();
    let authors: Vec<String> = (0..=i % 9)
        .map(|k| {
            format!(
                "{} {}",
                ["Wei", "Anna", "José"][k % 3],
                ["Müller", "张伟", "O'Neil", "Santos", "Kim"][(i + k) % 5]
            )
        })
        .collect();
    json!({
        "id": format!("2506.{i:05}"), "arxiv": {"id": format!("2506.{i:05}"), "version": 1},
        "title": format!("{title}for Study {i}"),
        "title_zh": (i % 4 != 3).then(|| format!("{title_zh}研究之{i}")),
        "authors": authors, "abstract_en": (i % 7 != 6).then_some(en), "abstract_zh": (i % 5 != 4).then_some(zh),
        "summary": summary, "takeaways": if i % 6 == 5 { Vec::new() } else { takeaways },
        "comment": "Accepted to ICML 2025, 12 pages", "keywords": ["强化学习", "planning"],
        "links": {"abs": format!("https://arxiv.org/abs/2506.{i:05}"), "code": "https://example.org/code"},
        "categories": ["cs.CL", "cs.LG"],
    })
}

/// Lets the files of a folder look as if nobody had touched them for years: a day that may grow is marked.
pub(crate) fn rest(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rest(&path);
        } else {
            let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
            fs::File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
        }
    }
}
