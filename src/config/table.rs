use super::rules::Draft;
use super::value::Value;
use super::{Archive, Config, Saved};
use crate::catalogue::Lang;

/// A setting: the one place that names it.
pub(super) struct Setting<T> {
    /// The key in the file.
    pub(super) name: &'static str,
    /// What it does, in one sentence without a full stop inside quotes: in English and in Chinese.
    pub(super) help: [&'static str; 2],
    /// Where its value stands.
    pub(super) value: fn(&mut T) -> &mut dyn Value,
}

impl<T> Setting<T> {
    /// Says what it does.
    pub(super) fn help(&self, lang: Lang) -> &'static str {
        let [en, zh] = self.help;
        lang.pick(en, zh)
    }
}

impl<T: Clone> Setting<T> {
    /// Writes the value it has in `owner`, as TOML.
    pub(super) fn text(&self, owner: &T) -> String {
        super::print::toml(&self.give(owner))
    }

    /// Gives the value it has in `owner`.
    pub(super) fn give(&self, owner: &T) -> serde_json::Value {
        (self.value)(&mut owner.clone()).give()
    }
}

/// The settings at the top of the file.
pub(super) const TOP: [Setting<Config>; 16] = [
    Setting {
        name: "language",
        help: [
            "The language of the interface; \"auto\" goes by LC_MESSAGES.",
            "界面语言；\"auto\" 由 LC_MESSAGES 决定。",
        ],
        value: |c| &mut c.language,
    },
    Setting {
        name: "ambiguous_width",
        help: [
            "How wide the terminal draws characters such as “ and ★; \"auto\" asks it.",
            "终端把 “、★ 等字符画成几格；\"auto\" 询问终端。",
        ],
        value: |c| &mut c.prefs.ambiguous_width,
    },
    Setting {
        name: "ascii",
        help: ["Draw marks and rules in ASCII in any locale.", "无论什么语言环境，标记和线条都只用 ASCII。"],
        value: |c| &mut c.prefs.ascii,
    },
    Setting {
        name: "theme",
        help: [
            "Colours and weights; \"auto\" goes by the terminal's background and by how many colours it has.",
            "配色；\"auto\" 由终端的背景和颜色数决定。",
        ],
        value: |c| &mut c.theme,
    },
    Setting {
        name: "mouse",
        help: [
            "Listen to the mouse: click, wheel, drag of the border; text is then selected with Shift held.",
            "使用鼠标：点击、滚轮、拖动边界；此时按住 Shift 才能选中文字。",
        ],
        value: |c| &mut c.prefs.mouse,
    },
    Setting {
        name: "punctuation",
        help: [
            "Show punctuation beside Chinese characters full width, or as the source has it.",
            "汉字旁的标点用全角，或与来源相同。",
        ],
        value: |c| &mut c.prefs.punctuation,
    },
    Setting {
        name: "spacing",
        help: ["Show a blank between Chinese and Latin characters.", "汉字与西文之间留空。"],
        value: |c| &mut c.prefs.spacing,
    },
    Setting {
        name: "advance",
        help: ["Verdicts go on to the next paper.", "决定之后移到下一篇。"],
        value: |c| &mut c.prefs.advance,
    },
    Setting {
        name: "counts",
        help: [
            "Digits before a key say how often: 5j, 3d, 12G; the tabs are on g0 to g5 then.",
            "按键前的数字表示次数：5j、3d、12G；此时标签用 g0 到 g5。",
        ],
        value: |c| &mut c.prefs.counts,
    },
    Setting {
        name: "categories",
        help: [
            "My categories, for example [\"cs.CL\", \"R1_Reasoning\"].",
            "我的分类，如 [\"cs.CL\", \"R1_Reasoning\"]。",
        ],
        value: |c| &mut c.prefs.categories,
    },
    Setting {
        name: "repeats",
        help: [
            "Papers that an earlier day or another category has too: one row for all, marked, or shown like the others.",
            "前几天或其他分类中也有的论文：合为一行、标出，或照常显示。",
        ],
        value: |c| &mut c.prefs.repeats,
    },
    Setting {
        name: "repeats_days",
        help: ["How many days apart a paper counts as a repeat.", "相隔多少天以内算重复。"],
        value: |c| &mut c.prefs.repeats_days,
    },
    Setting {
        name: "journal_dir",
        help: [
            "The folder of the journal; empty: the one that `wenzhai paths` prints.",
            "决定日志的目录；空则为 `wenzhai paths` 所列的目录。",
        ],
        value: |c| &mut c.journal_dir,
    },
    Setting {
        name: "export_dir",
        help: [
            "The folder that the export keys write to; empty: the one in which the reader was started.",
            "导出键写入的目录；空则为启动阅读器时所在的目录。",
        ],
        value: |c| &mut c.export_dir,
    },
    Setting {
        name: "open_command",
        help: [
            "The program that opens links, over SSH too, for example [\"firefox\", \"--new-tab\"]; the link comes last, and no shell sees it.",
            "打开链接的程序，SSH 中也用，如 [\"firefox\", \"--new-tab\"]；链接放在最后，不经过 shell。",
        ],
        value: |c| &mut c.open_command,
    },
    Setting {
        name: "pipe_format",
        help: [
            "How `|` gives papers to a command; Tab changes it there.",
            "用 `|` 把论文交给命令时的格式；可在输入时用 Tab 更改。",
        ],
        value: |c| &mut c.prefs.pipe_format,
    },
];

/// The name of the tables that hold an archive each.
pub(super) const ARCHIVE: &str = "archive";

/// The settings of an archive.
pub(super) const OF_ARCHIVE: [Setting<Archive>; 3] = [
    Setting {
        name: "path",
        help: [
            "A folder of digests; ~ and $NAME are written out. Several archives are merged by date.",
            "文摘目录；~ 和 $NAME 会展开。多个目录按日期合并。",
        ],
        value: |a| &mut a.path,
    },
    Setting {
        name: "update",
        help: [
            "A shell command that brings new digests, run in that folder at the start of the reader and on `R`.",
            "取得新文摘的 shell 命令，在该目录中运行，阅读器启动时和按 `R` 时执行。",
        ],
        value: |a| &mut a.update,
    },
    Setting {
        name: "every",
        help: [
            "How old the last successful update has to be for the next; empty: every start.",
            "上次成功更新过去多久后再更新；空则每次启动都更新。",
        ],
        value: |a| &mut a.every,
    },
];

/// The name of the tables that hold a saved query each.
pub(super) const QUERY: &str = "query";

/// The settings of a saved query.
pub(super) const OF_QUERY: [Setting<Saved>; 2] = [
    Setting {
        name: "name",
        help: ["What it is called in the lists of the reader.", "在阅读器的列表中叫什么。"],
        value: |q| &mut q.name,
    },
    Setting {
        name: "query",
        help: [
            "What it finds in all dates, in the language of the filter.",
            "在所有日期中找什么，写法同筛选。",
        ],
        value: |q| &mut q.query,
    },
];

/// The saved query that stands in the printed default as an example.
pub(super) const EXAMPLE_QUERY: [&str; 2] = ["\"RL\"", "'强化学习 OR \"reinforcement learning\"'"];

/// The archive that stands in the printed default as an example.
pub(super) const EXAMPLE: [&str; 3] = ["\"~/daily-arXiv/data\"", "\"git pull --quiet --ff-only\"", "\"2h\""];

/// The name of the tables that hold a rule each.
pub(super) const RULE: &str = "rule";

/// The settings of a rule.
pub(super) const OF_RULE: [Setting<Draft>; 7] = [
    Setting {
        name: "keyword",
        help: [
            "A word or phrase in title, gist, keywords or takeaways, from the beginning of a word on; in the title it counts double.",
            "题名、要旨、关键词或要点中的词或短语，从词首起；在题名中算两倍。",
        ],
        value: |r| &mut r.keyword,
    },
    Setting {
        name: "author",
        help: [
            "An author: words of the name, in any order; a single letter stands for a word that begins so.",
            "作者：姓名中的词，顺序不限；单个字母代表以它开头的词。",
        ],
        value: |r| &mut r.author,
    },
    Setting {
        name: "category",
        help: [
            "A category of the digest or of arXiv; \"cs\" is all of cs.",
            "文摘或 arXiv 的分类；\"cs\" 为 cs 的全部。",
        ],
        value: |r| &mut r.category,
    },
    Setting {
        name: "query",
        help: [
            "A query of the filter about what the paper says; its words stand in one piece, from the beginning of a word on.",
            "对论文内容的筛选；各词作为整体，从词首起。",
        ],
        value: |r| &mut r.query,
    },
    Setting {
        name: "weight",
        help: [
            "The points a paper gets, once for each rule; negative ones put it further down.",
            "论文得的分，每条规则一次；负数则往后排。",
        ],
        value: |r| &mut r.weight,
    },
    Setting {
        name: "mute",
        help: [
            "Fold the papers away instead, unless they are bookmarked or kept for later.",
            "改为折叠这些论文，收藏和稍后的除外。",
        ],
        value: |r| &mut r.mute,
    },
    Setting {
        name: "name",
        help: ["What the rule is called in explanations.", "说明中规则的名称。"],
        value: |r| &mut r.name,
    },
];

/// The rules that stand in the printed default as an example.
pub(super) const EXAMPLE_RULES: [&[(&str, &str)]; 3] = [
    &[("keyword", "[\"diffusion\", \"扩散\"]"), ("weight", "3")],
    &[("author", "\"Ada Lovelace\""), ("weight", "5")],
    &[("query", "\"cat:cs.CV -has:code\""), ("mute", "true"), ("name", "\"vision without code\"")],
];
