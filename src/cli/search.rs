//! `xianli search`: flags to a request, the answer to bytes.

use std::path::Path;

use anyhow::{Context, bail};

use crate::index::IndexReader;
use crate::query::parse;
use crate::render::{
    Extent, csv, family_hints, json, json_line, json_line_of_batch, nothing_text, text, totals,
    trec,
};
use crate::search::{Match, Request, Results, Sort, Widening, Within, search};
use crate::tokenize::Cutter;

use super::batch::{self, Question};
use super::clock::Stopwatch;
use super::common::Common;
use super::exit::Answered;
use super::filters::{facets, filters};
use super::research::known_families;
use super::terminal::{self, Stdout};
use super::xianli::{AnswerFormat, MatchFlag, Search, SortFlag, WithinFlag};

/// Hits that are shown where nothing is said.
const LIMIT: usize = 10;
/// Lines of a run file for each question where nothing is said: the depth that is usual there.
const RUN_LIMIT: usize = 1000;

/// A command line, understood before an index is looked for.
pub(super) struct Asked {
    /// What is asked, but for the words.
    request: Request,
    cutter: Cutter,
    words: Words,
    extent: Extent,
}

/// The words of a command line.
enum Words {
    One {
        question: String,
        format: AnswerFormat,
    },
    Batch {
        questions: Vec<Question>,
        format: BatchFormat,
    },
}

/// How the answers of a batch are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BatchFormat {
    Jsonl,
    Trec,
}

impl Asked {
    /// Understands the flags and reads the questions.
    pub(super) fn of(arguments: &Search) -> anyhow::Result<Self> {
        let words = words(arguments)?;
        let runs = arguments.format == AnswerFormat::Trec;
        let request = Request {
            filters: filters(&arguments.filters)?,
            matching: matching(arguments.matching),
            within: within(arguments.within),
            sort: sort(arguments.sort),
            offset: arguments.offset,
            limit: arguments
                .limit
                .unwrap_or(if runs { RUN_LIMIT } else { LIMIT }),
            group_by_document: runs || arguments.group.is_some(),
            facets: facets(&arguments.facets)?,
            families: known_families(arguments.families.as_deref())?.into(),
            widening: if arguments.family {
                Widening::Families
            } else {
                Widening::AsAsked
            },
            explain: arguments.explain,
            ..Request::of(parse(""))
        };
        Ok(Self {
            request,
            cutter: cutter(arguments.user_words.as_deref())?,
            words,
            extent: if arguments.full {
                Extent::Whole
            } else {
                Extent::Excerpt
            },
        })
    }

    /// Asks the index and prints the answers.
    pub(super) fn answer(&self, common: &Common, index: &IndexReader) -> anyhow::Result<Answered> {
        match &self.words {
            Words::One { question, format } => {
                let results = self.ask(index, question)?;
                self.print(common, &results, *format)?;
                Ok(answered(&results))
            }
            Words::Batch { questions, format } => self.answer_all(index, questions, *format),
        }
    }

    fn ask(&self, index: &IndexReader, question: &str) -> anyhow::Result<Results> {
        let stopwatch = Stopwatch::start();
        let request = Request {
            query: parse(question),
            ..self.request.clone()
        };
        let mut results = search(index, &self.cutter, &request)?;
        results.took_ms = stopwatch.milliseconds();
        Ok(results)
    }

    fn print(
        &self,
        common: &Common,
        results: &Results,
        format: AnswerFormat,
    ) -> anyhow::Result<()> {
        let page = common.page(self.extent);
        let data = match format {
            AnswerFormat::Json => json(results),
            AnswerFormat::Jsonl => json_line(results),
            AnswerFormat::Csv => csv(results),
            AnswerFormat::Trec => trec("1", results),
            AnswerFormat::Auto | AnswerFormat::Text => {
                let mut data = text(results, &page);
                if answered(results) == Answered::Found && !common.quiet {
                    data += &totals(results, &page);
                }
                data
            }
        };
        terminal::print(&data)?;
        if matches!(format, AnswerFormat::Json | AnswerFormat::Jsonl) {
            return Ok(());
        }
        if answered(results) == Answered::Nothing {
            common.note(&format!("nothing found · {:.1} ms", results.took_ms));
        }
        if let Some(nothing) = &results.nothing {
            common.note(nothing_text(nothing, &page).trim_end());
        }
        let hints = family_hints(&results.families);
        if self.request.widening == Widening::AsAsked {
            hints.iter().for_each(|hint| common.note(hint));
        }
        results.notes.iter().for_each(|note| common.note(note));
        Ok(())
    }

    fn answer_all(
        &self,
        index: &IndexReader,
        questions: &[Question],
        format: BatchFormat,
    ) -> anyhow::Result<Answered> {
        let mut end = Answered::Nothing;
        for question in questions {
            let results = self.ask(index, &question.text)?;
            if answered(&results) == Answered::Found {
                end = Answered::Found;
            }
            let data = match format {
                BatchFormat::Jsonl => json_line_of_batch(&question.id, &results),
                BatchFormat::Trec => trec(&question.id, &results),
            };
            if terminal::print(&data)? == Stdout::Closed {
                break;
            }
        }
        Ok(end)
    }
}

fn words(arguments: &Search) -> anyhow::Result<Words> {
    if let Some(file) = &arguments.batch {
        let format = match arguments.format {
            AnswerFormat::Auto | AnswerFormat::Jsonl => BatchFormat::Jsonl,
            AnswerFormat::Trec => BatchFormat::Trec,
            _ => bail!("a batch is answered as jsonl or trec\nhint: add `--format jsonl`"),
        };
        return Ok(Words::Batch {
            questions: batch::read(file)?,
            format,
        });
    }
    let question = arguments.words.join(" ");
    if question.trim().is_empty() {
        bail!("the question is empty\nhint: ask for some words, as in `xianli 免申即享`");
    }
    if parse(&question).root.is_none() {
        bail!(
            "nothing in the question can be searched: {question}\nhint: ask for words; marks alone say too little"
        );
    }
    Ok(Words::One {
        question,
        format: arguments.format,
    })
}

/// Cuts questions, with the user's words where there are any: one a line, up to a space or a tab.
fn cutter(file: Option<&Path>) -> anyhow::Result<Cutter> {
    let Some(file) = file else {
        return Ok(Cutter::default());
    };
    let table = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read the words of {}", file.display()))?;
    let words = table
        .trim_start_matches('\u{feff}')
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    Ok(Cutter::with_words(words.map(str::to_owned)))
}

fn answered(results: &Results) -> Answered {
    if results.total.paragraphs > 0 {
        Answered::Found
    } else {
        Answered::Nothing
    }
}

pub(super) fn matching(flag: MatchFlag) -> Match {
    match flag {
        MatchFlag::Auto => Match::Auto,
        MatchFlag::Exact => Match::Exact,
        MatchFlag::All => Match::All,
        MatchFlag::Any => Match::Any,
    }
}

fn within(flag: WithinFlag) -> Within {
    match flag {
        WithinFlag::Sentence => Within::Sentence,
        WithinFlag::Paragraph => Within::Paragraph,
        WithinFlag::Section => Within::Section,
        WithinFlag::Document => Within::Document,
    }
}

fn sort(flag: SortFlag) -> Sort {
    match flag {
        SortFlag::Relevance => Sort::Relevance,
        SortFlag::Newest => Sort::Newest,
        SortFlag::Oldest => Sort::Oldest,
    }
}
