//! A folder of documents, an index of it, and all that the index answers.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tantivy::Term;
use tantivy::collector::{FacetCollector, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use xianli::document::Metadata;
use xianli::index::{IndexReader, Resources, TokenCounts};
use xianli::ingest::{Event, UpdateOptions, UpdateReport, update};

#[expect(clippy::disallowed_methods, reason = "stands where cli stands")]
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// Asked whether to go on: always.
pub fn on() -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The options of a run that begins now.
pub fn options(commit_every: Option<u64>) -> UpdateOptions {
    UpdateOptions {
        now: now(),
        resources: Resources {
            threads: 1,
            memory: 30_000_000,
        },
        commit_every,
        ..UpdateOptions::default()
    }
}

fn run(index: &Path, corpus: &Path, commit_every: Option<u64>) -> UpdateReport {
    let observer = &mut |_: Event<'_>| ControlFlow::Continue(());
    update(
        index,
        &[corpus.to_owned()],
        &options(commit_every),
        observer,
    )
    .unwrap()
}

/// All that an index answers.
#[derive(Debug, PartialEq)]
pub struct Answers {
    totals: (u64, u64, u64, TokenCounts),
    pub documents: BTreeMap<String, (Metadata, Vec<String>)>,
    regions: Vec<(String, u64)>,
    hits: Vec<(String, Vec<(u32, String)>)>,
}

pub fn answers(index: &Path) -> Answers {
    let reader = IndexReader::open(index).unwrap();
    let commit = reader.commit();
    Answers {
        totals: (
            commit.documents,
            commit.paragraphs,
            commit.bytes,
            commit.tokens,
        ),
        documents: documents(&reader),
        regions: regions(&reader),
        hits: hits(&reader),
    }
}

fn documents(reader: &IndexReader) -> BTreeMap<String, (Metadata, Vec<String>)> {
    let mut documents = BTreeMap::new();
    for first in reader.documents().unwrap() {
        let facts = reader.document_of(first).unwrap();
        let paragraphs = reader.paragraphs_of(&facts.id).unwrap();
        let paragraph = |p: xianli::index::StoredParagraph| {
            format!(
                "{} {:?} {:?} {:?} {}",
                p.ordinal, p.kind, p.role, p.headings, p.text
            )
        };
        let paragraphs = paragraphs.into_iter().map(paragraph).collect();
        let before = documents.insert(facts.id.clone(), (facts, paragraphs));
        assert_eq!(before, None, "a document is there once");
    }
    documents
}

fn regions(reader: &IndexReader) -> Vec<(String, u64)> {
    let mut collector = FacetCollector::for_field("region");
    collector.add_facet("/");
    let counts = reader.searcher().search(&AllQuery, &collector).unwrap();
    let regions = counts
        .get("/")
        .map(|(facet, count)| (facet.to_string(), count));
    regions.collect()
}

/// The hits of some questions with their scores.
fn hits(reader: &IndexReader) -> Vec<(String, Vec<(u32, String)>)> {
    let fields = reader.fields();
    let term = |field, text: &str| -> Box<dyn Query> {
        let term = Term::from_field_text(field, text);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    };
    let both = |one, other| -> Box<dyn Query> { Box::new(BooleanQuery::union(vec![one, other])) };
    let questions = [
        ("办", term(fields.text_chars, "办")),
        ("通办", term(fields.text_pairs, "通办")),
        ("推行", term(fields.text_words, "推行")),
        ("举", term(fields.headings, "举")),
        ("报告", term(fields.title, "报告")),
        (
            "免推",
            both(
                term(fields.text_chars, "免"),
                term(fields.text_words, "推进"),
            ),
        ),
    ];
    let answer = |(name, question): (&str, Box<dyn Query>)| {
        let collector = TopDocs::with_limit(100_000).order_by_score();
        let found = reader
            .searcher()
            .search_with_statistics_provider(&*question, &collector, &reader.statistics())
            .unwrap();
        let hit = |(score, address): (f32, tantivy::DocAddress)| {
            let paragraph = reader.paragraph(address).unwrap();
            let facts = reader.document_of(address).unwrap();
            (
                score.to_bits(),
                format!("{}/{}", facts.id, paragraph.ordinal),
            )
        };
        let mut hits: Vec<_> = found.into_iter().map(hit).collect();
        hits.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        (name.to_owned(), hits)
    };
    questions.into_iter().map(answer).collect()
}

/// A folder of documents with an index that follows it.
pub struct Bench {
    place: tempfile::TempDir,
}

impl Bench {
    pub fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir_all(place.path().join("corpus/乙")).unwrap();
        let bench = Self { place };
        // Never empty, which would look like a disk that is not mounted; and long, so that what is
        // removed is a small part and stays in its segment, hidden.
        let lines: String = (1..80)
            .map(|n| format!("第{n}件事，推进{n}次，一网通办。\n"))
            .collect();
        bench.write("always.txt", &lines);
        bench
    }

    /// The folder of documents.
    pub fn corpus(&self) -> PathBuf {
        self.place.path().join("corpus")
    }

    /// The folder of the index.
    pub fn index(&self) -> PathBuf {
        self.place.path().join("index")
    }

    /// A place beside both.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// Writes a document.
    pub fn write(&self, name: &str, text: &str) -> &Self {
        fs::write(self.corpus().join(name), text).unwrap();
        self
    }

    /// Lets the index follow the folder.
    pub fn update(&self, commit_every: Option<u64>) -> UpdateReport {
        run(&self.index(), &self.corpus(), commit_every)
    }

    /// What the index answers.
    pub fn answers(&self) -> Answers {
        answers(&self.index())
    }

    /// What a fresh index of the folder answers.
    pub fn rebuilt(&self) -> Answers {
        let index = self.beside("rebuilt");
        run(&index, &self.corpus(), None);
        let rebuilt = answers(&index);
        fs::remove_dir_all(index).unwrap();
        rebuilt
    }
}
