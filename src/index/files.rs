//! The files of a commit: for their sizes, their checksums, and for taking them along.

use std::fs;
use std::path::{Path, PathBuf};

use tantivy::SegmentReader;
use tantivy::directory::error::OpenReadError;
use tantivy::directory::{Directory, META_LOCK, ManagedDirectory};

use super::error::IndexError;
use super::reader::IndexReader;

/// The files of a segment by their endings, and what stands in them.
const PARTS: [(&str, &str); 6] = [
    ("term", "terms"),
    ("idx", "postings"),
    ("pos", "positions"),
    ("fieldnorm", "lengths"),
    ("fast", "columns"),
    ("store", "text"),
];

/// What stands in the file that names the removed paragraphs of a segment.
const REMOVALS: &str = "removals";

/// What is wrong with a file that is not there; a newer commit may have taken its place.
pub const GONE: &str = "it is gone";

/// A file of a commit. It never changes; another commit has another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitFile {
    /// Its name in the folder of the generation.
    pub name: String,
    /// What stands in it: `terms`, `postings`, `positions`, `lengths`, `columns`, `text`,
    /// `removals`.
    pub part: &'static str,
    /// Its size.
    pub bytes: u64,
}

/// A segment of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Paragraphs in it, without those that were removed.
    pub paragraphs: u32,
    /// Paragraphs that were removed and still take room.
    pub removed: u32,
    /// Its files.
    pub files: Vec<CommitFile>,
}

impl IndexReader {
    /// The segments of this commit, largest first. A file that is gone has no bytes.
    pub fn segments(&self) -> Vec<Segment> {
        let segments = self.searcher().segment_readers().iter().map(|reader| {
            let file = |(name, part): (String, _)| CommitFile {
                bytes: self.path_of(&name).map_or(0, |path| size(&path)),
                name,
                part,
            };
            Segment {
                paragraphs: reader.num_docs(),
                removed: reader.num_deleted_docs(),
                files: files_of(reader).into_iter().map(file).collect(),
            }
        });
        segments.collect()
    }

    /// The folder that the commit lies in; `None` for an index in memory.
    pub fn generation(&self) -> Option<&Path> {
        self.generation.as_deref()
    }

    /// The bytes of tantivy's list of segments that this commit was opened from; none for an index
    /// in memory.
    pub fn metas(&self) -> &[u8] {
        &self.metas
    }

    /// The files of this commit whose content is not what was written, each with what is wrong.
    /// Reads all of them.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub fn damaged_files(&self) -> Result<Vec<(String, &'static str)>, IndexError> {
        let directory = self.searcher().index().directory();
        let mut damaged = Vec::new();
        for reader in self.searcher().segment_readers() {
            for (name, _) in files_of(reader) {
                if let Some(wrong) = damage(directory, &name)? {
                    damaged.push((name, wrong));
                }
            }
        }
        Ok(damaged)
    }

    /// Removes the files of segments that the commit does not have: a writer that was killed while it
    /// wrote or merged them leaves them, and they would stay until the next commit. Only for who
    /// holds the lock of the index; whoever is opening an older commit opens again.
    pub fn sweep_segments(&self) {
        // Whoever lists the segments now opens them before any is removed.
        let directory = self.searcher().index().directory();
        let Ok(_lock) = directory.acquire_lock(&META_LOCK) else {
            return;
        };
        let segments = self.searcher().segment_readers().iter();
        let needed: Vec<_> = segments.flat_map(files_of).map(|(name, _)| name).collect();
        let is_left = |name: &str| {
            let id = name.split('.').next().unwrap_or_default();
            let is_segment = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
            let is_alive = needed.iter().any(|needed| needed.starts_with(id));
            is_segment && (!is_alive || name.ends_with(".del") && !needed.iter().any(|n| n == name))
        };
        let entries = self.generation().map(fs::read_dir).into_iter().flatten();
        for entry in entries.flatten().flatten() {
            if entry.file_name().to_str().is_some_and(is_left) {
                // What cannot be removed now is removed by the next run.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn path_of(&self, name: &str) -> Option<PathBuf> {
        Some(self.generation()?.join(name))
    }
}

/// The files of a segment by their names, and what stands in them.
pub(super) fn files_of(segment: &SegmentReader) -> Vec<(String, &'static str)> {
    let id = segment.segment_id().uuid_string();
    let mut files: Vec<_> = PARTS
        .iter()
        .map(|(ending, part)| (format!("{id}.{ending}"), *part))
        .collect();
    if let (true, Some(opstamp)) = (segment.has_deletes(), segment.delete_opstamp()) {
        files.push((format!("{id}.{opstamp}.del"), REMOVALS));
    }
    files
}

/// What is wrong with a file; `None` where it is what was written.
///
/// # Errors
/// When it is there and cannot be read.
pub(super) fn damage(
    directory: &ManagedDirectory,
    name: &str,
) -> Result<Option<&'static str>, IndexError> {
    match directory.validate_checksum(Path::new(name)) {
        Ok(true) => Ok(None),
        Ok(false) => Ok(Some("its checksum is wrong")),
        Err(OpenReadError::FileDoesNotExist(_)) => Ok(Some(GONE)),
        Err(error) => Err(tantivy::TantivyError::from(error).into()),
    }
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}
