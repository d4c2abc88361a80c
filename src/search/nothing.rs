//! Why nothing was found: a question cut into its terms with what stands where, what each filter
//! took away, what was perhaps meant, and what the corpus covers at all.

use std::collections::BTreeMap;

use super::answer::Answer;
use super::error::SearchError;
use super::hands::Hands;
use super::leaf::{Leaf, Run};
use super::nearest::{Unknown, nearest, words_near};
use super::plan::{Clause, Facet, Plan};
use super::results::{Coverage, FilterEffect, Nothing, TermCount, Tier, WordCount};
use crate::index::IndexReader;
use crate::tokenize::Cutter;

/// Explains why the closer tiers found nothing; and what is made of the answer meanwhile.
pub(super) fn nothing<O>(
    answer: &mut Answer<'_>,
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
            let alike = unknown.iter().map(|word| word.texts_alike(reader, cutter));
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
    let mut provinces: BTreeMap<String, ()> = BTreeMap::new();
    let mut years: Option<[i64; 2]> = None;
    for segment in reader.searcher().segment_readers() {
        let index = segment.inverted_index(reader.fields().region)?;
        let mut regions = index.terms().stream()?;
        while regions.advance() {
            // A facet is written as the names of its path, with a zero between two.
            let province = regions.key().split(|&byte| byte == 0).next();
            let province = province.and_then(|name| std::str::from_utf8(name).ok());
            if let Some(province) = province.filter(|name| !name.is_empty()) {
                provinces.insert(province.to_owned(), ());
            }
        }
        let column = segment.fast_fields().i64("year")?;
        if column.values.num_vals() > 0 {
            let [first, last] = years.unwrap_or([i64::MAX, i64::MIN]);
            years = Some([first.min(column.min_value()), last.max(column.max_value())]);
        }
    }
    let commit = reader.commit();
    let year = |year: i64| i32::try_from(year).unwrap_or(0);
    Ok(Coverage {
        documents: usize::try_from(commit.documents).unwrap_or(usize::MAX),
        paragraphs: usize::try_from(commit.paragraphs).unwrap_or(usize::MAX),
        regions: provinces.into_keys().collect(),
        years: years.map(|[first, last]| [year(first), year(last)]),
    })
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
