//! A place in the corpus to point at: which paragraph of which document, and its words.

use std::ops::Range;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::document::Metadata;

use super::passage::Passage;
use super::surroundings::sentence_of;

/// Words of a paragraph, with what is needed to find and to cite them.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// `document/ordinal`.
    pub id: String,
    /// The document.
    pub document: Arc<Metadata>,
    /// The section role by its English name.
    pub role: Option<String>,
    /// The words, as written.
    pub text: String,
}

impl Quote {
    /// The sentence of a paragraph that the bytes `place` stand in.
    pub fn sentence(passage: &Passage, place: &Range<usize>) -> Self {
        Self::words(passage, sentence_of(&passage.text, place))
    }

    /// Some words of a paragraph.
    pub fn words(passage: &Passage, words: &str) -> Self {
        Self {
            id: passage.id(),
            document: Arc::clone(&passage.document),
            role: passage.role.clone(),
            text: words.to_owned(),
        }
    }
}

/// The facts that a row of evidence shows, then the words.
impl Serialize for Quote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'q> {
            id: &'q str,
            region: &'q [String],
            region_code: Option<&'q str>,
            year: Option<i32>,
            title: &'q str,
            issuer: Option<&'q str>,
            path: &'q str,
            role: Option<&'q str>,
            quote: &'q str,
        }
        let document = &self.document;
        Written {
            id: &self.id,
            region: &document.region,
            region_code: document.region_code.as_deref(),
            year: document.year,
            title: &document.title,
            issuer: document.issuer.as_deref(),
            path: &document.path,
            role: self.role.as_deref(),
            quote: &self.text,
        }
        .serialize(serializer)
    }
}
