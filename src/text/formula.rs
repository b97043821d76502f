//! One formula as Unicode.
//!
//! Owns the reading of what stands between the delimiters of a formula, and of scripts alone. Hands over the
//! formula in one line (the linear format of Unicode Technical Note #28: `√(n/k)`, `a/b`), or nothing where
//! that would not be faithful. Never looks for formulas: that is [`super::math()`].

use unicode_normalization::char::{compose, is_combining_mark};

use super::formula_line::{Last, Line, scripts};
use super::script::{is_cjk, is_hangul};
use super::symbols::{Alphabet, Class, is_script, symbol};

/// Groups within groups beyond which a formula is left alone.
const DEPTH: usize = 24;

/// Converts the content of a formula. None where a command is not known or a script has no character:
/// showing half of it would not be faithful. O(length).
pub(super) fn convert(content: &str) -> Option<String> {
    let content = content.trim();
    let is_cut = content.len() > 1 && content.ends_with([':', '/', ',', ';', '(', '-']);
    if is_cut || is_sentence(content) || content.contains(is_combining_mark) {
        return None;
    }
    Parser { rest: content, depth: 0 }.row(None).filter(|out| !out.is_empty())
}

/// Converts `^{content}` or `_{content}`, as `mark` says, without the base.
pub(super) fn script(mark: char, content: &str) -> Option<String> {
    if content.contains(is_combining_mark) {
        return None;
    }
    let plain = Parser { rest: content, depth: 0 }.row(None)?;
    scripts(mark, &plain).filter(|s| !s.is_empty())
}

/// Words between two dollars that belong to no formula: `$5M in the US$`.
fn is_sentence(content: &str) -> bool {
    !content.contains(['\\', '^', '_', '=', '<', '>', '+'])
        && content.split(' ').skip(1).any(|w| w.len() > 2 && w.bytes().all(|b| b.is_ascii_lowercase()))
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    /// Reads up to `end`, or up to the end of the text.
    fn row(&mut self, end: Option<char>) -> Option<String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let mut line = Line::default();
        loop {
            match self.next() {
                None if end.is_none() => break,
                None => return None,
                c if c == end => break,
                Some(c) => self.item(c, &mut line)?,
            }
        }
        self.depth -= 1;
        line.trim();
        Some(line.out)
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.skip(c.len_utf8());
        Some(c)
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn skip_blanks(&mut self) -> bool {
        let before = self.rest.len();
        self.rest = self.rest.trim_start_matches([' ', '\n']);
        before > self.rest.len()
    }

    fn item(&mut self, c: char, line: &mut Line) -> Option<()> {
        match c {
            ' ' | '\u{a0}' | '\n' | '~' => line.is_spaced = true,
            '{' => {
                let group = self.row(Some('}'))?;
                if !group.is_empty() {
                    line.push(&group, if is_atom(&group) { Last::Operand } else { Last::Group });
                }
            }
            '^' | '_' => {
                self.skip_blanks();
                let plain = self.argument()?;
                line.script(c, &plain)?;
            }
            '\\' => self.command(line)?,
            '}' | '&' | '#' | '$' | '"' | '`' => return None,
            '-' => line.push("−", Last::Operator),
            '+' | '=' | '<' | '>' | '/' | '*' | ':' | ',' | ';' => {
                line.push(c.encode_utf8(&mut [0; 4]), Last::Operator);
            }
            '(' | '[' => line.push(c.encode_utf8(&mut [0; 4]), Last::Open),
            ')' | ']' => line.close(c.encode_utf8(&mut [0; 4])),
            _ if c.is_control() || c.is_whitespace() || is_cjk(c) || is_hangul(c) => return None,
            _ => line.push(c.encode_utf8(&mut [0; 4]), Last::Operand),
        }
        Some(())
    }

    /// Reads what a command or a script applies to: a group, a command or one character.
    fn argument(&mut self) -> Option<String> {
        self.skip_blanks();
        match self.next()? {
            '{' => self.row(Some('}')),
            '^' | '_' => None,
            c => {
                self.depth += 1;
                if self.depth > DEPTH {
                    return None;
                }
                let mut line = Line::default();
                self.item(c, &mut line)?;
                self.depth -= 1;
                Some(line.out)
            }
        }
    }

    /// Reads the content of a text command: words, not mathematics.
    fn words(&mut self) -> Option<String> {
        self.skip_blanks();
        let (words, rest) = self.rest.strip_prefix('{')?.split_once('}')?;
        self.rest = rest;
        let words = ["\\%", "\\&", "\\_"]
            .iter()
            .fold(words.to_owned(), |w, e| w.replace(e, e.trim_start_matches('\\')));
        (!words.contains(['\\', '{', '$', '^', '\n'])).then_some(words)
    }

    fn command(&mut self, line: &mut Line) -> Option<()> {
        let length = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let Some(name) = self.rest.get(..length).filter(|n| !n.is_empty()) else {
            return self.sign(line);
        };
        self.skip(length);
        if let Some((piece, class)) = symbol(name) {
            let was_blank = self.skip_blanks();
            line.symbol(piece, class);
            line.is_spaced |= was_blank && self.peek().is_some_and(|c| "+-=<>/*|:".contains(c));
            return Some(());
        }
        match name {
            "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "Bigl" | "Bigr" | "bigg" | "middle" => {
                self.skip_blanks();
                if self.peek() == Some('.') {
                    self.skip(1);
                }
            }
            "displaystyle" | "textstyle" | "limits" | "nolimits" | "rm" | "it" | "bf" | "tt" | "sf" => {
                self.skip_blanks();
            }
            "quad" | "qquad" | "space" | "thinspace" => line.is_spaced = true,
            "operatorname" => {
                if self.peek() == Some('*') {
                    self.skip(1);
                }
                let name = self.argument()?;
                line.symbol(&name, Class::Function);
            }
            "mathrm" | "mathit" | "mathsf" | "mathtt" | "mathnormal" => {
                let plain = self.argument()?;
                line.push(&plain, Last::Operand);
            }
            "text" | "textrm" | "textit" | "textbf" | "texttt" | "textsf" | "textsc" | "emph" | "mbox" => {
                let words = self.words()?;
                line.is_spaced |= words.starts_with(' ');
                line.push(words.trim(), Last::Operand);
                line.is_spaced = words.ends_with(' ');
            }
            "frac" | "dfrac" | "tfrac" => self.fraction(line)?,
            "sqrt" => self.root(line)?,
            "not" => self.negation(line)?,
            _ => self.styled(name, line)?,
        }
        Some(())
    }

    /// A backslash and a sign: an escape or a blank. Before a letter a second backslash is one too many, as
    /// sources have it that escaped their texts twice.
    fn sign(&mut self, line: &mut Line) -> Option<()> {
        match self.next()? {
            ',' | ';' | ':' | ' ' => line.is_spaced = true,
            '!' => {}
            '|' => line.push("‖", Last::Operand),
            '{' => line.push("{", Last::Open),
            '}' => line.close("}"),
            c @ ('%' | '_' | '#' | '&') => line.push(c.encode_utf8(&mut [0; 4]), Last::Operand),
            '\\' if self.peek()?.is_ascii_alphabetic() => self.command(line)?,
            _ => return None,
        }
        Some(())
    }

    fn fraction(&mut self, line: &mut Line) -> Option<()> {
        let (above, below) = (self.argument()?, self.argument()?);
        let mut fraction = format!("{}/{}", bracketed(&above)?, bracketed(&below)?);
        let is_left = !line.is_spaced && matches!(line.last, Last::Operand | Last::Loose | Last::Group);
        let is_right = self.peek().is_some_and(|c| c.is_alphanumeric() || "\\({^_'!".contains(c));
        if is_left || is_right {
            fraction = format!("({fraction})");
        }
        line.push(&fraction, Last::Operand);
        Some(())
    }

    fn root(&mut self, line: &mut Line) -> Option<()> {
        self.skip_blanks();
        let sign = match self.rest.get(..3) {
            Some("[3]") => '∛',
            Some("[4]") => '∜',
            Some(degree) if degree.starts_with('[') => return None,
            _ => '√',
        };
        self.skip(if sign == '√' { 0 } else { 3 });
        let under = self.argument()?;
        line.push(&format!("{sign}{}", bracketed(&under)?), Last::Loose);
        Some(())
    }

    fn negation(&mut self, line: &mut Line) -> Option<()> {
        let mut of = self.argument()?.chars().collect::<Vec<_>>().into_iter();
        let negated = compose(of.next()?, '\u{338}').filter(|_| of.next().is_none())?;
        self.skip_blanks();
        line.symbol(negated.encode_utf8(&mut [0; 4]), Class::Operator);
        Some(())
    }

    /// Accents and alphabets.
    fn styled(&mut self, name: &str, line: &mut Line) -> Option<()> {
        if let Some(mark) = accent(name) {
            let base = self.argument()?;
            let mut chars = base.chars();
            let only = chars.next().filter(|c| c.is_alphanumeric() && chars.next().is_none())?;
            match compose(only, mark) {
                Some(c) => line.push(c.encode_utf8(&mut [0; 4]), Last::Operand),
                None => line.push(&format!("{only}{mark}"), Last::Operand),
            }
            return Some(());
        }
        let alphabet = Alphabet::of(name)?;
        let plain = self.argument()?;
        // A word in bold is a name, not a row of vectors.
        let is_name = alphabet == Alphabet::Bold && plain.chars().count() > 2;
        let set: Option<String> = plain.chars().map(|c| alphabet.letter(c)).collect();
        line.push(if is_name { &plain } else { set.as_ref()? }, Last::Operand);
        Some(())
    }
}

fn accent(name: &str) -> Option<char> {
    Some(match name {
        "hat" | "widehat" => '\u{302}',
        "tilde" | "widetilde" => '\u{303}',
        "bar" | "overline" => '\u{304}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        "check" => '\u{30c}',
        "breve" => '\u{306}',
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "mathring" => '\u{30a}',
        "vec" => '\u{20d7}',
        _ => return None,
    })
}

/// A number, or one sign with its scripts and accents.
fn is_atom(s: &str) -> bool {
    let mut chars = s.chars();
    let has_one = chars.next().is_some_and(char::is_alphanumeric)
        && chars.all(|c| is_script(c) || is_combining_mark(c));
    has_one || (!s.is_empty() && s.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// The operand of a fraction or a root, in brackets where it needs them.
fn bracketed(s: &str) -> Option<String> {
    let is_whole = is_atom(s);
    (!s.is_empty()).then(|| if is_whole { s.to_owned() } else { format!("({s})") })
}
