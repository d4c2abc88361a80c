//! The facts of the five seeds, read by hand, as the verbs of `study` answer them from an index.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read is a failed test"
)]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::fs;
use std::path::PathBuf;

use xianli::index::IndexReader;
use xianli::ingest::index_in_memory;
use xianli::lexicon::families;
use xianli::render::pack_files;
use xianli::search::{Filters, Request, search};
use xianli::study::{
    ClaimKind, Corpus, LinkKind, Rollup, Stance, Timeline, Verdict, ask_claims, ask_coverage,
    ask_links, ask_pack, ask_timeline,
};
use xianli::tokenize::Cutter;

/// The seeds in an index, `None` where they are not at hand.
fn seeds(order: impl Fn(&mut Vec<PathBuf>)) -> Option<IndexReader> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by its caller where the data is"
    )]
    let shared = std::env::var("XIANLI_SHARED").unwrap_or_else(|_| "../shared".into());
    let folder = PathBuf::from(shared).join("corpus/seeds");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: no {}", folder.display());
        return None;
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    order(&mut paths);
    let files: Vec<(String, Vec<u8>)> = paths
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    let files = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    Some(index_in_memory(files).unwrap().0)
}

/// Hands `question` the corpus of the seeds.
fn asked(question: impl FnOnce(&Corpus<'_>)) {
    let Some(reader) = seeds(|_| {}) else { return };
    let cutter = Cutter::with_words([]);
    let ask = |request: &Request| search(&reader, &cutter, request);
    question(&Corpus::new(&reader, &ask, Filters::default()));
}

fn timeline_of(corpus: &Corpus<'_>, term: &str) -> Timeline {
    ask_timeline(corpus, &[term.to_owned()], Rollup::Own).unwrap()
}

/// `1 福田区 done 2021` for adopters, `- 潮州市 planned 2023` for the others.
fn rows(corpus: &Corpus<'_>, term: &str) -> Vec<String> {
    timeline_of(corpus, term)
        .rows
        .iter()
        .map(|row| {
            let rank = row.rank.map_or("-".into(), |rank| rank.to_string());
            let shown = row.done.as_ref().or(row.before.first()).unwrap();
            let (stance, year) = (shown.stance.name(), shown.year.unwrap());
            format!("{rank} {} {stance} {year}", row.region.last().unwrap())
        })
        .collect()
}

#[test]
fn reforms_are_traced_through_the_seeds() {
    asked(|corpus| {
        assert_eq!(
            rows(corpus, "民意速办"),
            ["1 福田区 done 2021", "- 潮州市 planned 2023"]
        );
        assert_eq!(
            rows(corpus, "跨省通办"),
            ["1 福田区 done 2021", "1 防城港市 done 2021"]
        );
        assert_eq!(rows(corpus, "免申即享"), ["1 龙华区 done 2022"]);
        assert_eq!(
            rows(corpus, "好差评"),
            [
                "1 荔湾区 done 2020",
                "2 福田区 done 2021",
                "2 防城港市 done 2021",
                "4 潮州市 done 2023"
            ]
        );
        assert_eq!(rows(corpus, "独任审批师"), ["1 防城港市 done 2021"]);
    });
}

#[test]
fn the_plan_for_the_next_year_stands_apart_and_an_expired_document_is_evidence() {
    asked(|corpus| {
        let found = timeline_of(corpus, "免申即享");
        let done = found.rows[0].done.as_ref().unwrap();
        assert_eq!(
            done.document.status,
            Some(xianli::document::Status::Expired)
        );
        let planned = found.rows[0]
            .paragraphs
            .iter()
            .find(|(stance, _)| *stance == Stance::Planned);
        assert_eq!(planned.unwrap().1, 1);
        assert!(found.rows[0].left_censored);
    });
}

#[test]
fn links_are_those_that_the_texts_state() {
    asked(|corpus| {
        let found: Vec<String> = ask_links(corpus)
            .unwrap()
            .iter()
            .map(|link| {
                let name = |path: &[String]| path.last().cloned().unwrap();
                let (from, to) = (name(&link.from), name(&link.to));
                format!("{from} → {to} {} {}", link.kind.name(), link.stance.name())
            })
            .collect();
        assert_eq!(
            found,
            [
                "济南市 → 防城港市 learning done",
                "深圳市 → 潮州市 help planned",
                "深圳市 → 潮州市 learning planned",
            ]
        );
        let links = ask_links(corpus).unwrap();
        let learned = links.iter().filter(|link| link.kind == LinkKind::Learning);
        let topics: Vec<_> = learned.map(|link| link.topic.clone().unwrap()).collect();
        assert!(topics[1].contains("民意速办"), "{topics:?}");
    });
}

#[test]
fn each_claim_to_be_first_has_its_scope() {
    asked(|corpus| {
        let mut found: Vec<String> = ask_claims(corpus, &families())
            .unwrap()
            .iter()
            .filter(|claim| claim.cue == "率先")
            .map(|claim| {
                assert_eq!(claim.kind, ClaimKind::First);
                let scope = claim.scope_word.clone().unwrap_or_else(|| "-".into());
                format!("{} {scope}", claim.document.region.last().unwrap())
            })
            .collect();
        found.sort();
        assert_eq!(
            found,
            [
                "福田区 -",
                "福田区 -",
                "福田区 全市",
                "龙华区 -",
                "龙华区 全市",
                "龙华区 全市"
            ]
        );
    });
}

#[test]
fn a_claim_is_contradicted_by_an_earlier_document_under_another_label() {
    asked(|corpus| {
        let claims = ask_claims(corpus, &families()).unwrap();
        let claim = claims
            .iter()
            .find(|claim| claim.subject.as_deref() == Some("免申即享"))
            .unwrap();
        let Verdict::Earlier { evidence } = &claim.verdict else {
            panic!("{:?}", claim.verdict);
        };
        assert_eq!(evidence[0].document.region.last().unwrap(), "福田区");
        assert_eq!(evidence[0].label, "主动兑现");
    });
}

#[test]
fn a_year_without_documents_is_no_data() {
    asked(|corpus| {
        let coverage = ask_coverage(corpus, Rollup::Own).unwrap();
        let timeline = timeline_of(corpus, "民意速办");
        let panel = coverage.panel(&timeline);
        let futian = |year| {
            let row = panel
                .iter()
                .find(|row| row.code == "440304" && row.year == year);
            let row = row.unwrap();
            (row.documents, row.at_risk, row.adopted)
        };
        assert_eq!(futian(2020), (0, None, None));
        assert_eq!(futian(2021), (1, Some(1), Some(1)));
    });
}

#[test]
fn the_evidence_pack_is_the_same_bytes_after_a_reindex_in_another_order() {
    let pack = |order: fn(&mut Vec<PathBuf>)| {
        let reader = seeds(order)?;
        let cutter = Cutter::with_words([]);
        let ask = |request: &Request| search(&reader, &cutter, request);
        let corpus = Corpus::new(&reader, &ask, Filters::default());
        let labels = ["好差评".to_owned()];
        let pack = ask_pack(&corpus, "好差评", &labels, Rollup::Own, String::new()).unwrap();
        Some(pack_files(&pack))
    };
    assert_eq!(pack(|_| {}), pack(|paths| paths.reverse()));
}
