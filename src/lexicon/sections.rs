//! Section roles: what a part of a document is for.

use serde::Serialize;

/// The role of a section, a row of `sections.toml`, by its English name (`plan`, `measures`, …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Role(&'static str);

impl Role {
    /// The name in machine output.
    pub fn name(self) -> &'static str {
        self.0
    }
}
