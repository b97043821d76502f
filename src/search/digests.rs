use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use super::body::{Asked, Body};
use super::buffer::Buffer;
use super::known::Known;
use super::work::{is_over, on_own_threads};
use crate::effect::Sought;
use crate::filter::{Answer, Missing};
use crate::model::{Date, Problem};
use crate::table::Table;

/// Digests that are looked at between two times of telling.
const AT_ONCE: u32 = 128;

/// What the search for digests says while it runs.
#[derive(Clone, Debug)]
pub enum Holding {
    /// A digest that holds a hit, by its date and category.
    Digest(Date, Option<String>),
    /// A digest could not be read.
    Problem(Problem),
}

/// Looks for the digests that hold a paper that is sought, and tells each once, in the order of the table. Stops in each at
/// the first hit, and makes none. A paper seen up to `window` days before is a repeat. Ends within a few milliseconds of
/// `stop` being set, and then says nothing more. Uses all cores.
pub fn digests_with(
    table: Table,
    sought: &Sought,
    window: u16,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(Holding),
) {
    let Sought { query, decisions, in_texts, most } = sought;
    let known = Known::new(&[query], false, decisions, (&|look| look(table), window));
    let (sieve, missing) = (query.sieve(), if *in_texts { Missing::default() } else { Missing::all() });
    let asked = Asked { query, sieve: &sieve, known: &known, is_one_enough: true, stop };
    let one = |bytes: &mut Buffer, at: u32| {
        let digest = table.digest(at).filter(|_| !is_over(stop))?;
        let (mut is_open, is_apart) = (false, query.is_apart_from(digest.text()));
        for row in digest.rows() {
            let of_paper = known.of(&row);
            match query.in_short(&of_paper.short(row), of_paper.facts, &missing) {
                Answer::Hit(_) => return Some((digest, Body { count: 1, ..Body::default() })),
                Answer::Open => is_open = true,
                Answer::Never => {}
            }
            if is_open && is_apart {
                break;
            }
        }
        is_open.then(|| (digest, asked.look(digest, 0, bytes)))
    };
    let (mut left, count) = (*most, table.digest_count());
    for from in (0..count).step_by(AT_ONCE as usize) {
        let places = (from..count.min(from + AT_ONCE)).into_par_iter();
        let looked: Vec<_> = on_own_threads(|| places.map_init(Buffer::default, one).collect());
        for (digest, body) in looked.into_iter().flatten() {
            if is_over(stop) || left == 0 {
                return;
            }
            body.problem.into_iter().for_each(|problem| tell(Holding::Problem(problem)));
            if body.count > 0 {
                left -= 1;
                tell(Holding::Digest(digest.date(), digest.category().map(str::to_owned)));
            }
        }
    }
}
