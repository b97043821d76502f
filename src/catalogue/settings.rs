use super::Lang;

impl Lang {
    /// The settings were read again; those in `waiting` count from the next start on.
    #[must_use]
    pub fn settings_read(self, waiting: &[&str], dot: &str) -> String {
        let read = self.pick("Settings read again", "配置已重新读取");
        if waiting.is_empty() {
            return read.to_owned();
        }
        match self {
            Self::En => format!("{read} {dot} from the next start on: {}", waiting.join(", ")),
            Self::Zh => format!("{read} {dot} 下次启动生效：{}", waiting.join("、")),
        }
    }

    /// Something in the settings cannot be used, and so many other things, which the key `log` lists.
    #[must_use]
    pub fn settings_wrong(self, what: &str, more: usize, log: &str) -> String {
        match (self, more) {
            (_, 0) => what.to_owned(),
            (Self::En, _) => format!("{what} (and {more} more, {log})"),
            (Self::Zh, _) => format!("{what}（另有 {more} 处，{log}）"),
        }
    }

    /// The first line of the commented configuration.
    #[must_use]
    pub fn about_configuration(self) -> &'static str {
        self.pick(
            "The configuration of wenzhai. `#` before a setting: it has this value by default.",
            "wenzhai 的配置。设置前有 `#`：默认就是这个值。",
        )
    }

    /// Above the archives of the commented configuration.
    #[must_use]
    pub fn about_archives(self) -> &'static str {
        self.pick(
            "The archives to open when none is named; as many sections as there are archives.",
            "命令行没有写目录时打开的目录，每个目录一段。",
        )
    }

    /// Above the saved queries of the commented configuration.
    #[must_use]
    pub fn about_queries(self) -> &'static str {
        self.pick(
            "Saved queries, listed by `ff` and above the dates.",
            "保存的查询，列在 `ff` 中和日期之上。",
        )
    }

    /// Above the rules of the commented configuration.
    #[must_use]
    pub fn about_rules(self) -> &'static str {
        self.pick(
            "Rules of interest, as many sections as there are rules. Each has one of the first four keys.",
            "兴趣规则，每条一段，各有前四个键之一。",
        )
    }

    /// Why a verb that writes does nothing.
    #[must_use]
    pub fn read_only(self) -> &'static str {
        self.pick("Read only (--read-only): nothing is written", "只读（--read-only）：不作任何写入")
    }

    /// Beside the place in the list, while nothing is written.
    #[must_use]
    pub fn read_only_mark(self) -> &'static str {
        self.pick("read only", "只读")
    }
}
