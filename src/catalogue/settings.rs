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
