//! Which quotation mark or bracket closes which: one pass over the characters of a question.

/// Marks that quote: the one that opens and the one that closes.
pub(super) const QUOTES: [(char, char); 5] = [
    ('"', '"'),
    ('“', '”'),
    ('「', '」'),
    ('『', '』'),
    ('＂', '＂'),
];

/// For each character that opens something, the place of the character that closes it.
#[derive(Debug)]
pub(super) struct Partners(Vec<Option<usize>>);

impl Partners {
    /// Pairs quotation marks, and round brackets outside of phrases, in one pass.
    pub(super) fn of(characters: &[char]) -> Self {
        let mut partners = Self(vec![None; characters.len()]);
        for quote in QUOTES {
            partners.pair_quotes(characters, quote);
        }
        partners.pair_brackets(characters);
        partners
    }

    /// The place of the character that closes what opens at `at`.
    pub(super) fn closing(&self, at: usize) -> Option<usize> {
        self.0.get(at).copied().flatten()
    }

    fn pair_quotes(&mut self, characters: &[char], (open, close): (char, char)) {
        let mut opened: Vec<usize> = Vec::new();
        for (at, &character) in characters.iter().enumerate() {
            if open == close && character == open {
                // The same mark opens and closes: each is closed by the next one.
                if let Some(before) = opened.pop() {
                    self.0[before] = Some(at);
                }
                opened.push(at);
            } else if character == open {
                opened.push(at);
            } else if character == close
                && let Some(before) = opened.pop()
            {
                self.0[before] = Some(at);
            }
        }
    }

    fn pair_brackets(&mut self, characters: &[char]) {
        let mut opened = Vec::new();
        let mut at = 0;
        while at < characters.len() {
            let character = characters[at];
            if is_open(character) {
                opened.push(at);
            } else if is_close(character) {
                if let Some(before) = opened.pop() {
                    self.0[before] = Some(at);
                }
            } else if let Some(end) = self.phrase_end(characters, at) {
                at = end;
            }
            at += 1;
        }
    }

    /// The place of the mark that closes a phrase opened at `at`; `None` where it is no phrase.
    fn phrase_end(&self, characters: &[char], at: usize) -> Option<usize> {
        let may_open = at == 0 || {
            let before = characters[at - 1];
            is_space(before) || is_open(before) || is_colon(before) || is_minus(before)
        };
        if !may_open || !opens_quote(characters[at]) {
            return None;
        }
        let close = self.closing(at)?;
        let behind = characters.get(close + 1);
        behind
            .is_none_or(|&next| is_space(next) || is_close(next) || next == '~')
            .then_some(close)
    }
}

/// Whether a character opens a quotation.
pub(super) fn opens_quote(character: char) -> bool {
    QUOTES.iter().any(|&(open, _)| open == character)
}

/// Whether a character is one side of a quotation.
pub(super) fn is_quote(character: char) -> bool {
    QUOTES
        .iter()
        .any(|&(open, close)| open == character || close == character)
}

pub(super) fn is_open(character: char) -> bool {
    matches!(character, '(' | '（')
}

pub(super) fn is_close(character: char) -> bool {
    matches!(character, ')' | '）')
}

pub(super) fn is_colon(character: char) -> bool {
    matches!(character, ':' | '：')
}

pub(super) fn is_minus(character: char) -> bool {
    matches!(character, '-' | '－')
}

/// White space, and control characters with it.
pub(super) fn is_space(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}
