//! Inverted paragraphs to a segment of the index.
//!
//! Comes in: paragraphs with their postings, some at a time. Goes out: the files of one segment, as
//! tantivy reads and merges them. What is stored goes to disk at once. Postings wait, packed, in
//! memory or beside it, and are written term by term at the end; so a run makes few segments, and
//! no posting is written by tantivy and read again to be merged.

use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::write_alive_bitset;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{Segment, SegmentComponent};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{Field, IndexRecordOption, Schema};
use tantivy::store::StoreWriter;
use tantivy::{BitSet, DocId, Index, SegmentMeta};

use super::column_writer::ColumnWriter;
use super::entry::Entry;
use super::inversion::{Inversion, places};
use super::records::Merged;
use super::spill::{Part, Spill};
use super::term_blocks::in_blocks;

/// About how many bytes the place of a document takes.
const A_DOCUMENT: usize = 80;

/// Writes one segment.
pub(super) struct SegmentBuilder {
    segment: Segment,
    schema: Schema,
    store: StoreWriter,
    columns: ColumnWriter,
    lengths: FieldNormsWriter,
    fields: Vec<FieldParts>,
    spill: Spill,
    /// Bytes of postings in memory.
    held: usize,
    paragraphs: DocId,
    /// Of how many the postings are there.
    inverted: DocId,
    /// Where the documents stand that were not removed again.
    documents: HashMap<String, Range<DocId>>,
    removed: Vec<Range<DocId>>,
}

/// The postings of one field.
#[derive(Default)]
struct FieldParts {
    /// Each with the number of its first paragraph.
    parts: Vec<(DocId, Part)>,
    tokens: u64,
}

impl SegmentBuilder {
    /// A segment of an index, which no commit speaks of. What finds no room in memory is put away
    /// in `folder`.
    pub(super) fn new(index: &Index, folder: Option<PathBuf>) -> tantivy::Result<Self> {
        let segment = index.new_segment();
        let schema = segment.schema();
        let settings = index.settings();
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            false,
        )?;
        let mut fields = Vec::new();
        fields.resize_with(schema.num_fields(), FieldParts::default);
        Ok(Self {
            store,
            columns: ColumnWriter::new(index)?,
            lengths: FieldNormsWriter::for_schema(&schema),
            fields,
            spill: Spill::new(folder),
            held: 0,
            paragraphs: 0,
            inverted: 0,
            documents: HashMap::new(),
            removed: Vec::new(),
            schema,
            segment,
        })
    }

    /// Bytes of postings in memory.
    pub(super) fn held(&self) -> usize {
        self.held
    }

    /// Bytes of all that it has in memory.
    pub(super) fn memory(&self) -> usize {
        let documents = self.documents.len() * A_DOCUMENT;
        self.held + self.columns.memory() + self.lengths.mem_usage() + documents
    }

    /// Bytes of values of columns in memory that are not packed.
    pub(super) fn loose(&self) -> usize {
        self.columns.loose()
    }

    /// Packs the columns of the paragraphs that it has.
    pub(super) fn pack(&mut self) -> tantivy::Result<()> {
        self.columns.pack()
    }

    /// Takes a document behind those that it has, without its postings.
    pub(super) fn add(&mut self, document: &[Entry]) -> tantivy::Result<()> {
        let first = self.paragraphs;
        for entry in document {
            self.store.store_bytes(&entry.kept)?;
            self.columns.add(entry)?;
            self.paragraphs += 1;
        }
        if let Some(entry) = document.first() {
            let id = entry.document.id.clone();
            self.documents.insert(id, first..self.paragraphs);
        }
        Ok(())
    }

    /// Takes the postings of the paragraphs behind those of which it has them.
    pub(super) fn add_postings(&mut self, inversion: Inversion) {
        let first = self.inverted;
        self.inverted += inversion.paragraphs;
        for ((number, field), inverted) in (0..).zip(&mut self.fields).zip(inversion.fields) {
            for (paragraph, length) in inverted.lengths {
                let field = Field::from_field_id(number);
                self.lengths.record(first + paragraph, field, length);
            }
            field.tokens += inverted.tokens;
            if !inverted.terms.is_empty() {
                self.held += inverted.terms.len();
                field.parts.push((first, Part::Held(inverted.terms)));
            }
        }
    }

    /// Puts the postings away that are in memory.
    pub(super) fn put_away(&mut self) -> io::Result<()> {
        for (_, part) in self.fields.iter_mut().flat_map(|field| &mut field.parts) {
            self.spill.put_away(part)?;
        }
        let parts = self.fields.iter().flat_map(|field| &field.parts);
        self.held = parts.map(|(_, part)| part.held()).sum();
        Ok(())
    }

    /// Removes a document that it has; false where it does not.
    pub(super) fn remove(&mut self, id: &str) -> bool {
        let document = self.documents.remove(id);
        let is_here = document.is_some();
        self.removed.extend(document);
        is_here
    }

    /// Writes what is not yet on disk. `None` where there is no paragraph.
    pub(super) fn finish(mut self) -> tantivy::Result<Option<SegmentMeta>> {
        self.store.close()?;
        let mut file = self.segment.open_write(SegmentComponent::FastFields)?;
        self.columns.write(&mut file)?;
        file.terminate()?;
        self.lengths.fill_up_to_max_doc(self.paragraphs);
        let file = self.segment.open_write(SegmentComponent::FieldNorms)?;
        self.lengths
            .serialize(FieldNormsSerializer::from_write(file)?, None)?;
        write_postings(&self.segment, &self.schema, &self.fields, &self.spill)?;
        let segment = self.segment.with_max_doc(self.paragraphs);
        let segment = without(segment, self.paragraphs, &self.removed)?;
        Ok((self.paragraphs > 0).then(|| segment.meta().clone()))
    }
}

/// Field by field, term by term.
fn write_postings(
    segment: &Segment,
    schema: &Schema,
    fields: &[FieldParts],
    spill: &Spill,
) -> tantivy::Result<()> {
    let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
    let mut serializer = InvertedIndexSerializer::open(segment)?;
    for ((field, entry), FieldParts { parts, tokens }) in schema.fields().zip(fields) {
        if parts.is_empty() {
            continue;
        }
        let option = entry.field_type().index_record_option();
        let has_frequencies = option.is_some_and(IndexRecordOption::has_freq);
        let parts = parts.iter().map(|(first, part)| (*first, spill.read(part)));
        let terms = Merged::of(parts, places(entry))?;
        let mut serializer = serializer.new_field(field, *tokens, lengths.get_field(field)?)?;
        in_blocks(terms, |block| {
            for term in block.terms() {
                serializer.new_term(term.bytes, term.paragraphs(), has_frequencies)?;
                term.each(|doc, frequency, distances| {
                    serializer.write_doc(doc, frequency, distances);
                });
                serializer.close_term()?;
            }
            Ok(())
        })?;
        serializer.close()?;
    }
    serializer.close()?;
    Ok(())
}

/// The segment, with some paragraphs removed.
fn without(
    segment: Segment,
    paragraphs: DocId,
    removed: &[Range<DocId>],
) -> tantivy::Result<Segment> {
    if removed.is_empty() {
        return Ok(segment);
    }
    let mut alive = BitSet::with_max_value_and_full(paragraphs);
    for doc in removed.iter().cloned().flatten() {
        alive.remove(doc);
    }
    let gone = paragraphs - alive.len() as u32;
    let segment = segment.with_delete_meta(gone, 0);
    let mut file = segment.open_write(SegmentComponent::Delete)?;
    write_alive_bitset(&alive, &mut file)?;
    file.terminate()?;
    Ok(segment)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use tantivy::postings::Postings;
    use tantivy::{DocSet, IndexSettings, TERMINATED, Term};

    use super::*;
    use crate::classify::Labels;
    use crate::document::{Document, Line, LineKind, Metadata};
    use crate::index::entry::{Shared, entries};
    use crate::index::error::IndexError;
    use crate::index::inversion::Inverter;
    use crate::index::kept::kept;
    use crate::index::reader::IndexReader;
    use crate::index::schema::{Fields, schema};
    use crate::index::tokens::tokenizers;

    fn index() -> Index {
        let builder = Index::builder().schema(schema().0).tokenizers(tokenizers());
        builder
            .settings(IndexSettings::default())
            .create_in_ram()
            .unwrap()
    }

    /// The entries of a document with these lines, each third of them a heading.
    fn document(fields: Fields, id: usize, lines: &[String]) -> Vec<Entry> {
        let mut path = Vec::new();
        let lines = (1..).zip(lines).map(|(number, text)| {
            let kind = match number % 3 {
                2 => LineKind::Heading,
                _ => LineKind::Paragraph,
            };
            let line = Line {
                number,
                kind,
                level: None,
                text: text.clone(),
                lead: String::new(),
                path: path.clone(),
            };
            if kind == LineKind::Heading {
                path = vec![format!("第{id}章"), text.clone()];
            }
            line
        });
        let document = Document {
            lines: lines.collect(),
            ..Document::default()
        };
        let facts = Metadata {
            id: format!("{id:016}"),
            title: format!("关于{id}号工作的通知"),
            region: vec!["广东省".to_owned(), "深圳市".to_owned()],
            issuer: Some("深圳市人民政府".to_owned()),
            year: Some(2020 + i32::try_from(id).unwrap()),
            ..Metadata::default()
        };
        entries(Shared::new(fields, &facts), &document, &Labels::default())
    }

    fn by_tantivy(mut documents: Vec<Vec<Entry>>) -> Index {
        let index = index();
        // For what tells repeats.
        Inverter::of(&index)
            .unwrap()
            .invert(documents.iter_mut().flatten());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for entry in documents.into_iter().flatten() {
            writer.add_document(entry).unwrap();
        }
        writer.commit().unwrap();
        index
    }

    /// In batches of so many documents; where a folder is given, all postings are put away and all
    /// columns packed after each.
    fn by_us(mut documents: Vec<Vec<Entry>>, batch: usize, folder: Option<PathBuf>) -> Index {
        let index = index();
        let are_packed = folder.is_some();
        let mut builder = SegmentBuilder::new(&index, folder).unwrap();
        let mut inverter = Inverter::of(&index).unwrap();
        for documents in documents.chunks_mut(batch) {
            let inversion = inverter.invert(documents.iter_mut().flatten());
            for document in documents {
                for entry in &mut *document {
                    entry.kept = kept(entry);
                }
                builder.add(document).unwrap();
            }
            builder.add_postings(inversion);
            builder.put_away().unwrap();
            if are_packed {
                builder.pack().unwrap();
            }
        }
        let mut writer = index
            .writer_with_num_threads::<Entry>(1, 15_000_000)
            .unwrap();
        if let Some(segment) = builder.finish().unwrap() {
            writer.add_segment(segment).unwrap();
        }
        writer.commit().unwrap();
        index
    }

    /// All that an index knows: of each term of each field where it stands, of each paragraph its
    /// lengths and columns.
    fn all_of(index: &Index) -> (BTreeMap<String, Vec<String>>, Vec<String>) {
        let searcher = index.reader().unwrap().searcher();
        let mut terms = BTreeMap::new();
        let mut shown = Vec::new();
        for segment in searcher.segment_readers() {
            for (field, entry) in index.schema().fields() {
                if !entry.is_indexed() {
                    continue;
                }
                let inverted = segment.inverted_index(field).unwrap();
                let name = entry.name();
                // Here more are counted than are indexed.
                let counts_its_tokens = !matches!(name, "text_chars" | "text_pairs");
                if counts_its_tokens {
                    terms.insert(
                        format!("{name} tokens"),
                        vec![inverted.total_num_tokens().to_string()],
                    );
                }
                if counts_its_tokens
                    && let Some(lengths) = segment.fieldnorms_readers().get_field(field).unwrap()
                {
                    let lengths =
                        (0..segment.max_doc()).map(|doc| lengths.fieldnorm(doc).to_string());
                    terms.insert(format!("{name} lengths"), lengths.collect());
                }
                let mut stream = inverted.terms().stream().unwrap();
                while stream.advance() {
                    let option = IndexRecordOption::WithFreqsAndPositions;
                    let info = stream.value();
                    let mut postings = inverted.read_postings_from_terminfo(info, option).unwrap();
                    let mut standing = vec![info.doc_freq.to_string()];
                    let mut positions = Vec::new();
                    while postings.doc() != TERMINATED {
                        postings.positions(&mut positions);
                        let (doc, frequency) = (postings.doc(), postings.term_freq());
                        standing.push(format!("{doc} {frequency} {positions:?}"));
                        postings.advance();
                    }
                    terms.insert(format!("{name} {:?}", stream.key()), standing);
                }
            }
            for doc in 0..segment.max_doc() {
                let columns = segment.fast_fields();
                let numbers = ["key", "line", "section", "under", "says"];
                let numbers = numbers.map(|name| columns.u64(name).unwrap().first(doc));
                let year = columns.i64("year").unwrap().first(doc);
                let names = ["region", "role", "status", "kind", "level"].map(|name| {
                    let column = columns.str(name).unwrap()?;
                    let mut value = String::new();
                    column
                        .ord_to_str(column.ords().first(doc)?, &mut value)
                        .unwrap();
                    Some(value)
                });
                shown.push(format!("{numbers:?} {year:?} {names:?}"));
            }
        }
        (terms, shown)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_segment_is_what_tantivy_makes_of_the_same_paragraphs(
            lines in prop::collection::vec(
                prop::collection::vec("[一网通办2021 12.a，。「」]{0,24}", 1..5),
                1..7,
            ),
            batch in 1_usize..4,
        ) {
            let fields = schema().1;
            let documents = || {
                let lines = (0..).zip(&lines);
                lines.map(|(id, lines)| document(fields, id, lines)).collect::<Vec<_>>()
            };
            let expected = all_of(&by_tantivy(documents()));
            let folder = tempfile::tempdir().unwrap();
            let folder = Some(folder.path().to_owned());
            prop_assert_eq!(&all_of(&by_us(documents(), batch, None)), &expected);
            prop_assert_eq!(&all_of(&by_us(documents(), batch, folder)), &expected);
        }
    }

    #[test]
    fn marks_make_a_text_longer_and_no_pairs() {
        let fields = schema().1;
        let text = "秒批，秒报，一网通办。".to_owned();
        let index = by_us(vec![document(fields, 1, &[text])], 1, None);
        let searcher = index.reader().unwrap().searcher();
        let segment = searcher.segment_reader(0);
        let length = |field| segment.get_fieldnorms_reader(field).unwrap().fieldnorm(0);
        assert_eq!(
            (length(fields.text_chars), length(fields.text_pairs)),
            (11, 10)
        );
        let inverted = segment.inverted_index(fields.text_pairs).unwrap();
        assert_eq!(inverted.total_num_tokens(), 10);
        let mut terms = inverted.terms().stream().unwrap();
        let mut found = Vec::new();
        while terms.advance() {
            found.push(String::from_utf8(terms.key().to_vec()).unwrap());
        }
        assert_eq!(found, [",", "。", "一网", "秒批", "秒报", "网通", "通办"]);
    }

    #[test]
    fn what_was_removed_again_is_in_no_answer() {
        let fields = schema().1;
        let index = index();
        let mut builder = SegmentBuilder::new(&index, None).unwrap();
        let document = |id, text: &str| document(fields, id, &[text.to_owned()]);
        for (id, text) in [(1, "秒批"), (2, "一网通办")] {
            builder.add(&document(id, text)).unwrap();
        }
        assert!(builder.remove(&format!("{:016}", 1)));
        assert!(!builder.remove(&format!("{:016}", 1)));
        builder.add(&document(1, "秒报")).unwrap();
        let segment = builder.finish().unwrap().unwrap();
        assert_eq!((segment.max_doc(), segment.num_docs()), (3, 2));
    }

    #[test]
    fn postings_that_are_not_there_are_damage() {
        let fields = schema().1;
        let index = by_us(vec![document(fields, 1, &["秒批".to_owned()])], 1, None);
        let reader = IndexReader::over(&index).unwrap();
        let term = Term::from_field_text(fields.text_pairs, "秒批");
        let inverted = reader.searcher().segment_reader(0);
        let inverted = inverted.inverted_index(fields.text_pairs).unwrap();
        let info = inverted.get_term_info(&term).unwrap().unwrap();
        let mut found = reader.postings(0, fields.text_pairs, &info).unwrap();
        assert_eq!(found.frequency(0), Some(1));
        let of_no_field = reader.postings(0, Field::from_field_id(999), &info);
        assert!(matches!(of_no_field, Err(IndexError::Damaged { .. })));
    }
}
