use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

use super::body::{Asked, Body};
use super::buffer::Buffer;
use super::run::{Progress, Told};
use super::work::{NAME, is_over};
use crate::effect::Stage;
use crate::model::{Date, Problem};
use crate::table::Table;

/// How long hits wait for others to be told together.
const TOGETHER: Duration = Duration::from_millis(50);

/// Looks through the texts of the digests `open`, in this order on all cores, and tells what it finds in this order.
pub(super) fn look(
    table: Table,
    open: &[u32],
    asked: Asked,
    progress: &mut Progress,
    tell: &mut dyn FnMut(Told),
) {
    let threads = thread::available_parallelism().map_or(2, usize::from).min(open.len().max(1));
    let (next, left) = (AtomicUsize::new(0), AtomicUsize::new(progress.left()));
    thread::scope(|scope| {
        let (sender, found) = mpsc::sync_channel(4 * threads);
        for _ in 0..threads {
            let (sender, next, left) = (sender.clone(), &next, &left);
            let spawned = Builder::new().name(NAME.to_owned()).spawn_scoped(scope, move || {
                let mut bytes = Buffer::default();
                while !is_over(asked.stop) {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(digest) = open.get(place) else { break };
                    let body = table.digest(*digest).map(|digest| {
                        (digest.date(), asked.look(digest, left.load(Ordering::Relaxed), &mut bytes))
                    });
                    if sender.send((place, body)).is_err() {
                        break;
                    }
                }
            });
            if let Err(e) = spawned {
                tell(Told::Problem(Problem::of_io("search", &e)));
            }
        }
        drop(sender);
        let mut early: BTreeMap<usize, Option<(Date, Body)>> = BTreeMap::new();
        let (mut done, mut told) = (0, Instant::now());
        loop {
            match found.recv_timeout(TOGETHER) {
                Ok((place, body)) => {
                    early.insert(place, body);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if is_over(asked.stop) {
                break;
            }
            while let Some(body) = early.remove(&done) {
                done += 1;
                let Some((date, body)) = body else { continue };
                if let Some(problem) = body.problem {
                    tell(Told::Problem(problem));
                }
                progress.add(date, body.count, body.hits);
                left.store(progress.left(), Ordering::Relaxed);
            }
            if told.elapsed() >= TOGETHER && done < open.len() {
                tell(Told::Found(progress.take(Stage::Texts { done, of: open.len() })));
                told = Instant::now();
            }
        }
    });
}
