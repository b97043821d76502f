use serde_json::Value as Json;
use toml::de::DeValue;

use super::place::Environment;
use super::value::{Value, a, one_of};

macro_rules! choices {
    ($( $(#[$doc:meta])* $name:ident { $(#[$first_doc:meta])* $first:ident $first_word:literal $(, $(#[$other_doc:meta])* $other:ident $word:literal)+ } )+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name {
            $(#[$first_doc])*
            #[default]
            $first,
            $( $(#[$other_doc])* $other, )+
        }

        impl Value for $name {
            fn take(&mut self, given: &DeValue<'_>, _: Environment<'_>) -> Result<(), String> {
                *self = match given.as_str() {
                    Some($first_word) => Self::$first,
                    $( Some($word) => Self::$other, )+
                    _ => return Err(one_of(&[$first_word $(, $word)+], given)),
                };
                Ok(())
            }

            fn give(&self) -> Json {
                match self {
                    Self::$first => $first_word,
                    $( Self::$other => $word, )+
                }
                .into()
            }

            fn expected(&self) -> String {
                a(&[$first_word $(, $word)+])
            }
        }
    )+ };
}

choices! {
    /// The language of the interface.
    Language {
        /// What the locale takes for messages.
        Auto "auto",
        /// English.
        En "en",
        /// Chinese.
        Zh "zh"
    }
    /// How wide characters of ambiguous width are.
    AmbiguousWidth {
        /// As the terminal says.
        Auto "auto",
        /// One cell.
        Narrow "narrow",
        /// Two cells.
        Wide "wide"
    }
    /// Which punctuation is shown beside Han characters.
    Punctuation {
        /// Full width.
        Full "full",
        /// As the source has it.
        Source "source"
    }
    /// What becomes of papers that were listed on an earlier day.
    Repeats {
        /// One line stands for all of them.
        Fold "fold",
        /// They stay and are marked.
        Mark "mark",
        /// They are papers like any other.
        Show "show"
    }
    /// How papers are given to a command.
    PipeFormat {
        /// As a document with headings.
        Markdown "markdown",
        /// As the JSON of the export.
        Json "json",
        /// As plain text.
        Text "text"
    }
}
