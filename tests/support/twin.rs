//! The same reader twice: the program on a pseudo-terminal, and its state in this process, which says what every
//! cell of the terminal has to show.

use std::collections::BTreeMap;
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use wenzhai::effect::{Indexing, Report};
use wenzhai::state::{Looks, Msg, Size};
use wenzhai::theme::{Hints, Themes};

use crate::app::{App, Setup};
use crate::days::{self, Dice};
use crate::pty::{Launch, Pty};

/// Keys of a walk: what moves, what opens and closes, what sets the screen anew.
const KEYS: [&str; 36] = [
    "j", "j", "j", "j", "k", "k", "J", "J", "K", "C-d", "C-u", "C-f", "G", "0", "1", "2", "3", "4", "5", "[",
    "]", "=", "=", "$", "-", "Z", "Tab", "S-Tab", "h", "l", "Enter", "H", "L", "?", "b", "/",
];
const TYPED: [&str; 8] = ["奖", "励", "a", "e", "Backspace", "C-w", "Enter", "C-c"];
const IN_POPUP: [&str; 4] = ["j", "C-d", "q", "q"];

pub(crate) struct Twin {
    pub(crate) app: App,
    pub(crate) pty: Pty,
}

impl Twin {
    /// Starts both on the archive that `write` puts into a folder, and waits for the first screen.
    pub(crate) fn start(write: impl Fn(&Path), size: (u16, u16)) -> Self {
        Self::start_in(None, write, size)
    }

    /// The same in a shipped theme, in all colours, on a terminal with a dark background.
    pub(crate) fn start_in(theme: Option<&str>, write: impl Fn(&Path), (cols, rows): (u16, u16)) -> Self {
        let mut launch =
            Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(cols, rows).env("LC_ALL", "zh_CN.UTF-8");
        let archive = launch.home().join("digests");
        write(&archive);
        days::rest(&archive);
        let listing = wenzhai::archive::list(std::slice::from_ref(&archive));
        let mut looks = Looks::default();
        if let Some(name) = theme {
            let hints = Hints {
                term: "xterm-256color".into(),
                colorterm: "truecolor".into(),
                colorfgbg: "15;0".into(),
                ..Hints::default()
            };
            launch = launch.env("COLORTERM", &*hints.colorterm).env("COLORFGBG", &*hints.colorfgbg);
            launch = launch.arg("--theme").arg(name);
            looks.theme = Themes::new(name, hints, BTreeMap::new()).choose(None).theme;
        }
        let mut app = App::open(listing, Setup { size: (cols, rows), looks, ..Setup::default() });
        app.send(Msg::Report(Report::Index(Indexing::Ready)));
        let twin = Self { app, pty: launch.arg(&archive).start() };
        twin.meet("the start");
        twin
    }

    /// Presses a key in both, waits until the terminal shows what it has to, and returns the bytes that took.
    pub(crate) fn press(&mut self, key: &str) -> Vec<u8> {
        let before = self.pty.output().len();
        self.app.keys(key);
        self.pty.keys(key);
        self.meet(key);
        self.pty.output().split_off(before)
    }

    /// Chooses a key that does something here.
    pub(crate) fn any_key(&self, dice: &mut Dice) -> &'static str {
        let keys: &[&str] = match (&self.app.state.prompt, &self.app.state.popup) {
            (Some(_), _) => &TYPED,
            (None, Some(_)) => &IN_POPUP,
            (None, None) => &KEYS,
        };
        keys[dice.roll(keys.len())]
    }

    /// Presses a key in both if that changes the screen, so that one sees when the program has read it; else in none.
    pub(crate) fn press_if_seen(&mut self, key: &str) -> bool {
        let before = (self.app.state.clone(), self.app.buffer());
        self.app.keys(key);
        if self.app.buffer() == before.1 {
            self.app.state = before.0;
            return false;
        }
        self.pty.keys(key);
        self.meet(key);
        true
    }

    /// Changes the size of both and waits.
    pub(crate) fn resize(&mut self, cols: u16, rows: u16) {
        self.app.send(Msg::Resize(Size { cols, rows }));
        self.pty.resize(cols, rows);
        self.meet("a new size");
    }

    fn meet(&self, after: &str) {
        let (buffer, cursor) = self.app.buffer();
        let shows = |screen: &vt100::Screen| {
            let cursor_is_right = match cursor {
                Some(at) => !screen.hide_cursor() && screen.cursor_position() == (at.y, at.x),
                None => screen.hide_cursor(),
            };
            cursor_is_right && first_difference(screen, &buffer).is_none()
        };
        self.pty.wait_or(shows, |screen| format!("after {after}: {:?}", first_difference(screen, &buffer)));
    }
}

/// Where an emulator does not show `buffer`, if anywhere. vt100 drops U+FFFD and leaves its cell as it was.
pub(crate) fn first_difference(screen: &vt100::Screen, buffer: &Buffer) -> Option<String> {
    let (rows, cols) = screen.size();
    if (cols.get(), rows.get()) != (buffer.area.width, buffer.area.height) {
        return Some("another size".to_owned());
    }
    for y in 0..rows.get() {
        let mut x = 0;
        while x < cols.get() {
            let (want, got) = (&buffer[(x, y)], screen.cell(y, x).unwrap());
            let cells = wenzhai::text::width(want.symbol()).max(1) as u16;
            let next = screen.cell(y, x + 1).map_or("", vt100::Cell::contents);
            if cells == 2 && !got.is_wide() && want.symbol() == got.contents().to_owned() + next {
                // Halves of a flag and Thai vowels have cells of their own in vt100: two as well.
                x += cells;
                continue;
            }
            let wide = cells == 2 && screen.cell(y, x + 1).is_some_and(vt100::Cell::is_wide_continuation);
            if !is_shown(want, got)
                || (cells == 2) != wide
                || (got.is_wide() != wide && want.symbol() != "\u{fffd}")
            {
                return Some(format!("column {x} row {y}: {:?} for {:?}", got.contents(), want.symbol()));
            }
            x += cells;
        }
    }
    None
}

fn is_shown(want: &Cell, got: &vt100::Cell) -> bool {
    if want.symbol() == "\u{fffd}" {
        return true;
    }
    let blank = |s: &str| matches!(s, "" | " " | "\u{a0}");
    let has = |m| want.modifier.contains(m);
    let is_blank = blank(want.symbol());
    let same_text = if is_blank { blank(got.contents()) } else { got.contents() == want.symbol() };
    let same_ink = is_blank
        || (got.fgcolor() == colour(want.fg)
            && got.dim() == has(Modifier::DIM)
            && got.bold() == has(Modifier::BOLD));
    let same_ground = got.bgcolor() == colour(want.bg)
        && got.inverse() == has(Modifier::REVERSED)
        && got.underline() == has(Modifier::UNDERLINED);
    same_text && same_ink && same_ground
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::Green => vt100::Color::Idx(2),
        Color::Yellow => vt100::Color::Idx(3),
        Color::Cyan => vt100::Color::Idx(6),
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        _ => vt100::Color::Default,
    }
}
