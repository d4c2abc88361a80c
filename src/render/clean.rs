//! Text from documents made safe for a terminal.
//!
//! A document may hold escape sequences, bells or marks that turn the writing direction; none of
//! them reaches a terminal. Each character becomes exactly one, so offsets stay true.

/// `text` with every control character shown as its picture (`␛`), white space as a space, and
/// every invisible mark that reorders text as `\u{FFFD}`. As many characters as before.
///
/// ```
/// assert_eq!(xianli::render::clean("a\u{1b}[31m\t红"), "a␛[31m 红");
/// ```
pub fn clean(text: &str) -> String {
    match text.contains(|character| harmless(character) != character) {
        true => text.chars().map(harmless).collect(),
        false => text.to_owned(),
    }
}

/// The one character that stands for `character` on a terminal.
pub(super) fn harmless(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' => picture(character),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        // Direction marks and overrides, U+061C to U+2069: they can make a line read backwards.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        _ => character,
    }
}

/// The picture of a C0 control character, U+2400 and up.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_survives_and_none_is_lost() {
        let all: String = (0..0x3000).filter_map(char::from_u32).collect();
        let cleaned = clean(&all);
        assert_eq!(cleaned.chars().count(), all.chars().count());
        assert_eq!(cleaned.chars().find(|c| c.is_control()), None);
    }

    #[test]
    fn han_text_and_its_marks_stay_as_they_are() {
        let text = "“放管服”改革〔2021〕67号——𠮷";
        assert_eq!(clean(text), text);
    }
}
