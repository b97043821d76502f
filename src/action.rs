//! The vocabulary of user verbs: one line each gives variant, name, contexts and help in both languages.
//!
//! Owns names and help. The keymap binds them, `state` carries them out, help and README print them.

use std::fmt;
use std::str::FromStr;

use crate::catalogue::Lang;

/// Where keys are looked up: what has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere but in text inputs and popups, after the context of the focused pane.
    Global,
    /// The paper list.
    Papers,
    /// The detail pane.
    Detail,
    /// The date list.
    Dates,
    /// The page of statistics.
    Statistics,
    /// Text inputs.
    Inputs,
    /// Popups: help, messages.
    Popups,
}

impl Context {
    /// All contexts, in the order in which help shows them.
    pub const ALL: [Self; 7] =
        [Self::Global, Self::Papers, Self::Detail, Self::Dates, Self::Statistics, Self::Inputs, Self::Popups];

    /// The name of the section of `keymaps.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Papers => "papers",
            Self::Detail => "detail",
            Self::Dates => "dates",
            Self::Statistics => "statistics",
            Self::Inputs => "inputs",
            Self::Popups => "popups",
        }
    }

    /// The heading in the help.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Global => lang.pick("Everywhere", "全局"),
            Self::Papers => lang.pick("Paper list", "论文列表"),
            Self::Detail => lang.pick("Detail pane", "详情栏"),
            Self::Dates => lang.pick("Date list", "日期列表"),
            Self::Statistics => lang.pick("Statistics", "统计"),
            Self::Inputs => lang.pick("Text inputs", "输入框"),
            Self::Popups => lang.pick("Popups", "弹窗"),
        }
    }

    /// Finds a context by the name of its section.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }
}

macro_rules! actions {
    ($( $variant:ident $name:literal [$($context:ident)+] $en:literal $zh:literal; )+) => {
        /// A named user verb.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $( #[doc = $en] $variant, )+
        }

        impl Action {
            /// Every action, in the order in which help shows them.
            pub const ALL: &[Self] = &[$( Self::$variant ),+];

            /// The name in keymaps: lower case, words joined by `-`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ }
            }

            /// What it does, in one sentence.
            #[must_use]
            pub fn help(self, lang: Lang) -> &'static str {
                match self { $( Self::$variant => lang.pick($en, $zh), )+ }
            }

            /// The contexts in which it can be bound.
            #[must_use]
            pub fn contexts(self) -> &'static [Context] {
                match self { $( Self::$variant => &[$( Context::$context ),+], )+ }
            }
        }
    };
}

actions! {
    Down "down" [Papers Detail Dates Statistics Inputs Popups] "Go down one row or line." "下移一行。";
    Up "up" [Papers Detail Dates Statistics Inputs Popups] "Go up one row or line." "上移一行。";
    Top "top" [Papers Detail Dates Statistics Popups] "Go to the top." "到顶部。";
    Bottom "bottom" [Papers Detail Dates Statistics Popups] "Go to the bottom." "到底部。";
    HalfPageDown "half-page-down" [Papers Detail Dates Statistics Popups] "Go down half a page." "下移半页。";
    HalfPageUp "half-page-up" [Papers Detail Dates Statistics Popups] "Go up half a page." "上移半页。";
    PageDown "page-down" [Papers Detail Dates Statistics Popups] "Go down a page." "下移一页。";
    PageUp "page-up" [Papers Detail Dates Statistics Popups] "Go up a page." "上移一页。";
    ScrollDetailDown "scroll-detail-down" [Papers] "Scroll the detail pane down by 5 lines." "正文下滚 5 行。";
    ScrollDetailUp "scroll-detail-up" [Papers] "Scroll the detail pane up by 5 lines." "正文上滚 5 行。";
    Open "open" [Papers Dates Statistics] "Open: read the paper, show the day." "打开：细读论文，或显示该日。";
    NextPaper "next-paper" [Detail] "Show the next paper." "下一篇论文。";
    PreviousPaper "previous-paper" [Detail] "Show the previous paper." "上一篇论文。";
    PageOrNext "page-or-next" [Detail] "Scroll by a page; at the end, show the next undecided paper." "翻页；到末尾时看下一篇未定论文。";
    Bookmark "bookmark" [Papers Detail] "Bookmark the paper and move on; again: take it back." "收藏并前进；再按取消。";
    Later "later" [Papers Detail] "Keep the paper for later and move on; again: take it back." "标为稍后并前进；再按取消。";
    Dismiss "dismiss" [Papers Detail] "Dismiss the paper and move on; again: take it back." "略过并前进；再按取消。";
    ToggleRead "toggle-read" [Papers Detail] "Mark the paper as read, or as unread." "标为已读或未读。";
    Tag "tag" [Papers Detail] "Give tags to the paper or the selected ones, or take them away." "给论文或选中的论文加减标签。";
    Annotate "annotate" [Papers Detail] "Write a note on the paper in your editor." "用编辑器写笔记。";
    OpenPage "open-page" [Papers Detail] "Open the abstract page; without an id, a search for the title." "打开摘要页；无编号时按题名搜索。";
    OpenPdf "open-pdf" [Papers Detail] "Open the PDF." "打开 PDF。";
    OpenCode "open-code" [Papers Detail] "Open the code." "打开代码页。";
    Links "links" [Papers Detail] "Choose among all links of the paper." "列出论文的全部链接。";
    YankLink "yank-link" [Papers Detail] "Copy the link of the paper or of the selected ones." "复制论文或选中论文的链接。";
    YankPdf "yank-pdf" [Papers Detail] "Copy the link of the PDF." "复制 PDF 链接。";
    YankId "yank-id" [Papers Detail] "Copy the id." "复制编号。";
    YankTitle "yank-title" [Papers Detail] "Copy the title." "复制题名。";
    YankBibtex "yank-bibtex" [Papers Detail] "Copy as BibTeX." "复制 BibTeX。";
    YankLines "yank-lines" [Papers Detail] "Copy title, gist and link, a line each." "复制三行：题名、要旨、链接。";
    YankAbstract "yank-abstract" [Papers Detail] "Copy the English abstract." "复制英文摘要。";
    YankChinese "yank-chinese" [Papers Detail] "Copy the Chinese translation." "复制中文翻译。";
    YankSummary "yank-summary" [Papers Detail] "Copy the summary." "复制总结。";
    YankTakeaways "yank-takeaways" [Papers Detail] "Copy the key takeaways." "复制要点。";
    ExportBibtex "export-bibtex" [Papers Detail] "Write a BibTeX file of the paper or of the selected ones." "把论文或选中的论文导出为 BibTeX 文件。";
    ExportRis "export-ris" [Papers Detail] "Write a RIS file." "导出为 RIS 文件。";
    ExportCslJson "export-csl-json" [Papers Detail] "Write a CSL-JSON file." "导出为 CSL-JSON 文件。";
    ExportMarkdown "export-markdown" [Papers Detail] "Write a file of three plain lines a paper." "导出为每篇三行的文本文件。";
    ExportOrg "export-org" [Papers Detail] "Write an org file." "导出为 org 文件。";
    ExportJson "export-json" [Papers Detail] "Write a JSON file." "导出为 JSON 文件。";
    ExportCsv "export-csv" [Papers Detail] "Write a CSV file." "导出为 CSV 文件。";
    Pipe "pipe" [Papers Detail] "Give the paper or the selected ones to a command." "把论文或选中的论文交给命令。";
    Shell "shell" [Papers Detail] "Run a command, or a shell." "运行命令，或打开 shell。";
    MyCategories "my-categories" [Papers] "Show only my categories, or all again." "只看我的分类，或恢复全部。";
    ToggleRepeats "toggle-repeats" [Papers] "Show papers that stand elsewhere already, or fold them." "展开或折叠重复的论文。";
    ToggleMuted "toggle-muted" [Papers] "Show papers that a rule mutes, or fold them." "展开或折叠静音的论文。";
    OrderSource "order-source" [Papers] "Order the papers as the source has them, by category." "按源顺序，分类别。";
    OrderInterest "order-interest" [Papers] "Order by interest: what your rules say, best first." "按兴趣规则排序，高分在前。";
    OrderTitle "order-title" [Papers] "Order by title." "按题名排序。";
    OrderAuthor "order-author" [Papers] "Order by the first author's last name." "按第一作者的姓排序。";
    OrderDate "order-date" [Papers] "Order by date: what was published or updated last comes first." "按发布或更新日期排序，新的在前。";
    Why "why" [Papers Detail] "Explain why the paper stands here, and where else it was seen." "说明论文为何在此，又见于何处。";
    Authors "authors" [Papers Detail] "List the paper's authors, to find their papers or to follow them." "列出论文的全部作者，可查论文、关注。";
    NextVersion "next-version" [Papers Detail] "Show the text of another day or category, where it differs." "看另一日期或分类的不同文本。";
    MarkDayRead "mark-day-read" [Dates] "Mark the whole day as read." "把整天标为已读。";
    Sweep "sweep" [Papers] "Dismiss what is undecided on this page, and turn it." "略过本页未定的论文并翻页。";
    SweepGroup "sweep-group" [Papers] "Dismiss what is undecided in this category." "略过本分类未定的论文。";
    NextUndecided "next-undecided" [Papers] "Go to the next undecided paper, on older days too." "下一篇未定论文，可到较早日期。";
    PreviousUndecided "previous-undecided" [Papers] "Go to the previous undecided paper, on newer days too." "上一篇未定论文，可到较新日期。";
    NextGroup "next-group" [Papers] "Go to the next category." "到下一个分类。";
    PreviousGroup "previous-group" [Papers] "Go to the previous category." "到上一个分类。";
    Letters "letters" [Papers] "Put letters on the rows: small goes there, capital bookmarks." "各行标字母：小写跳到，大写收藏。";
    Choose "choose" [Papers] "Select the paper for the next verdict, and go down." "选中论文并下移。";
    ChooseRange "choose-range" [Papers] "Select from here on, until pressed again." "从此处起选中，再按结束。";
    ChooseAll "choose-all" [Papers] "Select all papers shown, or none." "选中列出的全部，再按取消。";
    ViewAll "view-all" [Papers] "Show all papers of the day." "视图：全部。";
    ViewUndecided "view-undecided" [Papers] "Show the undecided ones." "视图：未定。";
    ViewBookmarked "view-bookmarked" [Papers] "Show the bookmarked ones." "视图：收藏。";
    ViewLater "view-later" [Papers] "Show those kept for later." "视图：稍后。";
    ViewRead "view-read" [Papers] "Show those that were read." "视图：已读。";
    ViewDismissed "view-dismissed" [Papers] "Show the dismissed ones." "视图：略过。";
    Filter "filter" [Papers] "Filter the list while typing." "边输入边筛选列表。";
    Search "search" [Global] "Search all dates while typing." "边输入边搜索全库。";
    SavedQueries "saved-queries" [Papers] "List the saved queries, and search by one." "列出保存的查询并搜索。";
    Find "find" [Detail] "Find in the text while typing." "边输入边在正文中查找。";
    NextHit "next-hit" [Detail] "Go to the next hit." "下一处。";
    PreviousHit "previous-hit" [Detail] "Go to the previous hit." "上一处。";
    Undo "undo" [Global] "Undo the last decision." "撤销上一个决定。";
    Redo "redo" [Global] "Bring back what was undone." "恢复撤销的决定。";
    TabAll "tab-all" [Global] "Show everything in one scroll." "显示全部内容。";
    TabEnglish "tab-english" [Global] "Show the English abstract." "显示英文摘要。";
    TabChinese "tab-chinese" [Global] "Show the Chinese translation." "显示中文翻译。";
    TabSummary "tab-summary" [Global] "Show the summary." "显示总结。";
    TabTakeaways "tab-takeaways" [Global] "Show the key takeaways." "显示要点。";
    TabMore "tab-more" [Global] "Show all other fields." "显示其余字段。";
    PreviousTab "previous-tab" [Global] "Show the tab to the left." "左边的标签。";
    NextTab "next-tab" [Global] "Show the tab to the right." "右边的标签。";
    Bilingual "bilingual" [Global] "Show both languages sentence by sentence, or the tab again." "中英逐句对照，或回到标签。";
    RawText "raw-text" [Global] "Show texts as in the source, or typeset again." "显示来源原文，或恢复排版。";
    NextPane "next-pane" [Global] "Focus the next pane." "下一个窗格。";
    PreviousPane "previous-pane" [Global] "Focus the previous pane." "上一个窗格。";
    PaneLeft "pane-left" [Global Detail] "Focus the pane to the left." "左边的窗格。";
    PaneRight "pane-right" [Global] "Focus the pane to the right." "右边的窗格。";
    Dates "dates" [Global] "Focus the date list." "到日期列表。";
    Papers "papers" [Global] "Focus the paper list." "到论文列表。";
    OlderDate "older-date" [Global] "Go to the next older date." "到较早的一天。";
    NewerDate "newer-date" [Global] "Go to the next newer date." "到较新的一天。";
    Zen "zen" [Global] "Show the detail pane alone, or all panes again." "只看详情，或恢复各窗格。";
    Density "density" [Global] "Change the lines of a list row: 2, 3, 1." "每篇占几行：2、3、1。";
    GrowPane "grow-pane" [Global] "Make the pane wider." "加宽窗格。";
    ShrinkPane "shrink-pane" [Global] "Make the pane narrower." "收窄窗格。";
    Reload "reload" [Global] "Look for new digests, and run update commands." "查找新文摘，并运行更新命令。";
    Statistics "statistics" [Global] "Show statistics of all days, or leave them." "显示或离开统计。";
    OlderWeek "older-week" [Statistics] "Go a week back." "上一周。";
    NewerWeek "newer-week" [Statistics] "Go a week on." "下一周。";
    NextMeasure "next-measure" [Statistics] "Measure the days by papers, by the share decided, by decisions made." "日历依次显示：篇数、已定比例、当日决定数。";
    NextSection "next-section" [Statistics] "Show the next section: pace, rising words, categories." "下一栏：进度、上升词、分类。";
    PreviousSection "previous-section" [Statistics] "Show the section before." "上一栏。";
    Help "help" [Global] "Show the keys." "显示按键。";
    Back "back" [Global Detail] "Go back to the list; from there: quit." "回到列表；在列表中则退出。";
    Quit "quit" [Global] "Quit." "退出。";
    Redraw "redraw" [Global Inputs Popups] "Paint the screen again." "重绘屏幕。";
    Suspend "suspend" [Global Inputs Popups] "Suspend to the shell; `fg` comes back." "挂起到 shell；用 fg 返回。";
    Cancel "cancel" [Global Inputs Popups] "Cancel what is open; with nothing open: quit." "取消当前操作；没有可取消的则退出。";
    Command "command" [Global] "Type a command with its arguments." "输入命令和参数。";
    Palette "palette" [Global] "Find a command by words or keys, and run it." "按词或按键查找命令并执行。";
    Log "log" [Global] "Show what went wrong while reading." "显示读取时的问题。";
    Escape "escape" [Global] "Leave one layer: hits, bilingual, detail alone, selection, filter, view." "逐层退出：查找、双语、单独详情、选中、筛选、视图。";
    Complete "complete" [Inputs] "Complete the word, or change the form for a command; again: the next choice." "补全，或换命令所收的格式；再按换下一个。";
    History "history" [Inputs] "Take an earlier line that holds what was typed; again: an older one." "取用含有所输内容的历史；再按更早。";
    Keep "keep" [Inputs] "Keep what was typed and leave the input." "保留输入，离开输入框。";
    ClearOrLeave "clear-or-leave" [Inputs] "Clear the input; when empty, leave it." "清空输入；已空则离开。";
    CursorLeft "cursor-left" [Inputs] "Move the insertion point left." "光标左移。";
    CursorRight "cursor-right" [Inputs] "Move the insertion point right." "光标右移。";
    CursorStart "cursor-start" [Inputs] "Move the insertion point to the start." "光标到开头。";
    CursorEnd "cursor-end" [Inputs] "Move the insertion point to the end." "光标到末尾。";
    DeleteBack "delete-back" [Inputs] "Delete the character before the insertion point." "删除光标前的字。";
    DeleteForward "delete-forward" [Inputs] "Delete the character after the insertion point." "删除光标后的字。";
    DeleteWord "delete-word" [Inputs] "Delete the word before the insertion point." "删除光标前的词。";
    DeleteToStart "delete-to-start" [Inputs] "Delete everything before the insertion point." "删除光标前的全部。";
    Narrow "narrow" [Dates Popups] "Show only rows that hold what is typed." "只看含有所输内容的行。";
    Pick "pick" [Popups] "Take what the cursor is on; without a cursor, close." "选用光标所在的一项；没有光标则关闭。";
    Follow "follow" [Popups] "Follow the author: a rule in the configuration raises their papers." "关注作者：在配置中加一条规则。";
    Close "close" [Popups] "Show all rows again; then close the popup." "恢复全部行；再按关闭弹窗。";
}

impl Action {
    /// Says whether it writes something: a decision, a note, a file.
    #[must_use]
    pub fn writes(self) -> bool {
        matches!(
            self,
            Self::Bookmark
                | Self::Later
                | Self::Dismiss
                | Self::ToggleRead
                | Self::Tag
                | Self::Annotate
                | Self::MarkDayRead
                | Self::Sweep
                | Self::SweepGroup
                | Self::Undo
                | Self::Redo
                | Self::ExportBibtex
                | Self::ExportRis
                | Self::ExportCslJson
                | Self::ExportMarkdown
                | Self::ExportOrg
                | Self::ExportJson
                | Self::ExportCsv
                | Self::Follow
        )
    }

    /// Says whether it only moves in a list or a text.
    #[must_use]
    pub fn is_movement(self) -> bool {
        matches!(
            self,
            Self::Down
                | Self::Up
                | Self::ScrollDetailDown
                | Self::ScrollDetailUp
                | Self::Top
                | Self::Bottom
                | Self::HalfPageDown
                | Self::HalfPageUp
                | Self::PageDown
                | Self::PageUp
        )
    }
}

impl FromStr for Action {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|a| a.name() == name).ok_or(())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
