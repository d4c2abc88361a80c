//! Reform labels found in the corpus itself.
//!
//! Comes in: paragraphs. Goes out: labels with where they first stand, in how many places and
//! paragraphs, and by what they were found: quotation marks, 以下简称, or being new words. It never
//! touches the index; what it finds is for a person to judge.

mod families;
mod quoted;
mod strings;

pub use families::{Proposal, proposals};

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use crate::lexicon::{Family, dictionary, families_of, formulas, term_words};
use crate::text::fold;

use super::dates::Dates;
use super::passage::Passage;
use super::quote::Quote;
use super::reuse::{Content, ratio};
use strings::{Limits, NewString, new_strings};

/// A label that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundTerm {
    /// The label, folded.
    pub label: String,
    /// What it was introduced as short for.
    pub short_for: Option<String>,
    /// How often it stands between quotation marks.
    pub quoted: usize,
    /// How often it stands at all.
    pub occurrences: usize,
    /// Paragraphs that have it.
    pub paragraphs: usize,
    /// Documents that have it.
    pub documents: usize,
    /// Places that these are of.
    pub places: usize,
    /// The first year.
    pub first_year: Option<i32>,
    /// The first paragraph, by year.
    pub first: Quote,
    /// Cohesion and freedom in bits, where it was found as a new word.
    pub new_word: Option<[f64; 2]>,
    /// The reform family that has it already.
    pub family: Option<String>,
    /// What it is ranked by.
    pub score: f64,
}

/// What a label must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermLimits {
    /// Places (documents, where places are not known) that have it.
    pub least_places: usize,
    /// How often it stands.
    pub least_occurrences: usize,
}

impl Default for TermLimits {
    fn default() -> Self {
        Self {
            least_places: 1,
            least_occurrences: 2,
        }
    }
}

/// How often a new word must stand, and how fast and free it must be. In 48 work reports, half of
/// what is less free than 2 bits is a part of a longer name.
const NEW_WORDS: Limits = Limits {
    least_count: 6,
    least_cohesion: 5.0,
    least_freedom: 2.0,
};

/// Words of plain speech are a name where one occurrence in so many is quoted.
const QUOTED_SHARE: usize = 5;

/// The labels of a corpus, the surest first.
pub fn terms(passages: &[Passage], families: &[Family], limits: TermLimits) -> Vec<FoundTerm> {
    let content: Vec<&Passage> = passages
        .iter()
        .filter(|passage| passage.is_content())
        .collect();
    let texts: Vec<String> = content
        .iter()
        .map(|passage| fold(&passage.text).into_owned())
        .collect();
    let mut candidates = quoted_candidates(&texts);
    for string in new_strings(texts.iter().map(String::as_str), NEW_WORDS) {
        if looks_like_a_label(&string.text) && !dictionary::contains(&string.text) {
            let candidate = candidates.entry(string.text.clone()).or_default();
            candidate.new_word = Some(string);
        }
    }
    candidates.retain(|label, _| !is_slogan(label));
    let seen = Seen::of(&candidates, &content, &texts);
    let mut found: Vec<FoundTerm> = candidates
        .iter()
        .filter_map(|(label, candidate)| seen.term(label, candidate, &content, families, limits))
        .collect();
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.label.cmp(&b.label))
    });
    without_parts(found)
}

/// By what a label was found.
#[derive(Debug, Clone, Default)]
struct Candidate {
    quoted: usize,
    short_for: Option<String>,
    new_word: Option<NewString>,
}

fn quoted_candidates(texts: &[String]) -> BTreeMap<String, Candidate> {
    let mut candidates: BTreeMap<String, Candidate> = BTreeMap::new();
    for text in texts {
        for named in quoted::names(text) {
            let label = text[named.range].replace(char::is_whitespace, "");
            let candidate = candidates.entry(label).or_default();
            candidate.quoted += 1;
            if let Some(long) = named.short_for {
                candidate
                    .short_for
                    .get_or_insert_with(|| text[long].to_owned());
            }
        }
    }
    candidates
}

/// Slogans, formulas, and what only counts: “两个维护”, “八五”, “十连冠”.
fn is_slogan(label: &str) -> bool {
    let numerals = "〇零一二三四五六七八九十百千万两双首";
    let only_counts = label
        .chars()
        .all(|c| numerals.contains(c) || !c.is_alphanumeric());
    only_counts
        || term_words("slogan").contains(&label)
        || label.ends_with("连冠")
        || label.ends_with("连丰")
        || formulas()
            .any(|formula| formula == label || label.chars().count() > 5 && formula.contains(label))
}

/// Whether a label is made of words that every report is full of: 重点领域改革, 社会治理. Such words are a
/// name only where the texts quote them as one.
fn is_plain_speech(label: &str) -> bool {
    label.is_empty()
        || term_words("plain")
            .iter()
            .filter_map(|word| label.strip_prefix(word))
            .any(is_plain_speech)
}

/// Whether a label begins or ends as names of reforms do.
fn looks_like_a_label(label: &str) -> bool {
    morphology(label) > 0.0
}

/// How much a label looks like the name of a reform, 0 to 1.
fn morphology(label: &str) -> f64 {
    let longest_ending = term_words("ending")
        .iter()
        .filter(|ending| label.ends_with(**ending) && label != **ending)
        .map(|ending| ending.chars().count())
        .max()
        .unwrap_or(0);
    let opens = term_words("opening")
        .iter()
        .any(|opening| label.starts_with(opening));
    let ending = match longest_ending {
        0 => 0.0,
        1 => 0.4,
        _ => 0.7,
    };
    ending
        + if opens && longest_ending > 0 {
            0.3
        } else {
            0.0
        }
}

/// Where every candidate stands.
struct Seen {
    /// By label: paragraphs with the number of occurrences.
    paragraphs: HashMap<String, Vec<(usize, usize)>>,
    /// By label: how often a word of reform stands next to it.
    in_company: HashMap<String, usize>,
}

impl Seen {
    fn of(
        candidates: &BTreeMap<String, Candidate>,
        passages: &[&Passage],
        texts: &[String],
    ) -> Self {
        let mut by_start: HashMap<[u32; 2], Vec<(&str, Vec<u32>)>> = HashMap::new();
        for label in candidates.keys() {
            let codes = Content::of(label).codes;
            if let [first, second, ..] = codes[..] {
                by_start
                    .entry([first, second])
                    .or_default()
                    .push((label, codes));
            }
        }
        let mut seen = Self {
            paragraphs: HashMap::new(),
            in_company: HashMap::new(),
        };
        for (place, (_, text)) in passages.iter().zip(texts).enumerate() {
            let content = Content::of(text);
            for at in 0..content.len().saturating_sub(1) {
                let Some(labels) = by_start.get(&[content.codes[at], content.codes[at + 1]]) else {
                    continue;
                };
                for (label, codes) in labels {
                    if content.codes[at..].starts_with(codes) {
                        let bytes = content.bytes(&(at..at + codes.len()));
                        seen.add(label, place, stands_in_company(text, &bytes));
                    }
                }
            }
        }
        seen
    }

    fn add(&mut self, label: &str, place: usize, company: Company) {
        let paragraphs = self.paragraphs.entry(label.to_owned()).or_default();
        match paragraphs.last_mut() {
            Some((last, count)) if *last == place => *count += 1,
            _ => paragraphs.push((place, 1)),
        }
        if company == Company::OfReform {
            *self.in_company.entry(label.to_owned()).or_default() += 1;
        }
    }

    fn term(
        &self,
        label: &str,
        candidate: &Candidate,
        passages: &[&Passage],
        families: &[Family],
        limits: TermLimits,
    ) -> Option<FoundTerm> {
        let paragraphs = self.paragraphs.get(label)?;
        let occurrences: usize = paragraphs.iter().map(|(_, count)| count).sum();
        let with: Vec<&Passage> = paragraphs
            .iter()
            .map(|(place, _)| passages[*place])
            .collect();
        let documents: BTreeSet<&str> = with.iter().map(|p| p.document.id.as_str()).collect();
        let places: BTreeSet<&[String]> = with
            .iter()
            .map(|p| p.document.region.as_slice())
            .filter(|region| !region.is_empty())
            .collect();
        let places = places.len().max(usize::from(!documents.is_empty()));
        let is_plain = is_plain_speech(label) && candidate.quoted * QUOTED_SHARE < occurrences;
        if places < limits.least_places || occurrences < limits.least_occurrences || is_plain {
            return None;
        }
        let year = |passage: &Passage| {
            Dates::of(&passage.document, "")
                .used()
                .map(|(year, _)| year)
        };
        let first = with
            .iter()
            .min_by_key(|passage| year(passage).unwrap_or(i32::MAX))?;
        let place = super::Term::new([label]).occurrences(&first.text);
        let company = self.in_company.get(label).copied().unwrap_or(0);
        Some(FoundTerm {
            label: label.to_owned(),
            short_for: candidate.short_for.clone(),
            quoted: candidate.quoted,
            occurrences,
            paragraphs: with.len(),
            documents: documents.len(),
            places,
            first_year: year(first),
            first: Quote::sentence(first, &place.first().cloned().unwrap_or(0..0)),
            new_word: candidate
                .new_word
                .as_ref()
                .map(|new| [new.cohesion, new.freedom]),
            family: families_of(families, label)
                .first()
                .map(|family| family.name.clone()),
            score: score(label, candidate, occurrences, company, places),
        })
    }
}

/// Places, then what speaks for a label: its form, the company it keeps, its quotation marks.
fn score(
    label: &str,
    candidate: &Candidate,
    occurrences: usize,
    company: usize,
    places: usize,
) -> f64 {
    let quoted = ratio(candidate.quoted.min(occurrences), occurrences);
    let company = ratio(company, occurrences);
    let defined = if candidate.short_for.is_some() {
        0.3
    } else {
        0.0
    };
    let evidence = morphology(label) + 0.8 * company + 0.4 * quoted + defined;
    ratio(places + 1, 1).ln() * evidence
}

/// Whether words of reform stand next to a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Company {
    /// 推行“免申即享”, “免申即享”改革
    OfReform,
    /// Other words.
    OfOthers,
}

fn stands_in_company(text: &str, label: &std::ops::Range<usize>) -> Company {
    let open = ['“', '「', '‘', ' '];
    let close = ['”', '」', '’', ' '];
    let before = text[..label.start].trim_end_matches(open);
    let after = text[label.end..].trim_start_matches(close);
    let is_reform = term_words("verb").iter().any(|verb| before.ends_with(verb))
        || term_words("noun")
            .iter()
            .any(|noun| after.starts_with(noun));
    if is_reform {
        Company::OfReform
    } else {
        Company::OfOthers
    }
}

/// The labels without those that only stand inside a longer one that was found as well.
fn without_parts(found: Vec<FoundTerm>) -> Vec<FoundTerm> {
    let longer: Vec<(String, usize)> = found
        .iter()
        .map(|term| (term.label.clone(), term.occurrences))
        .collect();
    let is_part = |term: &FoundTerm| {
        let inside = longer
            .iter()
            .filter(|(label, _)| label.len() > term.label.len() && label.contains(&term.label));
        let most: usize = inside.map(|(_, occurrences)| *occurrences).sum();
        most * 10 >= term.occurrences * 8
    };
    found.into_iter().filter(|term| !is_part(term)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{LineKind, Metadata};
    use crate::lexicon::families;

    fn passage(place: &str, year: i32, text: &str) -> Passage {
        Passage {
            document: Arc::new(Metadata {
                id: format!("{place}{year}"),
                region: vec![place.into()],
                year: Some(year),
                ..Metadata::default()
            }),
            ordinal: 1,
            kind: LineKind::Paragraph,
            role: None,
            path: Vec::new(),
            text: text.into(),
        }
    }

    fn corpus() -> Vec<Passage> {
        vec![
            passage(
                "龙华区",
                2022,
                "全面推行“免申即享”改革，做到“两个维护”，打通“最后一公里”。",
            ),
            passage(
                "福田区",
                2021,
                "探索免申即享服务，深化“民意快办”（以下简称“民意办”）",
            ),
            passage("潮州市", 2023, "借鉴“民意速办”经验，推进“民意快办”"),
            passage("福田区", 2021, "推动“民意速办”改革"),
        ]
    }

    #[test]
    fn labels_are_found_with_their_first_year_and_slogans_are_not() {
        let found = terms(&corpus(), &families(), TermLimits::default());
        let mut told: Vec<_> = found
            .iter()
            .map(|term| {
                (
                    term.label.as_str(),
                    term.places,
                    term.first_year,
                    term.first.id.as_str(),
                )
            })
            .collect();
        told.sort_unstable();
        assert_eq!(
            told,
            [
                ("免申即享", 2, Some(2021), "福田区2021/1"),
                ("民意快办", 2, Some(2021), "福田区2021/1"),
                ("民意速办", 2, Some(2021), "福田区2021/1"),
            ]
        );
    }

    #[test]
    fn what_may_be_one_reform_is_proposed_and_what_is_known_is_not() {
        let found = terms(&corpus(), &[], TermLimits::default());
        let proposed = proposals(&found, &[]);
        assert_eq!(proposed.len(), 1);
        let pair = [proposed[0].family.as_str(), proposed[0].label.as_str()];
        assert!(
            pair.contains(&"民意快办") && pair.contains(&"民意速办"),
            "{pair:?}"
        );
        let known = vec![Family {
            name: "民意速办".into(),
            labels: vec!["民意速办".into(), "民意快办".into()],
        }];
        assert_eq!(proposals(&found, &known), []);
    }

    #[test]
    fn plain_speech_is_a_label_only_where_it_is_quoted() {
        let plain: Vec<bool> = ["重点领域改革", "社会治理", "零基预算改革", "免申即享"]
            .into_iter()
            .map(is_plain_speech)
            .collect();
        assert_eq!(plain, [true, true, false, false]);
    }
}
