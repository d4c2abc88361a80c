//! The small pattern language of `index-schema/`: words, gaps, years, ends and choices.
//!
//! Comes in: a pattern as a table states it, a text as folded characters. Goes out: whether the
//! text has it, and how many characters of its own the pattern brought. The language is described
//! on top of `sections.toml`. A gap is bounded, so that matching is linear in the text for a
//! given pattern.

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
    /// The characters that a text must have.
    needed: Letters,
    /// Of each choice the characters that it may begin with: a text must have one of them.
    choices: Vec<Letters>,
}

/// Some characters, as bits that several share: what is not in it is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Letters([u64; 4]);

impl Letters {
    pub(super) fn of<'c>(characters: impl IntoIterator<Item = &'c char>) -> Self {
        let mut letters = Self::default();
        for &character in characters {
            let place = u32::from(character).wrapping_mul(0x9E37_79B1) >> 24;
            letters.0[place as usize / 64] |= 1 << (place % 64);
        }
        letters
    }

    /// Whether one of these may be among those.
    fn may_share(self, those: Self) -> bool {
        let mut both = self.0.iter().zip(those.0);
        both.any(|(these, those)| these & those != 0)
    }

    /// Whether all of these may be among those.
    fn may_be_in(self, those: Self) -> bool {
        self.0
            .iter()
            .zip(those.0)
            .all(|(these, those)| these & !those == 0)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Char(char),
    Start,
    End,
    Gap,
    Year,
    Either(Vec<Vec<Part>>),
}

/// How many characters `*` may stand for.
const GAP: usize = 14;

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// What is wrong with it: a bracket without its partner.
    pub fn new(source: &str) -> Result<Self, PatternError> {
        let mut characters = source.chars().peekable();
        let parts = sequence(&mut characters, source)?;
        match characters.next() {
            None => {
                let needed = Letters::of(parts.iter().filter_map(|part| match part {
                    Part::Char(character) => Some(character),
                    _ => None,
                }));
                let choices = parts.iter().filter_map(beginnings).collect();
                Ok(Self {
                    parts,
                    needed,
                    choices,
                })
            }
            Some(unexpected) => Err(PatternError {
                pattern: source.to_owned(),
                unexpected,
            }),
        }
    }

    /// How many characters of the pattern itself stand in the text at the best place, gaps not
    /// counted; `None` where the text does not have it.
    ///
    /// ```
    /// use xianli::lexicon::Pattern;
    /// let pattern = Pattern::new("#*(计划|打算)$").expect("brackets are paired");
    /// let text = |text: &str| text.chars().collect::<Vec<_>>();
    /// assert_eq!(pattern.weight(&text("2022年工作计划")), Some(4));
    /// assert_eq!(pattern.weight(&text("2022年工作计划完成情况")), None);
    /// ```
    pub fn weight(&self, text: &[char]) -> Option<usize> {
        self.weight_among(text, Letters::of(text))
    }

    /// The same, for a text of which the characters are known.
    pub(super) fn weight_among(&self, text: &[char], letters: Letters) -> Option<usize> {
        let mut choices = self.choices.iter();
        if !self.needed.may_be_in(letters) || !choices.all(|choice| choice.may_share(letters)) {
            return None;
        }
        let last = match self.parts.first() {
            Some(Part::Start) => 0,
            _ => text.len(),
        };
        (0..=last)
            .filter(|&start| may_start(&self.parts, text, start))
            .filter_map(|start| along(&self.parts, text, start, &mut |_| Some(0)))
            .max()
    }
}

/// A pattern in a table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("expected a paired bracket, found `{unexpected}` in pattern {pattern}")]
pub struct PatternError {
    /// The pattern.
    pub pattern: String,
    /// The character that has no place there.
    pub unexpected: char,
}

/// The characters that a choice may begin with; `None` where a part is no choice, or one between
/// other things than characters.
fn beginnings(part: &Part) -> Option<Letters> {
    let Part::Either(choices) = part else {
        return None;
    };
    let first = |choice: &Vec<Part>| match choice.first() {
        Some(Part::Char(character)) => Some(*character),
        _ => None,
    };
    let characters: Option<Vec<char>> = choices.iter().map(first).collect();
    Some(Letters::of(&characters?))
}

type Characters<'s> = std::iter::Peekable<std::str::Chars<'s>>;

fn sequence(characters: &mut Characters<'_>, source: &str) -> Result<Vec<Part>, PatternError> {
    let mut parts = Vec::new();
    while let Some(&character) = characters.peek() {
        if character == '|' || character == ')' {
            break;
        }
        characters.next();
        parts.push(match character {
            '^' => Part::Start,
            '$' => Part::End,
            '*' => Part::Gap,
            '#' => Part::Year,
            '(' => choice(characters, source)?,
            other => Part::Char(other),
        });
    }
    Ok(parts)
}

fn choice(characters: &mut Characters<'_>, source: &str) -> Result<Part, PatternError> {
    let mut choices = vec![sequence(characters, source)?];
    while characters.next_if_eq(&'|').is_some() {
        choices.push(sequence(characters, source)?);
    }
    if characters.next_if_eq(&')').is_none() {
        return Err(PatternError {
            pattern: source.to_owned(),
            unexpected: '(',
        });
    }
    if characters.next_if_eq(&'?').is_some() {
        choices.push(Vec::new());
    }
    Ok(Part::Either(choices))
}

/// What is asked of the place that a part of a pattern ends at: the weight of the rest from there.
type Rest<'r> = dyn FnMut(usize) -> Option<usize> + 'r;

/// Whether the first of `parts` may stand at `at`: most places are ruled out by it.
fn may_start(parts: &[Part], text: &[char], at: usize) -> bool {
    match parts.first() {
        Some(Part::Char(expected)) => text.get(at) == Some(expected),
        Some(Part::Start) => at == 0,
        Some(Part::End) => at == text.len(),
        Some(Part::Either(choices)) => choices
            .iter()
            .any(|choice| choice.is_empty() || may_start(choice, text, at)),
        Some(Part::Gap | Part::Year) | None => true,
    }
}

/// The best weight of `parts` from `at`, and of what follows them.
fn along(parts: &[Part], text: &[char], at: usize, rest: &mut Rest<'_>) -> Option<usize> {
    let Some((part, following)) = parts.split_first() else {
        return rest(at);
    };
    let mut go_on = |at: usize| along(following, text, at, rest);
    match part {
        Part::Start => (at == 0).then(|| go_on(at)).flatten(),
        Part::End => (at == text.len()).then(|| go_on(at)).flatten(),
        Part::Char(expected) => {
            let weight = (text.get(at) == Some(expected)).then(|| go_on(at + 1));
            weight.flatten().map(|weight| weight + 1)
        }
        Part::Year => {
            let end = year_end(text, at)?;
            go_on(end).map(|weight| weight + 2)
        }
        Part::Gap => {
            let ends = gap_ends(text, at).filter(|&end| may_start(following, text, end));
            ends.filter_map(go_on).max()
        }
        Part::Either(choices) => choices
            .iter()
            .filter_map(|choice| along(choice, text, at, &mut go_on))
            .max(),
    }
}

fn gap_ends(text: &[char], at: usize) -> impl Iterator<Item = usize> {
    let clause = text[at..]
        .iter()
        .take(GAP)
        .take_while(|character| !matches!(character, '。' | '；' | ';' | '！' | '!' | '？' | '?'))
        .count();
    at..=at + clause
}

/// Where a year that starts here ends: 2024年, 2024年度, 二〇二四年, 今年, 明年.
fn year_end(text: &[char], at: usize) -> Option<usize> {
    let digits = text[at..]
        .iter()
        .take_while(|&&character| is_digit_of_year(character))
        .count();
    let word = match text.get(at) {
        Some('今' | '明' | '本') => 1,
        _ if digits == 4 => 4,
        _ => return None,
    };
    let end = at + word;
    if text.get(end) != Some(&'年') {
        return None;
    }
    Some(end + 1 + usize::from(text.get(end + 1) == Some(&'度')))
}

fn is_digit_of_year(character: char) -> bool {
    matches!(
        character,
        '0'..='9' | '〇' | '○' | '零' | '一' | '二' | '三' | '四' | '五'
    ) || matches!(character, '六' | '七' | '八' | '九')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(pattern: &str, text: &str) -> Option<usize> {
        let text: Vec<_> = text.chars().collect();
        Pattern::new(pattern).unwrap().weight(&text)
    }

    #[test]
    fn words_gaps_years_ends_and_choices_match() {
        assert_eq!(weight("下一步", "二下一步打算"), Some(3));
        assert_eq!(weight("^附则$", "附则"), Some(2));
        assert_eq!(weight("^附则$", "附则说明"), None);
        assert_eq!(
            weight("存在*(问题|不足)", "法治政府建设存在的不足"),
            Some(4)
        );
        assert_eq!(weight("#工作(总结)?$", "二〇二三年度工作"), Some(4));
        assert_eq!(weight("(一|二)?是$", "是"), Some(1));
    }

    #[test]
    fn a_gap_stays_within_its_clause() {
        assert_eq!(weight("存在*问题", "存在。解决问题"), None);
        assert_eq!(
            weight("存在*问题", "存在一二三四五六七八九十一二三四五问题"),
            None
        );
    }

    #[test]
    fn an_unpaired_bracket_is_an_error() {
        for pattern in ["(a|b", "a)", "a|b"] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
    }
}
