//! `xianli show ID`: a document's outline, or a paragraph among its neighbours.

use anyhow::bail;

use crate::index::{IndexReader, StoredParagraph};
use crate::render::{Extent, Passage, Reading, json, reading_text};
use crate::search::Section;

use super::common::Common;
use super::exit::Answered;
use super::terminal;
use super::xianli::{ReportFormat, Show};

/// Prints what the id names.
pub(super) fn show(
    common: &Common,
    index: &IndexReader,
    arguments: &Show,
) -> anyhow::Result<Answered> {
    let Some(reading) = reading(index, arguments)? else {
        common.note(&format!(
            "the index has nothing with the id {}\nhint: ids stand under the hits of a search",
            arguments.id
        ));
        return Ok(Answered::Nothing);
    };
    let data = match arguments.format {
        ReportFormat::Json => json(&reading),
        ReportFormat::Auto | ReportFormat::Text => {
            reading_text(&reading, &common.page(Extent::Whole))
        }
    };
    terminal::print(&data)?;
    Ok(Answered::Found)
}

fn reading(index: &IndexReader, arguments: &Show) -> anyhow::Result<Option<Reading>> {
    let (document, ordinal) = parts(&arguments.id)?;
    let Some(metadata) = index.document(document)? else {
        return Ok(None);
    };
    let paragraphs = index.paragraphs_of(document)?;
    if ordinal.is_some_and(|ordinal| paragraphs.iter().all(|p| p.ordinal != ordinal)) {
        return Ok(None);
    }
    let near = |paragraph: &StoredParagraph| {
        arguments.full
            || ordinal.is_none_or(|asked| paragraph.ordinal.abs_diff(asked) <= arguments.around)
    };
    Ok(Some(Reading {
        schema: 1,
        document: metadata,
        asked: ordinal.map(|ordinal| format!("{document}/{ordinal}")),
        paragraphs: paragraphs
            .into_iter()
            .filter(near)
            .map(|paragraph| passage(document, paragraph))
            .collect(),
    }))
}

/// A document's id, and the ordinal of a paragraph where one is asked for.
pub(super) fn parts(id: &str) -> anyhow::Result<(&str, Option<u32>)> {
    let Some((document, ordinal)) = id.rsplit_once('/') else {
        return Ok((id, None));
    };
    match ordinal.parse() {
        Ok(ordinal) => Ok((document, Some(ordinal))),
        Err(_) => bail!(
            "{id} is no id: what follows the / is no number\nhint: copy an id from under a hit of a search"
        ),
    }
}

fn passage(document: &str, paragraph: StoredParagraph) -> Passage {
    Passage {
        id: format!("{document}/{}", paragraph.ordinal),
        kind: paragraph.kind,
        section: Section {
            path: paragraph.headings,
            role: paragraph.role,
        },
        text: paragraph.text,
    }
}
