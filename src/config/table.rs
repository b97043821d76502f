use super::rules::Draft;
use super::value::Value;
use super::{Archive, Config, Saved};

/// A setting: the one place that names it.
pub(super) struct Setting<T> {
    /// The key in the file.
    pub(super) name: &'static str,
    /// What it does, in one sentence without a full stop inside quotes.
    pub(super) help: &'static str,
    /// Where its value stands.
    pub(super) value: fn(&mut T) -> &mut dyn Value,
}

impl<T: Clone> Setting<T> {
    /// Writes the value it has in `owner`, as TOML.
    pub(super) fn text(&self, owner: &T) -> String {
        super::print::toml(&self.give(owner))
    }

    /// Gives the value it has in `owner`.
    pub(super) fn give(&self, owner: &T) -> serde_json::Value {
        (self.value)(&mut owner.clone()).give()
    }
}

/// The settings at the top of the file.
pub(super) const TOP: [Setting<Config>; 15] = [
    Setting {
        name: "language",
        help: "The language of the interface; \"auto\" goes by LC_MESSAGES.",
        value: |c| &mut c.language,
    },
    Setting {
        name: "ambiguous_width",
        help: "How wide the terminal draws characters such as “ and ★; \"auto\" asks it.",
        value: |c| &mut c.prefs.ambiguous_width,
    },
    Setting {
        name: "ascii",
        help: "Draw marks and rules in ASCII in any locale.",
        value: |c| &mut c.prefs.ascii,
    },
    Setting {
        name: "theme",
        help: "Colours and weights; \"auto\" goes by the terminal's background and by how many colours it has.",
        value: |c| &mut c.theme,
    },
    Setting {
        name: "mouse",
        help: "Listen to the mouse: click, wheel, drag of the border; text is then selected with Shift held.",
        value: |c| &mut c.prefs.mouse,
    },
    Setting {
        name: "punctuation",
        help: "Show punctuation beside Chinese characters full width, or as the source has it.",
        value: |c| &mut c.prefs.punctuation,
    },
    Setting {
        name: "spacing",
        help: "Show a blank between Chinese and Latin characters.",
        value: |c| &mut c.prefs.spacing,
    },
    Setting { name: "advance", help: "Verdicts go on to the next paper.", value: |c| &mut c.prefs.advance },
    Setting {
        name: "categories",
        help: "My categories, for example [\"cs.CL\", \"R1_Reasoning\"].",
        value: |c| &mut c.prefs.categories,
    },
    Setting {
        name: "repeats",
        help: "Papers that an earlier day or another category has too: one row for all, marked, or shown like the others.",
        value: |c| &mut c.prefs.repeats,
    },
    Setting {
        name: "repeats_days",
        help: "How many days apart a paper counts as a repeat.",
        value: |c| &mut c.prefs.repeats_days,
    },
    Setting {
        name: "journal_dir",
        help: "The folder of the journal; empty: the one that `wenzhai paths` prints.",
        value: |c| &mut c.journal_dir,
    },
    Setting {
        name: "export_dir",
        help: "The folder that the export keys write to; empty: the one in which the reader was started.",
        value: |c| &mut c.export_dir,
    },
    Setting {
        name: "open_command",
        help: "The program that opens links, over SSH too, for example [\"firefox\", \"--new-tab\"]; the link comes last, and no shell sees it.",
        value: |c| &mut c.open_command,
    },
    Setting {
        name: "pipe_format",
        help: "How `|` gives papers to a command; Tab changes it there.",
        value: |c| &mut c.prefs.pipe_format,
    },
];

/// The name of the tables that hold an archive each.
pub(super) const ARCHIVE: &str = "archive";

/// The settings of an archive.
pub(super) const OF_ARCHIVE: [Setting<Archive>; 3] = [
    Setting {
        name: "path",
        help: "A folder of digests; ~ and $NAME are written out. Several archives are merged by date.",
        value: |a| &mut a.path,
    },
    Setting {
        name: "update",
        help: "A shell command that brings new digests, run in that folder at the start of the reader and on `R`.",
        value: |a| &mut a.update,
    },
    Setting {
        name: "every",
        help: "How old the last successful update has to be for the next; empty: every start.",
        value: |a| &mut a.every,
    },
];

/// The name of the tables that hold a saved query each.
pub(super) const QUERY: &str = "query";

/// The settings of a saved query.
pub(super) const OF_QUERY: [Setting<Saved>; 2] = [
    Setting { name: "name", help: "What it is called in the lists of the reader.", value: |q| &mut q.name },
    Setting {
        name: "query",
        help: "What it finds in all dates, in the language of the filter.",
        value: |q| &mut q.query,
    },
];

/// The saved query that stands in the printed default as an example.
pub(super) const EXAMPLE_QUERY: [&str; 2] = ["\"RL\"", "'强化学习 OR \"reinforcement learning\"'"];

/// The archive that stands in the printed default as an example.
pub(super) const EXAMPLE: [&str; 3] = ["\"~/daily-arXiv/data\"", "\"git pull --quiet --ff-only\"", "\"2h\""];

/// The name of the tables that hold a rule each.
pub(super) const RULE: &str = "rule";

/// The settings of a rule.
pub(super) const OF_RULE: [Setting<Draft>; 7] = [
    Setting {
        name: "keyword",
        help: "A word or phrase in title, gist, keywords or takeaways, from the beginning of a word on; in the title it counts double.",
        value: |r| &mut r.keyword,
    },
    Setting {
        name: "author",
        help: "An author: words of the name, in any order; a single letter stands for a word that begins so.",
        value: |r| &mut r.author,
    },
    Setting {
        name: "category",
        help: "A category of the digest or of arXiv; \"cs\" is all of cs.",
        value: |r| &mut r.category,
    },
    Setting {
        name: "query",
        help: "A query of the filter about what the paper says; its words stand in one piece, from the beginning of a word on.",
        value: |r| &mut r.query,
    },
    Setting {
        name: "weight",
        help: "The points a paper gets, once for each rule; negative ones put it further down.",
        value: |r| &mut r.weight,
    },
    Setting {
        name: "mute",
        help: "Fold the papers away instead, unless they are bookmarked or kept for later.",
        value: |r| &mut r.mute,
    },
    Setting { name: "name", help: "What the rule is called in explanations.", value: |r| &mut r.name },
];

/// The rules that stand in the printed default as an example.
pub(super) const EXAMPLE_RULES: [&[(&str, &str)]; 3] = [
    &[("keyword", "[\"diffusion\", \"扩散\"]"), ("weight", "3")],
    &[("author", "\"Ada Lovelace\""), ("weight", "5")],
    &[("query", "\"cat:cs.CV -has:code\""), ("mute", "true"), ("name", "\"vision without code\"")],
];
