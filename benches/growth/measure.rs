//! One corpus through the two binaries: how long, how much memory, how large.
//!
//! Comes in: a corpus that was made. Goes out: figures.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::asking::{Asking, Question};
use super::folder::text_of;
use super::process::{Run, watched};
use super::sizes::Sizes;

/// The two programs.
pub struct Binaries {
    xianli: PathBuf,
    indexer: PathBuf,
}

/// All figures of one size; those that were not asked for are empty.
#[derive(Debug, Default)]
pub struct Figures {
    pub paragraphs: usize,
    /// Of the paragraphs' text, in UTF-8.
    pub bytes: u64,
    pub indexing: Option<Run>,
    pub sizes: Sizes,
    pub asking: Option<Asking>,
}

/// The folder of the programs that were built with this one.
pub fn own_binaries() -> &'static Path {
    let xianli = Path::new(env!("CARGO_BIN_EXE_xianli"));
    xianli.parent().expect("a file lies in a folder")
}

impl Binaries {
    /// Those of a folder.
    pub fn of(folder: &Path) -> Self {
        Self {
            xianli: folder.join("xianli"),
            indexer: folder.join("xianli-index"),
        }
    }

    /// The command that asks an index, but for the question.
    pub fn asking(&self, index: &Path, question: &Question) -> Command {
        let mut command = Command::new(&self.xianli);
        command.arg("--index").arg(index);
        if question.has_facets() {
            command.args(["--facets", "region,year,section"]);
        }
        command
    }
}

impl Figures {
    /// Counts the paragraphs and bytes of a corpus.
    pub fn of(corpus: &Path) -> io::Result<Self> {
        let (paragraphs, bytes) = text_of(corpus)?;
        Ok(Self {
            paragraphs,
            bytes,
            ..Self::default()
        })
    }

    /// Indexes the corpus anew.
    pub fn index(&mut self, binaries: &Binaries, corpus: &Path) -> io::Result<()> {
        let index = corpus.join("index");
        if index.exists() {
            fs::remove_dir_all(&index)?;
        }
        let mut command = Command::new(&binaries.indexer);
        command.arg("update").arg(corpus.join("documents"));
        command.arg("--index").arg(&index).arg("-q");
        self.indexing = Some(watched(&mut command)?);
        Ok(())
    }

    /// Asks all questions of the index once more.
    pub fn ask(&mut self, binaries: &Binaries, corpus: &Path) -> io::Result<()> {
        let asking = self.asking.get_or_insert_with(Asking::default);
        asking.ask(binaries, corpus)
    }
}
