//! `xianli promises` and `xianli compare`: reports of one issuer against each other.

use serde::Serialize;

use super::flags::OutcomeFlag;
use super::{CompareArguments, PromisesArguments, answered, document, everything};
use crate::cli::common::Common;
use crate::cli::exit::Answered;
use crate::cli::research::{Listed, print};
use crate::document::Metadata;
use crate::index::IndexReader;
use crate::lexicon::families;
use crate::render::{Extent, comparison_table, comparison_text, promises_table, promises_text};
use crate::study::{
    Comparison, Outcome, Promise, compare as hold_together, promises as hold_promises, report_pairs,
};

/// `xianli promises`.
pub(in crate::cli) fn promises(
    common: &Common,
    index: &IndexReader,
    arguments: &PromisesArguments,
) -> anyhow::Result<Answered> {
    let (passages, basis) = everything(index, &arguments.filters)?;
    let known = families();
    let wanted = arguments.outcome.map(|outcome| match outcome {
        OutcomeFlag::Kept => Outcome::Kept,
        OutcomeFlag::Missed => Outcome::Missed,
        OutcomeFlag::Silent => Outcome::Silent,
    });
    let mut pairs: Vec<(Vec<Promise>, [&Metadata; 2])> = Vec::new();
    for pair in report_pairs(&passages) {
        let (before, after) = (&passages[pair.before], &passages[pair.after]);
        let mut found = hold_promises(before, after, &known);
        found.retain(|promise| wanted.is_none_or(|wanted| promise.outcome == wanted));
        pairs.push((found, [&*before[0].document, &*after[0].document]));
    }
    if pairs.is_empty() {
        common.note(
            "no place has reports of two years that follow each other, the earlier with plans\n\
             hint: `xianli coverage` shows which years the index has of each place",
        );
        return Ok(Answered::Nothing);
    }
    let all: Vec<Promise> = pairs
        .iter()
        .flat_map(|(found, _)| found.iter().cloned())
        .collect();
    let text = || promises_text(&pairs, &basis, &common.page(Extent::Excerpt));
    let listed = Listed { found: &all, basis };
    print(arguments.format, text, &listed, || promises_table(&all))?;
    Ok(answered(common, !all.is_empty()))
}

/// `xianli compare ID ID`.
pub(in crate::cli) fn compare(
    common: &Common,
    index: &IndexReader,
    arguments: &CompareArguments,
) -> anyhow::Result<Answered> {
    #[derive(Serialize)]
    struct Answer<'a> {
        first: &'a Metadata,
        second: &'a Metadata,
        #[serde(flatten)]
        comparison: &'a Comparison,
    }
    let mut documents = Vec::new();
    for id in [&arguments.first, &arguments.second] {
        let Some(passages) = document(index, id)? else {
            common.note(&format!(
                "the index has nothing with the id {id}\nhint: ids stand under the hits of a search"
            ));
            return Ok(Answered::Nothing);
        };
        documents.push(passages);
    }
    let (first, second) = (&documents[0], &documents[1]);
    let found = hold_together(first, second);
    let facts = [&*first[0].document, &*second[0].document];
    let text = || comparison_text(&found, facts, &common.page(Extent::Whole));
    let answer = Answer {
        first: facts[0],
        second: facts[1],
        comparison: &found,
    };
    print(arguments.format, text, &answer, || comparison_table(&found))?;
    Ok(Answered::Found)
}
