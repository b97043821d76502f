//! The help of the command line in Chinese. The English one stands at the definitions, which clap reads.

/// What each subcommand and argument does, by its place: the names of the subcommands, then `--` and the argument's own.
/// The program itself has the empty place. `(long)` is what only `--help` says, `(after)` what stands below it.
pub(super) const HELP: &[(&str, &str)] = &[
    ("", "阅读研究论文文摘"),
    (
        "(long)",
        "阅读研究论文文摘。\n\n\
         不带子命令时打开阅读器：依次取命令行所列的目录、$WENZHAI_ARCHIVE、配置中的目录、上次打开的目录、默认目录，\
         都没有文摘时打开内置样例。任何放有文摘文件的目录都可以打开。",
    ),
    ("(after)", "退出状态：0 正常；1 失败或发现问题；2 用法有误或没有终端。"),
    ("--archives", "文摘目录，或单个文摘文件。"),
    ("--archive", "文摘目录，可写多次。"),
    ("--config", "配置文件，代替配置目录中的 config.toml。"),
    ("--lang", "界面语言：en 英文，zh 中文。"),
    (
        "--ambiguous_width",
        "引号、破折号、希腊字母等宽度不定的字符占几格：auto 询问终端，narrow 一格，wide 两格（标记和线条改用 ASCII）。",
    ),
    ("--theme", "配色，代替配置中的：auto 由终端决定。"),
    (
        "--read_only",
        "什么都不写：不记决定，不存位置，不导出，不导入。复制照常。只写 --log-file 和 --print-yank 所指的文件；mark 等要写的子命令以状态 2 退出。",
    ),
    ("--log_file", "日志写到何处，代替 wenzhai paths 所列的文件。"),
    (
        "--color",
        "何时用颜色：auto（默认）在终端上用（NO_COLOR、CLICOLOR_FORCE 优先），always 总是，never 从不。",
    ),
    ("--print_yank", "阅读器中复制的内容写入此文件（覆盖原内容），不送往别处。"),
    ("--ascii", "标记和线条只用 ASCII。"),
    ("--help", "显示帮助（--help 更详细）。"),
    ("--version", "显示版本。"),
    ("import", "把文摘文件写成 DATE/CATEGORY.json，存入目录；做两次与做一次相同。"),
    ("import --sources", "文摘文件或其目录；- 为标准输入。"),
    ("import --into", "写入的目录，没有则新建。未写时取 --archive，再取默认目录。"),
    ("import --format", "所有文件都按此格式读，不由内容判断。"),
    ("import --dry_run", "只说会做什么，不写文件。"),
    ("import --json", "报告用 JSON 输出。"),
    ("check", "列出文摘文件中丢失、缺少或可疑之处；有则退出状态为 1。"),
    ("check --paths", "文摘目录，或单个文摘文件。"),
    ("check --json", "用 JSON Lines 输出，每行一个问题，不带小结。"),
    ("list", "列出全部论文：日期、分类、编号、题名，以制表符分隔。"),
    ("list --archives", "文摘目录，或单个文摘文件。"),
    ("list --query", "只列符合查询的论文，写法同阅读器的筛选：author:chen -is:read。"),
    ("list --json", "用 JSON Lines 输出，每行一篇。"),
    ("stats", "统计各日文摘：日历、处理速度与待处理、上升词、分类。"),
    (
        "stats (long)",
        "统计各日文摘：日历、处理速度与待处理、上升词、分类。\n\n\
         日历中每个数字是一天，按篇数分 1 到 4 级；/ 为读了一部分，! 为缺文摘的工作日。",
    ),
    ("stats --archives", "文摘目录，或单个文摘文件。"),
    ("stats --days", "统计到最新一天为止的多少天，默认 366。"),
    ("stats --json", "用 JSON 输出。"),
    ("show", "列出论文的全部信息。"),
    ("show --ids", "论文编号、arXiv 号，或只合一篇的部分题名。"),
    ("show --json", "用 JSON Lines 输出，每行一篇，为本地格式。"),
    ("search", "列出各日期中符合查询的论文：日期、分类、编号、题名，以制表符分隔。"),
    (
        "search (long)",
        "列出各日期中符合查询的论文：日期、分类、编号、题名，以制表符分隔。\n\n\
         先列题名、译名、要旨、关键词、作者、标签或笔记符合的，最好的在前；再列摘要、总结、要点或各节中有这些词的，新的在前，\
         第五栏为所在之处。找到时退出状态为 0，没有找到为 1，查询无法理解为 2。",
    ),
    ("search --query", "要找什么，写法同阅读器的筛选。"),
    ("search --archives", "文摘目录，或单个文摘文件。"),
    ("search --titles", "不看正文，只看题名、要旨、关键词、作者、标签和笔记。"),
    ("search --digests", "只列出有这些论文的文摘，新的在前：日期、分类；每份找到一篇即止。"),
    ("search --limit", "最多列出多少篇论文或多少份文摘。"),
    ("search --json", "用 JSON Lines 输出，每行一篇论文或一份文摘；hits 是 snippet 中的字节位置。"),
    ("export", "把论文连同标签和笔记写给其他工具：每篇一次，新的在前。"),
    ("export --ids", "论文编号或 arXiv 号；- 从标准输入读，每行一个。不写则为全部论文。"),
    ("export --date", "只要这一天的论文。"),
    ("export --query", "只要符合查询的论文，写法同阅读器的筛选：is:bookmarked tag:rag。"),
    ("export --format", "写成什么：bibtex、ris、csl-json、markdown（每篇三行）、org、json 或 csv。"),
    ("export --output", "写入此文件（覆盖原内容），不写到标准输出。"),
    ("mark", "决定论文的去留，算作一步，阅读器可以撤销。"),
    ("mark --ids", "论文编号或 arXiv 号；- 从标准输入读，每行一个。"),
    ("mark --bookmark", "收藏。"),
    ("mark --later", "标为稍后。"),
    ("mark --dismiss", "略过。"),
    ("mark --undecided", "取消决定。"),
    ("mark --read", "标为已读。"),
    ("mark --tag", "加此标签，可写多次。"),
    ("mark --json", "报告用 JSON 输出。"),
    ("journal", "查看和整理决定的日志。"),
    ("journal status", "列出每台机器的日志文件：行数、压缩的值、字节数、最后写入时间；本机标 *。"),
    ("journal status --json", "用 JSON Lines 输出，每行一台机器。"),
    (
        "journal list",
        "列出有过决定的全部论文，包括已不在目录中的：去留、read 或 -、arXiv 号或 -、用于比较的题名、标签，以制表符分隔；笔记见 --json。",
    ),
    ("journal list --json", "用 JSON Lines 输出，每行一篇。"),
    ("journal compact", "缩短本机的文件：最近 1,000 步以外合成一行，不能再撤销。"),
    ("journal compact --json", "报告用 JSON 输出。"),
    ("update", "运行配置中各目录的更新命令，可用于 cron；有失败则退出状态为 1。"),
    (
        "update (long)",
        "运行配置中各目录的更新命令，可用于 cron；有失败则退出状态为 1。\n\n\
         上次成功早于该目录的 every 时才运行，最多 120 秒，同一命令不会同时运行两次。每个目录一行：updated 已更新、\
         not due 未到时间、busy 另一程序正在运行，或 failed 失败，附状态和命令的最后一行。全部输出写入 wenzhai paths 所列的 log。",
    ),
    ("update --archives", "配置中的目录；不写则为全部。"),
    ("update --force", "不论上次何时运行，都运行。"),
    ("update --json", "用 JSON Lines 输出，每行一个目录。"),
    ("config", "输出默认配置、正在使用的配置，或其中的问题。"),
    ("config default", "输出 config.toml，逐项说明。"),
    ("config show", "输出正在使用的值。"),
    ("config show --json", "用 JSON 输出。"),
    ("config check", "列出配置、keymaps.toml 和自己的配色中不能使用之处；有则退出状态为 1。"),
    ("config check --json", "用 JSON Lines 输出，每行一个问题。"),
    ("rules", "试用兴趣规则，或列出配置中的规则。"),
    ("rules --archives", "文摘目录，或单个文摘文件，用于 list。"),
    ("rules --json", "同 list：用 JSON Lines 输出，每行一条规则。"),
    ("rules list", "列出配置中的规则：最新一天有多少篇符合、权重或静音、所找内容、名称，以制表符分隔。"),
    ("rules list --archives", "文摘目录，或单个文摘文件。"),
    ("rules list --json", "用 JSON Lines 输出，每行一条规则。"),
    ("rules test", "试列符合规则的论文，什么都不保存；不写规则则用配置中的。"),
    (
        "rules test (long)",
        "试列符合规则的论文，什么都不保存；不写规则则用配置中的。\n\n\
         每行为日期、编号、得分（或 mute）、题名，以制表符分隔；新的在前，分高的在前。标准错误的最后一行说明提升、降低、\
         静音各多少篇。\n\n示例：wenzhai rules test 'keyword = \"diffusion\", weight = 3' --date 7d",
    ),
    (
        "rules test --given",
        "规则，写法同配置中的 [[rule]]，如 'query = \"diffusion -video\", weight = 3'。不含 = 的是文摘目录或文件。",
    ),
    ("rules test --rule_file", "取用某个设置文件中的各个 [[rule]]。"),
    ("rules test --date", "只要这些日期的论文：7d、2025-04、2025-04-01..2025-04-07、today。"),
    ("rules test --json", "用 JSON Lines 输出，每行一篇。"),
    ("keys", "列出按键。"),
    ("keys --json", "用 JSON 输出。"),
    ("doctor", "说明如何看待此终端、各种文件在何处；有问题则退出状态为 1。"),
    ("doctor --archives", "文摘目录，或单个文摘文件。"),
    ("doctor --json", "用 JSON 输出。"),
    ("completions", "输出某种 shell 的命令行补全。"),
    ("completions --shell", "shell：bash、elvish、fish、powershell 或 zsh。"),
    ("help", "显示帮助，或某个子命令的帮助。"),
    ("man", "输出 roff 格式的手册页。"),
    ("paths", "列出各种文件在何处。"),
    ("paths --json", "用 JSON 输出。"),
];

/// Finds the Chinese help of a place in the command line.
#[must_use]
pub fn command_line_help(place: &str) -> Option<&'static str> {
    HELP.iter().find(|(known, _)| *known == place).map(|(_, help)| *help)
}

/// Lists the places that have a Chinese help.
pub fn command_line_places() -> impl Iterator<Item = &'static str> {
    HELP.iter().map(|(place, _)| *place)
}
