use super::decide::{append, chosen, recount};
use super::navigate::set_reader;
use crate::action::{Action, Context};
use crate::decisions::{Cell, Field, FieldValue, can_be_found, tag_name};
use crate::effect::Effect;
use crate::state::prompt::is_between_tags;
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
    let wishes = match parse(&typed) {
        Ok(wishes) => wishes,
        Err(word) => {
            state.prompt = None;
            state.complain(state.lang.no_tag(&word));
            return Vec::new();
        }
    };
    state.prompt = None;
    if wishes.is_empty() {
        return Vec::new();
    }
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
    for Wish { tag, is_removal } in wishes {
        let is_on = !is_removal && !had.iter().all(|tags| tags.contains(&tag));
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

/// A tag that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wish {
    tag: String,
    /// True when it is to be taken away whoever has it.
    is_removal: bool,
}

/// Reads tags between blanks and commas, each once, the last wish for it; a `#` before one is no part of it.
///
/// # Errors
/// The first word that cannot be a tag.
fn parse(typed: &str) -> Result<Vec<Wish>, String> {
    let mut wishes: Vec<Wish> = Vec::new();
    for word in typed.split(is_between_tags).filter(|w| !w.is_empty()) {
        let (is_removal, name) = word.strip_prefix('-').map_or((false, word), |name| (true, name));
        let tag = tag_name(name.trim_start_matches('#')).ok_or_else(|| word.to_owned())?;
        wishes.retain(|w| w.tag != tag);
        wishes.push(Wish { tag, is_removal });
    }
    Ok(wishes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_are_read_one_by_one() {
        let table: [(&str, &[(&str, bool)]); 6] = [
            ("rl", &[("rl", false)]),
            (" rl, -nlp,,强化学习 ", &[("rl", false), ("nlp", true), ("强化学习", false)]),
            ("a，b　c", &[("a", false), ("b", false), ("c", false)]),
            ("#a -#b", &[("a", false), ("b", true)]),
            ("a -a", &[("a", true)]),
            ("e\u{301}", &[("é", false)]),
        ];
        for (typed, want) in table {
            let got = parse(typed).unwrap();
            let got: Vec<_> = got.iter().map(|w| (w.tag.as_str(), w.is_removal)).collect();
            assert_eq!(got, want, "{typed:?}");
        }
        assert_eq!(parse("a -"), Err("-".to_owned()));
        assert!(parse(&"x".repeat(65)).is_err() && parse(&"x".repeat(64)).is_ok());
    }

    proptest! {
        #[test]
        fn whatever_is_typed_tags_are_clean_and_read_back(typed in "[-#, ，a-cé\u{301}强\u{7}\n]{0,40}") {
            let Ok(wishes) = parse(&typed) else { return Ok(()) };
            for wish in &wishes {
                prop_assert_eq!(tag_name(&wish.tag), Some(wish.tag.clone()));
                prop_assert!(!wish.tag.contains(is_between_tags) && !wish.tag.contains(char::is_control));
            }
            let names: std::collections::BTreeSet<_> = wishes.iter().map(|w| &w.tag).collect();
            prop_assert_eq!(names.len(), wishes.len());
        }
    }
}
