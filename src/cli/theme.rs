use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::{Environment, Paths, config};
use crate::catalogue::{Lang, did_you_mean, nearest, quote};
use crate::config::ThemeName;
use crate::model::Problem;
use crate::theme::{Choice, Depth, Ground, Sheet, Themes, candidates, settings};

/// Gathers the themes that a setting may come down to: shipped ones, and the user's own, of which each that cannot be
/// read, and each line of it that cannot be used, is a problem.
#[must_use]
pub fn themes(paths: &Paths, setting: &ThemeName, environment: &Environment) -> (Themes, Vec<Problem>) {
    let (mut own, mut problems) = (BTreeMap::new(), Vec::new());
    let setting = setting.as_str();
    for name in candidates(setting) {
        let path = paths.themes().join(format!("{name}.toml"));
        let file = path.to_string_lossy();
        match config::read(&path) {
            Ok(Some(text)) => {
                let (sheet, wrong) = Sheet::parse(&text, &file);
                own.insert(name.to_owned(), sheet);
                problems.extend(wrong);
            }
            Ok(None) if candidates(setting).len() == 2 && !is_shipped(name) => {
                let near = did_you_mean(nearest(name, settings()));
                problems.push(Problem::of_file(file, format!("there is no theme {}{near}", quote(name))));
            }
            Ok(None) => {}
            Err(e) => problems.push(Problem::of_io(file, &e)),
        }
    }
    (Themes::new(setting, environment.hints(), own), problems)
}

/// Names what is wrong with the chosen theme, then with the user's others in the order of their names. O(files).
pub(super) fn check(paths: &Paths, setting: &ThemeName, environment: &Environment) -> Vec<Problem> {
    let mut problems = themes(paths, setting, environment).1;
    let files = fs::read_dir(paths.themes()).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = files.filter(|f| f.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    let chosen: Vec<PathBuf> =
        candidates(setting.as_str()).into_iter().map(|n| paths.themes().join(format!("{n}.toml"))).collect();
    for path in files.into_iter().filter(|f| !chosen.contains(f)) {
        let file = path.to_string_lossy();
        match config::read(&path) {
            Ok(text) => problems.extend(Sheet::parse(&text.unwrap_or_default(), &file).1),
            Err(e) => problems.push(Problem::of_io(file, &e)),
        }
    }
    problems
}

fn is_shipped(name: &str) -> bool {
    crate::theme::BUILTIN.iter().any(|(shipped, _)| *shipped == name)
}

/// Says which theme is chosen, and why.
pub(super) fn explain(choice: &Choice, setting: &ThemeName, environment: &Environment, lang: Lang) -> String {
    let Environment { term, colorterm, colorfgbg, is_colourless, .. } = environment;
    let depth = match choice.depth {
        Depth::None if *is_colourless => lang.no_colours(),
        Depth::None => lang.no_colours_by_term(term),
        Depth::Sixteen => lang.sixteen_colours(term),
        Depth::Indexed => lang.indexed_colours(term),
        Depth::True if colorterm.is_empty() => lang.true_colours("TERM", term),
        Depth::True => lang.true_colours("COLORTERM", colorterm),
    };
    let ground = match choice.ground {
        Ground::Heard(c) => {
            let crate::theme::Rgb(r, g, b) = c.ground;
            let name = lang.ground_name(c.ground.is_dark());
            lang.ground_heard(&format!("#{r:02x}{g:02x}{b:02x}"), name)
        }
        Ground::Said { is_dark } => lang.ground_said(lang.ground_name(is_dark), colorfgbg),
        Ground::Unknown => lang.ground_unknown(),
    };
    let is_painted = choice.theme.painted().is_some();
    let ground = if is_painted { lang.ground_painted(&ground) } else { ground };
    lang.theme_chosen(&choice.name, &quote(setting.as_str()), &depth, &ground)
}
