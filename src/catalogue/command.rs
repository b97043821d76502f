//! What is said about a command.

use super::Lang;

impl Lang {
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
            Self::Zh => format!("应为：{what}"),
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
