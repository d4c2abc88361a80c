//! Documents into an index: additions, removals, one commit.
//!
//! Comes in: documents with their labels. Goes out: a commit that readers see whole or not at all.
//! Does not know where documents come from, nor which have changed.

use std::path::Path;
use std::sync::Arc;

use tantivy::indexer::IndexWriterOptions;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, Term};

use super::assembly::{Assembly, Outcome};
use super::commit::Commit;
use super::directory::Writable;
use super::entry::{Entry, Shared, entries};
use super::error::IndexError;
use super::merging::{CarefulMerging, Suspects};
use super::reader::IndexReader;
use super::removal::Sequence;
use super::schema::{Fields, schema};
use super::tokens::{EntryCounter, TokenCounts, tokenizers};
use crate::classify::Labels;
use crate::document::{Document, Metadata};

/// How much of the machine indexing may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resources {
    /// Threads that cut and index, 1 to 8.
    pub threads: usize,
    /// Bytes for indexing, at least 15 MB. Half of them are for the segment in work: from a quarter on,
    /// and when the half is full, its postings are put away, and when what is left fills the half, it ends.
    pub memory: usize,
}

impl Default for Resources {
    fn default() -> Self {
        Self {
            threads: 2,
            memory: 256 << 20,
        }
    }
}

impl Resources {
    const LEAST: usize = 15_000_000;

    fn threads(self) -> usize {
        self.threads
            .clamp(1, 8)
            .min((self.memory / Self::LEAST).max(1))
    }

    fn memory(self) -> usize {
        self.memory.max(Self::LEAST)
    }

    /// Of tantivy's own threads only those that merge have anything to do.
    fn options(self) -> IndexWriterOptions {
        IndexWriterOptions::builder()
            .num_worker_threads(1)
            .memory_budget_per_thread(Self::LEAST)
            .num_merge_threads(self.threads())
            .build()
    }
}

/// Writes one index. There is one at a time for each folder.
pub struct IndexWriter {
    index: Index,
    /// Before the writer, which holds tantivy's lock: dropped first.
    assembly: Assembly,
    writer: tantivy::IndexWriter<Entry>,
    sequence: Sequence,
    fields: Fields,
    /// What the last commit holds.
    base: IndexReader,
    /// What the next commit will say, but for the tokens of what was added.
    next: Commit,
    suspects: Arc<Suspects>,
    recount: Option<EntryCounter>,
}

impl IndexWriter {
    /// A new, empty index in an empty folder.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn create(folder: &Path, resources: Resources) -> Result<Self, IndexError> {
        let index = Index::create(Writable::open(folder)?, schema().0, settings())?;
        Self::over(index, Some(folder), resources)
    }

    /// A new, empty index in memory.
    ///
    /// # Errors
    /// When the indexing threads cannot be started.
    pub fn create_in_memory(resources: Resources) -> Result<Self, IndexError> {
        let builder = Index::builder().schema(schema().0).settings(settings());
        Self::over(builder.create_in_ram()?, None, resources)
    }

    /// An index that is there, to be changed from its last commit on.
    ///
    /// # Errors
    /// When there is none, another writer has it, or it cannot be written; when the list of what
    /// was removed is damaged.
    pub fn open(folder: &Path, resources: Resources) -> Result<Self, IndexError> {
        let index = Index::open(Writable::open(folder)?)?;
        let writer = Self::over(index, Some(folder), resources)?;
        writer.suspects.verdict()?;
        Ok(writer)
    }

    fn over(
        mut index: Index,
        folder: Option<&Path>,
        resources: Resources,
    ) -> Result<Self, IndexError> {
        index.set_tokenizers(tokenizers());
        let writer = index.writer_with_options(resources.options())?;
        let base = IndexReader::over(&index)?;
        let (merging, suspects) = CarefulMerging::over(&base);
        writer.set_merge_policy(Box::new(merging));
        let folder = folder.map(Path::to_owned);
        let assembly = Assembly::new(&index, folder, resources.threads(), resources.memory())?;
        Ok(Self {
            fields: *base.fields(),
            next: base.commit().clone(),
            writer,
            assembly,
            sequence: Sequence::default(),
            index,
            base,
            suspects,
            recount: None,
        })
    }

    /// Adds a document that the index does not have. `facts` are what answers will show of it;
    /// see [`facts`](super::facts()).
    ///
    /// Waits while too much that was added before is still to be indexed.
    ///
    /// # Errors
    /// When an indexing thread has failed.
    pub fn add(
        &mut self,
        document: &Document,
        labels: &Labels,
        facts: &Metadata,
    ) -> Result<(), IndexError> {
        let shared = Shared::new(self.fields, facts);
        let entries = entries(shared, document, labels);
        self.next.documents += 1;
        self.next.paragraphs += entries.len() as u64;
        self.next.sections += sections(&entries);
        self.next.bytes += bytes(&entries);
        self.assembly.add(entries)?;
        while let Some(outcome) = self.assembly.ready() {
            self.follow(outcome)?;
        }
        Ok(())
    }

    /// Removes a document that the last commit has.
    ///
    /// # Errors
    /// When the index cannot be read. A document that it does not have is no error.
    pub fn remove(&mut self, id: &str) -> Result<(), IndexError> {
        let mut entries = self.base.entries_of(id)?;
        if !entries.is_empty() {
            self.forget(id, &mut entries);
        }
        Ok(())
    }

    /// Puts a document in the place of itself, added since the last commit: with other paths.
    ///
    /// # Errors
    /// When an indexing thread has failed.
    pub fn replace_added(
        &mut self,
        document: &Document,
        labels: &Labels,
        facts: &Metadata,
    ) -> Result<(), IndexError> {
        let shared = Shared::new(self.fields, facts);
        let mut entries = entries(shared, document, labels);
        self.forget(&facts.id, &mut entries);
        self.add(document, labels, facts)
    }

    /// Publishes all that was added and removed, in one step. The attachment is kept with the
    /// commit for the caller; see [`Commit::attachment`].
    ///
    /// # Errors
    /// When the disk is full or an indexing thread has failed; then readers keep the last commit.
    /// When files were found to be damaged; then this is the last commit, and not to be relied on.
    pub fn commit(&mut self, attachment: &str) -> Result<Commit, IndexError> {
        let added = self.flush()?;
        let mut commit = self.next.clone();
        commit.tokens = commit.tokens.plus(added);
        attachment.clone_into(&mut commit.attachment);
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&commit.to_payload());
        prepared.commit()?;
        self.suspects.verdict()?;
        self.base = IndexReader::over(&self.index)?;
        self.next.tokens = commit.tokens;
        Ok(commit)
    }

    /// Merges all segments of the last commit into one, without what was removed.
    ///
    /// # Errors
    /// When the disk has no room for a second copy, or a file is damaged; the last commit stands.
    pub fn merge_all(&mut self) -> Result<(), IndexError> {
        if let Some((file, wrong)) = self.base.damaged_files()?.into_iter().next() {
            return Err(IndexError::DamagedFile { file, wrong });
        }
        let segments = self.index.searchable_segment_metas()?;
        let removed = segments
            .iter()
            .any(|segment| segment.num_deleted_docs() > 0);
        if segments.len() > 1 || removed {
            let ids: Vec<_> = segments.iter().map(tantivy::SegmentMeta::id).collect();
            self.writer.merge(&ids).wait()?;
        }
        Ok(())
    }

    /// Waits until no segments are being merged, and ends.
    ///
    /// # Errors
    /// When a merge has failed, or what was to be merged is damaged; the last commit stands.
    pub fn finish(self) -> Result<IndexReader, IndexError> {
        self.writer.wait_merging_threads()?;
        self.suspects.verdict()?;
        IndexReader::over(&self.index)
    }

    /// Ends without a commit, and removes the files that nobody will read.
    pub fn abandon(self) {
        let Self {
            mut writer,
            assembly,
            ..
        } = self;
        // Its segment is kept as long as it may go on writing it.
        drop(assembly);
        // What cannot be removed now is removed by the next commit.
        if writer.rollback().is_ok() {
            let _ = writer.garbage_collect_files().wait();
        }
    }

    /// Waits for all that was added; gives how many tokens it has.
    fn flush(&mut self) -> Result<TokenCounts, IndexError> {
        self.assembly.flush()?;
        loop {
            let outcome = self.assembly.next()?;
            if let Some(tokens) = self.follow(outcome)? {
                return Ok(tokens);
            }
        }
    }

    fn follow(&mut self, outcome: Outcome) -> Result<Option<TokenCounts>, IndexError> {
        match outcome {
            Outcome::Segment(segment) => {
                self.sequence.segment(segment.id());
                self.writer.add_segment(segment)?;
            }
            Outcome::Removal(id) => {
                let id = Term::from_field_text(self.fields.id, &id);
                let removal = self.sequence.removal(id);
                self.writer.delete_query(Box::new(removal))?;
            }
            Outcome::Flushed(tokens) => return Ok(Some(tokens)),
        }
        Ok(None)
    }

    /// Removes these entries and takes them out of the sums.
    fn forget(&mut self, id: &str, entries: &mut [Entry]) {
        self.assembly.remove(id);
        let recount = self.recount.get_or_insert_with(EntryCounter::new);
        let tokens = recount.count(entries);
        self.next.documents -= 1;
        self.next.paragraphs -= entries.len() as u64;
        self.next.sections -= sections(entries);
        self.next.bytes -= bytes(entries);
        self.next.tokens = self.next.tokens.minus(tokens);
    }
}

fn bytes(entries: &[Entry]) -> u64 {
    entries.iter().map(|entry| entry.text.len() as u64).sum()
}

fn sections(entries: &[Entry]) -> u64 {
    let under_headings = entries.iter().filter(|entry| !entry.headings.is_empty());
    under_headings.filter(|entry| entry.starts_section).count() as u64
}

fn settings() -> IndexSettings {
    IndexSettings {
        // What is stored is small already: see `codes`.
        docstore_compression: Compressor::None,
        // A block is copied to read one paragraph of it; smaller ones take more room for their places.
        docstore_blocksize: 1 << 10,
        ..IndexSettings::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Line, LineKind};
    use crate::index::{Depth, FORMAT, Firsts, Freshness, IndexFolder, StoredParagraph, facts};
    use tantivy::query::{Bm25StatisticsProvider, PhraseQuery, TermQuery};
    use tantivy::schema::IndexRecordOption;
    use tantivy::{DocAddress, collector::DocSetCollector};

    fn document(path: &str, lines: &[&str]) -> Document {
        let heading = lines.iter().position(|line| line.starts_with('一'));
        Document {
            path: path.to_owned(),
            lines: lines
                .iter()
                .enumerate()
                .map(|(place, &text)| Line {
                    number: place + 1,
                    kind: match heading {
                        Some(heading) if heading == place => LineKind::Heading,
                        _ => LineKind::Paragraph,
                    },
                    level: None,
                    text: text.to_owned(),
                    lead: String::new(),
                    path: match heading {
                        Some(heading) if heading < place => vec![lines[heading].to_owned()],
                        _ => Vec::new(),
                    },
                })
                .collect(),
            ..Document::default()
        }
    }

    /// Adds a document, with other paths; gives its id.
    fn add(writer: &mut IndexWriter, document: &Document, other_paths: &[&str]) -> Metadata {
        let facts = with_paths(document, other_paths);
        writer.add(document, &Labels::default(), &facts).unwrap();
        facts
    }

    fn with_paths(document: &Document, other_paths: &[&str]) -> Metadata {
        Metadata {
            other_paths: other_paths.iter().map(|&path| path.to_owned()).collect(),
            ..facts(document, &Labels::default()).unwrap()
        }
    }

    fn memory() -> IndexWriter {
        let resources = Resources {
            threads: 1,
            memory: 15_000_000,
        };
        IndexWriter::create_in_memory(resources).unwrap()
    }

    fn texts(reader: &IndexReader) -> Vec<Vec<String>> {
        let mut texts: Vec<_> = reader
            .documents()
            .unwrap()
            .into_iter()
            .map(|first| {
                let id = reader.document_of(first).unwrap().id;
                let paragraphs = reader.paragraphs_of(&id).unwrap();
                paragraphs.into_iter().map(|each| each.text).collect()
            })
            .collect();
        texts.sort();
        texts
    }

    fn found(reader: &IndexReader, query: &dyn tantivy::query::Query) -> Vec<String> {
        let addresses = reader.searcher().search(query, &DocSetCollector).unwrap();
        let mut addresses: Vec<DocAddress> = addresses.into_iter().collect();
        addresses.sort();
        let text = |address| reader.paragraph(address).unwrap().text;
        addresses.into_iter().map(text).collect()
    }

    #[test]
    fn a_paragraph_comes_out_as_it_went_in() {
        let mut writer = memory();
        let document = document("a.txt", &["一、推進「跨域通辦」", "辦結率98.6%。"]);
        let metadata = add(&mut writer, &document, &["b.txt"]);
        let commit = writer.commit("manifest-1").unwrap();
        assert_eq!(
            (commit.documents, commit.paragraphs, commit.bytes),
            (1, 2, 47)
        );
        assert_eq!(commit.attachment, "manifest-1");
        let reader = writer.finish().unwrap();
        assert_eq!(reader.commit(), &commit);
        assert_eq!(
            reader.document(&metadata.id).unwrap(),
            Some(metadata.clone())
        );
        assert_eq!(metadata.other_paths, ["b.txt"]);
        let paragraphs = reader.paragraphs_of(&metadata.id).unwrap();
        assert_eq!(
            paragraphs[1],
            StoredParagraph {
                address: DocAddress::new(0, 1),
                ordinal: 2,
                kind: LineKind::Paragraph,
                role: None,
                headings: vec!["一、推進「跨域通辦」".to_owned()],
                text: "辦結率98.6%。".to_owned(),
            }
        );
        assert_eq!(reader.document_of(paragraphs[1].address).unwrap(), metadata);
    }

    #[test]
    fn every_view_finds_what_it_is_for() {
        let mut writer = memory();
        let lines = ["一、推進「跨域通辦」", "辦結率98.6%。", "成立法治小组"];
        add(&mut writer, &document("a.txt", &lines), &[]);
        writer.commit("").unwrap();
        let reader = writer.finish().unwrap();
        let fields = *reader.fields();
        let term = |field, text: &str| Term::from_field_text(field, text);
        let one = |field, text: &str| {
            let query = TermQuery::new(term(field, text), IndexRecordOption::Basic);
            found(&reader, &query)
        };
        let phrase = |field, texts: [&str; 2]| {
            let terms = texts.map(|text| term(field, text)).to_vec();
            found(&reader, &PhraseQuery::new(terms))
        };
        assert_eq!(one(fields.text_words, "成立"), ["成立法治小组"]);
        assert_eq!(one(fields.text_words, "立法"), [""; 0]);
        assert_eq!(one(fields.text_chars, "办"), [lines[0], lines[1]]);
        assert_eq!(one(fields.text_chars, "98.6"), [lines[1]]);
        assert_eq!(phrase(fields.text_pairs, ["跨域", "域通"]), [lines[0]]);
        assert_eq!(phrase(fields.text_pairs, ["域通", "跨域"]), [""; 0]);
        // Headings come with the first paragraph under them.
        assert_eq!(one(fields.headings, "跨"), [lines[1]]);
        assert_eq!(phrase(fields.headings, ["域通", "通办"]), [lines[1]]);
        let columns = reader.columns(0);
        let firsts = |firsts: &Firsts| firsts.all(3).collect::<Vec<_>>();
        assert_eq!(firsts(columns.document_firsts().unwrap()), [0]);
        assert_eq!(firsts(columns.heading_firsts().unwrap()), [0, 1]);
        let address = tantivy::DocAddress::new(0, 2);
        assert_eq!(reader.paragraph(address).unwrap().headings, [lines[0]]);
    }

    #[test]
    fn what_was_removed_is_gone_from_answers_and_from_every_statistic() {
        let kept = document("a.txt", &["一网通办", "秒批秒报，全省推行"]);
        let gone = document("b.txt", &["一网通办", "全国推行"]);
        let mut writer = memory();
        add(&mut writer, &kept, &[]);
        let metadata = add(&mut writer, &gone, &[]);
        writer.commit("").unwrap();
        writer.remove(&metadata.id).unwrap();
        writer.remove("0000000000000000").unwrap();
        writer.commit("").unwrap();
        let updated = writer.finish().unwrap();

        let mut writer = memory();
        add(&mut writer, &kept, &[]);
        writer.commit("").unwrap();
        let rebuilt = writer.finish().unwrap();
        assert_eq!(texts(&updated), texts(&rebuilt));
        assert_eq!(updated.commit(), rebuilt.commit());
        for word in ["一网", "推行", "全国"] {
            let term = Term::from_field_text(updated.fields().text_words, word);
            let frequency = |reader: &IndexReader| reader.statistics().doc_freq(&term).unwrap();
            assert_eq!(frequency(&updated), frequency(&rebuilt), "{word}");
        }
    }

    #[test]
    fn a_document_added_and_replaced_in_one_run_is_there_once() {
        let text = document("a.txt", &["一网通办", "秒批"]);
        let mut writer = memory();
        add(&mut writer, &text, &[]);
        let facts = with_paths(&text, &["b.txt"]);
        writer
            .replace_added(&text, &Labels::default(), &facts)
            .unwrap();
        let commit = writer.commit("").unwrap();
        let replaced = writer.finish().unwrap();
        assert_eq!(texts(&replaced), [["一网通办", "秒批"]]);
        assert_eq!((commit.documents, commit.paragraphs), (1, 2));

        let mut writer = memory();
        add(&mut writer, &text, &[]);
        assert_eq!(writer.commit("").unwrap().tokens, commit.tokens);
    }

    #[test]
    fn a_document_removed_and_added_again_in_one_run_is_there_as_it_is_now() {
        let (old, new) = (
            document("a.txt", &["一网通办"]),
            document("b.txt", &["秒批"]),
        );
        let mut writer = memory();
        let facts = add(&mut writer, &old, &[]);
        writer.commit("").unwrap();
        for paths in [&["b.txt"][..], &["b.txt", "c.txt"]] {
            writer.remove(&facts.id).unwrap();
            add(&mut writer, &old, paths);
            add(&mut writer, &new, &[]);
            writer.commit("").unwrap();
            writer.remove(&with_paths(&new, &[]).id).unwrap();
        }
        let commit = writer.commit("").unwrap();
        let reader = writer.finish().unwrap();
        assert_eq!(texts(&reader), [["一网通办"]]);
        assert_eq!((commit.documents, commit.paragraphs), (1, 1));
        let kept = reader.document(&facts.id).unwrap().unwrap();
        assert_eq!(kept.other_paths, ["b.txt", "c.txt"]);
    }

    #[test]
    fn a_document_that_stands_twice_is_found_out() {
        let mut writer = memory();
        for name in ["a.txt", "b.txt", "a.txt"] {
            add(&mut writer, &document(name, &[name, "一网通办。"]), &[]);
        }
        writer.commit("").unwrap();
        let problems = writer.finish().unwrap().check(Depth::All).unwrap();
        let twice = problems.iter().filter(|one| one.contains("side by side"));
        assert_eq!(twice.count(), 2, "{problems:?}");
    }

    #[test]
    fn what_is_abandoned_leaves_no_file_of_a_segment() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = IndexWriter::create(folder.path(), Resources::default()).unwrap();
        for number in 0..40 {
            let lines = [format!("第{number}号"), "一网通办".repeat(30_000)];
            let lines = lines.each_ref().map(|line| &line[..]);
            add(&mut writer, &document("a.txt", &lines), &[]);
        }
        writer.abandon();
        let names = folder.path().read_dir().unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let segments: Vec<_> = names.filter(|name| name.len() > 30).collect();
        assert_eq!(segments, [""; 0]);
    }

    #[test]
    fn an_index_is_the_same_however_many_threads_make_it() {
        let made = |threads| {
            let resources = Resources {
                threads,
                memory: 30_000_000,
            };
            let mut writer = IndexWriter::create_in_memory(resources).unwrap();
            for number in 0..400 {
                let lines = [format!("第{number}号"), "一网通办".repeat(number)];
                add(
                    &mut writer,
                    &document("a.txt", &lines.each_ref().map(|line| &line[..])),
                    &[],
                );
            }
            writer.commit("").unwrap();
            let reader = writer.finish().unwrap();
            let all = found(&reader, &tantivy::query::AllQuery);
            (reader.searcher().segment_readers().len(), all)
        };
        assert_eq!(made(1), made(3));
    }

    #[test]
    fn a_folder_that_holds_no_current_index_says_so() {
        let root = tempfile::tempdir().unwrap();
        let folder = IndexFolder::new(root.path());
        let state = || IndexReader::freshness(root.path()).unwrap();
        assert_eq!(state(), Freshness::Missing);
        let generation = folder.new_generation().unwrap();
        let mut writer = IndexWriter::create(&generation, Resources::default()).unwrap();
        add(&mut writer, &document("a.txt", &["秒批"]), &[]);
        writer.commit("").unwrap();
        writer.finish().unwrap();
        folder.publish(&generation).unwrap();
        assert_eq!(state(), Freshness::Current);
        assert_eq!(texts(&IndexReader::open(root.path()).unwrap()), [["秒批"]]);

        let metas = generation.join("meta.json");
        let written = std::fs::read_to_string(&metas).unwrap();
        let now = format!("\\\"format\\\":{FORMAT}");
        std::fs::write(&metas, written.replace(&now, "\\\"format\\\":0")).unwrap();
        let other = Freshness::OtherFormat {
            expected: FORMAT,
            found: Some(0),
        };
        assert_eq!(state(), other);
        std::fs::write(&metas, &written[..written.len() / 2]).unwrap();
        assert_eq!(state().name(), "corrupt");
    }
}
