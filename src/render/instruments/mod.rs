//! The answers of the instruments as text, tables and pictures: contexts, collocates, figures, reuse,
//! promises, comparisons, labels.

mod chart;
mod columns;
mod figures;
mod reports;
mod reuse;
mod tables;
mod words;

pub use chart::figures_svg;
pub use figures::figures_text;
pub use reports::{comparison_text, promises_text};
pub use reuse::{edges_text, similar_text};
pub use tables::{
    collocates_table, comparison_table, concordance_table, figures_table, keyness_table,
    promises_table, proposals_tsv, similar_table, terms_table,
};
pub use words::{collocates_text, concordance_text, keyness_text, terms_text};

use super::ink::{Ink, Span};
use super::page::Page;
use super::wrap::{Margin, fill};
use crate::document::Metadata;
use crate::study::{Basis, Quote};

/// The place and year of a document: `深圳市龙华区 2022`.
fn place_and_year(document: &Metadata) -> String {
    let place = match document.region.as_slice() {
        [] => "place unknown".to_owned(),
        [only] => only.clone(),
        [.., above, own] => format!("{above}{own}"),
    };
    match document.year {
        Some(year) => format!("{place} {year}"),
        None => format!("{place}, no year"),
    }
}

/// The line under a quote: where it stands and how to cite it.
fn write_source(quote: &Quote, column: usize, page: &Page, out: &mut String) {
    let mut spans = vec![
        Span::new(Ink::Id, &quote.id),
        Span::new(
            Ink::Faint,
            &format!(" · {}", place_and_year(&quote.document)),
        ),
    ];
    if let Some(role) = &quote.role {
        spans.push(Span::new(Ink::Faint, &format!(" · {}", page.role(role))));
    }
    let margin = Margin {
        first: column,
        rest: column + 2,
    };
    fill(&spans, margin, page, out);
}

fn write_line(ink: Ink, text: &str, column: usize, page: &Page, out: &mut String) {
    let margin = Margin {
        first: column,
        rest: column + 2,
    };
    fill(&[Span::new(ink, text)], margin, page, out);
}

fn write_basis(basis: &Basis, page: &Page, out: &mut String) {
    write_line(Ink::Faint, &super::basis_sentence(basis), 0, page, out);
}

/// A number without decimals that say nothing: 98.6, 81000.
fn number(value: f64) -> String {
    let rounded = (value * 1e4).round() / 1e4;
    if rounded.fract() == 0.0 {
        format!("{rounded:.0}")
    } else {
        rounded.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_their_last_two_names() {
        let document = |region: &[&str], year| Metadata {
            region: region.iter().map(|name| (*name).to_owned()).collect(),
            year,
            ..Metadata::default()
        };
        assert_eq!(
            place_and_year(&document(&["广东省", "深圳市", "龙华区"], Some(2022))),
            "深圳市龙华区 2022"
        );
        assert_eq!(
            place_and_year(&document(&[], None)),
            "place unknown, no year"
        );
        assert_eq!([number(81_000.0), number(98.6)], ["81000", "98.6"]);
    }
}
