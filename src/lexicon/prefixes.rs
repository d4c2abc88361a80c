//! The words of a finite state map that begin a text.

use fst::Map;
use fst::raw::{Fst, Node};

/// A map that is embedded.
pub(super) type Words = Map<&'static [u8]>;

/// The words of a map that begin `text`, shortest first, each as its bytes and its value.
pub(super) fn prefixes<'t>(words: &'static Words, text: &'t str) -> Prefixes<'t> {
    let words = words.as_fst();
    Prefixes {
        words,
        node: words.root(),
        text: text.as_bytes(),
        place: 0,
        value: 0,
    }
}

/// A walk along a text.
pub(super) struct Prefixes<'t> {
    words: &'static Fst<&'static [u8]>,
    node: Node<'static>,
    text: &'t [u8],
    place: usize,
    value: u64,
}

impl Iterator for Prefixes<'_> {
    type Item = (usize, u64);

    fn next(&mut self) -> Option<(usize, u64)> {
        while let Some(&byte) = self.text.get(self.place) {
            let transition = self.node.transition(self.node.find_input(byte)?);
            self.place += 1;
            self.value += transition.out.value();
            self.node = self.words.node(transition.addr);
            if self.node.is_final() {
                return Some((self.place, self.value + self.node.final_output().value()));
            }
        }
        None
    }
}
