use super::decide::{append, ended, set, set_verdicts};
use crate::command::Bulk;
use crate::decisions::{Field, FieldValue};
use crate::effect::Effect;
use crate::filter::Query;
use crate::model::Verdict;
use crate::state::{Now, Row, State};
use crate::text;

/// Decides all papers of the list that meet a query, as one step, and says how many.
pub(super) fn decide_meeting(state: &mut State, now: Now, bulk: Bulk, typed: &str) -> Vec<Effect> {
    let query = match Query::parse(typed, now.today()) {
        Ok(query) => query,
        Err(error) => {
            state.complain(error.say(typed, state.lang));
            return Vec::new();
        }
    };
    if state.search.is_open() {
        // Of what was found only what was read can be looked at.
        state.complain(state.lang.not_in_results());
        return Vec::new();
    }
    let met = state.papers.meeting(&query, &state.library);
    if met.is_empty() {
        state.complain(state.lang.none_meets(typed));
        return Vec::new();
    }
    let verdict = verdict_of(bulk);
    let is_so = |r: &Row| match verdict {
        Some(verdict) => r.verdict == verdict,
        None => r.is_read == (bulk == Bulk::Read),
    };
    let papers: Vec<_> = met.iter().filter(|r| !is_so(r)).map(|r| r.identity.clone()).collect();
    if papers.is_empty() {
        state.say(state.lang.all_are_so(met.len()));
        return Vec::new();
    }
    let undecided = state.papers.counts(None).undecided;
    let said = if let Some(verdict) = verdict {
        set_verdicts(state, now, papers, verdict)
    } else {
        let is_read = FieldValue::Bool(bulk == Bulk::Read);
        set(state, now, papers, &Field::Read, &is_read, bulk.name())
    };
    match said {
        Some(say) => {
            let text = [Some(state.done_together(&say)), ended(state, undecided)];
            state.say(text.into_iter().flatten().collect::<Vec<_>>().join(&format!(" {} ", text::dot())));
        }
        None => state.complain(state.lang.cannot_be_kept()),
    }
    append(state)
}

fn verdict_of(bulk: Bulk) -> Option<Verdict> {
    match bulk {
        Bulk::Bookmark => Some(Verdict::Bookmarked),
        Bulk::Later => Some(Verdict::Later),
        Bulk::Dismiss => Some(Verdict::Dismissed),
        Bulk::Read | Bulk::Unread => None,
    }
}
