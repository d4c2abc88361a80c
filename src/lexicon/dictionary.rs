//! jieba's dictionary as a finite state map that is opened, never loaded.

use std::sync::LazyLock;

use fst::Map;

static MAP: LazyLock<Map<&'static [u8]>> = LazyLock::new(|| {
    let bytes: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.fst"));
    Map::new(bytes).expect("the build script writes a whole map")
});

/// The sum of all frequencies, which the cut of a text depends on.
pub const TOTAL_FREQUENCY: u64 = 60_101_964;

/// The words of the dictionary that begin `text`, shortest first, as (bytes, frequency).
pub fn prefixes(text: &str) -> Vec<(usize, u64)> {
    let fst = MAP.as_fst();
    let mut node = fst.root();
    let mut output = 0;
    let mut found = Vec::new();
    for (place, byte) in text.bytes().enumerate() {
        let Some(input) = node.find_input(byte) else {
            break;
        };
        let transition = node.transition(input);
        output += transition.out.value();
        node = fst.node(transition.addr);
        if node.is_final() {
            found.push((place + 1, output + node.final_output().value()));
        }
    }
    found
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
        let words: Vec<_> = prefixes(text)
            .into_iter()
            .map(|(bytes, _)| &text[..bytes])
            .collect();
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

    impl Sum for Map<&'static [u8]> {
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
