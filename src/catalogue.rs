//! Every interface string of the program, in English and Chinese.
//!
//! Owns the words; hands over finished strings. Error texts about files stay English: they are quoted in
//! searches and bug reports. Each message is a method of [`Lang`], so a missing translation does not compile.

/// The language of the interface. The language of the content follows the digest, not this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
}

impl Lang {
    /// Chooses between the two texts of one message.
    #[must_use]
    pub fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }

    /// Reads the value of `--lang`, `language`, or a locale name such as `zh_CN.UTF-8`.
    #[must_use]
    pub fn from_locale(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        if name.starts_with("zh") {
            Some(Self::Zh)
        } else if name.starts_with("en") {
            Some(Self::En)
        } else {
            None
        }
    }
}
