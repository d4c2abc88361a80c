//! Values to bytes: text for people, JSON, CSV and TREC runs for programs; one file per format.
//!
//! Comes in: the values of an answer and the [`Page`] to write for. Goes out: strings. Knows no
//! index, no flags and no terminal: whether there is colour and how wide the page is, it is told.

mod audit;
mod caret;
mod citation;
mod clean;
mod csv;
mod evaluation;
mod excerpt;
mod explanation;
mod facets;
mod ink;
mod inspection;
mod instruments;
mod json;
mod nothing;
mod page;
mod reading;
mod study;
mod table;
mod text;
mod trec;
mod wrap;

pub use audit::{audit_head, audit_row, audit_skipped};
pub use caret::caret;
pub use citation::{CitationStyle, citations, gbt7714};
pub use clean::clean;
pub use csv::csv;
pub use evaluation::{evaluation_text, questions_table};
pub use excerpt::excerpt;
pub use inspection::{Finding, InspectedLine, Inspection, inspection_text};
pub use instruments::{
    collocates_table, collocates_text, comparison_table, comparison_text, concordance_table,
    concordance_text, edges_text, figures_svg, figures_table, figures_text, keyness_table,
    keyness_text, promises_table, promises_text, proposals_tsv, similar_table, similar_text,
    terms_table, terms_text,
};
pub use json::{json, json_line, json_line_of_batch};
pub use nothing::{family_hints, nothing_text};
pub use page::{Colour, Extent, Page};
pub use reading::{Passage, Reading, reading_text};
pub use study::{
    basis_sentence, cells_table, claims_table, claims_text, coverage_table, coverage_text,
    evidence_table, graphml, links_table, links_text, pack_files, panel_table, references_table,
    references_text, timeline_table, timeline_text, trend_html, trend_svg, trend_table, trend_text,
};
pub use table::Table;
pub use text::{text, totals};
pub use trec::trec;
