use crate::effect::{Effect, Update, Updated};
use crate::model::Problem;
use crate::state::State;

/// Lists the archives again, and runs their update commands unless they run at this moment.
pub(super) fn reload(state: &mut State) -> Vec<Effect> {
    state.news.is_asked_for = true;
    let update = state.updating.is_empty().then_some(Effect::Update { force: true });
    [Effect::List].into_iter().chain(update).collect()
}

/// Hears of an update command. What it brought is for the listing to say.
pub(super) fn hear(state: &mut State, update: Update) -> Vec<Effect> {
    let (archive, came) = match update {
        Update::Started { archive } => {
            state.updating.insert(archive);
            return Vec::new();
        }
        Update::Ended { archive, came } => (archive, came),
    };
    state.updating.remove(&archive);
    match came {
        Updated::Done => return vec![Effect::List],
        Updated::NotDue => {}
        Updated::Busy => state.say(state.lang.update_elsewhere(&archive)),
        Updated::Failed(why) => {
            state.complain(state.lang.update_failed(&why));
            state.note(Problem::of_file(archive, format!("update failed {why}")));
        }
    }
    Vec::new()
}
