//! The questions, asked of an index a round at a time, and what each took.
//!
//! Every question is asked cold, by a process of its own with the files in the system's cache, and
//! warm, by one process that answers all questions and then all again. Each way it is asked twice a
//! round, and the second time counts. A question's figure is the median of its rounds.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::measure::Binaries;
use super::process::{answered, cpu_of_children, silent, watched};

/// A question with the kind that it is counted under.
#[derive(Debug, Clone)]
pub struct Question {
    pub kind: String,
    pub text: String,
}

impl Question {
    /// Whether it asks for the counts of facets.
    pub fn has_facets(&self) -> bool {
        self.kind == "facet counts"
    }
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

/// Milliseconds by kind: each question's median.
pub type Times = BTreeMap<String, Vec<f64>>;

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

/// What an index took in the rounds so far.
#[derive(Debug)]
pub struct Asking {
    questions: Vec<Question>,
    /// Milliseconds of each question, round by round.
    cold: Vec<Vec<f64>>,
    warm: Vec<Vec<f64>>,
    /// Milliseconds of `true`: what a process costs that does nothing.
    nothing: Vec<f64>,
    /// Processor time of a cold and of a warm answer in seconds, of all the sixty.
    cpu: [f64; 2],
    rounds: usize,
    peak_megabytes: f64,
}

impl Default for Asking {
    fn default() -> Self {
        let questions = questions();
        Self {
            cold: vec![Vec::new(); questions.len()],
            warm: vec![Vec::new(); questions.len()],
            questions,
            nothing: Vec::new(),
            cpu: [0.0; 2],
            rounds: 0,
            peak_megabytes: 0.0,
        }
    }
}

impl Asking {
    /// One more round.
    pub fn ask(&mut self, binaries: &Binaries, corpus: &Path) -> io::Result<()> {
        self.ask_cold(binaries, &corpus.join("index"))?;
        // Flags are those of a whole batch.
        let places = 0..self.questions.len();
        for is_one in [
            |of: &Question| of.kind != LOCAL && !of.has_facets(),
            |of: &Question| of.has_facets(),
            |of: &Question| of.kind == LOCAL,
        ] {
            let asked = places.clone().filter(|at| is_one(&self.questions[*at]));
            self.ask_warm(binaries, corpus, &asked.collect::<Vec<_>>())?;
        }
        self.rounds += 1;
        Ok(())
    }

    fn ask_cold(&mut self, binaries: &Binaries, index: &Path) -> io::Result<()> {
        for (question, cold) in self.questions.iter().zip(&mut self.cold) {
            let mut command = binaries.asking(index, question);
            command.arg(&question.text);
            let run = watched(&mut command)?;
            self.peak_megabytes = self.peak_megabytes.max(run.peak_megabytes);
            let before = cpu_of_children();
            cold.push(milliseconds(&mut command)?);
            if question.kind != LOCAL {
                self.cpu[0] += cpu_of_children() - before;
            }
            self.nothing.push(milliseconds(&mut Command::new("true"))?);
        }
        Ok(())
    }

    /// Questions of which all have facets, or none has.
    fn ask_warm(&mut self, binaries: &Binaries, corpus: &Path, places: &[usize]) -> io::Result<()> {
        let asked: Vec<&Question> = places.iter().map(|&at| &self.questions[at]).collect();
        let lines = asked.iter().chain(&asked).enumerate();
        let lines: String = lines
            .map(|(number, question)| format!("{number}\t{}\n", question.text))
            .collect();
        let batch = corpus.join("batch.tsv");
        fs::write(&batch, lines)?;
        let mut command = binaries.asking(&corpus.join("index"), asked[0]);
        command.args(["--format", "jsonl", "--batch"]).arg(&batch);
        let before = cpu_of_children();
        let answers = command.output()?.stdout;
        if asked[0].kind != LOCAL {
            self.cpu[1] += (cpu_of_children() - before) / 2.0;
        }
        let took = answers.lines().map(|answer| took(&answer?));
        let took: Vec<f64> = took.collect::<io::Result<_>>()?;
        assert_eq!(took.len(), asked.len() * 2, "all are answered");
        for (&at, took) in places.iter().zip(&took[asked.len()..]) {
            self.warm[at].push(*took);
        }
        Ok(())
    }

    /// Milliseconds of a process for each answer.
    pub fn cold(&self) -> Times {
        self.by_kind(&self.cold)
    }

    /// Milliseconds of an answer among many.
    pub fn warm(&self) -> Times {
        self.by_kind(&self.warm)
    }

    fn by_kind(&self, rounds: &[Vec<f64>]) -> Times {
        let mut times = Times::new();
        for (question, rounds) in self.questions.iter().zip(rounds) {
            let of_kind = times.entry(question.kind.clone()).or_default();
            of_kind.push(median(rounds));
        }
        times
    }

    /// Milliseconds of a process that does nothing.
    pub fn nothing(&self) -> f64 {
        median(&self.nothing)
    }

    /// Milliseconds of processor time of a cold and of a warm answer, the mean over the sixty: what a
    /// busy machine does not change.
    pub fn cpu_milliseconds(&self) -> [f64; 2] {
        let local = LOCAL_LABELS.len();
        let answers = (self.questions.len() - local) * self.rounds;
        self.cpu.map(|seconds| seconds * 1e3 / answers as f64)
    }

    /// The most memory that a process had that asks one question.
    pub fn peak_megabytes(&self) -> f64 {
        self.peak_megabytes
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

/// What an answer says that it took: from the text of the question to its ten hits.
fn took(answer: &str) -> io::Result<f64> {
    let answer: serde_json::Value = serde_json::from_str(answer)?;
    let took = answer["took_ms"].as_f64();
    took.ok_or_else(|| io::Error::other("an answer says how long it took"))
}
