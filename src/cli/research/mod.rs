//! The research verbs: flags to questions of `study`, values to bytes.

mod flags;
mod understand;

use std::path::Path;

use anyhow::{Context, bail};
use serde::Serialize;

pub(in crate::cli) use self::flags::{
    CiteArguments, ClaimsArguments, CoverageArguments, LinksArguments, Precedents, ReportArguments,
    TableFormat, TrendArguments,
};
use self::flags::{GraphFormat, StyleFlag};
pub(in crate::cli) use self::understand::known_families;
use self::understand::{claim_kind, in_words, is_day, labels, rollup};
use super::common::Common;
use super::exit::Answered;
use super::filters::filters;
use super::terminal;
use crate::index::IndexReader;
use crate::lexicon::families;
use crate::render::{
    CitationStyle, Extent, Table, citations, claims_table, claims_text, coverage_table,
    coverage_text, graphml, json, links_table, links_text, pack_files, panel_table,
    references_table, references_text, timeline_table, timeline_text, trend_html, trend_svg,
    trend_table, trend_text,
};
use crate::search::{Filters, Request, search};
use crate::study::{
    Basis, Corpus, Rollup, ask_claims, ask_coverage, ask_links, ask_pack, ask_references,
    ask_timeline, ask_trend, citation,
};
use crate::tokenize::Cutter;

/// The version of the answers' shape in JSON.
const SCHEMA: u32 = 1;

/// An answer with the version of its shape.
#[derive(Serialize)]
struct Versioned<'a, T> {
    schema: u32,
    #[serde(flatten)]
    answer: &'a T,
}

/// A list of an answer, and what it rests on.
#[derive(Serialize)]
pub(in crate::cli) struct Listed<'a, T> {
    pub(in crate::cli) found: &'a [T],
    pub(in crate::cli) basis: Basis,
}

/// `xianli precedents TERM`.
pub(super) fn precedents(
    common: &Common,
    index: &IndexReader,
    arguments: &Precedents,
) -> anyhow::Result<Answered> {
    let term = arguments.term.join(" ");
    let labels = labels(common, &term, &arguments.flags)?;
    let found = with_corpus(index, filters(&arguments.flags.filters)?, |corpus| {
        ask_timeline(corpus, &labels, rollup(arguments.flags.level))
    })?;
    let text = || timeline_text(&found, &common.page(Extent::Excerpt));
    print(arguments.format, text, &found, || timeline_table(&found))?;
    Ok(answered(common, &term, !found.rows.is_empty()))
}

/// `xianli coverage`.
pub(super) fn coverage(
    common: &Common,
    index: &IndexReader,
    arguments: &CoverageArguments,
) -> anyhow::Result<Answered> {
    let level = rollup(arguments.flags.level);
    let wanted = filters(&arguments.flags.filters)?;
    let found = with_corpus(index, wanted.clone(), |corpus| ask_coverage(corpus, level))?;
    if let Some(term) = &arguments.panel {
        let labels = labels(common, term, &arguments.flags)?;
        let timeline = with_corpus(index, wanted, |corpus| ask_timeline(corpus, &labels, level))?;
        let panel = found.panel(&timeline);
        let table = || panel_table(&panel);
        let listed = Listed {
            found: &panel,
            basis: found.basis(),
        };
        print(arguments.format, || table().csv(), &listed, table)?;
    } else {
        let text = || coverage_text(&found, &common.page(Extent::Excerpt));
        print(arguments.format, text, &found, || coverage_table(&found))?;
    }
    Ok(answered(common, "documents", !found.places.is_empty()))
}

/// `xianli trend TERM…`.
pub(super) fn trend(
    common: &Common,
    index: &IndexReader,
    arguments: &TrendArguments,
) -> anyhow::Result<Answered> {
    let mut terms = Vec::new();
    for term in &arguments.terms {
        terms.push((term.clone(), labels(common, term, &arguments.flags)?));
    }
    let found = with_corpus(index, filters(&arguments.flags.filters)?, |corpus| {
        ask_trend(corpus, terms, rollup(arguments.flags.level))
    })?;
    match &arguments.output {
        Some(file) => {
            let ending = file
                .extension()
                .and_then(|ending| ending.to_str())
                .unwrap_or_default();
            let data = match ending {
                "svg" => trend_svg(&found),
                "html" => trend_html(&found),
                "csv" => trend_table(&found).csv(),
                _ => bail!(
                    "cannot tell what to write to {}\nhint: end its name in .svg, .html or .csv",
                    file.display()
                ),
            };
            write(file, &data)?;
        }
        None => {
            let text = || trend_text(&found, &common.page(Extent::Excerpt));
            print(arguments.format, text, &found, || trend_table(&found))?;
        }
    }
    let named = found
        .series
        .iter()
        .flat_map(|series| &series.points)
        .any(|point| point.naming_documents > 0);
    Ok(answered(common, &arguments.terms.join(" "), named))
}

/// `xianli links`.
pub(super) fn links(
    common: &Common,
    index: &IndexReader,
    arguments: &LinksArguments,
) -> anyhow::Result<Answered> {
    let wanted = filters(&arguments.filters)?;
    let page = common.page(Extent::Excerpt);
    let format = match arguments.format {
        GraphFormat::Auto | GraphFormat::Text => Some(TableFormat::Text),
        GraphFormat::Json => Some(TableFormat::Json),
        GraphFormat::Csv => Some(TableFormat::Csv),
        GraphFormat::Graphml => None,
    };
    let basis = with_corpus(index, wanted.clone(), |corpus| {
        ask_coverage(corpus, Rollup::Own)
    })?
    .basis();
    if arguments.references {
        let found = with_corpus(index, wanted, ask_references)?;
        let listed = Listed {
            found: &found,
            basis,
        };
        match format {
            Some(format) => print(
                format,
                || references_text(&found, &basis, &page),
                &listed,
                || references_table(&found),
            )?,
            None => drop(terminal::print(&graphml(&[], &found))?),
        }
        return Ok(answered(common, "references", !found.is_empty()));
    }
    let found = with_corpus(index, wanted, ask_links)?;
    let listed = Listed {
        found: &found,
        basis,
    };
    match format {
        Some(format) => print(
            format,
            || links_text(&found, &basis, &page),
            &listed,
            || links_table(&found),
        )?,
        None => drop(terminal::print(&graphml(&found, &[]))?),
    }
    Ok(answered(common, "links", !found.is_empty()))
}

/// `xianli claims`.
pub(super) fn claims(
    common: &Common,
    index: &IndexReader,
    arguments: &ClaimsArguments,
) -> anyhow::Result<Answered> {
    let wanted = filters(&arguments.filters)?;
    let mut found = with_corpus(index, wanted.clone(), |corpus| {
        ask_claims(corpus, &families())
    })?;
    if let Some(cue) = &arguments.cue {
        found.retain(|claim| claim.cue == *cue);
    }
    if let Some(kind) = arguments.claim.map(claim_kind) {
        found.retain(|claim| claim.kind == kind);
    }
    let basis = with_corpus(index, wanted, |corpus| ask_coverage(corpus, Rollup::Own))?.basis();
    let text = || claims_text(&found, &basis, &common.page(Extent::Excerpt));
    let listed = Listed {
        found: &found,
        basis,
    };
    print(arguments.format, text, &listed, || claims_table(&found))?;
    Ok(answered(common, "claims", !found.is_empty()))
}

/// `xianli cite ID…`.
pub(super) fn cite(
    common: &Common,
    index: &IndexReader,
    arguments: &CiteArguments,
) -> anyhow::Result<Answered> {
    let accessed = arguments.accessed.as_deref();
    if let Some(day) = accessed
        && !is_day(day)
    {
        bail!("{day} is no day\nhint: write it as 2024-05-01");
    }
    let mut found = Vec::new();
    let mut missing = false;
    for id in &arguments.ids {
        let (document, ordinal) = super::show::parts(id)?;
        let metadata = index.document(document)?;
        let has_paragraph = match ordinal {
            Some(wanted) => index
                .paragraphs_of(document)?
                .iter()
                .any(|found| found.ordinal == wanted),
            None => true,
        };
        match metadata.filter(|_| has_paragraph) {
            Some(metadata) => found.push(citation(&metadata, ordinal, accessed)),
            None => {
                missing = true;
                common.note(&format!("the index has nothing with the id {id}\nhint: ids stand under the hits of a search"));
            }
        }
    }
    let style = match arguments.style {
        StyleFlag::Gbt7714 => CitationStyle::GbT7714,
        StyleFlag::Bibtex => CitationStyle::Bibtex,
        StyleFlag::Ris => CitationStyle::Ris,
        StyleFlag::CslJson => CitationStyle::CslJson,
    };
    terminal::print(&citations(&found, style))?;
    Ok(if missing {
        Answered::Nothing
    } else {
        Answered::Found
    })
}

/// `xianli report TERM -o DIR`.
pub(super) fn report(
    common: &Common,
    index: &IndexReader,
    arguments: &ReportArguments,
) -> anyhow::Result<Answered> {
    let term = arguments.term.join(" ");
    let labels = labels(common, &term, &arguments.flags)?;
    let level = rollup(arguments.flags.level);
    let said = in_words(&arguments.flags.filters, arguments.flags.level);
    let pack = with_corpus(index, filters(&arguments.flags.filters)?, |corpus| {
        ask_pack(corpus, &term, &labels, level, said)
    })?;
    std::fs::create_dir_all(&arguments.output)
        .with_context(|| format!("cannot make the folder {}", arguments.output.display()))?;
    for (name, contents) in pack_files(&pack) {
        let file = arguments.output.join(name);
        write(&file, &contents)?;
        common.note(&format!("wrote {}", file.display()));
    }
    Ok(answered(common, &term, !pack.evidence.is_empty()))
}

/// Hands `question` the corpus of an index under filters.
pub(in crate::cli) fn with_corpus<T>(
    index: &IndexReader,
    filters: Filters,
    question: impl FnOnce(&Corpus<'_>) -> Result<T, crate::search::SearchError>,
) -> anyhow::Result<T> {
    let cutter = Cutter::default();
    let ask = |request: &Request| search(index, &cutter, request);
    Ok(question(&Corpus::new(index, &ask, filters))?)
}

pub(in crate::cli) fn print<T: Serialize>(
    format: TableFormat,
    text: impl FnOnce() -> String,
    value: &T,
    table: impl FnOnce() -> Table,
) -> anyhow::Result<()> {
    let data = match format {
        TableFormat::Auto | TableFormat::Text => text(),
        TableFormat::Json => json(&Versioned {
            schema: SCHEMA,
            answer: value,
        }),
        TableFormat::Csv => table().csv(),
    };
    terminal::print(&data)?;
    Ok(())
}

pub(in crate::cli) fn write(file: &Path, contents: &str) -> anyhow::Result<()> {
    std::fs::write(file, contents).with_context(|| format!("cannot write {}", file.display()))
}

fn answered(common: &Common, what: &str, found: bool) -> Answered {
    if found {
        return Answered::Found;
    }
    common.note(&format!(
        "nothing found: {what}\nhint: `xianli coverage` shows what the index has"
    ));
    Answered::Nothing
}
