//! `xianli-index inspect`: how one file is read, or all of a folder as a table, without an index.

use std::path::Path;

use anyhow::anyhow;

use crate::classify::classify;
use crate::ingest::{Audited, Beside, audit};
use crate::read::read_file;
use crate::render::{
    Extent, Inspection, audit_head, audit_row, audit_skipped, inspection_text, json,
};

use super::common::Common;
use super::exit::Done;
use super::terminal::{self, Stdout};
use super::xianli::ReportFormat;
use super::xianli_index::Inspect;

/// Prints how each document of the file is read, or a row for each document of all files.
pub(super) fn inspect(common: &Common, arguments: &Inspect) -> anyhow::Result<Done> {
    if arguments.audit {
        return rows(arguments);
    }
    match &arguments.paths[..] {
        [path] if path.is_dir() => Err(anyhow!(
            "{} is a folder\nhint: `xianli-index inspect --audit {}` writes a row for each document in it",
            path.display(),
            path.display()
        )),
        [path] => one(common, arguments, path),
        _ => Err(anyhow!(
            "one file at a time is shown\nhint: `xianli-index inspect --audit PATH…` writes a row for each document"
        )),
    }
}

fn one(common: &Common, arguments: &Inspect, path: &Path) -> anyhow::Result<Done> {
    let limits = arguments.reading.limits();
    let mut reading =
        read_file(path, &limits).map_err(|reason| anyhow!("{}: {reason}", path.display()))?;
    let beside = Beside::of_file(path, &arguments.reading.metadata, &limits)?;
    beside.state(path, &mut reading.documents);
    let page = common.page(Extent::Whole);
    let mut data = String::new();
    for document in &reading.documents {
        let inspection = Inspection::of(document, &classify(document));
        match arguments.format {
            ReportFormat::Json => data += &json(&inspection),
            ReportFormat::Auto | ReportFormat::Text => {
                if !data.is_empty() {
                    data.push('\n');
                }
                data += &inspection_text(&inspection, &page);
            }
        }
    }
    terminal::print(&data)?;
    for skipped in &reading.skipped {
        common.warn(&format!("skipped {}: {}", skipped.path, skipped.reason));
    }
    for problem in beside.problems() {
        common.warn(&format!("skipped {}: {}", problem.path, problem.reason));
    }
    Ok(
        if reading.skipped.is_empty() && beside.problems().is_empty() {
            Done::Whole
        } else {
            Done::WithSkips
        },
    )
}

/// Prints the audit as it goes.
fn rows(arguments: &Inspect) -> anyhow::Result<Done> {
    let reading = &arguments.reading;
    let resources = arguments.resources.resources();
    let mut done = Done::Whole;
    let mut open = terminal::print(&audit_head())?;
    let take = &mut |audited: Audited<'_>| {
        let row = match audited {
            Audited::Read(document, labels) => audit_row(document, labels),
            Audited::Skipped(skipped) => {
                done = Done::WithSkips;
                audit_skipped(&skipped.path, &skipped.reason)
            }
        };
        if open == Stdout::Open {
            open = terminal::print(&row)?;
        }
        anyhow::Ok(())
    };
    audit(
        &arguments.paths,
        &reading.metadata,
        &reading.limits(),
        resources,
        take,
    )?;
    Ok(done)
}
