//! How far a run is: a bar on a terminal, plain lines where they are asked for.
//!
//! Comes in: the events of a run. Goes out: a picture or lines on stderr, with the rate and the time
//! that is left. Says nothing of what is in the files.

use std::cell::Cell;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use crate::render::clean;

use super::clock::Stopwatch;
use super::common::Common;
use super::terminal;

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum ProgressFlag {
    /// A bar where stderr is a terminal, else nothing.
    #[default]
    Auto,
    /// A line every five seconds, for logs.
    Plain,
    /// Nothing.
    None,
}

/// The progress of one run.
pub(super) struct Progress<'c> {
    common: &'c Common,
    shown: Shown,
}

enum Shown {
    Nothing,
    Bar(ProgressBar),
    Lines(Lines),
}

/// Seconds between two lines.
const PAUSE: f64 = 5.0;

impl<'c> Progress<'c> {
    pub(super) fn new(common: &'c Common, flag: ProgressFlag) -> Self {
        let shown = match flag {
            _ if common.quiet => Shown::Nothing,
            ProgressFlag::Auto if terminal::draws_progress() => {
                Shown::Bar(ProgressBar::no_length().with_style(style()))
            }
            ProgressFlag::Auto | ProgressFlag::None => Shown::Nothing,
            ProgressFlag::Plain => Shown::Lines(Lines::new()),
        };
        Self { common, shown }
    }

    /// What is to be read is known.
    pub(super) fn begin(&self, files: u64, bytes: u64) {
        match &self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => bar.set_length(bytes),
            Shown::Lines(lines) => {
                lines.total.set(Amount { files, bytes });
                lines.stopwatch.set(Stopwatch::start());
                if files > 0 {
                    self.common
                        .note(&format!("progress: {files} files to read, {}", size(bytes)));
                }
            }
        }
    }

    /// A file was read.
    pub(super) fn advance(&self, path: &str, bytes: u64) {
        match &self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => {
                bar.inc(bytes);
                bar.set_message(clean(path));
            }
            Shown::Lines(lines) => {
                if let Some(line) = lines.advance(bytes) {
                    self.common.note(&line);
                }
            }
        }
    }

    /// All files were read.
    pub(super) fn write(&self) {
        match &self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => bar.set_message("writing the index"),
            Shown::Lines(lines) if lines.total.get().files == 0 => {}
            Shown::Lines(lines) => {
                let Amount { files, bytes } = lines.done.get();
                let seconds = lines.stopwatch.get().seconds();
                self.common.note(&format!(
                    "progress: read {files} files, {}, in {seconds:.1} s; writing the index",
                    size(bytes)
                ));
            }
        }
    }

    /// Lets something else write to stderr.
    pub(super) fn aside(&self, work: impl FnOnce()) {
        match &self.shown {
            Shown::Bar(bar) => bar.suspend(work),
            Shown::Nothing | Shown::Lines(_) => work(),
        }
    }

    /// The run has ended.
    pub(super) fn end(&self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Amount {
    files: u64,
    bytes: u64,
}

struct Lines {
    total: Cell<Amount>,
    done: Cell<Amount>,
    stopwatch: Cell<Stopwatch>,
    /// Seconds at the last line.
    told: Cell<f64>,
}

impl Lines {
    fn new() -> Self {
        Self {
            total: Cell::default(),
            done: Cell::default(),
            stopwatch: Cell::new(Stopwatch::start()),
            told: Cell::new(0.0),
        }
    }

    /// Counts a file; gives a line when it is time for one.
    fn advance(&self, bytes: u64) -> Option<String> {
        let Amount { files, bytes: read } = self.done.get();
        let done = Amount {
            files: files + 1,
            bytes: read + bytes,
        };
        self.done.set(done);
        let seconds = self.stopwatch.get().seconds();
        if seconds - self.told.get() < PAUSE {
            return None;
        }
        self.told.set(seconds);
        Some(sentence(done, self.total.get(), seconds))
    }
}

/// How far a run is after so many seconds, how fast, and how much time is left at this rate.
fn sentence(done: Amount, total: Amount, seconds: f64) -> String {
    let rate = done.bytes as f64 / seconds.max(0.001);
    let left = total.bytes.saturating_sub(done.bytes) as f64 / rate.max(1.0);
    let percent = 100 * done.bytes / total.bytes.max(1);
    format!(
        "progress: {percent} %, {} of {} files, {} of {}, {}/s, {left:.0} s left",
        done.files,
        total.files,
        size(done.bytes),
        size(total.bytes),
        size(rate as u64)
    )
}

/// Bytes as people count them.
fn size(bytes: u64) -> String {
    let bytes = bytes as f64;
    match bytes {
        _ if bytes < 1e3 => format!("{bytes} B"),
        _ if bytes < 1e6 => format!("{:.1} kB", bytes / 1e3),
        _ if bytes < 1e9 => format!("{:.1} MB", bytes / 1e6),
        _ => format!("{:.1} GB", bytes / 1e9),
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template(
        "{bar:24} {bytes}/{total_bytes} {bytes_per_sec} {eta} left  {wide_msg}",
    )
    .expect("the template is tested")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_of_the_bar_is_right() {
        style();
    }

    #[test]
    fn a_plain_line_has_the_rate_and_the_time_that_is_left() {
        let amount = |files, bytes| Amount { files, bytes };
        assert_eq!(
            sentence(amount(120, 3_000_000), amount(1000, 12_000_000), 2.0),
            "progress: 25 %, 120 of 1000 files, 3.0 MB of 12.0 MB, 1.5 MB/s, 6 s left"
        );
        assert_eq!(
            sentence(amount(1, 0), amount(1, 0), 0.0),
            "progress: 0 %, 1 of 1 files, 0 B of 0 B, 0 B/s, 0 s left"
        );
    }
}
