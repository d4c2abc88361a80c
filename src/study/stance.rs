//! How a text means a term that stands in it: as done, planned, estimated, a problem, denied, or
//! only mentioned.
//!
//! Comes in: a paragraph, the place of the term, and the section and document around it. Goes out:
//! a [`Stance`] with its reason. The words near the term go before the section, and the section
//! before the kind of document; a plan is never an adoption.

use std::ops::Range;

use serde::Serialize;

use crate::document::Status;
use crate::lexicon::cues;

use super::surroundings::{Surroundings, surroundings};

/// How a text means a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// It is there: adopted, in use, with results.
    Done,
    /// It is meant to come, or to go further.
    Planned,
    /// It is expected by the author, not counted.
    Estimate,
    /// It is there or not, but what is said is what is wrong with it.
    Problem,
    /// It is said not to be there.
    Negated,
    /// It is named: a title, an order of someone else, a visit, a headline.
    Mention,
}

impl Stance {
    /// Every stance, in the order in which they count as evidence.
    pub const ALL: [Self; 6] = [
        Self::Done,
        Self::Planned,
        Self::Estimate,
        Self::Problem,
        Self::Negated,
        Self::Mention,
    ];

    /// The name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Planned => "planned",
            Self::Estimate => "estimate",
            Self::Problem => "problem",
            Self::Negated => "negated",
            Self::Mention => "mention",
        }
    }

    /// The word for a person: 已做, 计划, …
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Done => "已做",
            Self::Planned => "计划",
            Self::Estimate => "预计",
            Self::Problem => "问题",
            Self::Negated => "否定",
            Self::Mention => "提及",
        }
    }
}

/// A stance and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// How the term is meant.
    pub stance: Stance,
    /// The words or the section that decided, in a few words.
    pub reason: String,
}

/// Where a term stands, beyond its paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting<'a> {
    /// The section role by its English name.
    pub role: Option<&'a str>,
    /// The kind of document (文种).
    pub kind: Option<&'a str>,
    /// The year that the document reports on.
    pub year: Option<i32>,
    /// Its validity.
    pub status: Option<Status>,
}

/// How far a negation may stand before its term, in characters.
const NEGATION_REACH: usize = 8;
/// How far a negation or an estimate may stand behind its term.
const BEHIND_REACH: usize = 8;

/// How far behind a term a word of what is missing may stand.
const LACK_REACH: usize = 24;

/// How `text` means the term at bytes `term`.
///
/// ```
/// use xianli::study::{Setting, Stance, judge};
/// let text = "由于数据不全，目前尚未实现免申即享。";
/// let start = text.find("免申即享").unwrap();
/// let setting = Setting { role: Some("measures"), ..Setting::default() };
/// let judged = judge(text, start..start + 12, &setting);
/// assert_eq!(judged.stance, Stance::Negated);
/// assert_eq!(judged.reason, "尚未 stands before it");
/// ```
pub fn judge(text: &str, term: Range<usize>, setting: &Setting<'_>) -> Judgement {
    let around = surroundings(text, &term);
    by_place(&around, setting)
        .or_else(|| by_negation(&around))
        .or_else(|| by_section(&around, setting))
        .or_else(|| by_lack(&around))
        .or_else(|| by_time(&around, setting))
        .or_else(|| by_kind(&around, setting))
        .unwrap_or_else(|| by_words(&around, setting))
}

fn judgement(stance: Stance, reason: impl Into<String>) -> Judgement {
    Judgement {
        stance,
        reason: reason.into(),
    }
}

/// A term that is only named: in a title, on a visit, in an order from above.
fn by_place(around: &Surroundings, setting: &Setting<'_>) -> Option<Judgement> {
    let mention = |reason: String| Some(judgement(Stance::Mention, reason));
    if around.in_title_marks {
        return mention("it stands in the title of a document".into());
    }
    if matches!(setting.role, Some("plan" | "problems")) {
        return None;
    }
    if let Some(visit) = last_of(&around.before, "visit").filter(|word| *word != "赴") {
        let acted = first_of(&around.after, "perfect").is_some();
        if !acted && distance(&around.before, visit) <= 12 {
            return mention(format!("{visit} stands before it: seen elsewhere"));
        }
    }
    let order = last_of(&around.before, "order")?;
    let end = first_of(&head(&around.after, 12), "order_end")?;
    mention(format!("{order}…{end}: ordered, not reported"))
}

/// 尚未 before the term, or 尚未 behind it.
fn by_negation(around: &Surroundings) -> Option<Judgement> {
    let before = negation_before(&around.before);
    let behind = negation_behind(&around.after);
    let (word, side) = match (before, behind) {
        (Some(word), _) => (word, "before"),
        (None, Some(word)) => (word, "behind"),
        (None, None) => return None,
    };
    let partly = last_of(&around.before, "partial");
    Some(match partly {
        Some(part) => judgement(Stance::Problem, format!("{part}…{word}: not there in part")),
        None => judgement(Stance::Negated, format!("{word} stands {side} it")),
    })
}

/// A negation whose reach ends at the term: nothing but a short verb between them.
fn negation_before(before: &str) -> Option<&'static str> {
    let near = tail(before, NEGATION_REACH + 4);
    cues("negation")
        .iter()
        .copied()
        .filter(|word| !is_part_of_other(near, word, "not_negation"))
        .filter_map(|word| near.rfind(word).map(|at| (at, word)))
        .filter(|&(at, word)| {
            let between = &near[at + word.len()..];
            between.chars().count() <= NEGATION_REACH
                && !between.contains(['的', '、', '地', '后', '时'])
                && !between.contains("通过")
        })
        .min_by_key(|&(at, word)| (at, std::cmp::Reverse(word.len())))
        .map(|(_, word)| word)
}

fn negation_behind(after: &str) -> Option<&'static str> {
    let near = head(after, BEHIND_REACH);
    cues("lack_after")
        .iter()
        .copied()
        .filter(|word| !is_part_of_other(&near, word, "not_negation"))
        .filter(|word| near.find(word).is_some_and(|at| !near[..at].contains('的')))
        .max_by_key(|word| word.len())
}

fn by_section(around: &Surroundings, setting: &Setting<'_>) -> Option<Judgement> {
    match setting.role? {
        "problems" => Some(judgement(Stance::Problem, "in the section on problems")),
        "plan" => {
            let goes_on = last_of(&around.before, "continues");
            Some(judgement(
                Stance::Planned,
                match goes_on {
                    Some(word) => format!("in the section on plans; {word}: it goes on"),
                    None => "in the section on plans".to_owned(),
                },
            ))
        }
        _ => None,
    }
}

/// What is missing, said among what was done: 城市更新步伐仍需加快. What was done about it is no problem.
fn by_lack(around: &Surroundings) -> Option<Judgement> {
    let near = head(&around.sentence_after, LACK_REACH);
    let word = first_of(&near, "lack")?;
    let sentence = format!("{}{}", around.sentence_before, near);
    let is_remedied = cues("remedy")
        .iter()
        .any(|remedy| sentence.contains(remedy));
    (!is_remedied).then(|| judgement(Stance::Problem, format!("{word} stands behind it")))
}

/// Words of the future, an estimate, a year to come.
fn by_time(around: &Surroundings, setting: &Setting<'_>) -> Option<Judgement> {
    let estimate = last_of(&around.before, "estimate")
        .or_else(|| first_of(&head(&around.after, BEHIND_REACH), "estimate"));
    if let Some(word) = estimate {
        return Some(judgement(
            Stance::Estimate,
            format!("{word} stands near it"),
        ));
    }
    if let Some(word) = future_before(&around.sentence_before) {
        return Some(judgement(
            Stance::Planned,
            format!("{word} stands before it"),
        ));
    }
    let coming = year_to_come(&around.sentence_before, setting.year?)?;
    Some(judgement(
        Stance::Planned,
        format!("{coming}年 stands before it, after the year of the report"),
    ))
}

/// The last word of the future before the term, unless what is done is said after it.
fn future_before(before: &str) -> Option<&'static str> {
    let (at, word) = cues("future")
        .iter()
        .copied()
        .filter(|word| !is_part_of_other(before, word, "not_future"))
        .filter_map(|word| before.rfind(word).map(|at| (at, word)))
        .max_by_key(|&(at, word)| (at, word.len()))?;
    let behind = &before[at + word.len()..];
    first_of(behind, "perfect").is_none().then_some(word)
}

/// A year after `year` in the text before the term (`到2025年`), which is no span (`2021-2025年`).
fn year_to_come(before: &str, year: i32) -> Option<i32> {
    let (at, _) = before.rmatch_indices('年').next()?;
    let digits = tail(&before[..at], 4);
    let stands_alone = !before[..at - digits.len()].ends_with(['-', '—', '至', '－']);
    let found: i32 = digits.parse().ok()?;
    (stands_alone && (year + 1..year + 30).contains(&found)).then_some(found)
}

/// Plans plan, rules rule.
fn by_kind(around: &Surroundings, setting: &Setting<'_>) -> Option<Judgement> {
    let kind = setting.kind?;
    if cues("planning_kind").contains(&kind) {
        let done = first_of(&around.sentence_before, "perfect")
            .or_else(|| first_of(&around.sentence_after, "perfect"));
        return done.is_none().then(|| {
            judgement(
                Stance::Planned,
                format!("the document is a {kind}, which orders and does not report"),
            )
        });
    }
    if cues("ruling_kind").contains(&kind) {
        return Some(if setting.status == Some(Status::Pending) {
            judgement(
                Stance::Planned,
                format!("a {kind} that is not yet in force"),
            )
        } else {
            judgement(Stance::Done, format!("a {kind} provides for it"))
        });
    }
    None
}

fn by_words(around: &Surroundings, setting: &Setting<'_>) -> Judgement {
    let done = last_of(&around.before, "done")
        .or_else(|| first_of(&around.after, "done"))
        .or_else(|| first_of(&around.sentence_after, "done"))
        .or_else(|| last_of(&around.sentence_before, "done"));
    match setting.role {
        Some("measures") => judgement(
            Stance::Done,
            match done {
                Some(word) => format!("in the section on measures; {word}"),
                None => "in the section on measures".to_owned(),
            },
        ),
        Some("study") => judgement(Stance::Mention, "in the section on study"),
        role => {
            let perfect = last_of(&around.sentence_before, "perfect")
                .or_else(|| first_of(&around.sentence_after, "perfect"));
            match (perfect, role) {
                (Some(word), Some(_)) => judgement(Stance::Done, format!("{word} stands near it")),
                _ => judgement(Stance::Mention, "nothing says that it is done or planned"),
            }
        }
    }
}

/// The last cue of a kind in a text; of two at one place the longer.
fn last_of(text: &str, kind: &str) -> Option<&'static str> {
    cues(kind)
        .iter()
        .copied()
        .filter_map(|word| text.rfind(word).map(|at| (at + word.len(), word)))
        .max_by_key(|&(end, word)| (end, word.len()))
        .map(|(_, word)| word)
}

/// The first cue of a kind in a text; of two at one place the longer.
fn first_of(text: &str, kind: &str) -> Option<&'static str> {
    cues(kind)
        .iter()
        .copied()
        .filter_map(|word| text.find(word).map(|at| (at, word)))
        .min_by_key(|&(at, word)| (at, std::cmp::Reverse(word.len())))
        .map(|(_, word)| word)
}

/// Whether the last `word` of a text is part of a longer word that means something else.
fn is_part_of_other(text: &str, word: &str, others: &str) -> bool {
    let Some(at) = text.rfind(word) else {
        return false;
    };
    cues(others).iter().any(|other| {
        other.find(word).is_some_and(|inside| {
            at.checked_sub(inside).is_some_and(|start| {
                text.get(start..)
                    .is_some_and(|rest| rest.starts_with(other))
            })
        })
    })
}

/// Characters between the last `word` of a text and its end.
fn distance(text: &str, word: &str) -> usize {
    text.rfind(word)
        .map_or(usize::MAX, |at| text[at + word.len()..].chars().count())
}

/// The first `count` characters.
fn head(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}

/// The last `count` characters.
fn tail(text: &str, count: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .nth(count.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str, term: &str, role: &str) -> (Stance, String) {
        let start = text.find(term).expect(term);
        let setting = Setting {
            role: (!role.is_empty()).then_some(role),
            kind: Some("报告"),
            year: Some(2022),
            status: None,
        };
        let judged = judge(text, start..start + term.len(), &setting);
        (judged.stance, judged.reason)
    }

    fn stance(text: &str, term: &str, role: &str) -> Stance {
        judged(text, term, role).0
    }

    #[test]
    fn the_section_decides_where_no_word_does() {
        let text = "“免申即享”事项四十八项。";
        assert_eq!(stance(text, "免申即享", "measures"), Stance::Done);
        assert_eq!(stance(text, "免申即享", "problems"), Stance::Problem);
        assert_eq!(stance(text, "免申即享", "study"), Stance::Mention);
        assert_eq!(
            judged("持续扩大“免申即享”。", "免申即享", "plan"),
            (
                Stance::Planned,
                "in the section on plans; 扩大: it goes on".into()
            )
        );
    }

    #[test]
    fn a_negation_reaches_its_term_and_no_further() {
        for text in [
            "目前尚未实现免申即享。",
            "本市没有推行“免申即享”改革。",
            "积分制、免申即享尚未推开。",
            "惠企补贴無法免申即享。",
        ] {
            assert_eq!(
                stance(text, "免申即享", "measures"),
                Stance::Negated,
                "{text}"
            );
            assert_eq!(
                stance(text, "免申即享", "problems"),
                Stance::Negated,
                "{text}"
            );
        }
        for text in [
            "未来三年看免申即享。",
            "未诉先办、免申即享都已推行。",
            "企业没有时间跑窗口的，可以免申即享。",
            "不断推进免申即享，没有人投诉。",
            "免申即享的邮寄成本没有固定来源。",
        ] {
            assert_eq!(stance(text, "免申即享", "measures"), Stance::Done, "{text}");
        }
    }

    #[test]
    fn what_is_missing_in_part_is_a_problem() {
        assert_eq!(
            judged("少数补贴尚不能免申即享。", "免申即享", "problems"),
            (Stance::Problem, "少数…尚不: not there in part".into())
        );
    }

    #[test]
    fn what_is_missing_is_a_problem_in_any_section_and_what_was_mended_is_not() {
        for text in ["优质教育、托育等公共服务供给不足。", "托育步伐仍需加快。"]
        {
            assert_eq!(stance(text, "托育", "measures"), Stance::Problem, "{text}");
        }
        for text in [
            "解决托育供给不足问题。",
            "新增托育机构5家，覆盖全部街道和乡镇，服务居民超过一万户，不足之处及时整改。",
        ] {
            assert_eq!(stance(text, "托育", "measures"), Stance::Done, "{text}");
        }
    }

    #[test]
    fn a_plan_or_an_estimate_among_measures_is_told_apart() {
        assert_eq!(
            judged("谋划惠企政策免申即享。", "免申即享", "measures"),
            (Stance::Planned, "谋划 stands before it".into())
        );
        assert_eq!(
            stance("到2025年全面推行免申即享。", "免申即享", "measures"),
            Stance::Planned
        );
        assert_eq!(
            stance("2021年起推行免申即享。", "免申即享", "measures"),
            Stance::Done
        );
        assert_eq!(
            stance("预计全年免申即享五十项。", "免申即享", "measures"),
            Stance::Estimate
        );
        assert_eq!(
            stance("将跨省通办事项合为一张清单。", "跨省通办", "measures"),
            Stance::Done
        );
        assert_eq!(
            stance("模拟免申即享流程。", "免申即享", "measures"),
            Stance::Done
        );
    }

    #[test]
    fn what_is_only_named_is_a_mention() {
        for text in [
            "学习《关于免申即享的通知》。",
            "赴合肥考察免申即享，整理了做法。",
            "贯彻落实省政府关于免申即享的部署。",
        ] {
            assert_eq!(
                stance(text, "免申即享", "measures"),
                Stance::Mention,
                "{text}"
            );
        }
        assert_eq!(stance("免申即享改革", "免申即享", ""), Stance::Mention);
    }

    #[test]
    fn the_kind_of_document_decides_between_order_rule_and_report() {
        let text = "推行免申即享，减少材料。";
        let at = |kind, status| {
            let setting = Setting {
                role: Some("measures"),
                kind: Some(kind),
                year: Some(2022),
                status,
            };
            let start = text.find("免申即享").unwrap();
            judge(text, start..start + 12, &setting).stance
        };
        assert_eq!(at("报告", None), Stance::Done);
        assert_eq!(at("报告", Some(Status::Expired)), Stance::Done);
        assert_eq!(at("方案", None), Stance::Planned);
        assert_eq!(at("条例", None), Stance::Done);
        assert_eq!(at("条例", Some(Status::Pending)), Stance::Planned);
    }
}
