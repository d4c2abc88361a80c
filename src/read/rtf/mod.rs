//! A rich text file (RTF), as Word and WPS also save under the name `.doc`, to raw lines.
//!
//! Text stands in it as bytes of a code page, escaped or not, or as UTF-16 with a substitute for old
//! readers behind each unit. Styles, headers, footers, notes, pictures and what was deleted are
//! passed over; a row of a table is a line.

mod tokens;

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

use self::tokens::{Token, Tokens};
use super::layout::{Hint, RawLine};
use super::plain;

/// The lines of an RTF file.
pub(super) fn rtf(bytes: &[u8]) -> Vec<RawLine> {
    let mut reader = Reader::default();
    let mut tokens = Tokens::of(bytes);
    while let Some(token) = tokens.next() {
        match token {
            Token::Open => reader.open(),
            Token::Close => reader.close(),
            Token::Ignorable => reader.state.is_ignorable = true,
            Token::Byte(byte) => reader.byte(byte),
            Token::Word("bin", length) => tokens.skip(length.unwrap_or(0)),
            Token::Word(word, number) => reader.word(word, number),
        }
    }
    reader.end(Hint::None);
    reader.lines
}

/// What holds up to the end of a group.
#[derive(Debug, Clone, Copy)]
struct State {
    /// Whether the text of the group is none of the document's.
    is_skipped: bool,
    /// Whether a destination that is not known here is to be skipped.
    is_ignorable: bool,
    /// Whether the group lists fonts.
    lists_fonts: bool,
    /// How many characters stand behind a unit of UTF-16 for old readers.
    substitutes: usize,
    encoding: &'static Encoding,
    hint: Hint,
    in_table: bool,
    is_hidden: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            is_skipped: false,
            is_ignorable: false,
            lists_fonts: false,
            substitutes: 1,
            encoding: GB18030,
            hint: Hint::None,
            in_table: false,
            is_hidden: false,
        }
    }
}

#[derive(Default)]
struct Reader {
    state: State,
    around: Vec<State>,
    /// The encoding of the file, and those of fonts that have their own.
    whole: Option<&'static Encoding>,
    fonts: HashMap<i32, &'static Encoding>,
    /// The font whose row of the table is read.
    font: i32,
    /// Bytes of the code page that are not decoded yet.
    bytes: Vec<u8>,
    /// The first half of a pair of UTF-16 units.
    high: Option<u16>,
    /// How many characters are yet to be passed over.
    substituted: usize,
    line: String,
    lines: Vec<RawLine>,
}

/// Groups whose text is none of the document's.
const SKIPPED: [&str; 30] = [
    "annotation",
    "atnauthor",
    "atnid",
    "author",
    "bkmkend",
    "bkmkstart",
    "colortbl",
    "comment",
    "datafield",
    "fldinst",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "footnote",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "info",
    "listtable",
    "nonesttables",
    "nonshppict",
    "object",
    "pict",
    "sp",
    "stylesheet",
    "tc",
    "themedata",
    "xe",
];

/// Groups that old readers may ignore and that hold text of the document.
const KEPT: [&str; 5] = ["shppict", "shpinst", "shptxt", "nesttableprops", "ud"];

impl Reader {
    fn open(&mut self) {
        self.flush();
        self.around.push(self.state);
        self.state.is_ignorable = false;
    }

    fn close(&mut self) {
        self.flush();
        self.substituted = 0;
        self.state = self.around.pop().unwrap_or_default();
    }

    fn byte(&mut self, byte: u8) {
        if self.substituted > 0 {
            self.substituted -= 1;
        } else if !self.state.is_skipped && !self.state.is_hidden && !self.state.lists_fonts {
            self.bytes.push(byte);
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if std::mem::take(&mut self.state.is_ignorable) && !KEPT.contains(&word) {
            self.state.is_skipped = true;
        }
        if word == "u" {
            return self.unit(number.unwrap_or(0));
        }
        self.flush();
        self.substituted = 0;
        let is_on = number != Some(0);
        match word {
            "uc" => {
                let count = number.and_then(|count| usize::try_from(count).ok());
                self.state.substitutes = count.unwrap_or(1);
            }
            "ansicpg" => {
                self.whole = number.and_then(of_code_page);
                self.state.encoding = self.encoding();
            }
            "fonttbl" => self.state.lists_fonts = true,
            "f" if self.state.lists_fonts => self.font = number.unwrap_or(0),
            "fcharset" if self.state.lists_fonts => {
                if let Some(encoding) = number.and_then(of_charset) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "f" => {
                let font = self.fonts.get(&number.unwrap_or(0)).copied();
                self.state.encoding = font.unwrap_or_else(|| self.encoding());
            }
            "v" | "deleted" => self.state.is_hidden = is_on,
            word if SKIPPED.contains(&word) => self.state.is_skipped = true,
            _ if self.state.is_skipped => {}
            _ => self.layout(word, number),
        }
    }

    /// Words that end lines, set them out, or stand for a character.
    fn layout(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "sect" | "page" | "line" if self.state.in_table => {}
            "par" | "sect" | "page" | "line" => self.end(self.state.hint),
            "cell" | "nestcell" => self.line.push('\u{3000}'),
            "row" | "nestrow" => self.end(Hint::Row),
            "pard" => {
                self.state.hint = Hint::None;
                self.state.in_table = false;
            }
            "intbl" => self.state.in_table = true,
            "qc" if self.state.hint == Hint::None => self.state.hint = Hint::Centered,
            "outlinelevel" => {
                let level = number.and_then(|level| u8::try_from(level + 1).ok());
                if let Some(level @ 1..=6) = level {
                    self.state.hint = Hint::Heading(level);
                }
            }
            "tab" => self.line.push(' '),
            _ => {
                if let Some((_, character)) = CHARACTERS.iter().find(|(name, _)| *name == word) {
                    self.line.push(*character);
                }
            }
        }
    }

    /// A unit of UTF-16.
    fn unit(&mut self, number: i32) {
        self.flush_bytes();
        self.substituted = self.state.substitutes;
        if self.state.is_skipped || self.state.is_hidden || self.state.lists_fonts {
            return;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a unit has 16 bits and is written with a sign"
        )]
        let unit = number as u16;
        let units = self.high.take().into_iter().chain([unit]);
        let units: Vec<u16> = units.collect();
        if matches!(units[..], [0xd800..=0xdbff]) {
            self.high = Some(unit);
        } else {
            self.line.extend(
                char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)),
            );
        }
    }

    fn flush(&mut self) {
        self.flush_bytes();
        self.high = None;
    }

    fn flush_bytes(&mut self) {
        if !self.bytes.is_empty() {
            let (text, _) = self.state.encoding.decode_without_bom_handling(&self.bytes);
            self.line.push_str(&text);
            self.bytes.clear();
        }
    }

    fn encoding(&self) -> &'static Encoding {
        self.whole.unwrap_or(GB18030)
    }

    fn end(&mut self, hint: Hint) {
        self.flush();
        let text = plain::clean(&self.line);
        self.line.clear();
        if !text.is_empty() {
            let number = self.lines.len() + 1;
            plain::push(&mut self.lines, RawLine { number, text, hint });
        }
    }
}

/// Words that stand for a character.
const CHARACTERS: [(&str, char); 11] = [
    ("bullet", '•'),
    ("emdash", '—'),
    ("emspace", '\u{3000}'),
    ("endash", '–'),
    ("enspace", ' '),
    ("ldblquote", '“'),
    ("lquote", '‘'),
    ("qmspace", ' '),
    ("rdblquote", '”'),
    ("rquote", '’'),
    ("~", ' '),
];

fn of_code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        936 | 54936 | 20936 => GB18030,
        950 => BIG5,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        65001 => UTF_8,
        1252 => WINDOWS_1252,
        _ => return None,
    })
}

fn of_charset(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        134 => GB18030,
        136 => BIG5,
        128 => SHIFT_JIS,
        129 => EUC_KR,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(String, Hint)> {
        let lines = rtf(text).into_iter();
        lines.map(|line| (line.text, line.hint)).collect()
    }

    #[test]
    fn bytes_of_a_code_page_and_units_with_substitutes_are_text() {
        let file = br"{\rtf1\ansi\ansicpg936\uc2{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}}
{\info{\title x}}\pard\qc\f1\b\'ca\'fd\'d7\'d6\par\pard \u25919\'d5\'fe\u24220?? 2021\'c4\'ea\par
{\header \'d2\'b3}\ldblquote \u-10188??\u-9216??\rdblquote\line {\*\unknown x}{\v y}end}";
        assert_eq!(
            read(file),
            [
                ("数字".to_owned(), Hint::Centered),
                ("政府 2021年".to_owned(), Hint::None),
                ("“\u{1d000}”".to_owned(), Hint::None),
                ("end".to_owned(), Hint::None),
            ]
        );
    }

    #[test]
    fn a_row_of_a_table_is_a_line_and_outlines_are_headings() {
        let file = br"{\rtf1\ansicpg936 \pard\outlinelevel0 \'d2\'bb\par \trowd\pard\intbl a\par b\cell c\cell\row\pard d\par}";
        assert_eq!(
            read(file),
            [
                ("一".to_owned(), Hint::Heading(1)),
                ("ab\u{3000}c".to_owned(), Hint::Row),
                ("d".to_owned(), Hint::None),
            ]
        );
    }

    #[test]
    fn whatever_is_cut_off_or_unbalanced_ends() {
        for file in [
            &b"{\\rtf1 a"[..],
            b"{\\rtf1 a\\'",
            b"{\\rtf1 \\bin999999999 x",
            b"}}}}{\\u",
            b"{\\rtf1 \\u-99999999999 b\\",
        ] {
            read(file);
        }
        let deep = "{".repeat(1_000_000);
        assert_eq!(read(deep.as_bytes()), []);
    }
}
