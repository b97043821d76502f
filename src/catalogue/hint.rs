use super::Lang;

/// Words of key hints in the status line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Bookmark.
    Bookmark,
    /// Later.
    Later,
    /// Dismiss.
    Dismiss,
    /// Dismiss what is left of the page.
    Sweep,
    /// Letters on the rows.
    Letters,
    /// Begin or end a range.
    Range,
    /// Drop the selection.
    Unselect,
    /// Undo.
    Undo,
    /// Filter.
    Filter,
    /// Help.
    Help,
    /// Read the paper.
    Open,
    /// Scroll the other pane.
    Scroll,
    /// Tabs.
    Tabs,
    /// Older and newer dates.
    Days,
    /// Next page or paper.
    Page,
    /// Neighbouring papers.
    Neighbours,
    /// Back.
    Back,
    /// Quit.
    Quit,
    /// Keep the filter.
    Keep,
    /// Clear the input.
    Clear,
    /// Complete the word.
    Complete,
    /// What was typed before.
    History,
    /// Move in the list.
    Move,
    /// Panes.
    Panes,
    /// Open a day.
    OpenDay,
    /// What went wrong.
    Log,
    /// Clear the filter.
    ClearFilter,
    /// Search all dates.
    Search,
    /// Change what is searched for.
    ChangeQuery,
    /// Open the day of a paper.
    ToDay,
    /// The list of what was found.
    Results,
    /// Saved queries.
    Queries,
    /// Find in the text.
    Find,
    /// Next and previous hit.
    Hits,
    /// Both languages sentence by sentence.
    Bilingual,
    /// Sentences of the bilingual view.
    Sentences,
    /// The next undecided paper.
    NextUndecided,
    /// The top of a list or text.
    Top,
    /// The date list.
    DateList,
    /// The paper list.
    PaperList,
    /// Copy.
    Copy,
    /// Open a link.
    OpenLink,
    /// Export.
    Export,
    /// All links.
    Links,
    /// Repeats, folded or shown.
    Repeats,
    /// Papers that rules mute, folded or shown.
    Muted,
    /// Other versions of a text.
    Versions,
    /// Run what is chosen.
    Run,
    /// What days are measured by.
    Measure,
    /// What stands below the calendar.
    Section,
    /// A week back and on.
    Weeks,
    /// The user's own shell.
    OwnShell,
    /// The form of what a command gets.
    Form,
    /// Take back the keys typed so far.
    TakeBack,
}

impl Lang {
    /// The word beside a key in the status line.
    #[must_use]
    pub fn hint(self, hint: Hint) -> &'static str {
        let (en, zh) = match hint {
            Hint::Bookmark => ("bookmark", "收藏"),
            Hint::Later => ("later", "稍后"),
            Hint::Dismiss => ("dismiss", "略过"),
            Hint::Sweep => ("sweep", "清屏"),
            Hint::Letters => ("jump", "跳"),
            Hint::Range => ("range", "连选"),
            Hint::Unselect => ("unselect", "取消选中"),
            Hint::Undo => ("undo", "撤销"),
            Hint::Filter => ("filter", "筛选"),
            Hint::Help => ("help", "帮助"),
            Hint::Open => ("read", "细读"),
            Hint::Scroll => ("scroll", "滚正文"),
            Hint::Tabs => ("tabs", "标签"),
            Hint::Days => ("dates", "换日"),
            Hint::Page => ("page, then next", "翻页/下一篇"),
            Hint::Neighbours => ("papers", "上下篇"),
            Hint::Back => ("back", "返回"),
            Hint::Quit => ("quit", "退出"),
            Hint::Keep => ("keep", "保留"),
            Hint::Clear => ("clear", "清除"),
            Hint::Complete => ("complete", "补全"),
            Hint::History => ("earlier", "历史"),
            Hint::Move => ("move", "移动"),
            Hint::Panes => ("panes", "换窗格"),
            Hint::OpenDay => ("open", "打开"),
            Hint::Log => ("problems", "问题"),
            Hint::ClearFilter => ("clear filter", "清除筛选"),
            Hint::Find => ("find", "查找"),
            Hint::Hits => ("hits", "匹配处"),
            Hint::Bilingual => ("bilingual", "双语"),
            Hint::Sentences => ("sentences", "逐句"),
            Hint::NextUndecided => ("next undecided", "下一篇未定"),
            Hint::Top => ("top", "到顶部"),
            Hint::DateList => ("date list", "日期列表"),
            Hint::PaperList => ("paper list", "论文列表"),
            Hint::Search => ("search all", "全库搜索"),
            Hint::ChangeQuery => ("query", "改查询"),
            Hint::ToDay => ("its day", "到该日"),
            Hint::Results => ("results", "到结果"),
            Hint::Queries => ("saved queries", "保存的查询"),
            Hint::Copy => ("copy", "复制"),
            Hint::OpenLink => ("open", "打开"),
            Hint::Export => ("export", "导出"),
            Hint::Links => ("links", "链接"),
            Hint::Repeats => ("repeats", "重复"),
            Hint::Muted => ("muted", "静音"),
            Hint::Versions => ("other text", "不同文本"),
            Hint::Run => ("run", "执行"),
            Hint::Measure => ("measure", "换指标"),
            Hint::Section => ("section", "换栏"),
            Hint::Weeks => ("week", "换周"),
            Hint::OwnShell => ("shell", "打开 shell"),
            Hint::Form => ("form", "换格式"),
            Hint::TakeBack => ("cancel", "取消"),
        };
        self.pick(en, zh)
    }

    /// The name of a key in a key hint; keys without a word of their own are returned as they are.
    #[must_use]
    pub fn key_name(self, key: &str) -> &str {
        match (self, key) {
            (Self::Zh, "Enter") => "回车",
            (Self::Zh, "Space") => "空格",
            (Self::En, "Enter") => "Enter",
            _ => key,
        }
    }
}
