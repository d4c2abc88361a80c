//! Why a question could not be answered.

use crate::index::IndexError;

/// Why a question could not be answered. What was asked is never the reason: any string is a
/// question; only a filter's value can be wrong.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A filter has a value that is nothing.
    #[error("no {filter} is called `{value}`{}", nearest_hint(nearest))]
    UnknownValue {
        /// The filter: `region`, `section`, …
        filter: &'static str,
        /// Its value as typed.
        value: String,
        /// The nearest values that there are.
        nearest: Vec<String>,
    },
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Index(error.into())
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        Self::Index(tantivy::TantivyError::from(error).into())
    }
}

fn nearest_hint(nearest: &[String]) -> String {
    if nearest.is_empty() {
        String::new()
    } else {
        format!("\nhint: the nearest are {}", nearest.join(", "))
    }
}
