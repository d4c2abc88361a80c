//! A paragraph with the facts about its document: what the instruments read, and what they cite.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::document::{LineKind, Metadata};
use crate::search::Hit;

/// A paragraph of the corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The document that it stands in, shared by all its paragraphs.
    pub document: Arc<Metadata>,
    /// Its place in the document, from 1.
    pub ordinal: u32,
    /// What its line is for.
    pub kind: LineKind,
    /// The section role by its English name.
    pub role: Option<String>,
    /// The headings above it, outermost first.
    pub path: Vec<String>,
    /// The text as written.
    pub text: String,
}

impl Passage {
    /// `document/ordinal`, the id to cite.
    pub fn id(&self) -> String {
        format!("{}/{}", self.document.id, self.ordinal)
    }

    /// Whether it says something: a paragraph or a heading, not a title, a header line or a
    /// signature.
    pub fn is_content(&self) -> bool {
        matches!(self.kind, LineKind::Paragraph | LineKind::Heading)
    }
}

/// A hit of a search: lines without a section role are titles, headers and signatures.
impl From<Hit> for Passage {
    fn from(hit: Hit) -> Self {
        let (_, ordinal) = hit.id.rsplit_once('/').unwrap_or_default();
        Self {
            ordinal: ordinal.parse().unwrap_or_default(),
            kind: match hit.section.role {
                Some(_) => LineKind::Paragraph,
                None => LineKind::Title,
            },
            document: Arc::new(hit.document),
            role: hit.section.role,
            path: hit.section.path,
            text: hit.text,
        }
    }
}

/// As a hit of a search is written: id, document, section, text.
impl Serialize for Passage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'p> {
            id: String,
            document: &'p Metadata,
            section: Section<'p>,
            text: &'p str,
        }
        #[derive(Serialize)]
        struct Section<'p> {
            path: &'p [String],
            role: Option<&'p str>,
        }
        Written {
            id: self.id(),
            document: &self.document,
            section: Section {
                path: &self.path,
                role: self.role.as_deref(),
            },
            text: &self.text,
        }
        .serialize(serializer)
    }
}
