//! The literal views: single units, overlapping pairs of units with their positions, and both in
//! one for short texts.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::{Form, Unit, units};

/// One token a unit that is no mark; the position is the place of the unit.
#[derive(Debug, Clone, Default)]
pub struct UnitTokenizer;

/// One token for each two units that stand next to each other and are one ([`is_pair`]), and one for
/// each mark; the position is the place of the first unit. A text of one unit has no pair.
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

/// Whether two units that stand next to each other are one token of a text's pairs. A mark is a token
/// by itself: with the characters around it would make a sixth of all pairs, which score nothing. What
/// numbers items, as 一 in `一、`, makes a pair with the mark behind it.
pub fn is_pair(first: &Form, second: &Form) -> bool {
    !first.is_mark() && (!second.is_mark() || first.is_numeral())
}

/// The tokens of the overlapping pairs of units and of marks, each with its place, in order.
///
/// ```
/// use xianli::{text::units, tokenize::pair_tokens};
/// let tokens = |text| pair_tokens(&units(text)).into_iter().map(|(_, token)| token).collect::<Vec<_>>();
/// assert_eq!(tokens("一网通办"), ["一网", "网通", "通办"]);
/// assert_eq!(tokens("一、通办"), ["一、", "、", "通办"]);
/// ```
pub fn pair_tokens(units: &[Unit]) -> Vec<(usize, String)> {
    let token = |(place, length)| {
        let run: &[Unit] = &units[place..place + length];
        (place, joined(run.iter().map(|unit| &unit.form)))
    };
    pair_runs(units).into_iter().map(token).collect()
}

/// The runs of units that are pairs, and those of one mark, each by its place and length.
fn pair_runs(units: &[Unit]) -> Vec<(usize, usize)> {
    let mut runs = Vec::with_capacity(units.len());
    for (place, unit) in units.iter().enumerate() {
        let next = units.get(place + 1);
        if next.is_some_and(|next| is_pair(&unit.form, &next.form)) {
            runs.push((place, 2));
        }
        if unit.is_mark() {
            runs.push((place, 1));
        }
    }
    runs
}

/// The token of some units.
pub fn joined<'f>(forms: impl IntoIterator<Item = &'f Form>) -> String {
    let mut token = String::new();
    forms.into_iter().for_each(|form| form.push_to(&mut token));
    token
}

impl Tokenizer for UnitTokenizer {
    type TokenStream<'a> = RunStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> RunStream {
        RunStream::new(text, |units| {
            let places = (0..units.len()).filter(|&place| !units[place].is_mark());
            places.map(|place| (place, 1)).collect()
        })
    }
}

impl Tokenizer for PairTokenizer {
    type TokenStream<'a> = RunStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> RunStream {
        RunStream::new(text, pair_runs)
    }
}

impl Tokenizer for UnitAndPairTokenizer {
    type TokenStream<'a> = RunStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> RunStream {
        RunStream::new(text, |units| {
            let runs = (0..units.len()).flat_map(|place| [(place, 1), (place, 2)]);
            runs.filter(|(place, length)| place + length <= units.len())
                .collect()
        })
    }
}

/// Runs of the units of a text.
#[derive(Debug)]
pub struct RunStream {
    units: Vec<Unit>,
    /// By place and length.
    runs: std::vec::IntoIter<(usize, usize)>,
    token: Token,
}

impl RunStream {
    fn new(text: &str, runs: impl FnOnce(&[Unit]) -> Vec<(usize, usize)>) -> Self {
        let units = units(text);
        Self {
            runs: runs(&units).into_iter(),
            units,
            token: Token::default(),
        }
    }
}

impl TokenStream for RunStream {
    fn advance(&mut self) -> bool {
        let Some((place, length)) = self.runs.next() else {
            return false;
        };
        let run = &self.units[place..place + length];
        self.token.position = place;
        self.token.offset_from = run[0].range.start;
        self.token.offset_to = run[length - 1].range.end;
        self.token.text.clear();
        run.iter()
            .for_each(|unit| unit.push_to(&mut self.token.text));
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
        let expected = [(0, "达"), (1, "98.6")].map(|(at, t)| (at, t.into()));
        assert_eq!(tokens(UnitTokenizer, text), expected);
        let expected = [(0, "达98.6"), (1, "98.6%"), (2, "%"), (3, "。")];
        let expected = expected.map(|(at, t)| (at, t.into()));
        assert_eq!(tokens(PairTokenizer, text), expected);
        assert_eq!(tokens(PairTokenizer, "办"), []);
        let expected = [(0, "秒"), (0, "秒批"), (1, "批")].map(|(at, t)| (at, t.into()));
        assert_eq!(tokens(UnitAndPairTokenizer, "秒批"), expected);
    }
}
