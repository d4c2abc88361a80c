//! Texts to a folder of as many files as are wanted, each saying something else.
//!
//! A file is cut out of a text at a place of its own; its numbers are others, and every twentieth
//! clause stands in another text. So the words are those of the source, and no two files are equal.

use std::fs;
use std::io;
use std::path::Path;

use super::random::Random;

/// The texts, cut into clauses: each ends with its mark.
pub struct Source {
    texts: Vec<Vec<String>>,
}

impl Source {
    /// All UTF-8 texts of a folder, in the order of their names.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut paths = fs::read_dir(folder)?
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        let texts = paths
            .iter()
            .filter_map(|path| fs::read_to_string(path).ok())
            .map(|text| clauses(&text))
            .filter(|clauses| clauses.len() > 10);
        let texts: Vec<_> = texts.collect();
        assert!(!texts.is_empty(), "there are texts in {}", folder.display());
        Ok(Self { texts })
    }

    /// A text of about `size` bytes, another for each seed.
    fn text(&self, seed: u64, size: usize) -> String {
        let mut random = Random::new(seed);
        let own = random.pick(&self.texts);
        let mut at = random.below(own.len());
        let mut text = format!("第{seed}号文件\n");
        while text.len() < size {
            let clause = if random.in_percent(5) {
                let other = random.pick(&self.texts);
                random.pick(other)
            } else {
                &own[at % own.len()]
            };
            at += 1;
            text.extend(clause.chars().map(|character| {
                if character.is_ascii_digit() {
                    char::from(b"0123456789"[random.below(10)])
                } else {
                    character
                }
            }));
        }
        text.push('\n');
        text
    }
}

/// Makes the folder hold so many files; gives their bytes. Files that are there are left.
pub fn make(source: &Source, files: usize, size: usize, folder: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for file in 0..files {
        let path = folder.join(name(file));
        bytes += match fs::metadata(&path) {
            Ok(metadata) => metadata.len(),
            Err(_) => {
                let text = source.text(file as u64, size);
                fs::create_dir_all(path.parent().expect("it lies in a folder"))?;
                fs::write(&path, &text)?;
                text.len() as u64
            }
        };
    }
    Ok(bytes)
}

/// Writes other texts into some files.
pub fn change(source: &Source, files: usize, size: usize, folder: &Path) -> io::Result<()> {
    for file in 0..files {
        let before = fs::read_to_string(folder.join(name(file)))?;
        let seed = blake3::hash(before.as_bytes()).as_bytes()[..8]
            .iter()
            .fold(0, |seed, &byte| seed << 8 | u64::from(byte));
        fs::write(folder.join(name(file)), source.text(seed, size))?;
    }
    Ok(())
}

/// A hundred files to a folder.
fn name(file: usize) -> String {
    format!("{:04}/{file:07}.txt", file / 100)
}

fn clauses(text: &str) -> Vec<String> {
    let ends = ['。', '，', '；', '、', '\n'];
    text.split_inclusive(ends).map(str::to_owned).collect()
}
