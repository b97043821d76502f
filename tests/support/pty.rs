//! A program on a pseudo-terminal with an emulator behind it: keys in, screens out, no fixed waits.

#![allow(dead_code, reason = "each test binary uses its part")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// How long a condition may take before the test fails.
const DEADLINE: Duration = Duration::from_secs(10);
/// Questions a program may ask, and what a terminal answers: cursor report, device attributes, status.
const QUERIES: [(&[u8], &str); 4] =
    [(b"\x1b[6n", ""), (b"\x1b[c", "\x1b[?62;22c"), (b"\x1b[0c", "\x1b[?62;22c"), (b"\x1b[5n", "\x1b[0n")];

/// What to start, before it is started. Home and XDG folders are in a folder of its own.
pub(crate) struct Launch {
    command: CommandBuilder,
    size: (u16, u16),
    home: Arc<TempDir>,
    is_deaf: bool,
    /// Bytes a second that the line carries; none: as many as come.
    rate: Option<u32>,
}

impl Launch {
    /// Prepares `program` on an xterm of 80 x 24.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let launch = Self {
            command: CommandBuilder::new(program),
            size: (80, 24),
            home: Arc::new(tempfile::tempdir().unwrap()),
            is_deaf: false,
            rate: None,
        };
        launch.in_home()
    }

    /// Prepares another run that finds what an earlier one left in its home.
    pub(crate) fn again(program: impl AsRef<OsStr>, before: &Pty) -> Self {
        let (command, home) = (CommandBuilder::new(program), Arc::clone(&before.home));
        Self { command, size: (80, 24), home, is_deaf: false, rate: None }.in_home()
    }

    fn in_home(mut self) -> Self {
        let home = self.home.path().to_owned();
        for name in
            ["WENZHAI_ARCHIVE", "NO_COLOR", "COLORTERM", "COLORFGBG", "LANG", "LC_MESSAGES", "LANGUAGE"]
        {
            self.command.env_remove(name);
        }
        for (name, folder) in [
            ("DATA", "data"),
            ("STATE", "state"),
            ("CONFIG", "config"),
            ("CACHE", "cache"),
            ("RUNTIME", "run"),
        ] {
            let suffix = if name == "RUNTIME" { "DIR" } else { "HOME" };
            self.command.env(format!("XDG_{name}_{suffix}"), home.join(folder));
        }
        self.env("HOME", &home).env("TERM", "xterm-256color").env("LC_ALL", "C.UTF-8")
    }

    /// Adds an argument.
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Sets a variable.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Sets the size in columns and rows.
    pub(crate) fn size(mut self, cols: u16, rows: u16) -> Self {
        self.size = (cols, rows);
        self
    }

    /// Leaves the program's questions to the test to answer.
    pub(crate) fn deaf(mut self) -> Self {
        self.is_deaf = true;
        self
    }

    /// Makes the line to the terminal a slow one.
    pub(crate) fn slow(mut self, bytes_a_second: u32) -> Self {
        self.rate = Some(bytes_a_second);
        self
    }

    /// The folder that is the program's home.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Starts the program.
    pub(crate) fn start(self) -> Pty {
        let (cols, rows) = self.size;
        let pair = native_pty_system().openpty(pty_size(cols, rows)).unwrap();
        let child = pair.slave.spawn_command(self.command).unwrap();
        drop(pair.slave);
        let parser = vt100::Parser::new(non_zero(rows), non_zero(cols), 0);
        let seen = Arc::new(Seen {
            content: Mutex::new(Content {
                parser,
                output: Vec::new(),
                in_frame: false,
                ended: false,
                closing: false,
            }),
            changed: Condvar::new(),
        });
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let reader = pair.master.try_clone_reader().unwrap();
        let (to, answers) = (Arc::clone(&seen), Arc::clone(&writer));
        let queries = if self.is_deaf { &[][..] } else { &QUERIES[..] };
        let rate = self.rate;
        std::thread::spawn(move || follow(reader, &to, &answers, (queries, rate)));
        Pty { child, master: Some(pair.master), writer: Some(writer), seen, home: self.home }
    }
}

type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

struct Seen {
    content: Mutex<Content>,
    changed: Condvar,
}

struct Content {
    parser: vt100::Parser,
    output: Vec<u8>,
    /// A synchronized update has begun and not ended: what is on the screen is half a frame.
    in_frame: bool,
    /// The program's side is closed.
    ended: bool,
    /// The reading thread shall let go of the terminal.
    closing: bool,
}

/// Feeds the emulator and answers what the program asks, until the terminal is closed.
fn follow(
    mut reader: Box<dyn Read + Send>,
    seen: &Seen,
    answers: &Writer,
    (queries, rate): (&[(&[u8], &str)], Option<u32>),
) {
    let mut bytes = vec![0; if rate.is_some() { 64 } else { 4096 }];
    while let Ok(n @ 1..) = reader.read(&mut bytes) {
        let mut content = seen.content.lock().unwrap();
        for &byte in &bytes[..n] {
            content.output.push(byte);
            content.parser.process(&[byte]);
            if content.output.ends_with(b"\x1b[?2026h") {
                content.in_frame = true;
            } else if content.output.ends_with(b"\x1b[?2026l") {
                content.in_frame = false;
            }
            if let Some((query, answer)) = queries.iter().find(|(q, _)| content.output.ends_with(q)) {
                let (row, col) = content.parser.screen().cursor_position();
                let report = format!("\x1b[{};{}R", row + 1, col + 1);
                let answer = if *query == b"\x1b[6n" { &report } else { *answer };
                let _ = answers.lock().unwrap().write_all(answer.as_bytes());
            }
        }
        seen.changed.notify_all();
        if content.closing {
            return;
        }
        drop(content);
        if let Some(rate) = rate {
            std::thread::sleep(Duration::from_secs(1) * n as u32 / rate);
        }
    }
    seen.content.lock().unwrap().ended = true;
    seen.changed.notify_all();
}

/// A running program.
pub(crate) struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Writer>,
    seen: Arc<Seen>,
    home: Arc<TempDir>,
}

impl Pty {
    /// Presses keys: `"j G Enter <C-d> <S-Tab> 中文"`. Words that are no key's name are typed.
    pub(crate) fn keys(&self, keys: &str) {
        keys.split_whitespace().for_each(|key| self.send(&key_bytes(key)));
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&self, bytes: &[u8]) {
        self.writer.as_ref().unwrap().lock().unwrap().write_all(bytes).unwrap();
    }

    /// Waits until the screen is as wished. Fails, showing the screen, when that takes too long or cannot come.
    pub(crate) fn wait(&self, what: &str, wished: impl Fn(&vt100::Screen) -> bool) {
        self.until(what, |c| wished(c.parser.screen()));
    }

    /// Waits until the screen is as wished; `why` says what is wrong with one that does not become so.
    pub(crate) fn wait_or(
        &self,
        wished: impl Fn(&vt100::Screen) -> bool,
        why: impl Fn(&vt100::Screen) -> String,
    ) {
        self.until_or(|c| wished(c.parser.screen()), |c| why(c.parser.screen()));
    }

    /// Waits until the screen shows `text` in one row.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait(text, |s| rows_of(s).iter().any(|r| r.contains(text)));
    }

    /// Waits until more than `before` bytes have come and they hold `bytes`.
    pub(crate) fn wait_for_bytes(&self, before: usize, bytes: &[u8]) {
        let found = |c: &Content| c.output[before..].windows(bytes.len()).any(|w| w == bytes);
        self.until(&String::from_utf8_lossy(bytes), found);
    }

    fn until(&self, what: &str, wished: impl Fn(&Content) -> bool) {
        self.until_or(wished, |content| {
            format!("waited for {what:?}{}", if content.ended { ", the program ended" } else { "" })
        });
    }

    fn until_or(&self, wished: impl Fn(&Content) -> bool, why: impl Fn(&Content) -> String) {
        let begun = Instant::now();
        let mut content = self.seen.content.lock().unwrap();
        while (content.in_frame && !content.ended) || !wished(&content) {
            let left = DEADLINE.checked_sub(begun.elapsed()).filter(|_| !content.ended);
            let Some(left) = left else {
                panic!("{}; the screen:\n{}", why(&content), rows_of(content.parser.screen()).join("\n"));
            };
            content = self.seen.changed.wait_timeout(content, left).unwrap().0;
        }
    }

    /// The rows of the screen, trailing blanks cut.
    pub(crate) fn screen_text(&self) -> String {
        self.look(|s| rows_of(s).join("\n"))
    }

    /// Looks at the screen as it is now, at the end of a frame that is under way.
    pub(crate) fn look<T>(&self, at: impl Fn(&vt100::Screen) -> T) -> T {
        self.until("the end of a frame", |_| true);
        at(self.seen.content.lock().unwrap().parser.screen())
    }

    /// All bytes the program wrote so far.
    pub(crate) fn output(&self) -> Vec<u8> {
        self.seen.content.lock().unwrap().output.clone()
    }

    /// Changes the size, which the program is told by SIGWINCH.
    pub(crate) fn resize(&self, cols: u16, rows: u16) {
        self.seen.content.lock().unwrap().parser.set_size(non_zero(rows), non_zero(cols));
        self.master.as_ref().unwrap().resize(pty_size(cols, rows)).unwrap();
    }

    /// Sends a signal to the program alone.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// The process.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().cast_signed()).unwrap()
    }

    /// Waits until the program is in this state of proc(5): `T` when it is stopped.
    pub(crate) fn wait_for_state(&self, state: char) {
        let path = format!("/proc/{}/stat", self.pid().as_raw_nonzero());
        let begun = Instant::now();
        loop {
            let stat = std::fs::read_to_string(&path).unwrap_or_default();
            if stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with(state)) {
                return;
            }
            let screen = || self.screen_text();
            assert!(begun.elapsed() < DEADLINE, "not in state {state}: {stat}; the screen:\n{}", screen());
            std::thread::yield_now();
        }
    }

    /// Waits for the end, and for all output; returns the exit status, or 128 and more for a death by signal.
    pub(crate) fn wait_exit(&mut self) -> u32 {
        let begun = Instant::now();
        let mut content = self.seen.content.lock().unwrap();
        while !content.ended && !content.closing {
            let Some(left) = DEADLINE.checked_sub(begun.elapsed()) else {
                panic!("still running; the screen:\n{}", rows_of(content.parser.screen()).join("\n"));
            };
            content = self.seen.changed.wait_timeout(content, left).unwrap().0;
        }
        drop(content);
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(begun.elapsed() < DEADLINE, "the terminal is closed, the program runs on");
            std::thread::yield_now();
        };
        if status.signal().is_some() { 128 + status.exit_code() } else { status.exit_code() }
    }

    /// Closes the terminal under the program, as a lost connection does, and waits for its end.
    pub(crate) fn hang_up(mut self) -> u32 {
        // The reading thread holds the terminal open until it has read something: a paint at a new size.
        self.seen.content.lock().unwrap().closing = true;
        let size = self.master.as_ref().unwrap().get_size().unwrap();
        self.master.as_ref().unwrap().resize(pty_size(size.cols + 1, size.rows)).unwrap();
        let begun = Instant::now();
        while self.writer.as_ref().is_some_and(|w| Arc::strong_count(w) > 1) {
            assert!(begun.elapsed() < DEADLINE, "no paint after a resize");
            std::thread::yield_now();
        }
        (self.writer, self.master) = (None, None);
        self.wait_exit()
    }

    /// The program's home.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The rows of a screen, trailing blanks cut.
pub(crate) fn rows_of(screen: &vt100::Screen) -> Vec<String> {
    let (_, cols) = screen.size();
    screen.rows(0, cols.get()).map(|r| r.trim_end().to_owned()).collect()
}

fn non_zero(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n.max(1)).unwrap()
}

fn pty_size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// The bytes an xterm sends for a key.
fn key_bytes(key: &str) -> Vec<u8> {
    let name = key.strip_prefix('<').and_then(|k| k.strip_suffix('>')).unwrap_or(key);
    if let Some(letter) = name.strip_prefix("C-").filter(|l| l.len() == 1) {
        return vec![letter.as_bytes()[0].to_ascii_lowercase() & 0x1f];
    }
    let bytes = match name {
        "Enter" => "\r",
        "Esc" => "\x1b",
        "Tab" => "\t",
        "S-Tab" => "\x1b[Z",
        "Space" => " ",
        "Backspace" => "\x7f",
        "Delete" => "\x1b[3~",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "PageUp" | "PgUp" => "\x1b[5~",
        "PageDown" | "PgDn" => "\x1b[6~",
        _ => return key.as_bytes().to_vec(),
    };
    bytes.as_bytes().to_vec()
}
