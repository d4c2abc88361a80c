//! How much lies in a folder.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Paragraphs of a corpus, and the bytes of their text in UTF-8.
pub fn text_of(corpus: &Path) -> io::Result<(usize, u64)> {
    let (mut paragraphs, mut bytes) = (0, 0);
    for line in BufReader::new(File::open(corpus.join("paragraphs.tsv"))?).lines() {
        if let Some((_, text)) = line?.split_once('\t') {
            paragraphs += 1;
            bytes += text.len() as u64;
        }
    }
    Ok((paragraphs, bytes))
}

/// Bytes of all files under a folder.
pub fn size_of(folder: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() {
            size_of(&entry.path())?
        } else {
            metadata.len()
        };
    }
    Ok(bytes)
}
