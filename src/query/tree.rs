//! The tree of a query: plain values.

/// A question, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The question as typed.
    pub text: String,
    /// Its tree; `None` where nothing is asked (an empty string, punctuation only).
    pub root: Option<Node>,
    /// What the user should know about how the question was read, a sentence each.
    pub notes: Vec<String>,
}

/// A part of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Characters that should stand in the text, widened to words and pairs by the planner.
    Term(String),
    /// Characters in quotes: they must stand there literally, in every tier.
    Phrase {
        /// The characters between the quotes.
        text: String,
        /// `"A B"~N`: the space-separated parts of `text` within N characters of each other.
        slop: Option<u32>,
    },
    /// A term with `*` inside: each `*` is up to a bounded number of characters.
    Wildcard(String),
    /// A term or phrase that must stand in one field (`title:`, `heading:`).
    InField {
        /// The field.
        field: Field,
        /// What must stand there.
        node: Box<Node>,
    },
    /// A label that must hold (`region:广东`, `section:plan`, `issuer:…`).
    Label {
        /// The field.
        field: Field,
        /// The value as typed.
        value: String,
    },
    /// `year:2019..2021`.
    Year(YearRange),
    /// All of these.
    And(Vec<Node>),
    /// Any of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

/// A field of `fields.toml`, by its English name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Field(pub &'static str);

/// Years from `first` to `last`, both included; `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct YearRange {
    /// The first year.
    pub first: Option<i32>,
    /// The last year.
    pub last: Option<i32>,
}
