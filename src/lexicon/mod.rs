//! What `index-schema/` knows, as types: fields, regions, section roles, document kinds, reform
//! families, the dictionary, character variants.
//!
//! Comes in: tables embedded at build time. Goes out: look-ups. Every table is parsed when it is
//! first asked for and never again, so a question that needs no region pays for none.

pub mod codebook;
mod cues;
pub mod dictionary;
mod families;
mod fields;
mod formulas;
mod function_words;
mod gazetteer;
mod kinds;
mod pattern;
mod quantities;
mod region_table;
mod regions;
mod sections;
mod tables;
mod terms;
pub mod variants;
mod words;

pub use cues::cues;
pub use families::{Family, FamilyError, families, families_of, merge_families, parse_families};
pub use fields::{Field, FieldKind, Over};
pub use formulas::formulas;
pub use function_words::{is_function_word, is_question_word};
pub use gazetteer::{Mention, NameForm, mentions};
pub use kinds::Kind;
pub use pattern::{Pattern, PatternError};
pub use quantities::quantity_words;
pub use regions::{Level, Region};
pub use sections::Role;
pub use tables::{Organ, header_fact, metadata_field, status_words};
pub use terms::term_words;

/// Changes with any table that decides how documents are cut, folded and labelled: an index built
/// under another fingerprint would answer differently.
pub const FINGERPRINT: &str = env!("XIANLI_FINGERPRINT");
