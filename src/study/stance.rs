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
use crate::text::is_han;

use super::elsewhere::elsewhere;
use super::near::{distance, first_of, head, is_part_at, is_part_of_other, last_of, tail};
use super::negation::by_negation;
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
    /// The region of the document, full names from the province down.
    pub region: &'a [String],
}

/// How far behind a term an estimate may stand.
const BEHIND_REACH: usize = 8;
/// How far behind a term a word of what is missing may stand.
const LACK_REACH: usize = 24;
/// How far behind a term the meeting that it names may stand: 免申即享政策宣讲会.
const MEETING_REACH: usize = 14;
/// How far before a term a wish may stand: 建议尽快推行免申即享.
const WISH_REACH: usize = 8;

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
        .or_else(|| by_others(&around, setting))
        .or_else(|| by_negation(&around))
        .or_else(|| by_section(&around, setting))
        .or_else(|| by_lack(&around))
        .or_else(|| by_time(&around, setting))
        .or_else(|| by_kind(&around, setting))
        .unwrap_or_else(|| by_words(&around, setting))
}

pub(super) fn judgement(stance: Stance, reason: impl Into<String>) -> Judgement {
    Judgement {
        stance,
        reason: reason.into(),
    }
}

fn mention(reason: String) -> Option<Judgement> {
    Some(judgement(Stance::Mention, reason))
}

/// A term that is only named: in a title, at a meeting, in an order from above, as a wish.
fn by_place(around: &Surroundings, setting: &Setting<'_>) -> Option<Judgement> {
    if around.in_title_marks {
        return mention("it stands in the title of a document".into());
    }
    if matches!(setting.role, Some("plan" | "problems")) {
        return None;
    }
    if let Some(thanks) = first_of(&around.sentence_after, "thanks") {
        return mention(format!("{thanks}: it names whom is thanked"));
    }
    let near = head(&around.after, MEETING_REACH);
    if let (Some(holds), Some(meeting)) =
        (last_of(&around.before, "meets"), first_of(near, "meeting"))
    {
        return mention(format!("{holds}…{meeting}: it names a meeting"));
    }
    if let Some(wish) = last_of(&around.before, "wish")
        .filter(|word| !is_part_of_other(&around.before, word, "not_wish"))
        .filter(|word| distance(&around.before, word) <= WISH_REACH)
    {
        return mention(format!("{wish} stands before it: asked for, not reported"));
    }
    let order = last_of(&around.before, "order")?;
    let end = first_of(head(&around.after, 12), "order_end")?;
    mention(format!("{order}…{end}: ordered, not reported"))
}

/// What is of others: seen on a visit, an example that was studied, what other places do.
fn by_others(around: &Surroundings, setting: &Setting<'_>) -> Option<Judgement> {
    if let Some(others) = elsewhere(around, setting.region, setting.year) {
        return mention(format!("{others}: what others do"));
    }
    if matches!(setting.role, Some("plan" | "problems")) {
        return None;
    }
    let acted = first_of(&around.after, "perfect").is_some();
    if let Some(visit) = last_of(&around.before, "visit").filter(|word| *word != "赴")
        && !acted
        && distance(&around.before, visit) <= 12
    {
        return mention(format!("{visit} stands before it: seen elsewhere"));
    }
    let studied = last_of(&around.before, "studied")?;
    let of_others = distance(&around.before, studied) <= 12
        && first_of(head(&around.after, BEHIND_REACH), "experience").is_some()
        && first_of(&around.before, "applied").is_none()
        && first_of(&around.after, "applied").is_none();
    (of_others && !acted).then(|| {
        judgement(
            Stance::Mention,
            format!("{studied} stands before it: an example"),
        )
    })
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
    let word = first_of(near, "lack").filter(|word| {
        near.find(word)
            .is_some_and(|at| !is_part_at(&around.sentence_after, at, word, "not_lack"))
    })?;
    let sentence = format!("{}{near}", around.sentence_before);
    let is_remedied = first_of(&sentence, "remedy").is_some();
    (!is_remedied).then(|| judgement(Stance::Problem, format!("{word} stands behind it")))
}

/// Words of the future, an estimate, a year to come.
fn by_time(around: &Surroundings, setting: &Setting<'_>) -> Option<Judgement> {
    let estimate = last_of(&around.before, "estimate")
        .or_else(|| first_of(head(&around.after, BEHIND_REACH), "estimate"));
    if let Some(word) = estimate {
        return Some(judgement(
            Stance::Estimate,
            format!("{word} stands near it"),
        ));
    }
    if let Some(word) = future_before(around) {
        return Some(judgement(
            Stance::Planned,
            format!("{word} stands before it"),
        ));
    }
    if let Some(word) = first_of(head(&around.after, BEHIND_REACH), "future_after") {
        return Some(judgement(
            Stance::Planned,
            format!("{word} stands behind it"),
        ));
    }
    let coming = year_to_come(&around.sentence_before, setting.year?)?;
    Some(judgement(
        Stance::Planned,
        format!("{coming}年 stands before it, after the year of the report"),
    ))
}

/// The last word of the future before the term, in its sentence or, of those that have an object of
/// their own (争取, 谋划), in its clause; unless it is said after it that it came true, or 将 only takes the
/// term as its object (将免申即享纳入考核).
fn future_before(around: &Surroundings) -> Option<&'static str> {
    let last = |before: &str, kind: &str| {
        cues(kind)
            .iter()
            .copied()
            .filter(|word| !is_part_of_other(before, word, "not_future"))
            .filter_map(|word| before.rfind(word).map(|at| (before.len() - at, word)))
            .min_by_key(|&(back, word)| (back, std::cmp::Reverse(word.len())))
    };
    let before = &around.sentence_before;
    let (back, word) = last(before, "future")
        .into_iter()
        .chain(last(&around.before, "future_clause"))
        .min_by_key(|(back, _)| *back)?;
    let is_object = word.starts_with('将') && first_of(&around.after, "object_end").is_some();
    let behind = &before[before.len() - back + word.len()..];
    let came_true = first_of(behind, "completed").is_some()
        || (cues("future_clause").contains(&word) && counts_money(behind));
    (!is_object && !came_true).then_some(word)
}

/// Whether a text counts money: what was sought and counted (争取资金3.2亿元) was had.
fn counts_money(text: &str) -> bool {
    text.split('元').rev().skip(1).any(|before| {
        before
            .trim_end_matches(['万', '亿', '余', '多'])
            .ends_with(|c: char| c.is_ascii_digit())
    })
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
        let done =
            last_of(&around.before, "completed").or_else(|| first_of(&around.after, "completed"));
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
            let reports = !matches!(role, None | Some("requirements" | "safeguards"));
            match (perfect, done, role) {
                (Some(word), _, Some(_)) => {
                    judgement(Stance::Done, format!("{word} stands near it"))
                }
                (None, Some(word), _) if reports && is_counted(around, setting.year) => judgement(
                    Stance::Done,
                    format!("{word} stands near it, and what came of it is counted"),
                ),
                _ => judgement(Stance::Mention, "nothing says that it is done or planned"),
            }
        }
    }
}

/// Whether the sentence counts something behind the term, and not for a year to come: 事项23项. A date or
/// a number of a rule counts nothing.
fn is_counted(around: &Surroundings, year: Option<i32>) -> bool {
    let after = &around.sentence_after;
    let mut last = '，';
    let mut counts = false;
    for character in after.chars() {
        let is_unit =
            character == '%' || (is_han(character) && !"年月日号期届章款".contains(character));
        counts |= last.is_ascii_digit() && is_unit;
        last = character;
    }
    counts && year.is_none_or(|year| year_to_come(after, year).is_none())
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
            region: &[],
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
                region: &[],
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
