//! Which files say which document, and what the index holds of it.
//!
//! The same text under several paths is one document: it is labelled as the first of its files
//! says, and carries the paths of all. So what the index must hold of a document follows from the
//! rows of the manifest alone, and an update ends where a rebuild ends.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::manifest::{FileRow, Manifest};

/// The rows of the manifest as they are now, and how far the index follows them.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    rows: BTreeMap<PathBuf, FileRow>,
    /// Who says each document, in the order of files and of places in them.
    claims: HashMap<String, Vec<Claim>>,
    /// What the index holds, with what is added and not yet committed, of the documents that this
    /// run has touched; of all others it holds what it must.
    held: HashMap<String, Held>,
    /// Documents of which the index may not hold what it must.
    dirty: BTreeSet<String>,
}

/// A document in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Claim {
    pub(super) file: Arc<Path>,
    /// The place among the documents of the file, from 0.
    pub(super) place: usize,
}

/// What the index holds of a document that was touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    /// Nothing.
    Nothing,
    /// This, since before the last commit.
    Committed(Version),
    /// This, added since the last commit.
    Added(Version),
}

impl Held {
    pub(super) fn version(&self) -> Option<&Version> {
        match self {
            Self::Nothing => None,
            Self::Committed(version) | Self::Added(version) => Some(version),
        }
    }
}

/// All that tells one state of a document from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    digest: String,
    paths: Vec<String>,
}

impl Version {
    /// All paths but the first.
    pub(super) fn other_paths(&self) -> Vec<String> {
        self.paths[1..].to_vec()
    }
}

impl Ledger {
    pub(super) fn of(manifest: Manifest) -> Self {
        let mut ledger = Self {
            rows: manifest.files,
            ..Self::default()
        };
        for (path, row) in &ledger.rows {
            claim(&mut ledger.claims, path, row);
        }
        ledger
    }

    pub(super) fn row(&self, file: &Path) -> Option<&FileRow> {
        self.rows.get(file)
    }

    /// What is known of every file, in the order of paths.
    pub(super) fn rows(&self) -> &BTreeMap<PathBuf, FileRow> {
        &self.rows
    }

    /// Puts a row in the place of the one that the file had; `None` where it has none any more.
    pub(super) fn put(&mut self, file: &Path, row: Option<FileRow>) {
        let documents = |row: &FileRow| {
            let ids = row.documents.iter().map(|document| document.id.clone());
            ids.collect::<Vec<_>>()
        };
        let old = self.rows.get(file).map(documents).unwrap_or_default();
        let new = row.as_ref().map(documents).unwrap_or_default();
        for id in old.iter().chain(&new) {
            self.touch(id);
        }
        for id in &old {
            if let Some(claims) = self.claims.get_mut(id) {
                claims.retain(|claim| *claim.file != *file);
                if claims.is_empty() {
                    self.claims.remove(id);
                }
            }
        }
        match row {
            Some(row) => {
                claim(&mut self.claims, file, &row);
                self.rows.insert(file.to_owned(), row);
            }
            None => {
                self.rows.remove(file);
            }
        }
        self.dirty.extend(old.into_iter().chain(new));
    }

    /// Puts a row in the place of one with the same documents.
    pub(super) fn refresh(&mut self, file: &Path, row: FileRow) {
        self.rows.insert(file.to_owned(), row);
    }

    /// Marks a file as one whose time does not tell whether it has changed; tells whether that is
    /// news.
    pub(super) fn distrust(&mut self, file: &Path) -> bool {
        let row = self.rows.get_mut(file);
        row.is_some_and(|row| row.modified.take().is_some())
    }

    /// How many documents there are.
    pub(super) fn documents(&self) -> u64 {
        self.claims.len() as u64
    }

    /// The ids of all documents, in no order.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.claims.keys().map(String::as_str)
    }

    /// Every file, in the order of paths.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.rows.keys()
    }

    /// The file that a document is labelled by: the first.
    pub(super) fn first_claim(&self, id: &str) -> Option<&Claim> {
        self.claims.get(id)?.first()
    }

    /// What the index must hold of a document; `None` for nothing.
    pub(super) fn wanted(&self, id: &str) -> Option<Version> {
        let claims = self.claims.get(id)?;
        let first = claims.first()?;
        let row = |claim: &Claim| self.rows.get(&*claim.file);
        let path = |claim| Some(row(claim)?.path_of(&claim.file, claim.place));
        Some(Version {
            digest: row(first)?.documents.get(first.place)?.digest.clone(),
            paths: claims.iter().filter_map(path).collect(),
        })
    }

    /// What the index holds of a document that was touched.
    pub(super) fn held(&self, id: &str) -> &Held {
        self.held.get(id).unwrap_or(&Held::Nothing)
    }

    /// Says that the index now holds what it must of a document.
    pub(super) fn settle(&mut self, id: &str, version: Option<Version>) {
        let held = version.map_or(Held::Nothing, Held::Added);
        self.held.insert(id.to_owned(), held);
    }

    /// The documents of which the index does not hold what it must.
    pub(super) fn unsettled(&self) -> Vec<String> {
        let unsettled = |id: &&String| self.held(id).version() != self.wanted(id).as_ref();
        self.dirty.iter().filter(unsettled).cloned().collect()
    }

    /// Says that all that was added is committed.
    pub(super) fn committed(&mut self) {
        self.dirty = self.unsettled().into_iter().collect();
        let dirty = &self.dirty;
        self.held.retain(|id, _| dirty.contains(id));
        for held in self.held.values_mut() {
            if let Held::Added(version) = held {
                *held = Held::Committed(version.clone());
            }
        }
    }

    /// Remembers what the index holds of a document before its claims change.
    fn touch(&mut self, id: &str) {
        if !self.held.contains_key(id) {
            let held = self.wanted(id).map_or(Held::Nothing, Held::Committed);
            self.held.insert(id.to_owned(), held);
        }
    }
}

fn claim(claims: &mut HashMap<String, Vec<Claim>>, file: &Path, row: &FileRow) {
    let file: Arc<Path> = file.into();
    for (place, document) in row.documents.iter().enumerate() {
        let claim = Claim {
            file: Arc::clone(&file),
            place,
        };
        let claims = claims.entry(document.id.clone()).or_default();
        let at = claims.partition_point(|other| *other < claim);
        claims.insert(at, claim);
    }
}
