//! The flags that both commands take with every verb.

use std::path::PathBuf;

use clap::Args;

use crate::lexicon::Role;
use crate::render::{Colour, Extent, Page};

use super::log::{Level, Log, LogFormat};
use super::place;
use super::terminal::{self, When};

/// The flags that both commands take with every verb.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Common {
    /// The folder that the index lies in
    ///
    /// Default: `xianli/index` in the platform's folder for data (on Linux
    /// ~/.local/share/xianli/index). One index is one folder; have as many as you like.
    #[arg(long, value_name = "DIR", env = place::VARIABLE, global = true)]
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
    /// Which index answers, which files differ, what is written; -vv also every file that is read.
    #[arg(short, long, action = clap::ArgAction::Count, global = true, conflicts_with = "quiet")]
    pub(super) verbose: u8,

    /// How the lines on stderr are written
    ///
    /// json is for log collectors: an object a line, with time, level (error, warning, info, debug,
    /// trace), message, and a hint where there is one.
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        global = true
    )]
    pub(super) log_format: LogFormat,
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
        self.log().tell(Level::Info, line);
    }

    /// Says that something was left out.
    pub(super) fn warn(&self, line: &str) {
        self.log().tell(Level::Warning, line);
    }

    /// Says why what was asked for was not done.
    pub(super) fn fail(&self, line: &str) {
        self.log().tell(Level::Error, line);
    }

    /// Says a line for who wants to know more.
    pub(super) fn detail(&self, line: &str) {
        self.log().tell(Level::Debug, line);
    }

    /// Says a line for who wants to know everything.
    pub(super) fn step(&self, line: &str) {
        self.log().tell(Level::Trace, line);
    }

    fn log(&self) -> Log {
        let least = match self.verbose {
            _ if self.quiet => Level::Error,
            0 => Level::Info,
            1 => Level::Debug,
            _ => Level::Trace,
        };
        Log {
            least,
            format: self.log_format,
        }
    }

    fn colour(&self) -> Colour {
        terminal::colour(self.color)
    }
}
