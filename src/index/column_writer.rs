//! The columns of a segment while it is written.
//!
//! tantivy keeps the values of a column in memory until it writes them, in ten times the room that they
//! then take. So some paragraphs at a time are packed as tantivy writes them, and at the end joined as
//! it joins the columns of segments.

use std::io::Write;

use tantivy::Index;
use tantivy::columnar::{
    ColumnType, ColumnarReader, MergeRowOrder, StackMergeOrder, merge_columnar,
};
use tantivy::fastfield::FastFieldsWriter;
use tantivy::schema::{FieldEntry, FieldType, Schema};
use tantivy::tokenizer::TokenizerManager;

use super::entry::Entry;

/// Writes the columns of one segment.
pub(super) struct ColumnWriter {
    schema: Schema,
    tokenizers: TokenizerManager,
    /// Of the last paragraphs.
    loose: FastFieldsWriter,
    /// How many those are.
    paragraphs: usize,
    /// Bytes of memory that tantivy takes for columns without values.
    least: usize,
    /// Of those before, some at a time.
    packed: Vec<Vec<u8>>,
}

impl ColumnWriter {
    /// For a segment of an index.
    pub(super) fn new(index: &Index) -> tantivy::Result<Self> {
        let (schema, tokenizers) = (index.schema(), index.fast_field_tokenizer().clone());
        let loose = loose(&schema, &tokenizers)?;
        Ok(Self {
            least: loose.mem_usage(),
            loose,
            paragraphs: 0,
            packed: Vec::new(),
            schema,
            tokenizers,
        })
    }

    /// Takes the values of the next paragraph.
    pub(super) fn add(&mut self, entry: &Entry) -> tantivy::Result<()> {
        self.paragraphs += 1;
        self.loose.add_document(entry)
    }

    /// Bytes that packing would make smaller.
    pub(super) fn loose(&self) -> usize {
        self.loose.mem_usage().saturating_sub(self.least)
    }

    /// Bytes of all that it has in memory.
    pub(super) fn memory(&self) -> usize {
        self.loose.mem_usage() + self.packed.iter().map(Vec::len).sum::<usize>()
    }

    /// Packs what it has.
    pub(super) fn pack(&mut self) -> tantivy::Result<()> {
        let mut packed = Vec::new();
        self.loose.serialize(&mut packed, None)?;
        self.packed.push(packed);
        self.loose = loose(&self.schema, &self.tokenizers)?;
        self.paragraphs = 0;
        Ok(())
    }

    /// Writes the columns of all paragraphs.
    pub(super) fn write(mut self, mut into: impl Write) -> tantivy::Result<()> {
        if self.packed.is_empty() {
            self.loose.serialize(&mut into, None)?;
            return Ok(());
        }
        if self.paragraphs > 0 {
            self.pack()?;
        }
        let packed = self.packed.into_iter().map(ColumnarReader::open);
        let packed = packed.collect::<Result<Vec<_>, _>>()?;
        let packed: Vec<&ColumnarReader> = packed.iter().collect();
        let types: Vec<_> = self
            .schema
            .fields()
            .filter_map(|(_, of)| typed(of))
            .collect();
        let order = MergeRowOrder::Stack(StackMergeOrder::stack(&packed));
        merge_columnar(&packed, &types, order, &mut into)?;
        Ok(())
    }
}

fn loose(schema: &Schema, tokenizers: &TokenizerManager) -> tantivy::Result<FastFieldsWriter> {
    FastFieldsWriter::from_schema_and_tokenizer_manager(schema, tokenizers.clone())
}

/// The name of a field's column and the type of its values, which small values would not tell;
/// `None` where it has no column.
fn typed(field: &FieldEntry) -> Option<(String, ColumnType)> {
    let of = match field.field_type() {
        _ if !field.is_fast() => return None,
        FieldType::U64(_) => ColumnType::U64,
        FieldType::I64(_) => ColumnType::I64,
        FieldType::Str(_) | FieldType::Facet(_) => ColumnType::Str,
        _ => return None,
    };
    Some((field.name().to_owned(), of))
}
