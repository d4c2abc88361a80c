//! Why a hit stands where it stands.

use tantivy::DocAddress;

use super::best::Rank;
use super::error::SearchError;
use super::ranking::{Context, Placed, kept};
use super::results::{Explanation, Hit, ScoreFactor, ScorePart, Tier};
use super::score::{ONE, Weighted};
use super::score_list::lists;
use super::segment::Segment;
use crate::document::LineKind;
use crate::index::IndexReader;

/// What a hit's score is made of.
pub(super) fn explanation(
    reader: &IndexReader,
    weighted: &[Weighted],
    placed: &Placed,
    kind: LineKind,
) -> Result<Explanation, SearchError> {
    let DocAddress {
        segment_ord,
        doc_id,
    } = placed.address;
    let segment = Segment::of(reader, segment_ord);
    let mut parts = Vec::new();
    let mut sum = 0;
    for mut list in lists(weighted, &segment, 1)? {
        if let Some(score) = list.score(doc_id) {
            sum += score;
            parts.push(ScorePart {
                view: list.weighted.view.name().to_owned(),
                token: list.weighted.token.clone(),
                score: shown(score),
            });
        }
    }
    parts.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut factors = Vec::new();
    let before = kept(kind, sum);
    if before != sum {
        factors.push(ScoreFactor {
            reason: "no running text".to_owned(),
            factor: shown(before) / shown(sum),
        });
    }
    let reason = match placed.context {
        Context::Nothing => None,
        Context::Neighbour => Some("another hit in the same document"),
        Context::Whole => Some("its document as a whole"),
    };
    if let Some(reason) = reason.filter(|_| before > 0) {
        factors.push(ScoreFactor {
            reason: reason.to_owned(),
            factor: shown(placed.rank.score) / shown(before),
        });
    }
    Ok(Explanation {
        parts,
        factors,
        above_next: None,
    })
}

/// Says of each hit why it stands above the next.
pub(super) fn compare(hits: &mut [Hit], ranks: &[Rank]) {
    for place in 1..hits.len() {
        let (above, below) = hits.split_at_mut(place);
        let reason = match (&above[place - 1], &below[0], ranks.get(place - 1..=place)) {
            (one, other, Some([first, second])) => reason(one, other, *first, *second),
            _ => continue,
        };
        if let Some(explanation) = &mut above[place - 1].explanation {
            explanation.above_next = Some(reason);
        }
    }
}

fn reason(one: &Hit, other: &Hit, first: Rank, second: Rank) -> String {
    if first.year != second.year {
        return "its year comes first".to_owned();
    }
    if first.class != second.class {
        let name = |tier: Tier| match tier {
            Tier::Exact => "exact",
            Tier::All => "all",
            Tier::Any => "any",
        };
        return format!(
            "tier {} comes before tier {}",
            name(one.tier),
            name(other.tier)
        );
    }
    if first.is_aligned != second.is_aligned {
        return "its match is a word, that of the next lies across two".to_owned();
    }
    if first.score == second.score {
        return "equal in score; in the order of ids".to_owned();
    }
    let most = widest(one, other);
    let most = most.map_or_else(String::new, |part| {
        format!(", most by `{}` in {}", part.token, part.view)
    });
    format!("{:.2} is more than {:.2}{most}", one.score, other.score)
}

/// The part by which one hit is ahead of the other the most.
fn widest<'h>(one: &'h Hit, other: &Hit) -> Option<&'h ScorePart> {
    let parts = |hit: &'h Hit| {
        hit.explanation
            .as_ref()
            .map(|explanation| &explanation.parts)
    };
    let others = other
        .explanation
        .as_ref()
        .map(|explanation| &explanation.parts);
    let ahead = |part: &ScorePart| {
        let same = |of: &&ScorePart| of.view == part.view && of.token == part.token;
        let other = others.and_then(|parts| parts.iter().find(same));
        part.score - other.map_or(0.0, |part| part.score)
    };
    parts(one)?
        .iter()
        .max_by(|a, b| ahead(a).total_cmp(&ahead(b)))
        .filter(|part| ahead(part) > 0.0)
}

#[expect(clippy::cast_precision_loss, reason = "a score shown needs no more")]
pub(super) fn shown(score: u32) -> f32 {
    score as f32 / ONE
}
