//! What documents rest on: the titles in 《》 and the document numbers that they name.
//!
//! Comes in: paragraphs. Goes out: a [`Reference`] for each document and each title that it names,
//! with the word that says how (根据, 落实, 印发 …), the level of who issued it, and the paragraph of the
//! first naming. Whether the title is in the corpus is not asked here.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::lexicon::{Kind, Level, Region, cues};
use crate::search::Hit;
use crate::text::fold;

use super::evidence::Source;
use super::places::place_at;

/// A document names another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// The document that names it.
    pub document: Source,
    /// The year of that document.
    pub year: Option<i32>,
    /// The title as first written, without 《》; empty where only a number is named.
    pub title: String,
    /// The document number, its brackets made 〔〕.
    pub number: Option<String>,
    /// The level of who issued it: 国家, 省, 市, 县; `None` where the title does not say.
    pub level: Option<String>,
    /// The kind of document (文种) by its title; `None` for books and what is no document.
    pub kind: Option<String>,
    /// The word before it that says how it is used.
    pub relation: Option<String>,
    /// How many times the document names it.
    pub times: usize,
    /// The paragraph of the first naming.
    pub id: String,
}

/// What documents rest on, in the order of the documents and of the first naming.
pub fn references(hits: &[Hit]) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
    for hit in hits {
        for named in named_in(&hit.text) {
            let key = (hit.document.id.clone(), comparable(&named));
            if let Some(&place) = places.get(&key) {
                let known = &mut found[place];
                known.times += 1;
                known.number = known.number.take().or(named.number);
                known.relation = known.relation.take().or(named.relation);
                continue;
            }
            places.insert(key, found.len());
            found.push(Reference {
                level: level(&named, hit),
                kind: Kind::of_title(&named.title).map(|kind| kind.name.to_owned()),
                title: named.title,
                number: named.number,
                relation: named.relation,
                times: 1,
                id: hit.id.clone(),
                year: hit.document.year,
                document: Source::from(&hit.document),
            });
        }
    }
    found
}

/// One naming in a text.
struct Naming {
    title: String,
    number: Option<String>,
    relation: Option<String>,
}

/// What titles are compared by: folded, without marks; a number where there is no title.
fn comparable(named: &Naming) -> String {
    let text = if named.title.is_empty() {
        named.number.as_deref().unwrap_or_default()
    } else {
        &named.title
    };
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn named_in(text: &str) -> Vec<Naming> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('《').map(|open| at + open) {
        let Some(close) = closing(text, open) else {
            break;
        };
        let title = text[open + '《'.len_utf8()..close].trim();
        let behind = &text[close + '》'.len_utf8()..];
        let number = bracketed(behind).and_then(document_number);
        let gap = without_bracketed(&text[at..open]);
        // 《甲》《乙》 and 《甲》、《乙》 share the word before the first.
        let shared = gap.chars().all(|c| "、和及与，, ".contains(c)) && at > 0;
        let relation = if shared {
            found.last().and_then(|last: &Naming| last.relation.clone())
        } else {
            relation(gap)
        };
        if !title.is_empty() {
            found.push(Naming {
                title: title.to_owned(),
                number,
                relation,
            });
        }
        at = close + '》'.len_utf8();
    }
    found
}

/// Where the 《 at `open` is closed, inner pairs passed over.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, character) in text[open..].char_indices() {
        match character {
            '《' => depth += 1,
            '》' => depth -= 1,
            '。' | '\n' if depth > 0 => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(open + at);
        }
    }
    None
}

/// What stands in round brackets at the start of a text.
fn bracketed(text: &str) -> Option<&str> {
    let inside = text.strip_prefix(['（', '('])?;
    let end = inside.find(['）', ')'])?;
    // A number may have round brackets of its own: 国办函(2021)67号.
    let rest = &inside[end..];
    let tail = rest
        .get(rest.chars().next().map_or(0, char::len_utf8)..)
        .unwrap_or("");
    match tail.find('号') {
        Some(number) if tail[..number].chars().all(|c| c.is_ascii_digit()) && number > 0 => {
            inside.get(..end + rest.len() - tail.len() + number + '号'.len_utf8())
        }
        _ => Some(&inside[..end]),
    }
}

/// A text without what stands in round brackets at its start.
fn without_bracketed(text: &str) -> &str {
    let behind = |inside: &str| {
        let open = text.chars().next().map_or(0, char::len_utf8);
        text[open + inside.len()..].trim_start_matches(['）', ')'])
    };
    bracketed(text).map_or(text, behind)
}

/// A document number, normalised: `国办发〔2020〕35号`.
///
/// ```
/// use xianli::study::document_number;
/// assert_eq!(document_number("国办电政函[2021]67号").as_deref(), Some("国办电政函〔2021〕67号"));
/// assert_eq!(document_number("试行"), None);
/// ```
pub fn document_number(text: &str) -> Option<String> {
    let is_bracket = |c: char| "〔〕[]【】()（）［］".contains(c);
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut parts = text.split(is_bracket);
    let (name, year, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = rest.strip_suffix('号')?.trim_start_matches('第');
    let is_number = |digits: &str| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    let is_name = (2..=12).contains(&name.chars().count());
    (is_name && year.len() == 4 && is_number(year) && is_number(digits) && parts.next().is_none())
        .then(|| format!("{name}〔{year}〕{digits}号"))
}

/// The word of relation nearest before a title, in its clause.
fn relation(before: &str) -> Option<String> {
    let folded = fold(before);
    let clause = folded.rsplit(['。', '；', ';', '，', ',']).next()?;
    cues("relation")
        .iter()
        .filter_map(|word| {
            clause
                .rfind(word)
                .map(|at| (at + word.len(), word.len(), *word))
        })
        .max()
        .map(|(.., word)| word.to_owned())
}

/// The level of who issued a title, by the names in it, or else by its number.
fn level(named: &Naming, hit: &Hit) -> Option<String> {
    let title = fold(&named.title).into_owned();
    let number = named.number.clone().unwrap_or_default();
    let central = |text: &str| cues("central").iter().any(|word| text.starts_with(word));
    if central(&title) || central(&number) {
        return Some("国家".to_owned());
    }
    if let Some(place) = place_at(&title, hit.document.year) {
        let highest = place
            .regions
            .iter()
            .map(|region: &Region| region.level())
            .min()?;
        return Some(highest.chinese().to_owned());
    }
    let by_word = [
        ("省", Level::Province),
        ("自治区", Level::Province),
        ("市", Level::City),
        ("县", Level::County),
    ];
    by_word
        .iter()
        .find(|(word, _)| title.starts_with(word) || title.starts_with(&format!("全{word}")))
        .map(|(_, level)| level.chinese().to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::evidence::tests::hit;
    use super::*;

    fn of(text: &str) -> Vec<String> {
        references(&[hit("a/1", "广东省/深圳市/福田区", 2021, "measures", text)])
            .into_iter()
            .map(|found| {
                let shown = |value: Option<String>| value.unwrap_or_else(|| "-".into());
                format!(
                    "{} {} {} {} ×{}",
                    found.title,
                    shown(found.number),
                    shown(found.level),
                    shown(found.relation),
                    found.times
                )
            })
            .collect()
    }

    #[test]
    fn titles_come_with_number_level_and_use() {
        assert_eq!(
            of(
                "根据《国务院办公厅关于加快推进政务服务“跨省通办”的指导意见》（国办发[2020]35号）和《深圳市办法》，印发《工作要点》。再学习《深圳市办法》。"
            ),
            [
                "国务院办公厅关于加快推进政务服务“跨省通办”的指导意见 国办发〔2020〕35号 国家 根据 ×1",
                "深圳市办法 - 市 根据 ×2",
                "工作要点 - - 印发 ×1",
            ]
        );
    }

    #[test]
    fn inner_titles_belong_to_the_outer_and_what_is_never_closed_is_none() {
        assert_eq!(
            of("转发《关于贯彻《纲要》的通知》。"),
            ["关于贯彻《纲要》的通知 - - 转发 ×1"]
        );
        assert_eq!(of("学习《纲要。"), Vec::<String>::new());
    }

    #[test]
    fn numbers_in_all_brackets_are_one() {
        for text in [
            "国办函(2021)67号",
            "国办函（2021）67号",
            "国办函【2021】67号",
            "国办函 〔2021〕 67号",
        ] {
            assert_eq!(
                document_number(text).as_deref(),
                Some("国办函〔2021〕67号"),
                "{text}"
            );
        }
        assert_eq!(
            of("按照《通知》（粤政数函(2021)623号）执行。"),
            ["通知 粤政数函〔2021〕623号 - 按照 ×1"]
        );
    }
}
