use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::output::{Failure, Output};
use super::{Answer, Environment, Settings, check, keys, theme};
use crate::config::{self, Config};
use crate::model::Problem;

/// Bytes of a settings file that are read; the parsers refuse less than that.
const LARGEST: u64 = 1 << 20;

/// What to do with the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Default,
    Show { json: bool },
    Check { json: bool },
}

/// Loads the configuration; without a file it is the default one. What cannot be used is a problem; the rest counts.
pub(super) fn load(file: &Path) -> (Config, Vec<Problem>) {
    let name = file.to_string_lossy();
    match read(file) {
        Ok(Some(text)) => Config::parse(&text, &name, &|name| std::env::var_os(name)),
        Ok(None) => (Config::default(), Vec::new()),
        Err(e) => (Config::default(), vec![Problem::of_io(name, &e)]),
    }
}

/// Reads a file of settings; `None` when there is none.
///
/// # Errors
/// When it is no file, or not UTF-8, or cannot be read.
pub(super) fn read(file: &Path) -> io::Result<Option<String>> {
    // A pipe in its place would be waited for without end.
    match fs::metadata(file) {
        Ok(meta) if meta.is_file() => {}
        Ok(_) => return Err(io::Error::other("is not a file")),
        Err(e) if e.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(file).is_ok() => {
            return Err(io::Error::other("is a link that leads nowhere"));
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    }
    let mut text = String::new();
    File::open(file)?.take(LARGEST).read_to_string(&mut text)?;
    Ok(Some(text))
}

/// Prints the commented default, the values in use, or what is wrong with the files.
pub(super) fn run(
    out: &mut Output,
    wanted: Wanted,
    (settings, problems): (&Settings, &[Problem]),
    probe: fn() -> Option<Answer>,
) -> Result<(), Failure> {
    let config = &settings.config;
    match wanted {
        Wanted::Default => out.text(&config::default_text(settings.lang))?,
        Wanted::Show { json: true } => {
            let mut object = config.to_json();
            if let Some(members) = object.as_object_mut() {
                members.insert("theme_chosen".to_owned(), chosen(settings, probe).0.into());
            }
            out.json(&object)?;
        }
        Wanted::Show { json: false } => {
            let theme = settings.lang.theme_in_use(&chosen(settings, probe).1);
            out.text(&format!("# {theme}\n{}", config.to_toml()))?;
        }
        Wanted::Check { json } => {
            let environment = Environment::read();
            let keys = keys::keymap(&settings.paths).1;
            let themes = theme::check(&settings.paths, &config.theme, &environment);
            for problem in problems.iter().chain(&keys).chain(&themes) {
                out.rate(problem);
                check::print(out, problem, json)?;
            }
        }
    }
    Ok(())
}

/// The name of the theme that is chosen here, and why.
fn chosen(settings: &Settings, probe: fn() -> Option<Answer>) -> (String, String) {
    let environment = Environment::read();
    let setting = &settings.config.theme;
    let (themes, _) = theme::themes(&settings.paths, setting, &environment);
    let choice = themes.choose(probe().and_then(|a| a.colours));
    let why = theme::explain(&choice, setting, &environment, settings.lang);
    (choice.name, why)
}
