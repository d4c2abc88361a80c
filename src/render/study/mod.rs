//! The answers of `study` as text, tables, and pictures; one file per form.

mod graph;
mod heat;
mod pack;
mod page;
mod plot;
mod relations;
mod relations_text;
mod svg;
mod tables;
mod text;

pub use graph::graphml;
pub use pack::pack_files;
pub use page::trend_html;
pub use relations::{claims_table, links_table, references_table};
pub use relations_text::{claims_text, links_text, references_text};
pub use svg::trend_svg;
pub(super) use svg::{Anchor, Part, WIDTH, figure, heading, label, text_width};
pub use tables::{
    basis_sentence, cells_table, coverage_table, evidence_table, panel_table, timeline_table,
    trend_table,
};
pub use text::{coverage_text, timeline_text, trend_text};
