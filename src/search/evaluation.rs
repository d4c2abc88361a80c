//! How good rankings are, by judgements of people: nDCG@10, MRR@10 and recall@100.
//!
//! Comes in: judgements in TREC's form and ranked ids. Goes out: measures for each question, for
//! the questions of each tier, and over all. Asks no index.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::results::{Results, Tier};

/// Judgements of documents, by question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgements(HashMap<String, HashMap<String, u32>>);

/// A line of judgements that is not `question iteration document grade`.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("expected `question iteration document grade` on line {line}, found {found:?}")]
pub struct JudgementError {
    /// The number of the line, from 1.
    pub line: usize,
    /// The line.
    pub found: String,
}

/// What a question was answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranking {
    /// The question's id.
    pub question: String,
    /// The closest tier that found anything.
    pub tier: Option<Tier>,
    /// Ids of documents, best first.
    pub documents: Vec<String>,
}

/// How good a ranking is; of several rankings, the mean.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Measures {
    /// How many questions it is the mean of.
    pub questions: usize,
    /// Normalised discounted cumulative gain of the first ten, gains being the grades.
    /// K. Järvelin, J. Kekäläinen, Cumulated gain-based evaluation of IR techniques, 2002.
    #[serde(rename = "ndcg@10")]
    pub ndcg_at_10: f64,
    /// One by the place of the first relevant document among the first ten.
    #[serde(rename = "mrr@10")]
    pub mrr_at_10: f64,
    /// The part of the relevant documents that is among the first hundred.
    #[serde(rename = "recall@100")]
    pub recall_at_100: f64,
}

/// Measures of many questions.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Evaluation {
    /// Over all questions that have judgements.
    pub overall: Measures,
    /// Over the questions of each closest tier; `none` where nothing was found.
    pub tiers: BTreeMap<&'static str, Measures>,
    /// Each question, in the order of the rankings.
    pub questions: Vec<(String, Measures)>,
}

impl Judgements {
    /// Reads judgements in TREC's form, one on a line, white space between the four columns.
    ///
    /// # Errors
    /// The first line that is something else.
    ///
    /// ```
    /// use xianli::search::Judgements;
    /// assert!(Judgements::parse("q1 0 d7 1\n").is_ok());
    /// assert!(Judgements::parse("q1 d7").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, JudgementError> {
        let mut judgements: HashMap<String, HashMap<String, u32>> = HashMap::new();
        for (number, line) in (1..).zip(text.lines()) {
            let columns: Vec<&str> = line.split_whitespace().collect();
            if columns.is_empty() {
                continue;
            }
            let [question, _, document, grade] = columns[..] else {
                return Err(error(number, line));
            };
            let grade: i64 = grade.parse().map_err(|_| error(number, line))?;
            let of_question = judgements.entry(question.to_owned()).or_default();
            of_question.insert(document.to_owned(), u32::try_from(grade).unwrap_or(0));
        }
        Ok(Self(judgements))
    }
}

fn error(line: usize, found: &str) -> JudgementError {
    JudgementError {
        line,
        found: found.to_owned(),
    }
}

impl Ranking {
    /// The documents of an answer, each where its first paragraph stands; by their source's ids
    /// where they have one.
    pub fn of(question: &str, results: &Results) -> Self {
        let mut documents: Vec<String> = Vec::new();
        for hit in &results.hits {
            let id = hit.document.source_id.as_ref().unwrap_or(&hit.document.id);
            if !documents.contains(id) {
                documents.push(id.clone());
            }
        }
        Self {
            question: question.to_owned(),
            tier: results.hits.iter().map(|hit| hit.tier).min(),
            documents,
        }
    }
}

/// Measures rankings. Questions without a relevant document are left out.
pub fn evaluate(rankings: &[Ranking], judgements: &Judgements) -> Evaluation {
    let mut evaluation = Evaluation::default();
    let mut tiers: BTreeMap<&'static str, Vec<Measures>> = BTreeMap::new();
    for ranking in rankings {
        let Some(measures) = measures(ranking, judgements) else {
            continue;
        };
        let tier = match ranking.tier {
            Some(Tier::Exact) => "exact",
            Some(Tier::All) => "all",
            Some(Tier::Any) => "any",
            None => "none",
        };
        tiers.entry(tier).or_default().push(measures);
        let question = ranking.question.clone();
        evaluation.questions.push((question, measures));
    }
    let all: Vec<Measures> = evaluation.questions.iter().map(|&(_, m)| m).collect();
    evaluation.overall = mean(&all);
    let tiers = tiers.into_iter();
    evaluation.tiers = tiers
        .map(|(tier, measures)| (tier, mean(&measures)))
        .collect();
    evaluation
}

fn measures(ranking: &Ranking, judgements: &Judgements) -> Option<Measures> {
    let judged = judgements.0.get(&ranking.question)?;
    let mut ideal: Vec<u32> = judged
        .values()
        .copied()
        .filter(|&grade| grade > 0)
        .collect();
    if ideal.is_empty() {
        return None;
    }
    let relevant = ideal.len();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let grades: Vec<u32> = ranking
        .documents
        .iter()
        .take(100)
        .map(|document| judged.get(document).copied().unwrap_or(0))
        .collect();
    let first = grades.iter().take(10).position(|&grade| grade > 0);
    let found = grades.iter().filter(|&&grade| grade > 0).count();
    Some(Measures {
        questions: 1,
        ndcg_at_10: gain(&grades) / gain(&ideal),
        mrr_at_10: first.map_or(0.0, |place| 1.0 / number(place + 1)),
        recall_at_100: number(found) / number(relevant),
    })
}

/// The discounted gain of the first ten.
fn gain(grades: &[u32]) -> f64 {
    let places = (2..).map(number).map(f64::log2);
    let grades = grades.iter().take(10).copied().map(f64::from);
    grades
        .zip(places)
        .map(|(grade, discount)| grade / discount)
        .fold(0.0, std::ops::Add::add)
}

fn mean(measures: &[Measures]) -> Measures {
    let of = |value: fn(&Measures) -> f64| {
        measures.iter().map(value).sum::<f64>() / number(measures.len().max(1))
    };
    Measures {
        questions: measures.len(),
        ndcg_at_10: of(|m| m.ndcg_at_10),
        mrr_at_10: of(|m| m.mrr_at_10),
        recall_at_100: of(|m| m.recall_at_100),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions are small")]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranking(question: &str, tier: Option<Tier>, documents: &[&str]) -> Ranking {
        Ranking {
            question: question.to_owned(),
            tier,
            documents: documents.iter().map(|&id| id.to_owned()).collect(),
        }
    }

    #[test]
    fn measures_are_those_of_the_field() {
        let judgements = Judgements::parse("a 0 d1 1\na 0 d2 1\nb 0 d9 1\nc 0 d1 0\n").unwrap();
        let rankings = [
            ranking("a", Some(Tier::Exact), &["d5", "d1"]),
            ranking("b", None, &[]),
            ranking("c", Some(Tier::Any), &["d1"]),
        ];
        let evaluation = evaluate(&rankings, &judgements);
        let a = Measures {
            questions: 1,
            ndcg_at_10: (1.0 / 3_f64.log2()) / (1.0 + 1.0 / 3_f64.log2()),
            mrr_at_10: 0.5,
            recall_at_100: 0.5,
        };
        assert_eq!(evaluation.tiers["exact"], a);
        assert_eq!(evaluation.overall.questions, 2);
        assert!((evaluation.overall.mrr_at_10 - 0.25).abs() < 1e-12);
    }
}
