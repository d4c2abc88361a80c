//! A [`Query`](crate::query::Query) to [`Results`]: plan, rank, highlight, facets.
//!
//! Comes in: a [`Request`] and an index. Goes out: [`Results`]. Holds no terminal code and reads no
//! clock: a page or an API can stand where `cli` stands.
//!
//! A question is tried from exact to loose. Each word or phrase of it is a *leaf*, and a paragraph
//! belongs to the first tier that takes it:
//!
//! - **exact**: every leaf stands literally in the paragraph's own text;
//! - **all**: every term of every leaf stands in the paragraph, its headings or its title. Terms are
//!   jieba's words without those that only hold a sentence together; single characters that stand
//!   side by side are one term; a phrase in quotes stays literal;
//! - **any**: at least one pair of characters of a term does. Opened by itself where the closer
//!   tiers found nothing, or where the question has four content words or more.
//!
//! Labels and filters must hold in every tier; what is excluded is excluded literally in every
//! tier. Ranking is by tier, then by score.

mod answer;
mod best;
mod bits;
mod cover;
mod docs;
mod documents;
mod error;
mod evaluation;
mod explain;
mod extent;
mod facets;
mod family;
mod feedback;
mod filters;
mod grouped;
mod hands;
mod highlight;
mod leaf;
mod lists;
mod literal;
mod nearest;
mod nothing;
mod page;
mod phrase;
mod plan;
mod postings;
mod ranking;
mod request;
mod results;
mod score;
mod score_list;
mod scope;
mod segment;
mod tiers;
mod top;
mod verify;
mod window;

pub use answer::search;
pub use error::SearchError;
pub use evaluation::{Evaluation, JudgementError, Judgements, Measures, Ranking, evaluate};
pub use facets::FACETS;
pub use request::{FacetRequest, Filters, Match, Request, Sort, Widening, Within};
pub use results::{
    Asked, Coverage, Elsewhere, Explanation, FacetNode, FacetValue, Facets, FamilyInAnswer,
    FilterEffect, Hit, LabelCount, Nothing, Results, ScoreFactor, ScorePart, Section, TermCount,
    Tier, Tiers, Total, WordCount,
};
