//! Whether an index can answer, and what to type when it cannot.

use std::fmt;
use std::path::Path;

/// What an index is to this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freshness {
    /// Written by this format and lexicon: it answers.
    Current,
    /// There is none.
    Missing,
    /// It cannot be read.
    Corrupt {
        /// What cannot be read, and why.
        reason: String,
    },
    /// It was written in another format.
    OtherFormat {
        /// The format of this program.
        expected: u32,
        /// The format of the index; `None` where it does not say.
        found: Option<u32>,
    },
    /// It was cut and labelled by other tables.
    OtherLexicon {
        /// The fingerprint of this program's tables.
        expected: String,
        /// The fingerprint in the index.
        found: String,
    },
}

impl Freshness {
    /// The name in machine output: `current`, `missing`, `corrupt`, `other-format`,
    /// `other-lexicon`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Missing => "missing",
            Self::Corrupt { .. } => "corrupt",
            Self::OtherFormat { .. } => "other-format",
            Self::OtherLexicon { .. } => "other-lexicon",
        }
    }

    /// One sentence for the user, and one on what to type.
    pub fn sentence(&self, folder: &Path) -> String {
        let hint = match self {
            Self::Current => "",
            Self::Missing => "\nhint: build one with `xianli-index update PATH`",
            _ => "\nhint: build it anew with `xianli-index update`",
        };
        format!("the index {} {self}{hint}", folder.display())
    }
}

impl fmt::Display for Freshness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Current => write!(f, "is current"),
            Self::Missing => write!(f, "does not exist"),
            Self::Corrupt { reason } => write!(f, "cannot be read: {reason}"),
            Self::OtherFormat {
                expected,
                found: Some(found),
            } => write!(
                f,
                "has format {found}, this program reads format {expected}"
            ),
            Self::OtherFormat { expected, .. } => {
                write!(f, "states no format, this program reads format {expected}")
            }
            Self::OtherLexicon { expected, found } => write!(
                f,
                "was built with lexicon {found}, this program has lexicon {expected}"
            ),
        }
    }
}
