//! What is said about interest: orders, rules, muted papers, followed authors.

use super::Lang;

impl Lang {
    /// The mark of a paper that a rule mutes, where it is shown all the same.
    #[must_use]
    pub fn muted_mark(self) -> String {
        self.pick("muted", "静音").to_owned()
    }

    /// How many papers of the day rules fold away.
    #[must_use]
    pub fn muted(self, n: usize) -> String {
        match self {
            Self::En => format!("{n} muted"),
            Self::Zh => format!("已静音 {n}"),
        }
    }

    /// The papers that are folded away: repeats, and those that rules mute.
    #[must_use]
    pub fn folded_away(self, repeats: usize, muted: usize, dot: &str) -> String {
        let silent = match self {
            Self::En => format!("{muted} muted"),
            Self::Zh => format!("静音 {muted}"),
        };
        match (repeats, muted) {
            (_, 0) => self.repeats(repeats),
            (0, _) => silent,
            _ => format!("{} {dot} {silent}", self.repeats(repeats)),
        }
    }

    /// Muted papers were folded, or shown again.
    #[must_use]
    pub fn muted_toggled(self, is_folded: bool, n: usize) -> String {
        match (self, n, is_folded) {
            (_, 0, _) => self.pick("No rule mutes a paper here.", "这里没有被静音的论文。").to_owned(),
            (Self::En, _, true) => format!("Muted papers folded: {n}"),
            (Self::En, _, false) => format!("Muted papers shown: {n}"),
            (Self::Zh, _, true) => format!("已折叠静音 {n} 篇"),
            (Self::Zh, _, false) => format!("已展开静音 {n} 篇"),
        }
    }

    /// There is no order of interest without rules.
    #[must_use]
    pub fn no_rules(self) -> &'static str {
        self.pick(
            "No rule says what you are interested in: see [[rule]] in `wenzhai config default`.",
            "还没有兴趣规则：见 `wenzhai config default` 中的 [[rule]]。",
        )
    }

    /// Which order the list has from now on.
    #[must_use]
    pub fn order_chosen(self, label: &str) -> String {
        match self {
            Self::En => format!("Order: {label}"),
            Self::Zh => format!("排序：{label}"),
        }
    }

    /// The categories stand mixed, and the key that groups them.
    #[must_use]
    pub fn not_grouped(self, key: &str) -> String {
        match self {
            Self::En => format!("Categories are mixed in this order; {key} groups them."),
            Self::Zh => format!("此排序不分类别，{key} 按类别分组。"),
        }
    }

    /// What a rule looks for, by its key in the configuration.
    #[must_use]
    pub fn rule_kind(self, key: &str) -> String {
        let zh = match key {
            "keyword" => "关键词",
            "author" => "作者",
            "category" => "类别",
            _ => "查询",
        };
        self.pick(key, zh).to_owned()
    }

    /// Where something was found: the title.
    #[must_use]
    pub fn in_title(self) -> &'static str {
        self.pick("title", "题名")
    }

    /// The gist.
    #[must_use]
    pub fn in_gist(self) -> &'static str {
        self.pick("gist", "要旨")
    }

    /// The keywords of the paper.
    #[must_use]
    pub fn in_keywords(self) -> &'static str {
        self.pick("keywords", "关键词")
    }

    /// The takeaways.
    #[must_use]
    pub fn in_takeaways(self) -> &'static str {
        self.pick("takeaways", "要点")
    }

    /// A keyword in the title counts double.
    #[must_use]
    pub fn doubled(self) -> &'static str {
        self.pick(" (title: double)", "（题名加倍）")
    }

    /// A rule that mutes the paper.
    #[must_use]
    pub fn mutes(self) -> &'static str {
        self.pick("mute", "静音")
    }

    /// The paper is kept, so that no rule folds it away.
    #[must_use]
    pub fn muted_but_kept(self) -> &'static str {
        self.pick("kept papers are never folded away", "收藏和稍后的论文不会静音")
    }

    /// No rule is met.
    #[must_use]
    pub fn no_rule_met(self) -> &'static str {
        self.pick("No rule is met.", "没有符合的规则。")
    }

    /// The paper was seen nowhere else.
    #[must_use]
    pub fn seen_nowhere_else(self) -> &'static str {
        self.pick("Seen nowhere else so far.", "目前没有在别处见到。")
    }

    /// The title of the window that explains a paper's place.
    #[must_use]
    pub fn why_title(self) -> &'static str {
        self.pick("Why here", "为何在此")
    }

    /// Heading of the terms of a score.
    #[must_use]
    pub fn interest_heading(self) -> &'static str {
        self.pick("Interest", "兴趣")
    }

    /// Heading of where else a paper was seen.
    #[must_use]
    pub fn elsewhere_heading(self) -> &'static str {
        self.pick("Seen elsewhere", "别处又见")
    }

    /// The title of the list of authors.
    #[must_use]
    pub fn authors_title(self, n: usize) -> String {
        format!("{} {n}", self.pick("Authors", "作者"))
    }

    /// The keys of the list of authors.
    #[must_use]
    pub fn authors_hint(self, pick: &str, follow: &str, close: &str, dot: &str) -> String {
        match self {
            Self::En => format!("{pick} papers {dot} {follow} follow {dot} {close} closes"),
            Self::Zh => format!("{pick} 查论文 {dot} {follow} 关注 {dot} {close} 关闭"),
        }
    }

    /// An author that a rule raises.
    #[must_use]
    pub fn followed(self) -> &'static str {
        self.pick("followed", "已关注")
    }

    /// The paper names no author.
    #[must_use]
    pub fn no_authors(self) -> &'static str {
        self.pick("This paper names no author.", "这篇论文没有作者信息。")
    }

    /// An author is followed from now on, by a rule in `file`.
    #[must_use]
    pub fn now_followed(self, author: &str, file: &str) -> String {
        match self {
            Self::En => format!("Following {author}; the rule is in {file}"),
            Self::Zh => format!("已关注 {author}，规则写在 {file}"),
        }
    }

    /// An author was followed before, by this rule.
    #[must_use]
    pub fn followed_already(self, author: &str, rule: &str) -> String {
        match self {
            Self::En => format!("{author} is followed already, by the rule: {rule}"),
            Self::Zh => format!("已在关注 {author}，规则：{rule}"),
        }
    }

    /// A rule could not be written.
    #[must_use]
    pub fn rule_not_written(self, why: &str) -> String {
        match self {
            Self::En => format!("The rule was not written: {why}"),
            Self::Zh => format!("规则未写入：{}", self.reason(why)),
        }
    }
}
