use std::io;

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::Args;
use super::chinese::translated;
use super::output::{Failure, Output};
use crate::catalogue::Lang;

/// Prints the completions of `shell` for the whole command line.
pub(super) fn completions(out: &mut Output, shell: Shell, lang: Lang) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(lang), "wenzhai", &mut script);
    Ok(out.text(&String::from_utf8_lossy(&script))?)
}

fn command(lang: Lang) -> Command {
    match lang {
        Lang::En => Args::command(),
        Lang::Zh => translated(Args::command(), usize::MAX),
    }
}

/// Prints the manual page of the program, in roff, with those of its subcommands as sections of it.
pub(super) fn man(out: &mut Output, lang: Lang) -> Result<(), Failure> {
    let mut command = command(lang);
    command.build();
    let mut page = Vec::new();
    let whole = Man::new(command.clone());
    whole.render_title(&mut page)?;
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    whole.render_description_section(&mut page)?;
    whole.render_options_section(&mut page)?;
    subcommands(&command, &mut page)?;
    page.extend(examples(&whole)?.bytes());
    Ok(out.text(&String::from_utf8_lossy(&page))?)
}

/// The examples, whose lines stay as they are.
fn examples(part: &Man) -> io::Result<String> {
    let mut text = Vec::new();
    part.render_extra_section(&mut text)?;
    let text = String::from_utf8_lossy(&text).replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n.nf\n");
    Ok(if text.contains(".nf\n") { text + ".fi\n" } else { text })
}

/// Writes a section for each subcommand, and after it those of its own.
fn subcommands(command: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    for sub in command.get_subcommands().filter(|s| s.get_name() != "help") {
        let name = sub.get_bin_name().unwrap_or(sub.get_name()).to_owned();
        page.extend(format!(".SH \"{}\"\n", name.to_uppercase()).bytes());
        let options = sub.clone().mut_args(|arg| {
            let is_global = arg.is_global_set();
            arg.hide(is_global)
        });
        let part = Man::new(options);
        let mut text = Vec::new();
        part.render_synopsis_section(&mut text)?;
        part.render_description_section(&mut text)?;
        part.render_options_section(&mut text)?;
        text.extend(examples(&part)?.bytes());
        // Headings of a page of its own are those of parts here.
        page.extend(String::from_utf8_lossy(&text).replace(".SH ", ".SS ").bytes());
        subcommands(sub, page)?;
    }
    Ok(())
}
