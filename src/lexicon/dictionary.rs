//! jieba's dictionary as a finite state map that is opened, never loaded.

use std::sync::LazyLock;

use super::prefixes::{self, Words};

static MAP: LazyLock<Words> = LazyLock::new(|| {
    let bytes: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.fst"));
    Words::new(bytes).expect("the build script writes a whole map")
});

/// The sum of all frequencies, which the cut of a text depends on.
pub const TOTAL_FREQUENCY: u64 = 60_101_964;

/// The words of the dictionary that begin `text`, shortest first, as (bytes, frequency).
pub fn prefixes(text: &str) -> impl Iterator<Item = (usize, u64)> {
    prefixes::prefixes(&MAP, text)
}

/// Whether the dictionary has the word.
pub fn contains(word: &str) -> bool {
    MAP.contains_key(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_come_with_their_frequencies() {
        let text = "中华人民共和国国歌";
        let words: Vec<_> = prefixes(text).map(|(bytes, _)| &text[..bytes]).collect();
        assert_eq!(words, ["中", "中华", "中华人民", "中华人民共和国"]);
        assert!(contains("中华人民共和国") && !contains("免申即享"));
    }

    #[test]
    fn the_total_is_the_sum_of_the_rows() {
        let sum: u64 = MAP.values_sum();
        assert_eq!(sum, TOTAL_FREQUENCY);
    }

    trait Sum {
        fn values_sum(&self) -> u64;
    }

    impl Sum for Words {
        fn values_sum(&self) -> u64 {
            use fst::Streamer;
            let mut values = self.values();
            let mut sum = 0;
            while let Some(value) = values.next() {
                sum += value;
            }
            sum
        }
    }
}
