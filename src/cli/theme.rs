use std::collections::BTreeMap;

use super::{Environment, Paths, config};
use crate::catalogue::{did_you_mean, nearest, quote};
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

fn is_shipped(name: &str) -> bool {
    crate::theme::BUILTIN.iter().any(|(shipped, _)| *shipped == name)
}

/// Says which theme is chosen, and why.
pub(super) fn explain(choice: &Choice, setting: &ThemeName, environment: &Environment) -> String {
    let Environment { term, colorterm, colorfgbg, is_colourless, .. } = environment;
    let depth = match choice.depth {
        Depth::None if *is_colourless => "no colours, as NO_COLOR is set".to_owned(),
        Depth::None => format!("no colours, as TERM is {term}"),
        Depth::Sixteen => format!("16 colours by TERM ({term}), without COLORTERM"),
        Depth::Indexed => format!("256 colours by TERM ({term})"),
        Depth::True if colorterm.is_empty() => format!("true colour by TERM ({term})"),
        Depth::True => format!("true colour by COLORTERM ({colorterm})"),
    };
    let of = |is_dark: bool| if is_dark { "dark" } else { "light" };
    let ground = match choice.ground {
        Ground::Heard(c) => {
            let crate::theme::Rgb(r, g, b) = c.ground;
            format!("the terminal says its background is #{r:02x}{g:02x}{b:02x}, {}", of(c.ground.is_dark()))
        }
        Ground::Said { is_dark } => format!("the background is {} by COLORFGBG ({colorfgbg})", of(is_dark)),
        Ground::Unknown => "the background is not known".to_owned(),
    };
    format!("{}, by the setting {}; {depth}; {ground}", choice.name, quote(setting.as_str()))
}
