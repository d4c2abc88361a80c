//! What `index-schema/` knows, as types: fields, regions, section roles, reform families, the
//! dictionary, character variants.
//!
//! Comes in: tables embedded at build time. Goes out: look-ups. Every table is parsed when it is
//! first asked for and never again, so a question that needs no region pays for none.

mod cues;
pub mod dictionary;
mod sections;
pub mod variants;

pub use cues::cues;
pub use sections::Role;

/// Changes with any table that decides how documents are cut, folded and labelled: an index built
/// under another fingerprint would answer differently.
pub const FINGERPRINT: &str = env!("XIANLI_FINGERPRINT");
