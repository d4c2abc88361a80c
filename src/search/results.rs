//! The answer to a question, as values: the JSON of schema 1 is these structs, field by field.

use serde::{Deserialize, Serialize};

use crate::document::Metadata;

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Results {
    /// The version of this shape: 1.
    pub schema: u32,
    /// The question.
    pub query: Asked,
    /// Milliseconds from question to answer; filled by whoever has a clock.
    pub took_ms: f64,
    /// How much was found.
    pub total: Total,
    /// The page asked for, best first.
    pub hits: Vec<Hit>,
    /// The facets asked for; absent when none were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
    /// The reform families that the question names a label of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub families: Vec<FamilyInAnswer>,
    /// Why nothing was found; absent where the tiers exact and all found something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nothing: Option<Nothing>,
    /// Sentences for the user: how the question was read, what to try next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// The question, as typed and as understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// As typed.
    pub text: String,
    /// In canonical form, which parses to the same tree.
    pub canonical: String,
}

/// How much was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Total {
    /// Paragraphs over all tiers that answered.
    pub paragraphs: usize,
    /// Documents that they stand in.
    pub documents: usize,
    /// Paragraphs of each tier; a tier that was not tried has 0.
    pub tiers: Tiers,
}

/// Paragraphs of each tier. A paragraph counts in its best tier only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the tier of the same name")]
pub struct Tiers {
    pub exact: usize,
    pub all: usize,
    pub any: usize,
}

/// How closely a paragraph matches, best first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// The words as typed stand in the paragraph.
    #[default]
    Exact,
    /// All terms stand in the paragraph, its headings or its title.
    All,
    /// Some terms do.
    Any,
}

/// One paragraph of the answer.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Hit {
    /// `document/ordinal`.
    pub id: String,
    /// Comparable within one answer and one tier only.
    pub score: f32,
    /// How closely it matches.
    pub tier: Tier,
    /// The document that it stands in.
    pub document: Metadata,
    /// Where in the document.
    pub section: Section,
    /// The paragraph as written.
    pub text: String,
    /// What matched: half-open ranges of Unicode characters of `text`, in order, disjoint.
    pub highlights: Vec<[usize; 2]>,
    /// Whether the characters stand there only across the join of two words (立法 in 成立法治).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub across_words: bool,
    /// Where else the same paragraph stands, word for word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Elsewhere>,
    /// The labels of the question's reform families that stand in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// How it was ranked, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// How a hit was ranked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Explanation {
    /// What each token adds in each view, the most first.
    pub parts: Vec<ScorePart>,
    /// What the sum was multiplied by, and why.
    pub factors: Vec<ScoreFactor>,
    /// Why it stands above the next hit; `None` of the last one.
    pub above_next: Option<String>,
}

/// What a token adds to a score.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ScorePart {
    /// `words`, `characters`, `pairs`, `title` or `headings`.
    pub view: String,
    /// The token.
    pub token: String,
    /// What it adds.
    pub score: f32,
}

/// What a score is multiplied by.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ScoreFactor {
    /// Why.
    pub reason: String,
    /// By how much.
    pub factor: f32,
}

/// A reform family that the question names a label of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FamilyInAnswer {
    /// The label that names the family.
    pub name: String,
    /// The label in the question, as typed.
    pub asked: String,
    /// Every label of the family, in the order of the table.
    pub labels: Vec<LabelCount>,
}

/// A label with how often it stands in the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LabelCount {
    /// The label.
    pub label: String,
    /// Paragraphs that have it literally, under the filters of the question.
    pub paragraphs: usize,
}

/// Why the tiers exact and all found nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Nothing {
    /// How the question was cut, and what stands where, without filters.
    pub words: Vec<WordCount>,
    /// What each filter took away.
    pub filters: Vec<FilterEffect>,
    /// Paragraphs without any filter.
    pub paragraphs_unfiltered: usize,
    /// What was perhaps meant: words and runs of characters that stand in the corpus, nearest first.
    pub nearest: Vec<String>,
    /// What the corpus covers at all.
    pub coverage: Coverage,
}

/// A word or phrase of a question.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WordCount {
    /// As typed.
    pub text: String,
    /// Paragraphs that have it literally.
    pub paragraphs: usize,
    /// The terms that it was cut into; none where it is literal in every tier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermCount>,
}

/// A term of a word.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TermCount {
    /// The term, folded.
    pub term: String,
    /// Paragraphs whose text has it.
    pub paragraphs: usize,
}

/// What a filter took away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FilterEffect {
    /// `region`, `year`, `section`, `status`, `kind` or `issuer`.
    pub filter: String,
    /// Paragraphs that would answer without it, under all other filters.
    pub paragraphs_without: usize,
}

/// What a corpus covers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// Its documents.
    pub documents: usize,
    /// Its paragraphs.
    pub paragraphs: usize,
    /// The provinces that it has documents of.
    pub regions: Vec<String>,
    /// The first and the last year of its documents.
    pub years: Option<[i32; 2]>,
}

/// Another place of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Elsewhere {
    /// `document/ordinal`.
    pub id: String,
    /// The title of the document.
    pub title: String,
    /// The region of the document: full names from the province down.
    pub region: Vec<String>,
    /// The year of the document.
    pub year: Option<i32>,
}

/// Where in its document a paragraph stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    /// The headings above it, outermost first.
    pub path: Vec<String>,
    /// The section role by its English name; `None` for titles and header lines.
    pub role: Option<String>,
}

/// The facets asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facets {
    /// Regions as a tree from the provinces down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Vec<FacetNode>>,
    /// Years, latest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<Vec<FacetValue<i32>>>,
    /// Section roles, in the order of `sections.toml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Vec<FacetValue<String>>>,
    /// Validity, most paragraphs first; documents that state none are not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Vec<FacetValue<String>>>,
    /// Kinds of document, most paragraphs first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Vec<FacetValue<String>>>,
}

/// A region with its counts: its own paragraphs and those of its children.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetNode {
    /// Full names from the province down.
    pub path: Vec<String>,
    /// Documents at or below it.
    pub documents: usize,
    /// Paragraphs at or below it.
    pub paragraphs: usize,
    /// The regions below it that have any, most paragraphs first.
    pub children: Vec<FacetNode>,
}

/// A facet value with its counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue<T> {
    /// The value.
    pub value: T,
    /// Documents that have it.
    pub documents: usize,
    /// Paragraphs that have it.
    pub paragraphs: usize,
}
