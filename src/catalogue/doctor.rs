//! The words of `wenzhai doctor`.

use super::Lang;

impl Lang {
    /// What a line of `doctor` is about; `name` is the one for programs.
    #[must_use]
    pub fn finding(self, name: &'static str) -> &'static str {
        let zh = match name {
            "terminal" => "终端",
            "locale" => "区域",
            "marks" => "标记",
            "width" => "字宽",
            "theme" => "配色",
            "clipboard" => "剪贴板",
            "archive" => "文摘目录",
            "index" => "索引",
            "journal" => "决定日志",
            "config" => "配置",
            "keymap" => "按键",
            "log" => "运行日志",
            _ => name,
        };
        self.pick(name, zh)
    }

    /// How texts go to the clipboard; `way` is the name for programs.
    #[must_use]
    pub fn clipboard_way(self, way: &str) -> &'static str {
        match way {
            "tmux" => self.pick(
                "tmux's buffer, and from there the terminal; else OSC 52 through tmux",
                "tmux 的缓冲区，再由它送到终端；不行则经 tmux 用 OSC 52",
            ),
            "osc52-screen" => self.pick("OSC 52 through GNU screen", "经 GNU screen 用 OSC 52"),
            "none" => self.pick(
                "none: this console has no clipboard, so try the reader's --print-yank FILE",
                "没有：此控制台没有剪贴板，可用阅读器的 --print-yank FILE",
            ),
            "desktop" => self.pick(
                "the desktop's, or OSC 52 where it has no tool for it",
                "桌面的剪贴板；没有可用的工具时用 OSC 52",
            ),
            _ => self.pick("OSC 52, where the terminal allows it", "OSC 52，须终端允许"),
        }
    }

    /// How marks and rules are drawn.
    #[must_use]
    pub fn marks_drawn(self, is_ascii: bool, is_wide: bool) -> &'static str {
        match (is_ascii, is_wide) {
            (true, true) => self.pick("ASCII, as others would take two cells", "ASCII，因为其他字符会占两格"),
            (true, false) => "ASCII",
            (false, _) => "Unicode",
        }
    }

    /// What the terminal said of the width of ambiguous characters, and after how many milliseconds; no time where
    /// there was none to ask.
    #[must_use]
    pub fn width_said(self, is_wide: Option<bool>, ms: Option<u64>) -> String {
        match (is_wide, ms) {
            (_, None) => self.pick("there is no terminal to ask", "没有终端可问").to_owned(),
            (Some(true), Some(ms)) => self.terminal_says_two(ms),
            (Some(false), Some(ms)) => self.terminal_says_one(ms),
            (None, Some(ms)) => self.terminal_says_nothing(ms),
        }
    }

    /// In how many cells ambiguous characters are laid out, by which setting, and what the terminal said.
    #[must_use]
    pub fn width_taken(self, setting: &str, is_wide: bool, said: &str) -> String {
        let cells = if is_wide { self.pick("two cells", "两格") } else { self.pick("one cell", "一格") };
        self.laid_out_in(setting, cells, said)
    }

    /// Whether a background is dark.
    #[must_use]
    pub fn ground_name(self, is_dark: bool) -> &'static str {
        if is_dark { self.pick("dark", "深色") } else { self.pick("light", "浅色") }
    }
}

messages! {
    /// TERM is not there.
    no_term() "TERM is not set" "TERM 未设置";
    /// TERM does not name a terminal that text can be placed on.
    term_is_dumb() "TERM is not set, empty or dumb: the reader cannot place text" "TERM 未设置、为空或为 dumb：阅读器无法定位文字";
    /// The program runs inside a terminal multiplexer.
    inside_multiplexer(name: &str) "inside {name}, which answers for the terminal around it" "在 {name} 中，由它代外层终端回答";
    /// The program runs on another machine.
    over_ssh() "over SSH" "通过 SSH";
    /// Output goes to a file or a pipe.
    output_is_no_terminal() "standard output is no terminal" "标准输出不是终端";
    /// There is no value.
    not_set() "not set" "未设置";
    /// What a locale means for what is drawn.
    not_utf8() "not UTF-8, so marks and rules are ASCII; texts stay" "不是 UTF-8，所以标记和线条用 ASCII，正文照旧";
    /// The terminal draws ambiguous characters in two cells.
    terminal_says_two(ms: u64) "the terminal says two, in {ms} ms" "终端答两格，用时 {ms} 毫秒";
    /// The terminal draws ambiguous characters in one cell.
    terminal_says_one(ms: u64) "the terminal says one, in {ms} ms" "终端答一格，用时 {ms} 毫秒";
    /// The terminal did not answer, or made no sense.
    terminal_says_nothing(ms: u64) "the terminal gave no answer of use in {ms} ms" "终端 {ms} 毫秒内没有有用的回答";
    /// In how many cells ambiguous characters are laid out.
    laid_out_in(setting: &str, cells: &str, said: &str) "{setting}: quotes, dashes and Greek are laid out in {cells}; {said}" "{setting}：引号、破折号和希腊字母按{cells}排；{said}";
    /// No colours, by the environment.
    no_colours() "no colours, as NO_COLOR is set" "无颜色，因为设置了 NO_COLOR";
    /// No colours, by the terminal.
    no_colours_by_term(term: &str) "no colours, as TERM is {term}" "无颜色，因为 TERM 是 {term}";
    /// 16 colours.
    sixteen_colours(term: &str) "16 colours by TERM ({term}), without COLORTERM" "16 色，依 TERM（{term}），没有 COLORTERM";
    /// 256 colours.
    indexed_colours(term: &str) "256 colours by TERM ({term})" "256 色，依 TERM（{term}）";
    /// All colours, by a variable.
    true_colours(variable: &str, value: &str) "true colour by {variable} ({value})" "真彩色，依 {variable}（{value}）";
    /// The background, from the terminal itself.
    ground_heard(colour: &str, name: &str) "the terminal says its background is {colour}, {name}" "终端答背景为 {colour}，{name}";
    /// The background, by a variable.
    ground_said(name: &str, value: &str) "the background is {name} by COLORFGBG ({value})" "背景为{name}，依 COLORFGBG（{value}）";
    /// The background is not known.
    ground_unknown() "the background is not known" "背景未知";
    /// The theme paints its own background.
    ground_painted(ground: &str) "{ground}, so the theme paints its own" "{ground}，由配色自行铺底";
    /// Which theme is chosen, and why.
    theme_chosen(name: &str, setting: &str, depth: &str, ground: &str) "{name}, by the setting {setting}; {depth}; {ground}" "{name}，依设置 {setting}；{depth}；{ground}";
    /// What the index holds.
    index_holds(papers: u32, bytes: usize) "papers {papers}, bytes {bytes}" "论文 {papers}，字节 {bytes}";
    /// The index is of no use.
    index_unusable() "cannot be used; the reader makes it again" "不能使用，阅读器会重做";
    /// There is no index.
    no_index() "none yet; the reader makes it" "还没有，阅读器会做";
    /// An archive that cannot be opened.
    cannot_be_opened() "cannot be opened" "打不开";
    /// No archive is configured or named.
    so_the_sample() "none, so the sample" "没有，所以用样例";
    /// Files that are no digests.
    bad_digest_files(n: usize) "files that cannot be read as digests: {n}; `wenzhai check` names them" "不能作为文摘读取的文件：{n}；`wenzhai check` 逐个列出";
    /// An archive without digests.
    holds_no_digest(place: &str) "{place}: holds no digest" "{place}：没有文摘";
    /// What an archive holds.
    archive_holds(place: &str, days: usize, digests: usize) "{place}: days {days}, digests {digests}" "{place}：日期 {days}，文摘 {digests}";
    /// This machine has no journal file.
    nothing_decided_here() "nothing decided here yet" "本机还没有决定";
    /// What this machine is called.
    this_machine(name: &str) "this machine is {name}" "本机为 {name}";
    /// What the journal holds.
    journal_holds(place: &str, name: &str, lines: usize, bytes: usize, others: usize) "{place}: {name}; lines {lines}, bytes {bytes}, other machines {others}" "{place}：{name}；行 {lines}，字节 {bytes}，其他机器 {others}";
    /// There is no file.
    no_file() "none" "没有";
    /// How big a file is.
    file_bytes(n: u64) "bytes {n}" "字节 {n}";
    /// How many problems a file has.
    file_problems(n: usize) ", problems {n}" "，问题 {n}";
    /// A name, and what is so.
    named(name: &str, what: &str) "{name}: {what}" "{name}：{what}";
    /// One more remark.
    furthermore(words: &str, what: &str) "{words}; {what}" "{words}；{what}";
    /// What to look for in the ruler.
    ruler_question(other: &str) "Do all bars stand in one column? If those below the second do not, try --ambiguous-width {other}." "各竖线是否在同一列？第二条以下若不在，试试 --ambiguous-width {other}。";
}

failures! {
    /// The name of this machine cannot be kept.
    no_machine_name(&why) "the name of this machine: {why}" "本机的名称：{why}";
    /// A folder of the journal cannot be written.
    cannot_save(place: &str, &why) "{place}: decisions cannot be saved: {why}" "{place}：无法保存决定：{why}";
}
