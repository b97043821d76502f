use super::navigate::{set_reader, step_papers};
use super::tags::keep_tags;
use crate::action::Action;
use crate::effect::Effect;
use crate::state::{Find, LineEditor, Now, Prompt, PromptKind, State, Step};

/// Carries a verb out in the open text input.
pub(super) fn act_in_input(state: &mut State, now: Now, action: Action) -> Vec<Effect> {
    let Some(Prompt { kind, line, .. }) = &mut state.prompt else { return Vec::new() };
    let kind = *kind;
    match action {
        Action::CursorLeft => line.left(),
        Action::CursorRight => line.right(),
        Action::CursorStart => line.start(),
        Action::CursorEnd => line.end(),
        Action::DeleteBack => line.delete_back(),
        Action::DeleteForward => line.delete_forward(),
        Action::DeleteWord => line.delete_word(),
        Action::DeleteToStart => line.delete_to_start(),
        Action::Down => step(state, kind, true),
        Action::Up => step(state, kind, false),
        Action::Complete => {
            if let Some(prompt) = &mut state.prompt {
                prompt.complete();
            }
        }
        Action::Keep if kind == PromptKind::Tags => return keep_tags(state, now),
        Action::Keep => keep(state, kind),
        Action::ClearOrLeave if !line.text().is_empty() => *line = LineEditor::default(),
        Action::ClearOrLeave | Action::Cancel => leave(state, kind),
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        _ => {}
    }
    state.follow_prompt();
    Vec::new()
}

fn step(state: &mut State, kind: PromptKind, is_forward: bool) {
    match kind {
        PromptKind::Filter => step_papers(state, Step::By(if is_forward { 1 } else { -1 })),
        PromptKind::Tags => {}
        PromptKind::Find { .. } => state.step_find(is_forward),
    }
}

fn keep(state: &mut State, kind: PromptKind) {
    state.prompt = None;
    match kind {
        PromptKind::Tags => {}
        PromptKind::Filter => state.set_filter(&state.papers.filter.clone(), false),
        PromptKind::Find { .. } => {
            let find = state.reader.find.as_ref();
            if let Some(query) = find.filter(|f| f.place().1 == 0).map(|f| f.query.clone()) {
                state.complain(state.lang.not_found(&query));
            }
        }
    }
}

fn leave(state: &mut State, kind: PromptKind) {
    state.prompt = None;
    match kind {
        PromptKind::Tags => {}
        PromptKind::Filter => state.set_filter("", false),
        PromptKind::Find { from } => state.reader.start_find("", from),
    }
}

impl State {
    /// Opens the input that filters the list, with the filter that is on.
    pub(super) fn open_filter(&mut self) {
        self.before_filter = self.papers.selected_place();
        let line = LineEditor::new(&self.papers.filter);
        self.prompt = Some(Prompt::new(PromptKind::Filter, line));
    }

    /// Opens the input that finds in the text; the text is not left when nothing is typed.
    pub(super) fn open_find(&mut self) {
        let kind = PromptKind::Find { from: self.reader.top };
        self.prompt = Some(Prompt::new(kind, LineEditor::default()));
        self.reader.end_find();
    }

    /// Goes to the next hit, or to the previous one, and says when it went round the end.
    pub(super) fn step_find(&mut self, is_forward: bool) {
        let is_round = self.reader.step_find(is_forward);
        let (at, all) = self.reader.find.as_ref().map_or((0, 0), Find::place);
        match is_round {
            Some(true) if is_forward => self.say(self.lang.found_from_top(at, all)),
            Some(true) => self.say(self.lang.found_from_bottom(at, all)),
            Some(false) => {}
            None => match self.reader.find.as_ref().map(|f| f.query.clone()) {
                Some(query) => self.complain(self.lang.not_found(&query)),
                None => self.say(self.lang.nothing_to_find()),
            },
        }
    }

    /// Types into the open input.
    pub(super) fn type_text(&mut self, text: &str) {
        if let Some(prompt) = &mut self.prompt {
            prompt.line.insert(text);
        }
        self.follow_prompt();
    }

    /// Filters or finds by what is in the input.
    fn follow_prompt(&mut self) {
        let Some(Prompt { kind, line, .. }) = &self.prompt else { return };
        let (kind, typed) = (*kind, line.text().to_owned());
        match kind {
            PromptKind::Filter if typed != self.papers.filter => self.set_filter(&typed, true),
            PromptKind::Find { from } if typed != self.reader.find.as_ref().map_or("", |f| &f.query) => {
                self.reader.start_find(&typed, from);
            }
            _ => {}
        }
    }

    /// Narrows the list. While typing (`is_ranked`) the best match is selected; afterwards the paper that was.
    pub(super) fn set_filter(&mut self, filter: &str, is_ranked: bool) {
        let kept = self.papers.selected_place();
        filter.clone_into(&mut self.papers.filter);
        let rows = self.list_rows();
        self.papers.arrange(&self.library, is_ranked, rows);
        let is_whole = filter.trim().is_empty();
        let kept = if is_whole { self.before_filter.or(kept) } else { kept };
        let is_kept =
            (!is_ranked || is_whole) && kept.is_some_and(|place| self.papers.select_place(place, rows));
        if !is_kept {
            self.papers.step(Step::First, rows);
        }
        set_reader(self);
    }
}
