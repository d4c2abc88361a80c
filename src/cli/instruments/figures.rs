//! `xianli figures`: the indicators near a term, as text, table or chart.

use anyhow::bail;

use super::flags::{NearFlag, OnlyFlag};
use super::{FiguresArguments, answered, everything, labels, limited, naming, term_of};
use crate::cli::common::Common;
use crate::cli::exit::Answered;
use crate::cli::research::{Listed, print, write};
use crate::index::IndexReader;
use crate::render::{Extent, figures_svg, figures_table, figures_text};
use crate::study::figures::Kind;
use crate::study::{Indicator, Near, indicators};
use crate::text::fold;

/// `xianli figures [TERM]`.
pub(in crate::cli) fn figures(
    common: &Common,
    index: &IndexReader,
    arguments: &FiguresArguments,
) -> anyhow::Result<Answered> {
    let (passages, term, basis) = if arguments.term.is_empty() {
        let (passages, basis) = everything(index, &arguments.filters)?;
        (passages, None, basis)
    } else {
        let labels = labels(common, &arguments.term, &arguments.labels)?;
        let (passages, basis) = naming(index, &arguments.filters, &labels)?;
        (passages, Some(term_of(&labels)), basis)
    };
    let near = match arguments.near {
        NearFlag::Sentence => Near::Sentence,
        NearFlag::Paragraph => Near::Paragraph,
    };
    let mut found = indicators(&passages, term.as_ref(), near);
    found.retain(|row| is_wanted(row, arguments));
    let all = found.len();
    limited(&mut found, arguments.limit);
    match &arguments.output {
        Some(file) => {
            let ending = file.extension().and_then(|ending| ending.to_str());
            let title = match arguments.term.is_empty() {
                true => arguments.named.clone().unwrap_or_default(),
                false => arguments.term.join(" "),
            };
            let data = match ending.unwrap_or_default() {
                "svg" => figures_svg(&found, &title),
                "csv" => figures_table(&found).csv(),
                _ => bail!(
                    "cannot tell what to write to {}\nhint: end its name in .svg or .csv",
                    file.display()
                ),
            };
            write(file, &data)?;
        }
        None => {
            let text = || figures_text(&found, all, &basis, &common.page(Extent::Excerpt));
            let listed = Listed {
                found: &found,
                basis,
            };
            print(arguments.format, text, &listed, || figures_table(&found))?;
        }
    }
    Ok(answered(common, !found.is_empty()))
}

/// Whether a figure is one of those that the flags leave.
fn is_wanted(row: &Indicator, arguments: &FiguresArguments) -> bool {
    let figure = &row.figure;
    let only = arguments.only.map(|only| match only {
        OnlyFlag::Done => Kind::Done,
        OnlyFlag::Estimate => Kind::Estimate,
        OnlyFlag::Target => Kind::Target,
    });
    let unit = arguments
        .unit
        .as_deref()
        .map(|unit| unit.replace('％', "%"));
    let named = arguments.named.as_deref();
    unit.is_none_or(|unit| figure.unit == unit)
        && named.is_none_or(|words| fold(&figure.name).contains(&*fold(words)))
        && only.is_none_or(|only| figure.kind == only)
}
