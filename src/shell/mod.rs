//! The imperative shell: the only user of crossterm.
//!
//! Owns the terminal, the loop, signals, the bytes on the wire and the carrying out of effects. Hands keys, pastes,
//! sizes and reports to `state::update` and cells from `view::draw` to the terminal. Never decides what a key means
//! or what is shown.
//!
//! The main thread waits in one `poll` on the terminal and a pipe that workers, the watch and the signal thread write
//! to; then it handles all that has come and paints once. Nothing ticks: an idle program writes nothing and is woken by nothing.

mod ahead;
mod clock;
mod copy;
mod diff;
#[cfg(test)]
mod diff_laws;
mod ear;
mod editor;
mod effects;
mod end;
mod export_file;
mod handover;
mod heap;
mod indexing;
mod jobs;
mod keys;
mod loads;
mod mouse;
mod open;
mod opener;
mod pace;
mod pen;
mod probe;
mod rule_file;
mod run;
mod screen;
mod searches;
mod session;
mod settings;
mod shared_journal;
mod shelf;
mod signals;
mod statistics;
mod terminal;
mod wake;
mod workers;

pub use open::open;
pub use probe::probe;
