//! Four dates kept apart: published, signed (or passed), the day that the text counts up to, the day
//! that it takes effect.

use super::issuer;
use super::labels::{Label, Source};
use super::note::Note;
use super::page::Page;
use crate::document::{self, LineKind};
use crate::text::{Date, Dated, dates};

/// When it was put before the public.
pub(super) fn published(page: &Page<'_>) -> Option<Label<Date>> {
    given(page, |given| given.published.as_deref())
        .or_else(|| stated(page, "published"))
        .or_else(|| unlabelled(page))
        .or_else(|| stated(page, "updated"))
}

/// When it was signed, passed or given as a speech.
pub(super) fn signed(page: &Page<'_>, note: Option<&Note>) -> Option<Label<Date>> {
    let label = given(page, |given| given.signed.as_deref())
        .or_else(|| stated(page, "signed"))
        .or_else(|| stated(page, "amended"));
    if let Some(label) = label {
        return Some(label);
    }
    let signature = page.of_kind(LineKind::Signature).find_map(|(place, seen)| {
        let date = Date::find(&seen.folded)?;
        Some(Label::found(
            date,
            page.line_evidence(Source::Signature, place),
        ))
    });
    signature
        .or_else(|| {
            let note = note?;
            let evidence = page.line_evidence(Source::Header, note.place);
            Some(Label::found(note.date()?.date, evidence))
        })
        .or_else(|| bracketed(page))
        .or_else(|| of_byline(page))
}

/// The date behind the author's name under the title, on the same line or the next.
fn of_byline(page: &Page<'_>) -> Option<Label<Date>> {
    let author = issuer::byline(page)?.place;
    (author..page.lines.len().min(author + 2)).find_map(|place| {
        let seen = &page.lines[place];
        let dated = (seen.line.kind == LineKind::Header)
            .then(|| dates(&seen.folded).pop())
            .flatten()?;
        Some(Label::found(
            dated.date,
            page.line_evidence(Source::Header, place),
        ))
    })
}

/// A date alone in brackets under the title: （二〇一九年十二月十六日）.
fn bracketed(page: &Page<'_>) -> Option<Label<Date>> {
    page.of_kind(LineKind::Header).find_map(|(place, seen)| {
        let inside = in_brackets(&seen.folded)?;
        let dated = dates(inside).into_iter().next()?;
        let is_alone = dated.range == (0..inside.len()) && dated.date.day.is_some();
        is_alone.then(|| Label::found(dated.date, page.line_evidence(Source::Header, place)))
    })
}

/// What a line that is wholly in brackets says.
fn in_brackets(line: &str) -> Option<&str> {
    let inside = line.trim().strip_prefix(['（', '('])?;
    Some(inside.strip_suffix(['）', ')'])?.trim())
}

/// The latest day that the text counts up to (截至2021年12月24日), not later than `latest`.
pub(super) fn as_of(page: &Page<'_>, latest: Option<Date>) -> Option<Label<Date>> {
    let mut best: Option<Label<Date>> = None;
    // Finding one character is faster than finding a word, and few paragraphs have it.
    for (place, seen) in page.body().filter(|(_, seen)| seen.folded.contains('截')) {
        for (at, word) in seen
            .folded
            .match_indices("截至")
            .chain(seen.folded.match_indices("截止"))
        {
            let behind = &seen.folded[at + word.len()..];
            let Some(dated) = dates(behind).into_iter().next() else {
                continue;
            };
            let is_near = behind[..dated.range.start].chars().count() <= 1;
            let is_later = best
                .as_ref()
                .is_none_or(|best| best.value.day_number() < dated.date.day_number());
            let is_possible = latest.is_none_or(|latest| dated.date <= latest);
            if dated.date.month.is_some() && is_near && is_later && is_possible {
                let range = at..at + word.len() + dated.range.end;
                best = Some(Label::found(
                    dated.date,
                    page.evidence(Source::Body, place, range),
                ));
            }
        }
    }
    best
}

/// The day from which it is in force: 自2022年1月1日起施行.
pub(super) fn effective(page: &Page<'_>) -> Option<Label<Date>> {
    if let Some(label) = stated(page, "effective") {
        return Some(label);
    }
    let lines: Vec<_> = page.body().collect();
    let may_start = |text: &str| IN_STARTS.iter().any(|word| text.contains(word));
    let lines = lines.into_iter().rev();
    let mut lines = lines.filter(|(_, seen)| may_start(&seen.folded));
    lines.find_map(|(place, seen)| {
        let text = &seen.folded;
        let starts = |dated: &Dated| dated.date.day.is_some() && is_start_of_force(text, dated);
        let dated = dates(text).into_iter().rev().find(starts)?;
        Some(Label::found(
            dated.date,
            page.evidence(Source::Body, place, dated.range),
        ))
    })
}

/// Whether a text puts itself into force on a date: 本条例自2022年1月1日起施行.
fn is_start_of_force(text: &str, dated: &Dated) -> bool {
    let before = &text[..dated.range.start];
    let sentence = before.rsplit(['。', '；']).next().unwrap_or(before).trim();
    let is_own = sentence.contains('本')
        || sentence == "自"
        || PUTS_IN_FORCE.iter().any(|word| sentence.contains(word));
    let behind = text[dated.range.end..].trim_start();
    is_own
        && sentence.ends_with(['自', '于', '从', '在'])
        && STARTS.iter().any(|word| behind.starts_with(word))
}

/// What an order says of the law that it puts into force.
const PUTS_IN_FORCE: [&str; 5] = ["现予公布", "现予发布", "现公布", "现发布", "现予以公布"];

/// What stands behind the day from which something is in force.
const STARTS: [&str; 6] = ["起施行", "起实施", "起执行", "起生效", "施行", "起正式"];

/// Of which each of [`STARTS`] has one.
const IN_STARTS: [&str; 2] = ["起", "施行"];

/// The day on which it ends or ended, where the header states one.
pub(super) fn ended(page: &Page<'_>) -> Option<Label<Date>> {
    stated(page, "ended")
}

fn given<'d>(
    page: &Page<'d>,
    field: impl Fn(&'d document::Given) -> Option<&'d str>,
) -> Option<Label<Date>> {
    let given = page.given(field)?;
    Some(Label::given(written(given.words)?, given))
}

/// A date in words, or in ISO 8601 and perhaps less than a day.
pub(super) fn written(date: &str) -> Option<Date> {
    Date::find(date).or_else(|| Date::from_iso(date))
}

fn stated(page: &Page<'_>, field: &str) -> Option<Label<Date>> {
    let fact = page.fact(field)?;
    Some(Label::found(
        Date::find(fact.value)?,
        page.fact_evidence(fact),
    ))
}

/// A header line that is a date and little else.
fn unlabelled(page: &Page<'_>) -> Option<Label<Date>> {
    page.of_kind(LineKind::Header).find_map(|(place, seen)| {
        let dated = dates(&seen.folded).into_iter().next()?;
        let rest = seen.folded.chars().count() - seen.folded[dated.range.clone()].chars().count();
        let is_note = ["会议", "大会", "通过", "号"]
            .iter()
            .any(|word| seen.folded.contains(word));
        let is_note = is_note || in_brackets(&seen.folded).is_some();
        (dated.date.day.is_some() && rest <= 16 && !is_note).then(|| {
            Label::found(
                dated.date,
                page.evidence(Source::Header, place, dated.range),
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_first_stands_in_all_that_puts_into_force() {
        for start in STARTS {
            assert!(IN_STARTS.iter().any(|word| start.contains(word)), "{start}");
        }
    }
}
