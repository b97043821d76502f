use super::decide::{append, chosen, recount};
use super::navigate::set_reader;
use crate::action::{Action, Context};
use crate::command::{TagWish, Wished, parse_tags};
use crate::decisions::{Cell, Field, FieldValue, can_be_found};
use crate::effect::Effect;
use crate::state::{LineEditor, Now, Prompt, PromptKind, State};
use crate::text;

/// Opens the input for tags, with those in use to complete to.
pub(super) fn open_tags(state: &mut State) {
    if state.papers.selected_row().is_none() {
        return;
    }
    let mut prompt = Prompt::new(PromptKind::Tags, LineEditor::default());
    prompt.choices = state.decisions.all_tags();
    state.prompt = Some(prompt);
}

/// Carries out what was typed, as one step, and leaves the input: a tag that all papers have goes, another one comes,
/// one after a `-` goes. With a word that is no tag nothing is done and the input stays.
pub(super) fn keep_tags(state: &mut State, now: Now) -> Vec<Effect> {
    let typed = state.prompt.as_ref().map(|p| p.line.text().to_owned()).unwrap_or_default();
    state.prompt = None;
    match parse_tags(&typed) {
        Ok(wishes) if wishes.is_empty() => Vec::new(),
        Ok(wishes) => give_tags(state, now, wishes),
        Err((_, word)) => {
            state.complain(state.lang.no_tag(&word));
            Vec::new()
        }
    }
}

/// Carries out what is wished of the tags of the selected papers, or of the one under the cursor, as one step.
pub(super) fn give_tags(state: &mut State, now: Now, wishes: Vec<TagWish>) -> Vec<Effect> {
    let mut rows = chosen(state);
    if rows.is_empty() {
        rows.extend(state.papers.selected_row().cloned());
    }
    let mut papers: Vec<_> = rows.into_iter().map(|r| r.identity).filter(can_be_found).collect();
    papers.dedup();
    if papers.is_empty() {
        state.complain(state.lang.cannot_be_kept());
        return Vec::new();
    }
    let had: Vec<_> = papers.iter().map(|p| state.decisions.tags(p)).collect();
    let (mut cells, mut done) = (Vec::new(), Vec::new());
    for TagWish { tag, wished } in wishes {
        let is_on = match wished {
            Wished::Toggled => !had.iter().all(|tags| tags.contains(&tag)),
            Wished::Given => true,
            Wished::Taken => false,
        };
        let changed = papers.iter().zip(&had).filter(|(_, tags)| tags.contains(&tag) != is_on);
        let before = cells.len();
        cells.extend(changed.map(|(paper, _)| Cell {
            paper: paper.clone(),
            field: Field::Tag(tag.clone()),
            value: FieldValue::Bool(is_on),
        }));
        if cells.len() > before {
            done.push(format!("{} {tag}", if is_on { "tag" } else { "untag" }));
        }
    }
    state.papers.drop_selection();
    if cells.is_empty() {
        state.say(state.lang.tags_unchanged());
        return Vec::new();
    }
    let say = format!("{} {}", done.join(", "), papers.len());
    write_remarks(state, now, cells, &say)
}

/// Writes tags or a note as one step, shows them and says so.
pub(super) fn write_remarks(state: &mut State, now: Now, cells: Vec<Cell>, say: &str) -> Vec<Effect> {
    let papers: Vec<_> = cells.iter().map(|c| c.paper.clone()).collect();
    state.decided().decide(now.wall_ms, cells, say);
    recount(state, Some(&papers));
    set_reader(state);
    let undo = state.keymap.keys_for(Context::Global, Action::Undo);
    let undo = undo.first().map(ToString::to_string).unwrap_or_default();
    state.say(state.lang.remarked(say, text::dot(), &undo));
    append(state)
}
