//! An index of files that are in memory already: a built-in sample, a test.

use std::collections::HashSet;

use crate::classify::classify;
use crate::index::{IndexReader, IndexWriter, Resources, facts};
use crate::read::{Limits, read_bytes};

use super::{IngestError, SkippedFile};

/// Indexes files, each a path and its bytes, in memory. Also gives what could not be read.
///
/// # Errors
/// When the indexing threads cannot be started.
///
/// ```
/// let files = [("a.txt", "免申即享政策全面推行。".as_bytes())];
/// let (index, skipped) = xianli::ingest::index_in_memory(files)?;
/// assert_eq!((index.commit().paragraphs, skipped.len()), (1, 0));
/// # Ok::<(), xianli::ingest::IngestError>(())
/// ```
pub fn index_in_memory<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<(IndexReader, Vec<SkippedFile>), IngestError> {
    let resources = Resources {
        threads: 1,
        memory: 32 << 20,
    };
    let mut writer = IndexWriter::create_in_memory(resources)?;
    let mut skipped = Vec::new();
    let mut ids = HashSet::new();
    for (path, bytes) in files {
        let reading = match read_bytes(path, bytes, &Limits::default()) {
            Ok(reading) => reading,
            Err(reason) => {
                skipped.push(SkippedFile {
                    path: path.to_owned(),
                    reason: reason.to_string(),
                });
                continue;
            }
        };
        skipped.extend(reading.skipped.iter().map(SkippedFile::from));
        for document in &reading.documents {
            let labels = classify(document);
            let facts = facts(document, &labels);
            if let Some(facts) = facts.filter(|facts| ids.insert(facts.id.clone())) {
                writer.add(document, &labels, &facts)?;
            }
        }
    }
    writer.commit("")?;
    Ok((writer.finish()?, skipped))
}
