//! The golden questions on the sample: where the wanted paragraph stands in the answer.
//!
//! `tests/golden/ranks.tsv` has the place of every question. A change of ranking changes that file:
//! `XIANLI_BLESS=1 cargo test --test golden_ranking` writes it anew, and its difference is what the
//! change did.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read is a failed test"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "whether to write is said by the environment"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::{env, fs};

use xianli::index::IndexReader;
use xianli::ingest::index_in_memory;
use xianli::lexicon::families;
use xianli::query::parse;
use xianli::search::{FACETS, FacetRequest, Hit, Match, Request, Sort, Within, search};
use xianli::tokenize::Cutter;

/// How deep an answer is looked at.
const DEPTH: usize = 10;

/// A question with the paragraphs that answer it.
struct Question {
    kind: String,
    query: String,
    wanted: Vec<Wanted>,
}

/// A paragraph: its document, and words that stand in it alone.
struct Wanted {
    document: String,
    words: String,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn questions() -> Vec<Question> {
    let table = fs::read_to_string(folder("tests/golden/queries.tsv")).unwrap();
    let mut questions: Vec<Question> = Vec::new();
    for row in table.lines().skip(1).filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [kind, query, document, words] = cells[..] else {
            panic!("{row}")
        };
        let wanted = Wanted {
            document: document.to_owned(),
            words: words.to_owned(),
        };
        match questions.iter_mut().find(|known| known.query == query) {
            Some(known) => known.wanted.push(wanted),
            None => questions.push(Question {
                kind: kind.to_owned(),
                query: query.to_owned(),
                wanted: vec![wanted],
            }),
        }
    }
    questions
}

fn sample() -> IndexReader {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in fs::read_dir(folder("corpus-sample")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !["README.md", "LABELS.tsv"].contains(&name.as_str()) && path.is_file() {
            files.push((name, fs::read(&path).unwrap()));
        }
    }
    files.sort();
    let files = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), &bytes[..]));
    index_in_memory(files).unwrap().0
}

impl Wanted {
    fn is(&self, hit: &Hit) -> bool {
        let document = &hit.document;
        let is_document = match self.document.split_once('#') {
            Some((_, id)) => document.source_id.as_deref() == Some(id),
            None => document.path == self.document,
        };
        is_document && hit.text.contains(&self.words)
    }
}

/// The place of the first wanted paragraph, from 1.
fn rank(index: &IndexReader, question: &Question) -> Option<usize> {
    let request = Request {
        limit: DEPTH,
        ..Request::of(parse(&question.query))
    };
    let results = search(index, &Cutter::default(), &request).unwrap();
    let is_wanted = |hit: &Hit| question.wanted.iter().any(|wanted| wanted.is(hit));
    results
        .hits
        .iter()
        .position(is_wanted)
        .map(|place| place + 1)
}

/// `recall@1 0.80  recall@5 0.95  MRR 0.86  (20 questions)`
#[expect(clippy::cast_precision_loss, reason = "counts of questions are small")]
fn scores(ranks: &[Option<usize>]) -> String {
    let all = ranks.len().max(1) as f64;
    let within = |depth| {
        let found = ranks.iter().flatten().filter(|&&rank| rank <= depth);
        found.count() as f64 / all
    };
    let reciprocal: f64 = ranks.iter().flatten().map(|&rank| 1.0 / rank as f64).sum();
    format!(
        "recall@1 {:.3}  recall@5 {:.3}  MRR {:.3}  ({} questions)",
        within(1),
        within(5),
        reciprocal / all,
        ranks.len()
    )
}

#[test]
fn the_wanted_paragraphs_stand_where_they_stood() {
    let index = sample();
    let mut table = "kind\tquery\trank\n".to_owned();
    let mut kinds: Vec<(String, Vec<Option<usize>>)> = Vec::new();
    for question in questions() {
        let rank = rank(&index, &question);
        let shown = rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        writeln!(table, "{}\t{}\t{shown}", question.kind, question.query).unwrap();
        match kinds.iter_mut().find(|(kind, _)| *kind == question.kind) {
            Some((_, ranks)) => ranks.push(rank),
            None => kinds.push((question.kind, vec![rank])),
        }
    }
    for (kind, ranks) in &kinds {
        eprintln!("{kind:<12}{}", scores(ranks));
    }
    let all: Vec<Option<usize>> = kinds.into_iter().flat_map(|(_, ranks)| ranks).collect();
    eprintln!("{:<12}{}", "all", scores(&all));
    let file = folder("tests/golden/ranks.tsv");
    if env::var_os("XIANLI_BLESS").is_some() {
        fs::write(&file, &table).unwrap();
    }
    let before = fs::read_to_string(&file).unwrap();
    let changed: Vec<(&str, &str)> = before
        .lines()
        .zip(table.lines())
        .filter(|(before, now)| before != now)
        .collect();
    assert!(changed.is_empty(), "before and now: {changed:#?}");
    assert_eq!(before.lines().count(), table.lines().count());
    let first = all.iter().flatten().filter(|&&rank| rank <= 5).count();
    assert!(first * 100 >= all.len() * 85, "{}", scores(&all));
}

/// A page is ranked by lists that are read a window at a time, of which some are left out early; a
/// hit is explained by asking each list for it alone.
#[test]
fn a_score_is_what_its_explanation_adds_up_to() {
    let index = sample();
    let ask = |query: &str| {
        let request = Request {
            matching: Match::Any,
            limit: 200,
            explain: true,
            ..Request::of(parse(query))
        };
        search(&index, &Cutter::default(), &request).unwrap().hits
    };
    let mut views = BTreeSet::new();
    for query in [
        "政务服务 改革",
        "法治政府建设年度报告",
        "工作 情况",
        "一网通办",
    ] {
        for hit in ask(query) {
            let explanation = hit.explanation.unwrap();
            let parts: f32 = explanation.parts.iter().map(|part| part.score).sum();
            let factors: f32 = explanation.factors.iter().map(|each| each.factor).product();
            let apart = (parts * factors - hit.score).abs();
            assert!(
                apart < 0.001,
                "{query}: {} is {parts} × {factors}, not {}",
                hit.id,
                hit.score
            );
            views.extend(explanation.parts.into_iter().map(|part| part.view));
        }
    }
    let all = ["characters", "headings", "pairs", "title", "words"];
    assert_eq!(views.iter().map(String::as_str).collect::<Vec<_>>(), all);
}

/// The parts that processors take begin and end where documents do.
#[test]
fn an_answer_does_not_depend_on_how_many_processors_make_it() {
    let index = sample();
    let facets = FACETS.map(|field| FacetRequest {
        field: field.to_owned(),
        depth: None,
    });
    let asked = |query: &str| Request {
        facets: facets.to_vec(),
        families: families().into(),
        ..Request::of(parse(query))
    };
    let golden = questions().into_iter().map(|question| question.query);
    let mut requests: Vec<Request> = golden.map(|query| asked(&query)).collect();
    for query in [
        "改革 -试点",
        "title:年度报告 服务",
        "region:广东 改革",
        "year:2020..2022 \"服务\"",
        "，但",
        "量子纠缠洗衣机",
        "人工*智能 OR 养老",
    ] {
        requests.push(asked(query));
        for within in [Within::Sentence, Within::Section, Within::Document] {
            let sort = Sort::Oldest;
            requests.push(Request {
                within,
                sort,
                ..asked(query)
            });
        }
        requests.push(Request {
            group_by_document: true,
            matching: Match::Any,
            limit: 100,
            ..asked(query)
        });
    }
    let mut hits = 0;
    for request in requests {
        let answer = |jobs| {
            let request = Request {
                jobs: NonZeroUsize::new(jobs),
                ..request.clone()
            };
            let results = search(&index, &Cutter::default(), &request).unwrap();
            serde_json::to_value(results).unwrap()
        };
        let alone = answer(1);
        hits += alone["hits"].as_array().unwrap().len();
        for jobs in [2, 3, 16] {
            assert_eq!(answer(jobs), alone, "{jobs} for {:?}", request.query.text);
        }
    }
    assert!(hits > 500, "{hits} hits");
}
