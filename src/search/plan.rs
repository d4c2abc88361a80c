//! A [`Query`] and its [`Filters`] to what the index is asked.
//!
//! Comes in: a tree of characters. Goes out: a tree of the same form over leaves that are cut into
//! units and terms, and over labels that are looked up. Does not see the index.

use crate::document::Status;
use crate::lexicon::{Kind, Region, Role};
use crate::query::{Node, Query, YearRange};
use crate::tokenize::Cutter;

use super::leaf::{Leaf, Run, Shape};
use super::request::Filters;
use super::segment::Place;

/// From so many content words on, a question is a sentence.
const SENTENCE: usize = 4;

/// What the index is asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// `None` where every paragraph is asked for.
    pub(super) root: Option<Clause>,
    /// The words and phrases that clauses name by place.
    pub(super) leaves: Vec<Leaf>,
    /// What every hit must be, besides, each by the facet that it narrows.
    pub(super) filters: Vec<(Facet, Clause)>,
}

/// A facet that a filter narrows; its own counts ignore the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facet {
    Region,
    Year,
    Section,
    Status,
    Kind,
    Issuer,
}

impl Facet {
    pub(super) const ALL: [Self; 6] = [
        Self::Region,
        Self::Year,
        Self::Section,
        Self::Status,
        Self::Kind,
        Self::Issuer,
    ];

    /// The name of its filter.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Year => "year",
            Self::Section => "section",
            Self::Status => "status",
            Self::Kind => "kind",
            Self::Issuer => "issuer",
        }
    }
}

/// A condition on a paragraph.
#[derive(Debug, Clone)]
pub(super) enum Clause {
    /// [`Plan::leaves`], by place.
    Leaf(usize),
    Label(Label),
    All(Vec<Clause>),
    Any(Vec<Clause>),
    Not(Box<Clause>),
}

/// A label that holds or does not, in every tier alike.
#[derive(Debug, Clone)]
pub(super) enum Label {
    /// Full names from the province down.
    Region(Vec<String>),
    Years(YearRange),
    Role(String),
    Status(String),
    Kind(String),
    Level(String),
    Document(String),
    /// Units side by side in a short field.
    Part(Place, Run),
}

impl Plan {
    /// Plans a question.
    pub(super) fn of(query: &Query, filters: &Filters, cutter: &Cutter) -> Self {
        let mut plan = Self::default();
        let lowering = &mut Lowering {
            leaves: &mut plan.leaves,
            cutter,
            excluded: false,
        };
        plan.root = query.root.as_ref().map(|root| lowering.clause(root));
        plan.filters = filter_clauses(filters);
        plan
    }

    /// The leaves that a hit should have.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &Leaf> {
        self.leaves.iter().filter(|leaf| !leaf.excluded)
    }

    /// The one word or phrase that is asked for.
    pub(super) fn only_leaf(&self) -> Option<&Leaf> {
        match &self.root {
            Some(Clause::Leaf(place)) => Some(&self.leaves[*place]),
            _ => None,
        }
    }

    /// The same, where its terms are the whole of it: what stands in a text in the second tier then
    /// stands there in the first.
    pub(super) fn only_run(&self) -> Option<&Leaf> {
        let leaf = self.only_leaf()?;
        let [part] = &leaf.parts[..] else {
            return None;
        };
        let is_whole = leaf.terms.is_empty() || leaf.terms == [part.clone()];
        (is_whole
            && leaf.place.is_none()
            && leaf.shape == Shape::Run
            && !part.must_be_read(Place::Text))
        .then_some(leaf)
    }

    /// Whether it is asked in a sentence, not in key words: it has a word like 怎么办, or many
    /// content words. No text is expected to have all of them, and one that has them apart says no
    /// more than one that has most of them side by side.
    pub(super) fn is_sentence(&self) -> bool {
        let words: usize = self.wanted().map(|leaf| leaf.terms.len()).sum();
        words >= SENTENCE || (words > 1 && self.wanted().any(|leaf| leaf.asks))
    }

    /// Whether a clause holds or not in every tier alike: labels, phrases, words in one field.
    pub(super) fn is_required(&self, clause: &Clause) -> bool {
        match clause {
            Clause::Leaf(place) => self.leaves[*place].is_required(),
            Clause::Label(_) => true,
            Clause::All(clauses) | Clause::Any(clauses) => {
                clauses.iter().all(|clause| self.is_required(clause))
            }
            Clause::Not(_) => true,
        }
    }
}

struct Lowering<'p> {
    leaves: &'p mut Vec<Leaf>,
    cutter: &'p Cutter,
    /// Whether an odd number of `NOT` stands above.
    excluded: bool,
}

impl Lowering<'_> {
    fn clause(&mut self, node: &Node) -> Clause {
        match node {
            Node::And(nodes) => Clause::All(self.clauses(nodes)),
            Node::Or(nodes) => Clause::Any(self.clauses(nodes)),
            Node::Not(node) => {
                self.excluded = !self.excluded;
                let clause = self.clause(node);
                self.excluded = !self.excluded;
                Clause::Not(Box::new(clause))
            }
            Node::Label { field, value } => label(field.0, value),
            Node::Year(range) => Clause::Label(Label::Years(*range)),
            Node::InField { field, node } => {
                let clause = self.clause(node);
                if let (Clause::Leaf(leaf), Some(place)) = (&clause, place_of(field.0)) {
                    self.leaves[*leaf].place = Some(place);
                }
                clause
            }
            Node::Term(text) => self.leaf(Leaf::term(text, self.cutter)),
            Node::Phrase { text, slop } => self.leaf(match slop {
                Some(slop) if text.split_whitespace().nth(1).is_some() => Leaf::near(text, *slop),
                _ => Leaf::phrase(text),
            }),
            Node::Wildcard(text) => self.leaf(Leaf::wildcard(text)),
        }
    }

    fn clauses(&mut self, nodes: &[Node]) -> Vec<Clause> {
        nodes.iter().map(|node| self.clause(node)).collect()
    }

    fn leaf(&mut self, mut leaf: Leaf) -> Clause {
        leaf.excluded = self.excluded;
        self.leaves.push(leaf);
        Clause::Leaf(self.leaves.len() - 1)
    }
}

fn place_of(field: &str) -> Option<Place> {
    match field {
        "text" => Some(Place::Text),
        "title" => Some(Place::Title),
        "heading" => Some(Place::Headings),
        "issuer" => Some(Place::Issuer),
        "number" => Some(Place::Number),
        _ => None,
    }
}

/// A label of the query language.
fn label(field: &str, value: &str) -> Clause {
    let value = value.trim();
    match field {
        "region" => any(region_paths(value).into_iter().map(Label::Region)),
        "section" => {
            let name = Role::find(value).map_or(value, |role| role.name());
            Clause::Label(Label::Role(name.to_owned()))
        }
        "status" => {
            let named = |status: &&Status| status.name() == value || status.chinese() == value;
            let status = Status::ALL.iter().find(named);
            let name = status.map_or(value, |status| status.name());
            Clause::Label(Label::Status(name.to_owned()))
        }
        "kind" => {
            let name = Kind::find(value).map_or(value, |kind| kind.name);
            Clause::Label(Label::Kind(name.to_owned()))
        }
        "level" => Clause::Label(Label::Level(value.to_owned())),
        "id" => Clause::Label(Label::Document(value.to_owned())),
        "issuer" => Clause::Label(Label::Part(Place::Issuer, Run::of(value))),
        _ => Clause::Label(Label::Part(Place::Number, Run::of(value))),
    }
}

/// Every region of a name, each from the province down: as it lies today, and as it lay before.
pub(super) fn region_paths(name: &str) -> Vec<Vec<String>> {
    let mut paths: Vec<Vec<String>> = Vec::new();
    let mut add = |path: Vec<&str>| {
        let path: Vec<String> = path.into_iter().map(str::to_owned).collect();
        if !path.is_empty() && !paths.contains(&path) {
            paths.push(path);
        }
    };
    for region in Region::find(name) {
        add(region.path());
        add(region.path_in(Some(region.first())));
    }
    paths
}

fn filter_clauses(filters: &Filters) -> Vec<(Facet, Clause)> {
    let mut clauses = Vec::new();
    let mut add = |facet, labels: Vec<Label>| {
        if !labels.is_empty() {
            clauses.push((facet, any(labels)));
        }
    };
    let regions = filters.regions.iter().cloned();
    add(Facet::Region, regions.map(Label::Region).collect());
    let years = filters.years.iter().copied();
    add(Facet::Year, years.map(Label::Years).collect());
    let roles = filters.sections.iter().map(|role| role.name().to_owned());
    add(Facet::Section, roles.map(Label::Role).collect());
    let issuers = filters.issuers.iter().map(|issuer| Run::of(issuer));
    let issuers = issuers.map(|run| Label::Part(Place::Issuer, run));
    add(Facet::Issuer, issuers.collect());
    let statuses = filters
        .statuses
        .iter()
        .map(|status| status.name().to_owned());
    add(Facet::Status, statuses.map(Label::Status).collect());
    let kinds = filters.kinds.iter().cloned();
    add(Facet::Kind, kinds.map(Label::Kind).collect());
    clauses
}

fn any(labels: impl IntoIterator<Item = Label>) -> Clause {
    let mut clauses: Vec<Clause> = labels.into_iter().map(Clause::Label).collect();
    match clauses.pop() {
        Some(only) if clauses.is_empty() => only,
        Some(last) => {
            clauses.push(last);
            Clause::Any(clauses)
        }
        None => Clause::Any(clauses),
    }
}
