//! New words: strings of characters that stand together more often than chance, in changing company.
//!
//! Comes in: folded texts. Goes out: strings of three to eight Han characters with their cohesion and
//! freedom. Cohesion is the pointwise mutual information of the weakest place inside (K. Church and
//! P. Hanks, Word Association Norms, Mutual Information, and Lexicography, Computational Linguistics
//! 16(1), 1990); freedom is the entropy of the characters at the less free side (Z. Huang's and M.
//! Sun's boundary entropy; see Z. Jin and K. Tanaka-Ishii, Unsupervised Segmentation of Chinese Text
//! by Use of Branching Entropy, COLING/ACL 2006). Counted length by length: a string can only be
//! frequent if its parts are, so few strings are ever held.

use std::collections::HashMap;

use crate::text::is_han;

/// Strings of fewer characters are words of the language.
const SHORTEST: usize = 3;
/// Strings of more are sentences.
const LONGEST: usize = 8;

/// A string that behaves like a word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NewString {
    /// The string.
    pub(super) text: String,
    /// Pointwise mutual information of its weakest place, in bits.
    pub(super) cohesion: f64,
    /// Entropy of its neighbours on the less free side, in bits.
    pub(super) freedom: f64,
}

/// How often, how fast together and how free a string must be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) least_count: u32,
    pub(super) least_cohesion: f64,
    pub(super) least_freedom: f64,
}

/// Runs of Han characters of a text.
fn runs(text: &str) -> Vec<Vec<char>> {
    let mut runs = vec![Vec::new()];
    for character in text.chars() {
        if is_han(character) {
            runs.last_mut()
                .expect("there is always a run")
                .push(character);
        } else if runs.last().is_some_and(|run| !run.is_empty()) {
            runs.push(Vec::new());
        }
    }
    runs
}

/// The strings of some folded texts that behave like words, in the order of their characters.
pub(super) fn new_strings<'t>(
    texts: impl IntoIterator<Item = &'t str>,
    limits: Limits,
) -> Vec<NewString> {
    let runs: Vec<Vec<char>> = texts.into_iter().flat_map(runs).collect();
    let characters: usize = runs.iter().map(Vec::len).sum();
    let levels = frequent(&runs, limits.least_count);
    let all = super::super::reuse::ratio(characters, 1);
    let mut cohesive: HashMap<u64, (f64, &[char], Neighbours)> = HashMap::new();
    for run in &runs {
        for length in SHORTEST..=LONGEST {
            for string in run.windows(length) {
                let key = key(string);
                if levels[length].contains_key(&key) && !cohesive.contains_key(&key) {
                    let cohesion = cohesion(string, &levels, all);
                    if cohesion >= limits.least_cohesion {
                        cohesive.insert(key, (cohesion, string, Neighbours::default()));
                    }
                }
            }
        }
    }
    for run in &runs {
        for length in SHORTEST..=LONGEST {
            for (at, string) in run.windows(length).enumerate() {
                if let Some((_, _, neighbours)) = cohesive.get_mut(&key(string)) {
                    neighbours.add(
                        at.checked_sub(1).map(|before| run[before]),
                        run.get(at + length),
                    );
                }
            }
        }
    }
    let mut found: Vec<NewString> = cohesive
        .into_values()
        .map(|(cohesion, string, neighbours)| NewString {
            text: string.iter().collect(),
            cohesion,
            freedom: neighbours.freedom(),
        })
        .filter(|string| string.freedom >= limits.least_freedom)
        .collect();
    found.sort_by(|a, b| a.text.cmp(&b.text));
    found
}

/// How often each string of a length stands, for those that stand often enough.
type Level = HashMap<u64, u32>;

/// The frequent strings of every length up to [`LONGEST`].
fn frequent(runs: &[Vec<char>], least: u32) -> Vec<Level> {
    let mut levels: Vec<Level> = vec![Level::new()];
    for length in 1..=LONGEST {
        let mut level = Level::new();
        for run in runs {
            for string in run.windows(length) {
                let possible = length == 1
                    || levels[length - 1].contains_key(&key(&string[1..]))
                        && levels[length - 1].contains_key(&key(&string[..length - 1]));
                if possible {
                    *level.entry(key(string)).or_default() += 1;
                }
            }
        }
        level.retain(|_, count| *count >= least);
        levels.push(level);
    }
    levels
}

/// The mutual information of a string's two parts, where it is least.
fn cohesion(string: &[char], levels: &[Level], all: f64) -> f64 {
    let count = |part: &[char]| f64::from(levels[part.len()].get(&key(part)).copied().unwrap_or(1));
    let whole = count(string);
    (1..string.len())
        .map(|place| {
            let (left, right) = string.split_at(place);
            (whole * all / (count(left) * count(right))).log2()
        })
        .fold(f64::INFINITY, f64::min)
}

/// What stands beside a string, and how often.
#[derive(Debug, Default)]
struct Neighbours {
    left: HashMap<char, u32>,
    right: HashMap<char, u32>,
    /// The ends of runs: each is a neighbour of its own.
    left_ends: u32,
    right_ends: u32,
}

impl Neighbours {
    fn add(&mut self, left: Option<char>, right: Option<&char>) {
        match left {
            Some(left) => *self.left.entry(left).or_default() += 1,
            None => self.left_ends += 1,
        }
        match right {
            Some(right) => *self.right.entry(*right).or_default() += 1,
            None => self.right_ends += 1,
        }
    }

    fn freedom(&self) -> f64 {
        entropy(&self.left, self.left_ends).min(entropy(&self.right, self.right_ends))
    }
}

/// The entropy of some neighbours, in bits; every end of a run counts as another neighbour.
fn entropy(neighbours: &HashMap<char, u32>, ends: u32) -> f64 {
    let total = f64::from(neighbours.values().sum::<u32>() + ends);
    if total == 0.0 {
        return 0.0;
    }
    // In a fixed order, so that rounding is the same in every run.
    let mut counts: Vec<u32> = neighbours.values().copied().collect();
    counts.sort_unstable();
    let part = |count: f64| -count / total * (count / total).log2();
    let inside: f64 = counts.into_iter().map(|count| part(f64::from(count))).sum();
    inside + f64::from(ends) * part(1.0)
}

/// FNV-1a over the characters.
fn key(string: &[char]) -> u64 {
    string
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |state, &character| {
            (state ^ u64::from(u32::from(character))).wrapping_mul(0x0000_0100_0000_01B3)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_that_stays_together_in_changing_company_is_a_word() {
        let texts = [
            "落实林长制度量，推行林长制。",
            "深化林长制改革，林长制成效好",
            "建立林长制、河长制",
            "林业发展，长江保护，制度完善，成效显著",
        ];
        let limits = Limits {
            least_count: 3,
            least_cohesion: 2.0,
            least_freedom: 1.0,
        };
        let found: Vec<String> = new_strings(texts, limits)
            .into_iter()
            .map(|string| string.text)
            .collect();
        assert_eq!(found, ["林长制"]);
    }

    #[test]
    fn the_numbers_are_those_of_a_count_by_hand() {
        // 甲乙丙 stands 4 times in 16 characters; 甲, 乙丙 and 甲乙, 丙 too: log2(4·16/(4·4)) = 2.
        let limits = Limits {
            least_count: 2,
            least_cohesion: 0.0,
            least_freedom: 0.0,
        };
        let found = new_strings(["子甲乙丙", "丑甲乙丙", "寅甲乙丙", "卯甲乙丙"], limits);
        let string = found.iter().find(|string| string.text == "甲乙丙").unwrap();
        assert!((string.cohesion - 2.0).abs() < 1e-9);
        assert!((string.freedom - 2.0).abs() < 1e-9);
    }
}
