//! What is said about a command.

use super::Lang;

impl Lang {
    /// Heading of the commands in the help.
    #[must_use]
    pub fn commands_heading(self) -> &'static str {
        self.pick("What : understands", "命令（:）")
    }

    /// A list without papers.
    #[must_use]
    pub fn no_paper_here(self) -> &'static str {
        self.pick("There is no paper here.", "这里没有论文。")
    }

    /// A day without a digest; the oldest and the newest there are.
    #[must_use]
    pub fn no_such_day(self, day: &str, ends: Option<(String, String)>) -> String {
        match (self, ends) {
            (Self::En, None) => format!("No digest of {day}."),
            (Self::Zh, None) => format!("没有 {day} 的文摘。"),
            (Self::En, Some((from, to))) => {
                format!("No digest of {day}; there are some from {from} to {to}.")
            }
            (Self::Zh, Some((from, to))) => format!("没有 {day} 的文摘，现有 {from} 至 {to}。"),
        }
    }

    /// No paper of the list meets a query.
    #[must_use]
    pub fn none_meets(self, query: &str) -> String {
        match self {
            Self::En => format!("No paper of the list meets “{query}”; nothing was decided."),
            Self::Zh => format!("列表中没有符合“{query}”的论文，未作任何决定。"),
        }
    }

    /// All papers that meet a query are decided so already.
    #[must_use]
    pub fn all_are_so(self, n: usize) -> String {
        match self {
            Self::En => format!("Nothing to change: {} so already.", self.papers(n)),
            Self::Zh => format!("无需改动：{}已是如此。", self.papers(n)),
        }
    }

    /// How many papers of the list meet the query that is typed.
    #[must_use]
    pub fn so_many_meet(self, n: usize) -> String {
        match self {
            Self::En => format!("{} of the list", self.papers(n)),
            Self::Zh => format!("列表中 {}", self.papers(n)),
        }
    }

    /// A setting was changed.
    #[must_use]
    pub fn setting_is(self, name: &str, value: &str) -> String {
        match self {
            Self::En => format!("{name} = {value}, until the reader is left"),
            Self::Zh => format!("{name} = {value}，退出前有效"),
        }
    }

    /// A step of a key could not be carried out, and those after it were not.
    #[must_use]
    pub fn step_failed(self, at: usize, all: usize, step: &str, why: &str) -> String {
        match self {
            Self::En => format!("Stopped at step {at} of {all} ({step}): {why}"),
            Self::Zh => format!("停在第 {at}/{all} 步（{step}）：{why}"),
        }
    }

    /// No day holds what is typed.
    #[must_use]
    pub fn no_such_days(self) -> &'static str {
        self.pick("no such day", "没有符合的日期")
    }

    /// Nothing was typed.
    #[must_use]
    pub fn command_wants_name(self) -> String {
        self.pick("expected a command", "此处应为命令").to_owned()
    }

    /// There is no such command.
    #[must_use]
    pub fn command_unknown(self, name: &str, near: Option<&str>) -> String {
        match (self, near) {
            (Self::En, None) => format!("no command {name}"),
            (Self::Zh, None) => format!("没有命令 {name}"),
            (Self::En, Some(near)) => format!("no command {name}; did you mean {near}?"),
            (Self::Zh, Some(near)) => format!("没有命令 {name}；是否为 {near}"),
        }
    }

    /// A number that no paper has.
    #[must_use]
    pub fn command_wants_number(self) -> String {
        self.pick("expected a number from 1", "应为从 1 起的数字").to_owned()
    }

    /// No day.
    #[must_use]
    pub fn command_wants_day(self) -> String {
        self.pick(
            "expected a date: 2025-04-03, 04-03, 2025-04, today, yesterday",
            "应为日期：2025-04-03、04-03、2025-04、today、yesterday",
        )
        .to_owned()
    }

    /// None of the words that can stand here.
    #[must_use]
    pub fn command_wants_one_of(self, words: &[&str]) -> String {
        match self {
            Self::En => format!("expected one of {}", words.join(", ")),
            Self::Zh => format!("应为 {} 之一", words.join("、")),
        }
    }

    /// What can stand here.
    #[must_use]
    pub fn command_wants(self, what: &str) -> String {
        match self {
            Self::En => format!("expected {what}"),
            Self::Zh => format!("应为：{}", self.reason(what).trim_start()),
        }
    }

    /// A query is missing.
    #[must_use]
    pub fn command_wants_query(self) -> String {
        self.pick("expected a query, as after /", "应为筛选条件，写法同 /").to_owned()
    }

    /// No tag.
    #[must_use]
    pub fn command_wants_tag(self) -> String {
        self.pick("expected a tag, +tag or -tag", "应为标签、+标签 或 -标签").to_owned()
    }

    /// No setting that can be changed.
    #[must_use]
    pub fn command_unknown_setting(self, name: &str, near: Option<&str>) -> String {
        let near = near.unwrap_or_default();
        match self {
            Self::En => format!("no setting {name} to change here; did you mean {near}?"),
            Self::Zh => format!("没有可改的设置 {name}；是否为 {near}"),
        }
    }

    /// More than the command takes.
    #[must_use]
    pub fn command_wants_end(self) -> String {
        self.pick("expected the end of the command", "命令应到此结束").to_owned()
    }
}
