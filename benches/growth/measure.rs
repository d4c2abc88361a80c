//! One corpus through the two binaries: how long, how much memory, how large.
//!
//! Comes in: a corpus that was made. Goes out: figures. Every question is asked cold, each time by a
//! process of its own with the files in the system's cache, and warm, by one process that answers all
//! questions again and again and whose first round is not counted. A question's figure is the median
//! of its rounds.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::folder::text_of;
use super::process::{Run, answered, cpu_of_children, silent, watched};
use super::sizes::Sizes;

/// The two programs.
pub struct Binaries {
    xianli: PathBuf,
    indexer: PathBuf,
}

/// A question with the kind that it is counted under.
#[derive(Debug, Clone)]
pub struct Question {
    pub kind: String,
    pub text: String,
}

impl Question {
    fn has_facets(&self) -> bool {
        self.kind == "facet counts"
    }
}

/// Milliseconds by kind: each question's median.
pub type Times = BTreeMap<String, Vec<f64>>;

/// All figures of one size; those that were not asked for are empty.
#[derive(Debug, Default)]
pub struct Figures {
    pub paragraphs: usize,
    /// Of the paragraphs' text, in UTF-8.
    pub bytes: u64,
    pub indexing: Option<Run>,
    pub sizes: Sizes,
    pub cold: Times,
    pub warm: Times,
    /// Of a process that asks one question: the largest.
    pub cold_peak_megabytes: f64,
    /// Milliseconds of `true`: what a process costs that does nothing.
    pub nothing_milliseconds: f64,
    /// Processor time of a cold and of a warm answer, the mean over all questions: what a busy machine
    /// does not change.
    pub cpu_milliseconds: [f64; 2],
}

/// The kind of questions that have the same answer at each size, beside the sixty and not counted
/// among them: what the size alone costs.
pub const LOCAL: &str = "local label";

const LOCAL_LABELS: [&str; 6] = [
    "禾邻议事亭",
    "驿路帮办岗",
    "竹乡码上议",
    "潮汐共治桌",
    "茶山流动庭",
    "渡口银龄校",
];

/// The 60 questions, and those of the kind [`LOCAL`].
pub fn questions() -> Vec<Question> {
    let rows = include_str!("questions.tsv").lines().skip(1);
    let rows = rows.filter_map(|row| row.split_once('\t'));
    let local = LOCAL_LABELS.iter().map(|label| (LOCAL, *label));
    rows.chain(local)
        .map(|(kind, text)| Question {
            kind: kind.to_owned(),
            text: text.to_owned(),
        })
        .collect()
}

/// The times of the sixty questions, of all kinds together.
pub fn of_the_sixty(times: &Times) -> Vec<f64> {
    let sixty = times.iter().filter(|(kind, _)| *kind != LOCAL);
    sixty.flat_map(|(_, times)| times).copied().collect()
}

/// The middle value.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value below which a share of the values lies.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    let place = (last as f64 * share).ceil() as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

/// The folder of the programs that were built with this one.
pub fn own_binaries() -> &'static Path {
    let xianli = Path::new(env!("CARGO_BIN_EXE_xianli"));
    xianli.parent().expect("a file lies in a folder")
}

impl Binaries {
    /// Those of a folder.
    pub fn of(folder: &Path) -> Self {
        Self {
            xianli: folder.join("xianli"),
            indexer: folder.join("xianli-index"),
        }
    }

    fn asking(&self, index: &Path, question: &Question) -> Command {
        let mut command = Command::new(&self.xianli);
        command.arg("--index").arg(index);
        if question.has_facets() {
            command.args(["--facets", "region,year,section"]);
        }
        command
    }
}

impl Figures {
    /// Counts the paragraphs and bytes of a corpus.
    pub fn of(corpus: &Path) -> io::Result<Self> {
        let (paragraphs, bytes) = text_of(corpus)?;
        Ok(Self {
            paragraphs,
            bytes,
            ..Self::default()
        })
    }

    /// Indexes the corpus anew.
    pub fn index(&mut self, binaries: &Binaries, corpus: &Path) -> io::Result<()> {
        let index = corpus.join("index");
        if index.exists() {
            fs::remove_dir_all(&index)?;
        }
        let mut command = Command::new(&binaries.indexer);
        command.arg("update").arg(corpus.join("documents"));
        command.arg("--index").arg(&index).arg("-q");
        self.indexing = Some(watched(&mut command)?);
        Ok(())
    }

    /// Asks all questions of the index, each in so many rounds.
    pub fn ask(&mut self, binaries: &Binaries, corpus: &Path, rounds: usize) -> io::Result<()> {
        let (local, sixty): (Vec<Question>, Vec<Question>) = questions()
            .into_iter()
            .partition(|question| question.kind == LOCAL);
        let index = corpus.join("index");
        let asked = sixty.len() as f64;
        let (cold, nothing) = self.ask_cold(binaries, &index, &sixty, rounds)?;
        self.nothing_milliseconds = nothing;
        let before = cpu_of_children();
        self.warm = warm(binaries, corpus, &sixty, rounds)?;
        let warm_sixty = (cpu_of_children() - before) / (rounds + 1) as f64;
        self.cpu_milliseconds = [cold, warm_sixty].map(|cpu| cpu * 1e3 / asked);
        self.ask_cold(binaries, &index, &local, rounds)?;
        self.warm
            .append(&mut warm(binaries, corpus, &local, rounds)?);
        Ok(())
    }

    /// A process for each answer. Gives the processor time of a round in seconds, and the milliseconds
    /// of a process that does nothing.
    fn ask_cold(
        &mut self,
        binaries: &Binaries,
        index: &Path,
        asked: &[Question],
        rounds: usize,
    ) -> io::Result<(f64, f64)> {
        let mut nothing = Vec::new();
        let mut cpu = 0.0;
        for question in asked {
            let mut command = binaries.asking(index, question);
            command.arg(&question.text);
            let run = watched(&mut command)?;
            self.cold_peak_megabytes = self.cold_peak_megabytes.max(run.peak_megabytes);
            let before = cpu_of_children();
            let times: io::Result<Vec<f64>> =
                (0..rounds).map(|_| milliseconds(&mut command)).collect();
            cpu += cpu_of_children() - before;
            nothing.push(milliseconds(&mut Command::new("true"))?);
            let of_kind = self.cold.entry(question.kind.clone()).or_default();
            of_kind.push(median(&times?));
        }
        Ok((cpu / rounds as f64, median(&nothing)))
    }
}

/// Milliseconds from the start of a process to its exit.
fn milliseconds(command: &mut Command) -> io::Result<f64> {
    let start = Instant::now();
    let status = silent(command).status()?;
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    answered(command, status)?;
    Ok(milliseconds)
}

/// Batches, for flags are those of a whole batch: the questions with facets, and the others.
fn warm(
    binaries: &Binaries,
    corpus: &Path,
    asked: &[Question],
    rounds: usize,
) -> io::Result<Times> {
    let mut times = Times::new();
    let (facets, others): (Vec<&Question>, Vec<&Question>) =
        asked.iter().partition(|question| question.has_facets());
    for asked in [others, facets] {
        let Some(first) = asked.first() else { continue };
        let rows = asked.iter().cycle().take(asked.len() * (rounds + 1));
        let lines: String = (0..)
            .zip(rows)
            .map(|(number, question)| format!("{number}\t{}\n", question.text))
            .collect();
        let batch = corpus.join("batch.tsv");
        fs::write(&batch, lines)?;
        let mut command = binaries.asking(&corpus.join("index"), first);
        command.args(["--format", "jsonl", "--batch"]).arg(&batch);
        let answers = command.output()?.stdout;
        let took = answers.lines().map(|answer| took(&answer?));
        let took: Vec<f64> = took.collect::<io::Result<_>>()?;
        assert_eq!(took.len(), asked.len() * (rounds + 1), "all are answered");
        for (place, question) in asked.iter().enumerate() {
            let rounds = took.iter().skip(asked.len() + place).step_by(asked.len());
            let median = median(&rounds.copied().collect::<Vec<_>>());
            times.entry(question.kind.clone()).or_default().push(median);
        }
    }
    Ok(times)
}

/// What an answer says that it took: from the text of the question to its ten hits.
fn took(answer: &str) -> io::Result<f64> {
    let answer: serde_json::Value = serde_json::from_str(answer)?;
    let took = answer["took_ms"].as_f64();
    took.ok_or_else(|| io::Error::other("an answer says how long it took"))
}
