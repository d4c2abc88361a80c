//! Reuse among real documents: the five seeds share formulas and titles only, and a paragraph that
//! is planted among them is found however it was changed.
//!
//! Needs the shared data (`XIANLI_SHARED`, or `../shared` beside the package); says so and passes
//! where it is absent.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot read is a failed test, and one that cannot run says so"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use xianli::document::{LineKind, Metadata};
use xianli::read::{Limits, read_file, walk};
use xianli::study::reuse::{Edge, Origin, Original, Places, edges, similar};
use xianli::study::{Passage, Quote};

/// A sentence of 134 characters, written for this test.
const PLANTED: &str = "建立重点项目服务专员制度，对投资额较大的项目逐一确定联络人员，提前介入选址、环评、用地\
    等环节，实行容缺受理和限时补正，同步公开办理进度，让申请人通过手机随时查询，遇到卡点由专班\
    当天会商、次日答复，避免企业在多个窗口之间来回奔走。";

fn shared() -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by its caller where the data is"
    )]
    let folder = std::env::var_os("XIANLI_SHARED");
    let folder = folder.map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    if !folder.join("corpus").is_dir() {
        println!("no shared data: set XIANLI_SHARED to check real documents");
        return None;
    }
    Some(folder.join("corpus"))
}

/// The paragraphs of a folder; the name of a file stands for its place.
fn passages(folder: &Path) -> Vec<Passage> {
    let mut passages = Vec::new();
    for file in walk(&[folder]).files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        for document in read_file(&file, &Limits::default()).unwrap().documents {
            let metadata = metadata(&name);
            passages.extend(document.paragraphs().map(|paragraph| Passage {
                document: Arc::clone(&metadata),
                ordinal: paragraph.ordinal,
                kind: paragraph.source.kind,
                role: None,
                path: paragraph.source.path.clone(),
                text: paragraph.source.printed(),
            }));
        }
    }
    passages
}

fn metadata(place: &str) -> Arc<Metadata> {
    Arc::new(Metadata {
        id: place.to_owned(),
        region: vec![place.to_owned()],
        ..Metadata::default()
    })
}

fn planted(place: &str, text: &str) -> Passage {
    Passage {
        document: metadata(place),
        ordinal: 1,
        kind: LineKind::Paragraph,
        role: None,
        path: Vec::new(),
        text: text.to_owned(),
    }
}

/// The text with so many percent of its characters replaced by others, spread by a fixed seed.
fn changed(text: &str, percent: usize) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let mut places: Vec<usize> = (0..characters.len()).collect();
    let mut state = 2024u64;
    for place in (1..places.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        places.swap(place, (state >> 33) as usize % (place + 1));
    }
    let others: Vec<char> = "春夏秋冬山水江河松竹梅兰琴棋书画".chars().collect();
    for (number, &place) in places[..characters.len() * percent / 100]
        .iter()
        .enumerate()
    {
        characters[place] = others[number % others.len()];
    }
    characters.into_iter().collect()
}

/// The text in traditional script, as far as the table of variants goes back.
fn traditional(text: &str) -> String {
    let table = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("index-schema/variants.tsv"),
    );
    let table = table.unwrap();
    let back: std::collections::BTreeMap<char, char> = table
        .lines()
        .skip(1)
        .filter_map(|row| {
            let mut cells = row.split('\t').map(|cell| cell.chars().next());
            let (traditional, simplified) = (cells.next()??, cells.next()??);
            Some((simplified, traditional))
        })
        .collect();
    text.chars().map(|c| *back.get(&c).unwrap_or(&c)).collect()
}

fn with_plants(mut corpus: Vec<Passage>) -> (Vec<Passage>, usize) {
    let before = corpus.len();
    corpus.push(planted("original", PLANTED));
    corpus.push(planted("ten percent", &changed(PLANTED, 10)));
    corpus.push(planted("twenty percent", &changed(PLANTED, 20)));
    corpus.push(planted("thirty percent", &changed(PLANTED, 30)));
    corpus.push(planted("traditional", &traditional(PLANTED)));
    (corpus, before)
}

fn told(edges: &[Edge], corpus: &[Passage]) -> Vec<String> {
    let row = |edge: &Edge| {
        format!(
            "{:.1} {} -> {}",
            edge.echo.score,
            corpus[edge.from].id(),
            corpus[edge.to].id()
        )
    };
    edges.iter().map(row).collect()
}

#[test]
fn the_seeds_took_nothing_from_each_other() {
    let Some(shared) = shared() else { return };
    let seeds = passages(&shared.join("seeds"));
    assert_eq!(
        told(&edges(&seeds, Places::All), &seeds),
        Vec::<String>::new()
    );
}

#[test]
fn a_planted_paragraph_is_found_and_ranked_above_all_formulas() {
    let Some(shared) = shared() else { return };
    let mut corpus = passages(&shared.join("seeds"));
    // A few reports bring formulas of their own; all of them would take minutes unoptimised.
    for place in ["中山", "潜江", "滁州", "武汉"] {
        corpus.extend(passages(&shared.join(format!("reports/{place}.txt"))));
    }
    let (corpus, before) = with_plants(corpus);
    let found = edges(&corpus, Places::Others);
    let of_original = found.iter().filter(|edge| edge.from == before);
    assert_eq!(of_original.count(), 4, "{:#?}", told(&found, &corpus));
    let is_planted = |edge: &Edge| edge.from >= before && edge.to >= before;
    let planted = found.iter().filter(|edge| is_planted(edge)).count();
    let first: Vec<bool> = found[..planted].iter().map(is_planted).collect();
    assert_eq!(first, vec![true; planted], "{:#?}", told(&found, &corpus));
}

#[test]
fn a_paragraph_asks_for_its_like_and_finds_every_change_of_it() {
    let Some(shared) = shared() else { return };
    let (corpus, before) = with_plants(passages(&shared.join("reports")));
    let original = Original {
        quote: Quote::words(&corpus[before], PLANTED),
        origin: Origin::Corpus,
    };
    let found = similar(&[original], &corpus, Places::Others);
    let places: Vec<&str> = found
        .iter()
        .map(|similar| similar.found.document.id.as_str())
        .collect();
    assert_eq!(
        places,
        [
            "traditional",
            "ten percent",
            "twenty percent",
            "thirty percent"
        ]
    );
}
