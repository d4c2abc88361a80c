//! The characters of a question to its marks and words.
//!
//! Never fails: what is no mark is text. Takes at most [`LONGEST`] characters, [`MOST_WORDS`] words
//! and [`DEEPEST`] brackets, and says so where there were more.

use super::quotes::{
    Partners, is_close, is_colon, is_minus, is_open, is_quote, is_space, opens_quote,
};

/// How many characters of a question are read.
const LONGEST: usize = 10_000;
/// How many words and phrases of a question are read.
const MOST_WORDS: usize = 200;
/// How deep brackets group; deeper ones are text.
const DEEPEST: usize = 20;
/// How many characters a field's name may have.
const LONGEST_NAME: usize = 12;

/// A mark or a word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    Or,
    /// `NOT`, which stands alone.
    Not,
    /// `-`, which stands before the next token.
    Minus,
    /// A known name with its colon, as typed; the next token is its value.
    Field(String),
    Phrase {
        text: String,
        slop: Option<u32>,
    },
    Word(String),
}

/// The tokens of a question, and notes on what was read as text or left out.
pub(super) fn tokens(text: &str, is_field: fn(&str) -> bool) -> (Vec<Token>, Vec<String>) {
    let mut characters: Vec<char> = text.chars().take(LONGEST + 1).collect();
    let cut = characters.len() > LONGEST;
    characters.truncate(LONGEST);
    let mut lexer = Lexer {
        partners: Partners::of(&characters),
        characters,
        at: 0,
        groups: Vec::new(),
        is_field,
        tokens: Vec::new(),
        words: 0,
        notes: Vec::new(),
    };
    if cut {
        lexer.note(format!("only the first {LONGEST} characters were read"));
    }
    lexer.run();
    (lexer.tokens, lexer.notes)
}

struct Lexer {
    characters: Vec<char>,
    partners: Partners,
    at: usize,
    /// Where the open groups close, innermost last.
    groups: Vec<usize>,
    is_field: fn(&str) -> bool,
    tokens: Vec<Token>,
    words: usize,
    notes: Vec<String>,
}

impl Lexer {
    fn run(&mut self) {
        while let Some(&character) = self.characters.get(self.at) {
            if is_space(character) {
                self.at += 1;
            } else if self.words >= MOST_WORDS {
                self.note(format!("only the first {MOST_WORDS} words were read"));
                break;
            } else if self.groups.last() == Some(&self.at) {
                self.groups.pop();
                self.push(Token::Close, self.at + 1);
            } else if let Some(operator) = self.operator() {
                self.push(operator.0, operator.1);
            } else if is_minus(character) && self.excludes() {
                self.push(Token::Minus, self.at + 1);
                self.value();
            } else {
                self.value();
            }
        }
    }

    /// A group, a phrase, a field with its value, or a word.
    fn value(&mut self) {
        if let Some(end) = self.group_end() {
            self.groups.push(end);
            self.push(Token::Open, self.at + 1);
        } else if let Some((phrase, end)) = self.phrase() {
            self.leaf(phrase, end);
        } else if let Some((name, end)) = self.field_name() {
            self.push(Token::Field(name), end);
            self.field_value();
        } else {
            self.word();
        }
    }

    fn field_value(&mut self) {
        if let Some(end) = self.group_end() {
            self.groups.push(end);
            self.push(Token::Open, self.at + 1);
        } else if let Some((phrase, end)) = self.phrase() {
            self.leaf(phrase, end);
        } else {
            self.word();
        }
    }

    /// `AND`, `OR`, `NOT` as a word of its own, and where it ends.
    fn operator(&self) -> Option<(Token, usize)> {
        let end = self.word_end();
        if end - self.at > 3 {
            return None;
        }
        let token = match self.text(self.at, end).as_str() {
            "AND" | "ＡＮＤ" => Token::And,
            "OR" | "ＯＲ" => Token::Or,
            "NOT" | "ＮＯＴ" => Token::Not,
            _ => return None,
        };
        Some((token, end))
    }

    /// Whether the minus here stands before something to leave out.
    fn excludes(&self) -> bool {
        let next = self.at + 1;
        let is_dash = |c: char| is_minus(c) || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}');
        self.groups.last() != Some(&next)
            && self
                .characters
                .get(next)
                .is_some_and(|&c| !is_space(c) && !is_dash(c))
    }

    /// Where the group that opens here closes.
    fn group_end(&mut self) -> Option<usize> {
        let character = *self.characters.get(self.at)?;
        let end = self.partners.closing(self.at)?;
        let groups = is_open(character)
            && self.is_boundary(end + 1)
            && self.groups.last().is_none_or(|&outer| end < outer)
            && self.characters[self.at..end]
                .iter()
                .any(|c| c.is_alphanumeric());
        if groups && self.groups.len() >= DEEPEST {
            self.note(format!("brackets deeper than {DEEPEST} were read as text"));
            return None;
        }
        groups.then_some(end)
    }

    /// The phrase that opens here, and where the question goes on.
    fn phrase(&self) -> Option<(Token, usize)> {
        let &open = self.characters.get(self.at)?;
        if !opens_quote(open) {
            return None;
        }
        let close = self.partners.closing(self.at)?;
        let (slop, end) = match self.slop(close + 1) {
            Some((slop, end)) => (Some(slop), end),
            None => (None, close + 1),
        };
        if !self.is_boundary(end) || self.groups.last().is_some_and(|&outer| close > outer) {
            return None;
        }
        let text = self.text(self.at + 1, close).trim().to_owned();
        Some((Token::Phrase { text, slop }, end))
    }

    /// `~N`, and where it ends.
    fn slop(&self, at: usize) -> Option<(u32, usize)> {
        if self.characters.get(at) != Some(&'~') {
            return None;
        }
        let digits: String = self.characters[at + 1..]
            .iter()
            .take(4)
            .take_while(|c| c.is_ascii_digit())
            .collect();
        let slop = digits.parse().ok()?;
        Some((slop, at + 1 + digits.len()))
    }

    /// The field named here, as typed with its colon, and where its value begins.
    fn field_name(&mut self) -> Option<(String, usize)> {
        let rest = &self.characters[self.at..];
        let length = rest
            .iter()
            .take(LONGEST_NAME + 1)
            .position(|&c| is_colon(c))?;
        let name: String = rest[..length].iter().collect();
        let end = self.at + length + 1;
        if !name.chars().all(char::is_alphabetic) || length == 0 || self.is_boundary(end) {
            return None;
        }
        if (self.is_field)(&name) {
            return Some((self.text(self.at, end), end));
        }
        self.note(format!("`{name}:` is not a field; read as text"));
        None
    }

    fn word(&mut self) {
        let end = self.word_end();
        let word = plain_word(&self.text(self.at, end), self.is_field);
        self.leaf(Token::Word(word), end);
    }

    /// A word or phrase; without a letter or digit it asks for nothing and is left out.
    fn leaf(&mut self, token: Token, end: usize) {
        let (Token::Word(text) | Token::Phrase { text, .. }) = &token else {
            return;
        };
        if text.chars().any(char::is_alphanumeric) {
            self.words += 1;
            self.push(token, end);
            return;
        }
        let marks: String = text.chars().take(LONGEST_NAME).collect();
        if !marks.is_empty() {
            self.note(format!("`{marks}` is punctuation only; left out"));
        }
        while matches!(self.tokens.last(), Some(Token::Minus | Token::Field(_))) {
            self.tokens.pop();
        }
        self.at = end;
    }

    /// Where the word that begins here ends: at white space, or where a group closes.
    fn word_end(&self) -> usize {
        let stop = self.groups.last().copied().unwrap_or(usize::MAX);
        let mut end = self.at;
        while end < stop && self.characters.get(end).is_some_and(|&c| !is_space(c)) {
            end += 1;
        }
        end
    }

    /// Whether a word may end before `at`.
    fn is_boundary(&self, at: usize) -> bool {
        self.groups.last() == Some(&at) || self.characters.get(at).is_none_or(|&c| is_space(c))
    }

    fn text(&self, from: usize, to: usize) -> String {
        self.characters[from..to].iter().collect()
    }

    fn push(&mut self, token: Token, end: usize) {
        self.tokens.push(token);
        self.at = end;
    }

    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// A word that is read the same again wherever it is printed: a bracket or quotation mark without
/// its other side is dropped at the ends and becomes a square bracket, which matches alike, inside
/// and before what would else be an operator or a field.
pub(super) fn plain_word(word: &str, is_field: fn(&str) -> bool) -> String {
    let tidied = without_lone_marks(word);
    let trimmed = without_outer_pairs(tidied.trim_matches('['));
    let stands_bare = trimmed.starts_with(char::is_alphanumeric)
        && !trimmed
            .split_once(is_colon)
            .is_some_and(|(name, _)| is_field(name));
    if stands_bare || trimmed == word {
        trimmed.to_owned()
    } else {
        format!("[{trimmed}")
    }
}

/// Brackets and quotation marks without their other side become square brackets; so do quotation
/// marks among brackets, which could hide one side of a pair.
fn without_lone_marks(word: &str) -> String {
    let groups = |c: char| is_open(c) || is_close(c);
    let unquoted = if word.contains(groups) {
        word.replace(is_quote, "[")
    } else {
        word.to_owned()
    };
    let mut characters: Vec<char> = unquoted.chars().collect();
    let partners = Partners::of(&characters);
    let mut paired = vec![false; characters.len()];
    for at in 0..characters.len() {
        if let Some(close) = partners.closing(at) {
            paired[at] = true;
            paired[close] = true;
        }
    }
    for (character, paired) in characters.iter_mut().zip(paired) {
        if !paired && (groups(*character) || is_quote(*character)) {
            *character = '[';
        }
    }
    characters.into_iter().collect()
}

/// A word without the brackets and quotation marks around the whole of it.
fn without_outer_pairs(mut word: &str) -> &str {
    loop {
        let characters: Vec<char> = word.chars().collect();
        let last = characters.len().checked_sub(1);
        if last.is_none() || Partners::of(&characters).closing(0) != last {
            return word;
        }
        let inner = word.chars().next().map_or(0, char::len_utf8);
        let end = word.len() - characters.last().map_or(0, |c| c.len_utf8());
        word = word[inner..end].trim_matches('[');
    }
}
