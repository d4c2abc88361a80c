//! The flags that both commands take with every verb.

use std::path::PathBuf;

use clap::Args;

use crate::lexicon::Role;
use crate::render::{Colour, Extent, Page};

use super::terminal::{self, When};

/// The flags that both commands take with every verb.
#[derive(Debug, Clone, Args)]
pub(super) struct Common {
    /// The folder that the index lies in
    ///
    /// Default: `xianli/index` in the platform's folder for data (on Linux
    /// ~/.local/share/xianli/index). One index is one folder; have as many as you like.
    #[arg(long, value_name = "DIR", env = "XIANLI_INDEX", global = true)]
    pub(super) index: Option<PathBuf>,

    /// When to use colour
    ///
    /// Without colour, what matched stands in 【】. NO_COLOR in the environment is honoured.
    #[arg(
        long,
        alias = "colour",
        value_name = "WHEN",
        value_enum,
        default_value_t,
        hide_possible_values = false,
        global = true
    )]
    pub(super) color: When,

    /// Say only what was asked for
    ///
    /// No notes, no progress, no last line with totals. Errors are still told.
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,

    /// Say more on stderr
    ///
    /// Which index answers, and how long each step took.
    #[arg(short, long, action = clap::ArgAction::Count, global = true, conflicts_with = "quiet")]
    pub(super) verbose: u8,
}

impl Common {
    /// The page that text is written for.
    pub(super) fn page(&self, extent: Extent) -> Page {
        Page {
            width: terminal::width(),
            colour: self.colour(),
            extent,
            role_name: |role| Role::find(role).map(Role::chinese),
        }
    }

    /// Says a line that can be missed.
    pub(super) fn note(&self, line: &str) {
        if !self.quiet {
            terminal::say(line);
        }
    }

    /// Says a line for who wants to know more.
    pub(super) fn detail(&self, line: &str) {
        if self.verbose > 0 {
            terminal::say(line);
        }
    }

    fn colour(&self) -> Colour {
        terminal::colour(self.color)
    }
}
