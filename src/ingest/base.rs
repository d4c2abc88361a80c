//! What a run goes on from: the last commit and its manifest, or nothing.

use std::path::{Path, PathBuf};

use super::IngestError;
use super::manifest::{Attachment, Manifest};
use super::options::Rebuild;
use crate::index::{Freshness, IndexError, IndexFolder, IndexReader};

/// What a run goes on from.
#[derive(Debug)]
pub(super) struct Base {
    /// The generation to change; `None` where a new one is to be built beside what is there.
    pub(super) generation: Option<PathBuf>,
    /// Whether readers are answered from that generation already.
    pub(super) published: bool,
    /// What the last commit was given, as far as it can be told.
    pub(super) attachment: Attachment,
    pub(super) manifest: Manifest,
    /// Why all is read anew; `None` where it is not, or there was nothing before.
    pub(super) anew: Option<String>,
}

impl Base {
    /// Finds out what to go on from: the index that answers, or one that an earlier run has begun
    /// to build in its place. Changes nothing.
    pub(super) fn find(folder: &IndexFolder, rebuild: Rebuild) -> Result<Self, IngestError> {
        let current = folder.current()?;
        let mut base = Self {
            generation: None,
            published: false,
            attachment: Attachment::default(),
            manifest: Manifest::default(),
            anew: match IndexReader::freshness(folder.root())? {
                Freshness::Current | Freshness::Missing => None,
                other => Some(format!("the index {other}")),
            },
        };
        if rebuild == Rebuild::Always {
            base.anew = Some("as it was asked for".to_owned());
        }
        for generation in current.iter().cloned().chain(folder.unpublished()?) {
            let published = current.as_ref() == Some(&generation);
            let said = IndexReader::attachment_in(&generation);
            let Some(said) = said.and_then(|said| Attachment::parse(&said)) else {
                continue;
            };
            if published {
                base.attachment = said.clone();
            }
            let usable = rebuild == Rebuild::WhereNeeded
                && IndexReader::freshness_of(&generation) == Freshness::Current;
            if !usable {
                continue;
            }
            match read_manifest(&generation, &said)? {
                Some(manifest) => {
                    return Ok(Self {
                        generation: Some(generation),
                        published,
                        attachment: said,
                        manifest,
                        anew: None,
                    });
                }
                None if published => {
                    base.anew = Some("the manifest of the index is damaged".to_owned());
                }
                None => {}
            }
        }
        Ok(base)
    }

    /// Removes what is neither gone on from nor read: leftovers of runs that did not end.
    pub(super) fn sweep(&self, folder: &IndexFolder) -> Result<(), IngestError> {
        let current = folder.current()?;
        let keep = current.iter().chain(&self.generation);
        folder.sweep_all_but(&keep.map(PathBuf::as_path).collect::<Vec<_>>())?;
        if let Some(generation) = &self.generation {
            Manifest::sweep(generation, &self.attachment.manifest);
            IndexFolder::sweep_unfinished(generation);
            if let Ok(reader) = IndexReader::open_generation_in(generation) {
                reader.sweep_segments();
            }
        }
        Ok(())
    }
}

/// The manifest that a commit names; `None` where it is damaged or gone.
pub(super) fn read_manifest(
    generation: &Path,
    attachment: &Attachment,
) -> Result<Option<Manifest>, IngestError> {
    Manifest::read(generation, attachment).map_err(|source| {
        let error = IndexError::File {
            attempt: "read",
            path: generation.join(&attachment.manifest),
            source,
        };
        error.into()
    })
}
