//! Who helps whom, and who is paired with whom: 对口帮扶, 东西部协作 … and places.
//!
//! Comes in: a paragraph and the place of the cue. Goes out: directed links, or pairings where the text
//! says no direction.

use std::ops::Range;

use crate::lexicon::{Region, cues};
use crate::search::Hit;

use super::links::{Link, LinkKind, clause_before, clause_behind, link, own, places_within};
use super::near::{last_of, tail};
use super::places::{Places, choose};

/// A对口帮扶B: the places on both sides, the author's own where one is not named. 与A、B对口合作 pairs with
/// each and says no direction, and so does A与B对口合作.
pub(super) fn helped(hit: &Hit, text: &str, cue: &Range<usize>) -> Vec<Link> {
    let year = hit.document.year;
    let before = clause_before(text, cue.start);
    let right = places_within(clause_behind(text, cue.end), 2, year);
    let right = right.map(|(places, _)| places).unwrap_or_default();
    let left = list_at_end(before, year);
    let chosen = |(_, regions): &(String, Vec<Region>)| choose(regions, &hit.document.region);
    let own = own(hit);
    // 与潮州帮扶协作和惠州产业协作 goes on with something else.
    let goes_on = text[cue.end..].starts_with(['和', '与', '及', '、']);
    let right = if goes_on { Vec::new() } else { right };
    let is_with = (left.with || left.joined) && right.is_empty();
    let pairs: Vec<(Option<Region>, Option<Region>)> = match (&left.places[..], &right[..]) {
        ([others @ .., last], []) if left.joined && !left.with => {
            others.iter().map(|a| (chosen(a), chosen(last))).collect()
        }
        (places, []) if is_with => places.iter().map(|place| (chosen(place), own)).collect(),
        ([a, b], []) if left.dashed => vec![(chosen(a), chosen(b))],
        (places, []) if left.toward => places.iter().map(|place| (own, chosen(place))).collect(),
        (places, []) => places.iter().map(|a| directed(chosen(a), own)).collect(),
        ([], places) => places.iter().map(|place| (own, chosen(place))).collect(),
        ([.., a], places) => places.iter().map(|b| (chosen(a), chosen(b))).collect(),
    };
    let kind = if is_with {
        LinkKind::Pairing
    } else {
        LinkKind::Help
    };
    pairs
        .into_iter()
        .filter_map(|(from, to)| Some((from?, to?)))
        .filter(|(from, to)| from != to && !from.is_in(*to) && !to.is_in(*from))
        .map(|(from, to)| link(hit, kind, cue, Ok(from), Some(to), None))
        .collect()
}

/// Who helps whom, where only the other is named: it helps the author, unless it lies where the
/// national programmes send help to.
fn directed(other: Option<Region>, own: Option<Region>) -> (Option<Region>, Option<Region>) {
    let receives = |region: Option<Region>| {
        region.is_some_and(|region| {
            region
                .path()
                .first()
                .is_some_and(|province| cues("receives_help").contains(province))
        })
    };
    if receives(other) && !receives(own) {
        (own, other)
    } else {
        (other, own)
    }
}

/// The places in a list that ends near the end of a clause: 与汕头、河源4市, 深圳-潮州数字政府建设.
struct ListAtEnd {
    places: Places,
    /// Whether 与, 同 or 和 stands before it.
    with: bool,
    /// Whether 与, 同 or 和 stands before its last place: 上海与六安.
    joined: bool,
    /// Whether 对, 向, 赴 or the like stands before it.
    toward: bool,
    /// Whether a dash stands between its two places.
    dashed: bool,
}

fn list_at_end(before: &str, year: Option<i32>) -> ListAtEnd {
    let mut list = ListAtEnd {
        places: Vec::new(),
        with: false,
        joined: false,
        toward: false,
        dashed: false,
    };
    let mut at = 0;
    while at < before.len() {
        let Some((places, end)) = places_within(&before[at..], 0, year) else {
            at += before[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let end_of_list = at + end;
        if before[end_of_list..].contains('、') {
            // 湛江—柳州协作、定点帮扶: what is done together is not what is done at the cue.
            at = end_of_list;
            continue;
        }
        list = ListAtEnd {
            with: before[..at].ends_with(['与', '同', '和', '跟']),
            joined: last_joined(&before[at..at + end], &places),
            toward: last_of(tail(&before[..at], 3), "help_toward").is_some(),
            dashed: before[at..at + end].contains(['-', '—', '－', '–']),
            places,
        };
        at += end;
    }
    list
}

/// Whether the last place of a list, as written, stands behind 与, 同 or 和, and no other does.
fn last_joined(list: &str, places: &Places) -> bool {
    let Some((last, _)) = places.last().filter(|_| places.len() > 1) else {
        return false;
    };
    let before = list.strip_suffix(last.as_str()).unwrap_or("");
    let joins = ['与', '同', '和'];
    before.ends_with(joins) && before.matches(joins).count() == 1
}
