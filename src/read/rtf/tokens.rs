//! The bytes of an RTF file to groups, control words and bytes of text.

/// A piece of an RTF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\*`: whoever does not know the next word may pass the group over.
    Ignorable,
    /// A byte of text.
    Byte(u8),
    /// A control word and its number: `\fs24`.
    Word(&'b str, Option<i32>),
}

/// The tokens of a file, in order.
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let byte = self.step()?;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => match self.control() {
                    Some(token) => token,
                    None => continue,
                },
                b'\r' | b'\n' | 0 => continue,
                byte => Token::Byte(byte),
            });
        }
    }

    /// Passes over bytes that are no RTF.
    pub(super) fn skip(&mut self, length: i32) {
        let length = usize::try_from(length).unwrap_or(0);
        self.at = self.bytes.len().min(self.at.saturating_add(length));
    }

    fn step(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// What stands behind a `\`; `None` for nothing.
    fn control(&mut self) -> Option<Token<'b>> {
        let byte = self.step()?;
        Some(match byte {
            b'\'' => {
                let digits = [self.step()?, self.step()?];
                let digit = |byte: u8| char::from(byte).to_digit(16);
                let byte = digit(digits[0])? * 16 + digit(digits[1])?;
                Token::Byte(u8::try_from(byte).ok()?)
            }
            b'*' => Token::Ignorable,
            b'~' => Token::Word("~", None),
            b'\r' | b'\n' => Token::Word("par", None),
            b'_' => Token::Byte(b'-'),
            byte if byte.is_ascii_alphabetic() => self.word(),
            // An optional hyphen, and marks of indexes.
            b'-' | b':' | b'|' => return None,
            byte => Token::Byte(byte),
        })
    }

    /// A word, its number, and the one space that ends it.
    fn word(&mut self) -> Token<'b> {
        let start = self.at - 1;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let word = str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let from = self.at;
        let signed = self.peek() == Some(b'-');
        self.at += usize::from(signed);
        let digits = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == digits {
            self.at = from;
        }
        let number = str::from_utf8(&self.bytes[from..self.at]).unwrap_or_default();
        let number = number.parse().ok();
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        Token::Word(word, number)
    }
}
