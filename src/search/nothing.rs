//! Why nothing was found: a question cut into its terms with what stands where, what each filter
//! took away, what was perhaps meant, and what the corpus covers at all.

use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::schema::Field;
use tantivy::termdict::TermDictionary;

use super::answer::Answer;
use super::error::SearchError;
use super::hands::Hands;
use super::leaf::{Leaf, Run};
use super::nearest::{Unknown, nearest, words_near};
use super::plan::{Clause, Facet, Plan};
use super::results::{Coverage, FilterEffect, Nothing, TermCount, Tier, WordCount};
use super::score::Weighted;
use crate::index::IndexReader;
use crate::tokenize::Cutter;

/// Explains why the closer tiers found nothing; and what is made of the answer meanwhile.
pub(super) fn nothing<O>(
    answer: &mut Answer<'_>,
    weighted: &[Weighted],
    cutter: &Cutter,
    helpers: Hands,
    meanwhile: impl FnOnce(&Answer<'_>) -> O,
) -> Result<(O, Nothing), SearchError> {
    let mut words = Vec::new();
    for leaf in answer.plan.wanted() {
        words.push(word(answer, leaf)?);
    }
    let reader = answer.reader;
    let mut unknown = Vec::new();
    for word in &words {
        unknown.extend(Unknown::of(reader, word)?);
    }
    let helpers = match unknown.iter().any(Unknown::is_walked_for) {
        true => {
            // To walk the dictionary takes as long as everything else.
            answer.hands = Hands::ONE;
            helpers
        }
        false => Hands::ONE,
    };
    let answer = &*answer;
    let (near, others) = helpers.beside(
        || {
            let near = unknown.iter().map(|word| words_near(reader, word));
            near.collect::<Result<Vec<_>, SearchError>>()
        },
        || {
            let made = meanwhile(answer);
            let alike = unknown
                .iter()
                .map(|word| word.texts_alike(answer, weighted, cutter));
            let alike: Result<Vec<_>, SearchError> = alike.collect();
            let unfiltered = answer.count_without(&Facet::ALL)?;
            let told = (alike?, unfiltered, filters(answer)?, coverage(reader)?);
            Ok::<_, SearchError>((made, told))
        },
    );
    let (made, (alike, paragraphs_unfiltered, filters, coverage)) = others?;
    let nothing = Nothing {
        paragraphs_unfiltered,
        nearest: nearest(&unknown, &alike, &near?),
        coverage,
        words,
        filters,
    };
    Ok((made, nothing))
}

/// What each filter took away.
fn filters(answer: &Answer<'_>) -> Result<Vec<FilterEffect>, SearchError> {
    let mut filters: Vec<FilterEffect> = Vec::new();
    for (facet, _) in &answer.plan.filters {
        if filters.iter().any(|effect| effect.filter == facet.name()) {
            continue;
        }
        filters.push(FilterEffect {
            filter: facet.name().to_owned(),
            paragraphs_without: answer.count_without(&[*facet])?,
        });
    }
    Ok(filters)
}

fn word(answer: &Answer<'_>, leaf: &Leaf) -> Result<WordCount, SearchError> {
    let count = |run: &Run, answer: &Answer<'_>| {
        let plan = Plan {
            root: Some(Clause::Leaf(0)),
            leaves: vec![Leaf {
                parts: vec![run.clone()],
                ..Leaf::phrase(&leaf.text)
            }],
            filters: Vec::new(),
        };
        answer.count_of(&plan)
    };
    let whole = Plan {
        root: Some(Clause::Leaf(0)),
        leaves: vec![leaf.clone()],
        filters: Vec::new(),
    };
    let mut terms = Vec::with_capacity(leaf.terms.len());
    for run in &leaf.terms {
        terms.push(TermCount {
            term: run.tokens.concat(),
            paragraphs: count(run, answer)?,
        });
    }
    Ok(WordCount {
        text: leaf.text.clone(),
        paragraphs: answer.count_of(&whole)?,
        terms,
    })
}

/// What the corpus covers.
pub(super) fn coverage(reader: &IndexReader) -> Result<Coverage, SearchError> {
    let mut provinces = BTreeSet::new();
    let mut years = BTreeSet::new();
    for segment in reader.searcher().segment_readers() {
        let regions = segment.inverted_index(reader.fields().region)?;
        add_provinces(regions.terms(), &mut provinces)?;
        let stated = segment.inverted_index(reader.fields().year)?;
        add_years(stated.terms(), reader.fields().year, &mut years)?;
    }
    let commit = reader.commit();
    Ok(Coverage {
        documents: usize::try_from(commit.documents).unwrap_or(usize::MAX),
        paragraphs: usize::try_from(commit.paragraphs).unwrap_or(usize::MAX),
        regions: provinces.into_iter().collect(),
        years: years
            .first()
            .zip(years.last())
            .map(|(&first, &last)| [first, last]),
    })
}

/// Adds the first names of all regions. One is looked up behind the other: what is part of a province
/// is not gone through.
fn add_provinces(
    regions: &TermDictionary,
    provinces: &mut BTreeSet<String>,
) -> Result<(), SearchError> {
    let mut from = Vec::new();
    loop {
        let mut next = regions.range().ge(&from).into_stream()?;
        if !next.advance() {
            return Ok(());
        }
        // A facet is written as the names of its path, with a zero between two.
        let province = next.key().split(|&byte| byte == 0).next();
        let province = province.unwrap_or_default();
        from = [province, &[1]].concat();
        if let Some(name) = std::str::from_utf8(province)
            .ok()
            .filter(|name| !name.is_empty())
        {
            provinces.insert(name.to_owned());
        }
    }
}

fn add_years(
    stated: &TermDictionary,
    field: Field,
    years: &mut BTreeSet<i32>,
) -> Result<(), SearchError> {
    let mut term = Term::from_field_i64(field, 0);
    let mut stated = stated.stream()?;
    while stated.advance() {
        term.set_bytes(stated.key());
        years.extend(
            term.value()
                .as_i64()
                .and_then(|year| i32::try_from(year).ok()),
        );
    }
    Ok(())
}

impl Answer<'_> {
    /// How many paragraphs the tiers exact and all have without the filters of some facets.
    fn count_without(&self, facets: &[Facet]) -> Result<usize, SearchError> {
        let mut count = 0;
        for matching in self.matchings() {
            let docs = super::scope::matches(matching, Tier::All, self.within)?;
            count += matching.filtered(docs, facets)?.len();
        }
        Ok(count)
    }
}
