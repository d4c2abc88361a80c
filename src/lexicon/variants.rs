//! Traditional and compatibility characters to simplified ones: the pairs of `variants.tsv`, all
//! of which keep their UTF-8 length.

/// Sorted by the first of the pair.
static PAIRS: &[(char, char)] = include!(concat!(env!("OUT_DIR"), "/variants.rs"));

/// What a character folds to; itself where it has no simpler form.
///
/// ```
/// use xianli::lexicon::variants::simplified;
/// assert_eq!(simplified('辦'), '办');
/// assert_eq!(simplified('乾'), '乾'); // 乾安县, 乾隆: a legal simplified character
/// ```
pub fn simplified(character: char) -> char {
    if character < '\u{2E80}' {
        return character;
    }
    match PAIRS.binary_search_by_key(&character, |pair| pair.0) {
        Ok(place) => PAIRS[place].1,
        Err(_) => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_keeps_its_length_and_folds_in_one_step() {
        for &(from, to) in PAIRS {
            assert_eq!(from.len_utf8(), to.len_utf8(), "{from} {to}");
            assert_eq!(simplified(to), to, "{from} folds to {to}, which folds on");
        }
    }

    #[test]
    fn half_converted_text_and_both_scripts_meet() {
        let fold = |text: &str| text.chars().map(simplified).collect::<String>();
        assert_eq!(fold("規範關於幹部複雜"), "规范关于干部复杂");
        assert_eq!(fold("規范關于干部復雜"), "规范关于干部复杂");
    }
}
