//! What is kept of a paragraph to be shown, as bytes of tantivy's store.
//!
//! Comes in: entries. Goes out: bytes; and from those, facts and paragraphs again
//! ([`stored`](super::stored)). Each paragraph is read by itself: what it shares with others is kept
//! with the first of them, the facts of a document with its first paragraph, headings with the
//! first under them.
//!
//! The first byte is a checksum of all others: a damaged text would read as another one. The second
//! is the number of the section role, from 1, or 0 where there is none; its highest bit says that
//! facts follow. Then come facts, headings and text, in [`codes`](super::codes).

use super::codes::{Read, put, put_ended, skip, take};
use super::entry::Entry;
use crate::lexicon::Role;

/// Says that the facts of a document follow.
const FACTS: u8 = 0x80;

/// What is to be kept of a paragraph.
pub(super) fn kept(entry: &Entry) -> Vec<u8> {
    let mut kept = Vec::with_capacity(entry.text.len() / 2 + 16);
    let role = |name| Role::all().position(|role| role.name() == name);
    let role = entry.role.and_then(role);
    kept.extend([0, role.map_or(0, |place| place as u8 + 1)]);
    if entry.starts_document() {
        kept[1] |= FACTS;
        put_ended(entry.document.facts(), &mut kept);
    }
    if entry.starts_section {
        let headings = entry.headings.iter();
        headings.for_each(|heading| put_ended(heading, &mut kept));
    }
    put(&entry.text, &mut kept);
    kept[0] = checksum(&kept[1..]);
    kept
}

/// Another one for any one byte that is another.
fn checksum(bytes: &[u8]) -> u8 {
    let next = |sum: u8, byte: &u8| sum.rotate_left(3).wrapping_add(*byte);
    bytes.iter().fold(0, next)
}

/// Role and whether there are facts, and what follows; `None` where it is damaged.
fn head(kept: &[u8]) -> Option<(u8, bool, &[u8])> {
    let (&sum, whole) = kept.split_first()?;
    let (&head, codes) = whole.split_first()?;
    (checksum(whole) == sum).then_some((head & !FACTS, head & FACTS != 0, codes))
}

/// What was kept of a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) role: Option<Role>,
    /// Those above it, where it is the first under them.
    pub(super) headings: Vec<String>,
    pub(super) text: String,
}

impl Kept {
    /// `None` where it is damaged.
    pub(super) fn read(kept: &[u8]) -> Option<Self> {
        let (role, has_facts, mut rest) = head(kept)?;
        let role = match role.checked_sub(1) {
            Some(place) => Some(Role::all().nth(place.into())?),
            None => None,
        };
        if has_facts {
            skip(&mut rest)?;
        }
        let mut headings = Vec::new();
        loop {
            let Read { text, is_ended } = take(&mut rest)?;
            if !is_ended {
                return Some(Self {
                    role,
                    headings,
                    text,
                });
            }
            headings.push(text);
        }
    }
}

/// The headings above a paragraph that is the first under them; `None` where it is damaged.
pub(super) fn headings(kept: &[u8]) -> Option<Vec<String>> {
    let (_, has_facts, mut rest) = head(kept)?;
    if has_facts {
        skip(&mut rest)?;
    }
    let mut headings = Vec::new();
    let mut behind = rest;
    while skip(&mut behind)? {
        headings.push(take(&mut rest)?.text);
    }
    Some(headings)
}

/// The facts of the document that a paragraph begins; `None` where it begins none, or is damaged.
pub(super) fn facts(kept: &[u8]) -> Option<String> {
    let (_, has_facts, mut rest) = head(kept)?;
    let facts = has_facts.then(|| take(&mut rest))??;
    facts.is_ended.then_some(facts.text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::classify::Labels;
    use crate::document::{Document, Line, LineKind, Metadata};
    use crate::index::entry::{Shared, entries};
    use crate::index::schema::schema;

    /// A document of paragraphs with the headings above each; each third has a role.
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
        let roles = Role::all().map(Some).flat_map(|role| [None, role, None]);
        let labels = Labels {
            roles: roles.collect(),
            ..Labels::default()
        };
        let shared = Shared::new(schema().1, &Metadata::default());
        entries(shared, &document, &labels)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_was_kept_is_read_again(
            paragraphs in prop::collection::vec(
                ("\\PC{0,40}", prop::collection::vec("[一二三、a😀]{0,4}", 0..3)),
                1..40,
            ),
        ) {
            let document = document(&paragraphs);
            for entry in &document {
                let kept = kept(entry);
                let read = Kept::read(&kept).unwrap();
                prop_assert_eq!(&read.text, &entry.text);
                prop_assert_eq!(read.role.map(Role::name), entry.role);
                if entry.starts_section {
                    prop_assert_eq!(&read.headings[..], &entry.headings[..]);
                    prop_assert_eq!(headings(&kept), Some(read.headings));
                } else {
                    prop_assert!(read.headings.is_empty());
                }
                let expected = entry.starts_document().then(|| entry.document.facts());
                let facts = facts(&kept);
                prop_assert_eq!(facts.as_deref(), expected);
            }
        }

        #[test]
        fn what_was_never_kept_gives_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut whole = vec![checksum(&bytes)];
            whole.extend(bytes);
            let read = Kept::read(&whole);
            prop_assert!(read.is_none() || whole.len() > 1);
            facts(&whole);
            headings(&whole);
        }

        #[test]
        fn a_wrong_byte_is_told(
            text in "[一-龥]{1,40}", place in any::<prop::sample::Index>(), wrong in 1..=u8::MAX,
        ) {
            let mut kept = kept(&document(&[(text, Vec::new())])[0]);
            *place.get_mut(&mut kept) ^= wrong;
            prop_assert_eq!(Kept::read(&kept), None);
            prop_assert_eq!(facts(&kept), None);
        }
    }
}
