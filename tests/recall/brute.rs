//! What a search must find, by looking at every paragraph.
//!
//! Comes in: an index, for the paragraphs that it stores. Goes out: for a text, the ids of the
//! paragraphs that have its units side by side. Uses no posting of the index.

use std::collections::BTreeSet;

use xianli::index::IndexReader;
use xianli::query::Query;
use xianli::search::{Match, Request, Results, search};
use xianli::text::{Unit, units};
use xianli::tokenize::Cutter;

/// A paragraph with its units.
pub struct Paragraph {
    pub id: String,
    pub text: String,
    pub units: Vec<Unit>,
}

/// A small generator of even numbers that are the same on every machine: SplitMix64
/// (G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number generators, 2014).
pub struct Random(pub u64);

/// How many texts were asked for, and what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Texts.
    pub asked: usize,
    /// Paragraphs that have the text, over all texts.
    pub wanted: usize,
    /// Of those, the ones that the exact tier has.
    pub found: usize,
    /// Paragraphs of the exact tier that do not have the text.
    pub wrong: usize,
}

impl Random {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mixed = mixed ^ (mixed >> 31);
        usize::try_from(mixed % bound.max(1) as u64).expect("it is below a usize")
    }
}

/// Every paragraph of an index.
pub fn paragraphs(index: &IndexReader) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    for first in index.documents().expect("the index is whole") {
        let document = index.document_of(first).expect("the index is whole");
        let stored = index
            .paragraphs_of(&document.id)
            .expect("the index is whole");
        paragraphs.extend(stored.into_iter().map(|stored| Paragraph {
            id: format!("{}/{}", document.id, stored.ordinal),
            units: units(&stored.text),
            text: stored.text,
        }));
    }
    paragraphs
}

/// A text of one to twelve units, as it is written in a paragraph drawn at random.
pub fn substring(paragraphs: &[Paragraph], random: &mut Random) -> String {
    loop {
        let paragraph = &paragraphs[random.below(paragraphs.len())];
        let length = 1 + random.below(12);
        if paragraph.units.len() < length {
            continue;
        }
        let first = random.below(paragraph.units.len() - length + 1);
        let drawn = &paragraph.units[first..first + length];
        let bytes = drawn[0].range.start..drawn[length - 1].range.end;
        let text = &paragraph.text[bytes];
        // Read by itself a text may be other units: the 12 of 12.24 in a date.
        let forms = |units: &[Unit]| units.iter().map(|u| u.form.clone()).collect::<Vec<_>>();
        if forms(&units(text)) == forms(drawn) && drawn.iter().any(|unit| !unit.is_mark()) {
            return text.to_owned();
        }
    }
}

/// The ids of the paragraphs that have the units of a text side by side.
pub fn holding<'p>(paragraphs: &'p [Paragraph], text: &str) -> BTreeSet<&'p str> {
    let wanted = units(text);
    let holds = |paragraph: &&Paragraph| {
        let mut windows = paragraph.units.windows(wanted.len());
        windows.any(|window| window.iter().zip(&wanted).all(|(a, b)| a.form == b.form))
    };
    let found = paragraphs.iter().filter(holds);
    found.map(|paragraph| paragraph.id.as_str()).collect()
}

/// Every paragraph that stands in the exact tier of a text.
pub fn exact(index: &IndexReader, text: &str) -> Results {
    let request = Request {
        matching: Match::Exact,
        limit: usize::try_from(index.commit().paragraphs).expect("paragraphs can be counted"),
        ..Request::of(Query::literal(text))
    };
    search(index, &Cutter::default(), &request).expect("the index is whole")
}

/// The ids of the paragraphs of an answer, those that say the same as a hit among them.
pub fn ids(results: &Results) -> BTreeSet<&str> {
    let also = results.hits.iter().flat_map(|hit| &hit.also);
    let also = also.map(|elsewhere| elsewhere.id.as_str());
    let hits = results.hits.iter().map(|hit| hit.id.as_str());
    hits.chain(also).collect()
}

/// Asks for so many texts drawn at random, and holds the exact tier against every paragraph.
pub fn tally(index: &IndexReader, count: usize, seed: u64) -> Tally {
    let paragraphs = paragraphs(index);
    let mut random = Random(seed);
    let mut tally = Tally::default();
    for _ in 0..count {
        let text = substring(&paragraphs, &mut random);
        let wanted = holding(&paragraphs, &text);
        let results = exact(index, &text);
        let found = ids(&results);
        tally.asked += 1;
        tally.wanted += wanted.len();
        tally.found += found.intersection(&wanted).count();
        tally.wrong += found.difference(&wanted).count();
    }
    tally
}
