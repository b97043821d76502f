use super::Row;

/// What other sentences end in, and begin with.
pub(super) const ENDS: &[Row] = &[
    ("{*}; did you mean `{}`?", "{}，是否指 `{}`？"),
    ("{*}; did you mean {}: ?", "{}；是否指 {}:？"),
    ("{*}; nothing of this file is used", "{}；整个文件不用"),
    ("this rule is not used: {*}", "这条规则不用：{}"),
    ("`{}`: {*}", "`{}`：{}"),
    ("at {}: {*}", "第 {} 字：{}"),
    ("{*} at line {} column {}", "{}（第 {} 行第 {} 列）"),
    ("{*}; `wenzhai --help` lists the subcommands", "{}；子命令见 `wenzhai --help`"),
    ("{*} at path {}", "{}（{}）"),
    ("{*} (os error {})", "{}"),
];

/// What goes wrong within the program, and with the programs that it starts.
pub(super) const ROWS: &[Row] = &[
    (
        "reading it failed inside the program; this is a defect of wenzhai",
        "读取时程序内部出错，这是 wenzhai 的缺陷",
    ),
    (
        "making it failed inside the program; this is a defect of wenzhai",
        "生成时程序内部出错，这是 wenzhai 的缺陷",
    ),
    (
        "the search failed inside the program; this is a defect of wenzhai",
        "搜索时程序内部出错，这是 wenzhai 的缺陷",
    ),
    ("a task in the background failed; this is a defect of wenzhai", "后台任务出错，这是 wenzhai 的缺陷"),
    ("its name is not UTF-8", "文件名不是 UTF-8"),
    ("no editor is named", "没有指定编辑器"),
    ("it is not UTF-8", "不是 UTF-8"),
    ("it is longer than {} bytes", "超过 {} 字节"),
    ("too many files {}", "名为 {} 的文件太多"),
    ("there is no program for it", "没有可用的程序"),
    (
        "{}: what is added at its end would not count; see wenzhai config check",
        "{}：写在末尾的内容不起作用，见 wenzhai config check",
    ),
    ("is no index", "不是索引"),
    ("has version {}, not {}", "版本为 {}，不是 {}"),
    ("has not the length that it names", "长度与所记的不符"),
    ("is damaged", "已损坏"),
    ("holds no digest", "没有文摘"),
    ("the program is ending", "程序正在退出"),
    ("the table of all papers {*}", "论文总表{}"),
];
