//! The postings of a weighted token, and what they add to the scores of paragraphs.
//!
//! Paragraphs are asked for in rising order, a window of them after the other.

use std::ops::Range;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::error::SearchError;
use super::extent::Extent;
use super::score::{Scores, Weighted};
use super::segment::Segment;
use super::window::{OfWindow, WINDOW};
use crate::index::PostingBlocks;

/// From so many postings on, scores are made once for each length and small frequency.
const LONG: u32 = 1 << 14;
/// For fewer paragraphs than these, to make the scores at hand takes longer than each by itself.
const MANY: usize = 1 << 10;

/// A list of a segment: the paragraphs that have a weighted token.
pub(super) struct List<'w> {
    pub(super) weighted: &'w Weighted,
    /// In a box: they have a whole block decoded, and take longer to move than to ask.
    postings: Box<PostingBlocks>,
    lengths: FieldNormReader,
    above: Option<Above>,
    /// Its scores at hand, where it is read that often.
    scores: Option<&'w Scores>,
}

/// Where a token stands above several paragraphs.
struct Above {
    extent: Extent,
    /// The last entry that was scored, by its first paragraph, with its score.
    last: Option<(DocId, u32)>,
    /// The last entry that was asked for and has not the token.
    without: Option<DocId>,
    /// All of it, where fewer entries have the token than paragraphs are asked for.
    spread: Option<Spread>,
}

/// The paragraphs under each entry, with its score.
struct Spread {
    under: Vec<(Range<DocId>, u32)>,
    /// The first of them that does not end before what was asked for last.
    next: usize,
}

/// The lists of a segment, in the order of the weighted tokens, to score so many paragraphs with.
pub(super) fn lists<'w>(
    weighted: &'w [Weighted],
    segment: &Segment<'_>,
    asked: usize,
) -> Result<Vec<List<'w>>, SearchError> {
    let mut lists: Vec<List<'_>> = Vec::with_capacity(weighted.len());
    for weighted in weighted {
        if let Some(info) = weighted.place(segment) {
            let (index, ordinal) = (segment.index, segment.ordinal);
            let postings = index.postings(ordinal, weighted.field, info)?;
            let known = lists
                .iter()
                .find(|list| list.weighted.field == weighted.field);
            let extent = match known.map(|list| &list.above) {
                Some(above) => above.as_ref().map(|above| above.extent.clone()),
                None => Extent::of(weighted.field, segment)?,
            };
            let is_read_often = asked >= MANY && postings.count() >= LONG;
            let is_spread = postings.count() as usize <= asked;
            let mut list = List {
                weighted,
                scores: is_read_often.then(|| weighted.scores()),
                postings: Box::new(postings),
                lengths: segment.reader.get_fieldnorms_reader(weighted.field)?,
                above: extent.map(|extent| Above {
                    extent,
                    last: None,
                    without: None,
                    spread: None,
                }),
            };
            if is_spread {
                list.spread(segment);
            }
            lists.push(list);
        }
    }
    Ok(lists)
}

impl List<'_> {
    /// Scores the entries above paragraphs of a segment once for all.
    fn spread(&mut self, segment: &Segment<'_>) {
        let Some(mut above) = self.above.take() else {
            return;
        };
        let mut under = Vec::with_capacity(self.postings.count() as usize);
        let Range { start, end } = segment.docs();
        let mut next = start;
        while let Some((first, score)) = self.next_entry(next, end) {
            under.push((first..above.extent.end(first), score));
            next = first + 1;
        }
        above.spread = Some(Spread { under, next: 0 });
        self.above = Some(above);
    }

    /// Whether to ask it costs next to nothing.
    pub(super) fn is_at_hand(&self) -> bool {
        self.above
            .as_ref()
            .is_some_and(|above| above.spread.is_some())
    }

    /// What the token adds to a paragraph's score; `None` where it does not stand there.
    pub(super) fn score(&mut self, doc: DocId) -> Option<u32> {
        let Some(above) = &mut self.above else {
            return self.score_of_entry(doc);
        };
        if let Some(spread) = &mut above.spread {
            let (under, score) = spread.from(doc).first()?;
            return under.contains(&doc).then_some(*score);
        }
        let first = above.extent.first(doc);
        if let Some((last, score)) = above.last
            && last == first
        {
            return Some(score);
        }
        if above.without == Some(first) {
            return None;
        }
        let score = self.score_of_entry(first);
        if let Some(above) = &mut self.above {
            match score {
                Some(score) => above.last = Some((first, score)),
                None => above.without = Some(first),
            }
        }
        score
    }

    fn score_of_entry(&mut self, doc: DocId) -> Option<u32> {
        let frequency = self.postings.frequency(doc)?;
        Some(self.score_of(doc, frequency))
    }

    #[inline]
    fn score_of(&self, doc: DocId, frequency: u32) -> u32 {
        let length = self.lengths.fieldnorm_id(doc);
        if let Some(scores) = self.scores
            && let Some(of_frequency) = scores.get(frequency as usize - 1)
        {
            return of_frequency[usize::from(length)];
        }
        self.weighted.score(length, frequency)
    }

    /// How many postings it has.
    pub(super) fn len(&self) -> u32 {
        self.postings.count()
    }

    /// Adds what the token adds to the paragraphs of a window, from `base` on, to their sums.
    pub(super) fn add_to(&mut self, base: DocId, sums: &mut OfWindow) {
        match self.above.take() {
            None => self.add_entries_to(base, sums),
            Some(mut above) => {
                match &mut above.spread {
                    Some(spread) => spread.add_to(base, sums),
                    None => self.add_spread_to(base, sums, &mut above),
                }
                self.above = Some(above);
            }
        }
    }

    /// Adds the score of each entry to all paragraphs that it stands above.
    fn add_spread_to(&mut self, base: DocId, sums: &mut OfWindow, above: &mut Above) {
        let bound = base.saturating_add(WINDOW);
        let first = above.extent.first(base);
        let known = above.last.filter(|&(last, _)| last == first);
        let mut next = known.or_else(|| self.next_entry(first, bound));
        while let Some((first, score)) = next {
            above.last = next;
            add_under(base, sums, &(first..above.extent.end(first)), score);
            next = self.next_entry(first + 1, bound);
        }
    }

    /// The first entry from `target` on with its score, if it is before `bound`.
    fn next_entry(&mut self, target: DocId, bound: DocId) -> Option<(DocId, u32)> {
        let place = self.postings.seek(target);
        let (docs, frequencies) = self.postings.both();
        let (&first, &frequency) = docs.get(place).zip(frequencies.get(place))?;
        (first < bound).then(|| (first, self.score_of(first, frequency)))
    }

    fn add_entries_to(&mut self, base: DocId, sums: &mut OfWindow) {
        let mut place = self.postings.seek(base);
        let (scores, lengths, weighted) = (self.scores, &self.lengths, self.weighted);
        let mut add = |doc: DocId, score: u32| {
            let sum = &mut sums[(doc % WINDOW) as usize];
            *sum = sum.saturating_add(score);
        };
        loop {
            let (block, frequencies) = self.postings.both();
            let is_here = |&doc: &DocId| doc - base < WINDOW;
            let end = place + block[place..].partition_point(is_here);
            let is_over = block.is_empty() || end < block.len();
            let here = block[place..end].iter().zip(&frequencies[place..end]);
            match scores {
                Some(scores) => here.for_each(|(&doc, &frequency)| {
                    let length = lengths.fieldnorm_id(doc);
                    let at_hand = scores.get(frequency as usize - 1);
                    let at_hand = at_hand.map(|scores| scores[usize::from(length)]);
                    let score = at_hand.unwrap_or_else(|| weighted.score(length, frequency));
                    add(doc, score);
                }),
                None => here.for_each(|(&doc, &frequency)| {
                    add(doc, weighted.score(lengths.fieldnorm_id(doc), frequency));
                }),
            }
            if is_over {
                return;
            }
            self.postings.next_block();
            place = 0;
        }
    }
}

impl Spread {
    /// Those that do not end before a paragraph; asked for in rising order.
    fn from(&mut self, doc: DocId) -> &[(Range<DocId>, u32)] {
        while let Some((under, _)) = self.under.get(self.next)
            && under.end <= doc
        {
            self.next += 1;
        }
        &self.under[self.next..]
    }

    fn add_to(&mut self, base: DocId, sums: &mut OfWindow) {
        let here = self.from(base).iter();
        for (under, score) in
            here.take_while(|(under, _)| under.start < base.saturating_add(WINDOW))
        {
            add_under(base, sums, under, *score);
        }
    }
}

/// Adds a score to the sums of those paragraphs that are in the window from `base` on.
fn add_under(base: DocId, sums: &mut OfWindow, under: &Range<DocId>, score: u32) {
    let place = |doc: DocId| (doc.max(base) - base).min(WINDOW) as usize;
    for sum in &mut sums[place(under.start)..place(under.end)] {
        *sum = sum.saturating_add(score);
    }
}
