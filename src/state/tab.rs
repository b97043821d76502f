use crate::action::{Action, Context};
use crate::catalogue::Lang;
use crate::keymap::Keymap;
use crate::model::Paper;
use crate::text;

/// A tab of the detail pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Takeaways, Chinese and English in one scroll.
    All,
    /// The English abstract.
    English,
    /// The Chinese translation.
    Chinese,
    /// The summary.
    Summary,
    /// The key takeaways: what a new user sees first.
    #[default]
    Takeaways,
    /// All other fields.
    More,
}

impl Tab {
    /// All tabs in the order of their digits.
    pub const ALL: [Self; 6] =
        [Self::All, Self::English, Self::Chinese, Self::Summary, Self::Takeaways, Self::More];

    /// The stable name, as in the session file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::English => "en",
            Self::Chinese => "zh",
            Self::Summary => "summary",
            Self::Takeaways => "takeaways",
            Self::More => "more",
        }
    }

    /// Finds a tab by its stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }

    /// The label on screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> String {
        match self {
            Self::All => lang.tab_all(),
            Self::English => lang.tab_english(),
            Self::Chinese => lang.tab_chinese(),
            Self::Summary => lang.tab_summary(),
            Self::Takeaways => lang.tab_takeaways(),
            Self::More => lang.tab_more(),
        }
    }

    fn action(self) -> Action {
        match self {
            Self::All => Action::TabAll,
            Self::English => Action::TabEnglish,
            Self::Chinese => Action::TabChinese,
            Self::Summary => Action::TabSummary,
            Self::Takeaways => Action::TabTakeaways,
            Self::More => Action::TabMore,
        }
    }

    /// The tab `by` places to the right, round the end.
    #[must_use]
    pub fn turned(self, by: isize) -> Self {
        let at = Self::ALL.iter().position(|t| *t == self).unwrap_or(0);
        let to = (at.cast_signed() + by).rem_euclid(Self::ALL.len().cast_signed());
        Self::ALL.get(to.unsigned_abs()).copied().unwrap_or_default()
    }

    /// Says whether `paper` has a text of its own for this tab; stand-ins do not count.
    #[must_use]
    pub fn has_text(self, paper: &Paper) -> bool {
        match self {
            Self::All | Self::More => true,
            Self::English => paper.abstract_en.is_some(),
            Self::Chinese => paper.abstract_zh.is_some(),
            Self::Summary => paper.summary.is_some() || paper.section("tldr").is_some(),
            Self::Takeaways => !paper.takeaways.is_empty() || !paper.sections.is_empty(),
        }
    }
}

/// The keys that open the tabs, in their order: digits, unless they count or the user has other keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabKeys([String; Tab::ALL.len()]);

impl TabKeys {
    /// Finds the first key of each tab; a dot stands for none. O(bindings).
    #[must_use]
    pub fn of(keymap: &Keymap) -> Self {
        let key = |tab: Tab| keymap.keys_for(Context::Global, tab.action()).first().map(ToString::to_string);
        Self(Tab::ALL.map(|tab| key(tab).unwrap_or_else(|| text::dot().to_owned())))
    }

    /// Goes through the tabs, each with its key.
    pub(super) fn tabs(&self) -> impl Iterator<Item = (&str, Tab)> {
        self.0.iter().map(String::as_str).zip(Tab::ALL)
    }
}
