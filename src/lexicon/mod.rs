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
