use std::io;
use std::path::PathBuf;

use super::{Environment, Paths, config, language, themes};
use crate::catalogue::Lang;
use crate::config::{AmbiguousWidth, Config, Language, Prefs, ThemeName};
use crate::keymap::Keymap;
use crate::model::Problem;
use crate::theme::{Themes, candidates};

/// What the command line says of settings: it goes before the files, however often they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    pub(super) lang: Option<Lang>,
    pub(super) ambiguous_width: Option<AmbiguousWidth>,
    pub(super) theme: Option<ThemeName>,
    pub(super) is_ascii: bool,
    pub(super) is_read_only: bool,
}

impl Given {
    /// Lays what was given over a configuration.
    pub(super) fn over(&self, config: &mut Config) {
        if let Some(width) = self.ambiguous_width {
            config.prefs.ambiguous_width = width;
        }
        if let Some(theme) = &self.theme {
            config.theme.clone_from(theme);
        }
        config.prefs.ascii |= self.is_ascii;
        config.prefs.is_read_only = self.is_read_only;
    }

    /// The language of the interface.
    pub(super) fn lang(&self, config: &Config) -> Lang {
        self.lang.unwrap_or_else(|| language(config.language))
    }
}

/// The files of settings as they were read last, and what they said.
#[derive(Debug)]
pub struct Files {
    given: Given,
    config: Config,
    keymap: Keymap,
    texts: Vec<Text>,
}

/// What a file of settings holds; none where it is missing, an error where it cannot be read.
type Text = Result<Option<String>, String>;

/// What the files of settings say now.
#[derive(Clone, Debug)]
pub struct Reread {
    /// The configuration with what the command line says.
    pub config: Config,
    /// The language of the interface.
    pub lang: Lang,
    /// The keys.
    pub keymap: Keymap,
    /// The themes to choose from.
    pub themes: Themes,
    /// What cannot be used.
    pub problems: Vec<Problem>,
    /// The settings that changed and count from the next start on.
    pub waiting: Vec<&'static str>,
    /// True when something else than the preferences, the language and the keys changed.
    pub is_beyond: bool,
}

impl Files {
    /// Begins with what the program was started with. Reads all files.
    #[must_use]
    pub fn new(paths: &Paths, given: Given, config: Config, keymap: Keymap) -> Self {
        let mut files = Self { given, config, keymap, texts: Vec::new() };
        files.texts = files.texts(paths);
        files
    }

    /// The files, which need not be there: the configuration, the keys, and those of the themes that the configured one
    /// may come down to.
    #[must_use]
    pub fn files(&self, paths: &Paths) -> Vec<PathBuf> {
        let folder = paths.themes();
        let themes = candidates(self.config.theme.as_str()).into_iter().map(|name| format!("{name}.toml"));
        let themes = themes.map(|name| folder.join(name));
        [paths.config_file.clone(), paths.keymap()].into_iter().chain(themes).collect()
    }

    fn texts(&self, paths: &Paths) -> Vec<Text> {
        self.files(paths).iter().map(|file| config::read(file).map_err(|e| clause(&e))).collect()
    }

    /// Reads the files again; none when they say what they said. A file that cannot be used leaves all as it was.
    pub fn read_again(&mut self, paths: &Paths, environment: &Environment) -> Option<Reread> {
        let texts = self.texts(paths);
        if self.texts == texts {
            return None;
        }
        let mut problems = Vec::new();
        let name = paths.config_file.to_string_lossy();
        let [config, keymap, ..] = texts.as_slice() else { return None };
        let mut config = match config {
            Ok(text) => {
                let text = text.as_deref().unwrap_or_default();
                let (config, wrong) = self.config.parse_again(text, &name, &|name| std::env::var_os(name));
                problems.extend(wrong);
                config
            }
            Err(what) => {
                problems.push(Problem::of_file(name, what));
                self.config.clone()
            }
        };
        self.given.over(&mut config);
        let name = paths.keymap();
        let name = name.to_string_lossy();
        let builtin = Keymap::builtin();
        let keymap = match keymap {
            Ok(text) => {
                let (keymap, wrong) = builtin.clone().with_user(text.as_deref().unwrap_or_default(), &name);
                let is_lost = !wrong.is_empty() && keymap == builtin;
                problems.extend(wrong.into_iter().map(|p| Problem::at(p.file, p.line, p.what)));
                if is_lost { self.keymap.clone() } else { keymap }
            }
            Err(what) => {
                problems.push(Problem::of_file(name, what));
                self.keymap.clone()
            }
        };
        let (themes, wrong) = themes(paths, &config.theme, environment);
        problems.extend(wrong);
        let waiting = waiting(&self.config, &config);
        let rest =
            |c: &Config| Config { prefs: Prefs::default(), language: Language::default(), ..c.clone() };
        let is_beyond = rest(&self.config) != rest(&config) || self.texts.get(2..) != texts.get(2..);
        self.config.clone_from(&config);
        self.keymap.clone_from(&keymap);
        self.texts = self.texts(paths);
        Some(Reread { lang: self.given.lang(&config), config, keymap, themes, problems, waiting, is_beyond })
    }
}

/// The settings that differ and cannot change while the reader is open.
fn waiting(before: &Config, after: &Config) -> Vec<&'static str> {
    let changed = [
        ("ambiguous_width", before.prefs.ambiguous_width != after.prefs.ambiguous_width),
        ("journal_dir", before.journal_dir != after.journal_dir),
        ("archive", before.archives != after.archives),
    ];
    changed.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect()
}

/// What an operation failed for, without the system's number for it.
fn clause(error: &io::Error) -> String {
    let what = error.to_string();
    what.split(" (os error").next().unwrap_or(&what).to_owned()
}
