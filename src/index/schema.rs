//! What the index keeps of a paragraph, field by field.
//!
//! Comes in: nothing. Goes out: tantivy's schema with typed handles. Nothing here reads or writes an index.
//!
//! | field | writer | reader | invariant |
//! |---|---|---|---|
//! | `id` | every paragraph of a document | deletion; `show` | one run of tantivy documents for each id, in order, in one segment |
//! | `key` | the first letters of the document's id as a number, with its first paragraph only | the order of equal hits; from a paragraph to its document and back ([`Firsts`](super::firsts::Firsts)) | in the order of ids |
//! | `text_words`, `text_chars`, `text_pairs` | the three views of the paragraph's text | ranking; finding | one token stream each, same text |
//! | `title` | the document's title, with its first paragraph only | the tier `all`, `title:` | units and pairs in one field, with positions |
//! | `headings` | the headings above, outermost first, with the first paragraph under them only | the same, `heading:`; hits | as `title`; a gap of one position between two headings |
//! | `issuer`, `number` | labels of the document, with its first paragraph only | filters by part of the name | as `title`, without lengths |
//! | `region` | the document's region as a facet, all ancestors | filter, facet counts | absent where unknown or ambiguous |
//! | `year`, `status`, `kind`, `level` | labels of the document | filters, facet counts, order | at most one value |
//! | `role` | the section role of the paragraph | filter, facet counts | at most one value |
//! | `line` | what the source line is for ([`line_code`]) | ranking, `show` | every paragraph has one |
//! | `section` | the number of the paragraph's heading path in its document, from 0 | `--within section` | equal paths have equal numbers |
//! | `under` | 1 with the first paragraph under its headings, and with no other | from a paragraph to its headings and back ([`Firsts`](super::firsts::Firsts)) | on the first paragraph of each document, and where the headings change |
//! | `says` | the fingerprint of the paragraph's units ([`says`](super::identity::says)) | hits that repeat each other | equal texts have equal ones |
//!
//! No field is stored: what is kept to be shown, facts of documents and texts, is written to
//! tantivy's store as bytes ([`kept`](super::kept)).

use tantivy::TantivyError;
use tantivy::schema::{
    FAST, FacetOptions, Field, INDEXED, IndexRecordOption, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};

use crate::document::LineKind;

/// The version of everything below and of how documents are read, cut and labelled by code.
/// Raise it when an index built before would answer differently from one built now.
pub const FORMAT: u32 = 6;

/// The names of the fields whose lengths enter a score.
pub(super) const SCORED: [&str; 5] = [
    "text_words",
    "text_chars",
    "text_pairs",
    "title",
    "headings",
];

/// The tokenizer of labels that are found by any part of them. Every scored field has a tokenizer
/// of its own name.
pub(super) const LABEL: &str = "label";

/// Handles of the fields. What each is for stands in the table at the top of this file.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the module's table says what each field is")]
pub struct Fields {
    pub id: Field,
    pub key: Field,
    pub text_words: Field,
    pub text_chars: Field,
    pub text_pairs: Field,
    pub title: Field,
    pub headings: Field,
    pub issuer: Field,
    pub number: Field,
    pub region: Field,
    pub year: Field,
    pub status: Field,
    pub kind: Field,
    pub level: Field,
    pub role: Field,
    pub line: Field,
    pub section: Field,
    pub under: Field,
    pub says: Field,
}

impl Fields {
    /// The fields whose lengths enter a score, in the order of `SCORED`.
    pub fn scored(&self) -> [Field; 5] {
        [
            self.text_words,
            self.text_chars,
            self.text_pairs,
            self.title,
            self.headings,
        ]
    }

    /// The handles in the schema of an index that was opened.
    ///
    /// # Errors
    /// When the schema lacks a field: it is another format.
    pub fn of(schema: &Schema) -> Result<Self, TantivyError> {
        let field = |name: &str| schema.get_field(name);
        Ok(Self {
            id: field("id")?,
            key: field("key")?,
            text_words: field("text_words")?,
            text_chars: field("text_chars")?,
            text_pairs: field("text_pairs")?,
            title: field("title")?,
            headings: field("headings")?,
            issuer: field("issuer")?,
            number: field("number")?,
            region: field("region")?,
            year: field("year")?,
            status: field("status")?,
            kind: field("kind")?,
            level: field("level")?,
            role: field("role")?,
            line: field("line")?,
            section: field("section")?,
            under: field("under")?,
            says: field("says")?,
        })
    }
}

/// The schema and the handles of its fields.
pub fn schema() -> (Schema, Fields) {
    let mut builder = SchemaBuilder::new();
    let view = |tokenizer, option| indexed(tokenizer, option, Lengths::Kept);
    let fields = Fields {
        id: builder.add_text_field("id", label()),
        key: builder.add_u64_field("key", FAST),
        text_words: builder.add_text_field(
            "text_words",
            view("text_words", IndexRecordOption::WithFreqs),
        ),
        text_chars: builder.add_text_field(
            "text_chars",
            view("text_chars", IndexRecordOption::WithFreqs),
        ),
        text_pairs: builder.add_text_field(
            "text_pairs",
            view("text_pairs", IndexRecordOption::WithFreqsAndPositions),
        ),
        title: builder.add_text_field("title", short("title", Lengths::Kept)),
        headings: builder.add_text_field("headings", short("headings", Lengths::Kept)),
        issuer: builder.add_text_field("issuer", short(LABEL, Lengths::Dropped)),
        number: builder.add_text_field("number", short(LABEL, Lengths::Dropped)),
        region: builder.add_facet_field("region", FacetOptions::default()),
        year: builder.add_i64_field("year", FAST | INDEXED),
        status: builder.add_text_field("status", label() | FAST),
        kind: builder.add_text_field("kind", label() | FAST),
        level: builder.add_text_field("level", label() | FAST),
        role: builder.add_text_field("role", label() | FAST),
        line: builder.add_u64_field("line", FAST),
        section: builder.add_u64_field("section", FAST),
        under: builder.add_u64_field("under", FAST),
        says: builder.add_u64_field("says", FAST),
    };
    (builder.build(), fields)
}

/// The value of `line` for each kind of source line.
///
/// ```
/// use xianli::{document::LineKind, index::{line_code, line_kind}};
/// assert_eq!(line_kind(line_code(LineKind::Heading)), Some(LineKind::Heading));
/// ```
pub fn line_code(kind: LineKind) -> u64 {
    LINE_KINDS
        .iter()
        .position(|&each| each == kind)
        .map_or(u64::MAX, |place| place as u64)
}

/// The kind of source line that a value of `line` stands for.
pub fn line_kind(code: u64) -> Option<LineKind> {
    LINE_KINDS.get(usize::try_from(code).ok()?).copied()
}

/// By their value in `line`. New kinds go last.
const LINE_KINDS: [LineKind; 9] = [
    LineKind::Title,
    LineKind::Header,
    LineKind::Status,
    LineKind::Salutation,
    LineKind::Heading,
    LineKind::Paragraph,
    LineKind::Signature,
    LineKind::Closing,
    LineKind::Boilerplate,
];

/// Whether the number of tokens of each paragraph is kept, for scores.
#[derive(Clone, Copy)]
enum Lengths {
    Kept,
    Dropped,
}

fn indexed(tokenizer: &str, option: IndexRecordOption, lengths: Lengths) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(option)
            .set_fieldnorms(matches!(lengths, Lengths::Kept)),
    )
}

/// A short text, of which any part is found literally.
fn short(tokenizer: &str, lengths: Lengths) -> TextOptions {
    indexed(tokenizer, IndexRecordOption::WithFreqsAndPositions, lengths)
}

/// A value that is found as a whole.
fn label() -> TextOptions {
    indexed("raw", IndexRecordOption::Basic, Lengths::Dropped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handles_are_found_again_by_name() {
        let (schema, fields) = schema();
        let found = Fields::of(&schema).unwrap();
        assert_eq!(format!("{found:?}"), format!("{fields:?}"));
    }
}
