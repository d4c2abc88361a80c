//! Whether a clause speaks of what other places do: 杭州、深圳等地已推行容缺受理.
//!
//! Comes in: what stands around a term, and the region of the document. Goes out: the words that name
//! the others. A partner (与长沙互认) is no other place, and neither is what lies in the author's own region or
//! above it.

use crate::lexicon::Region;

use super::near::{first_of, head, last_of, starts_with, tail};
use super::places::{choose, list_at};
use super::surroundings::Surroundings;

/// How much of the words that name others is shown, in characters.
const SHOWN: usize = 10;
/// How far behind a term that stands right behind a place its 经验 or 做法 may stand.
const EXPERIENCE_REACH: usize = 6;

/// The words that say that a clause speaks of others than the document of `region`.
pub(super) fn elsewhere(
    around: &Surroundings,
    region: &[String],
    year: Option<i32>,
) -> Option<String> {
    other_places(around, region, year).or_else(|| places_without_name(around))
}

/// 杭州、深圳等地已推行…: places at the beginning of the clause, none of them the author's.
fn other_places(around: &Surroundings, region: &[String], year: Option<i32>) -> Option<String> {
    if region.is_empty() {
        return None;
    }
    let clause = without_lead_in(&around.before);
    let (places, end) = list_at(clause, year)?;
    let is_other = |regions: &[Region]| {
        choose(regions, region).is_some_and(|place| {
            let path = place.path();
            let shared = path.iter().zip(region).take_while(|(a, b)| *a == b).count();
            shared < path.len().min(region.len())
        })
    };
    if !places.iter().all(|(_, regions)| is_other(regions)) {
        return None;
    }
    let rest = &clause[end..];
    let and_more = starts_with(rest, "and_others").unwrap_or("");
    let rest = &rest[and_more.len()..];
    let next = if rest.is_empty() { &around.after } else { rest };
    let acts = starts_with(next, "acts").is_some() || (!and_more.is_empty() && !rest.is_empty());
    let shows = rest.trim_start_matches('的').is_empty()
        && first_of(head(&around.after, EXPERIENCE_REACH), "experience").is_some();
    let together = first_of(rest, "together").is_some();
    ((acts || shows) && !together).then(|| head(&clause[..end + and_more.len()], SHOWN).to_owned())
}

/// 先进地区已推行…: others without their names.
fn places_without_name(around: &Surroundings) -> Option<String> {
    let word = last_of(&around.before, "others")?;
    let at = around.before.rfind(word)?;
    let rest = &around.before[at + word.len()..];
    let and_more = starts_with(rest, "and_others").unwrap_or("");
    let before = tail(&around.before[..at], 4);
    let is_partner = last_of(before, "toward").is_some();
    (!is_partner && starts_with(&rest[and_more.len()..], "acts").is_some()).then(|| word.to_owned())
}

/// A clause without the words that lead to its subject: 目前, 比如, 近年来.
fn without_lead_in(clause: &str) -> &str {
    let mut rest = clause;
    while let Some(word) = starts_with(rest, "lead_in") {
        rest = &rest[word.len()..];
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::super::surroundings::surroundings;
    use super::*;

    fn of(text: &str, region: &[&str]) -> Option<String> {
        let region: Vec<String> = region.iter().map(|&name| name.to_owned()).collect();
        let start = text.find("免申即享").expect("the term stands there");
        elsewhere(
            &surroundings(text, &(start..start + 12)),
            &region,
            Some(2022),
        )
    }

    const CHANGSHA: &[&str] = &["湖南省", "长沙市"];

    #[test]
    fn what_other_places_do_is_told_from_what_the_author_does() {
        assert_eq!(
            of("目前，杭州、深圳等地已推行免申即享。", CHANGSHA).as_deref(),
            Some("杭州、深圳等地")
        );
        assert_eq!(
            of("深圳率先推行免申即享。", CHANGSHA).as_deref(),
            Some("深圳")
        );
        assert_eq!(
            of("比如合肥“免申即享”的做法。", CHANGSHA).as_deref(),
            Some("合肥")
        );
        assert_eq!(
            of("先进地区均已推行免申即享。", CHANGSHA).as_deref(),
            Some("先进地区")
        );
        for text in [
            "长沙率先推行免申即享。",
            "雨花区率先推行免申即享。",
            "湖南省推行免申即享。",
            "与深圳等地联合推行免申即享。",
            "深圳等地企业在我市享受免申即享。",
            "对标先进地区推行免申即享。",
            "深圳路社区推行免申即享。",
        ] {
            assert_eq!(of(text, CHANGSHA), None, "{text}");
        }
        assert_eq!(of("深圳率先推行免申即享。", &[]), None);
    }
}
