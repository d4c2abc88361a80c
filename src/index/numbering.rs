//! Tokens to numbers, in the order in which they first come.
//!
//! Comes in: the tokens of a field as they stand in a text. Goes out: a small number for each, from
//! 0, and from the number the bytes again. Most tokens are a few characters: they are found by what
//! they are, without looking anywhere else.

use rustc_hash::FxHashMap;

use crate::text::Form;

/// The bytes of tokens, by their numbers.
#[derive(Default)]
pub(super) struct Tokens {
    bytes: Vec<u8>,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Tokens {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of the token with this number.
    pub(super) fn of(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[number]]
    }

    /// All of them, in the order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|number| self.of(number))
    }

    /// Takes one more; gives its number.
    fn push(&mut self, token: &[u8]) -> u32 {
        self.bytes.extend_from_slice(token);
        self.ends.push(self.bytes.len());
        (self.ends.len() - 1) as u32
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }
}

/// The most bytes of a token that is found by what it is: five Han characters.
const SHORT: usize = 15;

/// Numbers tokens by their bytes.
#[derive(Default)]
pub(super) struct ByBytes {
    short: FxHashMap<(u64, u64), u32>,
    long: FxHashMap<Box<[u8]>, u32>,
    tokens: Tokens,
}

impl ByBytes {
    /// The number of a token.
    pub(super) fn number(&mut self, token: &[u8]) -> u32 {
        let tokens = &mut self.tokens;
        match short(token) {
            Some(key) => *self.short.entry(key).or_insert_with(|| tokens.push(token)),
            None => match self.long.get(token) {
                Some(&number) => number,
                None => *self.long.entry(token.into()).or_insert(tokens.push(token)),
            },
        }
    }

    /// The tokens by their numbers.
    pub(super) fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) {
        self.short.clear();
        self.long.clear();
        self.tokens.clear();
    }
}

/// The bytes of a short token, and how many they are in the last byte.
fn short(token: &[u8]) -> Option<(u64, u64)> {
    let length = (token.len() as u64) << 56;
    Some(match token.len() {
        0..8 => (few(token), length),
        8..=SHORT => {
            let (first, rest) = token.split_first_chunk()?;
            (u64::from_le_bytes(*first), few(rest) | length)
        }
        _ => return None,
    })
}

/// At most seven bytes, the first of them lowest.
fn few(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            // Some of the last four may be among the first four, and are not taken twice.
            let last = u64::from(u32::from_le_bytes(*last)) >> (8 * (8 - bytes.len()));
            u64::from(u32::from_le_bytes(*first)) | last << 32
        }
        _ => {
            let bytes = bytes.iter().rev();
            bytes.fold(0, |number, &byte| number << 8 | u64::from(byte))
        }
    }
}

/// How a unit takes part in pairs: see [`is_pair`](crate::tokenize::is_pair).
#[derive(Debug, Clone, Copy)]
pub(super) struct Joint {
    /// Whether it is a mark, which begins no pair.
    pub(super) is_mark: bool,
    /// Whether a mark behind it makes a pair with it.
    is_numeral: bool,
}

impl Joint {
    fn of(form: &Form) -> Self {
        Self {
            is_mark: form.is_mark(),
            is_numeral: form.is_numeral(),
        }
    }

    /// Whether a unit makes a pair with the one behind it.
    pub(super) fn is_pair_with(self, next: Self) -> bool {
        !self.is_mark && (!next.is_mark || self.is_numeral)
    }
}

/// Characters that have a number in the table, all of the basic plane.
const IN_TABLE: usize = 1 << 16;

/// In the table, in place of the number of a character that has not come yet.
const NONE: u32 = u32::MAX;

/// Numbers units by their forms.
pub(super) struct ByForm {
    /// The number of each character of the basic plane.
    table: Vec<u32>,
    others: FxHashMap<Form, u32>,
    /// The characters that have a number in the table.
    in_table: Vec<char>,
    joints: Vec<Joint>,
    tokens: Tokens,
}

impl Default for ByForm {
    fn default() -> Self {
        Self {
            table: vec![NONE; IN_TABLE],
            others: FxHashMap::default(),
            in_table: Vec::new(),
            joints: Vec::new(),
            tokens: Tokens::default(),
        }
    }
}

impl ByForm {
    /// The number of a unit, and how it takes part in pairs.
    pub(super) fn number(&mut self, form: &Form) -> (u32, Joint) {
        let known = match form {
            Form::Char(character) => self.table.get(*character as usize).copied(),
            Form::Number(_) => None,
        };
        let known = known.or_else(|| self.others.get(form).copied());
        let number = match known {
            Some(number) if number != NONE => number,
            _ => self.take(form),
        };
        (number, self.joints[number as usize])
    }

    /// Takes a unit that has no number.
    fn take(&mut self, form: &Form) -> u32 {
        self.joints.push(Joint::of(form));
        let mut written = String::new();
        form.push_to(&mut written);
        let number = self.tokens.push(written.as_bytes());
        match form {
            Form::Char(character) if (*character as usize) < IN_TABLE => {
                self.table[*character as usize] = number;
                self.in_table.push(*character);
            }
            _ => {
                self.others.insert(form.clone(), number);
            }
        }
        number
    }

    /// The tokens by their numbers.
    pub(super) fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) {
        for character in self.in_table.drain(..) {
            self.table[character as usize] = NONE;
        }
        self.others.clear();
        self.joints.clear();
        self.tokens.clear();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::units;
    use crate::tokenize::is_pair;

    proptest! {
        #[test]
        fn a_short_token_is_known_by_its_bytes(token in prop::collection::vec(any::<u8>(), 0..20)) {
            let expected = (token.len() <= SHORT).then(|| {
                let mut bytes = [0; 16];
                bytes[..token.len()].copy_from_slice(&token);
                bytes[SHORT] = token.len() as u8;
                let [first, second] = [0, 8].map(|at| bytes[at..at + 8].try_into().unwrap());
                (u64::from_le_bytes(first), u64::from_le_bytes(second))
            });
            prop_assert_eq!(short(&token), expected);
        }

        #[test]
        fn tokens_have_one_number_each_and_it_gives_them_back(
            tokens in prop::collection::vec(prop::collection::vec(0_u8..3, 0..20), 0..60),
        ) {
            let mut numbers = ByBytes::default();
            for _ in 0..2 {
                for token in &tokens {
                    let number = numbers.number(token);
                    prop_assert_eq!(numbers.tokens().of(number as usize), &token[..]);
                    prop_assert_eq!(numbers.number(token), number);
                }
                let different: std::collections::BTreeSet<_> = tokens.iter().collect();
                prop_assert_eq!(numbers.tokens().len(), different.len());
                numbers.clear();
            }
        }

        #[test]
        fn units_have_one_number_each_and_know_their_pairs(text in "[一二办，。、%a1-9𠀀😀 ]{0,40}") {
            let mut numbers = ByForm::default();
            let units = units(&text);
            for _ in 0..2 {
                let mut before: Option<(&Form, Joint)> = None;
                for unit in &units {
                    let (number, joint) = numbers.number(&unit.form);
                    let mut written = String::new();
                    unit.push_to(&mut written);
                    prop_assert_eq!(numbers.tokens().of(number as usize), written.as_bytes());
                    prop_assert_eq!(joint.is_mark, unit.is_mark());
                    if let Some((form, first)) = before {
                        prop_assert_eq!(first.is_pair_with(joint), is_pair(form, &unit.form));
                    }
                    before = Some((&unit.form, joint));
                }
                numbers.clear();
            }
        }
    }
}
