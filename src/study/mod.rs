//! Research questions over results: who did it first, where it stands in which year, who learned
//! from whom, what can be cited.
//!
//! Comes in: a corpus as the index holds it. Goes out: plain values in which every line carries its
//! evidence. What the corpus cannot say is said; nothing here is printed.

pub mod association;
mod citation;
mod claims;
mod collocates;
mod compare;
mod concordance;
mod corpus;
mod coverage;
mod dates;
mod elsewhere;
mod evidence;
pub mod figures;
mod indicators;
mod keyness;
mod level;
mod links;
mod near;
mod negation;
mod help;
mod occurrence;
mod pack;
mod passage;
mod places;
mod promises;
mod questions;
mod quote;
mod references;
mod report_pairs;
pub mod reuse;
mod scope;
mod stance;
mod statements;
mod subject;
mod surroundings;
pub mod terms;
mod timeline;
mod topic;
mod trend;
mod words;

pub use citation::{Citation, citation};
pub use claims::{Claim, ClaimKind, Verdict, claim_cues, claims, verify};
pub use collocates::{Collocate, CollocateOrder, Collocates, Window, collocates};
pub use compare::{Change, ChangeKind, Comparison, SectionComparison, compare};
pub use concordance::{ConcordanceLine, ConcordanceOrder, concordance};
pub use corpus::{Ask, Corpus};
pub use coverage::{Coverage, Covered, CoveredPlace, PanelRow, Place, coverage};
pub use dates::{DateKind, Dates, as_of};
pub use evidence::{Evidence, Source, evidence};
pub use indicators::{Indicator, Near, indicators};
pub use keyness::{Keyness, Keyword, Side, keyness};
pub use level::Rollup;
pub use links::{Link, LinkKind, link_cues, links};
pub use occurrence::Term;
pub use pack::{Pack, ask_pack, fingerprint};
pub use passage::Passage;
pub use promises::{Outcome, Promise, promises};
pub use questions::{
    ask_claims, ask_coverage, ask_links, ask_references, ask_timeline, ask_trend, labels_of,
};
pub use quote::Quote;
pub use references::{Reference, document_number, references};
pub use report_pairs::{ReportPair, report_pairs};
pub use stance::{Judgement, Setting, Stance, judge};
pub use surroundings::{Surroundings, quote_of, sentence_of, surroundings};
pub use timeline::{Basis, Row, Timeline, timeline};
pub use trend::{Cell, Point, Series, Trend, trend};
pub use words::{Cut, Word};
