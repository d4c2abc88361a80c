//! Claims to be first (率先, 首创, 全省之最 …), each with its scope, held against the corpus.
//!
//! Comes in: paragraphs with a word of claiming, and for each reform that is claimed the evidence
//! of the corpus. Goes out: [`Claim`]s that say what stands against them within their scope, what
//! is of the same year, or that nothing earlier is known, which is no proof.

use std::ops::Range;

use serde::Serialize;

use crate::lexicon::{Family, cues};
use crate::search::Hit;
use crate::text::{Form, fold};

use super::coverage::Coverage;
use super::dates::DateKind;
use super::elsewhere::elsewhere;
use super::evidence::{Evidence, Source, dates_of, forms, setting_of};
use super::near::{last_of, tail};
use super::scope::{Claimant, scope};
use super::stance::{Stance, judge};
use super::subject::{before_the_clause, subject};
use super::surroundings::{Surroundings, quote_of, surroundings};

/// A claim to be first, best or only.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claim {
    /// The word that claims: 率先.
    pub cue: String,
    /// What it claims.
    pub kind: ClaimKind,
    /// The word of its scope, as written: 全省. `None` where the text states none.
    pub scope_word: Option<String>,
    /// The region that the scope means, full names; empty for the whole country and beyond.
    pub scope: Option<Vec<String>>,
    /// Among whom of the scope, where not among all: 副省级城市.
    pub limit: Option<String>,
    /// Whether it is claimed of what was done, is an aim, or is said of others.
    pub stance: Stance,
    /// What is claimed, as far as it can be compared: a reform label or a quoted name.
    pub subject: Option<String>,
    /// The sentence, as written.
    pub quote: String,
    /// The year of the document.
    pub year: Option<i32>,
    /// The kind of date that `year` was taken from.
    pub dated_by: Option<DateKind>,
    /// The paragraph.
    pub id: String,
    /// The document.
    pub document: Source,
    /// What the corpus says of it.
    pub verdict: Verdict,
}

/// What a word claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// To be the first: 率先, 首创, 首个.
    First,
    /// To be the only one: 唯一.
    Only,
    /// To be one of the first few: 首批.
    Batch,
    /// To be the largest, best or most: 第一, 之最.
    Rank,
}

impl ClaimKind {
    /// Every kind with the name of its cues.
    const CUES: [(Self, &'static str); 4] = [
        (Self::First, "claim_first"),
        (Self::Only, "claim_only"),
        (Self::Batch, "claim_batch"),
        (Self::Rank, "claim_rank"),
    ];

    /// The name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Only => "only",
            Self::Batch => "batch",
            Self::Rank => "rank",
        }
    }
}

/// What the corpus says of a claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// The text does not say of what, within what, or when.
    NotComparable {
        /// What is missing.
        missing: &'static str,
    },
    /// Someone else within the scope did it in an earlier year.
    Earlier {
        /// The evidence, the earliest first, one for each place.
        evidence: Vec<Evidence>,
    },
    /// Someone else within the scope did it in the same year.
    SameYear {
        /// The evidence, one for each place.
        evidence: Vec<Evidence>,
    },
    /// Nothing earlier within the scope: the corpus does not contradict it, and does not prove it.
    NothingEarlier {
        /// Documents of other places within the scope from earlier years.
        documents_before: usize,
    },
}

/// The claims of paragraphs, not yet held against anything.
pub fn claims(hits: &[Hit], families: &[Family]) -> Vec<Claim> {
    let labels: Vec<(&str, Vec<Form>)> = families
        .iter()
        .flat_map(|family| &family.labels)
        .map(|label| (label.as_str(), forms(label)))
        .collect();
    hits.iter().flat_map(|hit| of_hit(hit, &labels)).collect()
}

/// The words by which the paragraphs are found.
pub fn claim_cues() -> impl Iterator<Item = &'static str> {
    ClaimKind::CUES
        .into_iter()
        .flat_map(|(_, name)| cues(name))
        .copied()
}

/// Holds a claim against evidence for its subject.
pub fn verify(claim: &mut Claim, evidence: &[Evidence], coverage: &Coverage) {
    let missing = missing(claim);
    let (Some(scope), Some(year), None) = (&claim.scope, claim.year, missing) else {
        let missing = missing.unwrap_or("the text states no scope");
        claim.verdict = Verdict::NotComparable { missing };
        return;
    };
    let rivals = |wanted: fn(i32, i32) -> bool| -> Vec<Evidence> {
        let mut rivals: Vec<Evidence> = evidence
            .iter()
            .filter(|piece| piece.stance == Stance::Done && !piece.document.region.is_empty())
            .filter(|piece| piece.year.is_some_and(|other| wanted(other, year)))
            .filter(|piece| piece.document.region.starts_with(scope))
            .filter(|piece| !is_same_place(&piece.document.region, &claim.document.region))
            .cloned()
            .collect();
        rivals.sort_by_key(|piece| (piece.year, piece.document.region.clone(), piece.is_heading));
        rivals.dedup_by(|a, b| a.document.region == b.document.region);
        rivals
    };
    let (earlier, same) = (rivals(|a, b| a < b), rivals(|a, b| a == b));
    claim.verdict = if !earlier.is_empty() {
        Verdict::Earlier { evidence: earlier }
    } else if !same.is_empty() {
        Verdict::SameYear { evidence: same }
    } else {
        Verdict::NothingEarlier {
            documents_before: documents_before(coverage, scope, year, &claim.document.region),
        }
    };
}

/// Why a claim cannot be held against evidence.
fn missing(claim: &Claim) -> Option<&'static str> {
    match (&claim.subject, &claim.scope, claim.year) {
        _ if claim.stance == Stance::Planned => Some("it is an aim, not a claim"),
        _ if claim.stance == Stance::Mention => Some("it is said of another place"),
        _ if claim.kind == ClaimKind::Batch => Some("a first batch has several members"),
        _ if claim.kind == ClaimKind::Rank => Some("a rank is no adoption"),
        (None, ..) => Some("what is claimed has no name that can be looked up"),
        (_, None, _) if claim.scope_word.is_some() => Some("its scope is no region"),
        (_, None, _) => Some("the text states no scope"),
        (.., None) => Some("the document has no date"),
        _ if claim.limit.is_some() => Some("it is made among those of one kind only"),
        _ => None,
    }
}

/// A place and what lies in it or above it are one claimant: a district speaks for its city.
fn is_same_place(a: &[String], b: &[String]) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

fn documents_before(coverage: &Coverage, scope: &[String], year: i32, own: &[String]) -> usize {
    let others = coverage.places.iter().filter(|place| {
        place.region_code.is_some()
            && place.region.starts_with(scope)
            && !is_same_place(&place.region, own)
    });
    others
        .flat_map(|place| &place.years)
        .filter(|(other, _)| **other < year)
        .map(|(_, documents)| documents)
        .sum()
}

fn of_hit(hit: &Hit, labels: &[(&str, Vec<Form>)]) -> Vec<Claim> {
    let folded = fold(&hit.text);
    let found = claim_places(&folded).into_iter();
    found
        .filter_map(|(range, kind)| claim(hit, &folded, &range, kind, labels))
        .collect()
}

fn claim(
    hit: &Hit,
    folded: &str,
    range: &Range<usize>,
    kind: ClaimKind,
    labels: &[(&str, Vec<Form>)],
) -> Option<Claim> {
    let cue = &folded[range.clone()];
    let around = surroundings(&hit.text, range);
    if around.in_title_marks || (cue == "第一" && !is_rank(&around.before)) {
        return None;
    }
    let claimant = Claimant {
        region: &hit.document.region,
        year: hit.document.year,
    };
    let scope = scope(&around, cue, claimant);
    let needs_scope = kind != ClaimKind::First || cues("claim_in_scope").contains(&cue);
    if needs_scope && scope.is_none() && cue != "之最" {
        return None;
    }
    let stance = meant(hit, range, &around);
    // 政府率先过紧日子: an aim without a scope claims nothing.
    if stance == Stance::Planned && kind == ClaimKind::First && scope.is_none() {
        return None;
    }
    let quote = quote_of(&hit.text, range);
    let used = dates_of(hit, quote).used();
    let (scope_word, scope, limit) = match scope {
        Some(scope) => (Some(scope.word), scope.region, scope.limit),
        None => (None, None, None),
    };
    Some(Claim {
        cue: cue.to_owned(),
        kind,
        scope,
        scope_word,
        limit,
        stance,
        subject: subject(&hit.text, range, &around, labels).or_else(|| {
            (kind != ClaimKind::Rank)
                .then(|| before_the_clause(&hit.text, &around, labels))
                .flatten()
        }),
        quote: quote.to_owned(),
        year: used.map(|(year, _)| year),
        dated_by: used.map(|(_, kind)| kind),
        id: hit.id.clone(),
        document: Source::from(&hit.document),
        verdict: Verdict::NotComparable {
            missing: "it was not looked up",
        },
    })
}

/// Whether a claim is of what was done, an aim (力争全省率先), or said of another place.
fn meant(hit: &Hit, range: &Range<usize>, around: &Surroundings) -> Stance {
    let judged = judge(&hit.text, range.clone(), &setting_of(hit)).stance;
    let aim = last_of(tail(&around.before, AIM_REACH), "aim");
    let rules = hit.document.kind.as_deref();
    let rules = rules.is_some_and(|kind| cues("ruling_kind").contains(&kind));
    let long_ago = around.sentence_after.contains("周年");
    if long_ago {
        Stance::Done
    } else if rules || aim.is_some() || matches!(judged, Stance::Planned | Stance::Estimate) {
        Stance::Planned
    } else if is_of_others(hit, range, around) {
        Stance::Mention
    } else {
        Stance::Done
    }
}

/// Whether the clause speaks of another place; the word of the claim is what that place did.
fn is_of_others(hit: &Hit, range: &Range<usize>, around: &Surroundings) -> bool {
    let around = Surroundings {
        after: format!("{}{}", fold(&hit.text[range.clone()]), around.after),
        ..around.clone()
    };
    elsewhere(&around, &hit.document.region, hit.document.year).is_some()
}

/// How far before a claim a word that makes it an aim may stand, in characters.
const AIM_REACH: usize = 10;

/// Where words of claiming stand that are not part of another word (第一责任人, 率先垂范).
fn claim_places(text: &str) -> Vec<(Range<usize>, ClaimKind)> {
    let is_part = |range: &Range<usize>| {
        cues("not_claim").iter().any(|other| {
            let inside = other.match_indices(&text[range.clone()]);
            let mut starts = inside.filter_map(|(inside, _)| range.start.checked_sub(inside));
            starts.any(|start| {
                text.get(start..)
                    .is_some_and(|rest| rest.starts_with(other))
            })
        })
    };
    let mut found: Vec<(Range<usize>, ClaimKind)> = Vec::new();
    for (kind, name) in ClaimKind::CUES {
        for cue in cues(name) {
            let places = text.match_indices(cue).map(|(at, _)| at..at + cue.len());
            found.extend(
                places
                    .filter(|range| !is_part(range))
                    .map(|range| (range, kind)),
            );
        }
    }
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    // Of 第一 and 第一个 the longer.
    found.dedup_by(|later, kept| later.0.start < kept.0.end);
    found
}

/// 第一 claims only as a rank: 位居全市第一.
fn is_rank(before: &str) -> bool {
    let near = tail(before, 8);
    last_of(near, "rank").is_some() || near.ends_with(|c| "全市省国区州县".contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::evidence::{evidence, tests::hit};
    use super::super::{Rollup, coverage};
    use super::*;
    use crate::document::Metadata;
    use crate::lexicon::families;

    const SHENZHEN: &str = "广东省/深圳市/龙华区";

    fn short(claims: &[Claim]) -> Vec<String> {
        claims
            .iter()
            .map(|claim| {
                let scope = claim.scope_word.clone().unwrap_or_else(|| "-".into());
                format!(
                    "{} {scope} {}",
                    claim.cue,
                    claim.subject.clone().unwrap_or_default()
                )
            })
            .collect()
    }

    fn of(region: &str, text: &str) -> Vec<String> {
        short(&claims(
            &[hit("a/1", region, 2022, "measures", text)],
            &families(),
        ))
    }

    #[test]
    fn a_claim_has_its_word_its_scope_and_what_it_is_of() {
        assert_eq!(
            of(
                SHENZHEN,
                "全市率先推出48项“免申即享”，补贴金额为全省之最。率先打造数字治理“龙·眼”AI引擎。"
            ),
            ["率先 全市 免申即享", "之最 全省 ", "率先 - 龙·眼"]
        );
        assert_eq!(
            of(
                SHENZHEN,
                "累计调用194万次，位居全市第一。入选全国首批试点。"
            ),
            ["第一 全市 ", "首批 全国 "]
        );
        assert_eq!(
            of("广西壮族自治区/柳州市", "广西首个页岩气项目出气点火。"),
            ["首个 广西 "]
        );
    }

    #[test]
    fn words_that_only_look_like_claims_are_none() {
        for text in [
            "切实履行第一责任人职责，落实第一议题制度。",
            "领导干部率先垂范，发扬首创精神。",
            "首批58项事项上线，第一批已办结。",
            "处于全省第一方阵，省外游客首次超过省内。",
            "营造敢首创的氛围。",
            "学习《全国首创经验汇编》。",
        ] {
            assert_eq!(of(SHENZHEN, text), Vec::<String>::new(), "{text}");
        }
    }

    fn verdict(claimed: &str, others: &[Hit]) -> Verdict {
        let claim = hit("a/1", SHENZHEN, 2022, "measures", claimed);
        let mut found = claims(std::slice::from_ref(&claim), &families());
        let all: Vec<Hit> = others.iter().cloned().chain([claim]).collect();
        let documents: Vec<Metadata> = all.iter().map(|hit| hit.document.clone()).collect();
        let pieces = evidence(&all, &["免申即享".to_owned()]);
        verify(&mut found[0], &pieces, &coverage(&documents, Rollup::Own));
        found.remove(0).verdict
    }

    #[test]
    fn a_claim_is_held_against_what_was_done_earlier_within_its_scope_only() {
        let futian = hit(
            "b/1",
            "广东省/深圳市/福田区",
            2021,
            "measures",
            "推行免申即享。",
        );
        let hefei = hit("c/1", "安徽省/合肥市", 2021, "measures", "推行免申即享。");
        let planned = hit(
            "d/1",
            "广东省/深圳市/福田区",
            2021,
            "plan",
            "推行免申即享。",
        );
        let same = hit(
            "e/1",
            "广东省/深圳市/福田区",
            2022,
            "measures",
            "推行免申即享。",
        );
        let in_city = "全市率先推行免申即享。";
        let others = [futian, hefei.clone()];
        assert!(matches!(verdict(in_city, &others),
            Verdict::Earlier { evidence } if evidence.len() == 1 && evidence[0].id == "b/1"));
        assert_eq!(
            verdict(in_city, std::slice::from_ref(&hefei)),
            Verdict::NothingEarlier {
                documents_before: 0
            }
        );
        assert_eq!(
            verdict(in_city, &[planned]),
            Verdict::NothingEarlier {
                documents_before: 1
            }
        );
        assert!(matches!(
            verdict(in_city, &[same]),
            Verdict::SameYear { .. }
        ));
        assert!(matches!(
            verdict("全国首创免申即享。", &[hefei]),
            Verdict::Earlier { .. }
        ));
        assert_eq!(
            verdict("率先推行免申即享。", &[]),
            Verdict::NotComparable {
                missing: "the text states no scope"
            }
        );
    }
}
