//! LaTeX's names for characters.
//!
//! Owns the tables from command names to Unicode. Hands over a character and what it is in a formula. Never
//! parses: that is [`super::formula`].

/// What a symbol is in a formula, which says where blanks stand around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter or a sign used like one.
    Letter,
    /// Stands between two operands, or before one.
    Operator,
    /// Opens a bracket.
    Open,
    /// Closes a bracket.
    Close,
    /// Stands before what it acts on, a blank apart: sums and named functions.
    Function,
}

/// Finds the character of `\name`, with its class.
pub(super) fn symbol(name: &str) -> Option<(&'static str, Class)> {
    let tables = [
        (Class::Letter, LETTERS),
        (Class::Operator, OPERATORS),
        (Class::Open, OPENING),
        (Class::Close, CLOSING),
        (Class::Function, FUNCTIONS),
    ];
    let find = |(class, table): (Class, &[(&str, &'static str)])| {
        table.iter().find(|(n, _)| *n == name).map(|(_, c)| (*c, class))
    };
    tables.into_iter().find_map(find).or_else(|| {
        let word = WORDS.iter().find(|w| **w == name)?;
        Some((*word, Class::Function))
    })
}

/// Functions that are written with their names.
const WORDS: &[&str] = &[
    "log", "ln", "lg", "exp", "sin", "cos", "tan", "cot", "sinh", "cosh", "tanh", "arcsin", "arccos",
    "arctan", "max", "min", "sup", "inf", "lim", "det", "dim", "ker", "deg", "gcd", "arg", "argmax",
    "argmin", "Pr", "hom", "softmax", "rank", "diag", "tr",
];

#[rustfmt::skip]
const LETTERS: &[(&str, &str)] = &[
    ("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "ϵ"), ("varepsilon", "ε"),
    ("zeta", "ζ"), ("eta", "η"), ("theta", "θ"), ("vartheta", "ϑ"), ("iota", "ι"), ("kappa", "κ"),
    ("lambda", "λ"), ("mu", "μ"), ("nu", "ν"), ("xi", "ξ"), ("pi", "π"), ("varpi", "ϖ"), ("rho", "ρ"),
    ("varrho", "ϱ"), ("sigma", "σ"), ("varsigma", "ς"), ("tau", "τ"), ("upsilon", "υ"), ("phi", "ϕ"),
    ("varphi", "φ"), ("chi", "χ"), ("psi", "ψ"), ("omega", "ω"), ("Gamma", "Γ"), ("Delta", "Δ"),
    ("Theta", "Θ"), ("Lambda", "Λ"), ("Xi", "Ξ"), ("Pi", "Π"), ("Sigma", "Σ"), ("Upsilon", "Υ"),
    ("Phi", "Φ"), ("Psi", "Ψ"), ("Omega", "Ω"), ("infty", "∞"), ("partial", "∂"), ("nabla", "∇"),
    ("ell", "ℓ"), ("hbar", "ℏ"), ("Re", "ℜ"), ("Im", "ℑ"), ("aleph", "ℵ"), ("forall", "∀"), ("exists", "∃"),
    ("nexists", "∄"), ("emptyset", "∅"), ("varnothing", "∅"), ("top", "⊤"), ("bot", "⊥"), ("angle", "∠"),
    ("prime", "'"), ("dagger", "†"), ("ddagger", "‡"), ("ldots", "…"), ("dots", "…"), ("cdots", "⋯"),
    ("vdots", "⋮"), ("ddots", "⋱"), ("neg", "¬"), ("lnot", "¬"), ("square", "□"), ("Box", "□"),
    ("triangle", "△"), ("checkmark", "✓"), ("imath", "ı"), ("degree", "°"), ("vert", "|"), ("Vert", "‖"),
    ("lvert", "|"), ("rvert", "|"), ("lVert", "‖"), ("rVert", "‖"), ("colon", ":"), ("pounds", "£"),
];

#[rustfmt::skip]
const OPERATORS: &[(&str, &str)] = &[
    ("times", "×"), ("cdot", "⋅"), ("div", "÷"), ("pm", "±"), ("mp", "∓"), ("ast", "∗"), ("star", "⋆"),
    ("circ", "∘"), ("bullet", "•"), ("oplus", "⊕"), ("ominus", "⊖"), ("otimes", "⊗"), ("odot", "⊙"),
    ("cup", "∪"), ("cap", "∩"), ("setminus", "∖"), ("wedge", "∧"), ("land", "∧"), ("vee", "∨"), ("lor", "∨"),
    ("sqcup", "⊔"), ("uplus", "⊎"), ("bmod", "mod"), ("leq", "≤"), ("le", "≤"), ("geq", "≥"), ("ge", "≥"),
    ("leqslant", "⩽"), ("geqslant", "⩾"), ("neq", "≠"), ("ne", "≠"), ("approx", "≈"), ("sim", "∼"),
    ("simeq", "≃"), ("cong", "≅"), ("equiv", "≡"), ("propto", "∝"), ("ll", "≪"), ("gg", "≫"), ("in", "∈"),
    ("notin", "∉"), ("ni", "∋"), ("subset", "⊂"), ("subseteq", "⊆"), ("subsetneq", "⊊"), ("supset", "⊃"),
    ("supseteq", "⊇"), ("to", "→"), ("rightarrow", "→"), ("longrightarrow", "⟶"), ("leftarrow", "←"),
    ("gets", "←"), ("leftrightarrow", "↔"), ("Rightarrow", "⇒"), ("implies", "⇒"), ("Leftarrow", "⇐"),
    ("Leftrightarrow", "⇔"), ("iff", "⇔"), ("mapsto", "↦"), ("hookrightarrow", "↪"), ("leadsto", "⇝"),
    ("uparrow", "↑"), ("downarrow", "↓"), ("nearrow", "↗"), ("searrow", "↘"), ("mid", "|"),
    ("parallel", "∥"), ("perp", "⊥"), ("models", "⊨"), ("vdash", "⊢"), ("prec", "≺"), ("succ", "≻"),
    ("preceq", "⪯"), ("succeq", "⪰"), ("lesssim", "≲"), ("gtrsim", "≳"), ("triangleq", "≜"),
    ("coloneqq", "≔"), ("doteq", "≐"), ("asymp", "≍"), ("lt", "<"), ("gt", ">"),
];

const OPENING: &[(&str, &str)] =
    &[("langle", "⟨"), ("lfloor", "⌊"), ("lceil", "⌈"), ("lbrace", "{"), ("lbrack", "[")];
const CLOSING: &[(&str, &str)] =
    &[("rangle", "⟩"), ("rfloor", "⌋"), ("rceil", "⌉"), ("rbrace", "}"), ("rbrack", "]")];
const FUNCTIONS: &[(&str, &str)] = &[
    ("sum", "∑"),
    ("prod", "∏"),
    ("coprod", "∐"),
    ("int", "∫"),
    ("oint", "∮"),
    ("bigcup", "⋃"),
    ("bigcap", "⋂"),
    ("bigoplus", "⨁"),
];

/// The letters of European names that are no letter with an accent.
pub(super) fn name_letter(name: &str) -> Option<char> {
    Some(match name {
        "o" => 'ø',
        "O" => 'Ø',
        "l" => 'ł',
        "L" => 'Ł',
        "ss" => 'ß',
        "ae" => 'æ',
        "AE" => 'Æ',
        "oe" => 'œ',
        "OE" => 'Œ',
        "aa" => 'å',
        "AA" => 'Å',
        _ => return None,
    })
}

/// The superscript of `c`.
pub(super) fn superscript(c: char) -> Option<char> {
    find(
        c,
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθϕφχ⊤†‡'*∗∘",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵠᵡᵀ†‡'**°",
    )
}

/// The subscript of `c`.
pub(super) fn subscript(c: char) -> Option<char> {
    find(c, "0123456789+−=()aehijklmnoprstuvxβγρϕφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵩᵪ")
}

fn find(c: char, plain: &str, set: &str) -> Option<char> {
    plain.chars().zip(set.chars()).find(|(p, _)| *p == c).map(|(_, s)| s)
}

/// Says whether `c` is a raised or lowered letter, digit or sign.
pub(super) fn is_script(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{209c}' | '\u{1d2c}'..='\u{1d6a}' | '\u{1d9b}'..='\u{1dbf}'
        | 'ⱼ' | 'ⱽ' | 'ʰ' | 'ʲ' | 'ʳ' | 'ʷ' | 'ʸ' | 'ˡ' | 'ˢ' | 'ˣ')
}

/// An alphabet of its own for formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// `\mathbb`.
    Double,
    /// `\mathcal`, `\mathscr`.
    Script,
    /// `\mathfrak`.
    Fraktur,
    /// `\mathbf`, `\boldsymbol`, `\bm`.
    Bold,
}

impl Alphabet {
    /// Finds the alphabet of a font command.
    pub(super) fn of(command: &str) -> Option<Self> {
        Some(match command {
            "mathbb" | "mathds" => Self::Double,
            "mathcal" | "mathscr" => Self::Script,
            "mathfrak" => Self::Fraktur,
            "mathbf" | "boldsymbol" | "bm" | "pmb" => Self::Bold,
            _ => return None,
        })
    }

    /// The letter or digit `c` in this alphabet (Mathematical Alphanumeric Symbols, and the Letterlike Symbols
    /// that were there before).
    pub(super) fn letter(self, c: char) -> Option<char> {
        let (before, capital, small, zero) = match self {
            Self::Double => (find(c, "CHNPQRZ", "ℂℍℕℙℚℝℤ"), 0x1d538, 0x1d552, Some(0x1d7d8)),
            Self::Script => (find(c, "BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ"), 0x1d49c, 0x1d4b6, None),
            Self::Fraktur => (find(c, "CHIRZ", "ℭℌℑℜℨ"), 0x1d504, 0x1d51e, None),
            Self::Bold => (find(c, "ϵϑϕϱϖ", "𝛜𝛝𝛟𝛠𝛡"), 0x1d400, 0x1d41a, Some(0x1d7ce)),
        };
        let from = |first: u32, zero: char| char::from_u32(first + u32::from(c) - u32::from(zero));
        before.or_else(|| match c {
            'A'..='Z' => from(capital, 'A'),
            'a'..='z' => from(small, 'a'),
            '0'..='9' => from(zero?, '0'),
            'α'..='ω' if self == Self::Bold => from(0x1d6c2, 'α'),
            'Α'..='Ω' if self == Self::Bold => from(0x1d6a8, 'Α'),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    #[test]
    fn every_character_takes_one_cell() {
        let tables = [LETTERS, OPERATORS, OPENING, CLOSING, FUNCTIONS];
        for (name, sign) in tables.into_iter().flatten().filter(|(n, _)| *n != "bmod") {
            assert_eq!((width(sign), sign.chars().count()), (1, 1), "{name}");
        }
        for c in (' '..='~').chain('Α'..='ϵ') {
            let alphabets = [Alphabet::Double, Alphabet::Script, Alphabet::Fraktur, Alphabet::Bold];
            let set =
                alphabets.into_iter().filter_map(|a| a.letter(c)).chain(superscript(c)).chain(subscript(c));
            for s in set {
                assert_eq!(width(&s.to_string()), 1, "{c} {s}");
            }
        }
    }

    #[test]
    fn scripts_and_alphabets() {
        for (c, above, below) in [
            ('2', Some('²'), Some('₂')),
            ('r', Some('ʳ'), Some('ᵣ')),
            ('T', Some('ᵀ'), None),
            ('q', None, None),
            ('x', Some('ˣ'), Some('ₓ')),
            ('φ', Some('ᵠ'), Some('ᵩ')),
            ('χ', Some('ᵡ'), Some('ᵪ')),
            ('∘', Some('°'), None),
            ('W', Some('ᵂ'), None),
            ('.', None, None),
        ] {
            assert_eq!((superscript(c), subscript(c)), (above, below), "{c}");
            assert!(
                superscript(c).is_none_or(|s| is_script(s) || s == '°') && subscript(c).is_none_or(is_script)
            );
        }
        for (alphabet, from, to) in [
            (Alphabet::Double, "REX1", "ℝ𝔼𝕏𝟙"),
            (Alphabet::Script, "LNDe", "ℒ𝒩𝒟ℯ"),
            (Alphabet::Fraktur, "gH", "𝔤ℌ"),
            (Alphabet::Bold, "Wx0θΣϵ", "𝐖𝐱𝟎𝛉𝚺𝛜"),
        ] {
            assert_eq!(from.chars().filter_map(|c| alphabet.letter(c)).collect::<String>(), to);
        }
    }
}
