//! `xianli-index status`: what is indexed, and how fresh it is.

use crate::ingest::{self, RunRecord};
use crate::render::{clean, json};

use super::common::Common;
use super::exit::Done;
use super::place::Place;
use super::terminal;
use super::xianli::ReportFormat;
use super::xianli_index::Status;

/// How many of the last runs the text shows.
const RUNS: usize = 3;

/// Prints what is indexed. An index that cannot answer is an error, after it was described.
pub(super) fn status(common: &Common, arguments: &Status) -> anyhow::Result<Done> {
    let place = Place::of(common);
    let status = ingest::status(place.folder()?)?;
    let data = match arguments.format {
        ReportFormat::Json => json(&status),
        ReportFormat::Auto | ReportFormat::Text => text(&status),
    };
    terminal::print(&data)?;
    anyhow::ensure!(status.freshness == "current", status.says);
    Ok(Done::Whole)
}

/// A line for each fact.
fn text(status: &ingest::Status) -> String {
    let count = |count: Option<u64>| count.map(|count| count.to_string());
    let on_disk: u64 = status.sizes.values().sum();
    let mut facts = vec![
        ("index", Some(status.index.clone())),
        ("freshness", Some(status.freshness.to_owned())),
        ("documents", count(status.documents)),
        ("paragraphs", count(status.paragraphs)),
        ("bytes of text", count(status.bytes)),
        (
            "bytes on disk",
            count(Some(on_disk).filter(|&bytes| bytes > 0)),
        ),
        (
            "segments",
            count(Some(status.segments.len() as u64).filter(|&count| count > 0)),
        ),
    ];
    let roots = status
        .roots
        .iter()
        .map(|root| ("made of", Some(root.clone())));
    facts.extend(roots);
    let runs = status.runs.iter().take(RUNS);
    facts.extend(runs.map(|run| ("run", Some(sentence(run)))));
    let known = facts
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    known
        .map(|(name, value)| format!("{name:<14} {}\n", clean(&value)))
        .collect()
}

fn sentence(run: &RunRecord) -> String {
    match &run.failure {
        Some(failure) => format!("{} failed: {failure}", run.at),
        None => format!(
            "{} {} added, {} changed, {} moved, {} removed, {} unchanged, {} skipped, {} ms",
            run.at,
            run.added,
            run.changed,
            run.moved,
            run.removed,
            run.unchanged,
            run.skipped,
            run.milliseconds
        ),
    }
}
