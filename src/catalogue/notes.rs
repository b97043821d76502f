use super::Lang;

impl Lang {
    /// The heading of the user's note.
    #[must_use]
    pub fn note(self) -> String {
        self.pick("Note", "笔记").to_owned()
    }

    /// Translates what the journal says was done to tags, `tag a, untag b 3`, or to a note; nothing for other lines.
    pub(super) fn said_remarks(self, say: &str) -> Option<String> {
        let (what, count) = say.rsplit_once(' ')?;
        let tag = |part: &str| {
            let added = part.strip_prefix("tag ").map(|t| format!("+{t}"));
            added.or_else(|| part.strip_prefix("untag ").map(|t| format!("-{t}")))
        };
        let what = match what {
            "note" => self.pick("note", "笔记").to_owned(),
            "unnote" => self.pick("note removed", "删除笔记").to_owned(),
            _ => {
                let tags = what.split(", ").map(tag).collect::<Option<Vec<_>>>()?;
                format!("{} {}", self.pick("tag", "标签"), tags.join(" "))
            }
        };
        Some(match (self, count) {
            (_, "1") => what,
            (Self::En, n) => format!("{what} ({n} papers)"),
            (Self::Zh, n) => format!("{what}（{n} 篇）"),
        })
    }

    /// What was done to tags or a note, and the key that takes it back.
    #[must_use]
    pub fn remarked(self, say: &str, dot: &str, undo: &str) -> String {
        let said = self.said(say);
        match self {
            Self::En => format!("{said} {dot} {undo} undoes"),
            Self::Zh => format!("{said} {dot} {undo} 撤销"),
        }
    }

    /// A word that cannot be a tag.
    #[must_use]
    pub fn no_tag(self, word: &str) -> String {
        match self {
            Self::En => format!("Not a tag (1 to 64 characters): {word}"),
            Self::Zh => format!("不能作标签（1 至 64 个字符）：{word}"),
        }
    }

    /// Tags were taken away that no paper had.
    #[must_use]
    pub fn tags_unchanged(self) -> &'static str {
        self.pick("No tag changed.", "标签没有变化。")
    }

    /// There are no tags yet.
    #[must_use]
    pub fn no_tags_yet(self) -> &'static str {
        self.pick("no such tag yet", "新标签")
    }

    /// A note was left as it was.
    #[must_use]
    pub fn note_unchanged(self) -> &'static str {
        self.pick("The note is as it was.", "笔记没有变化。")
    }

    /// A note was not taken, and where its text is.
    #[must_use]
    pub fn note_kept(self, why: &str, path: &str) -> String {
        match self {
            Self::En => format!("Note not taken: {why}; the text is kept in {path}"),
            Self::Zh => format!("笔记未保存：{}；文本留在 {path}", self.reason(why)),
        }
    }

    /// The editor could not be used.
    #[must_use]
    pub fn no_editor(self, why: &str) -> String {
        match self {
            Self::En => format!("The editor cannot be used: {why}"),
            Self::Zh => format!("无法使用编辑器：{}", self.reason(why)),
        }
    }

    /// The user has no categories of their own.
    #[must_use]
    pub fn no_categories(self) -> &'static str {
        self.pick(
            "No categories of your own: set `categories` in config.toml.",
            "还没有自己的分类：请在 config.toml 中设 categories。",
        )
    }

    /// The list shows the user's categories only.
    #[must_use]
    pub fn my_categories(self) -> &'static str {
        self.pick("my categories", "我的分类")
    }

    /// No paper of a day is of the user's categories.
    #[must_use]
    pub fn none_of_mine(self, key: &str) -> String {
        match self {
            Self::En => format!("No paper here is of your categories. {key} shows all."),
            Self::Zh => format!("这里没有我的分类的论文，{key} 看全部。"),
        }
    }

    /// A day is read already.
    #[must_use]
    pub fn nothing_unread(self) -> &'static str {
        self.pick("Nothing is unread on this day.", "这一天没有未读的论文。")
    }
}
