//! The note under a title: when and by whom a regulation was passed, when and where a speech was
//! given.
//!
//! Comes in: the head of a page. Goes out: the note, whole even where it runs over several lines.

use super::letterhead::shortened;
use super::page::Page;
use crate::document::LineKind;
use crate::text::{Dated, dates};

/// A note under the title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// The text, folded, its lines joined.
    pub(super) text: String,
    /// The place of its first line.
    pub(super) place: usize,
    pub(super) kind: NoteKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteKind {
    /// 2019年8月30日曲靖市第五届人民代表大会常务委员会第十二次会议通过
    Passed,
    /// 2024年2月29日在玉林市第六届人民代表大会第六次会议上
    Spoken,
}

/// The first note of a page.
pub(super) fn note(page: &Page<'_>) -> Option<Note> {
    page.head().find_map(|(place, seen)| {
        let kind = seen.line.kind;
        if matches!(
            kind,
            LineKind::Title | LineKind::Boilerplate | LineKind::Heading | LineKind::Salutation
        ) {
            return None;
        }
        let text = joined(page, place);
        let kind = kind_of(&text)?;
        Some(Note { text, place, kind })
    })
}

impl Note {
    /// The date on which it was passed or spoken.
    pub(super) fn date(&self) -> Option<Dated> {
        let found = dates(&self.text);
        let until_next = |nth: usize| {
            let end = found
                .get(nth + 1)
                .map_or(self.text.len(), |next| next.range.start);
            &self.text[found[nth].range.end..end]
        };
        let is_passing = |nth: &usize| {
            let behind = until_next(*nth);
            self.kind == NoteKind::Spoken || PASSING.iter().any(|word| behind.contains(word))
        };
        (0..found.len())
            .find(is_passing)
            .map(|nth| found[nth].clone())
    }

    /// The congress or organ of the note, without its term and session:
    /// 曲靖市人民代表大会常务委员会.
    pub(super) fn organ(&self) -> Option<String> {
        let dated = self.date()?;
        let behind = self.text[dated.range.end..].trim_start_matches(['在', ' ', '，', ',']);
        let occasion = behind
            .match_indices('上')
            .map(|(at, _)| at)
            .find(|&at| behind[..at].ends_with(['会', '议']));
        let end = ["通过", "公布", "发布", "批准", "令", "的"]
            .iter()
            .filter_map(|word| behind.find(word))
            .chain(occasion)
            .min()?;
        let named = without_ordinals(&behind[..end]);
        let organ = named.strip_suffix("会议").unwrap_or(&named);
        let end = ["常务委员会", "人民代表大会", "人民政府", "国务院"]
            .iter()
            .find_map(|word| Some(organ.find(word)? + word.len()))?;
        Some(shortened(&organ[..end]).to_owned())
    }
}

const PASSING: [&str; 5] = ["通过", "公布", "发布", "令", "制定"];

/// A line with those behind it that close its bracket.
fn joined(page: &Page<'_>, place: usize) -> String {
    let mut text: String = page.lines[place].folded.trim().to_owned();
    let opening = text.starts_with(['(', '（', '〔', '—', '-', '－', '―', '─'])
        || dates(&text)
            .first()
            .is_some_and(|first| first.range.start == 0);
    for next in page.lines.iter().skip(place + 1).take(4) {
        let bracket_open = text.starts_with(['(', '（']) && !text.contains([')', '）']);
        let speech_open = opening && text.ends_with("大会") && next.folded.contains("会议上");
        if !bracket_open && !speech_open {
            break;
        }
        text.push_str(next.folded.trim());
    }
    text
}

fn kind_of(text: &str) -> Option<NoteKind> {
    let length = text.chars().count();
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || "(（〔—-－―─".contains(c));
    let found = dates(text);
    let starts_with_date = found
        .first()
        .is_some_and(|first| text.len() - bare.len() == first.range.start);
    let is_speech = text.contains("会议上")
        || text.contains("会议") && (text.contains("工作报告") || text.contains("讲话"));
    if is_speech && length <= 80 && (starts_with_date || length <= 40) {
        return Some(NoteKind::Spoken);
    }
    let passed = PASSING.iter().any(|word| text.contains(word));
    (starts_with_date && passed && length <= 600 && found[0].date.day.is_some())
        .then_some(NoteKind::Passed)
}

/// 第五届 and 第十二次 taken out.
pub(super) fn without_ordinals(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('第') {
        let (before, from) = rest.split_at(at);
        let end = from
            .find(['届', '次'])
            .filter(|&end| from[..end].chars().count() <= 6);
        let Some(end) = end else {
            kept.push_str(before);
            kept.push('第');
            rest = &from['第'.len_utf8()..];
            continue;
        };
        kept.push_str(before);
        rest = &from[end + '届'.len_utf8()..];
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Line};

    fn of(lines: &[&str]) -> Option<(String, String)> {
        let lines = (1..).zip(lines).map(|(number, text)| Line {
            number,
            kind: LineKind::Header,
            level: None,
            text: (*text).to_owned(),
            lead: String::new(),
            path: Vec::new(),
        });
        let document = Document {
            lines: lines.collect(),
            ..Document::default()
        };
        let note = note(&Page::new(&document))?;
        Some((note.date()?.date.to_string(), note.organ()?))
    }

    #[test]
    fn the_passing_congress_is_the_issuer_not_the_one_that_approved() {
        let note = "（2019年8月30日曲靖市第五届人民代表大会常务委员会第十二次会议通过  2019年9月28日云南省第十三届人民代表大会常务委员会第十三次会议批准）";
        let expected = (
            "2019-08-30".to_owned(),
            "曲靖市人民代表大会常务委员会".to_owned(),
        );
        assert_eq!(of(&["某条例", note]), Some(expected));
    }

    #[test]
    fn an_order_in_the_note_names_who_gave_it() {
        for (note, date, organ) in [
            (
                "（2018年9月30日上海市人民政府令第9号公布　自2018年11月1日起施行）",
                "2018-09-30",
                "上海市人民政府",
            ),
            (
                "（2006年11月11日中华人民共和国国务院令第478号公布）",
                "2006-11-11",
                "国务院",
            ),
        ] {
            assert_eq!(of(&[note]), Some((date.to_owned(), organ.to_owned())));
        }
    }

    #[test]
    fn a_note_may_run_over_lines() {
        assert_eq!(
            of(&[
                "（2017年12月21日郑州市第十四届人民代表大会常务",
                "委员会第三十三次会议通过  2018年3月31日河南省",
                "第十三届人民代表大会常务委员会第二次会议批准）"
            ]),
            Some((
                "2017-12-21".to_owned(),
                "郑州市人民代表大会常务委员会".to_owned()
            ))
        );
        assert_eq!(
            of(&["——2024年2月3日在贵港市第六届人民代表大会", "第六次会议上"]),
            Some(("2024-02-03".to_owned(), "贵港市人民代表大会".to_owned()))
        );
    }

    #[test]
    fn a_title_that_names_a_meeting_is_no_note() {
        let title = "某市第十六届人民代表大会第二次会议关于政府工作报告的决议";
        let note = "（2023年1月12日某市第十六届人民代表大会第二次会议通过）";
        let lines = [(LineKind::Title, title), (LineKind::Header, note)];
        let lines = (1..).zip(lines).map(|(number, (kind, text))| Line {
            number,
            kind,
            level: None,
            text: text.to_owned(),
            lead: String::new(),
            path: Vec::new(),
        });
        let document = Document {
            lines: lines.collect(),
            ..Document::default()
        };
        let found = super::note(&Page::new(&document)).unwrap();
        assert_eq!(found.kind, NoteKind::Passed);
        assert_eq!(found.organ().as_deref(), Some("某市人民代表大会"));
    }

    #[test]
    fn running_text_is_no_note() {
        assert_eq!(
            of(&["2021年,我局在市委的领导下通过多种方式推进工作。"]),
            None
        );
    }
}
