//! What is said of a search over all dates, and of saved queries.

use super::Lang;

impl Lang {
    /// What the search is called, in the first line and in the input.
    #[must_use]
    pub fn all_dates(self) -> &'static str {
        self.pick("all dates", "全库")
    }

    /// The heading of what was found in titles; of what was found in texts.
    #[must_use]
    pub fn found_in(self, is_in_titles: bool) -> &'static str {
        if is_in_titles {
            self.pick("Titles, gists, authors", "题名、要旨、作者")
        } else {
            self.pick("Texts", "正文")
        }
    }

    /// How many papers are found so far, by titles and by texts; a number that is not known yet is a mark.
    #[must_use]
    pub fn found_so_far(self, titles: &str, texts: &str, dot: &str) -> String {
        match self {
            Self::En => format!("{titles} in titles {dot} {texts} in texts"),
            Self::Zh => format!("题名 {titles} {dot} 正文 {texts}"),
        }
    }

    /// On how many days papers were found.
    #[must_use]
    pub fn on_days(self, n: usize) -> String {
        match self {
            Self::En if n == 1 => "1 day".to_owned(),
            Self::En => format!("{n} days"),
            Self::Zh => format!("{n} 天"),
        }
    }

    /// Nothing is typed yet.
    #[must_use]
    pub fn search_what(self) -> &'static str {
        self.pick(
            "Type what to look for in all dates: words, \"phrase\", author:, date:2025-04, is:bookmarked",
            "输入要在全部日期中查找的内容：词、\"短语\"、author:、date:2025-04、is:bookmarked",
        )
    }

    /// A search is under way that has found nothing so far.
    #[must_use]
    pub fn searching(self, ellipsis: &str) -> String {
        format!("{}{ellipsis}", self.pick("Searching", "搜索中"))
    }

    /// A search has found nothing.
    #[must_use]
    pub fn found_nothing(self, query: &str) -> String {
        match self {
            Self::En => format!("No paper of any date matches “{query}”."),
            Self::Zh => format!("全部日期中没有匹配“{query}”的论文。"),
        }
    }

    /// None of what was found belongs in the view.
    #[must_use]
    pub fn found_none_of(self, view: &str, key: &str) -> String {
        match self {
            Self::En => format!("Nothing found is in the view “{view}”. {key} shows all."),
            Self::Zh => format!("搜索结果中没有“{view}”的论文，{key} 看全部。"),
        }
    }

    /// A search could not be carried out.
    #[must_use]
    pub fn search_failed(self, why: &str) -> String {
        match self {
            Self::En => format!("The search failed: {why}"),
            Self::Zh => format!("搜索失败：{}", self.reason(why)),
        }
    }

    /// Papers were found that are not listed.
    #[must_use]
    pub fn more_found(self, n: usize) -> String {
        match self {
            Self::En => format!("{n} more were found; one more word narrows them"),
            Self::Zh => format!("另有 {n} 篇未列出，再加一个词可缩小范围"),
        }
    }

    /// The day of a paper that was found is there no more.
    #[must_use]
    pub fn day_is_gone(self) -> &'static str {
        self.pick("The day of this paper is not in the archive any more.", "这篇论文所在的日期已不在库中。")
    }

    /// A paper that was found is in its digest no more.
    #[must_use]
    pub fn not_here_any_more(self) -> &'static str {
        self.pick("The digest does not have this paper any more.", "文摘中已没有这篇论文。")
    }

    /// A paper that was found is shown in its day.
    #[must_use]
    pub fn back_to_search(self, key: &str) -> String {
        match self {
            Self::En => format!("{key} goes back to what was found."),
            Self::Zh => format!("{key} 回到搜索结果。"),
        }
    }

    /// A verb cannot be done in what was found.
    #[must_use]
    pub fn not_in_results(self) -> &'static str {
        self.pick(
            "Not in what was found: only in the list of a day.",
            "搜索结果中不能这样做，请在某一天的列表中使用。",
        )
    }

    /// Nothing undecided is left beside the cursor in what was found.
    #[must_use]
    pub fn no_undecided_found(self, is_forward: bool) -> &'static str {
        if is_forward {
            self.pick("No undecided paper below in what was found.", "搜索结果后面没有未定的论文。")
        } else {
            self.pick("No undecided paper above in what was found.", "搜索结果前面没有未定的论文。")
        }
    }

    /// The title of the list of saved queries.
    #[must_use]
    pub fn queries_title(self) -> String {
        self.pick("Saved queries: undecided / all", "保存的查询：未定 / 全部").to_owned()
    }

    /// The last line of the list of saved queries.
    #[must_use]
    pub fn queries_hint(self, pick: &str, close: &str, dot: &str) -> String {
        match self {
            Self::En => format!("{pick} search {dot} {close} close"),
            Self::Zh => format!("{pick} 搜索 {dot} {close} 关闭"),
        }
    }
}
