//! The arguments of `xianli-index`. The comment on a flag is its help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use super::common::Common;
use super::progress::ProgressFlag;
use super::reading::ReadingFlags;
use super::resources::ResourceFlags;
use super::xianli::ReportFormat;

/// Make and look after the index that `xianli` searches
///
/// Exit codes: 0 done, 1 done but some files were skipped, 2 error and the old index stands, 130 or
/// 143 stopped by Ctrl-C or SIGTERM, with what was committed in place.
#[derive(Debug, Parser)]
#[command(
    name = "xianli-index",
    version,
    arg_required_else_help = true,
    after_help = EXAMPLES
)]
pub(super) struct XianliIndex {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

const EXAMPLES: &str = "\
Examples:
  xianli-index update reports/            index a folder; the next `xianli` searches it
  xianli-index update                     the same folders again, as a nightly script does
  xianli-index update --format json -q reports/   one line of JSON at the end
  xianli-index inspect reports/a.txt      how one file is read; needs no index
  xianli-index inspect --audit reports/ > audit.csv    how every file is read, a row each
  xianli-index status                     what is indexed, and how fresh it is";

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    Update(Update),
    Watch(Watch),
    Inspect(Inspect),
    Status(Status),
    Check(Check),
    Optimize(Optimize),
    Backup(Backup),
    Restore(Restore),
    Completions(Completions),
    Manual(Manual),
}

/// Make the index equal to these files and folders
///
/// Reads plain text, Markdown and web pages in any usual encoding (UTF-8, GBK, GB18030, Big5, UTF-16),
/// Word, RTF and OFD files, zip archives of all these, PDF in a build with the feature `pdf`, and `.jsonl` files with a document a line.
/// A `metadata.csv` or `metadata.jsonl` says what the files in and below its folder are. A file that cannot be read is skipped and reported, and
/// the run goes on. Questions asked meanwhile are answered from the old index.
#[derive(Debug, Args)]
pub(super) struct Update {
    #[command(flatten)]
    pub(super) files: Files,

    /// Read everything and build a new index beside the old one, which answers until the new is whole
    #[arg(long)]
    pub(super) rebuild: bool,

    /// Say what would be done, and do nothing
    ///
    /// With -v each file that differs is named.
    #[arg(long)]
    pub(super) dry_run: bool,

    /// How the report is written; json is one line on stdout
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ReportFormat,
}

/// What is indexed, and how: the flags of every verb that follows folders.
#[derive(Debug, Args)]
pub(super) struct Files {
    /// Files and folders; without any, those of the last time
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Take only files that match a pattern; repeats join by OR
    ///
    /// `*` and `?` within a name, `**` across folders, `{a,b}`. A pattern without `/` is held against
    /// the name of the file and of each folder above it, one with `/` against the path from PATH.
    #[arg(long, value_name = "GLOB")]
    pub(super) include: Vec<String>,

    /// Leave out files that match a pattern, whatever includes them
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,

    /// Read every file and compare its content, not only its size and time
    #[arg(long)]
    pub(super) verify: bool,

    /// Remove the documents of folders that are gone or wholly empty
    ///
    /// Without it such a folder is an error: its disk may not be mounted.
    #[arg(long)]
    pub(super) prune: bool,

    /// Commit after so many files, not only at the end
    ///
    /// For very long first runs: a run that is killed loses less, and whoever asks meanwhile sees
    /// some files new and some old.
    #[arg(long, value_name = "FILES")]
    pub(super) commit_every: Option<u64>,

    /// How progress is shown on stderr
    ///
    /// Both ways tell how fast files are read and how much time is left.
    #[arg(long, value_name = "HOW", value_enum, default_value_t)]
    pub(super) progress: ProgressFlag,

    #[command(flatten)]
    pub(super) reading: ReadingFlags,

    #[command(flatten)]
    pub(super) resources: ResourceFlags,
}

/// Keep the index equal to these files and folders as they change
///
/// Runs until it is stopped: once at the start, then after every burst of changes, in one commit
/// each.
#[derive(Debug, Args)]
pub(super) struct Watch {
    #[command(flatten)]
    pub(super) files: Files,

    /// How the reports are written; json is one line on stdout after each run
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ReportFormat,
}

/// Show how one file is read: metadata with evidence, and every line's kind
///
/// What metadata files in its folder and in those above state is taken into account, and named.
#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// The file; with --audit, files and folders
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<PathBuf>,

    /// Write a row of CSV for each document: format, encoding, labels, contradictions, what is missing
    ///
    /// For a check of a whole folder before it is trusted; no index is needed. A file that cannot be
    /// read has its reason in the last column.
    #[arg(long, conflicts_with = "format")]
    pub(super) audit: bool,

    #[command(flatten)]
    pub(super) reading: ReadingFlags,

    #[command(flatten)]
    pub(super) resources: ResourceFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ReportFormat,
}

/// Show what is indexed, and how fresh it is
#[derive(Debug, Args)]
pub(super) struct Status {
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ReportFormat,
}

/// Find out whether the index is whole: checksums, sums, manifest, and a sample of look-ups
///
/// Changes nothing, and disturbs nobody. Exit code 2 where something is wrong.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Look every paragraph up by all of its words
    #[arg(long)]
    pub(super) deep: bool,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ReportFormat,
}

/// Merge the segments of the index into one: faster to ask, and nothing kept of what was removed
///
/// Needs room for a second copy while it runs. Answers stay the same.
#[derive(Debug, Args)]
pub(super) struct Optimize {
    #[command(flatten)]
    pub(super) resources: ResourceFlags,

    /// How the report is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ReportFormat,
}

/// Write the index into one file, also while it is being updated
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file, a tar archive; one that is there is replaced when the new one is whole
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// How the report is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ReportFormat,
}

/// Put the index of a backup in the place of the one that is there
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// A file that `backup` has written
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// How the report is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ReportFormat,
}

/// Tell a shell how to complete the words of both commands
///
/// For this session: `source <(xianli-index completions bash)`. For good: with the folder that the
/// shell looks in, for bash ~/.local/share/bash-completion/completions, for fish
/// ~/.config/fish/completions, for zsh one of $fpath.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub(super) shell: Shell,

    /// Write a file for each command into this folder, not both to stdout
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
}

/// Write the manual pages of both commands and all their verbs
///
/// `xianli-index manual ~/.local/share/man/man1`, then `man xianli` and `man xianli-index-update`.
#[derive(Debug, Args)]
pub(super) struct Manual {
    /// The folder, made if it is not there
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}
