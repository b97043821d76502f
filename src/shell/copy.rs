use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread::Builder;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use rustix::process::{Pid, Signal, kill_process_group};

use super::terminal::Terminal;
use crate::cli::{Environment, Multiplexer};
use crate::effect::{NotCopied, Way};

/// Bytes of the longest text sent by OSC 52: with its base64 and frame 100,000 bytes, more than which some terminals
/// drop in silence.
const LONGEST: usize = 74_994;
/// Bytes of a string sequence that every GNU screen takes.
const SCREEN_CHUNK: usize = 250;
/// How long a program may take to accept a text.
const PATIENCE: Duration = Duration::from_secs(2);

/// Puts texts where the user can paste them from: a file of the user's choice, tmux, a program of the desktop, else the
/// terminal itself by OSC 52 (xterm's Operating System Command 52).
pub(super) struct Copier {
    environment: Environment,
    file: Option<PathBuf>,
}

impl Copier {
    /// With `file`, texts go there and nowhere else.
    pub(super) fn new(environment: Environment, file: Option<PathBuf>) -> Self {
        Self { environment, file }
    }

    /// Copies a text by the first way that works. Waits for programs, at most 2 seconds in all.
    pub(super) fn copy(&self, text: &str) -> Result<Way, NotCopied> {
        if let Some(file) = &self.file {
            let name = file.display().to_string();
            return match write(file, text) {
                Ok(()) => Ok(Way::File(name)),
                Err(e) => Err(NotCopied::File(format!("{name}: {e}"))),
            };
        }
        let begun = Instant::now();
        let left = || PATIENCE.saturating_sub(begun.elapsed());
        let inside = self.environment.inside;
        if inside == Some(Multiplexer::Tmux) && hand_to("tmux", &["load-buffer", "-w", "-"], text, left()) {
            // Whatever `set-clipboard` and `allow-passthrough` are, tmux does this for its own client.
            return Ok(Way::Tmux);
        }
        if inside.is_none() && self.environment.has_desktop() {
            let tool = tools().find(|(name, arguments)| hand_to(name, arguments, text, left()));
            if let Some((name, _)) = tool {
                return Ok(Way::Program(name));
            }
        }
        if text.len() > LONGEST {
            return Err(NotCopied::TooLong(LONGEST));
        }
        if inside.is_none() && !self.environment.knows_osc() {
            return Err(NotCopied::NoClipboard);
        }
        // Over SSH only the terminal's name tells of a tmux at the other end.
        let is_far_tmux = inside.is_none() && self.environment.term.starts_with("tmux");
        let through = if is_far_tmux { Some(Multiplexer::Tmux) } else { inside };
        // A terminal that is gone is noticed by the loop.
        let _ = Terminal::write(&osc52(text, through));
        Ok(match through {
            None => Way::Terminal,
            Some(Multiplexer::Tmux) => Way::Through("tmux"),
            Some(Multiplexer::Screen) => Way::Through("GNU screen"),
        })
    }
}

/// The clipboard programs of this desktop, the likeliest first.
fn tools() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let is_set = |name: &str| env::var_os(name).is_some_and(|v| !v.is_empty());
    let (wayland, x11) = (is_set("WAYLAND_DISPLAY"), is_set("DISPLAY"));
    let all: [(bool, &'static str, &'static [&'static str]); 4] = [
        (cfg!(target_os = "macos"), "pbcopy", &[]),
        (wayland, "wl-copy", &["--type", "text/plain;charset=utf-8"]),
        (x11, "xclip", &["-selection", "clipboard"]),
        (x11, "xsel", &["--clipboard", "--input"]),
    ];
    all.into_iter().filter(|(is_here, ..)| *is_here).map(|(_, name, arguments)| (name, arguments))
}

/// Gives a text to a program on its standard input; false when it is not there, fails, or hangs and is killed. What it
/// leaves running to serve the text goes on.
fn hand_to(program: &str, arguments: &[&str], text: &str, patience: Duration) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    // Suspending the reader must not stop who serves its text.
    let Ok(mut child) = std::os::unix::process::CommandExt::process_group(&mut command, 0).spawn() else {
        return false;
    };
    let leader = Pid::from_child(&child);
    let (sender, done) = channel();
    let text = text.to_owned();
    let wait = move || {
        let written = child.stdin.take().map(|mut input| input.write_all(text.as_bytes()));
        let status = child.wait();
        let _ = sender.send(matches!((written, status), (Some(Ok(())), Ok(s)) if s.success()));
    };
    if Builder::new().name("clipboard".to_owned()).spawn(wait).is_err() {
        return false;
    }
    done.recv_timeout(patience).unwrap_or_else(|_| {
        // Not waited for yet, so the number cannot have become another's.
        let _ = kill_process_group(leader, Signal::KILL);
        false
    })
}

/// Writes a text in place of what the file holds; the file must be one, as a pipe would be waited for without end.
fn write(file: &Path, text: &str) -> io::Result<()> {
    match fs::metadata(file) {
        Ok(meta) if !meta.is_file() => Err(io::Error::other("is not a file")),
        _ => fs::write(file, text),
    }
}

/// The bytes that ask a terminal to take a text. Through tmux it goes twice: tmux takes the one for itself where
/// `set-clipboard` is `on`, and hands the other on where `allow-passthrough` is. GNU screen takes short strings only.
/// The string ends in BEL: within a wrapping, ST would end that.
fn osc52(text: &str, inside: Option<Multiplexer>) -> Vec<u8> {
    let plain = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    match inside {
        None => plain.into_bytes(),
        Some(Multiplexer::Tmux) => format!("{plain}\x1bPtmux;\x1b{plain}\x1b\\").into_bytes(),
        Some(Multiplexer::Screen) => {
            let chunks = plain.as_bytes().chunks(SCREEN_CHUNK);
            chunks.flat_map(|chunk| [b"\x1bP", chunk, b"\x1b\\"].concat()).collect()
        }
    }
}

/// Encodes bytes by RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let index = (bits >> (18 - 6 * at)) & 63;
            let letter = ALPHABET.get(index as usize).copied().filter(|_| at <= chunk.len());
            out.push(letter.map_or('=', char::from));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, want) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
            ("中文", "5Lit5paH"),
            ("???>>>", "Pz8/Pj4+"),
        ] {
            assert_eq!(base64(text.as_bytes()), want, "{text}");
        }
    }

    #[test]
    fn each_wrapping_is_whole() {
        let plain = "\x1b]52;c;5Lit5paH\x07";
        assert_eq!(osc52("中文", None), plain.as_bytes());
        let tmux = format!("{plain}\x1bPtmux;\x1b{plain}\x1b\\");
        assert_eq!(osc52("中文", Some(Multiplexer::Tmux)), tmux.as_bytes());
        let text = "x".repeat(1000);
        let screen = osc52(&text, Some(Multiplexer::Screen));
        let inner: Vec<u8> = String::from_utf8(screen)
            .unwrap()
            .split_terminator("\x1b\\")
            .flat_map(|s| {
                let inner = s.strip_prefix("\x1bP").unwrap().as_bytes();
                assert!(inner.len() <= SCREEN_CHUNK && !inner[1..].contains(&0x1b));
                inner.to_vec()
            })
            .collect();
        assert_eq!(inner, osc52(&text, None));
        assert!(osc52(&"x".repeat(LONGEST), None).len() <= 100_000);
    }

    #[test]
    fn a_program_that_is_missing_fails_or_hangs_takes_nothing() {
        assert!(hand_to("cat", &[], "中文", PATIENCE));
        assert!(!hand_to("no-such-program", &[], "x", PATIENCE));
        assert!(!hand_to("false", &[], &"x".repeat(1 << 20), PATIENCE));
        // Neither reads nor ends.
        assert!(!hand_to("sleep", &["600"], &"x".repeat(1 << 20), Duration::from_millis(50)));
    }
}
