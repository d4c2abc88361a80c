//! What the page is like that text is written for.

/// The page that text is written for.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Columns of the terminal; `None` where lines are never wrapped (a file, a pipe).
    pub width: Option<usize>,
    /// Whether colours are understood.
    pub colour: Colour,
    /// How much of each paragraph is shown.
    pub extent: Extent,
    /// The Chinese name of a section role, by its English one.
    pub role_name: fn(&str) -> Option<&'static str>,
}

/// Whether colours are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text: what matched stands in 【】.
    Plain,
    /// ANSI escape sequences.
    Ansi,
}

/// How much of each paragraph is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The sentences around what matched.
    Excerpt,
    /// All of it.
    Whole,
}

impl Page {
    /// A page without colour, without an end to its lines, and without names for section roles.
    pub fn plain() -> Self {
        Self {
            width: None,
            colour: Colour::Plain,
            extent: Extent::Excerpt,
            role_name: |_| None,
        }
    }

    /// A section role as a person reads it: `举措成效`, or its English name where it has none.
    pub(super) fn role<'r>(&self, english: &'r str) -> &'r str {
        (self.role_name)(english).unwrap_or(english)
    }
}
