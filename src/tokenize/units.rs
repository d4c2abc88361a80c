//! The two literal views: single units, and overlapping pairs of units with their positions.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::{Unit, units};

/// One token a unit; the position is the place of the unit.
#[derive(Debug, Clone, Default)]
pub struct UnitTokenizer;

/// One token for each two units that stand next to each other; the position is the place of the
/// first. A text of one unit has no pair.
#[derive(Debug, Clone, Default)]
pub struct PairTokenizer;

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
        UnitStream::new(text, 1)
    }
}

impl Tokenizer for PairTokenizer {
    type TokenStream<'a> = UnitStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> UnitStream {
        UnitStream::new(text, 2)
    }
}

/// Runs of a fixed number of units.
#[derive(Debug)]
pub struct UnitStream {
    units: Vec<Unit>,
    length: usize,
    next: usize,
    token: Token,
}

impl UnitStream {
    fn new(text: &str, length: usize) -> Self {
        Self {
            units: units(text),
            length,
            next: 0,
            token: Token::default(),
        }
    }
}

impl TokenStream for UnitStream {
    fn advance(&mut self) -> bool {
        let Some(run) = self.units.get(self.next..self.next + self.length) else {
            return false;
        };
        self.token.position = self.next;
        self.token.offset_from = run[0].range.start;
        self.token.offset_to = run[self.length - 1].range.end;
        self.token.text.clear();
        self.token.text = joined(run, std::mem::take(&mut self.token.text));
        self.next += 1;
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
    }
}
