//! The literal views: single units, overlapping pairs of units with their positions, and both in
//! one for short texts.

use std::ops::RangeInclusive;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::{Unit, units};

/// One token a unit; the position is the place of the unit.
#[derive(Debug, Clone, Default)]
pub struct UnitTokenizer;

/// One token for each two units that stand next to each other; the position is the place of the
/// first. A text of one unit has no pair.
#[derive(Debug, Clone, Default)]
pub struct PairTokenizer;

/// Both in one field: at each position the unit, then the pair that it begins. For short texts
/// (titles, headings, issuers), where one view is enough to find any part of them literally.
#[derive(Debug, Clone, Default)]
pub struct UnitAndPairTokenizer;

/// The token of one unit.
pub fn unit_token(unit: &Unit) -> String {
    let mut token = String::new();
    unit.push_to(&mut token);
    token
}

/// The tokens of the overlapping pairs, in order: one fewer than units.
///
/// ```
/// use xianli::{text::units, tokenize::pair_tokens};
/// assert_eq!(pair_tokens(&units("一网通办")), ["一网", "网通", "通办"]);
/// ```
pub fn pair_tokens(units: &[Unit]) -> Vec<String> {
    units
        .windows(2)
        .map(|pair| joined(pair, String::new()))
        .collect()
}

fn joined(units: &[Unit], mut token: String) -> String {
    for unit in units {
        unit.push_to(&mut token);
    }
    token
}

impl Tokenizer for UnitTokenizer {
    type TokenStream<'a> = UnitStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> UnitStream {
        UnitStream::new(text, 1..=1)
    }
}

impl Tokenizer for PairTokenizer {
    type TokenStream<'a> = UnitStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> UnitStream {
        UnitStream::new(text, 2..=2)
    }
}

impl Tokenizer for UnitAndPairTokenizer {
    type TokenStream<'a> = UnitStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> UnitStream {
        UnitStream::new(text, 1..=2)
    }
}

/// Runs of units, of each length at each place.
#[derive(Debug)]
pub struct UnitStream {
    units: Vec<Unit>,
    lengths: RangeInclusive<usize>,
    /// The place and length of the next run.
    next: (usize, usize),
    token: Token,
}

impl UnitStream {
    fn new(text: &str, lengths: RangeInclusive<usize>) -> Self {
        Self {
            units: units(text),
            next: (0, *lengths.start()),
            lengths,
            token: Token::default(),
        }
    }
}

impl TokenStream for UnitStream {
    fn advance(&mut self) -> bool {
        let (place, length) = self.next;
        let Some(run) = self.units.get(place..place + length) else {
            return false;
        };
        self.token.position = place;
        self.token.offset_from = run[0].range.start;
        self.token.offset_to = run[length - 1].range.end;
        self.token.text.clear();
        self.token.text = joined(run, std::mem::take(&mut self.token.text));
        self.next = if self.lengths.contains(&(length + 1)) {
            (place, length + 1)
        } else {
            (place + 1, *self.lengths.start())
        };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(mut tokenizer: impl Tokenizer, text: &str) -> Vec<(usize, String)> {
        let mut stream = tokenizer.token_stream(text);
        let mut tokens = Vec::new();
        stream.process(&mut |token| tokens.push((token.position, token.text.clone())));
        tokens
    }

    #[test]
    fn units_and_pairs_have_the_place_of_their_first_unit() {
        let text = "达98.6%。";
        let expected = [(0, "达"), (1, "98.6"), (2, "%"), (3, "。")].map(|(at, t)| (at, t.into()));
        assert_eq!(tokens(UnitTokenizer, text), expected);
        let expected = [(0, "达98.6"), (1, "98.6%"), (2, "%。")].map(|(at, t)| (at, t.into()));
        assert_eq!(tokens(PairTokenizer, text), expected);
        assert_eq!(tokens(PairTokenizer, "办"), []);
        let expected = [(0, "秒"), (0, "秒批"), (1, "批")].map(|(at, t)| (at, t.into()));
        assert_eq!(tokens(UnitAndPairTokenizer, "秒批"), expected);
    }
}
