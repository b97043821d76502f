use super::decide::append;
use super::search::wait_for_digests;
use super::tags::write_remarks;
use crate::action::Action;
use crate::decisions::{Cell, Field, FieldValue, can_be_found};
use crate::effect::{Edited, Effect};
use crate::model::Identity;
use crate::state::{Now, State};
use crate::text;

/// Characters of a paper's id in the name of its draft.
const NAME: usize = 80;

/// Opens the editor on the note of the selected paper.
pub(super) fn annotate(state: &mut State) -> Vec<Effect> {
    if wait_for_digests(state, Action::Annotate) {
        return Vec::new();
    }
    let Some(row) = state.papers.selected_row() else { return Vec::new() };
    let paper = row.identity.clone();
    if !can_be_found(&paper) {
        state.complain(state.lang.cannot_be_kept());
        return Vec::new();
    }
    let digest = state.library.digest(row.slot);
    let Some(found) = digest.and_then(|d| d.papers.get(row.index)) else { return Vec::new() };
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' };
    let name = found.id.chars().map(safe).take(NAME).collect::<String>();
    // No id may name a hidden file or the folder above.
    let name = name.trim_start_matches('.').to_owned();
    let title = text::clean_line(found.title.clone()).replace("--", "- -");
    let note = state.decisions.note(&paper).unwrap_or_default().to_owned();
    vec![Effect::Edit { paper, name: if name.is_empty() { "_".to_owned() } else { name }, title, note }]
}

/// Takes what was written as the note of the paper; nothing written takes the note away.
pub(super) fn edited(
    state: &mut State,
    now: Now,
    paper: Identity,
    name: String,
    came: Edited,
) -> Vec<Effect> {
    let text = match came {
        Edited::Written(text) => text,
        Edited::Kept { why, path } => {
            state.complain(state.lang.note_kept(&why, &path));
            return Vec::new();
        }
        Edited::Failed(why) => {
            state.complain(state.lang.no_editor(&why));
            return Vec::new();
        }
    };
    let text = Some(text.trim()).filter(|t| !t.is_empty());
    let mut effects = if text == state.decisions.note(&paper).map(str::trim) {
        state.say(state.lang.note_unchanged());
        append(state)
    } else {
        let say = if text.is_some() { "note 1" } else { "unnote 1" };
        let value = FieldValue::Text(text.map(str::to_owned));
        write_remarks(state, now, vec![Cell { paper, field: Field::Note, value }], say)
    };
    effects.push(Effect::DropDraft(name));
    effects
}
