//! The arguments of `xianli`. The comment on a flag is its help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::common::Common;
use super::instruments::{
    CollocatesArguments, CompareArguments, ConcordanceArguments, FiguresArguments,
    KeynessArguments, PromisesArguments, ReuseArguments, SimilarArguments, TermsArguments,
};
use super::research::{
    CiteArguments, ClaimsArguments, CoverageArguments, LinksArguments, Precedents, ReportArguments,
    TrendArguments,
};

/// Search Chinese policy documents: ranked paragraphs, highlighted and citable
///
/// `search` is the verb where none is given: `xianli 免申即享` and `xianli search 免申即享` are the same.
/// Without an index of your own it searches a small built-in sample; `xianli-index update FOLDER`
/// makes yours.
///
/// Exit codes: 0 found, 1 nothing found, 2 error.
#[derive(Debug, Parser)]
#[command(
    name = "xianli",
    version,
    arg_required_else_help = true,
    override_usage = "xianli [search] [FLAGS] QUERY…\n       xianli show ID\n       xianli precedents|trend|report TERM…\n       xianli coverage|links|claims\n       xianli concordance|collocates|figures TERM\n       xianli keyness|promises|reuse|terms\n       xianli similar ID|FILE|-\n       xianli compare ID ID\n       xianli cite ID…",
    after_help = EXAMPLES
)]
pub(super) struct Xianli {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

const EXAMPLES: &str = "\
Examples:
  xianli 免申即享                                paragraphs on a reform, exact matches first
  xianli '\"一件事一次办\"' -试点                  these very words, and without 试点
  xianli 跨省通办 --region 广东 --year 2020..2023 --section plan
  xianli 营商环境 --facets region,year -n 0       where and when, without the paragraphs
  xianli show ID                                a document, or a paragraph among its neighbours
  xianli precedents 免申即享 --family            who did it first, what was planned before, as the texts say it
  xianli trend 免申即享 跨省通办 -o trend.svg    how reforms spread by year
  xianli report 免申即享 -o evidence             timeline, quotes and sources in one folder
  xianli figures 办结率 --unit % -o rates.svg    how a number compares across places
  xianli similar ID                             who says nearly the same elsewhere

`xianli search --help` explains every flag of a search.";

/// `xianli search` as if it were all of the program: read without the verb.
#[derive(Debug, Parser)]
#[command(name = "xianli")]
pub(super) struct SearchAlone {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    search: Search,
}

impl From<SearchAlone> for Xianli {
    fn from(SearchAlone { common, search }: SearchAlone) -> Self {
        Self {
            common,
            verb: Verb::Search(Box::new(search)),
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    Search(Box<Search>),
    Show(Show),
    Precedents(Box<Precedents>),
    Coverage(Box<CoverageArguments>),
    Trend(Box<TrendArguments>),
    Links(Box<LinksArguments>),
    Claims(Box<ClaimsArguments>),
    Cite(CiteArguments),
    Report(Box<ReportArguments>),
    Eval(Eval),
    Concordance(Box<ConcordanceArguments>),
    Collocates(Box<CollocatesArguments>),
    Keyness(Box<KeynessArguments>),
    Figures(Box<FiguresArguments>),
    Similar(Box<SimilarArguments>),
    Reuse(Box<ReuseArguments>),
    Promises(Box<PromisesArguments>),
    Compare(CompareArguments),
    Terms(Box<TermsArguments>),
}

/// Search: ranked paragraphs (the verb where none is given)
///
/// Words are all wanted: 数字政府 建设. Quotes ask for exactly these characters: '"数字政府"'. A dash
/// leaves out: -试点. Further: ( … OR … ), NOT, AND, and fields such as title:改革, heading:保障,
/// region:广东, year:2019..2021. Simplified and traditional script, full and half width are the same.
///
/// Matches come from exact to loose: the words as typed stand in the paragraph (exact); all terms
/// stand in it, its headings or its title (all); some do (any).
#[derive(Debug, Default, Args)]
#[command(override_usage = "xianli [search] [FLAGS] QUERY…")]
pub(super) struct Search {
    /// The question; several words are joined by a space
    #[arg(value_name = "QUERY")]
    pub(super) words: Vec<String>,

    #[command(flatten)]
    pub(super) filters: FilterFlags,

    /// Which tiers may answer
    ///
    /// auto tries exact and all, and takes any where those find nothing, where the question is long,
    /// or where a hundred hits and more are wanted (as in a run) and those find fewer.
    #[arg(long = "match", value_name = "TIER", value_enum, default_value_t)]
    pub(super) matching: MatchFlag,

    /// How near to each other the words must stand
    ///
    /// In one sentence (同句), one paragraph (同段), in paragraphs under the same headings, or in one
    /// document (同篇). Counts for the tiers exact and all.
    #[arg(long, value_name = "UNIT", value_enum, default_value_t)]
    pub(super) within: WithinFlag,

    /// The order of the hits
    ///
    /// newest and oldest go by the year of the document.
    #[arg(long, value_name = "ORDER", value_enum, default_value_t)]
    pub(super) sort: SortFlag,

    /// How many hits to show [default: 10; as trec 1000]
    ///
    /// Paragraphs, or documents with --group document. 0 shows only counts and facets.
    #[arg(short = 'n', long = "limit", value_name = "COUNT")]
    pub(super) limit: Option<usize>,

    /// How many hits to skip, for the next page
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pub(super) offset: usize,

    /// One hit for each document, its best paragraph
    #[arg(long, value_name = "WHAT", value_enum)]
    pub(super) group: Option<Group>,

    /// Count the hits by region, year, section, status, kind
    ///
    /// Several names are joined by commas. A number says how many levels of a tree: region:2 counts
    /// provinces and cities. Each count leaves out the filter on its own field.
    #[arg(long, value_name = "FACETS", value_delimiter = ',')]
    pub(super) facets: Vec<String>,

    /// Show whole paragraphs, not only the sentences around the matches
    #[arg(long)]
    pub(super) full: bool,

    /// Ask for every label of a word's reform family: 免申即享 and 免申即办, 主动兑现 …
    #[arg(long)]
    pub(super) family: bool,

    /// Reform families of your own beside the built-in ones, a line each: family<TAB>label
    #[arg(long, value_name = "FILE")]
    pub(super) families: Option<PathBuf>,

    /// Tell what each score is made of, and why each hit stands above the next
    #[arg(long)]
    pub(super) explain: bool,

    /// Words of your own, one a line, that a question is not cut inside
    ///
    /// They change the ranking and never what is found, so no index has to be built anew.
    #[arg(long = "words", value_name = "FILE")]
    pub(super) user_words: Option<PathBuf>,

    /// List the fields of the query language, and ask nothing
    #[arg(long, exclusive = true)]
    pub(super) fields: bool,

    /// How the answer is written
    ///
    /// auto is text, and jsonl for a batch. json and jsonl follow schema 1 of the README, csv has a
    /// row for each hit, trec is a run file with a line for each document.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: AnswerFormat,

    /// Answer the questions of a file, one a line: id<TAB>query
    ///
    /// `-` reads them from stdin. Each answer has the id of its question: `qid` in jsonl, the first
    /// column in trec.
    #[arg(long, value_name = "FILE", conflicts_with = "words")]
    pub(super) batch: Option<PathBuf>,
}

/// What every hit must be. Repeats of one flag join by OR, flags join by AND.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters (repeats join by OR, flags by AND)")]
pub(super) struct FilterFlags {
    /// Documents of a region and of all below it: 广东省, 深圳, 龙华区, 440309
    ///
    /// Full name, short name or division code. A name that several regions bear means all of them;
    /// 深圳市龙华区 means one.
    #[arg(long, value_name = "NAME")]
    pub(super) region: Vec<String>,

    /// Documents of a year or of years: 2022, 2020..2023, 2020.., ..2021
    #[arg(long, value_name = "YEARS")]
    pub(super) year: Vec<String>,

    /// Paragraphs of a section: plan, measures, problems … or 下一步计划, 举措成效, 存在问题 …
    #[arg(long, value_name = "ROLE")]
    pub(super) section: Vec<String>,

    /// Documents whose issuer has these characters in its name: 政务服务数据管理局
    #[arg(long, value_name = "NAME")]
    pub(super) issuer: Vec<String>,

    /// Documents that say of themselves: expired 失效, repealed 废止, amended 已修改, pending 尚未生效
    #[arg(long, value_name = "STATUS")]
    pub(super) status: Vec<String>,

    /// Documents of a kind (文种): 报告, 通知, 意见, 方案 …
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Vec<String>,
}

/// Show a document's outline, or a paragraph among its neighbours
///
/// An ID stands under each hit: `k3v9…/17` is the 17th paragraph of the document `k3v9…`. Ids stay the
/// same when files are moved, converted and indexed again.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The id of a document or of a paragraph
    #[arg(value_name = "ID")]
    pub(super) id: String,

    /// How many paragraphs to show before and after the one asked for
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    pub(super) around: u32,

    /// The document with every paragraph in full, not its outline
    #[arg(long, conflicts_with = "around")]
    pub(super) full: bool,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ReportFormat,
}

/// Measure the rankings of an index by judgements of people: nDCG@10, MRR@10, recall@100
///
/// Every question is asked, and the ids of the documents found (the ids at their source, where
/// they have one) are held against the judgements. Questions without a relevant document are left
/// out. The measures are given for the questions of each closest tier, and over all.
#[derive(Debug, Args)]
pub(super) struct Eval {
    /// The questions, one a line: id<TAB>query
    #[arg(long, value_name = "FILE")]
    pub(super) queries: PathBuf,

    /// The judgements in TREC's form: `question iteration document grade`
    #[arg(long, value_name = "FILE")]
    pub(super) qrels: PathBuf,

    /// Which tiers may answer
    #[arg(long = "match", value_name = "TIER", value_enum, default_value_t)]
    pub(super) matching: MatchFlag,

    /// Also write the measures of every question to a file, tab-separated
    #[arg(long, value_name = "FILE")]
    pub(super) per_query: Option<PathBuf>,

    /// How the measures are written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ReportFormat,
}

/// See [`crate::search::Match`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum MatchFlag {
    /// From exact to loose, as far as needed.
    #[default]
    Auto,
    /// The words as typed.
    Exact,
    /// All terms.
    All,
    /// Whatever matches in part.
    Any,
}

/// See [`crate::search::Within`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum WithinFlag {
    /// 同句
    #[value(alias = "同句")]
    Sentence,
    /// 同段
    #[default]
    #[value(alias = "同段")]
    Paragraph,
    /// Under the same headings.
    #[value(alias = "同节")]
    Section,
    /// 同篇
    #[value(alias = "同篇")]
    Document,
}

/// See [`crate::search::Sort`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum SortFlag {
    /// By tier, then score.
    #[default]
    Relevance,
    /// Latest year first.
    Newest,
    /// Earliest year first.
    Oldest,
}

/// What hits are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Group {
    /// One hit for each document.
    Document,
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum AnswerFormat {
    /// Text, and jsonl for a batch.
    #[default]
    Auto,
    /// For people.
    Text,
    /// Schema 1, indented.
    Json,
    /// Schema 1, one answer a line.
    Jsonl,
    /// A row for each hit.
    Csv,
    /// A run file of TREC.
    Trec,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum ReportFormat {
    /// Text.
    #[default]
    Auto,
    /// For people.
    Text,
    /// For programs.
    Json,
}
