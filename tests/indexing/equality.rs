//! Whatever is done to a folder, an update ends where a fresh index of it ends: the same documents
//! and paragraphs under the same ids, the same facets, the same scores to the last bit.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use xianli::ingest::{Event, UpdateOptions, update};

use crate::bench::{Bench, now, options};

/// What may happen to a folder between two runs. Numbers choose among names and texts.
#[derive(Debug, Clone)]
enum Happening {
    Write { name: usize, text: usize },
    WriteLines { texts: Vec<usize> },
    Reencode { name: usize },
    State { name: usize, year: i32 },
    Unstate,
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
        2 => (name.clone(), 2001..2004).prop_map(|(name, year)| Happening::State { name, year }),
        1 => Just(Happening::Unstate),
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
        Happening::State { name, year } => {
            let table = format!("path,year,region\n{},{year},长沙市\n", NAMES[*name]);
            fs::write(corpus.join("metadata.csv"), table).unwrap();
        }
        Happening::Unstate => drop(fs::remove_file(corpus.join("metadata.csv"))),
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

/// As many cases as `PROPTEST_CASES` says, or a dozen.
#[expect(clippy::disallowed_methods, reason = "stands where cli stands")]
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let chosen = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if chosen { default.cases } else { 12 },
        max_shrink_iters: 40,
        ..default
    }
}

proptest! {
    #![proptest_config(config())]
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
            bench.update(commit_every);
            prop_assert_eq!(bench.answers(), bench.rebuilt(), "after {:?}", happenings);
        }
    }
}

#[test]
fn a_clock_that_jumps_hides_no_change() {
    let bench = Bench::new();
    let moments = [0, 1 << 33, 1_000_000_000, 0]
        .map(|seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    // Texts of one length, under times that go back and forth with the clock of whoever wrote them.
    for (n, clock) in moments.into_iter().enumerate() {
        for (file, stamp) in moments.into_iter().enumerate() {
            bench.write(
                &format!("{file}.txt"),
                &format!("推行一网通办，第{n}次。\n"),
            );
            let written = fs::File::options()
                .append(true)
                .open(bench.corpus().join(format!("{file}.txt")));
            written
                .unwrap()
                .set_modified(stamp + Duration::from_secs(n as u64))
                .unwrap();
        }
        let options = UpdateOptions {
            now: clock,
            ..options(None)
        };
        let observer = &mut |_: Event<'_>| ControlFlow::Continue(());
        update(&bench.index(), &[bench.corpus()], &options, observer).unwrap();
        assert_eq!(bench.answers(), bench.rebuilt(), "{n}");
    }
}
