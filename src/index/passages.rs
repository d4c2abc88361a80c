//! What is kept of a document to be shown: its facts, and its headings and texts a passage at a time,
//! each packed by itself.
//!
//! Comes in: the entries of a document. Goes out: bytes to store with the first paragraph of each
//! passage; and from those, facts and paragraphs again
//! ([`unpacking`](super::unpacking)). A hit is read by unpacking one passage; of a store that is
//! packed across documents, three blocks would be read.
//!
//! What is stored is the length of the packed facts (0 but for the first passage of a document), the
//! packed facts and the packed passage, each behind the length that it has unpacked.
//!
//! Unpacked it is UTF-16: two bytes a Han character instead of three, which zstd makes a tenth
//! smaller in less time. A passage is, for each of its paragraphs, the number of its headings
//! and one, or 0 where they are those above the paragraph before; the headings; the role, empty
//! where there is none; and the text. Each string has its length in front.

use std::io;

use zstd::bulk::Compressor;

use super::entry::Entry;

/// Bytes of text from which on a passage ends: a larger one is smaller packed, and slower to read.
const LARGEST: usize = 32 << 10;

/// zstd's level. What is packed once is read many times.
const LEVEL: i32 = 5;

/// Text of the kind that is packed (`index-schema/passages.txt`), which zstd may point into as if it
/// stood before each passage: most documents are short, and short texts repeat little of themselves.
pub(super) const DICTIONARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/passages.utf16"));

/// From here on a number takes two units of UTF-16.
const LARGE: u32 = 0x8000;

/// Packs documents.
pub(super) struct Packer {
    compressor: Compressor<'static>,
    plain: Vec<u8>,
}

impl Packer {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            compressor: Compressor::with_dictionary(LEVEL, DICTIONARY)?,
            plain: Vec::new(),
        })
    }

    /// Puts what is to be stored of a document with the first paragraph of each passage, and tells each
    /// paragraph its place in its passage.
    pub(super) fn pack(&mut self, document: &mut [Entry]) -> io::Result<()> {
        let mut rest = document;
        while !rest.is_empty() {
            let mut length = 0;
            let end = rest.iter().position(|entry| {
                length += entry.text.len();
                length >= LARGEST
            });
            let (passage, behind) = rest.split_at_mut(end.map_or(rest.len(), |last| last + 1));
            self.pack_passage(passage)?;
            rest = behind;
        }
        Ok(())
    }

    fn pack_passage(&mut self, passage: &mut [Entry]) -> io::Result<()> {
        let plain = &mut self.plain;
        plain.clear();
        for (place, entry) in (1..).zip(passage.iter_mut()) {
            entry.passage = place;
            if place == 1 || entry.starts_section() {
                put_number(plain, entry.headings.len() as u32 + 1);
                entry
                    .headings
                    .iter()
                    .for_each(|heading| put(plain, heading));
            } else {
                put_number(plain, 0);
            }
            put(plain, entry.role.unwrap_or_default());
            put(plain, &entry.text);
        }
        let packed = self.packed()?;
        let first = &mut passage[0];
        let facts = match first.starts_document() {
            true => self.facts(first)?,
            false => Vec::new(),
        };
        first.kept = (facts.len() as u32).to_le_bytes().to_vec();
        first.kept.extend_from_slice(&facts);
        first.kept.extend_from_slice(&packed);
        Ok(())
    }

    fn facts(&mut self, entry: &Entry) -> io::Result<Vec<u8>> {
        self.plain.clear();
        put_units(&mut self.plain, entry.document.facts());
        self.packed()
    }

    /// Behind the length that it has unpacked.
    fn packed(&mut self) -> io::Result<Vec<u8>> {
        let mut packed = (self.plain.len() as u32).to_le_bytes().to_vec();
        packed.extend(self.compressor.compress(&self.plain)?);
        Ok(packed)
    }
}

fn put_units(plain: &mut Vec<u8>, text: &str) {
    plain.reserve(2 * text.len());
    for character in text.chars() {
        for unit in character.encode_utf16(&mut [0; 2]) {
            plain.extend_from_slice(&unit.to_le_bytes());
        }
    }
}

fn put_number(plain: &mut Vec<u8>, number: u32) {
    if number >= LARGE {
        let high = (LARGE | number >> 16) as u16;
        plain.extend_from_slice(&high.to_le_bytes());
    }
    plain.extend_from_slice(&(number as u16).to_le_bytes());
}

/// A string behind its length.
fn put(plain: &mut Vec<u8>, text: &str) {
    let start = plain.len();
    put_units(plain, text);
    let units = (plain.len() - start) / 2;
    put_number(plain, units as u32);
    let length = plain.len() - start - 2 * units;
    plain[start..].rotate_right(length);
}

/// A passage, unpacked.
#[derive(Debug)]
pub(super) struct Passage(pub(super) Vec<u8>);

/// A paragraph of a passage.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) headings: Vec<String>,
    pub(super) role: Option<String>,
    pub(super) text: String,
}

impl Passage {
    /// The text of the paragraph in a place, from 1.
    pub(super) fn text(&self, place: u32) -> Option<String> {
        let mut rest = &self.0[..];
        let mut last = None;
        for _ in 0..place {
            for _ in 1..take_number(&mut rest)? {
                take(&mut rest)?;
            }
            take(&mut rest)?;
            last = Some(take(&mut rest)?);
        }
        text(last?)
    }

    /// The paragraph in a place, from 1; `None` where there is none, or it is damaged.
    pub(super) fn paragraph(&self, place: u32) -> Option<Kept> {
        let mut rest = &self.0[..];
        let mut headings = Vec::new();
        for before in (0..place).rev() {
            if let Some(number) = take_number(&mut rest)?.checked_sub(1) {
                headings.clear();
                for _ in 0..number {
                    headings.push(take(&mut rest)?);
                }
            }
            if before > 0 {
                take(&mut rest)?;
                take(&mut rest)?;
            }
        }
        let role = text(take(&mut rest)?)?;
        Some(Kept {
            headings: headings.into_iter().map(text).collect::<Option<_>>()?,
            role: (!role.is_empty()).then_some(role),
            text: text(take(&mut rest)?)?,
        })
    }
}

fn take_unit(rest: &mut &[u8]) -> Option<u32> {
    let (unit, behind) = rest.split_first_chunk()?;
    *rest = behind;
    Some(u16::from_le_bytes(*unit).into())
}

fn take_number(rest: &mut &[u8]) -> Option<u32> {
    let number = take_unit(rest)?;
    match number.checked_sub(LARGE) {
        Some(high) => Some(high << 16 | take_unit(rest)?),
        None => Some(number),
    }
}

/// A string behind its length, in UTF-16.
fn take<'p>(rest: &mut &'p [u8]) -> Option<&'p [u8]> {
    let length = take_number(rest)? as usize * 2;
    let (units, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    Some(units)
}

pub(super) fn text(units: &[u8]) -> Option<String> {
    let (units, rest) = units.as_chunks();
    let units = units.iter().map(|&unit| u16::from_le_bytes(unit));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use zstd::bulk::Decompressor;

    use super::*;
    use crate::classify::Labels;
    use crate::document::{Document, Line, LineKind, Metadata};
    use crate::index::entry::{Shared, entries};
    use crate::index::schema::schema;
    use crate::lexicon::Role;

    /// A document of paragraphs with the headings above each.
    fn document(paragraphs: &[(String, Vec<String>)]) -> Vec<Entry> {
        let lines = (1..).zip(paragraphs).map(|(number, (text, path))| Line {
            number,
            kind: LineKind::Paragraph,
            level: None,
            text: text.clone(),
            lead: String::new(),
            path: path.clone(),
        });
        let document = Document {
            lines: lines.collect(),
            ..Document::default()
        };
        let labels = Labels {
            roles: vec![None, Role::find("plan")],
            ..Labels::default()
        };
        let shared = Shared::new(schema().1, &Metadata::default());
        entries(shared, &document, &labels)
    }

    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let (length, packed) = packed.split_first_chunk().unwrap();
        let length = u32::from_le_bytes(*length) as usize;
        let mut decompressor = Decompressor::with_dictionary(DICTIONARY).unwrap();
        let plain = decompressor.decompress(packed, length).unwrap();
        assert_eq!(plain.len(), length);
        plain
    }

    /// All paragraphs of a packed document, and its facts.
    fn read(document: &[Entry]) -> (Vec<Kept>, String) {
        let mut facts = Vec::new();
        let mut passage = None;
        let mut found = Vec::new();
        for entry in document {
            if entry.passage == 1 {
                let (length, packed) = entry.kept.split_first_chunk().unwrap();
                let (of_document, packed) = packed.split_at(u32::from_le_bytes(*length) as usize);
                facts.extend_from_slice(of_document);
                passage = Some(Passage(unpacked(packed)));
            } else {
                assert!(entry.kept.is_empty());
            }
            let passage = passage.as_ref().unwrap();
            let paragraph = passage.paragraph(entry.passage).unwrap();
            assert_eq!(passage.text(entry.passage).as_ref(), Some(&paragraph.text));
            found.push(paragraph);
        }
        (found, text(&unpacked(&facts)).unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_was_packed_is_read_again(
            paragraphs in prop::collection::vec(
                ("\\PC{0,40}", prop::collection::vec("[一二三、a😀]{0,4}", 0..3), 1_usize..2000),
                1..12,
            ),
        ) {
            let paragraphs: Vec<_> = paragraphs
                .into_iter()
                .map(|(text, headings, times)| (text.repeat(times), headings))
                .collect();
            let mut document = document(&paragraphs);
            Packer::new().unwrap().pack(&mut document).unwrap();
            let (found, facts) = read(&document);
            prop_assert_eq!(&facts, document[0].document.facts());
            prop_assert_eq!(found.len(), document.len());
            for (found, entry) in found.iter().zip(&document) {
                prop_assert_eq!(&found.text, &entry.text);
                prop_assert_eq!(&found.headings[..], &entry.headings[..]);
                prop_assert_eq!(found.role.as_deref(), entry.role);
            }
        }

        #[test]
        fn what_was_never_packed_gives_nothing_and_no_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..60), place in 1_u32..9,
        ) {
            let passage = Passage(bytes);
            let paragraph = passage.paragraph(place);
            prop_assert!(paragraph.is_none_or(|kept| passage.text(place) == Some(kept.text)));
        }
    }

    #[test]
    fn a_long_document_has_several_passages() {
        let text = "一网通办。".repeat(200);
        let paragraphs = vec![(text, Vec::new()); 30];
        let mut document = document(&paragraphs);
        Packer::new().unwrap().pack(&mut document).unwrap();
        let places: Vec<u32> = document.iter().map(|entry| entry.passage).collect();
        assert_eq!(places[..13], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]);
    }
}
