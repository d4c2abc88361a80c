//! The arguments of the research verbs. The comment on a flag is its help.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::xianli::FilterFlags;

/// What every research verb takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct ResearchFlags {
    #[command(flatten)]
    pub(in crate::cli) filters: FilterFlags,

    /// To which level places are rolled up
    ///
    /// own leaves each document at its own place. What lies above the level keeps its place.
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t)]
    pub(in crate::cli) level: LevelFlag,

    /// Take every label of the term's reform family: 免申即享 and 免申即办, 主动兑现 …
    #[arg(long)]
    pub(in crate::cli) family: bool,

    /// Reform families of your own, a line each: family<TAB>label; implies --family
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) families: Option<PathBuf>,
}

/// Trace a reform: for each place the first document that shows it as done, and what stood before
///
/// Done, planned, problem, mention, denied and estimated are told apart by the section and by words
/// near the term, and each line says why. First means first in this corpus: since when it covers a
/// place is said, and ≤ marks a place of which it has nothing older.
#[derive(Debug, Args)]
pub(in crate::cli) struct Precedents {
    /// The reform, literally: 跨省通办
    #[arg(value_name = "TERM", required = true)]
    pub(in crate::cli) term: Vec<String>,

    #[command(flatten)]
    pub(in crate::cli) flags: ResearchFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// Show what the corpus has: documents by place and year
///
/// No document means that nothing is known, never that something was not done.
#[derive(Debug, Args)]
pub(in crate::cli) struct CoverageArguments {
    /// The risk set of a reform for event-history analysis, as CSV
    ///
    /// Columns: region, code, year, documents, at_risk, adopted, left_censored. A year without
    /// documents leaves at_risk and adopted empty.
    #[arg(long, value_name = "TERM")]
    pub(in crate::cli) panel: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) flags: ResearchFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// Show how reforms spread by year: shares of documents and places, adopters so far
#[derive(Debug, Args)]
pub(in crate::cli) struct TrendArguments {
    /// The reforms, side by side
    #[arg(value_name = "TERM", required = true)]
    pub(in crate::cli) terms: Vec<String>,

    /// Write pictures (.svg), a page (.html) or a table (.csv) to a file
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) flags: ResearchFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// Show who learned from whom, as the texts say it: 借鉴, 学习, 对标, 对口帮扶 … and a place
#[derive(Debug, Args)]
pub(in crate::cli) struct LinksArguments {
    /// What documents rest on instead: titles in 《》 and document numbers
    #[arg(long)]
    pub(in crate::cli) references: bool,

    #[command(flatten)]
    pub(in crate::cli) filters: FilterFlags,

    /// How the answer is written; graphml is a graph of links or references
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: GraphFormat,
}

/// Hold claims to be first (率先, 首创, 全省首个 …) against the corpus, within their scope
///
/// The claims are those under the filters; they are held against all documents of the index. Nothing
/// earlier in the corpus is no proof of a first.
#[derive(Debug, Args)]
pub(in crate::cli) struct ClaimsArguments {
    /// Only claims with this word: 率先
    #[arg(long, value_name = "WORD")]
    pub(in crate::cli) cue: Option<String>,

    /// Only claims of a kind; first and only are held against the corpus
    #[arg(long, value_name = "KIND", value_enum)]
    pub(in crate::cli) claim: Option<ClaimFlag>,

    #[command(flatten)]
    pub(in crate::cli) filters: FilterFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// Cite documents and paragraphs by their ids
#[derive(Debug, Args)]
pub(in crate::cli) struct CiteArguments {
    /// Ids of documents or paragraphs
    #[arg(value_name = "ID", required = true)]
    pub(in crate::cli) ids: Vec<String>,

    /// The style
    #[arg(long, value_name = "STYLE", value_enum, default_value_t)]
    pub(in crate::cli) style: StyleFlag,

    /// The day on which the source was looked up, as 2024-05-01; written where there is a URL
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) accessed: Option<String>,
}

/// Write an evidence pack of a reform: timeline, coverage, trend, quotes, sources
///
/// The same documents and the same question give the same bytes.
#[derive(Debug, Args)]
pub(in crate::cli) struct ReportArguments {
    /// The reform, literally
    #[arg(value_name = "TERM", required = true)]
    pub(in crate::cli) term: Vec<String>,

    /// The folder to write to; it is made where it is missing
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) output: PathBuf,

    #[command(flatten)]
    pub(in crate::cli) flags: ResearchFlags,
}

/// See [`crate::study::Rollup`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum LevelFlag {
    /// Each document at its own place.
    #[default]
    Own,
    /// Provinces.
    Province,
    /// Prefecture-level cities.
    City,
    /// Counties and districts.
    County,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum TableFormat {
    /// Text.
    #[default]
    Auto,
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets and statistics.
    Csv,
}

/// How links are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum GraphFormat {
    /// Text.
    #[default]
    Auto,
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets and statistics.
    Csv,
    /// For network programs.
    Graphml,
}

/// See [`crate::study::ClaimKind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ClaimFlag {
    /// 率先, 首创, 首个.
    First,
    /// 唯一.
    Only,
    /// 首批.
    Batch,
    /// 第一, 之最.
    Rank,
}

/// See [`crate::render::CitationStyle`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum StyleFlag {
    /// GB/T 7714-2015.
    #[default]
    Gbt7714,
    /// BibTeX with the fields of biblatex.
    Bibtex,
    /// RIS.
    Ris,
    /// CSL-JSON.
    CslJson,
}
