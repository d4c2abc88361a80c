//! `xianli-index update` and `watch`: runs, their progress, their reports.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::SystemTime;

use crate::ingest::{
    self, Change, Comparison, Event, IngestError, Rebuild, Selection, SkippedFile, UpdateOptions,
    UpdateReport, Vanished, Watched, rehearse,
};
use crate::render::{clean, json_line};

use super::census::census;
use super::clock::{self, Stopwatch};
use super::common::Common;
use super::exit::Done;
use super::place::Place;
use super::progress::{Progress, ProgressFlag};
use super::signals::Signals;
use super::terminal;
use super::xianli::ReportFormat;
use super::xianli_index::{Files, Update, Watch};

/// Makes the index equal to the files, and reports.
pub(super) fn update(common: &Common, arguments: &Update) -> anyhow::Result<Done> {
    let place = Place::of(common);
    let folder = place.folder()?;
    let signals = Signals::catch();
    let run = Run::begin(common, arguments.files.progress);
    let mut options = options(&arguments.files);
    if arguments.rebuild {
        options.rebuild = Rebuild::Always;
    }
    let mut observer = |event: Event<'_>| {
        show(common, &run.progress, event);
        signals.going_on()
    };
    let paths = &arguments.files.paths;
    let ended = if arguments.dry_run {
        rehearse(folder, paths, &options, &mut observer)
    } else {
        let ended = ingest::update(folder, paths, &options, &mut observer);
        run.remember(folder, ended.as_ref());
        ended
    };
    match (ended, signals.exit_code()) {
        (Err(IngestError::Stopped), Some(code)) => {
            run.progress.end();
            common.warn("stopped; what was committed stays");
            Ok(Done::Stopped(code))
        }
        (ended, _) => run.report(folder, ended?, arguments.format),
    }
}

/// Keeps the index equal to the files until a signal comes.
pub(super) fn watch(common: &Common, arguments: &Watch) -> anyhow::Result<Done> {
    let place = Place::of(common);
    let folder = place.folder()?;
    let signals = Signals::catch();
    let mut run = Run::begin(common, arguments.files.progress);
    let mut complaint = None;
    let observer = &mut |watched: Watched<'_>| {
        match watched {
            Watched::Running(event) => show(common, &run.progress, event),
            Watched::Waiting => {}
            Watched::Ended(ended) => {
                run.remember(folder, ended);
                let done = match ended {
                    Ok(report) => run
                        .report(folder, report.clone(), arguments.format)
                        .map(|_| ()),
                    Err(error) => {
                        run.progress.end();
                        common.fail(&error.to_string());
                        Ok(())
                    }
                };
                // A stdout that is gone ends the watch; a run that failed does not.
                complaint = done.err();
                run = Run::begin(common, arguments.files.progress);
            }
        }
        if complaint.is_some() {
            return ControlFlow::Break(());
        }
        signals.going_on()
    };
    ingest::watch(
        folder,
        &arguments.files.paths,
        &|| options(&arguments.files),
        observer,
    )?;
    match (complaint, signals.exit_code()) {
        (Some(complaint), _) => Err(complaint),
        (None, Some(code)) => Ok(Done::Stopped(code)),
        (None, None) => Ok(Done::Whole),
    }
}

fn options(files: &Files) -> UpdateOptions {
    let chosen = !files.include.is_empty() || !files.exclude.is_empty();
    let selection = chosen.then(|| Selection {
        include: files.include.clone(),
        exclude: files.exclude.clone(),
    });
    UpdateOptions {
        now: clock::now(),
        resources: files.resources.resources(),
        limits: files.reading.limits(),
        metadata: (!files.reading.metadata.is_empty()).then(|| files.reading.metadata.clone()),
        selection,
        comparison: if files.verify {
            Comparison::Content
        } else {
            Comparison::SizeAndTime
        },
        vanished: if files.prune {
            Vanished::Pruned
        } else {
            Vanished::Refused
        },
        commit_every: files.commit_every,
        ..UpdateOptions::default()
    }
}

/// A run, from its first moment to its report.
struct Run<'c> {
    common: &'c Common,
    began: SystemTime,
    stopwatch: Stopwatch,
    progress: Progress<'c>,
}

impl<'c> Run<'c> {
    fn begin(common: &'c Common, progress: ProgressFlag) -> Self {
        Self {
            common,
            began: clock::now(),
            stopwatch: Stopwatch::start(),
            progress: Progress::new(common, progress),
        }
    }

    /// Remembers the run for `status`. Where that cannot be written, the run itself says why.
    fn remember(&self, folder: &Path, ended: Result<&UpdateReport, &IngestError>) {
        let held_elsewhere = matches!(ended, Err(IngestError::Locked { .. }));
        if !held_elsewhere {
            let _ = ingest::remember_run(folder, self.began, self.stopwatch.elapsed(), ended);
        }
    }

    fn report(
        &self,
        folder: &Path,
        mut report: UpdateReport,
        format: ReportFormat,
    ) -> anyhow::Result<Done> {
        self.progress.end();
        report.seconds = self.stopwatch.seconds();
        match format {
            ReportFormat::Json => {
                terminal::print(&json_line(&report))?;
            }
            ReportFormat::Auto | ReportFormat::Text => {
                let mut told = vec![summary(&report)];
                told.extend(census(&report).iter().map(|line| clean(line)));
                self.common.note(&told.join("\n"));
                self.common.detail(&format!("index: {}", folder.display()));
            }
        }
        Ok(if report.skipped.is_empty() {
            Done::Whole
        } else {
            Done::WithSkips
        })
    }
}

/// What a run has done: files, index, and what the documents are like.
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

/// Tells what happens in a run.
fn show(common: &Common, progress: &Progress<'_>, event: Event<'_>) {
    match event {
        Event::Anew(why) => common.note(&format!("note: all files are read: {why}")),
        Event::Listed { files, bytes } => {
            common.detail(&format!("files to read: {files}, {bytes} bytes"));
            progress.begin(files, bytes);
        }
        Event::Read { path, bytes } => {
            if common.verbose > 1 {
                let line = clean(&format!("read {path}: {bytes} bytes"));
                progress.aside(|| common.step(&line));
            }
            progress.advance(path, bytes);
        }
        Event::Differs { path, change } => {
            if common.verbose > 0 {
                let line = clean(&format!("{} {path}", change_name(change)));
                progress.aside(|| common.detail(&line));
            }
        }
        Event::Skipped(SkippedFile { path, reason }) => {
            let line = clean(&format!("skipped {path}: {reason}"));
            progress.aside(|| common.warn(&line));
        }
        Event::Writing => {
            common.detail("all files are read; the index is being written");
            progress.write();
        }
    }
}

fn change_name(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Changed => "changed",
        Change::Removed => "removed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
