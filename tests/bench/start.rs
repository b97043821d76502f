//! Counts instructions to the first frame, with an empty journal and the default configuration, on 200x50 cells:
//!
//! ```text
//! cargo bench --bench start -- DAY SMALL BIG
//! ```
//!
//! DAY is an archive of one day of 600 papers, SMALL and BIG have many days (100,000 and 500,000 papers). Prints rows I1
//! and I2: what was counted, what is aimed at, whether it is met. The count is that of the whole process, from its first
//! instruction to the last cell; noise of a busy machine is not in it. Needs valgrind.
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a program for the one who measures")]

#[path = "../support/callgrind.rs"]
mod callgrind;

use std::env;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use wenzhai::archive;
use wenzhai::catalogue::Lang;
use wenzhai::cli::{self, Paths};
use wenzhai::config::Config;
use wenzhai::decisions::Decisions;
use wenzhai::effect::{Effect, Report, SlotId};
use wenzhai::journal::Journal;
use wenzhai::model::Listed;
use wenzhai::state::{Looks, Msg, Now, Origin, Size, Start, State, update};

/// What I1 may take, and I2.
const I1: f64 = 40e6;
const I2: f64 = 1.15;
/// Says to a process of this program what it is to draw.
const DRAW: &str = "WENZHAI_BENCH_DRAW";

fn main() {
    if let Some(archive) = env::var_os(DRAW) {
        black_box(first_frame(Path::new(&archive)));
        return;
    }
    let archives: Vec<String> = env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let counts: Vec<f64> = archives.iter().filter_map(|a| callgrind::count(DRAW, a)).collect();
    let met = |is: bool| if is { "met" } else { "NOT met" };
    if let Some(day) = counts.first() {
        let millions = day / 1e6;
        println!(
            "I1\tinstructions to the first frame of a day\t{millions:.1} M\tat most 40 M\t{}",
            met(*day <= I1)
        );
    }
    if let [_, small, big] = counts.as_slice() {
        let (ratio, millions) = (big / small, [small / 1e6, big / 1e6]);
        let figure = format!("{ratio:.3} ({:.1} M, {:.1} M)", millions[1], millions[0]);
        println!(
            "I2\tinstructions, big archive / small archive\t{figure}\tat most 1.15\t{}",
            met(ratio <= I2)
        );
    }
}

/// Does what the reader does until its first frame is drawn.
fn first_frame(archive: &Path) -> Buffer {
    let size = Size { cols: 200, rows: 50 };
    let paths = Paths::find().expect("a home");
    let mut journal = Journal::open(&paths.journal, &paths.state).expect("a journal");
    let _ = journal.read_recent(5_000);
    let roots = [PathBuf::from(archive)];
    let config = Config::default();
    let mut state = State::new(Start {
        lang: Lang::Zh,
        looks: Looks::default(),
        prefs: config.prefs,
        keymap: cli::keymap(&paths).0,
        decisions: Decisions::new(journal.machine()),
        session: None,
        origin: Origin::Archives("bench".to_owned()),
        size,
        problems: Vec::new(),
    });
    let listing = archive::glance(&roots, None).unwrap_or_else(|| archive::look(&roots, true, &[]).listing);
    send(&mut state, Msg::Report(Report::Listed(listing)));
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.cols, size.rows));
    wenzhai::view::draw(&state, &mut buffer);
    // What comes after the last cell is not counted.
    std::mem::forget((journal, state));
    buffer
}

fn send(state: &mut State, msg: Msg) {
    for effect in update(state, Now { wall_ms: 0 }, msg) {
        let report = match effect {
            Effect::Load { slot, generation, what } => load(slot, generation, &what),
            Effect::Glimpse { slot, generation, what } => match archive::glimpse(&what) {
                Some(digest) => Report::Glimpsed { slot, generation, digest: Arc::new(digest) },
                None => load(slot, generation, &what),
            },
            Effect::Papers { slot, generation, what, places } => {
                Report::Papers { slot, generation, papers: archive::load_papers(&what, &places) }
            }
            _ => continue,
        };
        send(state, Msg::Report(report));
    }
}

fn load(slot: SlotId, generation: u64, what: &Listed) -> Report {
    Report::Loaded { slot, generation, result: archive::load(what) }
}
