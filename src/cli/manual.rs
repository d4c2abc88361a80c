//! `xianli-index completions` and `manual`: what a shell and `man` are told of both commands.
//!
//! Made of the same definitions as `--help`, so neither can say something else.

use std::fs;
use std::path::Path;

use anyhow::Context;
use clap::builder::Resettable;
use clap::{Command, CommandFactory};
use clap_complete::{generate, generate_to};

use super::common::Common;
use super::exit::Done;
use super::terminal;
use super::xianli::Xianli;
use super::xianli_index::{Completions, Manual, XianliIndex};

/// Prints the completions of both commands, or writes a file for each.
pub(super) fn completions(common: &Common, arguments: &Completions) -> anyhow::Result<Done> {
    let shell = arguments.shell;
    let mut printed = Vec::new();
    if let Some(folder) = &arguments.folder {
        make(folder)?;
    }
    for mut command in commands() {
        let name = command.get_name().to_owned();
        match &arguments.folder {
            Some(folder) => {
                let path = generate_to(shell, &mut command, name, folder)
                    .with_context(|| format!("cannot write into {}", folder.display()))?;
                common.note(&format!("wrote {}", path.display()));
            }
            None => generate(shell, &mut command, name, &mut printed),
        }
    }
    terminal::print(&String::from_utf8_lossy(&printed))?;
    Ok(Done::Whole)
}

/// Writes the pages of both commands and of all their verbs.
pub(super) fn manual(common: &Common, arguments: &Manual) -> anyhow::Result<Done> {
    let folder = &arguments.folder;
    make(folder)?;
    for command in [Xianli::command(), XianliIndex::command()] {
        clap_mangen::generate_to(command, folder)
            .with_context(|| format!("cannot write into {}", folder.display()))?;
    }
    common.note(&format!("wrote the pages into {}", folder.display()));
    Ok(Done::Whole)
}

/// Both commands as a shell sees them: the flags of a search stand without its verb too.
fn commands() -> [Command; 2] {
    let xianli = Xianli::command();
    let search = xianli.find_subcommand("search").cloned();
    let flags = search.iter().flat_map(Command::get_arguments);
    let flags: Vec<_> = flags
        .filter(|arg| !arg.is_positional())
        // What a flag excludes does not stand here, and a completion does not ask.
        .map(|arg| arg.clone().conflicts_with(Resettable::Reset))
        .collect();
    [xianli.args(flags), XianliIndex::command()]
}

fn make(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}
