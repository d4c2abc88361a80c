//! `xianli-index update`: a run, its progress, its report.

use std::ops::ControlFlow;

use indicatif::{ProgressBar, ProgressStyle};

use crate::ingest::{
    self, Change, Comparison, Event, Rebuild, Selection, SkippedFile, UpdateOptions, UpdateReport,
    Vanished, rehearse,
};
use crate::render::{clean, json_line};

use super::clock::{self, Stopwatch};
use super::common::Common;
use super::exit::Done;
use super::place::Place;
use super::terminal;
use super::xianli::ReportFormat;
use super::xianli_index::Update;

/// Makes the index equal to the files, and reports.
pub(super) fn update(common: &Common, arguments: &Update) -> anyhow::Result<Done> {
    let place = Place::of(common);
    let folder = place.folder()?;
    let stopwatch = Stopwatch::start();
    let progress = Progress::new(common);
    let mut observer = |event: Event<'_>| {
        progress.show(event);
        ControlFlow::Continue(())
    };
    let options = options(arguments);
    let run = if arguments.dry_run {
        rehearse
    } else {
        ingest::update
    };
    let result = run(folder, &arguments.paths, &options, &mut observer);
    progress.end();
    let mut report = result?;
    report.seconds = stopwatch.seconds();
    match arguments.format {
        ReportFormat::Json => {
            terminal::print(&json_line(&report))?;
        }
        ReportFormat::Auto | ReportFormat::Text => {
            common.note(&summary(&report));
            common.detail(&format!("index: {}", folder.display()));
        }
    }
    Ok(if report.skipped.is_empty() {
        Done::Whole
    } else {
        Done::WithSkips
    })
}

fn options(arguments: &Update) -> UpdateOptions {
    let chosen = !arguments.include.is_empty() || !arguments.exclude.is_empty();
    let selection = chosen.then(|| Selection {
        include: arguments.include.clone(),
        exclude: arguments.exclude.clone(),
    });
    UpdateOptions {
        now: clock::now(),
        selection,
        comparison: if arguments.verify {
            Comparison::Content
        } else {
            Comparison::SizeAndTime
        },
        vanished: if arguments.prune {
            Vanished::Pruned
        } else {
            Vanished::Refused
        },
        rebuild: if arguments.rebuild {
            Rebuild::Always
        } else {
            Rebuild::WhereNeeded
        },
        commit_every: arguments.commit_every,
        ..UpdateOptions::default()
    }
}

/// What a run has done, in two lines.
fn summary(report: &UpdateReport) -> String {
    let UpdateReport {
        added,
        changed,
        moved,
        removed,
        unchanged,
        ..
    } = report;
    format!(
        "files: {added} added, {changed} changed, {moved} moved, {removed} removed, {unchanged} unchanged, {} skipped\n\
         index: {} documents, {} paragraphs, {} bytes of text, made in {} s",
        report.skipped.len(),
        report.documents,
        report.paragraphs,
        report.bytes,
        report.seconds
    )
}

/// How far a run is: a bar on a terminal, and a line for each file that was skipped.
struct Progress<'c> {
    common: &'c Common,
    bar: ProgressBar,
}

impl<'c> Progress<'c> {
    fn new(common: &'c Common) -> Self {
        let bar = if terminal::draws_progress() && !common.quiet {
            ProgressBar::no_length().with_style(style())
        } else {
            ProgressBar::hidden()
        };
        Self { common, bar }
    }

    fn show(&self, event: Event<'_>) {
        match event {
            Event::Anew(why) => self
                .common
                .note(&format!("note: all files are read: {why}")),
            Event::Listed { bytes, .. } => self.bar.set_length(bytes),
            Event::Read { path, bytes } => {
                self.bar.inc(bytes);
                self.bar.set_message(clean(path));
            }
            Event::Differs { path, change } => {
                let line = clean(&format!("{} {path}", change_name(change)));
                self.bar.suspend(|| self.common.detail(&line));
            }
            Event::Skipped(skipped) => self.bar.suspend(|| self.say_skipped(skipped)),
            Event::Writing => self.bar.set_message("writing the index"),
        }
    }

    fn say_skipped(&self, skipped: &SkippedFile) {
        let line = format!("skipped {}: {}", skipped.path, skipped.reason);
        self.common.note(&clean(&line));
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}

fn change_name(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Changed => "changed",
        Change::Removed => "removed",
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
    fn the_summary_counts_files_and_what_is_in_the_index() {
        let report = UpdateReport {
            added: 2,
            unchanged: 3,
            documents: 5,
            paragraphs: 90,
            bytes: 12_345,
            seconds: 0.4,
            ..UpdateReport::default()
        };
        assert_eq!(
            summary(&report),
            "files: 2 added, 0 changed, 0 moved, 0 removed, 3 unchanged, 0 skipped\n\
             index: 5 documents, 90 paragraphs, 12345 bytes of text, made in 0.4 s"
        );
    }
}
