//! Whether an index is whole: its files, its sums, and its manifest against it.

use std::path::Path;

use serde::Serialize;

use super::IngestError;
use super::base::read_manifest;
use super::ledger::Ledger;
use super::manifest::Attachment;
use crate::index::{Depth, IndexReader};

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// The version of this shape: 1.
    pub schema: u32,
    /// Documents in the index.
    pub documents: u64,
    /// Paragraphs in the index.
    pub paragraphs: u64,
    /// What is wrong, a sentence each; empty where all is well.
    pub problems: Vec<String>,
}

/// How often a check is begun again when a newer commit took the place of what was being checked.
const ATTEMPTS: usize = 20;

/// Checks the index in `folder`. Changes nothing; whoever writes meanwhile is not disturbed.
///
/// # Errors
/// When there is no index that this program can read.
pub fn check(folder: &Path, depth: Depth) -> Result<CheckReport, IngestError> {
    let mut reader = IndexReader::open(folder)?;
    for _ in 1..ATTEMPTS {
        let found = problems(&reader, depth);
        if found.as_ref().is_ok_and(Vec::is_empty) {
            return Ok(report(&reader, Vec::new()));
        }
        // The files of a commit that was replaced are removed one by one: that is no damage.
        let now = IndexReader::open(folder)?;
        let same = now.generation() == reader.generation() && now.metas() == reader.metas();
        if same {
            return Ok(report(&reader, found?));
        }
        reader = now;
    }
    let found = problems(&reader, depth)?;
    Ok(report(&reader, found))
}

fn report(reader: &IndexReader, problems: Vec<String>) -> CheckReport {
    CheckReport {
        schema: 1,
        documents: reader.commit().documents,
        paragraphs: reader.commit().paragraphs,
        problems,
    }
}

/// What is wrong with a commit and its manifest.
pub(super) fn problems(reader: &IndexReader, depth: Depth) -> Result<Vec<String>, IngestError> {
    let problems = reader.check(depth)?;
    if problems.is_empty() {
        check_manifest(reader)
    } else {
        Ok(problems)
    }
}

/// Whether the manifest that the commit names is whole and speaks of the documents that are there.
fn check_manifest(reader: &IndexReader) -> Result<Vec<String>, IngestError> {
    let Some(attachment) = Attachment::parse(&reader.commit().attachment) else {
        return Ok(vec!["the commit names no manifest".to_owned()]);
    };
    let generation = reader.generation().expect("it was opened from a folder");
    let Some(manifest) = read_manifest(generation, &attachment)? else {
        return Ok(vec![format!("{} is damaged or gone", attachment.manifest)]);
    };
    let ledger = Ledger::of(manifest);
    let mut problems = Vec::new();
    if ledger.documents() != reader.commit().documents {
        problems.push(format!(
            "the manifest speaks of {} documents, the commit of {}",
            ledger.documents(),
            reader.commit().documents
        ));
    }
    for id in ledger.ids() {
        if reader.first_paragraph(id)?.is_none() {
            problems.push(format!(
                "the document {id} of the manifest is not in the index"
            ));
        }
    }
    Ok(problems)
}
