//! The terminal and the two streams: data goes to stdout, all else to stderr.

use std::io::{self, IsTerminal, Write};

use anyhow::Context;
use clap::ValueEnum;

use crate::render::Colour;

/// When colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless NO_COLOR is set or TERM is dumb.
    #[default]
    Auto,
    /// Always, even into a file.
    Always,
    /// Never.
    Never,
}

/// The widest page: longer lines are hard to read.
const WIDEST: usize = 120;
/// The narrowest page that is still laid out for.
const NARROWEST: usize = 20;

/// Whether more can be written to stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stdout {
    /// It can.
    Open,
    /// Whoever read it has seen enough (`| head`), which is no error.
    Closed,
}

/// Writes data to stdout.
pub(super) fn print(data: &str) -> anyhow::Result<Stdout> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(data.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Ok(()) => Ok(Stdout::Open),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Stdout::Closed),
        Err(error) => Err(error).context("cannot write to stdout"),
    }
}

/// Writes a line for people to stderr. Where nobody listens, nothing is lost.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Whether stdout takes colours.
pub(super) fn colour(when: When) -> Colour {
    let wanted = match when {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            io::stdout().is_terminal()
                && variable("NO_COLOR").is_none_or(|value| value.is_empty())
                && variable("TERM").is_none_or(|terminal| terminal != "dumb")
        }
    };
    if wanted { Colour::Ansi } else { Colour::Plain }
}

/// Columns of the page: `COLUMNS` where it is set, else those of the terminal; `None` where stdout
/// is a file or a pipe.
pub(super) fn width() -> Option<usize> {
    let stated = variable("COLUMNS").and_then(|columns| columns.parse().ok());
    let measured = || {
        let size = terminal_size::terminal_size_of(io::stdout())?;
        Some(usize::from(size.0.0))
    };
    let width = stated.or_else(measured).filter(|&width| width > 0)?;
    Some(width.clamp(NARROWEST, WIDEST))
}

/// Whether progress can be drawn.
pub(super) fn draws_progress() -> bool {
    io::stderr().is_terminal()
}

#[expect(
    clippy::disallowed_methods,
    reason = "cli is where the environment is read"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
