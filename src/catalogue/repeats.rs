use super::Lang;

impl Lang {
    /// How many papers of the list are folded away.
    #[must_use]
    pub fn repeats(self, n: usize) -> String {
        match self {
            Self::En if n == 1 => "1 repeat".to_owned(),
            Self::En => format!("{n} repeats"),
            Self::Zh => format!("重复 {n}"),
        }
    }

    /// The key, or the keys, that show the folded papers.
    #[must_use]
    pub fn unfold(self, keys: &str, are_several: bool) -> String {
        let show = if are_several { "show them" } else { "shows them" };
        format!("{keys} {}", self.pick(show, "展开"))
    }

    /// How many papers of the day are folded away.
    #[must_use]
    pub fn folded(self, n: usize) -> String {
        match self {
            Self::En => format!("{n} folded"),
            Self::Zh => format!("已折叠 {n}"),
        }
    }

    /// Repeats were folded, or shown again.
    #[must_use]
    pub fn repeats_toggled(self, is_folded: bool, n: usize) -> String {
        match (self, n, is_folded) {
            (_, 0, _) => self.pick("There are no repeats here.", "这里没有重复的论文。").to_owned(),
            (Self::En, _, true) => format!("Repeats folded: {n}"),
            (Self::En, _, false) => format!("Repeats shown: {n}"),
            (Self::Zh, _, true) => format!("已折叠重复 {n} 篇"),
            (Self::Zh, _, false) => format!("已展开重复 {n} 篇"),
        }
    }

    /// Where a paper was seen before: a day.
    #[must_use]
    pub fn seen_on(self, day: &str) -> String {
        format!("{} {day}", self.pick("seen", "又见"))
    }

    /// Where else a paper stands: categories, or days with them.
    #[must_use]
    pub fn also(self, places: &[String]) -> String {
        format!("{} {}", self.pick("also", "又见"), places.join(self.pick(", ", "，")))
    }

    /// Which of the differing texts of a paper is shown.
    #[must_use]
    pub fn version(self, at: usize, all: usize) -> String {
        format!("{} {at}/{all}", self.pick("Text", "文本"))
    }

    /// No record of a paper says anything else.
    #[must_use]
    pub fn no_other_version(self) -> &'static str {
        self.pick("No other text of this paper is known.", "没有这篇论文的不同文本。")
    }

    /// The label of where else a paper stands.
    #[must_use]
    pub fn other_records(self) -> String {
        self.pick("Other records", "其他记录").to_owned()
    }

    /// A record of the same paper says something else.
    #[must_use]
    pub fn other_text(self) -> &'static str {
        self.pick("other text", "文本不同")
    }
}
