use super::Lang;

/// How many papers of a day went where, and how long that took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayEnd {
    /// All papers.
    pub all: usize,
    /// Bookmarked.
    pub bookmarked: usize,
    /// Kept for later.
    pub later: usize,
    /// Dismissed.
    pub dismissed: usize,
    /// Minutes of deciding; none when all was decided at once.
    pub minutes: Option<i64>,
}

impl Lang {
    /// What a bulk verdict did, and the key that takes it back. `say` is the journal's stable English: `dismiss 23`.
    #[must_use]
    pub fn decided_together(self, say: &str, dot: &str, undo: &str) -> String {
        let (verb, count) = say.split_once(' ').unwrap_or((say, ""));
        let done = match verb {
            "bookmark" => "Bookmarked",
            "later" => "Kept for later:",
            "dismiss" => "Dismissed",
            "undecide" => "Verdict taken back:",
            "read" => "Marked as read:",
            "unread" => "Marked as unread:",
            _ => verb,
        };
        match self {
            Self::En => format!("{done} {count} {dot} {undo} undoes"),
            Self::Zh => format!("{} {dot} {undo} 撤销", self.said(say)),
        }
    }

    /// Why a verdict on several papers took it back instead.
    #[must_use]
    pub fn all_had_it(self, papers: usize) -> String {
        match self {
            Self::En => format!("All {papers} had this verdict"),
            Self::Zh => format!("{papers} 篇原已如此"),
        }
    }

    /// The line at the end of a day; what no paper got is left out.
    #[must_use]
    pub fn day_end(self, end: DayEnd, arrow: &str, dot: &str) -> String {
        let DayEnd { all, bookmarked, later, dismissed, minutes } = end;
        let part = |n: usize, en: &str, zh: &str| match self {
            _ if n == 0 => None,
            Self::En => Some(format!("{n} {en}")),
            Self::Zh => Some(format!("{zh} {n}")),
        };
        let parts = [
            part(bookmarked, "bookmarked", "收藏"),
            part(later, "later", "稍后"),
            part(dismissed, "dismissed", "略过"),
        ];
        let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(self.pick(", ", "，"));
        let counts = match self {
            Self::En => format!("{all} {arrow} {parts}"),
            Self::Zh => format!("{all} 篇 {arrow} {parts}"),
        };
        match (self, minutes) {
            (_, None) => counts,
            (Self::En, Some(n)) => format!("{counts} {dot} {n} min"),
            (Self::Zh, Some(n)) => format!("{counts} {dot} {n} 分钟"),
        }
    }

    /// A sweep of a page that was not on the screen when the key was typed.
    #[must_use]
    pub fn too_early(self) -> &'static str {
        self.pick(
            "Typed before this page was on the screen; nothing was dismissed.",
            "按键时这一页还没有显示，未略过任何论文。",
        )
    }

    /// A sweep where nothing is undecided.
    #[must_use]
    pub fn nothing_to_sweep(self) -> &'static str {
        self.pick("Nothing is undecided here.", "这里没有未定的论文。")
    }

    /// Every paper in that direction is decided, on all days; in the other direction `others` in the list are not.
    #[must_use]
    pub fn no_undecided_beyond(self, is_forward: bool, others: usize) -> String {
        let (none, where_else) = if is_forward {
            let none = "No undecided paper below, nor on an older day.";
            (self.pick(none, "后面和更早的日期都没有未定的论文。"), self.pick("above", "前面"))
        } else {
            let none = "No undecided paper above, nor on a newer day.";
            (self.pick(none, "前面和更新的日期都没有未定的论文。"), self.pick("below", "后面"))
        };
        match (self, others) {
            (_, 0) => none.to_owned(),
            (Self::En, n) => format!("{none} {where_else}: {n}"),
            (Self::Zh, n) => format!("{none}{where_else}还有 {n} 篇"),
        }
    }

    /// Every paper in that direction is decided, of those the filter shows.
    #[must_use]
    pub fn no_undecided_filtered(self, is_forward: bool) -> &'static str {
        if is_forward {
            self.pick("No undecided paper below with this filter.", "筛选结果后面没有未定的论文。")
        } else {
            self.pick("No undecided paper above with this filter.", "筛选结果前面没有未定的论文。")
        }
    }

    /// A day is being read to look for an undecided paper.
    #[must_use]
    pub fn looking_at(self, date: &str) -> String {
        match self {
            Self::En => format!("Looking for an undecided paper: {date}"),
            Self::Zh => format!("正在找未定的论文：{date}"),
        }
    }

    /// There is no category in that direction.
    #[must_use]
    pub fn no_group_beside(self, is_next: bool) -> &'static str {
        if is_next {
            self.pick("This is the last category.", "已是最后一个分类。")
        } else {
            self.pick("This is the first category.", "已是第一个分类。")
        }
    }

    /// Which papers the list shows.
    #[must_use]
    pub fn view(self, label: &str) -> String {
        match self {
            Self::En => format!("view {label}"),
            Self::Zh => format!("视图 {label}"),
        }
    }

    /// A view without papers, and the key that shows all.
    #[must_use]
    pub fn empty_view(self, label: &str, all: &str) -> String {
        match self {
            Self::En => format!("No paper of this day is {label}. {all} shows all."),
            Self::Zh => format!("这一天没有“{label}”的论文，{all} 看全部。"),
        }
    }

    /// A decision came back on a paper that the filter, or else the view, hides.
    #[must_use]
    pub fn not_shown(self, is_by_view: bool) -> String {
        let what = if is_by_view {
            self.pick("not in this view", "不在此视图中")
        } else {
            self.pick("hidden by the filter", "被筛选隐藏")
        };
        what.to_owned()
    }

    /// The pane cannot be made wider or narrower: no other stands beside it.
    #[must_use]
    pub fn pane_alone(self) -> &'static str {
        self.pick("no other pane stands beside this one", "旁边没有别的窗格")
    }

    /// The pane is as wide, or as narrow, as can be.
    #[must_use]
    pub fn pane_at_its_end(self, is_wide: bool) -> &'static str {
        if is_wide {
            self.pick("this pane cannot be wider", "此窗格已是最宽")
        } else {
            self.pick("this pane cannot be narrower", "此窗格已是最窄")
        }
    }

    /// How many papers are selected.
    #[must_use]
    pub fn selected(self, n: usize) -> String {
        match self {
            Self::En => format!("{n} selected"),
            Self::Zh => format!("已选 {n}"),
        }
    }

    /// How to use the letters on the rows.
    #[must_use]
    pub fn letters(self, typed: &str, dot: &str, ellipsis: &str) -> String {
        let what = match self {
            Self::En => format!("letter: go there {dot} capital: bookmark {dot} Esc leaves"),
            Self::Zh => format!("字母跳到 {dot} 大写收藏 {dot} Esc 离开"),
        };
        if typed.is_empty() { what } else { format!("{typed}{ellipsis}  {what}") }
    }

    /// What is undecided, bookmarked and kept for later over all days; `is_whole` when all days were counted.
    #[must_use]
    pub fn overall(self, undecided: usize, is_whole: bool) -> String {
        let more = if is_whole { "" } else { "+" };
        match self {
            Self::En => format!("{undecided}{more} undecided in all"),
            Self::Zh => format!("共未定 {undecided}{more}"),
        }
    }
}
