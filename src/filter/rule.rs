use super::language::{Field, Has, Is};
use super::query::{Needle, Node, Query, Term};
use crate::catalogue::Lang;
use crate::model::Date;
use crate::table::closed_up;
use crate::text::fold_text;

/// What a rule looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A word or phrase in title, gist, keywords or takeaways.
    #[default]
    Keyword,
    /// An author.
    Author,
    /// A category: of the digest, or of arXiv.
    Category,
    /// A query of the filter's language.
    Query,
}

impl Kind {
    /// All kinds, in the order of the configuration.
    pub const ALL: [Self; 4] = [Self::Keyword, Self::Author, Self::Category, Self::Query];

    /// The key in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::Author => "author",
            Self::Category => "category",
            Self::Query => "query",
        }
    }

    /// Says what is wrong with a text that is looked for, in English; none where nothing is. A query may ask only for
    /// what the paper says of itself: what was decided, and where else it was seen, is no reason for interest.
    #[must_use]
    pub fn fault(self, wanted: &str) -> Option<String> {
        if closed_up(&fold_text(wanted)).trim().is_empty() {
            return Some("it is empty".to_owned());
        }
        if self == Self::Author && words_of(&fold_text(wanted)).is_empty() {
            return Some("there is no name in it".to_owned());
        }
        if self != Self::Query {
            return None;
        }
        match Query::parse(wanted, Date::default()) {
            Err(wrong) => Some(wrong.say(wanted, Lang::En)),
            Ok(query) if !query.remarks.is_empty() => {
                query.remarks.first().map(|r| r.say(wanted, Lang::En))
            }
            Ok(query) if query.is_empty() => Some("it is empty".to_owned()),
            Ok(query) => query.asks_the_user().then(|| {
                "a rule cannot ask for tag:, note:, has:note or is: (but is:failed): these are no part of a paper"
                    .to_owned()
            }),
        }
    }
}

impl Query {
    /// The same query for a rule: nobody sees what is folded away by mistake, so words stand in one piece from the
    /// beginning of a word on, as where they must not be found.
    pub(super) fn strict(mut self) -> Self {
        self.root = strict(self.root);
        self
    }

    /// True when the answer depends on what the user decided, or on where else a paper was seen, by more than tags and
    /// notes that free words find.
    fn asks_the_user(&self) -> bool {
        self.any_term(&|t| {
            matches!(t.needle, Needle::Is(i) if i != Is::Failed)
                || matches!(t.needle, Needle::Has(Has::Note))
                || matches!(t.field, Some(Field::Tag | Field::Note))
        })
    }
}

/// What a rule does with a paper that meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// So many points more; less where it is negative.
    Points(i32),
    /// Folds it away.
    Mute,
}

/// What the user is, or is not, interested in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What the user calls it.
    pub name: Option<String>,
    /// What it looks at.
    pub kind: Kind,
    /// What it looks for: one of these is enough, and several count once.
    pub any_of: Vec<String>,
    /// What comes of it.
    pub worth: Worth,
}

impl Rule {
    /// The points a followed author is worth: more than a few keywords.
    pub const FOLLOWED: i32 = 5;

    /// Makes the rule by which an author is followed.
    #[must_use]
    pub fn following(author: &str) -> Self {
        let any_of = vec![author.to_owned()];
        Self { name: None, kind: Kind::Author, any_of, worth: Worth::Points(Self::FOLLOWED) }
    }

    /// The points it gives; 0 for one that mutes.
    #[must_use]
    pub fn points(&self) -> i32 {
        if let Worth::Points(points) = self.worth { points } else { 0 }
    }

    /// What to call it: its name, else what it looks for.
    #[must_use]
    pub fn label(&self) -> String {
        self.name.clone().unwrap_or_else(|| format!("{} {}", self.kind.name(), self.any_of.join(" | ")))
    }
}

/// The words of a folded name, without full stops and hyphens.
pub(super) fn words_of(folded: &str) -> Vec<&str> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '-' | '\u{2010}' | '·' | '・');
    folded.split(is_between).filter(|w| !w.is_empty()).collect()
}

fn strict(node: Node) -> Node {
    let all = |nodes: Vec<Node>| nodes.into_iter().map(strict).collect();
    match node {
        Node::All(nodes) => Node::All(all(nodes)),
        Node::Any(nodes) => Node::Any(all(nodes)),
        Node::Not(node) => Node::Not(Box::new(strict(*node))),
        Node::Term(Term { field, needle: Needle::Word(word) }) => {
            Node::Term(Term { field, needle: Needle::Word(word.strict()) })
        }
        term @ Node::Term(_) => term,
    }
}
