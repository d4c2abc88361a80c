//! Paragraphs to postings: which token stands in which paragraph, field by field.
//!
//! Comes in: some paragraphs as they will stand in a segment, side by side. Goes out: for each
//! indexed field its terms in order with their postings, the lengths of paragraphs and the number
//! of tokens. Does not know segments.
//!
//! A text is cut into units once: for characters, for pairs and for what tells repeats. Tokens are
//! numbered as they come and sorted once at the end, so that a token costs a look into a small
//! table and not a walk through all that was indexed before.

use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Document, Field, FieldEntry, FieldType, IndexRecordOption, Schema, Value};
use tantivy::tokenizer::{FacetTokenizer, MAX_TOKEN_LEN, TextAnalyzer, TokenizerManager};
use tantivy::{DocId, Index, Term};

use super::entry::Entry;
use super::identity::says;
use super::numbering::ByBytes;
use super::occurrences::{Inverted, Occurrences};
use super::records::{Place, Places};
use super::schema::Fields;
use super::tokens::TokenCounts;
use super::unit_views::UnitViews;
use crate::text::units;

/// What tantivy leaves free between two values of a field.
const GAP: u32 = 1;

/// The postings of some paragraphs.
pub(super) struct Inversion {
    pub(super) paragraphs: DocId,
    /// By the number of the field.
    pub(super) fields: Vec<Inverted>,
    /// Of the scored fields.
    pub(super) tokens: TokenCounts,
}

/// Turns paragraphs into postings.
pub(super) struct Inverter {
    fields: Fields,
    /// How the values of each field become tokens; `None` where they do not.
    cuts: Vec<Option<Cut>>,
    /// The tokens of each field, but for those that are made of units.
    values: Vec<FieldTokens>,
    views: UnitViews,
}

/// How a value becomes tokens.
enum Cut {
    Text(TextAnalyzer),
    /// A path and all above it.
    Facet(TextAnalyzer),
    Number,
}

/// The tokens of a field.
struct FieldTokens {
    numbers: ByBytes,
    occurrences: Occurrences,
}

impl Inverter {
    /// For an index.
    pub(super) fn of(index: &Index) -> tantivy::Result<Self> {
        let schema = index.schema();
        let fields = Fields::of(&schema)?;
        Ok(Self::new(&schema, fields, index.tokenizers()))
    }

    /// For the fields of a schema, with the tokenizers that it names.
    pub(super) fn new(schema: &Schema, fields: Fields, tokenizers: &TokenizerManager) -> Self {
        let of_units = [fields.text_chars, fields.text_pairs];
        let cut = |(field, entry): (Field, &FieldEntry)| {
            if !entry.is_indexed() || of_units.contains(&field) {
                return None;
            }
            Some(match entry.field_type() {
                FieldType::Str(options) => {
                    let name = options.get_indexing_options()?.tokenizer();
                    let cutter = tokenizers.get(name);
                    Cut::Text(cutter.expect("the tokenizers of the schema are registered"))
                }
                FieldType::Facet(_) => Cut::Facet(TextAnalyzer::from(FacetTokenizer::default())),
                _ => Cut::Number,
            })
        };
        let values = schema.fields().map(|(_, entry)| FieldTokens {
            numbers: ByBytes::default(),
            occurrences: Occurrences::new(places(entry)),
        });
        Self {
            fields,
            cuts: schema.fields().map(cut).collect(),
            values: values.collect(),
            views: UnitViews::default(),
        }
    }

    /// The postings of some paragraphs, numbered from 0. They are told what tells repeats of them.
    pub(super) fn invert<'e>(&mut self, entries: impl Iterator<Item = &'e mut Entry>) -> Inversion {
        let mut paragraphs = 0;
        for (paragraph, entry) in (0..).zip(entries) {
            paragraphs = paragraph + 1;
            let units = units(&entry.text);
            entry.says = says(&units);
            self.views.push(paragraph, &units);
            self.push_values(entry, paragraph);
        }
        let values = self.values.iter_mut();
        let mut fields: Vec<Inverted> = values.map(FieldTokens::take).collect();
        let [chars, pairs] = self.views.take();
        fields[self.fields.text_chars.field_id() as usize] = chars;
        fields[self.fields.text_pairs.field_id() as usize] = pairs;
        let tokens = |field: Field| fields[field.field_id() as usize].tokens;
        Inversion {
            paragraphs,
            tokens: TokenCounts(self.fields.scored().map(tokens)),
            fields,
        }
    }

    fn push_values(&mut self, entry: &Entry, paragraph: DocId) {
        // Where the next value of the field that had the last one would begin.
        let mut next = (None, 0);
        for (field, value) in entry.iter_fields_and_values() {
            let place = field.field_id() as usize;
            let (Some(cut), ReferenceValue::Leaf(value)) =
                (&mut self.cuts[place], value.as_value())
            else {
                continue;
            };
            let start = if next.0 == Some(field) { next.1 } else { 0 };
            let end = cut.push(&value, (paragraph, start), &mut self.values[place]);
            next = (Some(field), end + GAP);
        }
    }
}

impl Cut {
    /// Takes the tokens of a value that begins at a place; gives the place behind it.
    fn push(
        &mut self,
        value: &ReferenceValueLeaf<'_>,
        (paragraph, start): (DocId, u32),
        into: &mut FieldTokens,
    ) -> u32 {
        use ReferenceValueLeaf::{Facet, I64, Str};
        match (self, value) {
            (Self::Text(cutter), Str(text)) | (Self::Facet(cutter), Facet(text)) => {
                let mut end = start;
                cutter.token_stream(text).process(&mut |token| {
                    let at = start + token.position as u32;
                    end = end.max(at + token.position_length as u32);
                    into.push(token.text.as_bytes(), (paragraph, at));
                });
                end
            }
            (Self::Number, I64(number)) => {
                let term = Term::from_field_i64(Field::from_field_id(0), *number);
                into.push(term.serialized_value_bytes(), (paragraph, start));
                start
            }
            _ => start,
        }
    }
}

impl FieldTokens {
    fn push(&mut self, token: &[u8], place: Place) {
        if token.len() > MAX_TOKEN_LEN {
            return; // tantivy has no room for it
        }
        self.occurrences.lengths.count(place.0, 1);
        self.occurrences.push(self.numbers.number(token), place);
    }

    fn take(&mut self) -> Inverted {
        let inverted = self.occurrences.take(self.numbers.tokens());
        self.numbers.clear();
        inverted
    }
}

/// Whether the index keeps the places of a field's terms.
pub(super) fn places(entry: &FieldEntry) -> Places {
    match entry.field_type().index_record_option() {
        Some(IndexRecordOption::WithFreqsAndPositions) => Places::Kept,
        _ => Places::Dropped,
    }
}
