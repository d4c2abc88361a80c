//! One paragraph as tantivy takes it: field by field, without copying its text for every view.
//!
//! Comes in: a document with its labels. Goes out: its entries, in order. What a document has once
//! (title, region, facts) is held once and shared by its entries.

use std::collections::HashMap;
use std::iter::Empty;
use std::sync::Arc;

use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Document as TantivyDocument, Facet, Field, Value};

use super::identity::key;
use super::schema::{Fields, line_code};
use super::stored::StoredParagraph;
use crate::classify::Labels;
use crate::document::{Document, LineKind, Metadata, Status};
use crate::lexicon::Role;

/// One paragraph on its way into the index.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) document: Arc<Shared>,
    pub(super) text: String,
    pub(super) headings: Arc<[String]>,
    pub(super) ordinal: u32,
    pub(super) kind: LineKind,
    pub(super) role: Option<&'static str>,
    pub(super) section: u32,
    /// Whether its headings come with it: those behind it stand under the same.
    pub(super) starts_section: bool,
    /// The fingerprint of its units ([`says`](super::identity::says)), once they are known.
    pub(super) says: u32,
    /// What is stored of it ([`kept`](super::kept)), once that is made.
    pub(super) kept: Vec<u8>,
}

impl Entry {
    /// Whether what its document has once (title, issuer, number, facts) comes with it.
    pub(super) fn starts_document(&self) -> bool {
        self.ordinal == 1
    }
}

/// What all entries of a document have in common.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) fields: Fields,
    pub(super) id: String,
    pub(super) title: String,
    region: Option<Facet>,
    issuer: Option<String>,
    number: Option<String>,
    year: Option<i64>,
    status: Option<&'static str>,
    kind: Option<String>,
    level: Option<String>,
    facts: String,
}

impl Shared {
    pub(super) fn new(fields: Fields, metadata: &Metadata) -> Self {
        let region = &metadata.region;
        Self {
            fields,
            id: metadata.id.clone(),
            title: metadata.title.clone(),
            region: (!region.is_empty()).then(|| Facet::from_path(region)),
            issuer: metadata.issuer.clone(),
            number: metadata.number.clone(),
            year: metadata.year.map(i64::from),
            status: metadata.status.map(Status::name),
            kind: metadata.kind.clone(),
            level: metadata.level.clone(),
            facts: serde_json::to_string(metadata).expect("metadata has string keys only"),
        }
    }

    /// JSON of the [`Metadata`].
    pub(super) fn facts(&self) -> &str {
        &self.facts
    }
}

/// The entries of a document, in order.
pub(super) fn entries(shared: Shared, document: &Document, labels: &Labels) -> Vec<Entry> {
    let shared = Arc::new(shared);
    let mut sections: HashMap<&[String], (u32, Arc<[String]>)> = HashMap::new();
    let mut above = None;
    document
        .paragraphs()
        .map(|paragraph| {
            let line = paragraph.source;
            let next = u32::try_from(sections.len()).unwrap_or(u32::MAX);
            let (section, headings) = sections
                .entry(&line.path)
                .or_insert_with(|| (next, line.path.clone().into()))
                .clone();
            let starts_section = above.replace(section) != Some(section);
            let role = labels.roles.get(paragraph.line).copied().flatten();
            Entry {
                document: Arc::clone(&shared),
                text: line.printed(),
                headings,
                ordinal: paragraph.ordinal,
                kind: line.kind,
                role: role.map(Role::name),
                section,
                starts_section,
                says: 0,
                kept: Vec::new(),
            }
        })
        .collect()
}

/// The entries of a document that was stored, as far as they were kept: all that was cut into
/// tokens is there.
pub(super) fn stored_entries(shared: Shared, paragraphs: Vec<StoredParagraph>) -> Vec<Entry> {
    let shared = Arc::new(shared);
    let mut entries: Vec<Entry> = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        let above = entries.last();
        let above = above.filter(|above| *above.headings == paragraph.headings);
        entries.push(Entry {
            document: Arc::clone(&shared),
            text: paragraph.text,
            starts_section: above.is_none(),
            headings: paragraph.headings.into(),
            ordinal: paragraph.ordinal,
            kind: paragraph.kind,
            role: None,
            section: 0,
            says: 0,
            kept: Vec::new(),
        });
    }
    entries
}

/// A value of a field, borrowed from its entry.
#[derive(Debug, Clone, Copy)]
pub(super) enum EntryValue<'e> {
    Str(&'e str),
    U64(u64),
    I64(i64),
    Facet(&'e str),
}

impl<'e> Value<'e> for EntryValue<'e> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'e str, Self)>;

    fn as_value(&self) -> ReferenceValue<'e, Self> {
        ReferenceValue::Leaf(match *self {
            Self::Str(text) => ReferenceValueLeaf::Str(text),
            Self::U64(number) => ReferenceValueLeaf::U64(number),
            Self::I64(number) => ReferenceValueLeaf::I64(number),
            Self::Facet(path) => ReferenceValueLeaf::Facet(path),
        })
    }
}

impl TantivyDocument for Entry {
    type Value<'a> = EntryValue<'a>;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, EntryValue<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        use EntryValue::{Facet, I64, Str, U64};
        let shared = &*self.document;
        let fields = &shared.fields;
        let mut values = Vec::with_capacity(20 + self.headings.len());
        values.extend([
            (fields.id, Str(&shared.id)),
            (fields.text_words, Str(&self.text)),
            (fields.text_chars, Str(&self.text)),
            (fields.text_pairs, Str(&self.text)),
            (fields.line, U64(line_code(self.kind))),
            (fields.section, U64(self.section.into())),
            (fields.says, U64(self.says.into())),
        ]);
        if self.starts_section {
            values.push((fields.under, U64(1)));
            let headings = self.headings.iter();
            values.extend(headings.map(|heading| (fields.headings, Str(heading))));
        }
        if self.starts_document() {
            values.push((fields.key, U64(key(&shared.id))));
            values.push((fields.title, Str(&shared.title)));
            let labels = [
                (fields.issuer, &shared.issuer),
                (fields.number, &shared.number),
            ];
            let labels = labels.into_iter();
            values.extend(labels.filter_map(|(field, label)| Some((field, Str(label.as_ref()?)))));
        }
        let optional = [
            (
                fields.region,
                shared.region.as_ref().map(|f| Facet(f.encoded_str())),
            ),
            (fields.year, shared.year.map(I64)),
            (fields.status, shared.status.map(Str)),
            (fields.kind, shared.kind.as_deref().map(Str)),
            (fields.level, shared.level.as_deref().map(Str)),
            (fields.role, self.role.map(Str)),
        ];
        let present = optional.into_iter();
        values.extend(present.filter_map(|(field, value)| Some((field, value?))));
        values.into_iter()
    }
}
