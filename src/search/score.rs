//! How well a paragraph answers: BM25 over the views of its text, its headings and its title.
//!
//! A score is a whole number, so that adding in another order gives the same sum: an index of one
//! segment and one of ten rank alike.

use std::sync::OnceLock;

use tantivy::Term;
use tantivy::postings::TermInfo;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::Field;

use super::error::SearchError;
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

/// Scores by frequency from 1, and length as tantivy keeps it.
pub(super) type Scores = [[u32; 256]; 4];

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

    /// Where its postings lie in a segment.
    pub(super) fn place(&self, segment: &Segment<'_>) -> Option<&TermInfo> {
        self.places[segment.ordinal as usize].as_ref()
    }

    /// What it adds to the score of a text of a length, as tantivy keeps it.
    pub(super) fn score(&self, length: u8, frequency: u32) -> u32 {
        whole(self.bm25.score(length, frequency))
    }

    /// The same for every length and small frequencies.
    pub(super) fn scores(&self) -> &Scores {
        self.scores.get_or_init(|| {
            let mut scores = Box::new([[0; 256]; 4]);
            for (frequency, of_frequency) in (1..).zip(scores.iter_mut()) {
                for (length, score) in (0..=u8::MAX).zip(of_frequency) {
                    *score = self.score(length, frequency);
                }
            }
            scores
        })
    }

    /// The most that it adds to any score.
    pub(super) fn most(&self) -> u32 {
        whole(self.bm25.max_score()) + 1
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

/// A part of a score as a whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a score is positive and far below 65536"
)]
pub(super) fn whole(score: f32) -> u32 {
    (score * ONE) as u32
}
