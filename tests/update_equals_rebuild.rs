//! Whatever is done to a folder, an update ends where a fresh index of it ends: the same documents
//! and paragraphs under the same ids, the same facets, the same scores to the last bit.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its files has failed"
)]

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use proptest::prelude::*;
use tantivy::Term;
use tantivy::collector::{FacetCollector, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use xianli::document::Metadata;
use xianli::index::{IndexReader, Resources, TokenCounts};
use xianli::ingest::{Event, UpdateOptions, UpdateReport, update};

/// What may happen to a folder between two runs. Numbers choose among names and texts.
#[derive(Debug, Clone)]
enum Happening {
    Write { name: usize, text: usize },
    WriteLines { texts: Vec<usize> },
    Reencode { name: usize },
    Touch { name: usize },
    Rename { from: usize, to: usize },
    Copy { from: usize, to: usize },
    Delete { name: usize },
}

const NAMES: [&str; 7] = [
    "a.txt",
    "b.txt",
    "c.md",
    "d.txt",
    "乙/a.txt",
    "乙/b.txt",
    "z.txt",
];

const TEXTS: [&str; 6] = [
    "深圳市龙华区政务服务数据管理局2022年工作总结\n一、工作成效\n（一）推进“一网通办”。全年办件98.6万件。\n",
    "深圳市龙华区政务服务数据管理局2022年工作总结\n一、工作成效\n（一）推进“一网统管”。全年办件98.6万件。\n",
    "防城港市2021年法治政府建设年度报告\n一、主要举措\n推行免申即享，推进跨省通办。\n二、下一步计划\n继续推行免申即享。\n",
    "防城港市2021年法治政府建設年度報告\n一、主要舉措\n推行免申即享，推進跨省通辦。\n二、下一步計劃\n繼續推行免申即享。\n",
    "一网通办，秒批秒报。\n",
    "",
];

fn happening() -> impl Strategy<Value = Happening> {
    let name = 0..NAMES.len();
    let text = 0..TEXTS.len();
    prop_oneof![
        4 => (name.clone(), text.clone()).prop_map(|(name, text)| Happening::Write { name, text }),
        1 => prop::collection::vec(text, 0..5).prop_map(|texts| Happening::WriteLines { texts }),
        1 => name.clone().prop_map(|name| Happening::Reencode { name }),
        1 => name.clone().prop_map(|name| Happening::Touch { name }),
        2 => (name.clone(), name.clone()).prop_map(|(from, to)| Happening::Rename { from, to }),
        2 => (name.clone(), name.clone()).prop_map(|(from, to)| Happening::Copy { from, to }),
        2 => name.prop_map(|name| Happening::Delete { name }),
    ]
}

/// Makes it happen; what cannot (a file is not there) does not.
fn make_happen(corpus: &Path, happening: &Happening) {
    let path = |name: &usize| corpus.join(NAMES[*name]);
    match happening {
        Happening::Write { name, text } => fs::write(path(name), TEXTS[*text]).unwrap(),
        Happening::WriteLines { texts } => {
            let line = |text: &usize| {
                let text = TEXTS[*text];
                serde_json::json!({"id": text.len(), "title": "题", "text": text}).to_string()
            };
            let lines: Vec<_> = texts.iter().map(line).collect();
            fs::write(corpus.join("lines.jsonl"), lines.join("\n")).unwrap();
        }
        Happening::Reencode { name } => {
            if let Ok(text) = fs::read_to_string(path(name)) {
                let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes);
                fs::write(
                    path(name),
                    [0xFF, 0xFE].into_iter().chain(utf16).collect::<Vec<_>>(),
                )
                .unwrap();
            }
        }
        Happening::Touch { name } => {
            if let Ok(file) = fs::File::options().append(true).open(path(name)) {
                file.set_modified(now()).unwrap();
            }
        }
        Happening::Rename { from, to } => drop(fs::rename(path(from), path(to))),
        Happening::Copy { from, to } if from != to => drop(fs::copy(path(from), path(to))),
        Happening::Copy { .. } => {}
        Happening::Delete { name } => drop(fs::remove_file(path(name))),
    }
}

#[expect(clippy::disallowed_methods, reason = "stands where cli stands")]
fn now() -> SystemTime {
    SystemTime::now()
}

fn run(index: &Path, corpus: &Path, commit_every: Option<u64>) -> UpdateReport {
    let options = UpdateOptions {
        now: now(),
        resources: Resources {
            threads: 1,
            memory: 30_000_000,
        },
        commit_every,
        ..UpdateOptions::default()
    };
    let observer = &mut |_: Event<'_>| ControlFlow::Continue(());
    update(index, &[corpus.to_owned()], &options, observer).unwrap()
}

/// All that an index answers.
#[derive(Debug, PartialEq)]
struct Answers {
    totals: (u64, u64, u64, TokenCounts),
    documents: BTreeMap<String, (Metadata, Vec<String>)>,
    regions: Vec<(String, u64)>,
    hits: Vec<(String, Vec<(u32, String)>)>,
}

fn answers(index: &Path) -> Answers {
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
        let facts = reader.document_of(first, 1).unwrap();
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
        let collector = TopDocs::with_limit(100).order_by_score();
        let found = reader
            .searcher()
            .search_with_statistics_provider(&*question, &collector, &reader.statistics())
            .unwrap();
        let hit = |(score, address): (f32, tantivy::DocAddress)| {
            let paragraph = reader.paragraph(address).unwrap();
            let facts = reader.document_of(address, paragraph.ordinal).unwrap();
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
struct Bench {
    place: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir_all(place.path().join("corpus/乙")).unwrap();
        // The folder must never be empty, which would look like a disk that is not mounted.
        fs::write(place.path().join("corpus/always.txt"), "常在的一行。\n").unwrap();
        Self { place }
    }

    fn corpus(&self) -> PathBuf {
        self.place.path().join("corpus")
    }

    fn followed(&self, commit_every: Option<u64>) -> Answers {
        let index = self.place.path().join("followed");
        run(&index, &self.corpus(), commit_every);
        answers(&index)
    }

    fn rebuilt(&self) -> Answers {
        let index = self.place.path().join("rebuilt");
        run(&index, &self.corpus(), None);
        let rebuilt = answers(&index);
        fs::remove_dir_all(index).unwrap();
        rebuilt
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, ..ProptestConfig::default() })]
    #[test]
    fn an_update_ends_where_a_rebuild_ends(
        runs in prop::collection::vec(prop::collection::vec(happening(), 1..4), 1..5),
        commit_every in prop::option::weighted(0.3, 1u64..4),
    ) {
        let bench = Bench::new();
        for happenings in runs {
            for happening in &happenings {
                make_happen(&bench.corpus(), happening);
            }
            let followed = bench.followed(commit_every);
            prop_assert_eq!(followed, bench.rebuilt(), "after {:?}", happenings);
        }
    }
}
