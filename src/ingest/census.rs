//! What the documents of an index are like: formats, encodings, and what is not known of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::manifest::FileRow;

/// What the documents of an index are like, counted over all files, read now or before.
///
/// A member of an archive counts as a file, the lines of a `.jsonl` file together as one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Census {
    /// Files of each format.
    pub formats: BTreeMap<String, u64>,
    /// Files of each encoding, of formats that leave it open.
    pub encodings: BTreeMap<String, u64>,
    /// What could not be decoded.
    pub replaced: Replaced,
    /// Documents without each label; a title that was made up is missing.
    pub missing: BTreeMap<String, u64>,
    /// Documents of which each label is a guess.
    pub guessed: BTreeMap<String, u64>,
    /// Documents that contradict themselves, or what is stated beside them.
    pub conflicting: u64,
}

/// Bytes that fit no character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Replaced {
    /// Documents with such bytes.
    pub documents: u64,
    /// Places in them, each shown as U+FFFD.
    pub places: u64,
}

/// Formats that fix their encoding.
const FIXED: [&str; 5] = ["docx", "doc", "rtf", "pdf", "ofd"];

impl Census {
    pub(super) fn of<'r>(rows: impl Iterator<Item = &'r FileRow>) -> Self {
        let mut census = Self::default();
        for row in rows {
            census.count(row);
        }
        census
    }

    fn count(&mut self, row: &FileRow) {
        let mut files = BTreeSet::new();
        for document in &row.documents {
            let Some(about) = &document.about else {
                continue;
            };
            let member = match (&document.path, about.format.as_str()) {
                (Some(path), "jsonl") => path.rsplit_once(':').map_or(&**path, |(file, _)| file),
                (Some(path), _) => path,
                (None, _) => "",
            };
            if files.insert(member) {
                *self.formats.entry(about.format.clone()).or_default() += 1;
                if !FIXED.contains(&about.format.as_str()) {
                    *self.encodings.entry(about.encoding.clone()).or_default() += 1;
                }
            }
            for label in &about.missing {
                *self.missing.entry(label.clone()).or_default() += 1;
            }
            for label in &about.guessed {
                *self.guessed.entry(label.clone()).or_default() += 1;
            }
            self.conflicting += u64::from(about.conflicts > 0);
            self.replaced.documents += u64::from(about.replaced > 0);
            self.replaced.places += about.replaced;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::manifest::{About, DocumentRow};

    fn document(path: Option<&str>, format: &str) -> DocumentRow {
        DocumentRow {
            id: String::new(),
            digest: String::new(),
            path: path.map(str::to_owned),
            about: Some(About {
                format: format.to_owned(),
                encoding: "UTF-8".to_owned(),
                replaced: 2,
                missing: vec!["year".to_owned()],
                guessed: Vec::new(),
                conflicts: 1,
            }),
        }
    }

    fn row(documents: Vec<DocumentRow>) -> FileRow {
        FileRow {
            size: 1,
            modified: None,
            hash: String::new(),
            circumstances: String::new(),
            documents,
            skipped: Vec::new(),
        }
    }

    #[test]
    fn members_of_an_archive_are_files_and_lines_of_one_file_are_not() {
        let rows = [
            row(vec![document(None, "text")]),
            row(vec![
                document(Some("a.zip/甲.docx"), "docx"),
                document(Some("a.zip/乙.docx"), "docx"),
            ]),
            row(vec![
                document(Some("c.jsonl:1"), "jsonl"),
                document(Some("c.jsonl:2"), "jsonl"),
            ]),
        ];
        let counts = |pairs: &[(&str, u64)]| -> BTreeMap<String, u64> {
            let pairs = pairs.iter().map(|&(name, count)| (name.to_owned(), count));
            pairs.collect()
        };
        assert_eq!(
            Census::of(rows.iter()),
            Census {
                formats: counts(&[("docx", 2), ("jsonl", 1), ("text", 1)]),
                encodings: counts(&[("UTF-8", 2)]),
                replaced: Replaced {
                    documents: 5,
                    places: 10
                },
                missing: counts(&[("year", 5)]),
                guessed: BTreeMap::new(),
                conflicting: 5,
            }
        );
    }
}
