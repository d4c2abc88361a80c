//! `xianli-index check`, `optimize`, `backup` and `restore`: looking after an index.

use std::path::Path;

use crate::index::Depth;
use crate::ingest::{self, ArchiveReport, CheckReport, IngestError, OptimizeReport};
use crate::render::json_line;

use super::clock;
use super::common::Common;
use super::exit::Done;
use super::place::Place;
use super::signals::Signals;
use super::terminal;
use super::xianli::ReportFormat;
use super::xianli_index::{Backup, Check, Optimize, Restore};

/// Checks the index. Whatever is wrong is an error, after it was told.
pub(super) fn check(common: &Common, arguments: &Check) -> anyhow::Result<Done> {
    let place = Place::of(common);
    let depth = if arguments.deep {
        Depth::All
    } else {
        Depth::Sample
    };
    let report = ingest::check(place.folder()?, depth)?;
    let CheckReport {
        documents,
        paragraphs,
        problems,
        ..
    } = &report;
    let text = if problems.is_empty() {
        format!("the index is whole: {documents} documents, {paragraphs} paragraphs\n")
    } else {
        problems
            .iter()
            .map(|problem| format!("{problem}\n"))
            .collect()
    };
    print(arguments.format, &json_line(&report), &text)?;
    if problems.is_empty() {
        Ok(Done::Whole)
    } else {
        anyhow::bail!(
            "the index is damaged\nhint: build it anew with `xianli-index update --rebuild`"
        )
    }
}

/// Merges the segments of the index into one.
pub(super) fn optimize(common: &Common, arguments: &Optimize) -> anyhow::Result<Done> {
    let place = Place::of(common);
    let resources = arguments.resources.resources();
    let report = ingest::optimize(place.folder()?, resources, clock::now())?;
    let OptimizeReport {
        segments_before,
        segments,
        bytes_before,
        bytes,
        ..
    } = report;
    let text = format!(
        "segments: {segments} (before: {segments_before})\nbytes: {bytes} (before: {bytes_before})\n"
    );
    print(arguments.format, &json_line(&report), &text)?;
    Ok(Done::Whole)
}

/// Writes the index into one file.
pub(super) fn backup(common: &Common, arguments: &Backup) -> anyhow::Result<Done> {
    let place = Place::of(common);
    let signals = Signals::catch();
    let folder = place.folder()?;
    let ended = ingest::backup(folder, &arguments.file, &|| signals.going_on());
    archived(common, &signals, arguments.format, ended, &arguments.file)
}

/// Lets the index in a file answer.
pub(super) fn restore(common: &Common, arguments: &Restore) -> anyhow::Result<Done> {
    let place = Place::of(common);
    let signals = Signals::catch();
    let (folder, file) = (place.folder()?, &arguments.file);
    let ended = ingest::restore(folder, file, clock::now(), &|| signals.going_on());
    archived(common, &signals, arguments.format, ended, file)
}

fn archived(
    common: &Common,
    signals: &Signals,
    format: ReportFormat,
    ended: Result<ArchiveReport, IngestError>,
    file: &Path,
) -> anyhow::Result<Done> {
    if let (Err(IngestError::Stopped), Some(code)) = (&ended, signals.exit_code()) {
        common.warn("stopped; nothing was changed");
        return Ok(Done::Stopped(code));
    }
    let report = ended?;
    let ArchiveReport {
        documents,
        paragraphs,
        bytes,
        ..
    } = report;
    let text = format!(
        "{}: {documents} documents, {paragraphs} paragraphs, {bytes} bytes\n",
        file.display()
    );
    print(format, &json_line(&report), &text)?;
    Ok(Done::Whole)
}

fn print(format: ReportFormat, json: &str, text: &str) -> anyhow::Result<()> {
    terminal::print(match format {
        ReportFormat::Json => json,
        ReportFormat::Auto | ReportFormat::Text => text,
    })?;
    Ok(())
}
