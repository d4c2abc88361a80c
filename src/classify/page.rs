//! A document made ready to be understood: folded lines, and the facts of its header lines.
//!
//! Comes in: a [`Document`]. Goes out: the same lines folded in place, so that what is found in the
//! folded text can be quoted as it was written.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use super::labels::{Evidence, Given, Source};
use crate::document::{self, Document, Line, LineKind};
use crate::lexicon::{Mention, header_fact, mentions};
use crate::text::fold;

/// A document with its folded lines and the facts of its header.
pub(super) struct Page<'d> {
    pub(super) document: &'d Document,
    /// The lines, by their place in [`Document::lines`].
    pub(super) lines: Vec<Seen<'d>>,
    facts: Vec<Fact<'d>>,
}

/// A line and its folded text.
pub(super) struct Seen<'d> {
    pub(super) line: &'d Line,
    pub(super) folded: Cow<'d, str>,
    mentions: OnceCell<Vec<Mention>>,
}

impl Seen<'_> {
    /// The names of regions in it.
    pub(super) fn mentions(&self) -> &[Mention] {
        self.mentions.get_or_init(|| mentions(&self.folded))
    }
}

/// What a header line states: `来源: 某局`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fact<'d> {
    /// What kind of fact: the second column of `headers.tsv`.
    pub(super) field: &'static str,
    /// The value as written, never empty.
    pub(super) value: &'d str,
    /// The place of the line.
    pub(super) place: usize,
}

impl<'d> Page<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let lines: Vec<Seen<'d>> = document
            .lines
            .iter()
            .map(|line| Seen {
                line,
                folded: fold(&line.text),
                mentions: OnceCell::new(),
            })
            .collect();
        let facts = facts(&lines);
        Self {
            document,
            lines,
            facts,
        }
    }

    /// What is stated beside the text: the words of a field that has some.
    pub(super) fn given(
        &self,
        field: impl Fn(&'d document::Given) -> Option<&'d str>,
    ) -> Option<Given<'d>> {
        let words = |given| {
            field(given)
                .map(str::trim)
                .filter(|words| !words.is_empty())
        };
        let (words, beside) = self.document.stated(words)?;
        Some(Given { words, beside })
    }

    /// The first fact of a kind.
    pub(super) fn fact(&self, field: &str) -> Option<Fact<'d>> {
        self.facts.iter().find(|fact| fact.field == field).copied()
    }

    /// The lines of a kind, with their places.
    pub(super) fn of_kind(&self, kind: LineKind) -> impl Iterator<Item = (usize, &Seen<'d>)> {
        self.lines
            .iter()
            .enumerate()
            .filter(move |(_, seen)| seen.line.kind == kind)
    }

    /// The lines before the first heading or paragraph, and some behind, where notes of passing
    /// and document numbers stand. However much page furniture lies above them does not count.
    pub(super) fn head(&self) -> impl Iterator<Item = (usize, &Seen<'d>)> {
        let mut own = 0;
        self.lines.iter().enumerate().take_while(move |(_, seen)| {
            own += usize::from(seen.line.kind != LineKind::Boilerplate);
            own <= HEAD
        })
    }

    /// Running text and headings: what the document says.
    pub(super) fn body(&self) -> impl Iterator<Item = (usize, &Seen<'d>)> {
        self.lines.iter().enumerate().filter(|(_, seen)| {
            matches!(
                seen.line.kind,
                LineKind::Paragraph | LineKind::Heading | LineKind::Closing
            )
        })
    }

    /// Evidence that quotes a whole line, or its beginning.
    pub(super) fn line_evidence(&self, source: Source, place: usize) -> Evidence {
        let text = &self.lines[place].line.text;
        let end = text
            .char_indices()
            .nth(QUOTED)
            .map_or(text.len(), |(end, _)| end);
        self.evidence(source, place, 0..end)
    }

    /// Evidence that quotes a range of a line.
    pub(super) fn evidence(&self, source: Source, place: usize, range: Range<usize>) -> Evidence {
        let line = self.lines[place].line;
        Evidence {
            source,
            file: None,
            line: Some(line.number),
            quote: line.text.get(range).unwrap_or(&line.text).to_owned(),
        }
    }

    /// Evidence for a fact of the header.
    pub(super) fn fact_evidence(&self, fact: Fact<'_>) -> Evidence {
        Evidence {
            source: Source::Header,
            file: None,
            line: Some(self.lines[fact.place].line.number),
            quote: fact.value.to_owned(),
        }
    }
}

/// How many lines count as the head of a document.
const HEAD: usize = 24;
/// How many characters of a line a quotation takes.
const QUOTED: usize = 60;

/// All facts of the header and status lines. A label with nothing behind it takes the next line.
fn facts<'d>(lines: &[Seen<'d>]) -> Vec<Fact<'d>> {
    let mut facts = Vec::new();
    let mut waiting = None;
    for (place, seen) in lines.iter().enumerate() {
        if !matches!(seen.line.kind, LineKind::Header | LineKind::Status) {
            continue;
        }
        let mut found = labelled(&seen.folded);
        if found.is_empty() {
            found = labelled_by_place(&seen.folded);
        }
        if found.is_empty() {
            if let Some((field, before)) = waiting.take()
                && before + 1 == place
            {
                facts.push(Fact {
                    field,
                    value: seen.line.text.trim(),
                    place,
                });
            }
            continue;
        }
        waiting = None;
        for (field, range) in found {
            let value = seen.line.text[range]
                .trim_matches(|c: char| c.is_whitespace() || "|｜;；".contains(c));
            match (field, value) {
                ("", _) => {}
                (_, "") => waiting = Some((field, place)),
                _ => facts.push(Fact {
                    field,
                    value,
                    place,
                }),
            }
        }
    }
    facts
}

/// The labels of a folded line with the ranges of their values.
fn labelled(text: &str) -> Vec<(&'static str, Range<usize>)> {
    let mut found: Vec<(&'static str, Range<usize>)> = Vec::new();
    for (colon, mark) in text.match_indices([':', '：']) {
        let Some((start, field)) = label_before(text, colon) else {
            continue;
        };
        if let Some(last) = found.last_mut() {
            last.1.end = last.1.end.min(start).max(last.1.start);
        }
        found.push((field, colon + mark.len()..text.len()));
    }
    for (_, range) in &mut found {
        let value = &text[range.clone()];
        // 【字体：大 中 小】 stands behind a value; 【2021】 stands in a number.
        let cut = value
            .match_indices('【')
            .find(|(at, mark)| !value[at + mark.len()..].starts_with(|c: char| c.is_ascii_digit()));
        if let Some((cut, _)) = cut {
            range.end = range.start + cut;
        }
    }
    found
}

/// The labels of a row of a table that lost its lines, with the ranges of their values:
/// `发文机关 某市人民政府 发文字号 某政发〔2022〕15号`.
fn labelled_by_place(text: &str) -> Vec<(&'static str, Range<usize>)> {
    let mut found: Vec<(&'static str, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let label = label_from(&text[at..]);
        match label {
            Some((length, field)) => {
                if let Some(last) = found.last_mut() {
                    last.1.end = at;
                }
                at += length;
                found.push((field, at..text.len()));
            }
            None if found.is_empty() => break,
            None => {
                let word = text[at..].find(char::is_whitespace);
                at += word.unwrap_or(text.len() - at);
            }
        }
        at = text.len() - text[at..].trim_start().len();
    }
    found
}

/// The longest label made of the first words, and what it states: its length in bytes. A word has to
/// follow.
fn label_from(text: &str) -> Option<(usize, &'static str)> {
    let mut label = String::new();
    let mut longest = None;
    for (at, character) in text.char_indices() {
        if !character.is_whitespace() {
            label.push(character);
        } else if let Some(field) = header_fact(&label) {
            longest = Some((at, field));
        }
        if label.chars().count() > LONGEST_LABEL {
            break;
        }
    }
    longest
}

/// The longest label that ends before a colon, white space inside it aside: where it starts, and
/// what it states.
fn label_before(text: &str, colon: usize) -> Option<(usize, &'static str)> {
    let mut label = String::new();
    let mut longest = None;
    for (at, character) in text[..colon].char_indices().rev() {
        if character.is_whitespace() {
            continue;
        }
        label.insert(0, character);
        if let Some(field) = header_fact(&label) {
            longest = Some((at, field));
        }
        if label.chars().count() > LONGEST_LABEL {
            break;
        }
    }
    longest
}

/// The length of the longest label of `headers.tsv`, in characters.
const LONGEST_LABEL: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Vec<(&'static str, String)> {
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
        let page = Page::new(&document);
        page.facts
            .iter()
            .map(|fact| (fact.field, fact.value.to_owned()))
            .collect()
    }

    fn owned(facts: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        facts
            .iter()
            .map(|&(field, value)| (field, value.to_owned()))
            .collect()
    }

    #[test]
    fn one_line_may_state_several_facts() {
        assert_eq!(
            of(&["来源:龙华区政务服务数据管理局 日期:2022年12月01日 【字体:"]),
            owned(&[
                ("source", "龙华区政务服务数据管理局"),
                ("published", "2022年12月01日")
            ])
        );
        assert_eq!(
            of(&["信息提供日期 : 2021-12-24 16:53来源 : 福田区某局 信息索引号 : /2021-9478004"]),
            owned(&[
                ("published", "2021-12-24 16:53"),
                ("source", "福田区某局"),
                ("index_number", "/2021-9478004"),
            ])
        );
    }

    #[test]
    fn a_row_of_a_table_states_facts_without_colons() {
        assert_eq!(
            of(&[
                "发文字号 某府办发〔2022〕15号 成文日期 2022年06月17日",
                "标　　题 某某 通知"
            ]),
            owned(&[
                ("number", "某府办发〔2022〕15号"),
                ("signed", "2022年06月17日"),
                ("title", "某某 通知")
            ])
        );
        assert_eq!(of(&["2022年 来源 某局"]), []);
    }

    #[test]
    fn a_label_may_be_spaced_out_and_its_value_on_the_next_line() {
        assert_eq!(
            of(&[
                "索 引 号：",
                "000014349/2018-00204",
                "标　　题：",
                "某某通知",
                "主 题 词："
            ]),
            owned(&[
                ("index_number", "000014349/2018-00204"),
                ("title", "某某通知")
            ])
        );
        assert_eq!(of(&["廢止註記：廢"]), owned(&[("status", "廢")]));
    }
}
