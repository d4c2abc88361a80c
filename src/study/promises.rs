//! What was planned for a year, and what the report of that year says of it.
//!
//! Comes in: the paragraphs of a report with its plans, and those of the next report of the same
//! issuer. Goes out: each plan with its outcome, both quotes, and why it is read so. What the next
//! report does not speak of is silent, which is not missed.

use std::ops::Range;

use serde::Serialize;

use crate::document::LineKind;
use crate::lexicon::{Family, families_of, quantity_words};
use crate::text::fold;

use super::figures::{Amount, Bound, Context, Figure, Kind, figures};
use super::passage::Passage;
use super::quote::Quote;
use super::stance::{Setting, Stance, judge};
use super::statements::{Features, Statement, Weights, statements};

/// A statement that covers less of a plan does not speak of it.
const LEAST_COVERED: f64 = 0.3;
/// The same, where both name the same reform.
const LEAST_COVERED_WITH_LABEL: f64 = 0.12;
/// How many statements of the next report are looked at for each plan.
const MOST_ANSWERS: usize = 3;

/// A plan and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Promise {
    /// The plan.
    pub plan: Quote,
    /// The heading that it stands under.
    pub section: Vec<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it is read so.
    pub reason: String,
    /// What the next report says of it.
    pub report: Option<Quote>,
    /// How much of the plan that statement covers, 0 to 1.
    pub covered: f64,
}

/// What became of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The next report tells that it was done, with the figures that were aimed at.
    Kept,
    /// The next report tells that it was not done, or with smaller figures.
    Missed,
    /// The next report does not speak of it, or only plans it again.
    Silent,
}

impl Outcome {
    /// Every outcome, in the order of a table.
    pub const ALL: [Self; 3] = [Self::Kept, Self::Missed, Self::Silent];

    /// The name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Missed => "missed",
            Self::Silent => "silent",
        }
    }

    /// The word for a person.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Kept => "兑现",
            Self::Missed => "未达",
            Self::Silent => "未提及",
        }
    }
}

/// The plans of `before`, each with what `after` says of it.
pub fn promises(before: &[Passage], after: &[Passage], families: &[Family]) -> Vec<Promise> {
    let plans: Vec<Statement<'_>> = content(before).filter(is_plan).collect();
    let answers: Vec<Statement<'_>> = content(after).collect();
    let texts = plans.iter().chain(&answers).map(|statement| statement.text);
    let weights = Weights::over(texts);
    let answers: Vec<Answer<'_>> = answers
        .into_iter()
        .map(|statement| Answer::new(statement, &weights, families))
        .collect();
    plans
        .into_iter()
        .map(|plan| answered(&Answer::new(plan, &weights, families), &answers))
        .collect()
}

/// The statements of a report. A heading over paragraphs is none: they say what it names.
fn content(passages: &[Passage]) -> impl Iterator<Item = Statement<'_>> {
    let stands_over_others = |place: usize| {
        let next = passages.get(place + 1);
        passages[place].kind == LineKind::Heading
            && next.is_some_and(|next| next.path.len() > passages[place].path.len())
    };
    passages
        .iter()
        .enumerate()
        .filter(move |(place, passage)| passage.is_content() && !stands_over_others(*place))
        .flat_map(|(_, passage)| statements(passage))
}

fn is_plan(statement: &Statement<'_>) -> bool {
    statement.passage.role.as_deref() == Some("plan")
}

/// A statement with what it is compared by.
struct Answer<'p> {
    statement: Statement<'p>,
    features: Features,
    /// The reforms that it names: quoted labels, and the names of families.
    labels: Vec<String>,
    figures: Vec<Figure>,
}

impl<'p> Answer<'p> {
    fn new(statement: Statement<'p>, weights: &Weights, families: &[Family]) -> Self {
        let range = statement.range();
        let context = Context::of(statement.passage);
        // Of the whole paragraph, because subjects and dates stand in sentences before.
        let mut figures = figures(&statement.passage.text, context);
        figures.retain(|figure| range.start <= figure.range.start && figure.range.end <= range.end);
        Self {
            statement,
            features: weights.features(statement.text),
            labels: labels(statement.text, families),
            figures,
        }
    }

    fn shares_label(&self, other: &Self) -> bool {
        self.labels.iter().any(|label| other.labels.contains(label))
    }
}

/// The reforms that a statement names.
fn labels(text: &str, families: &[Family]) -> Vec<String> {
    let folded = fold(text);
    let mut labels: Vec<String> = Vec::new();
    for quoted in folded
        .split('“')
        .skip(1)
        .filter_map(|rest| rest.split_once('”'))
    {
        let length = quoted.0.chars().count();
        if (2..=12).contains(&length) {
            let named = families_of(families, quoted.0);
            labels.push(
                named
                    .first()
                    .map_or(quoted.0, |family| &family.name)
                    .to_owned(),
            );
        }
    }
    for family in families {
        if family
            .labels
            .iter()
            .any(|label| folded.contains(&*fold(label)))
        {
            labels.push(family.name.clone());
        }
    }
    labels.sort();
    labels.dedup();
    labels
}

/// A plan with the statements that speak of it.
fn answered(plan: &Answer<'_>, answers: &[Answer<'_>]) -> Promise {
    let mut found: Vec<(f64, &Answer<'_>)> = answers
        .iter()
        .filter_map(|answer| {
            let covered = plan.features.covered_by(&answer.features);
            let least = match plan.shares_label(answer) {
                true => LEAST_COVERED_WITH_LABEL,
                false => LEAST_COVERED,
            };
            (covered >= least).then_some((covered, answer))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (planned, told): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|(_, answer)| is_plan(&answer.statement));
    let is_problem =
        |answer: &Answer<'_>| answer.statement.passage.role.as_deref() == Some("problems");
    let done = told.iter().find(|(_, answer)| !is_problem(answer));
    let told = &told[..told.len().min(MOST_ANSWERS)];
    let promise = |outcome, reason: String, answer: Option<&(f64, &Answer<'_>)>| Promise {
        plan: plan.statement.quote(),
        section: plan.statement.passage.path.clone(),
        outcome,
        reason,
        report: answer.map(|(_, answer)| answer.statement.quote()),
        covered: answer.map_or(0.0, |(covered, _)| *covered),
    };
    let by_figure = told.iter().find_map(|answer| {
        let (outcome, reason) = by_figures(&plan.figures, &answer.1.figures)?;
        Some((outcome, reason, answer))
    });
    // A statement that only shares the label may speak of another trouble of the same reform.
    let close = told.iter().filter(|(covered, _)| *covered >= LEAST_COVERED);
    let by_words = close.into_iter().find_map(|answer| {
        let (outcome, reason) = by_words(plan, answer.1)?;
        Some((outcome, reason, answer))
    });
    match (by_figure, by_words, done, planned.first()) {
        (Some((outcome, reason, answer)), ..) | (None, Some((outcome, reason, answer)), ..) => {
            promise(outcome, reason, Some(answer))
        }
        (None, None, Some(answer), _) => {
            promise(Outcome::Kept, "the report tells of it".into(), Some(answer))
        }
        (None, None, None, Some(again)) => {
            promise(Outcome::Silent, "only planned again".into(), Some(again))
        }
        (None, None, None, None) => promise(
            Outcome::Silent,
            "the report does not speak of it".into(),
            None,
        ),
    }
}

/// What the figures of a report say of those of a plan: a figure of the same unit whose name has
/// something in common.
fn by_figures(plans: &[Figure], reports: &[Figure]) -> Option<(Outcome, String)> {
    let targets = plans.iter().filter(|figure| figure.kind == Kind::Target);
    let mut verdict: Option<(Outcome, String)> = None;
    for target in targets {
        let answer = reports
            .iter()
            .filter(|figure| figure.kind == Kind::Done && figure.unit == target.unit)
            .map(|figure| (in_common(&target.name, &figure.name), figure))
            .filter(|(common, _)| *common >= 2)
            // Of equals the first: 新增11个，累计60个.
            .rev()
            .max_by_key(|(common, _)| *common);
        let Some((_, figure)) = answer else { continue };
        let reached = is_reached(target, figure);
        let sign = if reached { "reaches" } else { "is short of" };
        let reason = format!("{} {sign} {}", figure.written, target.written);
        if !reached {
            return Some((Outcome::Missed, reason));
        }
        verdict = verdict.or(Some((Outcome::Kept, reason)));
    }
    verdict
}

/// Whether a value reaches a target; of a length of time or an upper bound, less is more.
fn is_reached(target: &Figure, figure: &Figure) -> bool {
    let is_time = quantity_words("duration").contains(&target.unit.as_str());
    let less_is_more =
        target.amount.bound == Bound::AtMost || is_time && target.amount.bound != Bound::AtLeast;
    let value = |amount: &Amount| amount.high.or(amount.low).unwrap_or(amount.value);
    if less_is_more {
        value(&figure.amount) <= value(&target.amount)
    } else {
        figure.amount.low.unwrap_or(figure.amount.value) >= target.amount.value
    }
}

/// How many characters the longest run that two names share has.
fn in_common(first: &str, second: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (first.chars().collect(), second.chars().collect());
    let mut lengths = vec![0usize; b.len() + 1];
    let mut longest = 0;
    for left in a {
        for place in (0..b.len()).rev() {
            lengths[place + 1] = if left == b[place] {
                lengths[place] + 1
            } else {
                0
            };
            longest = longest.max(lengths[place + 1]);
        }
    }
    longest
}

/// Words of failure, and a section or words that deny it.
fn by_words(plan: &Answer<'_>, report: &Answer<'_>) -> Option<(Outcome, String)> {
    let text = report.statement.text;
    let folded = fold(text);
    if let Some(word) = quantity_words("failed")
        .iter()
        .find(|word| folded.contains(**word))
    {
        return Some((Outcome::Missed, format!("{word} stands in the report")));
    }
    let place = shared_run(plan.statement.text, text)?;
    let passage = report.statement.passage;
    let setting = Setting {
        role: passage.role.as_deref(),
        kind: passage.document.kind.as_deref(),
        year: passage.document.year,
        status: passage.document.status,
        region: &passage.document.region,
    };
    let start = report.statement.start;
    let judged = judge(
        &passage.text,
        start + place.start..start + place.end,
        &setting,
    );
    match judged.stance {
        Stance::Negated | Stance::Problem => Some((Outcome::Missed, judged.reason)),
        _ => None,
    }
}

/// The bytes of `text` of the longest run that it shares with `plan`.
fn shared_run(plan: &str, text: &str) -> Option<Range<usize>> {
    let (a, b): (Vec<char>, Vec<(usize, char)>) =
        (fold(plan).chars().collect(), text.char_indices().collect());
    let folded: Vec<char> = fold(text).chars().collect();
    let mut lengths = vec![0usize; b.len() + 1];
    let mut best = (0, 0);
    for left in a {
        for place in (0..b.len()).rev() {
            let same = left == folded[place] && left.is_alphanumeric();
            lengths[place + 1] = if same { lengths[place] + 1 } else { 0 };
            best = best.max((lengths[place + 1], place + 1));
        }
    }
    let (length, end) = best;
    let end_byte = b.get(end).map_or(text.len(), |(at, _)| *at);
    (length > 0).then(|| b[end - length].0..end_byte)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{LineKind, Metadata};
    use crate::lexicon::families;

    fn passage(year: i32, role: &str, text: &str) -> Passage {
        Passage {
            document: Arc::new(Metadata {
                id: format!("r{year}"),
                year: Some(year),
                ..Metadata::default()
            }),
            ordinal: 1,
            kind: LineKind::Paragraph,
            role: Some(role.into()),
            path: Vec::new(),
            text: text.into(),
        }
    }

    fn told(plans: &str, reports: &[(&str, &str)]) -> Vec<(Outcome, String)> {
        let before = [
            passage(2022, "measures", "推出48项免申即享事项。"),
            passage(2022, "plan", plans),
        ];
        let after: Vec<Passage> = reports
            .iter()
            .map(|(role, text)| passage(2023, role, text))
            .collect();
        promises(&before, &after, &families())
            .into_iter()
            .map(|promise| (promise.outcome, promise.reason))
            .collect()
    }

    #[test]
    fn figures_decide_where_there_are_any() {
        assert_eq!(
            told(
                "预计2023年再推出不少于7项“免申即享”助企事项。2023年将新增15个“跨域通办”合作地区。\
                 企业开办时限压缩至2个工作日。",
                &[(
                    "measures",
                    "全年新推出免申即享助企事项9项。新增“跨域通办”合作地区12个。企业开办时限压缩至3个工作日。"
                )]
            ),
            [
                (Outcome::Kept, "9项 reaches 不少于7项".to_owned()),
                (Outcome::Missed, "12个 is short of 15个".to_owned()),
                (
                    Outcome::Missed,
                    "3个工作日 is short of 2个工作日".to_owned()
                ),
            ]
        );
    }

    #[test]
    fn another_trouble_of_the_same_reform_does_not_break_a_promise() {
        assert_eq!(
            told(
                "计划2023年新推“免申即享”事项不少于7项。",
                &[
                    (
                        "measures",
                        "全年新增“免申即享”事项9项，当年拨付补贴2.3亿元。"
                    ),
                    ("problems", "少数补贴尚不能免申即享，仍需企业上传发票。"),
                ]
            ),
            [(Outcome::Kept, "9项 reaches 不少于7项".to_owned())]
        );
    }

    #[test]
    fn words_decide_where_no_figure_does() {
        assert_eq!(
            told(
                "建成区级智慧政务大厅并投入使用。完善窗口人员绩效考核制度。出台电子证照应用推广办法。",
                &[
                    ("measures", "区级智慧政务大厅建成并投入使用，配备自助终端30台。"),
                    ("problems", "窗口人员绩效考核制度尚未完善。"),
                    ("measures", "因上位规定调整，电子证照应用推广办法推迟出台。"),
                ]
            )
            .into_iter()
            .map(|(outcome, _)| outcome)
            .collect::<Vec<_>>(),
            [Outcome::Kept, Outcome::Missed, Outcome::Missed]
        );
    }

    #[test]
    fn what_is_not_told_is_silent_and_not_missed() {
        assert_eq!(
            told(
                "探索开展政务数据授权运营试点。推动政务公开专区向图书馆延伸。",
                &[
                    ("measures", "全年办结政务服务事项84万件。"),
                    ("plan", "继续推动政务公开专区向图书馆、档案馆延伸。"),
                ]
            ),
            [
                (
                    Outcome::Silent,
                    "the report does not speak of it".to_owned()
                ),
                (Outcome::Silent, "only planned again".to_owned()),
            ]
        );
    }
}
