//! Traditional and compatibility characters to simplified ones: the pairs of `variants.tsv`, all
//! of which keep their UTF-8 length.

/// Characters that share a page, as in the build script.
const PAGE: usize = 64;

/// The page of each 64 characters, the pages, and what their entries fold to; the first of the pages
/// is empty, and entry 0 means the character itself.
type Table = (&'static [u16], &'static [[u16; PAGE]], &'static [char]);

static TABLE: Table = include!(concat!(env!("OUT_DIR"), "/variants.rs"));

/// What a character folds to; itself where it has no simpler form.
///
/// ```
/// use xianli::lexicon::variants::simplified;
/// assert_eq!(simplified('辦'), '办');
/// assert_eq!(simplified('乾'), '乾'); // 乾安县, 乾隆: a legal simplified character
/// ```
pub fn simplified(character: char) -> char {
    let (pages_of, pages, targets) = TABLE;
    let code = character as usize;
    let Some(&page) = pages_of.get(code / PAGE) else {
        return character;
    };
    match pages[usize::from(page)][code % PAGE] {
        0 => character,
        entry => targets[usize::from(entry)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_keeps_its_length_and_folds_in_one_step() {
        let mut rows = 0;
        for from in '\0'..=char::MAX {
            let to = simplified(from);
            rows += usize::from(to != from);
            assert_eq!(from.len_utf8(), to.len_utf8(), "{from} {to}");
            assert_eq!(simplified(to), to, "{from} folds to {to}, which folds on");
        }
        let table = include_str!("../../index-schema/variants.tsv");
        assert_eq!(rows, table.lines().count() - 1);
    }

    #[test]
    fn half_converted_text_and_both_scripts_meet() {
        let fold = |text: &str| text.chars().map(simplified).collect::<String>();
        assert_eq!(fold("規範關於幹部複雜"), "规范关于干部复杂");
        assert_eq!(fold("規范關于干部復雜"), "规范关于干部复杂");
    }
}
