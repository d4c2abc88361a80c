//! The id of a document, a hash of its folded text; and the digest of all that an index holds of it.
//!
//! Comes in: a document. Goes out: 16 letters and digits that stay the same when the file is
//! moved, renamed or re-encoded, so that they can be cited.

use crate::classify::Labels;
use crate::document::{Document, Metadata};
use crate::text::{Form, Unit, fold_char};

use super::schema::line_code;

/// What ids are written in: no letter that reads as a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Characters of an id. At 5 bits each, two of a million documents meet by chance once in two
/// trillion corpora.
const LENGTH: usize = 16;

/// The id of a document; `None` where it has no text.
///
/// The text is that of its paragraphs, with script, case and width folded and white space left
/// out, so that every encoding and layout of one text has one id. An id stated by the source
/// counts as text: two documents of a collection stay two, even where they say the same.
///
/// ```
/// use xianli::{document::{Document, Line, LineKind}, index::document_id};
/// let document = |text: &str| Document {
///     lines: vec![Line {
///         number: 1, kind: LineKind::Paragraph, level: None,
///         text: text.into(), lead: String::new(), path: vec![],
///     }],
///     ..Document::default()
/// };
/// let id = document_id(&document("養老服務　１００％")).unwrap();
/// assert_eq!(id, document_id(&document("养老服务 100%")).unwrap());
/// assert_eq!(id.len(), 16);
/// assert_eq!(document_id(&Document::default()), None);
/// ```
pub fn document_id(document: &Document) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    let mut folded = String::new();
    let mut empty = true;
    for paragraph in document.paragraphs() {
        empty = false;
        folded.clear();
        push_folded(&paragraph.source.lead, &mut folded);
        push_folded(&paragraph.source.text, &mut folded);
        folded.push('\n');
        hasher.update(folded.as_bytes());
    }
    if empty {
        return None;
    }
    if let Some(source_id) = &document.given.source_id {
        hasher.update(b"\0");
        hasher.update(source_id.as_bytes());
    }
    Some(written(hasher.finalize().as_bytes()))
}

/// The facts of a document as answers show them, without its other paths; `None` where it has no
/// text.
pub fn facts(document: &Document, labels: &Labels) -> Option<Metadata> {
    Some(Metadata {
        id: document_id(document)?,
        source_id: document.given.source_id.clone(),
        path: document.path.clone(),
        url: document
            .stated(|given| given.url.clone())
            .map(|(url, _)| url),
        ..labels.metadata()
    })
}

/// A digest of all that an index holds of a document but its paths: equal digests, equal answers.
pub fn document_digest(document: &Document, labels: &Labels, facts: &Metadata) -> String {
    let mut hasher = blake3::Hasher::new();
    let pathless = Metadata {
        path: String::new(),
        other_paths: Vec::new(),
        ..facts.clone()
    };
    let mut part = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    part(&serde_json::to_vec(&pathless).expect("metadata has string keys only"));
    for paragraph in document.paragraphs() {
        let line = paragraph.source;
        let role = labels.roles.get(paragraph.line).copied().flatten();
        part(role.map_or("", |role| role.name()).as_bytes());
        part(&line_code(line.kind).to_le_bytes());
        part(line.lead.as_bytes());
        part(line.text.as_bytes());
        part(&(line.path.len() as u64).to_le_bytes());
        for heading in &line.path {
            part(heading.as_bytes());
        }
    }
    written(hasher.finalize().as_bytes())
}

/// The first twelve letters of an id as a number, in the order of ids.
pub(super) fn key(id: &str) -> u64 {
    const TAKEN: usize = 12;
    let letters = id.bytes().chain(std::iter::repeat(ALPHABET[0])).take(TAKEN);
    letters.fold(0, |key, letter| {
        let place = ALPHABET.iter().position(|&known| known == letter);
        key << 5 | place.unwrap_or(0) as u64
    })
}

/// A fingerprint of what a paragraph of these units says: script, case, spaces and quotes make no
/// difference. Two texts of a million that differ have the same one by chance about once.
pub(super) fn says(units: &[Unit]) -> u32 {
    // FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut put = |number: u32| hash = (hash ^ u64::from(number)).wrapping_mul(0x0100_0000_01b3);
    for unit in units {
        match &unit.form {
            Form::Char(character) => put((*character).into()),
            Form::Number(digits) => {
                digits.bytes().for_each(|digit| put(digit.into()));
                put(u32::MAX);
            }
        }
    }
    (hash >> 32) as u32
}

fn push_folded(text: &str, folded: &mut String) {
    let mut done = 0;
    for (at, character) in text.char_indices() {
        let other = match character {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).map(fold_char),
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => None,
            _ if character.is_whitespace() => None,
            _ => Some(fold_char(character)),
        };
        // What stays as it is is taken together.
        if other != Some(character) {
            folded.push_str(&text[done..at]);
            folded.extend(other);
            done = at + character.len_utf8();
        }
    }
    folded.push_str(&text[done..]);
}

/// The first bits of a hash, five to a character.
fn written(hash: &[u8; 32]) -> String {
    let bits = |place: usize| {
        let at = place * 5;
        let pair = u16::from_be_bytes([hash[at / 8], hash[at / 8 + 1]]);
        usize::from(pair >> (11 - at % 8)) & 31
    };
    (0..LENGTH)
        .map(|place| char::from(ALPHABET[bits(place)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Line, LineKind};

    fn document(lines: &[(&str, LineKind)], source_id: Option<&str>) -> Document {
        let mut document = Document {
            lines: lines
                .iter()
                .zip(1..)
                .map(|(&(text, kind), number)| Line {
                    number,
                    kind,
                    level: None,
                    text: text.to_owned(),
                    lead: String::new(),
                    path: Vec::new(),
                })
                .collect(),
            ..Document::default()
        };
        document.given.source_id = source_id.map(str::to_owned);
        document
    }

    #[test]
    fn page_furniture_does_not_count_but_line_ends_and_source_ids_do() {
        use LineKind::{Boilerplate, Paragraph};
        let id = |lines: &[_], source_id| document_id(&document(lines, source_id)).unwrap();
        let plain = id(&[("免申即享", Paragraph)], None);
        assert_eq!(
            id(&[("免申即享", Paragraph), ("附件:", Boilerplate)], None),
            plain
        );
        assert_ne!(id(&[("免申", Paragraph), ("即享", Paragraph)], None), plain);
        assert_ne!(id(&[("免申即享", Paragraph)], Some("s1")), plain);
    }

    #[test]
    fn bits_are_taken_from_the_front_without_gaps() {
        let mut hash = [0; 32];
        hash[0] = 0b0000_1000;
        hash[1] = 0b1000_0110;
        hash[9] = 0b0001_1111;
        assert_eq!(written(&hash), "123000000000000z");
    }
}
