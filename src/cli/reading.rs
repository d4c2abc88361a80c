//! `--metadata` and the limits: what readers of documents are told beside the files.

use std::path::PathBuf;

use clap::Args;

use crate::read::Limits;

use super::resources::bytes;

/// The flags of every verb that reads documents.
#[derive(Debug, Clone, Args)]
pub(super) struct ReadingFlags {
    /// A table that says what documents are: path, region, year, title, issuer, url …
    ///
    /// CSV with a header row, or JSON lines; the columns are path, region, year, title, issuer, url,
    /// published, signed, status, number, kind, or their Chinese names. Paths count from the folder of
    /// FILE or from PATH. What it states wins over metadata.csv and metadata.jsonl in the folders,
    /// these over the documents. An empty cell states nothing. Repeats add tables, the first is the
    /// strongest.
    #[arg(long, value_name = "FILE")]
    pub(super) metadata: Vec<PathBuf>,

    /// The largest file that is read; sixteen times as large for .jsonl
    #[arg(long, value_name = "SIZE", default_value = "128M", value_parser = bytes)]
    max_file_size: u64,

    /// The most that the members of one archive (.zip, .docx, .ofd) may unfold to
    #[arg(long, value_name = "SIZE", default_value = "512M", value_parser = bytes)]
    max_unpacked: u64,

    /// The most members of one archive that are read
    #[arg(long, value_name = "FILES", default_value_t = 20_000)]
    max_members: usize,

    /// The most pages of one PDF or OFD file that are read
    #[arg(long, value_name = "PAGES", default_value_t = 5_000)]
    max_pages: usize,

    /// How long the reader of one Word, PDF or OFD file may take
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    max_seconds: u64,
}

impl ReadingFlags {
    /// How much one file may cost.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            file_bytes: self.max_file_size,
            unpacked_bytes: self.max_unpacked,
            members: self.max_members,
            pages: self.max_pages,
            seconds: self.max_seconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        flags: ReadingFlags,
    }

    #[test]
    fn the_defaults_in_the_help_are_those_of_the_library() {
        let line = Line::parse_from(["test"]);
        assert_eq!(line.flags.limits(), Limits::default());
    }
}
