//! `xianli-index check`, `optimize`, `backup` and `restore`: looking after an index.

use std::path::Path;

use crate::index::Depth;
use crate::ingest::{self, ArchiveReport, CheckReport, OptimizeReport};
use crate::render::json_line;

use super::clock;
use super::common::Common;
use super::exit::Done;
use super::place::Place;
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
    let report = ingest::backup(place.folder()?, &arguments.file)?;
    archived(arguments.format, &report, &arguments.file)
}

/// Lets the index in a file answer.
pub(super) fn restore(common: &Common, arguments: &Restore) -> anyhow::Result<Done> {
    let place = Place::of(common);
    let report = ingest::restore(place.folder()?, &arguments.file, clock::now())?;
    archived(arguments.format, &report, &arguments.file)
}

fn archived(format: ReportFormat, report: &ArchiveReport, file: &Path) -> anyhow::Result<Done> {
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
    print(format, &json_line(report), &text)?;
    Ok(Done::Whole)
}

fn print(format: ReportFormat, json: &str, text: &str) -> anyhow::Result<()> {
    terminal::print(match format {
        ReportFormat::Json => json,
        ReportFormat::Auto | ReportFormat::Text => text,
    })?;
    Ok(())
}
