//! The names of the commands, what follows them and what they do: the one source of parser, completion, help and README.

use std::fmt::Write as _;

use crate::action::{Action, Context};
use crate::catalogue::Lang;
use crate::config::live;

/// What follows the name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// Nothing.
    Nothing,
    /// A day.
    Day,
    /// What follows this in the name of a verb.
    Word(&'static str),
    /// A query; none means the verb of that name.
    MaybeQuery,
    /// A query.
    Query,
    /// Tags; none means the verb of that name.
    Tags,
    /// Any text; none means the verb of that name.
    Text,
    /// A setting and its value.
    Setting,
}

macro_rules! verbs {
    ($( $variant:ident $name:literal $takes:expr, $args_en:literal $args_zh:literal $en:literal $zh:literal; )+) => {
        /// A command that is more than the name of an action.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Verb { $( #[doc = $en] $variant, )+ }

        impl Verb {
            const EVERY: &[Self] = &[$( Self::$variant ),+];

            /// The name, as it is typed.
            pub(super) fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ }
            }

            /// What follows it.
            pub(super) fn takes(self) -> Takes {
                match self { $( Self::$variant => $takes, )+ }
            }

            /// What follows it, as help writes it.
            fn args(self, lang: Lang) -> &'static str {
                match self { $( Self::$variant => lang.pick($args_en, $args_zh), )+ }
            }

            /// What it does, in one sentence.
            pub(super) fn help(self, lang: Lang) -> &'static str {
                match self { $( Self::$variant => lang.pick($en, $zh), )+ }
            }
        }
    };
}

use Takes::{Day, MaybeQuery, Nothing, Query, Setting, Tags, Text, Word};

verbs! {
    Date "date" Day, "DATE" "日期" "Go to a day: 2025-04-03, 04-03, 2025-04, today; of several the newest." "到某日：2025-04-03、04-03、2025-04、today；有多个时取最新。";
    Tab "tab" Word("tab-"), "NAME" "名称" "Show a tab of the detail pane." "显示详情栏的标签。";
    View "view" Word("view-"), "NAME" "名称" "Choose which papers of the day are shown." "选择显示当日哪些论文。";
    Sort "sort" Word("order-"), "NAME" "名称" "Order the list." "列表排序。";
    Filter "filter" MaybeQuery, "[QUERY]" "[条件]" "Filter the list of the day." "筛选当日列表。";
    Search "search" MaybeQuery, "[QUERY]" "[条件]" "Search all dates." "搜索全库。";
    Tag "tag" Tags, "[TAGS]" "[标签]" "Give tags to the paper or the selected ones: +rl, or take them away: -old." "给论文或选中的论文加标签 +rl，或去掉 -old。";
    Bookmark "bookmark" MaybeQuery, "[QUERY]" "[条件]" "Bookmark the papers of the list that meet the query." "收藏列表中符合条件的论文。";
    Later "later" MaybeQuery, "[QUERY]" "[条件]" "Keep those that meet the query for later." "符合条件的标为稍后。";
    Dismiss "dismiss" MaybeQuery, "[QUERY]" "[条件]" "Dismiss those that meet the query." "略过符合条件的论文。";
    Read "read" Query, "QUERY" "条件" "Mark those that meet the query as read." "符合条件的标为已读。";
    Unread "unread" Query, "QUERY" "条件" "Mark those that meet the query as unread." "符合条件的标为未读。";
    Yank "yank" Word("yank-"), "PART" "内容" "Copy a part of the paper or of the selected ones." "复制论文或选中论文的一部分。";
    Export "export" Word("export-"), "FORMAT" "格式" "Write a file of the paper or of the selected ones." "把论文或选中的论文写成文件。";
    Set "set" Setting, "NAME VALUE" "设置 值" "Change a setting until the reader is left; Tab lists those that can change." "修改设置，退出前有效；Tab 列出可改的设置。";
    Help "help" Text, "[WORD]" "[词]" "Show what the help says of a word." "在帮助中查找。";
    Quit "quit" Nothing, "" "" "Quit; also :q." "退出；也可用 :q。";
}

/// What goes to a paper by its number, for the help.
const NUMBER: (&str, &str, &str) =
    ("12", "Go to the paper of this number in the list.", "到列表中第几篇论文。");

impl Verb {
    /// All commands; one of words of which there are none is left out.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let has_words = |verb: &Self| match verb.takes() {
            Takes::Word(prefix) => words(prefix).next().is_some(),
            _ => true,
        };
        Self::EVERY.iter().copied().filter(has_words)
    }

    /// Finds a command by its name, or by the short one of `quit`.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        let name = if name == "q" { Self::Quit.name() } else { name };
        Self::all().find(|v| v.name() == name)
    }

    /// The name with what follows it.
    pub(super) fn usage(self, lang: Lang) -> String {
        format!("{} {}", self.name(), self.args(lang)).trim_end().to_owned()
    }

    /// True when it means nothing without an argument.
    pub(super) fn needs_argument(self) -> bool {
        matches!(self.takes(), Takes::Day | Takes::Word(_) | Takes::Query | Takes::Setting)
    }

    /// The verb that is meant where no argument follows.
    pub(super) fn bare(self) -> Option<Action> {
        if self.needs_argument() { None } else { self.name().parse().ok() }
    }
}

/// The words that can follow a command, each with the verb that is meant.
pub(super) fn words(prefix: &'static str) -> impl Iterator<Item = (&'static str, Action)> {
    Action::ALL.iter().filter_map(move |a| Some((short(a.name().strip_prefix(prefix)?), *a)))
}

/// A language as tabs are named everywhere else.
fn short(word: &'static str) -> &'static str {
    match word {
        "english" => "en",
        "chinese" => "zh",
        word => word,
    }
}

/// The verbs that can be typed by their name: those of panes, but for the one that opens the command line.
pub(super) fn actions() -> impl Iterator<Item = Action> {
    let is_of_pane =
        |a: &Action| a.contexts().iter().any(|c| !matches!(c, Context::Inputs | Context::Popups));
    Action::ALL.iter().copied().filter(move |a| is_of_pane(a) && *a != Action::Command)
}

/// Says what follows the command whose name begins `typed`, and what it does; none of what is no command.
#[must_use]
pub fn usage(typed: &str, lang: Lang) -> Option<(String, &'static str)> {
    let (name, _) = super::parse::split(typed);
    let name = crate::text::fold_text(typed.get(name)?);
    match Verb::from_name(&name) {
        Some(verb) => Some((verb.usage(lang), verb.help(lang))),
        None => actions().find(|a| a.name() == name).map(|a| (name, a.help(lang))),
    }
}

/// The commands in the order of the help: how one is typed, and what it does.
#[must_use]
pub fn reference(lang: Lang) -> Vec<(String, &'static str)> {
    let verbs = Verb::all().map(|v| (v.usage(lang), v.help(lang)));
    let (number, en, zh) = NUMBER;
    verbs.chain([(number.to_owned(), lang.pick(en, zh))]).collect()
}

/// Writes the table of commands for README.md.
#[must_use]
pub fn markdown() -> String {
    let mut out = "\n| command | |\n| --- | --- |\n".to_owned();
    for verb in Verb::all() {
        let values = match verb.takes() {
            Takes::Word(prefix) => {
                format!(" ({})", words(prefix).map(|(word, _)| word).collect::<Vec<_>>().join(", "))
            }
            Takes::Setting => format!(" ({})", live().map(|s| s.name).collect::<Vec<_>>().join(", ")),
            _ => String::new(),
        };
        let help = verb.help(Lang::En).trim_end_matches('.');
        let _ = writeln!(out, "| `:{}` | {help}{values}. |", verb.usage(Lang::En));
    }
    let _ = writeln!(out, "| `:{}` | {} |", NUMBER.0, NUMBER.1);
    out
}
