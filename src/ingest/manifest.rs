//! What the index was made of: every file, what it was like, and which documents it gave.
//!
//! A file of JSON lines beside the index: a header, one row a file in the order of paths, and a
//! last line with the hash of all before. It is written before the commit that names it and never
//! changed after, so the commit and its manifest cannot disagree: whichever commit is read, its
//! manifest is there, and a manifest that no commit names is swept away.
//!
//! | writer | reader | invariant |
//! |---|---|---|
//! | the run, before its commit | the next run; `status`, `check` | the documents of the rows are the documents of the index |

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::path_text::PathText;
use super::{IngestError, Selection, SkippedFile};
use crate::index::replace_file_with;

const PREFIX: &str = "manifest-";
const SUFFIX: &str = ".jsonl";

/// Every file of an index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<PathBuf, FileRow>,
}

/// What is known of a file since it was last read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileRow {
    /// Its size in bytes.
    pub(super) size: u64,
    /// When it was last modified, in nanoseconds since 1970; `None` where that cannot tell whether
    /// it was modified since.
    pub(super) modified: Option<i64>,
    /// The hash of its bytes.
    pub(super) hash: String,
    /// A digest of all beside its bytes that decides what it gives: what metadata files state, and
    /// limits that are not the usual ones; empty where there is neither.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) circumstances: String,
    /// The documents that it gave, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) documents: Vec<DocumentRow>,
    /// What of it could not become a document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) skipped: Vec<SkippedFile>,
}

/// A document that a file gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DocumentRow {
    pub(super) id: String,
    /// See [`document_digest`](crate::index::document_digest).
    pub(super) digest: String,
    /// Its path, where that is not the path of the file: a line of a `.jsonl` file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<String>,
    /// How it was read; `None` in a manifest of a program that did not keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<About>,
}

/// How a document was read, and what is not known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    pub(super) format: String,
    pub(super) encoding: String,
    /// How many byte sequences stand as U+FFFD.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) replaced: u64,
    /// The labels that it does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) missing: Vec<String>,
    /// The labels that are guesses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) guessed: Vec<String>,
    /// How many contradictions there are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) conflicts: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape that serde wants"
)]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// What a commit keeps for the next run: where its manifest is, and what it was given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Attachment {
    /// The name of the manifest, in the folder of the index's generation.
    pub(super) manifest: String,
    /// The hash in the last line of the manifest.
    pub(super) hash: String,
    /// The files and folders that were given.
    pub(super) roots: Vec<PathText>,
    /// What was chosen of them.
    #[serde(default)]
    pub(super) selection: Selection,
    /// The metadata files that were given by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) metadata: Vec<PathText>,
}

impl Attachment {
    pub(super) fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(self).expect("an attachment has string keys only")
    }

    pub(super) fn roots(&self) -> Vec<PathBuf> {
        self.roots.iter().map(PathText::to_path).collect()
    }

    pub(super) fn metadata(&self) -> Vec<PathBuf> {
        self.metadata.iter().map(PathText::to_path).collect()
    }
}

#[derive(Serialize, Deserialize)]
struct Header {
    manifest: u32,
}

#[derive(Deserialize)]
struct Row {
    path: PathText,
    #[serde(flatten)]
    file: FileRow,
}

/// A [`Row`] as it is written.
#[derive(Serialize)]
struct RowOf<'r> {
    path: PathText,
    #[serde(flatten)]
    file: &'r FileRow,
}

#[derive(Serialize, Deserialize)]
struct Footer {
    files: usize,
    hash: String,
}

impl Manifest {
    /// Reads the manifest that a commit names; `None` where it is not whole.
    pub(super) fn read(generation: &Path, attachment: &Attachment) -> io::Result<Option<Self>> {
        let text = match fs::read(generation.join(&attachment.manifest)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(Self::parse(&text, &attachment.hash))
    }

    fn parse(text: &[u8], hash: &str) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let body = text.trim_end_matches('\n').rfind('\n')? + 1;
        let footer: Footer = serde_json::from_str(&text[body..]).ok()?;
        if footer.hash != hash || hash_of(&text.as_bytes()[..body]) != hash {
            return None;
        }
        let mut files = BTreeMap::new();
        for line in text[..body].lines().skip(1) {
            let row: Row = serde_json::from_str(line).ok()?;
            files.insert(row.path.to_path(), row.file);
        }
        (files.len() == footer.files).then_some(Self { files })
    }

    /// Removes every manifest in a generation but the one that its commit names.
    pub(super) fn sweep(generation: &Path, keep: &str) {
        for number in numbers(generation) {
            let name = format!("{PREFIX}{number}{SUFFIX}");
            if name != keep {
                // What cannot be removed is removed by the next run.
                let _ = fs::remove_file(generation.join(name));
            }
        }
    }
}

/// Writes a manifest of these files beside the index, under a name that no manifest had; gives name
/// and hash. Row by row: a manifest can be larger than all else that a run has in memory.
pub(super) fn write(
    files: &BTreeMap<PathBuf, FileRow>,
    generation: &Path,
) -> Result<(String, String), IngestError> {
    let number = numbers(generation).into_iter().max().unwrap_or(0) + 1;
    let name = format!("{PREFIX}{number}{SUFFIX}");
    let hash = replace_file_with(&generation.join(&name), |out| {
        let mut hasher = blake3::Hasher::new();
        let mut push = |line: String| {
            hasher.update(line.as_bytes());
            out.write_all(line.as_bytes())
        };
        push(line(&Header { manifest: 1 }))?;
        for (path, file) in files {
            let path = PathText::from_path(path);
            push(line(&RowOf { path, file }))?;
        }
        let hash = hex(&hasher.finalize());
        let files = files.len();
        out.write_all(
            line(&Footer {
                files,
                hash: hash.clone(),
            })
            .as_bytes(),
        )?;
        Ok(hash)
    })?;
    Ok((name, hash))
}

impl FileRow {
    /// Whether all is known of its documents that a report tells.
    pub(super) fn is_described(&self) -> bool {
        self.documents
            .iter()
            .all(|document| document.about.is_some())
    }

    /// The path of a document of this file.
    pub(super) fn path_of(&self, file: &Path, place: usize) -> String {
        let given = self.documents.get(place).and_then(|row| row.path.clone());
        given.unwrap_or_else(|| crate::read::display_path(file))
    }
}

/// The hash that tells bytes apart, in hexadecimal digits.
pub(super) fn hash_of(bytes: &[u8]) -> String {
    hex(&blake3::hash(bytes))
}

fn hex(hash: &blake3::Hash) -> String {
    let mut text = String::with_capacity(32);
    for byte in &hash.as_bytes()[..16] {
        write!(text, "{byte:02x}").expect("a string takes everything");
    }
    text
}

fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("rows have string keys only") + "\n"
}

fn numbers(generation: &Path) -> Vec<u64> {
    let number = |name: &str| {
        name.strip_prefix(PREFIX)?
            .strip_suffix(SUFFIX)?
            .parse()
            .ok()
    };
    let entries = fs::read_dir(generation).into_iter().flatten();
    entries
        .filter_map(|entry| number(entry.ok()?.file_name().to_str()?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let row = |place: u64| FileRow {
            size: place,
            modified: (place > 1).then_some(-5),
            hash: hash_of(&place.to_le_bytes()),
            circumstances: String::new(),
            documents: vec![DocumentRow {
                id: "0123456789abcdef".to_owned(),
                digest: "fedcba9876543210".to_owned(),
                path: (place == 3).then(|| "甲.jsonl:3".to_owned()),
                about: (place > 1).then(|| About {
                    format: "text".to_owned(),
                    encoding: "GBK".to_owned(),
                    replaced: place,
                    missing: vec!["year".to_owned()],
                    guessed: vec![],
                    conflicts: 0,
                }),
            }],
            skipped: Vec::new(),
        };
        let paths = ["/a/一\n二.txt", "/a/b.txt", "/甲.jsonl"];
        let files = paths.into_iter().map(PathBuf::from).zip((1..).map(row));
        Manifest {
            files: files.collect(),
        }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let (name, hash) = write(&manifest().files, folder.path()).unwrap();
        let attachment = Attachment {
            manifest: name,
            hash,
            ..Attachment::default()
        };
        let read = Manifest::read(folder.path(), &attachment).unwrap();
        assert_eq!(read, Some(manifest()));
        assert_eq!(
            write(&manifest().files, folder.path()).unwrap().0,
            "manifest-2.jsonl"
        );
        Manifest::sweep(folder.path(), "manifest-2.jsonl");
        assert_eq!(Manifest::read(folder.path(), &attachment).unwrap(), None);
    }

    #[test]
    fn a_manifest_cut_anywhere_or_with_a_flipped_bit_is_not_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (name, hash) = write(&manifest().files, folder.path()).unwrap();
        let whole = fs::read(folder.path().join(name)).unwrap();
        assert!(Manifest::parse(&whole, &hash).is_some());
        for length in 0..whole.len() - 1 {
            assert_eq!(Manifest::parse(&whole[..length], &hash), None, "{length}");
        }
        for place in (0..whole.len() - 1).step_by(7) {
            let mut flipped = whole.clone();
            flipped[place] ^= 1;
            assert_eq!(Manifest::parse(&flipped, &hash), None, "{place}");
        }
    }
}
