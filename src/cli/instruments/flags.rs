//! The arguments of the instruments. The comment on a flag is its help.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::research::TableFormat;
use crate::cli::xianli::FilterFlags;

/// A term, and which of its labels are meant.
#[derive(Debug, Args)]
pub(in crate::cli) struct TermFlags {
    /// Take every label of the term's reform family: 免申即享 and 免申即办, 主动兑现 …
    #[arg(long)]
    pub(in crate::cli) family: bool,

    /// Reform families of your own, a line each: family<TAB>label; implies --family
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) families: Option<PathBuf>,
}

/// Show a term in its contexts, a line for each place (keyword in context)
#[derive(Debug, Args)]
pub(in crate::cli) struct ConcordanceArguments {
    /// The term, literally
    #[arg(value_name = "TERM", required = true)]
    pub(in crate::cli) term: Vec<String>,

    /// Columns of context on each side; a Han character takes two
    #[arg(long, value_name = "COLUMNS", default_value_t = 30)]
    pub(in crate::cli) width: usize,

    /// The order of the lines: by place, by year, by the words left or right of the term
    #[arg(long, value_name = "ORDER", value_enum, default_value_t)]
    pub(in crate::cli) sort: ConcordanceSort,

    /// How many lines to show; 0 for all
    #[arg(short = 'n', long = "limit", value_name = "COUNT", default_value_t = 0)]
    pub(in crate::cli) limit: usize,

    #[command(flatten)]
    pub(in crate::cli) labels: TermFlags,

    #[command(flatten)]
    pub(in crate::cli) filters: FilterFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// Show which words keep company with a term: log-likelihood, logDice, counts
///
/// Words are jieba's, side by side, not the words inside them. The windows do not reach into another
/// sentence; words of one character and numbers are left out. G2 is the log-likelihood of Dunning
/// (1993), logDice that of Rychlý (2008).
#[derive(Debug, Args)]
pub(in crate::cli) struct CollocatesArguments {
    /// The term, literally
    #[arg(value_name = "TERM", required = true)]
    pub(in crate::cli) term: Vec<String>,

    /// Words on each side: 5, or LEFT,RIGHT
    #[arg(long, value_name = "WORDS", default_value = "5")]
    pub(in crate::cli) window: String,

    /// How often a word must stand near the term
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    pub(in crate::cli) min: u64,

    /// The order of the words
    #[arg(long, value_name = "MEASURE", value_enum, default_value_t)]
    pub(in crate::cli) sort: CollocateSort,

    /// How many words to show; 0 for all
    #[arg(
        short = 'n',
        long = "limit",
        value_name = "COUNT",
        default_value_t = 30
    )]
    pub(in crate::cli) limit: usize,

    #[command(flatten)]
    pub(in crate::cli) labels: TermFlags,

    #[command(flatten)]
    pub(in crate::cli) filters: FilterFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// Show which words set a part of the corpus apart from the rest
///
/// The part is what the filters name: a region, years, a section. Words inside formulas, inside titles
/// in 《》 and inside runs that a fifth of the documents share are not counted. G2 is the log-likelihood
/// of Dunning (1993), log ratio that of Hardie (2014), %DIFF that of Gabrielatos and Marchi (2011).
#[derive(Debug, Args)]
pub(in crate::cli) struct KeynessArguments {
    /// How often a word must stand in part and rest together
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    pub(in crate::cli) min: u64,

    /// Show the words that the part has less often than the rest
    #[arg(long)]
    pub(in crate::cli) under: bool,

    /// How many words to show; 0 for all
    #[arg(
        short = 'n',
        long = "limit",
        value_name = "COUNT",
        default_value_t = 30
    )]
    pub(in crate::cli) limit: usize,

    #[command(flatten)]
    pub(in crate::cli) filters: FilterFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// Read the figures near a term: name, value, bound, period, done or to come
///
/// A name is what the text calls it, in simplified script; the quote is as written. Where a sentence
/// states no period, the year of the document is taken, which the answer says.
#[derive(Debug, Args)]
pub(in crate::cli) struct FiguresArguments {
    /// The term, literally; without one, all figures under the filters
    #[arg(value_name = "TERM")]
    pub(in crate::cli) term: Vec<String>,

    /// How near to the term a figure must stand
    #[arg(long, value_name = "WHERE", value_enum, default_value_t)]
    pub(in crate::cli) near: NearFlag,

    /// Only figures of a unit: %, 元, 项
    #[arg(long, value_name = "UNIT")]
    pub(in crate::cli) unit: Option<String>,

    /// Only figures whose name has these characters: 办结率
    #[arg(long, value_name = "WORDS")]
    pub(in crate::cli) named: Option<String>,

    /// Only figures that were reached, are estimated, or are aimed at
    #[arg(long, value_name = "WHAT", value_enum)]
    pub(in crate::cli) only: Option<OnlyFlag>,

    /// Write a chart by place and year (.svg) or a table (.csv) to a file
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,

    /// How many figures to show; 0 for all
    #[arg(short = 'n', long = "limit", value_name = "COUNT", default_value_t = 0)]
    pub(in crate::cli) limit: usize,

    #[command(flatten)]
    pub(in crate::cli) labels: TermFlags,

    #[command(flatten)]
    pub(in crate::cli) filters: FilterFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// Find paragraphs that say nearly the same in other places
///
/// Script, width and punctuation make no difference. Formulas and titles in 《》 do not count, and a
/// sentence counts the less the more documents have it.
#[derive(Debug, Args)]
pub(in crate::cli) struct SimilarArguments {
    /// The id of a paragraph or of a document, a file, or - for text from stdin
    #[arg(value_name = "ID|FILE|-")]
    pub(in crate::cli) what: String,

    /// Take paragraphs of the same place too
    #[arg(long)]
    pub(in crate::cli) same_place: bool,

    /// How many paragraphs to show; 0 for all
    #[arg(
        short = 'n',
        long = "limit",
        value_name = "COUNT",
        default_value_t = 10
    )]
    pub(in crate::cli) limit: usize,

    #[command(flatten)]
    pub(in crate::cli) filters: FilterFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// List who says the same sentence, over the whole corpus
///
/// An edge goes from the older paragraph to the newer, where dates say so. Memory grows with the text,
/// not with the number of pairs.
#[derive(Debug, Args)]
pub(in crate::cli) struct ReuseArguments {
    /// Take paragraphs of the same place too
    #[arg(long)]
    pub(in crate::cli) same_place: bool,

    /// How many edges to show; 0 for all
    #[arg(
        short = 'n',
        long = "limit",
        value_name = "COUNT",
        default_value_t = 20
    )]
    pub(in crate::cli) limit: usize,

    #[command(flatten)]
    pub(in crate::cli) filters: FilterFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// Hold plans against the report of the next year: kept, missed, or not spoken of
///
/// Reports are of one place and issuer and of years that follow each other. What the next report does
/// not speak of is silent, which is not missed.
#[derive(Debug, Args)]
pub(in crate::cli) struct PromisesArguments {
    /// Only plans with this outcome
    #[arg(long, value_name = "OUTCOME", value_enum)]
    pub(in crate::cli) outcome: Option<OutcomeFlag>,

    #[command(flatten)]
    pub(in crate::cli) filters: FilterFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// Compare two documents section by section: what is new, gone, changed
#[derive(Debug, Args)]
pub(in crate::cli) struct CompareArguments {
    /// The id of the earlier document
    #[arg(value_name = "ID")]
    pub(in crate::cli) first: String,

    /// The id of the later document
    #[arg(value_name = "ID")]
    pub(in crate::cli) second: String,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// Find labels of reforms in the corpus itself
///
/// From phrases in quotation marks, from 以下简称, and from new words (mutual information inside,
/// entropy at the edges). It never changes the index; what it finds is for a person to judge.
#[derive(Debug, Args)]
pub(in crate::cli) struct TermsArguments {
    /// Propose rows for families.tsv instead: labels that may name a reform that is known or found
    #[arg(long)]
    pub(in crate::cli) families: bool,

    /// In how many places a label must stand
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    pub(in crate::cli) places: usize,

    /// How often a label must stand
    #[arg(long, value_name = "COUNT", default_value_t = 2)]
    pub(in crate::cli) min: usize,

    /// How many labels to show; 0 for all
    #[arg(
        short = 'n',
        long = "limit",
        value_name = "COUNT",
        default_value_t = 50
    )]
    pub(in crate::cli) limit: usize,

    #[command(flatten)]
    pub(in crate::cli) filters: FilterFlags,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

/// See [`crate::study::ConcordanceOrder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum ConcordanceSort {
    /// By place, then year.
    #[default]
    Region,
    /// By year, then place.
    Year,
    /// By what stands before the term, read from the term backwards.
    Left,
    /// By what stands behind it.
    Right,
}

/// See [`crate::study::CollocateOrder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum CollocateSort {
    /// Log-likelihood.
    #[default]
    G2,
    /// logDice.
    Dice,
    /// How often they stand together.
    Count,
}

/// See [`crate::study::Near`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum NearFlag {
    /// In the same sentence.
    #[default]
    Sentence,
    /// In the same paragraph.
    Paragraph,
}

/// See [`crate::study::figures::Kind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OnlyFlag {
    /// Counted.
    Done,
    /// Expected.
    Estimate,
    /// Aimed at.
    Target,
}

/// See [`crate::study::Outcome`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OutcomeFlag {
    /// Done.
    Kept,
    /// Not done, or in part.
    Missed,
    /// Not spoken of.
    Silent,
}
