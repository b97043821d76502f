//! Every interface string of the program, in English and Chinese.
//!
//! Owns the words; hands over finished strings. Each message is a method of [`Lang`], so a missing translation does not
//! compile. What is wrong with a file is made in English, which JSON and logs keep, and said by [`Lang::reason`].
//! Marks that a terminal may have to be spared (`·`, `…`) are arguments.

mod command;
mod command_line;
mod hands;
mod hint;
mod interest;
mod notes;
mod query;
mod reason;
mod repeats;
mod search;
mod settings;
mod spelling;
mod stats;
mod triage;

pub use cli::Written;
pub use command_line::{command_line_help, command_line_places};
pub use hands::Piece;
pub use hint::Hint;
pub use spelling::{did_you_mean, nearest, quote};
pub use stats::Figure;
pub use triage::DayEnd;

/// The language of the interface. The language of the content follows the digest, not this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
}

impl Lang {
    /// Chooses between the two texts of one message.
    #[must_use]
    pub fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }

    /// Reads the value of `--lang`, `language`, or a locale name such as `zh_CN.UTF-8`.
    #[must_use]
    pub fn from_locale(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        if name.starts_with("zh") {
            Some(Self::Zh)
        } else if name.starts_with("en") {
            Some(Self::En)
        } else {
            None
        }
    }
}

macro_rules! messages {
    ($( $(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*) $en:literal $zh:literal; )+) => {
        impl Lang {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(self, $($arg: $type),*) -> String {
                    match self {
                        Self::En => format!($en),
                        Self::Zh => format!($zh),
                    }
                }
            )+
        }
    };
}

/// Messages that end with why something failed, which is made in English: see [`Lang::reason`].
macro_rules! failures {
    ($( $(#[$doc:meta])* $name:ident($($arg:ident: $type:ty,)* &$why:ident) $en:literal $zh:literal; )+) => {
        impl Lang {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(self, $($arg: $type,)* $why: &str) -> String {
                    let $why = self.reason($why);
                    match self {
                        Self::En => format!($en),
                        Self::Zh => format!($zh),
                    }
                }
            )+
        }
    };
}

mod cli; // After the macros, which they use.
mod doctor;
mod label;

messages! {
    /// The paper has no text at all.
    nothing_here() "This paper has no text in the digest." "这篇论文在此文摘中没有正文。";
    /// Where there is a text, by digits and names of tabs.
    there_is(tabs: &str) "Available: {tabs}" "可以看：{tabs}";
    /// The source tried to write this text and failed.
    failed_at_source(tab: &str) "{tab}: the source failed to generate this text." "{tab}：来源生成时失败，没有内容。";
    /// The source has no such text.
    not_in_source(tab: &str) "{tab}: the source has none for this paper." "来源没有这篇的{tab}。";
    /// The digest was read without loss.
    nothing_lost() "Nothing went wrong." "没有出错。";
    /// Han characters came in as commands.
    input_method_on(typed: &str) "Received “{typed}”: is an input method on?" "收到“{typed}”：输入法开着？";
    /// A key sequence without a meaning.
    not_bound(keys: &str, help: &str) "{keys} is not bound. {help} shows the keys." "{keys} 没有对应的操作，{help} 看按键。";
    /// A paper without an id and without a title that tells it from others.
    cannot_be_kept() "This paper has neither an id nor a title to keep a decision by." "这篇没有编号，题名也无法辨认，决定无法保存。";
    /// Decisions that are not on disk.
    unsaved_count(n: usize) "unsaved {n}" "未保存 {n}";
    /// A decision on the last paper of the list.
    end_of_list(undecided: usize, dot: &str) "End of the list {dot} {undecided} undecided" "已到末尾 {dot} 未定 {undecided}";
    /// There is nothing to take back.
    nothing_to_undo() "Nothing to undo." "没有可撤销的决定。";
    /// Undo has reached the compacted part of the journal.
    undo_ends() "Nothing to undo: older decisions were compacted." "没有可撤销的：更早的决定已压缩。";
    /// There is nothing to bring back.
    nothing_to_redo() "Nothing to redo." "没有可恢复的决定。";
    /// The open date is the oldest.
    no_older_date() "This is the oldest date." "已是最早的日期。";
    /// The open date is the newest.
    no_newer_date() "This is the newest date." "已是最新的日期。";
    /// A newest day came in while the reader was open.
    new_day(date: &str, dot: &str, papers: &str) "New: {date} {dot} {papers}" "新增 {date} {dot} {papers}";
    /// The user looked for new digests, and there are none.
    nothing_new() "No new digests." "没有新的文摘。";
    /// An archive that was there cannot be read any more.
    archive_gone(place: &str) "{place} cannot be read now. What was read of it stays." "现在读不到 {place}，已读入的内容保留。";
    /// Every paper after this one is decided.
    no_more_undecided() "No undecided paper below." "后面没有未定的论文。";
    /// Nothing matches the filter.
    no_match(filter: &str) "Nothing of this day matches “{filter}”. Esc clears the filter." "这一天没有匹配“{filter}”的论文，Esc 清除筛选。";
    /// The text does not hold what is looked for.
    not_found(query: &str) "“{query}” is not in this text." "正文中没有“{query}”。";
    /// The search went round the end.
    found_from_top(at: usize, all: usize) "From the top again: {at}/{all}" "已到末尾，从头继续：{at}/{all}";
    /// The search went round the start.
    found_from_bottom(at: usize, all: usize) "From the end again: {at}/{all}" "已到开头，从末尾继续：{at}/{all}";
    /// There is no search to go on with.
    nothing_to_find() "Nothing to find yet." "还没有查找内容。";
    /// A digest that is on its way.
    loading(ellipsis: &str) "Reading{ellipsis}" "读取中{ellipsis}";
    /// A digest without papers.
    no_papers() "This digest has no papers." "此文摘没有论文。";
    /// An archive without digests: first line.
    no_digests(place: &str) "No digests in {place}." "{place} 中没有文摘。";
    /// An archive without digests: what to do.
    how_to_import() "Open another folder with wenzhai FOLDER, or fill one with wenzhai import FILE... --into FOLDER." "打开别的目录：wenzhai 目录。导入文件：wenzhai import 文件... --into 目录。";
    /// The built-in sample is on screen.
    sample_open() "This is a sample. Your own digests: wenzhai FOLDER" "这是样例。打开自己的文摘：wenzhai 目录";
    /// What the sample is called where archives are named.
    sample() "sample" "样例";
    /// The archive is being listed.
    listing(ellipsis: &str) "Looking for digests{ellipsis}" "正在查找文摘{ellipsis}";
    /// Update commands run.
    updating(ellipsis: &str) "updating{ellipsis}" "更新中{ellipsis}";
    /// The index of all papers is being made.
    indexing(percent: usize) "indexing {percent}%" "索引 {percent}%";
    /// The index of all papers is there.
    indexed() "indexed" "索引就绪";
    /// An update command failed; `why` begins with its status.
    update_failed(why: &str) "Update failed {why}" "更新失败 {why}";
    /// Another program runs the update command of an archive.
    update_elsewhere(archive: &str) "{archive} is being updated by another program." "{archive} 正由另一个程序更新。";
    /// The terminal is too small.
    too_small(cols: u16, rows: u16) "{cols}x{rows}: too small, 20x6 at least" "{cols}x{rows} 太小，至少 20x6";
    /// How many are undecided.
    undecided(n: usize) "{n} undecided" "未定 {n}";
    /// How many of a group are undecided.
    undecided_of(n: usize, all: usize) "{n} of {all} undecided" "未定 {n} / {all}";
    /// How many are kept for later.
    later(n: usize) "{n} later" "稍后 {n}";
    /// How many were dismissed.
    dismissed(n: usize) "{n} dismissed" "略过 {n}";
    /// How many were read.
    read(n: usize) "{n} read" "已读 {n}";
    /// How many problems were met while reading.
    problems(n: usize, key: &str) "problems {n}: {key}" "问题 {n}：{key}";
    /// The paper has no arXiv id.
    no_arxiv_id() "no arXiv id" "无 arXiv 号";
    /// A paper without an id is looked for by its title.
    search_by_title() "search by title" "按题名搜";
    /// How far to trust machine-written texts.
    machine_written() "machine-written, for screening" "机器生成，仅供初筛";
    /// The title of the help popup.
    help_title() "Keys" "按键";
    /// The title of the log popup.
    log_title() "Problems" "问题";
    /// No row of a popup holds what is typed.
    not_in_popup(typed: &str) "Nothing here holds “{typed}”." "没有含“{typed}”的行。";
    /// The title of the list of verbs.
    palette_title() "Commands" "命令";
    /// A verb was chosen in a pane that does not have it.
    runs_elsewhere(help: &str, panes: &str) "{help}: works in {panes}." "{help}：只能在{panes}中使用。";
    /// What the mark after a key means.
    own_keys(mark: &str) "{mark} your own key (keymaps.toml)" "{mark} 自己设定的按键（keymaps.toml）";
    /// The last line of a popup.
    popup_hint(scroll: &str, close: &str, dot: &str) "{scroll} scroll {dot} {close} close" "{scroll} 滚动 {dot} {close} 关闭";
    /// All papers of a day are decided.
    done() "done" "已定完";
}

impl Lang {
    /// How many papers there are.
    #[must_use]
    pub fn papers(self, n: usize) -> String {
        match self {
            Self::En if n == 1 => "1 paper".to_owned(),
            Self::En => format!("{n} papers"),
            Self::Zh => format!("{n} 篇"),
        }
    }

    /// So many decisions that came back stand on days that are not open.
    #[must_use]
    pub fn on_another_day(self, papers: usize) -> &'static str {
        match papers {
            1 => self.pick("a paper of another day", "是另一天的论文"),
            _ => self.pick("papers of other days", "是其他日期的论文"),
        }
    }

    /// How content texts are shown from now on.
    #[must_use]
    pub fn text_form(self, is_source: bool) -> &'static str {
        if is_source {
            self.pick("Text as in the source.", "原文：与来源一致。")
        } else {
            self.pick("Text typeset: maths, punctuation, spacing.", "排版：公式、标点、间距。")
        }
    }

    /// The day of the week, Monday being 1.
    #[must_use]
    pub fn weekday(self, from_monday: i8) -> &'static str {
        match from_monday {
            1 => self.pick("Mon", "周一"),
            2 => self.pick("Tue", "周二"),
            3 => self.pick("Wed", "周三"),
            4 => self.pick("Thu", "周四"),
            5 => self.pick("Fri", "周五"),
            6 => self.pick("Sat", "周六"),
            _ => self.pick("Sun", "周日"),
        }
    }

    /// Says what was decided of a paper, where its mark is off screen.
    #[must_use]
    pub fn decided(self, say: &str, dot: &str, title: &str) -> String {
        format!("{} {dot} {title}", self.said(say))
    }

    /// Says what came back by undo. `say` is the journal's stable English: `dismiss 23`.
    #[must_use]
    pub fn undone(self, say: &str, has_changed: bool) -> String {
        let said = self.said(say);
        match (self, has_changed) {
            (Self::En, true) => format!("Undone: {said}"),
            (Self::Zh, true) => format!("已撤销：{said}"),
            (Self::En, false) => {
                format!("Undone: {said}; nothing visible changed, it was decided anew elsewhere")
            }
            (Self::Zh, false) => format!("已撤销：{said}；别处已有新的决定，画面不变"),
        }
    }

    /// Says what came back by redo.
    #[must_use]
    pub fn redone(self, say: &str, has_changed: bool) -> String {
        let said = self.said(say);
        match (self, has_changed) {
            (Self::En, true) => format!("Redone: {said}"),
            (Self::Zh, true) => format!("已恢复：{said}"),
            (Self::En, false) => {
                format!("Redone: {said}; nothing visible changed, it was decided anew elsewhere")
            }
            (Self::Zh, false) => format!("已恢复：{said}；别处已有新的决定，画面不变"),
        }
    }

    /// Translates what the journal says was done.
    fn said(self, say: &str) -> String {
        if let Some(said) = self.said_remarks(say) {
            return said;
        }
        let (verb, count) = say.split_once(' ').unwrap_or((say, ""));
        let Some(word) = self.said_word(verb) else { return self.said_together(say) };
        match self {
            Self::En if count == "1" => word.to_owned(),
            Self::En => format!("{word} {count}"),
            Self::Zh => format!("{word} {count} 篇"),
        }
    }
}
