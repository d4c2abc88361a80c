//! `xianli similar` and `xianli reuse`: who says the same.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};

use super::{ReuseArguments, SimilarArguments, answered, document, everything, limited};
use crate::cli::common::Common;
use crate::cli::exit::Answered;
use crate::cli::research::{Listed, print};
use crate::document::{LineKind, Metadata};
use crate::index::IndexReader;
use crate::read::{Limits, read_file};
use crate::render::{Extent, edges_text, similar_table, similar_text};
use crate::study::reuse::{Origin, Original, Places, Similar, edges, similar as find_similar};
use crate::study::{Passage, Quote};

/// `xianli similar ID|FILE|-`.
pub(in crate::cli) fn similar(
    common: &Common,
    index: &IndexReader,
    arguments: &SimilarArguments,
) -> anyhow::Result<Answered> {
    let originals = originals(index, &arguments.what)?;
    let (passages, basis) = everything(index, &arguments.filters)?;
    let mut found = find_similar(&originals, &passages, places(arguments.same_place));
    let all = found.len();
    limited(&mut found, arguments.limit);
    let text = || similar_text(&found, all, &basis, &common.page(Extent::Whole));
    let listed = Listed {
        found: &found,
        basis,
    };
    print(arguments.format, text, &listed, || similar_table(&found))?;
    Ok(answered(common, !found.is_empty()))
}

/// `xianli reuse`.
pub(in crate::cli) fn reuse(
    common: &Common,
    index: &IndexReader,
    arguments: &ReuseArguments,
) -> anyhow::Result<Answered> {
    let (passages, basis) = everything(index, &arguments.filters)?;
    let mut found = edges(&passages, places(arguments.same_place));
    let all = found.len();
    limited(&mut found, arguments.limit);
    let found: Vec<Similar> = found
        .into_iter()
        .map(|edge| edge.cited(&passages))
        .collect();
    let text = || edges_text(&found, all, &basis, &common.page(Extent::Whole));
    let listed = Listed {
        found: &found,
        basis,
    };
    print(arguments.format, text, &listed, || similar_table(&found))?;
    Ok(answered(common, !found.is_empty()))
}

fn places(same_place: bool) -> Places {
    if same_place {
        Places::All
    } else {
        Places::Others
    }
}

/// The texts that are looked for: a paragraph or all paragraphs of a document, a file, or stdin.
fn originals(index: &IndexReader, what: &str) -> anyhow::Result<Vec<Original>> {
    if what == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("cannot read from stdin")?;
        return Ok(text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(given)
            .collect());
    }
    let path = Path::new(what);
    if path.is_file() {
        let reading = read_file(path, &Limits::default())?;
        let lines = reading
            .documents
            .iter()
            .flat_map(crate::document::Document::paragraphs);
        return Ok(lines
            .filter(|paragraph| paragraph.source.kind == LineKind::Paragraph)
            .map(|paragraph| given(&paragraph.source.printed()))
            .collect());
    }
    let found = document(index, what)?;
    let ordinal = crate::cli::show::parts(what)?.1;
    let originals: Vec<Original> = found
        .into_iter()
        .flatten()
        .filter(|passage| match ordinal {
            Some(wanted) => passage.ordinal == wanted,
            None => passage.kind == LineKind::Paragraph,
        })
        .map(|passage| of_corpus(&passage))
        .collect();
    if originals.is_empty() {
        bail!(
            "{what} is no id of the index and no file\nhint: ids stand under the hits of a search"
        );
    }
    Ok(originals)
}

fn of_corpus(passage: &Passage) -> Original {
    Original {
        quote: Quote::words(passage, &passage.text),
        origin: Origin::Corpus,
    }
}

fn given(text: &str) -> Original {
    Original {
        quote: Quote {
            id: String::new(),
            document: Arc::new(Metadata::default()),
            role: None,
            text: text.to_owned(),
        },
        origin: Origin::Given,
    }
}
