//! The instruments: flags to questions of `study`, values to bytes.

mod figures;
mod flags;
mod reports;
mod reuse;
mod words;

use std::sync::Arc;

use anyhow::bail;

pub(super) use self::figures::figures;
use self::flags::TermFlags;
pub(in crate::cli) use self::flags::{
    CollocatesArguments, CompareArguments, ConcordanceArguments, FiguresArguments,
    KeynessArguments, PromisesArguments, ReuseArguments, SimilarArguments, TermsArguments,
};
pub(super) use self::reports::{compare, promises};
pub(super) use self::reuse::{reuse, similar};
pub(super) use self::words::{collocates, concordance, keyness, terms};
use super::common::Common;
use super::exit::Answered;
use super::filters::filters;
use super::research::{known_families, with_corpus};
use super::xianli::FilterFlags;
use crate::index::IndexReader;
use crate::study::{Basis, Passage, Rollup, Term, ask_coverage, labels_of};

/// Every paragraph under the filters, and what it rests on.
fn everything(index: &IndexReader, flags: &FilterFlags) -> anyhow::Result<(Vec<Passage>, Basis)> {
    with_corpus(index, filters(flags)?, |corpus| {
        Ok((
            corpus.passages()?,
            ask_coverage(corpus, Rollup::Own)?.basis(),
        ))
    })
}

/// The paragraphs under the filters that name one of the labels, and what it rests on.
fn naming(
    index: &IndexReader,
    flags: &FilterFlags,
    labels: &[String],
) -> anyhow::Result<(Vec<Passage>, Basis)> {
    with_corpus(index, filters(flags)?, |corpus| {
        let hits = corpus.naming(labels)?;
        let passages = hits.into_iter().map(Passage::from).collect();
        Ok((passages, ask_coverage(corpus, Rollup::Own)?.basis()))
    })
}

/// The paragraphs of a document; `None` where the index does not have it.
fn document(index: &IndexReader, id: &str) -> anyhow::Result<Option<Vec<Passage>>> {
    let (document, _) = super::show::parts(id)?;
    let Some(metadata) = index.document(document)? else {
        return Ok(None);
    };
    let metadata = Arc::new(metadata);
    let passages: Vec<Passage> = index
        .paragraphs_of(document)?
        .into_iter()
        .map(|paragraph| Passage {
            document: Arc::clone(&metadata),
            ordinal: paragraph.ordinal,
            kind: paragraph.kind,
            role: paragraph.role,
            path: paragraph.headings,
            text: paragraph.text,
        })
        .collect();
    Ok((!passages.is_empty()).then_some(passages))
}

/// The labels that a term stands for, with a hint where its family has more.
fn labels(common: &Common, term: &[String], flags: &TermFlags) -> anyhow::Result<Vec<String>> {
    let term = term.join(" ");
    if Term::new([term.as_str()]).is_empty() {
        bail!("no term is given\nhint: name one, as in `xianli concordance 免申即享`");
    }
    let known = known_families(flags.families.as_deref())?;
    let all = labels_of(&term, &known);
    if flags.family || flags.families.is_some() || all.len() == 1 {
        return Ok(all);
    }
    common.note(&format!(
        "hint: other places call it {}; --family takes them all",
        all[1..].join(", ")
    ));
    Ok(vec![term])
}

fn term_of(labels: &[String]) -> Term {
    Term::new(labels.iter().map(String::as_str))
}

/// So many of the first; 0 leaves all.
fn limited<T>(rows: &mut Vec<T>, limit: usize) {
    if limit > 0 {
        rows.truncate(limit);
    }
}

fn answered(common: &Common, found: bool) -> Answered {
    if found {
        return Answered::Found;
    }
    common.note("nothing found\nhint: `xianli coverage` shows what the index has");
    Answered::Nothing
}
