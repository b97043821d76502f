//! Where a row may end.
//!
//! Owns the line-break opportunities: those of UAX #14, and what is tailored for Chinese, numbers, formulas,
//! addresses and Korean. Hands over byte offsets. Never measures a row: that is [`super::wrap()`].

use std::borrow::Cow;

use textwrap::WordSeparator;
use unicode_normalization::char::is_combining_mark;

use super::script::{is_cjk, is_hangul};
use super::spans::{Kind, spans};

/// Bytes of scripts without blanks whose words are looked for: the model that guesses them reads 0.4 MB a second.
const GUESSED_BYTES: usize = 6 * 1024;

/// Lists the offsets in `s`, in order, where a row of `cells` may end. O(length).
pub(super) fn opportunities(s: &str, cells: usize) -> Vec<usize> {
    let mut standard = standard(s).into_iter().peekable();
    let mut spans = spans(s, cells).into_iter().peekable();
    let mut found = Vec::new();
    let mut gap = Gap::default();
    for (at, c) in s.char_indices() {
        if gap.is_in_word(c) {
            gap.step(c);
            continue;
        }
        while spans.next_if(|span| span.bytes.end < at).is_some() {}
        if gap.is_in_han(c) && spans.peek().is_none_or(|span| span.bytes.start >= at) {
            found.push(at);
            gap.step(c);
            continue;
        }
        gap.after = c;
        while standard.next_if(|end| *end < at).is_some() {}
        let is_standard = standard.next_if_eq(&at).is_some();
        let is_open = match spans.peek() {
            Some(span) if span.bytes.start < at && at < span.bytes.end => match span.kind {
                Kind::Formula => false,
                Kind::Address => gap.ends_address_part(),
            },
            Some(span) if span.bytes.start == at || span.bytes.end == at => is_standard || gap.is_cjk_edge(),
            _ => (is_standard && !gap.is_in_formula()) || gap.is_added(),
        };
        if at > 0 && is_open && !gap.is_forbidden() {
            found.push(at);
        }
        gap.step(c);
    }
    found
}

/// The opportunities of UAX #14, but those after a hyphen.
fn standard(s: &str) -> Vec<usize> {
    let capped = with_few_guesses(s);
    // A hyphen at the end would cost the last opportunity before it (textwrap 0.16.4).
    let padded = capped.ends_with(['-', '\u{ad}']).then(|| format!("{capped}x"));
    let text = padded.as_deref().unwrap_or(&capped);
    let mut at = 0;
    let ends = WordSeparator::UnicodeBreakProperties.find_words(text).map(|word| {
        at += word.word.len() + word.whitespace.len();
        at
    });
    ends.filter(|&end| end < s.len()).collect()
}

/// Keeps the guessing of words without blanks to the first [`GUESSED_BYTES`] of their scripts: a letter of as many
/// bytes, inside of words, stands for each of the others. O(length).
fn with_few_guesses(s: &str) -> Cow<'_, str> {
    // Thai, Lao, Myanmar and Khmer: three bytes each.
    let is_guessed =
        |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
    if s.len() <= GUESSED_BYTES || s.chars().filter(|c| is_guessed(*c)).count() <= GUESSED_BYTES / 3 {
        return Cow::Borrowed(s);
    }
    let mut left = GUESSED_BYTES / 3;
    let keep = |c: char| match (is_guessed(c), left) {
        (true, 0) => '\u{1401}',
        (true, _) => {
            left -= 1;
            c
        }
        _ => c,
    };
    Cow::Owned(s.chars().map(keep).collect())
}

/// What lies at a place of a piece that is longer than a row, the better to cut there the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seam {
    /// A word or a number.
    Inside,
    /// The parts of a name: `Flight|Net`, `Doc|2Agent`.
    Compound,
    /// Words: `**|Method`, `x=|1`, `name|(NM)`.
    Joint,
}

/// Goes through a piece that is longer than a row, and says where it is best cut.
#[derive(Default)]
pub(super) struct Seams(Gap);

impl Seams {
    /// Judges the place before `c`; none where the rules for row ends forbid it.
    pub(super) fn before(&mut self, c: char) -> Option<Seam> {
        self.0.after = c;
        (c != ' ' && !is_kept_together(self.0.before, c)).then(|| self.0.seam())
    }

    /// Goes on to the next place.
    pub(super) fn step(&mut self, g: &str) {
        g.chars().for_each(|c| self.0.step(c));
    }
}

/// Says whether the rules let a row end with `before` (blanks aside) and the next begin with `after`.
fn is_kept_together(before: char, after: char) -> bool {
    never_starts(after) || never_ends(before) || (before == '—' && after == '—')
}

/// Characters that no row starts with: what closes, separates, repeats or lengthens what stands before.
fn never_starts(c: char) -> bool {
    match c {
        ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '%' | '-' => true,
        '\0'..='\u{a0}' => false,
        '。' | '，' | '、' | '；' | '：' | '？' | '！' | '）' | '】' | '」' | '』' | '》' | '〉' | '〕' => {
            true
        }
        '〗' | '］' | '｝' | '．' | '”' | '’' | '…' | '％' | '·' | '・' | '～' | '々' | 'ー' => {
            true
        }
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' => true,
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' => true,
        _ => false,
    }
}

/// Characters that no row ends with: what opens.
fn never_ends(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '（' | '【' | '「' | '『' | '《' | '〈' | '〔' | '〖' | '［' | '｛' | '“' | '‘'
    )
}

/// Says whether `c` is one of the Han characters that nearly all of Chinese is made of.
fn is_unified(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// The place between two characters.
struct Gap {
    /// The one before `before`, blanks included.
    before_that: char,
    /// The last one that is no blank and no mark.
    before: char,
    /// Whether blanks stand between `before` and `after`.
    is_spaced: bool,
    after: char,
    /// Letters of the word that ends at `before`, or at the slash that `before` is; a Han character is a word.
    word: usize,
}

impl Default for Gap {
    fn default() -> Self {
        Self { before_that: ' ', before: ' ', is_spaced: false, after: ' ', word: 0 }
    }
}

impl Gap {
    fn step(&mut self, c: char) {
        if is_unified(c) {
            let before_that = if self.is_spaced { ' ' } else { self.before };
            *self = Self { before_that, before: c, is_spaced: false, after: self.after, word: 2 };
        } else if c == ' ' {
            self.is_spaced = true;
        } else if c < '\u{300}' || is_cjk(c) || !is_combining_mark(c) {
            self.before_that = if self.is_spaced { ' ' } else { self.before };
            self.word = match c {
                '/' if !self.is_spaced => self.word,
                _ if c.is_ascii_alphabetic() && self.before_that.is_ascii_alphabetic() => self.word + 1,
                _ if c.is_ascii_alphabetic() => 1,
                _ if is_cjk(c) => 2,
                _ => 0,
            };
            self.before = c;
            self.is_spaced = false;
        }
    }

    /// Says whether `c` goes on a run of Han, where a row may end anywhere.
    fn is_in_han(&self, c: char) -> bool {
        is_unified(c) && is_unified(self.before) && !self.is_spaced
    }

    /// Says whether `c` goes on a Latin word, where no rule lets a row end.
    fn is_in_word(&self, c: char) -> bool {
        c.is_ascii_alphabetic() && !self.is_spaced && self.before.is_ascii_alphabetic()
    }

    fn is_forbidden(&self) -> bool {
        self.after == ' '
            || is_kept_together(self.before, self.after)
            || (!self.is_spaced && (self.is_in_number() || self.is_in_plus() || self.is_in_hangul_word()))
    }

    /// Opportunities that UAX #14, or textwrap's reading of it, leaves out.
    fn is_added(&self) -> bool {
        let ends_hyphenated =
            self.before == '-' && self.before_that.is_alphanumeric() && self.after.is_alphabetic();
        // LB19a: quotation marks in Chinese text lean on one side only.
        let opens_quote = matches!(self.after, '“' | '‘') && is_cjk(self.before);
        let closes_quote = matches!(self.before, '”' | '’') && is_cjk(self.after);
        let opens_bars = self.after == '|' && is_cjk(self.before);
        !self.is_spaced && (ends_hyphenated || opens_quote || closes_quote || opens_bars)
    }

    fn seam(&self) -> Seam {
        const OPENS: [char; 4] = ['\\', '$', '\'', '’'];
        let (before, after) = (self.before, self.after);
        let is_joint = if before.is_alphanumeric() {
            matches!(after, '(' | '[' | '{' | '<' | '*' | '|' | '`')
        } else {
            before != after && !OPENS.contains(&before)
        };
        let is_compound = (before.is_lowercase() && after.is_uppercase())
            || (before.is_alphabetic() && after.is_ascii_digit());
        if self.is_forbidden() {
            Seam::Inside
        } else if self.is_spaced || self.is_cjk_edge() || is_joint {
            Seam::Joint
        } else if is_compound {
            Seam::Compound
        } else {
            Seam::Inside
        }
    }

    fn is_cjk_edge(&self) -> bool {
        !self.is_spaced && (is_cjk(self.before) || is_cjk(self.after))
    }

    fn ends_address_part(&self) -> bool {
        const ENDS: [char; 8] = ['/', '?', '&', '=', '.', '-', '_', '#'];
        ENDS.contains(&self.before) && !ENDS.contains(&self.after)
    }

    /// `O(1/T)`, `k/h²`, `|x|`: where UAX #14 would cut a formula that has lost its delimiters. Words may part
    /// after a slash, single letters and what ends in a bracket or a script may not.
    fn is_in_formula(&self) -> bool {
        !self.is_spaced
            && ((self.before == '|' && !is_cjk(self.after)) || (self.before == '/' && self.word < 2))
    }

    /// Full-width digits are ideographs to UAX #14, and addresses break at their dots.
    fn is_in_number(&self) -> bool {
        let is_digit = |c: char| matches!(c, '0'..='9' | '０'..='９');
        match self.before {
            '.' | ',' | '．' => is_digit(self.before_that) && is_digit(self.after),
            '，' => matches!((self.before_that, self.after), ('０'..='９', '０'..='９')),
            digit => is_digit(digit) && is_digit(self.after),
        }
    }

    /// `C++`, `A+`.
    fn is_in_plus(&self) -> bool {
        self.after == '+' && (self.before == '+' || self.before.is_ascii_alphanumeric())
    }

    /// Korean words stay whole with what is attached to them (CSS `word-break: keep-all`).
    fn is_in_hangul_word(&self) -> bool {
        let is_part = |c: char| is_hangul(c) || c.is_ascii_graphic();
        (is_hangul(self.before) && is_part(self.after)) || (is_hangul(self.after) && is_part(self.before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> String {
        let mut out = text.to_owned();
        for at in opportunities(text, 40).into_iter().rev() {
            out.insert(at, '|');
        }
        out
    }

    #[test]
    fn tailored_opportunities() {
        for (text, expected) in [
            ("plain words, here", "plain |words, |here"),
            ("中文，字。", "中|文，|字。"),
            ("说：“好”。他", "说：|“好”。|他"),
            ("用“好”的", "用|“好”|的"),
            ("（中）【文】", "（中）|【文】"),
            ("约翰·史密斯", "约|翰·|史|密|斯"),
            ("1～2个", "1～|2|个"),
            ("他——她……好", "他|——|她……|好"),
            ("C++语言", "C++语|言"),
            ("１２.５％和１，０００", "１２.５％|和|１，０００"),
            ("约3.5%的1,000个", "约|3.5%|的|1,000|个"),
            ("表示，$\\phi_r$的和\\(x + y\\)，", "表|示，|$\\phi_r$|的|和|\\(x + y\\)，"),
            ("见https://a.io/b-c_d?e=f&g#h。", "见|https://|a.|io/|b-|c_|d?|e=|f&|g#|h。"),
            ("https://arxiv.org/abs/2504.20930v2", "https://|arxiv.|org/|abs/|2504.20930v2"),
            ("state-of-the-art GPT-4 - x", "state-|of-|the-|art |GPT-4 - |x"),
            ("- item ends-", "- |item |ends-"),
            ("모델(LLM)은 크다", "모델(LLM)은 |크다"),
            ("サーバーとチェック", "サー|バー|と|チェッ|ク"),
            ("word ( a ) , b", "word |( a ) , |b"),
            ("为O(1/T)，k/h²与|ϕᵣ|的√(n/k)和/或and/or", "为|O(1/T)，|k/h²|与||ϕᵣ||的|√(n/k)|和/|或|and/|or"),
            ("比x\u{a0}≤\u{a0}n−1大，即f(x,y)=(a+b)/c", "比|x\u{a0}≤\u{a0}n−1|大，|即|f(x,y)=(a+b)/c"),
            ("  indent", "  |indent"),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }
}
