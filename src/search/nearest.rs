//! What was perhaps meant by a word that stands nowhere: words of the index, and what stands in the
//! paragraphs that are most like it.
//!
//! Of a word that is cut into one piece more than it may be changed in, one piece at least is left as
//! it is. So pieces that stand nowhere tell, without looking further, where nothing near can be (W. Chang,
//! E. Lawler, Sublinear approximate string matching, 1994).

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::termdict::TermDictionary;
use tantivy_fst::Automaton;

use super::answer::{Answer, Offered};
use super::error::SearchError;
use super::hands::Hands;
use super::leaf::Run;
use super::plan::Plan;
use super::ranking;
use super::request::{Match, Request, Sort};
use super::results::WordCount;
use super::score::{self, Weighted};
use super::segment::{Place, Segment};
use crate::index::IndexReader;
use crate::query::parse;
use crate::text::{Form, Unit, fold, is_han, units};
use crate::tokenize::Cutter;

/// How many nearest terms are named.
const NEAREST: usize = 5;
/// The most changes that a word of the index may be away.
const MOST_CHANGES: usize = 2;
/// The longest word, in units, to which near ones are looked for.
const LONGEST: usize = 12;
/// In how many of the paragraphs most like it a word is looked for, and how many are looked at for
/// texts that differ.
const ALIKE: usize = 20;
const LOOKED_AT: usize = 40;

/// A word that stands nowhere, where something near could.
pub(super) struct Unknown {
    text: String,
    characters: Vec<char>,
    /// Whether it has a mark in it: then what is near it can have one too.
    has_mark: bool,
    /// How many changes a near word may be away.
    most: usize,
    /// The pieces, one more than changes, that could stand somewhere.
    pieces: Vec<Range<usize>>,
}

impl Unknown {
    /// `None` where it stands somewhere, or nothing near can.
    pub(super) fn of(reader: &IndexReader, word: &WordCount) -> Result<Option<Self>, SearchError> {
        let characters = characters(&word.text);
        let length = characters.len();
        if word.paragraphs > 0 || !(2..=LONGEST).contains(&length) {
            return Ok(None);
        }
        let most = 1.max(length / 4);
        let parts = stretches(&word.text).into_iter();
        let has_mark = parts.filter(|part| !part.is_empty()).count() > 1;
        let mut standing = Vec::new();
        for piece in pieces(length, most) {
            if has_mark || could_stand(reader, &characters[piece.clone()])? {
                standing.push(piece);
            }
        }
        let is_any_near = !standing.is_empty();
        let unknown = Self {
            text: word.text.clone(),
            characters,
            has_mark,
            most,
            pieces: standing,
        };
        Ok(is_any_near.then_some(unknown))
    }

    /// How many changes a word of the index may be away.
    fn most_in_index(&self) -> usize {
        self.most.min(MOST_CHANGES)
    }

    /// Whether all changes are behind the first piece.
    fn begins_as_near_ones(&self) -> bool {
        // With one before it, another piece than the first would be left as it is.
        self.pieces.iter().all(|piece| piece.start == 0)
    }

    /// Whether the whole dictionary is walked for near words.
    pub(super) fn is_walked_for(&self) -> bool {
        self.most_in_index() > 1 && !self.begins_as_near_ones()
    }

    /// How many changes a word is away, if it is near.
    fn apart(&self, candidate: &[char]) -> Option<usize> {
        if self.characters.len().abs_diff(candidate.len()) > self.most {
            return None;
        }
        let apart = distance(&self.characters, candidate);
        (1..=self.most).contains(&apart).then_some(apart)
    }

    /// The texts of the paragraphs most like it: those of the answer, if it is all that was asked for.
    pub(super) fn texts_alike(
        &self,
        answer: &Answer<'_>,
        weighted: &[Weighted],
        cutter: &Cutter,
    ) -> Result<Vec<String>, SearchError> {
        if answer.is_partial_of_only(&self.text) {
            return texts_of_best(answer, weighted);
        }
        let reader = answer.reader;
        let request = Request {
            matching: Match::Any,
            ..Request::of(parse(&self.text))
        };
        let plan = Plan::of(&request.query, &request.filters, cutter);
        let weighted = score::weighted(&plan, cutter, reader)?;
        let answer = Answer::of(reader, &plan, &request, Offered::of(Hands::ONE), None)?;
        texts_of_best(&answer, &weighted)
    }

    /// Calls with every part of a text that could be near, some of them more than once.
    fn parts_of(&self, text: &[char], mut take: impl FnMut(&[char])) {
        let length = self.characters.len();
        for piece in &self.pieces {
            let wanted = &self.characters[piece.clone()];
            let found = text.windows(wanted.len()).enumerate();
            for (place, _) in found.filter(|(_, part)| *part == wanted) {
                let first = place.saturating_sub(piece.start + self.most);
                let last = (place + self.most).saturating_sub(piece.start);
                for start in first..=last {
                    for length in length.saturating_sub(1).max(2)..=length + 1 {
                        text.get(start..start + length)
                            .into_iter()
                            .for_each(&mut take);
                    }
                }
            }
        }
    }
}

/// The texts of the best paragraphs of an answer, each text once.
fn texts_of_best(answer: &Answer<'_>, weighted: &[Weighted]) -> Result<Vec<String>, SearchError> {
    let reader = answer.reader;
    let order = ranking::best(answer, weighted, Sort::Relevance, LOOKED_AT)?;
    let mut said = HashSet::new();
    let mut texts = Vec::new();
    for placed in order.placed {
        let columns = reader.columns(placed.address.segment_ord);
        if said.insert(columns.says()?.first(placed.address.doc_id)) {
            texts.push(reader.text(placed.address)?);
        }
        if texts.len() == ALIKE {
            break;
        }
    }
    Ok(texts)
}

/// The pieces of a word of so many characters, one more than changes, of about one length.
fn pieces(length: usize, changes: usize) -> impl Iterator<Item = Range<usize>> {
    let border = move |piece| length * piece / (changes + 1);
    (0..=changes).map(move |piece| border(piece)..border(piece + 1))
}

/// Whether characters could stand side by side in a text.
fn could_stand(reader: &IndexReader, characters: &[char]) -> Result<bool, SearchError> {
    if !characters.iter().all(|&character| is_han(character)) {
        // A piece of a number is none of the index's tokens.
        return Ok(true);
    }
    let forms = Run::of(&characters.iter().collect::<String>()).forms;
    for segment in Segment::parts(reader, 1)? {
        if segment.at_most(Place::Text, &forms)? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Words of the corpus that differ little from those that stand nowhere, the nearest first: of the
/// texts that are most like each, and of the index.
pub(super) fn nearest(
    unknown: &[Unknown],
    texts: &[Vec<String>],
    words: &[Vec<String>],
) -> Vec<String> {
    let mut scored: BTreeSet<(usize, String)> = BTreeSet::new();
    for ((word, texts), words) in unknown.iter().zip(texts).zip(words) {
        let mut take = |candidate: &[char]| {
            if let Some(apart) = word.apart(candidate) {
                scored.insert((apart, candidate.iter().collect()));
            }
        };
        for text in texts {
            let stretches = match word.has_mark {
                true => vec![characters(text)],
                false => stretches(text),
            };
            for stretch in stretches {
                word.parts_of(&stretch, &mut take);
            }
        }
        for word in words {
            take(&word.chars().collect::<Vec<char>>());
        }
    }
    let nearest = scored.into_iter().take(NEAREST);
    nearest.map(|(_, word)| word).collect()
}

/// The words of the index that are near one.
pub(super) fn words_near(reader: &IndexReader, word: &Unknown) -> Result<Vec<String>, SearchError> {
    let mut found = Vec::new();
    for segment in reader.searcher().segment_readers() {
        let words = segment.inverted_index(reader.fields().text_words)?;
        let characters = segment.inverted_index(reader.fields().text_chars)?;
        Dictionary(words.terms()).near(word, characters.terms(), &mut found)?;
    }
    Ok(found)
}

/// The words of a segment.
struct Dictionary<'s>(&'s TermDictionary);

impl Dictionary<'_> {
    /// The words that are near one.
    fn near(
        &self,
        word: &Unknown,
        characters: &TermDictionary,
        found: &mut Vec<String>,
    ) -> Result<(), SearchError> {
        if word.is_walked_for() {
            return self.walk(word, 0, found);
        }
        if word.begins_as_near_ones() {
            return self.walk(word, word.pieces[0].end, found);
        }
        self.walk(word, 1, found)?;
        self.with_another_first(word, characters, found)
    }

    /// The words that are near one and begin with as many of its characters.
    fn walk(
        &self,
        word: &Unknown,
        common: usize,
        found: &mut Vec<String>,
    ) -> Result<(), SearchError> {
        let most = u8::try_from(word.most_in_index()).unwrap_or(1);
        let text: String = word.characters.iter().collect();
        let near = Near(LevenshteinAutomatonBuilder::new(most, false).build_dfa(&text));
        let beginning: String = word.characters[..common].iter().collect();
        let mut words = self.0.search(&near).ge(beginning.as_bytes());
        let mut behind = beginning.into_bytes();
        if let Some(last) = behind.last_mut() {
            // No byte of UTF-8 is the highest.
            *last += 1;
            words = words.lt(behind);
        }
        let mut words = words.into_stream()?;
        while words.advance() {
            found.extend(std::str::from_utf8(words.key()).map(str::to_owned));
        }
        Ok(())
    }

    /// The words that are one change away from one, and that in the first character. Each that there
    /// is, is tried: most are told from all words by their second character.
    fn with_another_first(
        &self,
        word: &Unknown,
        characters: &TermDictionary,
        found: &mut Vec<String>,
    ) -> Result<(), SearchError> {
        let whole: String = word.characters.iter().collect();
        let rest: String = word.characters[1..].iter().collect();
        let mut keep = |word: &str| -> Result<(), SearchError> {
            if self.0.term_ord(word)?.is_some() {
                found.push(word.to_owned());
            }
            Ok(())
        };
        keep(&rest)?;
        let mut other = String::new();
        let mut first = characters.stream()?;
        while first.advance() {
            let first = std::str::from_utf8(first.key()).unwrap_or_default();
            if first.chars().nth(1).is_none() {
                for behind in [&rest, &whole] {
                    other.clear();
                    other.extend([first, behind]);
                    keep(&other)?;
                }
            }
        }
        Ok(())
    }
}

/// What is near a word, as the dictionary of an index is walked by.
struct Near(DFA);

impl Automaton for Near {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

/// The letters, digits and Han characters of a text, folded.
fn characters(text: &str) -> Vec<char> {
    stretches(text).concat()
}

/// The same from mark to mark.
fn stretches(text: &str) -> Vec<Vec<char>> {
    let units = units(&fold(text));
    let stretches = units.split(Unit::is_mark).map(|stretch| {
        let mut characters = Vec::with_capacity(stretch.len());
        for unit in stretch {
            match &unit.form {
                Form::Char(character) => characters.push(*character),
                Form::Number(digits) => characters.extend(digits.chars()),
            }
        }
        characters
    });
    stretches.collect()
}

/// How many characters must be put in, taken out or changed to make one of the other.
/// V. Levenshtein, 1966.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use tantivy::directory::{FileSlice, OwnedBytes};
    use tantivy::postings::TermInfo;
    use tantivy::termdict::TermDictionaryBuilder;

    use super::*;

    #[test]
    fn the_distance_counts_changes() {
        let apart = |a: &str, b: &str| distance(&characters(a), &characters(b));
        assert_eq!(apart("免申即享", "免申既享"), 1);
        assert_eq!(apart("一网通办", "一网统办"), 1);
        assert_eq!(apart("秒批", "秒报秒批"), 2);
        assert_eq!(apart("", "秒批"), 2);
    }

    /// A word with those of its pieces that stand in one of the texts.
    fn unknown(word: &str, texts: &[String]) -> Unknown {
        let characters: Vec<char> = word.chars().collect();
        let most = 1.max(characters.len() / 4);
        let stands = |piece: &Range<usize>| {
            let piece: String = characters[piece.clone()].iter().collect();
            texts.iter().any(|text| text.contains(&piece))
        };
        let pieces = pieces(characters.len(), most).filter(stands).collect();
        Unknown {
            text: word.to_owned(),
            characters,
            has_mark: false,
            most,
            pieces,
        }
    }

    fn dictionary(words: impl IntoIterator<Item = String>) -> TermDictionary {
        let words: BTreeSet<String> = words.into_iter().collect();
        let mut builder = TermDictionaryBuilder::create(Vec::new()).unwrap();
        for word in words {
            builder.insert(word, &TermInfo::default()).unwrap();
        }
        let bytes = OwnedBytes::new(builder.finish().unwrap());
        TermDictionary::open(FileSlice::new(Arc::new(bytes))).unwrap()
    }

    fn near_words(word: &Unknown, words: &[String]) -> BTreeSet<String> {
        let all = dictionary(words.iter().cloned());
        let letters = words.iter().flat_map(|word| word.chars());
        let letters = dictionary(letters.map(String::from));
        let mut found = Vec::new();
        let all = Dictionary(&all);
        all.near(word, &letters, &mut found).unwrap();
        found.into_iter().collect()
    }

    proptest! {
        #[test]
        fn every_word_that_is_near_is_found(
            word in "[甲乙丙]{2,12}",
            words in prop::collection::btree_set("[甲乙丙丁]{1,12}", 1..60),
        ) {
            let words: Vec<String> = words.into_iter().filter(|of| !of.contains(&word)).collect();
            let unknown = unknown(&word, &words);
            let changes = 1..=unknown.most_in_index();
            let is_near = |of: &&String| changes.contains(&distance(&unknown.characters, &characters(of)));
            let expected: BTreeSet<String> = words.iter().filter(is_near).cloned().collect();
            prop_assert!(expected.is_empty() || !unknown.pieces.is_empty());
            if !unknown.pieces.is_empty() {
                prop_assert_eq!(near_words(&unknown, &words), expected);
            }
        }

        #[test]
        fn every_part_of_a_text_that_is_near_is_found(
            word in "[甲乙丙]{2,12}", text in "[甲乙丙丁]{0,60}",
        ) {
            prop_assume!(!text.contains(&word));
            let unknown = unknown(&word, std::slice::from_ref(&text));
            let text = characters(&text);
            let near = |part: &[char]| unknown.apart(part).map(|_| part.iter().collect::<String>());
            let mut expected = BTreeSet::new();
            let length = unknown.characters.len();
            for length in length.saturating_sub(1).max(2)..=length + 1 {
                expected.extend(text.windows(length).filter_map(near));
            }
            let mut found = BTreeSet::new();
            unknown.parts_of(&text, |part| found.extend(near(part)));
            prop_assert_eq!(found, expected);
        }
    }
}
