//! `xianli concordance`, `collocates`, `keyness` and `terms`: words and their company.

use std::collections::HashSet;

use anyhow::bail;
use serde::Serialize;

use super::flags::{CollocateSort, ConcordanceSort};
use super::{
    CollocatesArguments, ConcordanceArguments, KeynessArguments, TermsArguments, answered,
    everything, labels, limited, naming, term_of,
};
use crate::cli::common::Common;
use crate::cli::exit::Answered;
use crate::cli::filters::filters;
use crate::cli::research::{Listed, TableFormat, print, with_corpus};
use crate::cli::terminal;
use crate::cli::xianli::FilterFlags;
use crate::index::IndexReader;
use crate::lexicon::families;
use crate::render::{
    Extent, collocates_table, collocates_text, concordance_table, concordance_text, keyness_table,
    keyness_text, proposals_tsv, terms_table, terms_text,
};
use crate::search::{Filters, SearchError};
use crate::study::terms::{TermLimits, proposals, terms as find_terms};
use crate::study::{
    Basis, CollocateOrder, Collocates, ConcordanceOrder, Corpus, Keyness, Keyword, Passage, Rollup,
    Side, Window, Word, ask_coverage, collocates as count_collocates, concordance as cut_contexts,
    keyness as count_keyness,
};
use crate::tokenize::words_side_by_side;

/// `xianli concordance TERM`.
pub(in crate::cli) fn concordance(
    common: &Common,
    index: &IndexReader,
    arguments: &ConcordanceArguments,
) -> anyhow::Result<Answered> {
    let labels = labels(common, &arguments.term, &arguments.labels)?;
    let (passages, basis) = naming(index, &arguments.filters, &labels)?;
    let order = match arguments.sort {
        ConcordanceSort::Left => ConcordanceOrder::Left,
        ConcordanceSort::Right => ConcordanceOrder::Right,
        ConcordanceSort::Region => ConcordanceOrder::Region,
        ConcordanceSort::Year => ConcordanceOrder::Year,
    };
    let mut found = cut_contexts(&passages, &term_of(&labels), arguments.width, order);
    limited(&mut found, arguments.limit);
    let text = || {
        concordance_text(
            &found,
            arguments.width,
            &basis,
            &common.page(Extent::Excerpt),
        )
    };
    let listed = Listed {
        found: &found,
        basis,
    };
    print(arguments.format, text, &listed, || {
        concordance_table(&found)
    })?;
    Ok(answered(common, !found.is_empty()))
}

/// `xianli collocates TERM`.
pub(in crate::cli) fn collocates(
    common: &Common,
    index: &IndexReader,
    arguments: &CollocatesArguments,
) -> anyhow::Result<Answered> {
    #[derive(Serialize)]
    struct Answer<'a> {
        #[serde(flatten)]
        collocates: &'a Collocates,
        basis: Basis,
    }
    let labels = labels(common, &arguments.term, &arguments.labels)?;
    let order = match arguments.sort {
        CollocateSort::G2 => CollocateOrder::LogLikelihood,
        CollocateSort::Dice => CollocateOrder::LogDice,
        CollocateSort::Count => CollocateOrder::Frequency,
    };
    let (passages, basis) = everything(index, &arguments.filters)?;
    let window = window(&arguments.window)?;
    let mut found = count_collocates(
        &passages,
        &term_of(&labels),
        window,
        arguments.min,
        order,
        &cut,
    );
    let all = found.rows.len();
    let text = || {
        let most = if arguments.limit == 0 {
            all
        } else {
            arguments.limit
        };
        collocates_text(&found, most, &basis, &common.page(Extent::Excerpt))
    };
    if matches!(arguments.format, TableFormat::Auto | TableFormat::Text) {
        terminal::print(&text())?;
    } else {
        limited(&mut found.rows, arguments.limit);
        let answer = Answer {
            collocates: &found,
            basis,
        };
        print(arguments.format, String::new, &answer, || {
            collocates_table(&found)
        })?;
    }
    Ok(answered(common, all > 0))
}

/// `xianli keyness`.
pub(in crate::cli) fn keyness(
    common: &Common,
    index: &IndexReader,
    arguments: &KeynessArguments,
) -> anyhow::Result<Answered> {
    #[derive(Serialize)]
    struct Answer<'a> {
        part: &'a str,
        part_words: u64,
        rest_words: u64,
        formula_words: u64,
        found: &'a [Keyword],
        basis: Basis,
    }
    let wanted = filters(&arguments.filters)?;
    if wanted == Filters::default() {
        bail!(
            "no part of the corpus is named\nhint: name one by a filter, as in `xianli keyness --region 广东`"
        );
    }
    let part = in_words(&arguments.filters);
    let (found, basis) = with_corpus(index, wanted, |corpus| keywords(corpus, arguments.min))?;
    let mut rows: Vec<Keyword> = found.rows.clone();
    rows.retain(|row| (row.log_likelihood < 0.0) == arguments.under && row.log_likelihood != 0.0);
    if arguments.under {
        rows.reverse();
    }
    limited(&mut rows, arguments.limit);
    let text = || keyness_text(&found, &rows, &part, &basis, &common.page(Extent::Excerpt));
    let answer = Answer {
        part: &part,
        part_words: found.part_words,
        rest_words: found.rest_words,
        formula_words: found.formula_words,
        found: &rows,
        basis,
    };
    print(arguments.format, text, &answer, || keyness_table(&rows))?;
    Ok(answered(common, !rows.is_empty()))
}

fn keywords(corpus: &Corpus<'_>, least: u64) -> Result<(Keyness, Basis), SearchError> {
    let everything = corpus.unfiltered();
    let passages = everything.passages()?;
    let part: HashSet<String> = passages
        .iter()
        .filter(|passage| corpus.has(passage))
        .map(Passage::id)
        .collect();
    let side = |passage: &Passage| {
        if part.contains(&passage.id()) {
            Side::Part
        } else {
            Side::Rest
        }
    };
    let found = count_keyness(&passages, &side, least, &cut);
    Ok((found, ask_coverage(&everything, Rollup::Own)?.basis()))
}

/// `xianli terms`.
pub(in crate::cli) fn terms(
    common: &Common,
    index: &IndexReader,
    arguments: &TermsArguments,
) -> anyhow::Result<Answered> {
    let (passages, basis) = everything(index, &arguments.filters)?;
    let limits = TermLimits {
        least_places: arguments.places,
        least_occurrences: arguments.min,
    };
    let known = families();
    let mut found = find_terms(&passages, &known, limits);
    let all = found.len();
    if arguments.families {
        let proposed = proposals(&found, &known);
        terminal::print(&proposals_tsv(&proposed))?;
        return Ok(answered(common, !proposed.is_empty()));
    }
    limited(&mut found, arguments.limit);
    let text = || terms_text(&found, all, &basis, &common.page(Extent::Excerpt));
    let listed = Listed {
        found: &found,
        basis,
    };
    print(arguments.format, text, &listed, || terms_table(&found))?;
    Ok(answered(common, !found.is_empty()))
}

/// `5`, or `3,8`: words to the left and to the right.
fn window(value: &str) -> anyhow::Result<Window> {
    let (left, right) = value.split_once([',', '，']).unwrap_or((value, value));
    match (left.trim().parse(), right.trim().parse()) {
        (Ok(left), Ok(right)) => Ok(Window { left, right }),
        _ => bail!(
            "--window {value} is no number of words\nhint: write 5, or 3,8 for left and right"
        ),
    }
}

/// How the words of a corpus are cut.
fn cut(text: &str) -> Vec<Word> {
    let words = words_side_by_side(text).into_iter();
    words
        .map(|word| Word {
            token: word.token,
            range: word.range,
        })
        .collect()
}

/// The filters as they are typed.
fn in_words(flags: &FilterFlags) -> String {
    let named = [
        ("--region", &flags.region),
        ("--year", &flags.year),
        ("--section", &flags.section),
        ("--issuer", &flags.issuer),
        ("--status", &flags.status),
        ("--kind", &flags.kind),
    ];
    let words = named
        .iter()
        .flat_map(|(flag, values)| values.iter().map(move |value| format!("{flag} {value}")));
    words.collect::<Vec<_>>().join(" ")
}
