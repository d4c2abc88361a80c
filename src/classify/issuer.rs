//! Who issued the document: given, named in the header, signed, in the title, in the note under it,
//! or speaking.

use super::labels::{Label, Source};
use super::note::{Note, NoteKind};
use super::page::{Fact, Page};
use crate::document::LineKind;
use crate::lexicon::{NameForm, Organ, cues, mentions};
use crate::text::{dates, fold};

/// The issuer as it is stated beside the text.
pub(super) fn given(page: &Page<'_>) -> Option<Label<String>> {
    let given = page.given(|given| given.issuer.as_deref())?;
    Some(Label::given(given.words.to_owned(), given))
}

/// The issuer as the document states it; `letterhead` is who issues under its letterhead.
pub(super) fn stated(
    page: &Page<'_>,
    title: Option<&Label<String>>,
    note: Option<&Note>,
    letterhead: Option<Label<String>>,
) -> Option<Label<String>> {
    let passed = note.filter(|note| note.kind == NoteKind::Passed);
    fact(page, "issuer")
        .or_else(|| signed(page))
        .map(|label| placed(label, title))
        .or(letterhead)
        .or_else(|| passed.and_then(|note| of_note(page, note)))
        .or_else(|| of_title_or_source(page, title))
        .or_else(|| of_byline(page))
}

/// For whom a work report is given: 现在，我代表深圳市人民政府, or the line that names the speaker.
pub(super) fn speaking(page: &Page<'_>) -> Option<Label<String>> {
    page.head().find_map(|(place, seen)| {
        let text = &seen.folded;
        let start = text
            .find("代表")
            .map(|at| at + "代表".len())
            .or_else(|| is_speaker(text).then_some(0))?;
        let end = ["人民政府", "国务院", "市政府", "省政府"]
            .iter()
            .find_map(|word| Some(start + text[start..].find(word)? + word.len()))?;
        let organ = text[start..end].trim();
        let is_named = organ == "国务院"
            || mentions(organ)
                .first()
                .is_some_and(|first| first.range.start == 0 && first.form > NameForm::Word);
        let is_short = organ.chars().count() <= 20;
        (is_named && is_short).then(|| {
            Label::found(
                organ.to_owned(),
                page.evidence(Source::Body, place, start..end),
            )
        })
    })
}

/// The organ that the text speaks of most, by name and with its place: a guess.
pub(super) fn mentioned(page: &Page<'_>) -> Option<Label<String>> {
    let mut counted: Vec<(String, usize, usize)> = Vec::new();
    for (place, seen) in page.body() {
        for mention in seen.mentions() {
            if mention.form < NameForm::Short {
                continue;
            }
            let Some(organ) = organ_at(&seen.folded[mention.range.start..], mention.range.len())
            else {
                continue;
            };
            match counted.iter_mut().find(|(known, ..)| known == organ) {
                Some(known) => known.1 += 1,
                None => counted.push((organ.to_owned(), 1, place)),
            }
        }
    }
    let (organ, _, place) = counted
        .into_iter()
        .filter(|(_, times, _)| *times >= 2)
        .max_by_key(|(organ, times, _)| (*times, organ.len()))?;
    let folded = &page.lines[place].folded;
    let at = folded.find(&organ)?;
    let range = at..at + organ.len();
    let written = page.lines[place].line.text.get(range.clone())?.to_owned();
    Some(Label::guessed(
        written,
        vec![page.evidence(Source::Body, place, range)],
    ))
}

/// Whether a name ends as organs do, and not as newspapers and sites do.
pub(super) fn is_organ(name: &str) -> bool {
    let name = fold(name.trim());
    let ends = |kind| cues(kind).iter().any(|end| name.ends_with(end));
    name.chars().count() >= 2
        && name.chars().count() <= 60
        && ends("organ_end")
        && !ends("media_end")
}

/// 龙华区政务服务数据管理局 at the beginning of a text that begins with a name of `named` bytes.
fn organ_at(text: &str, named: usize) -> Option<&str> {
    let reach: Vec<usize> = text[named..]
        .char_indices()
        .map(|(at, c)| named + at + c.len_utf8())
        .take(16)
        .collect();
    let end = reach.into_iter().find(|&end| {
        ["局", "委员会", "办公室", "管委会"]
            .iter()
            .any(|word| text[..end].ends_with(word))
            && end > named + 6
    })?;
    let organ = &text[..end];
    let is_plain = organ.chars().all(char::is_alphabetic)
        && !["的", "与", "及", "等", "和省", "对", "年"]
            .iter()
            .any(|word| organ.contains(word));
    is_plain.then_some(organ)
}

fn is_speaker(text: &str) -> bool {
    let text = text.trim();
    let office = [
        "省长", "市长", "州长", "县长", "区长", "主席", "盟长", "旗长",
    ];
    text.chars().count() <= 30 && office.iter().any(|word| text.contains(word))
}

/// 科技司 alone says little: where the title names the same organ with what it belongs to, that.
fn placed(label: Label<String>, title: Option<&Label<String>>) -> Label<String> {
    let folded = fold(&label.value).into_owned();
    let stands_alone = mentions(&folded).is_empty() && Organ::beginning(&folded).is_none();
    let organ = title.and_then(|title| Some((organ_of_title(&title.value)?, &title.evidence)));
    match organ {
        Some((organ, evidence)) if stands_alone && fold(&organ).ends_with(&folded) => Label {
            value: organ,
            evidence: label
                .evidence
                .into_iter()
                .chain(evidence.iter().cloned())
                .collect(),
            guess: label.guess,
        },
        _ => label,
    }
}

fn fact(page: &Page<'_>, field: &str) -> Option<Label<String>> {
    let fact = page.fact(field)?;
    Some(Label::found(cleaned(fact), page.fact_evidence(fact)))
}

fn cleaned(fact: Fact<'_>) -> String {
    fact.value
        .trim_matches(|c: char| c.is_whitespace() || "，,；;。".contains(c))
        .to_owned()
}

/// The organs of the first signature: the lines around its date.
fn signed(page: &Page<'_>) -> Option<Label<String>> {
    let mut names = Vec::new();
    let mut evidence = Vec::new();
    let mut last = None;
    for (place, seen) in page.of_kind(LineKind::Signature) {
        if last.is_some_and(|last| last + 1 != place) && !names.is_empty() {
            break;
        }
        last = Some(place);
        let until = dates(&seen.folded)
            .first()
            .map_or(seen.line.text.len(), |dated| dated.range.start);
        let name = seen.line.text[..until].trim();
        if is_organ(name) {
            names.push(name.to_owned());
            evidence.push(page.line_evidence(Source::Signature, place));
        }
    }
    (!names.is_empty()).then(|| Label {
        value: names.join("、"),
        evidence,
        guess: false,
    })
}

fn of_note(page: &Page<'_>, note: &Note) -> Option<Label<String>> {
    Some(Label::found(
        note.organ()?,
        page.line_evidence(Source::Header, note.place),
    ))
}

/// The author of a document on a header line under its title.
pub(super) struct Byline<'p> {
    pub(super) place: usize,
    name: &'p str,
}

/// The byline under the first title, behind the other header lines there.
pub(super) fn byline<'p>(page: &'p Page<'_>) -> Option<Byline<'p>> {
    let (title, _) = page.of_kind(LineKind::Title).next()?;
    let above = |kind| matches!(kind, LineKind::Title | LineKind::Header);
    let under = page.lines.iter().enumerate().skip(title + 1);
    under
        .take_while(|(_, seen)| above(seen.line.kind))
        .filter(|(_, seen)| seen.line.kind == LineKind::Header)
        .find_map(|(place, seen)| {
            let line = seen.line.text.trim().trim_matches(['（', '）', '(', ')']);
            let end = dates(&fold(line))
                .first()
                .map_or(line.len(), |dated| dated.range.start);
            let name = line[..end].trim_end_matches(['（', '(', '，', ' ', '\u{3000}']);
            let is_name = name
                .chars()
                .all(|c| c.is_alphabetic() || c.is_whitespace() || c == '、');
            if is_name && is_organ(name) {
                return Some(Byline { place, name });
            }
            let name = organ_of_officer(name)?;
            is_organ(name).then_some(Byline { place, name })
        })
}

/// 某市民政局 of `某市民政局局长　王某`.
fn organ_of_officer(line: &str) -> Option<&str> {
    let offices = [
        "局长", "主任", "厅长", "部长", "省长", "市长", "州长", "县长", "区长", "院长",
    ];
    let (officer, name) = line.split_once(char::is_whitespace)?;
    let is_name = name.chars().filter(|c| c.is_alphabetic()).count() <= 5;
    offices
        .iter()
        .find_map(|office| officer.strip_suffix(office))
        .filter(|_| is_name)
}

fn of_byline(page: &Page<'_>) -> Option<Label<String>> {
    let byline = byline(page)?;
    let evidence = page.line_evidence(Source::Header, byline.place);
    Some(Label::found(byline.name.to_owned(), evidence))
}

/// The organ that the title begins with, or the one that the header names as source where it is the
/// same or the title has none.
fn of_title_or_source(page: &Page<'_>, title: Option<&Label<String>>) -> Option<Label<String>> {
    let from_title = title.and_then(|title| {
        let organ = organ_of_title(&title.value)?;
        Some(Label {
            value: organ,
            evidence: title.evidence.clone(),
            guess: false,
        })
    });
    let source = ["publisher", "source"]
        .iter()
        .filter_map(|field| fact(page, field))
        .find(|source| is_organ(&source.value));
    match (from_title, source) {
        // 市数据资源局 names no place: the title, which does, says more.
        (Some(title), Some(source))
            if fold(&title.value).ends_with(&*fold(&source.value))
                && begins_with_place(&source.value) =>
        {
            Some(source)
        }
        (Some(title), _) => Some(title),
        (None, source) => source,
    }
}

fn begins_with_place(name: &str) -> bool {
    mentions(&fold(name))
        .first()
        .is_some_and(|first| first.range.start == 0)
}

/// The organ that a title begins with: what stands before 关于, 印发, 公告 …, or before a year.
pub(super) fn organ_of_title(title: &str) -> Option<String> {
    let folded = fold(title);
    let words = [
        "关于",
        "印发",
        "转发",
        "批转",
        "对",
        "公告",
        "通告",
        "通报",
        "公布",
        "发布",
        "令",
        "就",
        "常务会议",
        "全体会议",
        "专题会议",
        "办公会议",
        "党组会议",
        "第",
    ];
    let mut ends: Vec<usize> = words
        .iter()
        .flat_map(|word| folded.match_indices(word))
        .map(|(at, _)| at)
        .collect();
    ends.extend(dates(&folded).iter().map(|dated| dated.range.start));
    ends.sort_unstable();
    ends.into_iter()
        .map(|end| title[..end].trim())
        .find(|name| is_organ(name) && !name.contains('《'))
        .or_else(|| organ_before_subject(title, &folded))
        .map(str::to_owned)
}

/// The organ that stands before what a report is about, behind the year that the title may begin
/// with: 2022年滨海新区政务服务办公室工作总结.
fn organ_before_subject<'t>(title: &'t str, folded: &str) -> Option<&'t str> {
    let subjects = [
        "工作",
        "法治",
        "依法",
        "政务公开",
        "政府信息公开",
        "信息公开",
        "年度",
    ];
    let start = dates(folded)
        .first()
        .filter(|dated| dated.range.start == 0)
        .map_or(0, |dated| dated.range.end);
    let start = start + (folded[start..].len() - folded[start..].trim_start_matches('度').len());
    let mut ends: Vec<usize> = subjects
        .iter()
        .flat_map(|subject| folded[start..].match_indices(subject))
        .map(|(at, _)| start + at)
        .collect();
    ends.sort_unstable();
    ends.into_iter()
        .map(|end| title[start..end].trim())
        .find(|name| is_organ(name) && !name.contains('《') && !name.ends_with("政府"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_organ_of_a_title_stands_before_what_it_does() {
        for (title, organ) in [
            (
                "国务院办公厅关于印发《政府网站集约化试点工作方案》的通知",
                Some("国务院办公厅"),
            ),
            (
                "国务院办公厅对全国政协十届三次会议第2741号提案的答复",
                Some("国务院办公厅"),
            ),
            (
                "国务院、中央军委关于同意武警总部后勤部机关等迁址新建的批复",
                Some("国务院、中央军委"),
            ),
            (
                "工业和信息化部等八部门关于印发《汽车数据出境安全指引（2026版）》的通知",
                Some("工业和信息化部等八部门"),
            ),
            (
                "中华人民共和国工业和信息化部公告",
                Some("中华人民共和国工业和信息化部"),
            ),
            (
                "福田区政务服务数据管理局2021年法治政府建设年度报告",
                Some("福田区政务服务数据管理局"),
            ),
            (
                "2022年滨海新区政务服务办公室工作总结和2023年工作计划",
                Some("滨海新区政务服务办公室"),
            ),
            ("2021年度合肥市林业局依法行政工作报告", Some("合肥市林业局")),
            (
                "深圳市福田区人民政府常务会议纪要",
                Some("深圳市福田区人民政府"),
            ),
            ("某市人民政府第8次常务会议纪要", Some("某市人民政府")),
            ("2025年上海市政府工作报告", None),
            ("曲靖市文明行为促进条例", None),
            ("关于规范“自媒体”医疗科普行为的通知", None),
        ] {
            assert_eq!(organ_of_title(title).as_deref(), organ, "{title}");
        }
    }

    #[test]
    fn an_officer_speaks_for_an_organ() {
        for (line, organ) in [
            ("某市民政局局长　王某", Some("某市民政局")),
            ("某县人民政府县长 李 四", Some("某县人民政府")),
            ("市委副书记 张某", None),
            ("某市民政局局长作说明 王某某某某某", None),
        ] {
            assert_eq!(organ_of_officer(line), organ, "{line}");
        }
    }

    #[test]
    fn newspapers_and_sites_are_no_organs() {
        for name in ["湖北日报", "中国网信网", "新华社", "解放日报", "2021年", ""]
        {
            assert!(!is_organ(name), "{name}");
        }
        assert!(is_organ("防城港市大數據和行政審批局"));
    }
}
