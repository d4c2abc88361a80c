//! A line with carets under the part of it that is wrong.

use unicode_width::UnicodeWidthStr;

use super::clean;

/// `line` indented by two, and under it one `^` for each column of `part` (a byte range of
/// `line`). A Han character has two.
///
/// ```
/// assert_eq!(xianli::render::caret("--region 广冻", 9..15), "  --region 广冻\n           ^^^^\n");
/// ```
///
/// # Panics
///
/// If `part` is no range of `line` or cuts a character.
pub fn caret(line: &str, part: std::ops::Range<usize>) -> String {
    let before = clean(&line[..part.start]).width();
    let under = clean(&line[part]).width().max(1);
    format!(
        "  {}\n  {}{}\n",
        clean(line),
        " ".repeat(before),
        "^".repeat(under)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_wide_and_narrow_characters_alike() {
        assert_eq!(caret("年份 20x0", 7..11), "  年份 20x0\n       ^^^^\n");
    }

    #[test]
    fn an_empty_part_still_gets_one_caret() {
        assert_eq!(caret("--year ", 7..7), "  --year \n         ^\n");
    }
}
