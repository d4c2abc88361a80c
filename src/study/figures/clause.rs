//! A sentence as clauses of words and quantities.
//!
//! Comes in: a folded sentence with its quantities. Goes out: clauses between commas, brackets taken
//! out as clauses of their own that know what they stand behind, footnote marks left out.

use std::ops::Range;

use super::quantity::Quantity;

/// A clause: words, quantity, words, quantity, …, words.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Clause {
    /// The words before, between and behind the quantities: one more than there are quantities.
    pub(super) gaps: Vec<String>,
    /// The quantities, by their place in the sentence's list.
    pub(super) quantities: Vec<usize>,
    /// The bytes of the sentence from its first to its last.
    pub(super) range: Range<usize>,
    /// Of a clause in brackets: the words of the outer clause that the brackets stand behind.
    pub(super) behind: Option<String>,
    /// Whether it goes on with the list of the clause before it (behind a 、).
    pub(super) goes_on: bool,
}

/// The clauses of a sentence, in the order of their beginnings.
pub(super) fn clauses(sentence: &str, quantities: &[Quantity]) -> Vec<Clause> {
    let mut builder = Builder::default();
    builder.open(0, None);
    let mut at = 0;
    while at < sentence.len() {
        if let Some(place) = quantities
            .iter()
            .position(|quantity| quantity.range.start == at)
        {
            at = quantities[place].range.end;
            builder.quantity(place, at);
            continue;
        }
        let character = sentence[at..]
            .chars()
            .next()
            .expect("a place inside the sentence");
        if let Some(length) = footnote(&sentence[at..]) {
            at += length;
            continue;
        }
        at += character.len_utf8();
        match character == '、' && !parts_at(sentence, at, quantities) {
            true => builder.word(character, at),
            false => builder.character(character, at),
        }
    }
    builder.finished()
}

/// Whether a 、 that ends at byte `at` parts two statements: another quantity comes before the next
/// comma, and not at once (7%、8%).
fn parts_at(sentence: &str, at: usize, quantities: &[Quantity]) -> bool {
    let stop = sentence[at..]
        .find(['，', ',', '；', ';', '：', ':', '（', '(', '）', ')'])
        .map_or(sentence.len(), |length| at + length);
    quantities
        .iter()
        .find(|quantity| quantity.range.start >= at)
        .is_some_and(|next| next.range.start > at && next.range.start < stop)
}

/// `[12]` or `〔12〕`: a mark that points to a note.
fn footnote(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(['[', '［'])?;
    let digits = inner.find(|c: char| !c.is_ascii_digit())?;
    let close = inner[digits..]
        .chars()
        .next()
        .filter(|c| matches!(c, ']' | '］'))?;
    let opening = text.len() - inner.len();
    (digits > 0).then_some(opening + digits + close.len_utf8())
}

#[derive(Default)]
struct Builder {
    clauses: Vec<Clause>,
    /// The clauses that are open, the innermost last.
    open: Vec<usize>,
}

impl Builder {
    fn open(&mut self, at: usize, behind: Option<String>) {
        self.open.push(self.clauses.len());
        self.clauses.push(Clause {
            gaps: vec![String::new()],
            quantities: Vec::new(),
            range: at..at,
            behind,
            goes_on: false,
        });
    }

    fn current(&mut self) -> &mut Clause {
        let place = *self
            .open
            .last()
            .expect("the sentence itself is never closed");
        &mut self.clauses[place]
    }

    fn quantity(&mut self, place: usize, end: usize) {
        let clause = self.current();
        clause.quantities.push(place);
        clause.gaps.push(String::new());
        clause.range.end = end;
    }

    fn character(&mut self, character: char, end: usize) {
        match character {
            '（' | '(' => {
                let before = self.current().gaps.last().cloned();
                self.open(end, before);
            }
            '）' | ')' if self.open.len() > 1 => {
                self.open.pop();
            }
            _ if self.parts(character) => {
                let last = self
                    .open
                    .pop()
                    .expect("the sentence itself is never closed");
                let behind = self.clauses[last].behind.clone();
                self.open(end, behind);
                self.current().goes_on = character == '、';
            }
            _ if character.is_whitespace() => {}
            _ => self.word(character, end),
        }
    }

    fn word(&mut self, character: char, end: usize) {
        let clause = self.current();
        if let Some(gap) = clause.gaps.last_mut() {
            gap.push(character);
        }
        clause.range.end = end;
    }

    /// Whether a mark ends the clause: commas do, 、 only behind a quantity.
    fn parts(&mut self, character: char) -> bool {
        match character {
            '，' | ',' | '：' | ':' | '；' | ';' | '。' | '!' | '！' | '?' | '？' | '\n' | '—' => {
                true
            }
            '、' => {
                let clause = self.current();
                !clause.quantities.is_empty()
            }
            _ => false,
        }
    }

    fn finished(self) -> Vec<Clause> {
        self.clauses
    }
}
