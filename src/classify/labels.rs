//! What was understood of a document, each label with its evidence.

use serde::Serialize;

use crate::document::{Beside, Metadata, Script, Status};
use crate::lexicon::Role;

/// Everything that was understood of one document.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// The title; made up where the document has none, which `title_derived` says.
    pub title: Option<Label<String>>,
    /// Whether the title was made up of region, year and type.
    pub title_derived: bool,
    /// Full names from province to county, with the code of the last as `region_code`.
    pub region: Option<Label<Vec<String>>>,
    /// The division code of the region.
    pub region_code: Option<Label<String>>,
    /// The issuing body, as written.
    pub issuer: Option<Label<String>>,
    /// The year that the document reports on or belongs to.
    pub year: Option<Label<i32>>,
    /// The publishing date, ISO 8601.
    pub published: Option<Label<String>>,
    /// The signing (or passing) date, ISO 8601.
    pub signed: Option<Label<String>>,
    /// The date that the text counts up to (截至…), ISO 8601.
    pub as_of: Option<Label<String>>,
    /// The day from which it is in force, ISO 8601.
    pub effective: Option<Label<String>>,
    /// Validity, where stated.
    pub status: Option<Label<Status>>,
    /// The document number, normalised.
    pub number: Option<Label<String>>,
    /// The index number (信息索引号), as written.
    pub index_number: Option<Label<String>>,
    /// The kind of document (文种).
    pub kind: Option<Label<String>>,
    /// The level of the issuer.
    pub level: Option<Label<String>>,
    /// The script of the text.
    pub script: Script,
    /// The section role of each line of the document, by its place in `Document::lines`.
    pub roles: Vec<Option<Role>>,
    /// What contradicts itself, in sentences for the reader.
    pub conflicts: Vec<String>,
}

/// A value and why it is believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label<T> {
    /// The value.
    pub value: T,
    /// What it was read from, the strongest first.
    pub evidence: Vec<Evidence>,
    /// Whether the value is a guess that a reader should check.
    pub guess: bool,
}

/// Words that a label was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The part of the document that spoke.
    pub source: Source,
    /// The metadata file that states it; `None` for all that the document itself holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The number of the line, from 1, of the metadata file where there is one; `None` where the
    /// container of the document states it.
    pub line: Option<usize>,
    /// The words, as written.
    pub quote: String,
}

/// The part of a document that evidence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// Stated beside the text: a field of a `.jsonl` line, a meta tag, a metadata file.
    Given,
    /// The title line.
    Title,
    /// A header line.
    Header,
    /// A status line.
    Status,
    /// The signature.
    Signature,
    /// The running text.
    Body,
    /// Other labels, for a value that was made up of them.
    Derived,
}

/// Words that were stated beside the text, and by which row of a metadata file, if by one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'d> {
    pub(super) words: &'d str,
    pub(super) beside: Option<&'d Beside>,
}

impl Given<'_> {
    pub(super) fn evidence(self) -> Evidence {
        Evidence {
            source: Source::Given,
            file: self.beside.map(|beside| beside.file.clone()),
            line: self.beside.map(|beside| beside.line),
            quote: self.words.to_owned(),
        }
    }
}

/// The level of what stands above all regions.
pub(super) const NATION: &str = "国家";

impl<T> Label<T> {
    /// A value that the text states.
    pub(super) fn found(value: T, evidence: Evidence) -> Self {
        Self {
            value,
            evidence: vec![evidence],
            guess: false,
        }
    }

    /// A value that was made up of what the text says, for a reader to check.
    pub(super) fn guessed(value: T, evidence: Vec<Evidence>) -> Self {
        Self {
            value,
            evidence,
            guess: true,
        }
    }

    /// A value that was stated beside the text, in these words.
    pub(super) fn given(value: T, given: Given<'_>) -> Self {
        Self::found(value, given.evidence())
    }
}

impl Labels {
    /// The labels that a reader may ask of every document and that this one does not have, by their
    /// names. A title that was made up is missing; the region of an organ of the nation is not.
    pub fn missing(&self) -> Vec<&'static str> {
        let is_national = self
            .level
            .as_ref()
            .is_some_and(|level| level.value == NATION);
        let known = [
            ("title", self.title.is_some() && !self.title_derived),
            ("region", self.region.is_some() || is_national),
            ("issuer", self.issuer.is_some()),
            ("year", self.year.is_some()),
            ("published", self.published.is_some()),
            ("signed", self.signed.is_some()),
            ("number", self.number.is_some()),
            ("kind", self.kind.is_some()),
        ];
        known
            .into_iter()
            .filter(|(_, is_known)| !is_known)
            .map(|(name, _)| name)
            .collect()
    }

    /// The labels that are guesses, by their names; a title that was made up is [missing](Self::missing).
    pub fn guessed(&self) -> Vec<&'static str> {
        fn guess<T>(label: Option<&Label<T>>) -> bool {
            label.is_some_and(|label| label.guess)
        }
        let guessed = [
            ("title", guess(self.title.as_ref()) && !self.title_derived),
            ("region", guess(self.region.as_ref())),
            ("issuer", guess(self.issuer.as_ref())),
            ("year", guess(self.year.as_ref())),
            ("published", guess(self.published.as_ref())),
            ("signed", guess(self.signed.as_ref())),
            ("number", guess(self.number.as_ref())),
            ("kind", guess(self.kind.as_ref())),
        ];
        guessed
            .into_iter()
            .filter(|(_, is_guess)| *is_guess)
            .map(|(name, _)| name)
            .collect()
    }

    /// The facts without the evidence. `id`, `path` and what only the container knows stay empty.
    pub fn metadata(&self) -> Metadata {
        fn value<T: Clone>(label: Option<&Label<T>>) -> Option<T> {
            label.map(|label| label.value.clone())
        }
        Metadata {
            title: value(self.title.as_ref()).unwrap_or_default(),
            title_derived: self.title_derived,
            region: value(self.region.as_ref()).unwrap_or_default(),
            region_code: value(self.region_code.as_ref()),
            issuer: value(self.issuer.as_ref()),
            year: value(self.year.as_ref()),
            published: value(self.published.as_ref()),
            signed: value(self.signed.as_ref()),
            status: value(self.status.as_ref()),
            number: value(self.number.as_ref()),
            script: self.script,
            kind: value(self.kind.as_ref()),
            level: value(self.level.as_ref()),
            ..Metadata::default()
        }
    }
}
