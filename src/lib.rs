//! `wenzhai` (文摘): a terminal reader for a local archive of research-paper digests.
//!
//! Data flows one way, along two lines:
//!
//! ```text
//! key -> keymap -> Action -\
//! text, paste, resize ------ Msg -> state::update -> Vec<Effect> -> shell performs -> Report -> Msg
//! file -> import (parse) -> archive (slots) -> Report::Loaded -> State -> view::draw -> cells -> screen
//! ```
//!
//! Logic takes data and returns data. Files, the clock, the environment, processes and the terminal
//! are touched only by the modules marked IO below. `tests/layering.rs` reads this table and fails on
//! a `crate::` path that it does not allow.
//!
//! | module | may use |
//! | --- | --- |
//! | text | - |
//! | catalogue | - |
//! | model | text |
//! | config | catalogue model filter theme |
//! | theme | catalogue model |
//! | decisions | model |
//! | import | model text |
//! | table | model text |
//! | filter | catalogue table model text |
//! | action | catalogue |
//! | command | text catalogue model config decisions filter action |
//! | keymap | model action catalogue command |
//! | stats | text model decisions |
//! | effect | model decisions filter stats |
//! | export | text model decisions |
//! | state | text catalogue model theme config decisions filter action command keymap effect export stats |
//! | view | state text catalogue model theme config decisions filter action command keymap stats |
//! | archive (IO) | model text table import stats |
//! | search (IO) | filter archive table decisions model text effect |
//! | journal (IO) | model decisions |
//! | cli (IO) | text catalogue model theme table config decisions import filter action command keymap effect export stats archive search journal |
//! | shell (IO) | text catalogue model theme table config decisions import filter action command keymap effect export stats state view archive search journal cli |

pub mod action;
pub mod archive;
pub mod catalogue;
pub mod cli;
pub mod command;
pub mod config;
pub mod decisions;
pub mod effect;
pub mod export;
pub mod filter;
pub mod import;
pub mod journal;
pub mod keymap;
pub mod model;
pub mod search;
pub mod shell;
pub mod state;
pub mod stats;
pub mod table;
pub mod text;
pub mod theme;
pub mod view;
