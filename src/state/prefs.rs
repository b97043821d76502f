use crate::config::{Prefs, Punctuation};
use crate::text::{Form, Style};

/// The form in which the user wants content texts to be typeset.
pub(super) fn form(prefs: &Prefs) -> Form {
    Form::Typeset(Style { full_punctuation: prefs.punctuation == Punctuation::Full, spacing: prefs.spacing })
}
