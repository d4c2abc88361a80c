//! How well a paragraph answers: BM25 over the views of its text, its headings and its title.
//!
//! A score is a whole number, so that adding in another order gives the same sum: an index of one
//! segment and one of ten rank alike.

use std::sync::OnceLock;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Term};

use super::error::SearchError;
use super::extent::Extent;
use super::leaf::Leaf;
use super::plan::Plan;
use super::segment::Segment;
use crate::index::{Fields, IndexReader};
use crate::text::units;
use crate::tokenize::{Cutter, unit_token};

/// A score of one, in whole numbers.
pub(super) const ONE: f32 = 65536.0;

/// A view of a paragraph that enters its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum View {
    Words,
    Characters,
    Pairs,
    Title,
    Headings,
    /// Words that the question does not have and its best documents do.
    Related,
}

impl View {
    /// How much the view counts beside the pairs.
    fn weight(self) -> f32 {
        match self {
            Self::Words => 0.5,
            Self::Characters | Self::Pairs => 1.0,
            Self::Title => 0.1,
            Self::Headings => 0.3,
            Self::Related => 0.4,
        }
    }

    /// The name in explanations.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Characters => "characters",
            Self::Pairs => "pairs",
            Self::Title => "title",
            Self::Headings => "headings",
            Self::Related => "related",
        }
    }

    /// The field that holds the view.
    pub(super) fn field(self, fields: &Fields) -> Field {
        match self {
            Self::Words | Self::Related => fields.text_words,
            Self::Characters => fields.text_chars,
            Self::Pairs => fields.text_pairs,
            Self::Title => fields.title,
            Self::Headings => fields.headings,
        }
    }
}

/// A token of a question in a view, with what it is worth.
pub(super) struct Weighted {
    pub(super) view: View,
    pub(super) token: String,
    /// Whether a literal match without it lies across the join of two words.
    pub(super) is_witness: bool,
    pub(super) field: Field,
    /// In how many texts of the view it stands.
    pub(super) frequency: u64,
    /// Where its postings lie in each segment.
    places: Vec<Option<TermInfo>>,
    /// What its view and its own share make of a score.
    pub(super) weight: f32,
    bm25: Bm25Weight,
    /// Its scores at hand, where it has a list that is long enough for them.
    scores: OnceLock<Box<Scores>>,
    /// How many texts the view has.
    texts: u64,
}

impl Weighted {
    /// `None` where the token stands nowhere.
    pub(super) fn of(
        reader: &IndexReader,
        view: View,
        token: String,
        share: f32,
    ) -> Result<Option<Self>, SearchError> {
        let field = view.field(reader.fields());
        let statistics = reader.statistics();
        let texts = statistics.texts(field).max(1);
        let places = statistics.places(&Term::from_field_text(field, &token))?;
        let frequency = statistics.frequency(field, &places)?;
        if frequency == 0 {
            return Ok(None);
        }
        #[expect(clippy::cast_precision_loss, reason = "an average needs no more")]
        let length = statistics.total_num_tokens(field)? as f32 / texts as f32;
        let frequency = frequency.min(texts);
        let bm25 = Bm25Weight::for_one_term_without_explain(frequency, texts, length.max(1.0));
        let weight = view.weight() * share;
        Ok(Some(Self {
            view,
            token,
            is_witness: false,
            field,
            frequency,
            places,
            weight,
            bm25: bm25.boost_by(weight),
            scores: OnceLock::new(),
            texts,
        }))
    }

    fn scores(&self) -> &Scores {
        self.scores.get_or_init(|| scores(&self.bm25))
    }

    /// How rare the token is: BM25's inverse document frequency.
    #[expect(clippy::cast_precision_loss, reason = "a logarithm needs no more")]
    pub(super) fn rarity(&self) -> f32 {
        let (with, all) = (self.frequency as f32, self.texts as f32);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }
}

/// The tokens that score a plan's wanted leaves, each once however often it was asked for: a
/// question repeats a word for grammar, not for emphasis.
pub(super) fn weighted(
    plan: &Plan,
    cutter: &Cutter,
    reader: &IndexReader,
) -> Result<Vec<Weighted>, SearchError> {
    let mut wanted: Vec<(View, String, bool)> = Vec::new();
    let mut add = |view: View, token: String, is_witness: bool| {
        let known = wanted
            .iter_mut()
            .find(|(v, t, _)| *v == view && *t == token);
        match known {
            Some((_, _, witness)) => *witness |= is_witness,
            None => wanted.push((view, token, is_witness)),
        }
    };
    for leaf in plan.wanted() {
        tokens(leaf, cutter, &mut add);
    }
    let mut weighted = Vec::with_capacity(wanted.len());
    for (view, token, is_witness) in wanted {
        weighted.extend(
            Weighted::of(reader, view, token, 1.0)?.map(|token| Weighted {
                is_witness,
                ..token
            }),
        );
    }
    Ok(weighted)
}

fn tokens(leaf: &Leaf, cutter: &Cutter, add: &mut impl FnMut(View, String, bool)) {
    let text = leaf.text.replace('*', " ");
    let whole = cutter.cut(&text);
    let is_one_word =
        whole.len() == 1 && leaf.parts.len() == 1 && (2..=3).contains(&leaf.parts[0].tokens.len());
    for word in cutter.cut_for_search(&text) {
        let is_witness = is_one_word && whole[0].token == word.token;
        add(View::Words, word.token, is_witness);
    }
    let units = units(&text);
    for unit in units.iter().filter(|unit| !unit.is_mark()) {
        add(View::Characters, unit_token(unit), false);
    }
    for pair in units.windows(2) {
        if pair.iter().any(crate::text::Unit::is_mark) {
            continue;
        }
        let token = unit_token(&pair[0]) + &unit_token(&pair[1]);
        for view in [View::Title, View::Headings] {
            add(view, token.clone(), false);
        }
        add(View::Pairs, token, false);
    }
}

/// A list of a segment: the paragraphs that have a weighted token.
pub(super) struct List<'w> {
    pub(super) weighted: &'w Weighted,
    /// In a box: they have a whole block decoded, and take longer to move than to ask.
    postings: Box<BlockSegmentPostings>,
    lengths: FieldNormReader,
    above: Option<Above>,
    /// Its scores at hand, where it is long enough to be read that often.
    scores: Option<&'w Scores>,
}

/// From so many postings on, scores are made once for each length and small frequency.
const LONG: u32 = 1 << 14;

/// Scores by frequency from 1, and length as tantivy keeps it.
type Scores = [[u32; 256]; 4];

fn scores(bm25: &Bm25Weight) -> Box<Scores> {
    let mut scores = Box::new([[0; 256]; 4]);
    for (frequency, of_frequency) in (1..).zip(scores.iter_mut()) {
        for (length, score) in (0..=u8::MAX).zip(of_frequency) {
            *score = whole(bm25.score(length, frequency));
        }
    }
    scores
}

/// Where a token stands above several paragraphs.
struct Above {
    extent: Extent,
    /// The last entry that was scored, by its first paragraph, with its score.
    last: Option<(DocId, u32)>,
}

/// The lists of a segment, in the order of the weighted tokens.
pub(super) fn lists<'w>(
    weighted: &'w [Weighted],
    segment: &Segment<'_>,
) -> Result<Vec<List<'w>>, SearchError> {
    let mut lists: Vec<List<'_>> = Vec::with_capacity(weighted.len());
    for weighted in weighted {
        let place = &weighted.places[segment.ordinal as usize];
        if let Some(info) = place {
            let index = segment.reader.inverted_index(weighted.field)?;
            let option = IndexRecordOption::WithFreqs;
            let postings = index.read_block_postings_from_terminfo(info, option)?;
            let known = lists
                .iter()
                .find(|list| list.weighted.field == weighted.field);
            let extent = match known.map(|list| &list.above) {
                Some(Some(above)) => Some(above.extent.clone()),
                Some(None) => None,
                None => Extent::of(weighted.field, segment)?,
            };
            let is_long = postings.doc_freq() >= LONG;
            lists.push(List {
                weighted,
                scores: is_long.then(|| weighted.scores()),
                postings: Box::new(postings),
                lengths: segment.reader.get_fieldnorms_reader(weighted.field)?,
                above: extent.map(|extent| Above { extent, last: None }),
            });
        }
    }
    Ok(lists)
}

impl List<'_> {
    /// What the token adds to a paragraph's score; `None` where it does not stand there. Asked for
    /// in rising order.
    pub(super) fn score(&mut self, doc: DocId) -> Option<u32> {
        let Some(above) = &self.above else {
            return self.score_of_entry(doc);
        };
        let first = above.extent.first(doc);
        if let Some((last, score)) = above.last
            && last == first
        {
            return Some(score);
        }
        let score = self.score_of_entry(first)?;
        if let Some(above) = &mut self.above {
            above.last = Some((first, score));
        }
        Some(score)
    }

    fn score_of_entry(&mut self, doc: DocId) -> Option<u32> {
        let place = self.postings.seek(doc);
        if self.postings.doc(place) != doc {
            return None;
        }
        Some(self.score_at(place, doc))
    }

    fn score_at(&self, place: usize, doc: DocId) -> u32 {
        self.score_of(doc, self.postings.freq(place))
    }

    #[inline]
    fn score_of(&self, doc: DocId, frequency: u32) -> u32 {
        let length = self.lengths.fieldnorm_id(doc);
        let at_hand = self.scores;
        let at_hand = at_hand.and_then(|scores| scores.get(frequency as usize - 1));
        match at_hand {
            Some(scores) => scores[usize::from(length)],
            None => whole(self.weighted.bm25.score(length, frequency)),
        }
    }

    /// How many postings it has.
    pub(super) fn len(&self) -> u32 {
        self.postings.doc_freq()
    }

    /// The most that the token adds to any score.
    pub(super) fn most(&self) -> u32 {
        whole(self.weighted.bm25.max_score()) + 1
    }

    /// Adds what the token adds to the paragraphs from `base` on to their sums.
    pub(super) fn add_to(&mut self, base: DocId, sums: &mut [u32]) {
        match self.above.take() {
            None => self.add_entries_to(base, sums),
            Some(mut above) => {
                self.add_spread_to(base, sums, &mut above);
                self.above = Some(above);
            }
        }
    }

    /// Adds the score of each entry to all paragraphs that it stands above.
    fn add_spread_to(&mut self, base: DocId, sums: &mut [u32], above: &mut Above) {
        let bound = base + u32::try_from(sums.len()).unwrap_or(u32::MAX - base);
        let mut first = above.extent.first(base);
        if above.last.is_none_or(|(last, _)| last != first) {
            first = self.next_entry(first, bound, above);
        }
        while let Some((last, score)) = above.last.filter(|&(last, _)| last == first) {
            let end = above.extent.end(last).min(bound);
            let under = (last.max(base) - base) as usize..(end - base) as usize;
            sums[under]
                .iter_mut()
                .for_each(|sum| *sum = sum.saturating_add(score));
            first = self.next_entry(last + 1, bound, above);
        }
    }

    /// Scores the first entry from `target` on, if it is before `bound`; gives its paragraph.
    fn next_entry(&mut self, target: DocId, bound: DocId, above: &mut Above) -> DocId {
        let place = self.postings.seek(target);
        let first = self.postings.doc(place);
        if first < bound {
            above.last = Some((first, self.score_at(place, first)));
        }
        first
    }

    fn add_entries_to(&mut self, base: DocId, sums: &mut [u32]) {
        let mut place = self.postings.seek(base);
        loop {
            let block = self.postings.docs();
            if block.is_empty() {
                return;
            }
            let is_here = |&doc: &DocId| ((doc - base) as usize) < sums.len();
            let end = place + block[place..].partition_point(is_here);
            let frequencies = self.postings.freqs();
            let here = place..end;
            for (&doc, &frequency) in block[here.clone()].iter().zip(&frequencies[here]) {
                let score = self.score_of(doc, frequency);
                let sum = &mut sums[(doc - base) as usize];
                *sum = sum.saturating_add(score);
            }
            if end < block.len() {
                return;
            }
            self.postings.advance();
            place = 0;
        }
    }
}

/// A part of a score as a whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a score is positive and far below 65536"
)]
pub(super) fn whole(score: f32) -> u32 {
    (score * ONE) as u32
}
