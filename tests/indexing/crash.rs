//! An indexer that is killed at any moment, while others ask: the old or the new index answers,
//! never half of one, and the next run repairs what there is to repair.
//!
//! `XIANLI_KILLS=100 XIANLI_KILLS_OVER=FOLDER cargo test --release --test indexing killed -- --nocapture`
//! does it a hundred times over the texts of a folder; without one, over the reports of
//! `XIANLI_SHARED`, where they are.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use xianli::document::Metadata;
use xianli::index::IndexReader;

use crate::bench::{Answers, Bench};

/// Files by name.
type Texts = BTreeMap<String, String>;

#[test]
fn a_killed_indexer_leaves_the_old_index_or_the_new_one() {
    let bench = Bench::new();
    let kills = kills(6);
    let [old, new] = states(kills);
    let answers = [&old, &new].map(|texts| {
        lay(&bench, texts);
        bench.rebuilt()
    });
    assert!(answers[0] != answers[1]);
    lay(&bench, &old);
    let whole_run = timed(|| run_to_the_end(&bench));
    let known = |found: &Answers| answers.contains(found);
    let asked = asking_meanwhile(&bench, known, || {
        for kill in 1..=kills {
            lay(&bench, [&old, &new][kill % 2]);
            killed_after(&bench, &[], moment(whole_run, kill));
            run_to_the_end(&bench);
            assert!(
                bench.answers() == answers[kill % 2],
                "after kill {kill} all is repaired"
            );
            assert_eq!(leftovers(&bench), [""; 0], "after kill {kill}");
        }
    });
    println!("{kills} kills within {whole_run:?}; {asked} times asked, no wrong answer");
}

#[test]
fn with_many_commits_every_document_of_a_killed_run_is_old_or_new() {
    let bench = Bench::new();
    let kills = kills(4);
    let [old, new] = states(kills);
    let answers = [&old, &new].map(|texts| {
        lay(&bench, texts);
        bench.rebuilt()
    });
    lay(&bench, &old);
    let whole_run = timed(|| run_to_the_end(&bench));
    let known = |found: &Answers| {
        // Between two commits a moved document has its old path and its new one.
        let without_paths = |(facts, text): &(Metadata, Vec<String>)| {
            let facts = Metadata {
                path: String::new(),
                other_paths: Vec::new(),
                ..facts.clone()
            };
            (facts, text.clone())
        };
        let whole = |(id, document)| {
            let known = |answers: &Answers| answers.documents.get(id).map(without_paths);
            let found = Some(without_paths(document));
            answers.iter().any(|answers| known(answers) == found)
        };
        found.documents.iter().all(whole)
    };
    let asked = asking_meanwhile(&bench, known, || {
        for kill in 1..=kills {
            lay(&bench, [&old, &new][kill % 2]);
            killed_after(&bench, &["--commit-every", "3"], moment(whole_run, kill));
            run_to_the_end(&bench);
            assert!(
                bench.answers() == answers[kill % 2],
                "after kill {kill} all is repaired"
            );
            assert_eq!(leftovers(&bench), [""; 0], "after kill {kill}");
        }
    });
    println!("{kills} kills, many commits; {asked} times asked, no half document");
}

/// Asks on two threads, without pause, while `work` is done; tells how often.
fn asking_meanwhile(
    bench: &Bench,
    known: impl Fn(&Answers) -> bool + Sync,
    work: impl Fn(),
) -> usize {
    let (done, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    assert!(
                        known(&bench.answers()),
                        "what is answered was never indexed"
                    );
                    asked.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        let _ends = Ending(&done);
        work();
    });
    asked.into_inner()
}

/// Ends the asking, also where the work panics.
struct Ending<'d>(&'d AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Two states of a folder: most files say something else in the second, some are gone, moved or
/// new.
fn states(kills: usize) -> [Texts; 2] {
    let old = reports(kills);
    let new = old
        .iter()
        .enumerate()
        .filter_map(|(place, (name, text))| match place % 8 {
            0 => None,
            1 => Some((name.clone(), text.clone())),
            2 => Some((format!("moved-{name}"), text.clone())),
            _ => Some((name.clone(), text.replace('年', "年度").replace('1', "2"))),
        });
    let new = new
        .chain([("new.txt".to_owned(), "跨省通办，秒批秒报。\n".to_owned())])
        .collect();
    [old, new]
}

/// The texts of a folder, where one is given or kills are many; else something shorter.
fn reports(kills: usize) -> Texts {
    let shared = setting("XIANLI_SHARED").unwrap_or_else(|| "../shared".to_owned());
    let reports = Path::new(&shared).join("corpus/reports");
    let given = setting("XIANLI_KILLS_OVER").map(PathBuf::from);
    if let Some(folder) = given.or_else(|| (kills > 20 && reports.is_dir()).then_some(reports)) {
        let text = |path: PathBuf| {
            let name = path.file_name()?.to_string_lossy().into_owned();
            let bytes = fs::read(&path).ok()?;
            Some((name, String::from_utf8_lossy(&bytes).into_owned()))
        };
        let files = fs::read_dir(folder).unwrap();
        let texts: Texts = files
            .filter_map(|file| text(file.unwrap().path()))
            .collect();
        println!("over {} files", texts.len());
        return texts;
    }
    let line = |file: usize, line: usize| {
        format!("（{line}）第{file}项举措：推行一网通办，办件{line}1件，好评率9{file}.{line}%。\n")
    };
    let text = |file| {
        let lines: String = (1..30).map(|n| line(file, n)).collect();
        format!(
            "防城港市20{:02}年法治政府建设年度报告\n一、主要举措\n{lines}",
            file % 24
        )
    };
    (0..40)
        .map(|file| (format!("{file:02}.txt"), text(file)))
        .collect()
}

/// Makes the folder hold exactly these files.
fn lay(bench: &Bench, texts: &Texts) {
    for entry in fs::read_dir(bench.corpus()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_file() && !texts.contains_key(&name) {
            fs::remove_file(path).unwrap();
        }
    }
    for (name, text) in texts {
        bench.write(name, text);
    }
}

/// Files in the folder of the index that no reader and no later run needs.
fn leftovers(bench: &Bench) -> Vec<String> {
    let reader = IndexReader::open(&bench.index()).unwrap();
    let generation = reader.generation().unwrap();
    let segments = reader.segments().into_iter();
    let mut needed: Vec<String> = segments
        .flat_map(|segment| segment.files.into_iter().map(|file| file.name))
        .collect();
    needed.extend([".managed.json", "meta.json"].map(str::to_owned));
    needed.extend([".tantivy-meta.lock", ".tantivy-writer.lock"].map(str::to_owned));
    let current = generation
        .file_name()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    needed.extend([
        current,
        "CURRENT".to_owned(),
        "lock".to_owned(),
        "runs.jsonl".to_owned(),
    ]);
    let entries = [generation.to_owned(), bench.index()]
        .into_iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.retain(|name| !needed.contains(name));
    // Each commit has one manifest.
    let manifest = names.iter().position(|name| name.starts_with("manifest-"));
    names.remove(manifest.unwrap());
    names
}

fn indexer(bench: &Bench, options: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_xianli-index"))
        .arg("update")
        .args(options)
        .arg("--index")
        .arg(bench.index())
        .arg(bench.corpus())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn run_to_the_end(bench: &Bench) {
    assert!(indexer(bench, &[]).wait().unwrap().success());
}

fn killed_after(bench: &Bench, options: &[&str], moment: Duration) {
    let mut indexer = indexer(bench, options);
    thread::sleep(moment);
    indexer.kill().unwrap();
    indexer.wait().unwrap();
}

/// A moment within a run, another for each kill, all over the run.
fn moment(whole_run: Duration, kill: usize) -> Duration {
    // The golden ratio spreads any number of points evenly.
    whole_run.mul_f64((kill as f64 * 0.618_034).fract())
}

#[expect(clippy::disallowed_methods, reason = "stands where cli stands")]
fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

#[expect(clippy::disallowed_methods, reason = "stands where cli stands")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn kills(default: usize) -> usize {
    setting("XIANLI_KILLS").map_or(default, |kills| kills.parse().unwrap())
}
