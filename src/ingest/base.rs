//! What a run goes on from: the last commit and its manifest, or nothing.

use std::path::{Path, PathBuf};

use super::IngestError;
use super::manifest::{Attachment, Manifest};
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
    /// to build in its place. Removes everything else.
    pub(super) fn find(folder: &IndexFolder) -> Result<Self, IngestError> {
        let freshness = IndexReader::freshness(folder.root())?;
        let current = folder.current()?;
        let mut anew = match &freshness {
            Freshness::Current | Freshness::Missing => None,
            other => Some(format!("the index {other}")),
        };
        let mut attachment = Attachment::default();
        for generation in current.iter().cloned().chain(folder.unpublished()?) {
            let said = IndexReader::attachment_in(&generation);
            let Some(said) = said.and_then(|said| Attachment::parse(&said)) else {
                continue;
            };
            let published = current.as_ref() == Some(&generation);
            if published {
                attachment = said.clone();
            }
            if IndexReader::freshness_of(&generation) != Freshness::Current {
                continue;
            }
            match read_manifest(&generation, &said)? {
                Some(manifest) => {
                    let keep: Vec<&Path> = current
                        .iter()
                        .chain([&generation])
                        .map(PathBuf::as_path)
                        .collect();
                    folder.sweep_all_but(&keep)?;
                    Manifest::sweep(&generation, &said.manifest);
                    return Ok(Self {
                        generation: Some(generation),
                        published,
                        attachment: said,
                        manifest,
                        anew: None,
                    });
                }
                None if published => anew = Some("the manifest of the index is damaged".to_owned()),
                None => {}
            }
        }
        folder.sweep_all_but(&current.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
        Ok(Self {
            generation: None,
            published: false,
            attachment,
            manifest: Manifest::default(),
            anew,
        })
    }
}

fn read_manifest(
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
