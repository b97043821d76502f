mod away;
mod inbox;
mod input;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpid, kill_current_process_group, kill_process};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGTSTP};

use super::clock::now;
use super::effects::{Outside, Parts, Wanted};
use super::end::{End, lost};
use super::pace::Pace;
use super::probe::{self, Heard, Questions};
use super::screen::Screen;
use super::signals;
use super::terminal::{Terminal, restore, restore_on_panic};
use super::wake::Inbox;
use super::workers::is_worker;
use crate::action::Action;
use crate::effect::{Effect, Report};
use crate::state::{Msg, Size, State, update};
use crate::theme::Themes;
use crate::view;

/// How long the first frame waits for the first day, so that it does not flash up empty or in pieces.
const FIRST_FRAME: Duration = Duration::from_millis(50);
/// How long a suspended program looks for the signal that continued it.
const CONTINUED: Duration = Duration::from_millis(200);

/// Runs the reader until it is left, and returns the exit status of the program: the state's own, 2 without a
/// terminal, 128 and the number for a signal (129 when the terminal hung up), 1 when the terminal failed.
///
/// `first` are the effects the state began with. Messages go to standard error after the terminal is given back.
#[must_use]
pub(super) fn run(state: State, parts: Parts, first: Vec<Effect>) -> u8 {
    let say = |message: &str| {
        let _ = writeln!(io::stderr(), "wenzhai: {message}");
    };
    let lang = state.lang;
    let terminal = match Terminal::find(lang) {
        Ok(terminal) => terminal,
        Err(why) => {
            say(&why);
            return 2;
        }
    };
    match Reader::start(state, parts, terminal).map(|mut r| (r.turns(first), r)) {
        Ok((end, mut reader)) => {
            if !matches!(end, End::Quit) {
                reader.save();
            }
            restore();
            if !reader.state.prefs.is_read_only {
                reader.outside.journal.close();
            }
            if let Some(why) = &reader.state.unsaved {
                let count = reader.state.decisions.pending().len();
                say(&lang.decisions_lost(count, why));
            }
            match end {
                End::Quit => reader.state.exit_status(),
                End::Signal(signal) => signals::status(signal),
                End::Failed(e) => {
                    say(&lang.terminal_unusable(&e.to_string()));
                    1
                }
            }
        }
        Err(e) => {
            restore();
            say(&lang.terminal_not_set_up(&e.to_string()));
            1
        }
    }
}

struct Reader {
    state: State,
    outside: Outside,
    terminal: Terminal,
    inbox: Inbox,
    log: Option<PathBuf>,
    asks: Questions,
    themes: Themes,
    heard: Heard,
    screen: Screen,
    pace: Pace,
    size: Size,
    /// Keys of a terminal's answer that have yet to come.
    owed: usize,
    /// What the state asked for in this turn.
    asked: Vec<Effect>,
    out: Vec<u8>,
}

impl Reader {
    fn start(state: State, parts: Parts, terminal: Terminal) -> io::Result<Self> {
        let (waker, inbox) = Inbox::open()?;
        restore_on_panic(is_worker);
        signals::watch(waker.clone(), parts.updates.updater.running.clone())?;
        let size = Size { cols: 0, rows: 0 };
        Ok(Self {
            state,
            terminal,
            inbox,
            log: parts.log.clone(),
            asks: parts.asks,
            themes: parts.themes.clone(),
            heard: Heard::default(),
            outside: Outside::new(parts, waker),
            screen: Screen::new(size),
            pace: Pace::default(),
            size,
            owed: 0,
            asked: Vec::new(),
            out: Vec::new(),
        })
    }

    /// Turns until the end. The only place that waits is [`Self::wait`].
    fn turns(&mut self, first: Vec<Effect>) -> End {
        self.asked = first;
        let mut result = self.settle().and_then(|()| self.enter()).and_then(|()| self.settle());
        let begun = Instant::now();
        while result.is_ok() && self.outside.workers.is_busy() {
            let Some(left) = FIRST_FRAME.checked_sub(begun.elapsed()) else { break };
            // Keys wait for what they are meant for, and for those typed before.
            result = self.turn(PollFlags::empty(), Some(left));
        }
        result = result.and_then(|()| self.paint());
        // Nothing may come before the first frame, and no key before all decisions and the day's texts are known.
        self.outside.go_on();
        while result.is_ok() && (self.outside.journal.is_catching_up() || self.state.lacks_texts()) {
            result = self.turn(PollFlags::empty(), None).and_then(|()| self.paint());
        }
        let mut typed = std::mem::take(&mut self.heard.typed);
        self.press(&mut typed);
        self.asked.push(Effect::Update { force: false });
        result = result.and_then(|()| self.settle());
        loop {
            let hold = self.pace.hold(Instant::now());
            let painted = |()| if hold.is_some() { Ok(()) } else { self.paint() };
            result = result.and_then(painted).and_then(|()| {
                self.outside.go_on();
                self.turn(PollFlags::IN, hold)
            });
            if let Err(end) = result {
                return end;
            }
        }
    }

    /// Waits, and handles all that has come as one batch: reports, size, then keys.
    fn turn(&mut self, what: PollFlags, timeout: Option<Duration>) -> Result<(), End> {
        let (has_input, has_events) = self.wait(what, timeout)?;
        let mut stopped = false;
        if has_events {
            for signal in self.read_inbox()? {
                match signal {
                    SIGTSTP => stopped = true,
                    SIGCONT => self.resume()?,
                    _ => {}
                }
            }
        }
        self.measure();
        if has_input {
            self.read_keys()?;
        }
        self.settle()?;
        if stopped {
            self.suspend(|| kill_process(getpid(), Signal::STOP))?;
        }
        Ok(())
    }

    /// Waits for the terminal (for `what` of it, and for its end) or another thread; says which has something.
    fn wait(&self, what: PollFlags, timeout: Option<Duration>) -> Result<(bool, bool), End> {
        let timeout = timeout.and_then(|t| Timespec::try_from(t).ok());
        let mut fds = [PollFd::new(&self.terminal, what), PollFd::new(&self.inbox, PollFlags::IN)];
        match poll(&mut fds, timeout.as_ref()) {
            Ok(_) => {}
            Err(Errno::INTR) => return Ok((false, false)),
            Err(e) => return Err(End::Failed(e.into())),
        }
        let [terminal, inbox] = fds.map(|f| f.revents());
        if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Err(End::Signal(SIGHUP));
        }
        Ok((!terminal.is_empty(), !inbox.is_empty()))
    }

    fn handle(&mut self, msg: Msg) {
        let effects = update(&mut self.state, now(), msg);
        self.asked.extend(effects);
    }

    /// Carries out what the state asked for during this turn, and what it asks for on hearing what came of that.
    fn carry_out(&mut self) -> Wanted {
        let mut wanted = Wanted::default();
        while !self.asked.is_empty() {
            let asked = std::mem::take(&mut self.asked);
            for report in self.outside.perform(asked, &mut wanted) {
                self.handle(Msg::Report(report));
            }
        }
        wanted
    }

    fn settle(&mut self) -> Result<(), End> {
        let wanted = self.carry_out();
        if wanted.redraw {
            self.screen.invalidate();
        }
        if wanted.quit {
            return Err(End::Quit);
        }
        for look in wanted.looks {
            self.change_looks(look)?;
        }
        if let Some(away) = wanted.away {
            return self.hand_over(away);
        }
        if wanted.suspend {
            // The whole job stops, or the shell would wait on for a parent such as `cargo run`.
            self.suspend(|| kill_current_process_group(Signal::STOP))?;
        }
        Ok(())
    }

    /// Takes another theme, or begins to listen to the mouse, or ends that.
    fn change_looks(&mut self, look: Effect) -> Result<(), End> {
        match look {
            Effect::Theme(name) => {
                let (themes, problems) = self.outside.settings.themes(&name, &self.outside.environment);
                self.themes = themes;
                self.state.looks.theme = self.themes.choose(self.heard.colours).theme;
                for problem in problems {
                    self.handle(Msg::Report(Report::Notice(problem)));
                }
            }
            Effect::Mouse(is_on) => Terminal::listen_to_mouse(is_on).map_err(lost)?,
            _ => {}
        }
        Ok(())
    }

    /// Saves what pressing quit would have saved.
    fn save(&mut self) {
        self.handle(Msg::Act(Action::Quit));
        self.carry_out();
    }

    /// Takes the terminal, at first or anew: the shell may have changed its modes, its size and its screen.
    fn enter(&mut self) -> Result<(), End> {
        restore();
        Terminal::hold(self.log.as_deref()).map_err(lost)?;
        let asked = std::mem::take(&mut self.asks);
        if asked != Questions::default() {
            self.heard = probe::ask(&self.terminal, asked);
            let looks = &mut self.state.looks;
            if asked.width {
                looks.glyphs.is_wide = self.heard.is_wide.unwrap_or(false);
            }
            looks.theme = self.themes.choose(self.heard.colours).theme;
        }
        Terminal::enter(self.state.prefs.mouse).map_err(lost)?;
        self.screen.invalidate();
        self.measure();
        Ok(())
    }

    /// Asks the terminal for its size, and tells the state when it is another one.
    fn measure(&mut self) {
        let size = Terminal::size();
        if size != self.size {
            self.size = size;
            self.screen = Screen::new(size);
            self.handle(Msg::Resize(size));
        }
    }

    fn paint(&mut self) -> Result<(), End> {
        self.out.clear();
        let _measure = self.state.looks.glyphs.measure();
        self.screen.frame(|buf| view::draw(&self.state, buf), self.heard.doubt(), &mut self.out);
        let link = self.state.message.as_ref().and_then(|m| m.link.as_deref());
        if let Some(link) = link.filter(|_| self.outside.knows_osc && !self.out.is_empty()) {
            self.screen.link(link, &mut self.out);
        }
        let begun = Instant::now();
        Terminal::write(&self.out).map_err(lost)?;
        self.pace.wrote(self.out.len(), begun, Instant::now());
        self.handle(Msg::Painted);
        // What is asked for once all is on screen is not to wait for the next key.
        self.settle()
    }

    /// Gives the terminal back, stops, and takes it again once continued.
    fn suspend(&mut self, stop: impl Fn() -> rustix::io::Result<()>) -> Result<(), End> {
        restore();
        stop().map_err(|e| End::Failed(e.into()))?;
        let stopped = Instant::now();
        while let Some(left) = CONTINUED.checked_sub(stopped.elapsed()) {
            let (_, has_events) = self.wait(PollFlags::empty(), Some(left))?;
            if has_events && self.read_inbox()?.contains(&SIGCONT) {
                break;
            }
        }
        self.resume()?;
        self.settle()
    }

    fn resume(&mut self) -> Result<(), End> {
        self.enter()?;
        self.handle(Msg::Resumed);
        Ok(())
    }
}
