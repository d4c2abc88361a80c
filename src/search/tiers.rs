//! Which paragraphs of a segment answer a plan, tier by tier.
//!
//! Comes in: a clause and a tier. Goes out: sets of tantivy's document numbers. A label
//! holds or does not in every tier alike; so does a phrase; a word is literal in the first tier,
//! all its terms in the second, any of its pairs of characters in the third. What is excluded is
//! excluded literally, in every tier.

use tantivy::schema::Facet as FacetPath;
use tantivy::{DocAddress, Term};

use super::bits::Bits;
use super::docs::Docs;
use super::error::SearchError;
use super::leaf::{Leaf, Run, Shape};
use super::plan::{Clause, Label, Plan};
use super::results::Tier;
use super::segment::{Place, Segment};
use super::verify;
use crate::index::IndexReader;
use crate::query::YearRange;
use crate::text::Form;

/// Where characters stand side by side is found in so many times the time of a label.
const LABELS_SHARE: u32 = 4;

/// Where a word may stand in the second tier.
const ANYWHERE: [Place; 3] = [Place::Text, Place::Title, Place::Headings];

/// A plan on one segment.
#[derive(Clone, Copy)]
pub(super) struct Matching<'r> {
    pub(super) reader: &'r IndexReader,
    pub(super) segment: Segment<'r>,
    pub(super) plan: &'r Plan,
}

impl Matching<'_> {
    /// The paragraphs that answer the plan's root in a tier or a closer one, without its filters.
    pub(super) fn matches(&self, tier: Tier) -> Result<Docs, SearchError> {
        let found = match &self.plan.root {
            None => Docs::all_of(self.segment.docs()),
            Some(root) => self.clause(root, tier, None)?,
        };
        Ok(self.alive(found))
    }

    /// The paragraphs for which a clause holds in a tier; where `within` is given, only those of it.
    pub(super) fn clause(
        &self,
        clause: &Clause,
        tier: Tier,
        within: Option<&Docs>,
    ) -> Result<Docs, SearchError> {
        match clause {
            Clause::Leaf(place) => self.leaf(&self.plan.leaves[*place], tier, within),
            Clause::Label(label) => self.label(label, within),
            Clause::All(clauses) if tier == Tier::Any => self.some(clauses, within),
            Clause::All(clauses) => self.all(clauses, tier, within),
            Clause::Any(clauses) => {
                let sets = clauses
                    .iter()
                    .map(|clause| self.clause(clause, tier, within));
                let sets = sets.collect::<Result<Vec<_>, _>>()?;
                Ok(Docs::any_of(&self.segment.docs(), sets))
            }
            Clause::Not(clause) => {
                let from = within.cloned();
                let from = from.unwrap_or_else(|| Docs::all_of(self.segment.docs()));
                let excluded = self.clause(clause, Tier::Exact, Some(&from))?;
                Ok(from.without(&excluded))
            }
        }
    }

    pub(super) fn alive(&self, docs: Docs) -> Docs {
        match self.segment.reader.alive_bitset() {
            Some(alive) => docs.retain(|doc| alive.is_alive(doc)),
            None => docs,
        }
    }

    /// All clauses, the rarest first, exclusions last.
    fn all(
        &self,
        clauses: &[Clause],
        tier: Tier,
        within: Option<&Docs>,
    ) -> Result<Docs, SearchError> {
        let mut ordered = Vec::with_capacity(clauses.len());
        for clause in clauses {
            let share = match clause {
                Clause::Label(_) => LABELS_SHARE,
                _ => 1,
            };
            ordered.push((self.at_most(clause, tier)? / share, clause));
        }
        ordered.sort_by_key(|&(most, _)| most);
        let mut found: Option<Docs> = None;
        for (_, clause) in ordered {
            found = Some(self.clause(clause, tier, found.as_ref().or(within))?);
        }
        Ok(found.unwrap_or_default())
    }

    /// What every tier requires, and of the rest at least one.
    fn some(&self, clauses: &[Clause], within: Option<&Docs>) -> Result<Docs, SearchError> {
        let (required, rest): (Vec<&Clause>, Vec<&Clause>) = clauses
            .iter()
            .partition(|clause| self.plan.is_required(clause));
        let mut found = within.cloned();
        if !rest.is_empty() {
            let sets = rest
                .iter()
                .map(|clause| self.clause(clause, Tier::Any, within));
            let sets = sets.collect::<Result<Vec<_>, _>>()?;
            found = Some(Docs::any_of(&self.segment.docs(), sets));
        }
        for clause in required {
            found = Some(self.clause(clause, Tier::Any, found.as_ref())?);
        }
        Ok(found.unwrap_or_default())
    }

    /// About how many paragraphs hold the plan's root in the closer tiers: those that have the
    /// rarest of what it asks for.
    pub(super) fn about_how_many(&self) -> Result<u32, SearchError> {
        let root = self.plan.root.as_ref();
        let most = root.map(|root| self.at_most(root, Tier::All)).transpose()?;
        let all = self.segment.reader.max_doc();
        Ok(most.map_or(all, |most| most.min(all)))
    }

    /// At most how many paragraphs have a clause in their text, or a label; `u32::MAX` where that is
    /// not known cheaply.
    fn at_most(&self, clause: &Clause, tier: Tier) -> Result<u32, SearchError> {
        let place = match clause {
            Clause::Leaf(place) => place,
            Clause::All(clauses) => {
                let mut least = u32::MAX;
                for clause in clauses {
                    least = least.min(self.at_most(clause, tier)?);
                }
                return Ok(least);
            }
            Clause::Any(clauses) => {
                let mut together = 0_u32;
                for clause in clauses {
                    together = together.saturating_add(self.at_most(clause, tier)?);
                }
                return Ok(together);
            }
            Clause::Label(label) => return self.frequency(label),
            Clause::Not(_) => return Ok(u32::MAX),
        };
        let leaf = &self.plan.leaves[*place];
        let runs = if tier == Tier::Exact {
            &leaf.parts
        } else {
            leaf.loose()
        };
        let mut least = u32::MAX - 2;
        for run in runs {
            least = least.min(self.segment.at_most(Place::Text, &run.forms)?);
        }
        Ok(least)
    }

    fn leaf(&self, leaf: &Leaf, tier: Tier, within: Option<&Docs>) -> Result<Docs, SearchError> {
        match tier {
            Tier::Exact => self.literally(leaf, leaf.place.unwrap_or(Place::Text), within),
            Tier::All if leaf.terms.is_empty() => self.anywhere(leaf, within),
            Tier::All => self.terms(leaf, within),
            Tier::Any if leaf.is_required() => self.leaf(leaf, Tier::All, within),
            Tier::Any => self.pairs(leaf, within),
        }
    }

    /// The leaf as typed, in one place.
    fn literally(
        &self,
        leaf: &Leaf,
        place: Place,
        within: Option<&Docs>,
    ) -> Result<Docs, SearchError> {
        let is_all = within.is_none();
        let mut found: Option<Docs> = None;
        for part in &leaf.parts {
            let within = found.as_ref().or(within);
            found = Some(self.segment.literal(place, &part.forms, within)?);
        }
        let found = found.unwrap_or_default();
        if leaf.shape == Shape::Run && !leaf.parts.iter().any(|part| part.must_be_read(place)) {
            return Ok(found);
        }
        if place != Place::Text {
            return self.verified(leaf, place, &found);
        }
        if let Some(read) = leaf.read.of(&self.segment) {
            return Ok(found.both(&read));
        }
        let found = self.verified(leaf, place, &found)?;
        if is_all {
            leaf.read.keep(&self.segment, &found);
        }
        Ok(found)
    }

    /// The leaf as typed, in the text, the title or the headings.
    fn anywhere(&self, leaf: &Leaf, within: Option<&Docs>) -> Result<Docs, SearchError> {
        let places = places(leaf).iter();
        let found = places.map(|&place| self.literally(leaf, place, within));
        let found = found.collect::<Result<_, _>>()?;
        Ok(Docs::any_of(&self.segment.docs(), found))
    }

    /// The paragraphs that have the leaf as typed in their title or headings.
    pub(super) fn above(&self, leaf: &Leaf) -> Result<Docs, SearchError> {
        let titles = self.literally(leaf, Place::Title, None)?;
        let headings = self.literally(leaf, Place::Headings, None)?;
        Ok(self.alive(titles.either(headings)))
    }

    /// Every term of the leaf, each in the text, the title or the headings.
    fn terms(&self, leaf: &Leaf, within: Option<&Docs>) -> Result<Docs, SearchError> {
        let mut ordered = Vec::with_capacity(leaf.terms.len());
        for term in &leaf.terms {
            ordered.push((self.segment.at_most(Place::Text, &term.forms)?, term));
        }
        ordered.sort_by_key(|&(most, _)| most);
        let mut found: Option<Docs> = None;
        for (_, term) in ordered {
            let within = found.as_ref().or(within);
            let places = places(leaf).iter();
            let docs = places.map(|&place| self.segment.literal(place, &term.forms, within));
            let docs = docs.collect::<Result<_, _>>()?;
            found = Some(Docs::any_of(&self.segment.docs(), docs));
        }
        Ok(found.unwrap_or_default())
    }

    /// Any pair of characters of a term of the leaf; of a term of one character, that.
    fn pairs(&self, leaf: &Leaf, within: Option<&Docs>) -> Result<Docs, SearchError> {
        let mut seen: Vec<&[Form]> = Vec::new();
        let mut found = Bits::none_of(&self.segment.docs());
        for Run { forms, .. } in &leaf.terms {
            for pair in forms.windows(2.min(forms.len())) {
                if seen.contains(&pair) {
                    continue;
                }
                seen.push(pair);
                for &place in places(leaf) {
                    self.segment.add_literal(place, pair, within, &mut found)?;
                }
            }
        }
        Ok(Docs::of_bits(found))
    }

    /// Of some candidates, those whose text has the leaf as it is.
    fn verified(&self, leaf: &Leaf, place: Place, candidates: &Docs) -> Result<Docs, SearchError> {
        let mut found = Vec::new();
        for &doc in candidates.list().iter() {
            let address = DocAddress::new(self.segment.ordinal, doc);
            if verify::stands_in(leaf, place, address, self.reader)? {
                found.push(doc);
            }
        }
        Ok(Docs::List(found))
    }

    fn label(&self, label: &Label, within: Option<&Docs>) -> Result<Docs, SearchError> {
        if let Label::Part(place, run) = label {
            return self.segment.literal(*place, &run.forms, within);
        }
        let terms = self.terms_of(label)?.into_iter();
        let sets = terms.map(|term| Ok(Docs::List(self.segment.with_term(&term, within)?)));
        let sets = sets.collect::<Result<Vec<_>, SearchError>>()?;
        Ok(Docs::any_of(&self.segment.docs(), sets))
    }

    /// At most how many paragraphs have a label.
    fn frequency(&self, label: &Label) -> Result<u32, SearchError> {
        if let Label::Part(..) = label {
            return Ok(u32::MAX - 1);
        }
        let mut together = 0_u32;
        for term in self.terms_of(label)? {
            together = together.saturating_add(self.segment.frequency(&term)?);
        }
        Ok(together)
    }

    /// The terms of a label's field of which a paragraph with the label has one.
    fn terms_of(&self, label: &Label) -> Result<Vec<Term>, SearchError> {
        let fields = self.segment.fields;
        let (field, name) = match label {
            Label::Region(path) => {
                let path = FacetPath::from_path(path);
                return Ok(vec![Term::from_facet(fields.region, &path)]);
            }
            Label::Years(range) => return self.years(*range),
            Label::Part(..) => return Ok(Vec::new()),
            Label::Role(name) => (fields.role, name),
            Label::Status(name) => (fields.status, name),
            Label::Kind(name) => (fields.kind, name),
            Label::Level(name) => (fields.level, name),
            Label::Document(id) => (fields.id, id),
        };
        Ok(vec![Term::from_field_text(field, name)])
    }

    /// The years that the segment has and a range contains: they are few.
    fn years(&self, range: YearRange) -> Result<Vec<Term>, SearchError> {
        let field = self.segment.fields.year;
        let term = |year: i32| Term::from_field_i64(field, year.into());
        let (first, last) = (range.first.map(term), range.last.map(term));
        let bytes =
            |bound: &Option<Term>| bound.as_ref().map(|t| t.serialized_value_bytes().to_vec());
        let index = self.segment.reader.inverted_index(field)?;
        let mut years = index.terms().range();
        if let Some(first) = bytes(&first) {
            years = years.ge(first);
        }
        if let Some(last) = bytes(&last) {
            years = years.le(last);
        }
        let mut years = years.into_stream()?;
        let mut terms = Vec::new();
        while years.advance() {
            let mut term = Term::from_field_i64(field, 0);
            term.set_bytes(years.key());
            terms.push(term);
        }
        Ok(terms)
    }

    /// Of some paragraphs, those that every filter lets through but those of some facets.
    pub(super) fn filtered(
        &self,
        mut docs: Docs,
        ignored: &[super::plan::Facet],
    ) -> Result<Docs, SearchError> {
        for (facet, clause) in &self.plan.filters {
            if !ignored.contains(facet) {
                let of_facet = self.clause(clause, Tier::Exact, Some(&docs))?;
                docs = docs.both(&of_facet);
            }
        }
        Ok(docs)
    }
}

fn places(leaf: &Leaf) -> &[Place] {
    match &leaf.place {
        Some(place) => std::slice::from_ref(place),
        None => &ANYWHERE,
    }
}
