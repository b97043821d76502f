//! Commands of the user's: what they are given, and what is said of their end.

use super::hands::{exported, paper_of, rows};
use super::input::REMEMBERED;
use crate::config::PipeFormat;
use crate::effect::{Effect, Errand, Ran};
use crate::export::{self, Entry, Format};
use crate::state::{LineEditor, Prompt, PromptKind, Row, State};
use crate::text;

/// Bytes of a value in the environment of a command. The system refuses more than 128 KiB of one.
const LONGEST: usize = 4 << 10;

/// Opens the input for a command, which is given the papers if it `is_fed`.
pub(super) fn open(state: &mut State, is_fed: bool) -> Vec<Effect> {
    if is_fed && state.papers.selected_row().is_none() {
        return Vec::new();
    }
    let form = is_fed.then_some(state.prefs.pipe_format);
    state.prompt = Some(Prompt::new(PromptKind::Command(form), LineEditor::default()));
    Vec::new()
}

/// The form after this one.
pub(super) fn next_form(form: PipeFormat) -> PipeFormat {
    match form {
        PipeFormat::Markdown => PipeFormat::Json,
        PipeFormat::Json => PipeFormat::Text,
        PipeFormat::Text => PipeFormat::Markdown,
    }
}

/// Runs what was typed. Nothing typed is the user's shell, or no command to feed.
pub(super) fn run(state: &mut State) -> Vec<Effect> {
    let Some(Prompt { kind: PromptKind::Command(form), line, .. }) = state.prompt.take() else {
        return Vec::new();
    };
    let command = line.text().trim().to_owned();
    if command.is_empty() && form.is_some() {
        return Vec::new();
    }
    if !command.is_empty() {
        state.commands.retain(|c| *c != command);
        state.commands.insert(0, command.clone());
        state.commands.truncate(REMEMBERED);
    }
    let rows = rows(state);
    let input = form.map(|form| input(state, form, &rows));
    vec![Effect::Run(Errand { command, input, variables: variables(state, &rows) })]
}

/// The papers as text.
fn input(state: &State, form: PipeFormat, rows: &[Row]) -> String {
    let documents = |write: fn(&Entry<'_>) -> String| {
        rows.iter().filter_map(|r| entry(state, r)).map(|e| write(&e)).collect::<Vec<_>>().join("\n")
    };
    match form {
        PipeFormat::Markdown => documents(export::markdown),
        PipeFormat::Json => exported(state, Format::Json, rows).0,
        PipeFormat::Text => documents(export::plain),
    }
}

fn entry<'a>(state: &'a State, row: &Row) -> Option<Entry<'a>> {
    let digest = state.library.digest(row.slot)?;
    Some(Entry::new(digest, digest.papers.get(row.index)?, &state.decisions))
}

/// What the environment says of the first paper, and how many there are; what it has not is empty, so that nothing of
/// an outer run shows through.
fn variables(state: &State, rows: &[Row]) -> Vec<(&'static str, String)> {
    let row = rows.first();
    let paper = row.and_then(|r| paper_of(state, r));
    let entry = row.and_then(|r| entry(state, r));
    let of = |part: &dyn Fn(&crate::model::Paper) -> Option<String>| paper.and_then(part).unwrap_or_default();
    let said = |part: &dyn Fn(&Entry<'_>) -> String| entry.as_ref().map(part).unwrap_or_default();
    let tags = |e: &Entry<'_>| e.tags.iter().cloned().collect::<Vec<_>>().join(" ");
    let note = bounded(text::clean_body(said(&|e| e.note.clone().unwrap_or_default())));
    let lines = [
        ("WENZHAI_ID", of(&|p| Some(p.id.clone()))),
        ("WENZHAI_TITLE", of(&|p| Some(p.title.clone()))),
        ("WENZHAI_TITLE_ZH", of(&|p| p.title_zh.clone())),
        ("WENZHAI_AUTHORS", of(&|p| Some(p.authors.join("; ")))),
        ("WENZHAI_URL", of(&|p| p.page_link().or_else(|| p.search_link()))),
        ("WENZHAI_PDF", of(&|p| p.pdf_link())),
        ("WENZHAI_DATE", said(&|e| e.date.to_string())),
        ("WENZHAI_CATEGORY", said(&|e| e.category.unwrap_or_default().to_owned())),
        ("WENZHAI_VERDICT", said(&|e| e.verdict.name().to_owned())),
        ("WENZHAI_TAGS", said(&tags)),
        ("WENZHAI_COUNT", rows.len().to_string()),
    ];
    let lines = lines.into_iter().map(|(name, value)| (name, bounded(text::clean_line(value))));
    lines.chain([("WENZHAI_NOTE", note)]).collect()
}

/// As much of a value as goes into the environment.
fn bounded(mut value: String) -> String {
    value.truncate(value.floor_char_boundary(LONGEST));
    value
}

/// Says what came of a command; that all went well was on the screen.
pub(super) fn hear(state: &mut State, ran: Ran) {
    match ran {
        Ran::Ended { status: 0, .. } => {}
        Ran::Ended { command, status } => state.complain(state.lang.ran(&command, status)),
        Ran::Failed(why) => state.complain(state.lang.not_run(&why)),
    }
}
