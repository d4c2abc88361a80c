//! A text as the sequence of what it says: units without marks, each as one number, and the
//! shingles over them.
//!
//! Two texts that differ in script, width, punctuation, quotes or spaces have the same content.

use std::ops::Range;

use crate::text::{Form, units};

/// How many units a shingle has.
///
/// Of a text in which three characters of ten were changed one by one, a quarter of the shingles of
/// four survive (0.7⁴), and a sixth of those of five; shingles of three stand everywhere.
pub const SHINGLE: usize = 4;

/// What a text says, unit by unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// A number for each unit: equal for equal units.
    pub codes: Vec<u32>,
    /// The bytes of the text that each unit stands on.
    pub ranges: Vec<Range<usize>>,
}

impl Content {
    /// The content of a text.
    pub fn of(text: &str) -> Self {
        let mut content = Self::default();
        for unit in units(text) {
            if !unit.is_mark() {
                content.codes.push(code(&unit.form));
                content.ranges.push(unit.range);
            }
        }
        content
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether the text says nothing.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The hash of the shingle that begins at each unit, in order.
    pub fn shingles(&self) -> impl Iterator<Item = u32> + '_ {
        Self::shingles_of(&self.codes)
    }

    /// The hash of the run of `length` units that begins at each unit, in order.
    pub fn runs(&self, length: usize) -> impl Iterator<Item = u32> + '_ {
        self.codes.windows(length).map(hash)
    }

    /// The hash of the shingle that begins at each of some units, in order.
    pub fn shingles_of(codes: &[u32]) -> impl Iterator<Item = u32> + '_ {
        codes.windows(SHINGLE).map(hash)
    }

    /// The bytes that the units `range` stand on, from the first to the last.
    pub fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        if range.is_empty() {
            return 0..0;
        }
        self.ranges[range.start].start..self.ranges[range.end - 1].end
    }
}

/// A character is its code point; a number is its hash, set apart by the highest bit.
fn code(form: &Form) -> u32 {
    match form {
        Form::Char(character) => u32::from(*character),
        Form::Number(digits) => {
            let codes: Vec<u32> = digits.bytes().map(u32::from).collect();
            hash(&codes) | 0x8000_0000
        }
    }
}

/// A hash that spreads well and is the same in every run: FNV-1a over the codes, then the mixer of
/// MurmurHash3 (A. Appleby, public domain).
fn hash(codes: &[u32]) -> u32 {
    let mut state: u64 = 0xCBF2_9CE4_8422_2325;
    for &code in codes {
        state = (state ^ u64::from(code)).wrapping_mul(0x0000_0100_0000_01B3);
        state ^= state >> 29;
    }
    state = (state ^ (state >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    state = (state ^ (state >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    // The upper half of a 64 bit hash is a 32 bit hash.
    (state >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_width_and_marks_do_not_matter() {
        let simplified = Content::of("推行“免证办”，办结率98.6%");
        let traditional = Content::of("推行免證辦、辦結率９８．６％。");
        assert_eq!(simplified.codes, traditional.codes);
    }

    #[test]
    fn another_number_is_another_content() {
        assert_ne!(Content::of("98.6").codes, Content::of("8.6").codes);
    }

    #[test]
    fn a_range_of_units_is_a_range_of_the_text() {
        let text = "推行“免证办”改革";
        let content = Content::of(text);
        assert_eq!(&text[content.bytes(&(2..5))], "免证办");
        assert_eq!(content.shingles().count(), 4);
        assert_eq!(Content::of("办。").shingles().count(), 0);
    }
}
