//! `xianli-index status`: what is indexed, and how fresh it is.

use crate::index::{Freshness, IndexReader};
use crate::render::{Extent, Standing, json, standing_text};

use super::common::Common;
use super::exit::Done;
use super::place::Place;
use super::terminal;
use super::xianli::ReportFormat;
use super::xianli_index::Status;

/// Prints what is indexed. An index that cannot answer is an error, after it was described.
pub(super) fn status(common: &Common, arguments: &Status) -> anyhow::Result<Done> {
    let place = Place::of(common);
    let folder = place.folder()?;
    let freshness = IndexReader::freshness(folder)?;
    let mut standing = Standing {
        schema: 1,
        index: folder.display().to_string(),
        freshness: freshness.name(),
        documents: None,
        paragraphs: None,
        bytes: None,
    };
    if freshness == Freshness::Current {
        let reader = IndexReader::open(folder)?;
        let commit = reader.commit();
        standing.documents = Some(commit.documents);
        standing.paragraphs = Some(commit.paragraphs);
        standing.bytes = Some(commit.bytes);
    }
    let data = match arguments.format {
        ReportFormat::Json => json(&standing),
        ReportFormat::Auto | ReportFormat::Text => {
            standing_text(&standing, &common.page(Extent::Whole))
        }
    };
    terminal::print(&data)?;
    match freshness {
        Freshness::Current => Ok(Done::Whole),
        other => anyhow::bail!(other.sentence(folder)),
    }
}
