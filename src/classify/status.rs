//! Validity, where the document or its page states it.
//!
//! Reads status lines, the header's 有效性, short bracketed notes of the head, and the day on which the
//! text takes effect or ends. Words in running text (失信, 无效, 有效化解, 废止旧办法) state nothing.

use super::labels::{Label, Source};
use super::page::Page;
use crate::document::{LineKind, Status};
use crate::lexicon::{status_words, variants::simplified};
use crate::text::Date;

/// The validity that is stated. With `day`, the day of asking, dates count too: not yet in force is
/// pending, past its end is expired.
pub(super) fn status(
    page: &Page<'_>,
    effective: Option<&Label<Date>>,
    ended: Option<&Label<Date>>,
    day: Option<Date>,
) -> Option<Label<Status>> {
    if let Some(given) = page.given(|given| given.status.as_deref()) {
        return match stated(given.words) {
            Some(Validity::Not(status)) => Some(Label::given(status, given)),
            _ => None,
        };
    }
    if let Some(fact) = page.fact("status") {
        let folded: String = fact.value.chars().map(simplified).collect();
        match of_words(&folded) {
            Some(Validity::Not(status)) => {
                return Some(Label::found(status, page.fact_evidence(fact)));
            }
            Some(Validity::InForce) => return by_date(effective, ended, day),
            None => {}
        }
    }
    stated_by_line(page).or_else(|| by_date(effective, ended, day))
}

/// The validity that is stated by its name, in English or Chinese, or in the words of headers.
pub(super) fn stated(words: &str) -> Option<Validity> {
    let folded: String = words
        .trim()
        .to_lowercase()
        .chars()
        .map(simplified)
        .collect();
    if ["in force", "in-force", "valid"].contains(&&*folded) {
        return Some(Validity::InForce);
    }
    let named = |status: &Status| status.name() == folded || status.chinese() == folded;
    match Status::ALL.into_iter().find(named) {
        Some(status) => Some(Validity::Not(status)),
        None => of_words(&folded),
    }
}

/// What is stated of a document's validity.
pub(super) enum Validity {
    InForce,
    Not(Status),
}

fn stated_by_line(page: &Page<'_>) -> Option<Label<Status>> {
    let of_line = |place: usize, text: &str| match of_words(text) {
        Some(Validity::Not(status)) => Some(Label::found(
            status,
            page.line_evidence(Source::Status, place),
        )),
        _ => None,
    };
    let mut lines = page.of_kind(LineKind::Status);
    lines
        .find_map(|(place, seen)| of_line(place, &seen.folded))
        .or_else(|| {
            page.head()
                .filter(|(_, seen)| {
                    seen.line.kind != LineKind::Heading
                        && (is_bracketed_note(&seen.folded) || is_dated_note(&seen.folded))
                })
                .find_map(|(place, seen)| of_line(place, &seen.folded))
        })
}

/// A short line in brackets that is about the document: （本文件已于2020年废止）.
fn is_bracketed_note(text: &str) -> bool {
    let text = text.trim();
    let about = [
        "本文",
        "本办法",
        "本规定",
        "本条例",
        "本通知",
        "本意见",
        "该文",
        "此文",
        "此件",
        "本文件",
        "文件",
    ];
    text.starts_with(['(', '（', '[', '【', '〔', '*', '※'])
        && text.chars().count() <= 60
        && about.iter().any(|word| text.contains(word))
}

/// A line in brackets that says since when: （2019年3月1日起废止）, （已于2015年失效）.
fn is_dated_note(text: &str) -> bool {
    const OPENING: [char; 5] = ['(', '（', '[', '【', '〔'];
    if !text.trim_start().starts_with(OPENING) {
        return false;
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = bare
        .strip_prefix(OPENING)
        .and_then(|rest| rest.strip_suffix([')', '）', ']', '】', '〕']));
    let Some(inner) = inner else { return false };
    let inner = inner.trim_end_matches('。');
    let about_another = ["《", "原", "同时"].iter().any(|word| inner.contains(word));
    let starts = inner.trim_start_matches(['已', '于', '自', '从']);
    !about_another
        && inner.chars().count() <= 24
        && starts.starts_with(|c: char| c.is_ascii_digit())
        && starts.contains('年')
        && ["废止", "失效"].iter().any(|word| inner.ends_with(word))
}

fn of_words(text: &str) -> Option<Validity> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let denied = ["未失效", "未废止", "否"]
        .iter()
        .any(|word| bare.contains(word));
    let best = status_words()
        .iter()
        .filter(|[_, word]| bare.contains(word))
        .max_by_key(|[_, word]| word.len())?;
    if denied || best[0] == "in-force" {
        return Some(Validity::InForce);
    }
    Status::ALL
        .into_iter()
        .find(|status| status.name() == best[0])
        .map(Validity::Not)
}

fn by_date(
    effective: Option<&Label<Date>>,
    ended: Option<&Label<Date>>,
    day: Option<Date>,
) -> Option<Label<Status>> {
    let day = day?.day_number();
    let label = |status, date: &Label<Date>| Label {
        value: status,
        evidence: date.evidence.clone(),
        guess: false,
    };
    let over = ended
        .filter(|ended| ended.value.day_number() < day)
        .map(|ended| label(Status::Expired, ended));
    over.or_else(|| {
        let effective = effective.filter(|effective| effective.value.day_number() > day)?;
        Some(label(Status::Pending, effective))
    })
}
