//! What a run may be told beside its files.

use std::path::PathBuf;
use std::time::SystemTime;

use crate::index::Resources;
use crate::read::Limits;

use super::Selection;

/// What a run may be told beside its files.
#[derive(Debug, Clone)]
pub struct UpdateOptions {
    /// When the run begins.
    pub now: SystemTime,
    /// How much of the machine it may take.
    pub resources: Resources,
    /// How much one file may cost.
    pub limits: Limits,
    /// Which files of the folders are taken; `None` for all, or, where no folders are given either,
    /// for those that were chosen the last time.
    pub selection: Option<Selection>,
    /// Metadata files, beside those that lie in the folders; `None` for none, or, where no folders are
    /// given either, for those of the last time.
    pub metadata: Option<Vec<PathBuf>>,
    /// How it is found out whether a file has changed.
    pub comparison: Comparison,
    /// What is done about folders that are gone.
    pub vanished: Vanished,
    /// Whether all is read anew.
    pub rebuild: Rebuild,
    /// After how many files there is a commit; `None` for one commit at the end. With it, a run
    /// that is killed loses less, and whoever asks meanwhile sees some files new and some old.
    pub commit_every: Option<u64>,
}

impl Default for UpdateOptions {
    /// Everything, in one commit; the moment is 1970, so that no file's time is trusted.
    fn default() -> Self {
        Self {
            now: SystemTime::UNIX_EPOCH,
            resources: Resources::default(),
            limits: Limits::default(),
            selection: None,
            metadata: None,
            comparison: Comparison::default(),
            vanished: Vanished::default(),
            rebuild: Rebuild::default(),
            commit_every: None,
        }
    }
}

/// How it is found out whether a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Comparison {
    /// A file of the same size and time is the same; it is not opened.
    #[default]
    SizeAndTime,
    /// Every file is read and its content compared.
    Content,
}

/// What is done about folders that were given before and are gone, or are wholly empty now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Vanished {
    /// The run ends with an error: a disk may not be mounted.
    #[default]
    Refused,
    /// Their documents are removed.
    Pruned,
}

/// Whether all files are read anew and a new index is built beside the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rebuild {
    /// Where there is no index to go on from.
    #[default]
    WhereNeeded,
    /// In any case: the old index is damaged, or not trusted.
    Always,
}
