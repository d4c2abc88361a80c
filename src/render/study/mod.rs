//! The answers of `study` as text, tables, and pictures; one file per form.

mod graph;
mod heat;
mod page;
mod plot;
mod svg;
mod tables;
mod text;

pub use graph::graphml;
pub use page::trend_html;
pub use svg::trend_svg;
pub use tables::{
    basis_sentence, cells_table, claims_table, coverage_table, links_table, panel_table,
    references_table, timeline_table, trend_table,
};
pub use text::{claims_text, coverage_text, links_text, timeline_text, trend_text};
