//! `xianli-index inspect FILE`: how one file is read, without an index.

use anyhow::anyhow;

use crate::classify::classify;
use crate::read::{Limits, read_file};
use crate::render::{Extent, Inspection, inspection_text, json};

use super::common::Common;
use super::exit::Done;
use super::terminal;
use super::xianli::ReportFormat;
use super::xianli_index::Inspect;

/// Prints how each document of the file is read.
pub(super) fn inspect(common: &Common, arguments: &Inspect) -> anyhow::Result<Done> {
    let path = &arguments.file;
    let reading = read_file(path, &Limits::default())
        .map_err(|reason| anyhow!("{}: {reason}", path.display()))?;
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
    Ok(if reading.skipped.is_empty() {
        Done::Whole
    } else {
        Done::WithSkips
    })
}
