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
    /// A term, phrase or wildcard that must stand in one field (`title:`, `heading:`).
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
    /// All of these: two or more, none of them an `And`.
    And(Vec<Node>),
    /// Any of these: two or more, none of them an `Or`.
    Or(Vec<Node>),
    /// Not this; never a `Not` itself.
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

impl Query {
    /// The question that asks for some characters literally, whatever stands in them.
    ///
    /// ```
    /// use xianli::query::Query;
    /// assert_eq!(Query::literal("NOT 深圳").canonical(), "\"NOT 深圳\"");
    /// ```
    pub fn literal(text: &str) -> Self {
        let readable = text.chars().any(char::is_alphanumeric);
        Self {
            text: text.to_owned(),
            root: readable.then(|| Node::Phrase {
                text: text.trim().replace('"', ""),
                slop: None,
            }),
            notes: Vec::new(),
        }
    }
}

impl Node {
    /// All of some parts: flattened, one label twice as either, and the part itself where there is
    /// only one.
    pub(super) fn all(parts: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        joined(with_labels_joined(flat), Self::And)
    }

    /// Any of some parts: flattened, and the part itself where there is only one.
    pub(super) fn any(parts: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        joined(flat, Self::Or)
    }

    /// The opposite; of an opposite, the thing itself.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The field of a label that a paragraph has one value of at most.
    fn label(&self) -> Option<Field> {
        match self {
            Self::Label { field, .. } => Some(*field),
            Self::Year(_) => Some(Field("year")),
            _ => None,
        }
    }
}

fn joined(mut parts: Vec<Node>, whole: fn(Vec<Node>) -> Node) -> Option<Node> {
    if parts.len() > 1 {
        return Some(whole(parts));
    }
    parts.pop()
}

/// One label twice in a conjunction means either, where the first of them stands.
fn with_labels_joined(parts: Vec<Node>) -> Vec<Node> {
    let mut joined: Vec<(Option<Field>, Vec<Node>)> = Vec::with_capacity(parts.len());
    for part in parts {
        let label = part.label();
        match joined
            .iter_mut()
            .find(|(of, _)| label.is_some() && *of == label)
        {
            Some((_, nodes)) => nodes.push(part),
            None => joined.push((label, vec![part])),
        }
    }
    let parts = joined.into_iter();
    parts.filter_map(|(_, nodes)| Node::any(nodes)).collect()
}
