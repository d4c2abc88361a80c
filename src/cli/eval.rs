//! `xianli eval`: how good the rankings of an index are, by judgements of people.

use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::index::IndexReader;
use crate::query::parse;
use crate::render::{evaluation_text, json, questions_table};
use crate::search::{Judgements, Ranking, Request, evaluate, search};
use crate::tokenize::Cutter;

use super::batch;
use super::exit::Answered;
use super::search::matching;
use super::terminal;
use super::xianli::{Eval, ReportFormat};

/// How deep a ranking is looked at.
const DEPTH: usize = 100;

/// Asks every question and prints the measures.
pub(super) fn eval(index: &IndexReader, arguments: &Eval) -> anyhow::Result<Answered> {
    let judgements = judgements(&arguments.qrels)?;
    let questions = batch::read(&arguments.queries)?;
    let mut rankings = Vec::with_capacity(questions.len());
    for question in &questions {
        let request = Request {
            matching: matching(arguments.matching),
            limit: DEPTH,
            group_by_document: true,
            ..Request::of(parse(&question.text))
        };
        let results = search(index, &Cutter::default(), &request)?;
        rankings.push(Ranking::of(&question.id, &results));
    }
    let evaluation = evaluate(&rankings, &judgements);
    if let Some(file) = &arguments.per_query {
        fs::write(file, questions_table(&evaluation))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    let data = match arguments.format {
        ReportFormat::Json => json(&evaluation),
        ReportFormat::Auto | ReportFormat::Text => evaluation_text(&evaluation),
    };
    terminal::print(&data)?;
    Ok(if evaluation.questions.is_empty() {
        Answered::Nothing
    } else {
        Answered::Found
    })
}

fn judgements(file: &Path) -> anyhow::Result<Judgements> {
    let named = || format!("cannot read the judgements of {}", file.display());
    let text = fs::read_to_string(file).with_context(named)?;
    Judgements::parse(&text).with_context(named)
}
