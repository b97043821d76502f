//! The words of the page of statistics and of `wenzhai stats`.

use super::Lang;

/// A label of the statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The page.
    Statistics,
    /// Papers a day.
    Papers,
    /// The share of a day that is decided.
    Decided,
    /// Papers decided on a day.
    Pace,
    /// The section on pace.
    PaceSection,
    /// The section on words.
    WordsSection,
    /// The section on categories.
    CategoriesSection,
    /// Nothing of a day.
    ShareNone,
    /// Less than half of it.
    ShareSome,
    /// Half of it or more.
    ShareMost,
    /// All of it.
    ShareAll,
    /// A day that is decided in part.
    Half,
    /// A weekday without a digest.
    Missing,
    /// A day that was not counted yet.
    Unknown,
    /// A day without a digest.
    NoDigest,
    /// A day whose digests cannot be read.
    Unreadable,
    /// How many were decided.
    DecidedRow,
    /// How fast.
    SpeedRow,
    /// What is left.
    LeftRow,
    /// What was kept.
    KeptRow,
    /// How days stand.
    DaysRow,
    /// Papers of the week.
    Week,
    /// Papers that the month would lead one to expect.
    Usual,
    /// Papers of the last 30 days.
    Recent,
    /// Papers of all days.
    All,
    /// The share of the decided ones that was kept.
    Kept,
    /// Digests without a category.
    NoCategory,
    /// No pace yet.
    NoPace,
    /// No month to hold the week against.
    NoMonth,
    /// No word rises.
    NoRise,
    /// Nothing to count.
    Nothing,
}

impl Lang {
    /// A label of the statistics.
    #[must_use]
    pub fn figure(self, figure: Figure) -> &'static str {
        let (en, zh) = match figure {
            Figure::Statistics => ("Statistics", "统计"),
            Figure::Papers => ("papers", "篇数"),
            Figure::Decided => ("share decided", "已定比例"),
            Figure::Pace => ("decisions made", "当日决定"),
            Figure::PaceSection => ("Pace", "进度"),
            Figure::WordsSection => ("Rising words", "上升词"),
            Figure::CategoriesSection => ("Categories", "分类"),
            Figure::ShareNone => ("none", "未定"),
            Figure::ShareSome => ("under half", "不到一半"),
            Figure::ShareMost => ("half or more", "一半以上"),
            Figure::ShareAll => ("all", "全部"),
            Figure::Half => ("half read", "读了一部分"),
            Figure::Missing => ("missing", "缺失"),
            Figure::Unknown => ("not counted yet", "尚未统计"),
            Figure::NoDigest => ("no digest", "没有文摘"),
            Figure::Unreadable => ("cannot be read", "读不出"),
            Figure::DecidedRow => ("Decided", "已决定"),
            Figure::SpeedRow => ("Speed", "速度"),
            Figure::LeftRow => ("Left", "待处理"),
            Figure::KeptRow => ("Kept", "留下"),
            Figure::DaysRow => ("Days", "日期"),
            Figure::Week => ("week", "本周"),
            Figure::Usual => ("usual", "往常"),
            Figure::Recent => ("30 days", "近 30 天"),
            Figure::All => ("all", "总计"),
            Figure::Kept => ("kept", "留下"),
            Figure::NoCategory => ("none", "无分类"),
            Figure::NoPace => ("unknown until some are decided", "尚不清楚：先处理一些论文"),
            Figure::NoMonth => ("No earlier weeks to compare with.", "没有更早的几周可比。"),
            Figure::NoRise => ("No word stands out this week.", "本周没有突出的词。"),
            Figure::Nothing => ("Nothing to count yet.", "还没有可统计的内容。"),
        };
        self.pick(en, zh)
    }

    /// The days of the week in two cells, Monday being 0.
    #[must_use]
    pub fn weekday_short(self, from_monday: usize) -> &'static str {
        const EN: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
        const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
        let names = match self {
            Self::En => EN,
            Self::Zh => ZH,
        };
        names.get(from_monday).copied().unwrap_or_default()
    }

    /// The name of a month, 1 to 12, in at most 4 cells.
    #[must_use]
    pub fn month_short(self, month: i8) -> String {
        const EN: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        match self {
            Self::En => {
                let at = usize::try_from(month - 1).unwrap_or_default();
                EN.get(at).copied().unwrap_or_default().to_owned()
            }
            Self::Zh => format!("{month}月"),
        }
    }

    /// How far the count is.
    #[must_use]
    pub fn counted_so_far(self, counted: usize, all: usize, ellipsis: &str) -> String {
        match self {
            Self::En => format!("{counted} of {all} days{ellipsis}"),
            Self::Zh => format!("已统计 {counted} / {all} 天{ellipsis}"),
        }
    }

    /// How many days there are.
    #[must_use]
    pub fn days(self, n: usize) -> String {
        match self {
            Self::En if n == 1 => "1 day".to_owned(),
            Self::En => format!("{n} days"),
            Self::Zh => format!("{n} 天"),
        }
    }

    /// A length of time in minutes.
    #[must_use]
    pub fn minutes(self, minutes: usize) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        match (self, hours) {
            (Self::En, 0) => format!("{rest} min"),
            (Self::Zh, 0) => format!("{rest} 分钟"),
            (Self::En, h) if rest == 0 => format!("{h} h"),
            (Self::Zh, h) if rest == 0 => format!("{h} 小时"),
            (Self::En, h) => format!("{h} h {rest} min"),
            (Self::Zh, h) => format!("{h} 小时 {rest} 分"),
        }
    }

    /// An estimate of a length of time in minutes.
    #[must_use]
    pub fn about(self, minutes: usize) -> String {
        match self {
            Self::En => format!("about {}", self.minutes(minutes)),
            Self::Zh => format!("约 {}", self.minutes(minutes)),
        }
    }

    /// The last days.
    #[must_use]
    pub fn last_days(self, n: usize) -> String {
        match self {
            Self::En => format!("{n} days"),
            Self::Zh => format!("近 {n} 天"),
        }
    }

    /// What `n` in so many days are a day, with one decimal.
    #[must_use]
    pub fn a_day(self, n: usize, days: usize) -> String {
        let tenths = (n * 10 + days / 2).checked_div(days).unwrap_or_default();
        let (whole, tenths) = (tenths / 10, tenths % 10);
        match self {
            Self::En => format!("{whole}.{tenths} a day"),
            Self::Zh => format!("每天 {whole}.{tenths}"),
        }
    }

    /// So many papers an hour.
    #[must_use]
    pub fn an_hour(self, n: usize) -> String {
        match self {
            Self::En => format!("{n} papers an hour"),
            Self::Zh => format!("每小时 {n} 篇"),
        }
    }

    /// How long and how often somebody sat down to it.
    #[must_use]
    pub fn sittings(self, minutes: usize, n: usize) -> String {
        match self {
            Self::En if n == 1 => format!("{} in one sitting", self.minutes(minutes)),
            Self::En => format!("{} in {n} sittings", self.minutes(minutes)),
            Self::Zh => format!("{n} 次，共 {}", self.minutes(minutes)),
        }
    }

    /// How many were kept of those decided.
    #[must_use]
    pub fn kept_of(self, kept: usize, decided: usize) -> String {
        let percent = (kept * 100 + decided / 2).checked_div(decided).unwrap_or_default();
        match self {
            Self::En => format!("{kept} of {decided} decided, {percent} %"),
            Self::Zh => format!("{kept} / 已定 {decided}，{percent}%"),
        }
    }

    /// How many days are decided, decided in part, untouched and missing; those that are none are left out.
    #[must_use]
    pub fn day_counts(self, done: usize, half: usize, untouched: usize, missing: usize, dot: &str) -> String {
        let parts = [
            (done, self.pick("done", "已定完")),
            (half, self.pick("half read", "读了一部分")),
            (untouched, self.pick("untouched", "未动")),
            (missing, self.pick("missing", "缺失")),
        ];
        let shown = parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| match self {
            Self::En => format!("{n} {word}"),
            Self::Zh => format!("{word} {n}"),
        });
        shown.collect::<Vec<_>>().join(&format!(" {dot} "))
    }

    /// What the week's words are held against.
    #[must_use]
    pub fn week_against_month(self, week: u32, month: u32) -> String {
        match self {
            Self::En => format!("{week} papers, {month} in 4 weeks before"),
            Self::Zh => format!("本周 {week} 篇，此前四周 {month} 篇"),
        }
    }

    /// Digests of a day that cannot be read.
    #[must_use]
    pub fn digests_unread(self, n: usize) -> String {
        match self {
            Self::En if n == 1 => "1 digest cannot be read".to_owned(),
            Self::En => format!("{n} digests cannot be read"),
            Self::Zh => format!("{n} 份文摘读不出"),
        }
    }

    /// There is nothing to go to.
    #[must_use]
    pub fn no_digest_on(self, date: &str) -> String {
        match self {
            Self::En => format!("There is no digest of {date}."),
            Self::Zh => format!("{date} 没有文摘。"),
        }
    }

    /// A verb does not work on the page of statistics.
    #[must_use]
    pub fn not_in_statistics(self, help: &str) -> String {
        match self {
            Self::En => format!("{help}: not here, q goes back."),
            Self::Zh => format!("{help}：统计页不能用，按 q 返回。"),
        }
    }
}
