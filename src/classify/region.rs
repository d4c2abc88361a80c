//! The region that a document comes from, with its province and city filled in.
//!
//! The issuer's name decides, then the title, the congress of the note under it, and the speaker;
//! where none of them names a region, the running text votes. The text also decides between regions
//! of one name, or what stands around it; where neither does, the region stays open and the ambiguity
//! is stated. Organs of the nation have no region.

use super::labels::{Evidence, Given, Label, NATION, Source};
use super::note::Note;
use super::page::Page;
use super::selves::Selves;
use super::votes::{Ballot, chained};
use crate::lexicon::{Kind, NameForm, Organ, Region, mentions};
use crate::text::fold;

/// Where a document comes from.
#[derive(Debug, Default)]
pub(super) struct Origin {
    pub(super) region: Option<Label<Region>>,
    /// The level of an organ that stands above regions: 国家.
    pub(super) national: Option<Label<String>>,
    /// What could not be decided, in sentences for the reader.
    pub(super) conflicts: Vec<String>,
}

/// What is known of a document before its region is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clues<'l> {
    pub(super) title: Option<&'l Label<String>>,
    pub(super) issuer: Option<&'l Label<String>>,
    pub(super) note: Option<&'l Note>,
    pub(super) kind: Option<&'static Kind>,
    pub(super) year: Option<i32>,
}

/// The region of a document.
pub(super) fn origin(page: &Page<'_>, clues: Clues<'_>) -> Origin {
    let votes = Votes {
        page,
        year: clues.year,
        body: Ballot::of_body(page, clues.year),
    };
    if let Some(given) = page.given(|given| given.region.as_deref()) {
        return of_given(given, &votes);
    }
    if let Some(origin) = of_organ(page, clues, &votes).or_else(|| of_law(clues)) {
        return origin;
    }
    let namings = namings(page, clues);
    for (text, evidence) in &namings {
        let found = named(text, clues.year);
        if found.is_empty() {
            continue;
        }
        let found = namings.iter().fold(found, |found, (other, _)| {
            narrowed(found, &named(other, clues.year))
        });
        return decided(&found, &votes, evidence, text);
    }
    by_vote(page, clues, &votes.body)
}

/// What a page speaks of: what decides between regions of one name.
struct Votes<'p> {
    page: &'p Page<'p>,
    year: Option<i32>,
    body: Ballot,
}

/// Of what one name can mean, that which another naming means too: 龙华区 beside 深圳市龙华区.
fn narrowed(found: Vec<Region>, other: &[Region]) -> Vec<Region> {
    let both: Vec<Region> = found
        .iter()
        .copied()
        .filter(|region| other.contains(region))
        .collect();
    if both.is_empty() { found } else { both }
}

/// Names that decide, the strongest first, each folded and beginning with the name.
fn namings(page: &Page<'_>, clues: Clues<'_>) -> Vec<(String, Vec<Evidence>)> {
    let mut namings = Vec::new();
    if let Some(fact) = page.fact("region") {
        namings.push((
            fold(fact.value).into_owned(),
            vec![page.fact_evidence(fact)],
        ));
    }
    if let Some(issuer) = clues.issuer {
        namings.push((from_name(&issuer.value), issuer.evidence.clone()));
    }
    if let Some(note) = clues.note {
        let behind = note.date().map_or(0, |dated| dated.range.end);
        let text = note.text[behind..].trim_start_matches([' ', '在', '\u{3000}']);
        namings.push((
            text.to_owned(),
            vec![page.line_evidence(Source::Header, note.place)],
        ));
    }
    if let Some(title) = clues.title {
        namings.push((from_name(&title.value), title.evidence.clone()));
        for inner in title.value.split('《').skip(1) {
            namings.push((from_name(inner), title.evidence.clone()));
        }
        if let Some((_, what)) = title.value.split_once("关于") {
            let what = what.trim_start_matches("印发").trim_start_matches("公布");
            namings.push((from_name(what), title.evidence.clone()));
        }
    }
    namings
}

/// A name from where a region can stand in it: without 中共, a year, an opening mark.
fn from_name(name: &str) -> String {
    let folded = fold(name);
    let mut rest = folded.trim();
    loop {
        let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || "《〈“\"（(".contains(c));
        let bare = [
            "中共",
            "中国共产党",
            "共青团",
            "中国人民银行",
            "国家税务总局",
        ]
        .iter()
        .find_map(|word| bare.strip_prefix(word))
        .unwrap_or(bare);
        let year = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let bare = match year
            .strip_prefix("年度")
            .or_else(|| year.strip_prefix('年'))
        {
            Some(behind) if year.len() < bare.len() => behind,
            _ => bare,
        };
        if bare == rest {
            return rest.to_owned();
        }
        rest = bare;
    }
}

/// The regions that a text begins with, the deepest of its chain.
fn named(text: &str, year: Option<i32>) -> Vec<Region> {
    let mut found = Vec::new();
    let mut at = 0;
    for (mention, regions) in chained(mentions(text), year) {
        let is_full = |region: &Region| region.name() == &text[mention.range.clone()];
        let says_little = mention.form == NameForm::Word && !regions.iter().any(is_full);
        if mention.range.start != at || says_little {
            break;
        }
        let within = found.is_empty()
            || regions
                .iter()
                .any(|region: &Region| found.iter().any(|above| region.is_in(*above)));
        if !within {
            break;
        }
        at = mention.range.end;
        found = regions;
    }
    found
}

fn of_given(given: Given<'_>, votes: &Votes<'_>) -> Origin {
    let found = regions_of(given.words);
    if found.is_empty() {
        return Origin {
            conflicts: vec![format!("given region {} is not known", given.words)],
            ..Origin::default()
        };
    }
    decided(&found, votes, &[given.evidence()], given.words)
}

/// The regions of a name or a division code.
pub(super) fn regions_of(name: &str) -> Vec<Region> {
    let found = Region::find(name);
    if found.is_empty() {
        Region::by_code(name.trim()).into_iter().collect()
    } else {
        found
    }
}

/// The nation, or the region that an organ speaks for without naming it.
fn of_organ(page: &Page<'_>, clues: Clues<'_>, votes: &Votes<'_>) -> Option<Origin> {
    if let Some(fact) = page.fact("url")
        && let Some((_, region)) = DOMAINS
            .iter()
            .find(|(domain, _)| fact.value.contains(domain))
    {
        let named = clues
            .title
            .map(|title| named(&from_name(&title.value), clues.year))
            .unwrap_or_default();
        let above = Region::find(region);
        let within: Vec<Region> = named
            .into_iter()
            .filter(|region| above.iter().any(|above| region.is_in(*above)))
            .collect();
        let found = if within.is_empty() { above } else { within };
        return Some(decided(&found, votes, &[page.fact_evidence(fact)], region));
    }
    let from_title = clues.title.filter(|_| clues.issuer.is_none());
    let label = clues.issuer.or(from_title)?;
    let folded = fold(label.value.trim()).into_owned();
    let organ = Organ::beginning(&folded)?;
    if let [region] = Region::find(organ.region)[..] {
        return Some(decided(&[region], votes, &label.evidence, organ.region));
    }
    let local = named(&from_name(&label.value), clues.year);
    if !local.is_empty() {
        return None;
    }
    Some(Origin {
        national: Some(Label {
            value: organ.level.to_owned(),
            evidence: label.evidence.clone(),
            guess: label.guess,
        }),
        ..Origin::default()
    })
}

/// Only the nation makes laws (法律): what a law is named after is not where it comes from.
fn of_law(clues: Clues<'_>) -> Option<Origin> {
    clues.kind.filter(|kind| kind.name == "法律")?;
    let title = clues
        .title
        .filter(|_| clues.issuer.is_none() && clues.note.is_none())?;
    Some(Origin {
        national: Some(Label::guessed(NATION.to_owned(), title.evidence.clone())),
        ..Origin::default()
    })
}

/// Sites whose domain says where they are.
const DOMAINS: [(&str, &str); 3] = [
    (".gov.tw", "台湾省"),
    (".gov.hk", "香港特别行政区"),
    (".gov.mo", "澳门特别行政区"),
];

/// One of the regions that a name can mean: the only one, or the one that the text supports, or by a
/// guess the one whose site it stands on.
fn decided(found: &[Region], votes: &Votes<'_>, evidence: &[Evidence], name: &str) -> Origin {
    let label = |region, guess| Origin {
        region: Some(Label {
            value: region,
            evidence: evidence.to_vec(),
            guess,
        }),
        ..Origin::default()
    };
    if let [only] = found {
        return label(*only, false);
    }
    if let Some(region) = votes.body.clearest(found) {
        return label(region, false);
    }
    let ranked = votes.body.ranked(found);
    let is_higher = ranked
        .iter()
        .skip(1)
        .all(|(_, other)| other.level() > ranked[0].1.level());
    if is_higher {
        return label(ranked[0].1, false);
    }
    if let Some(region) = Ballot::of_frame(votes.page, votes.year).clearest(found) {
        return label(region, true);
    }
    let paths: Vec<String> = ranked
        .iter()
        .map(|(_, region)| region.path().join("/"))
        .collect();
    let name: String = name.chars().take(12).collect();
    Origin {
        conflicts: vec![format!(
            "{name}: the text does not decide between {}",
            paths.join(" and ")
        )],
        ..Origin::default()
    }
}

/// The region that the running text speaks for, of the kind that it speaks of itself as.
fn by_vote(page: &Page<'_>, clues: Clues<'_>, ballot: &Ballot) -> Origin {
    let selves = Selves::of(page);
    // A rule that never says 本市 or 本省 names places as its objects.
    if clues.kind.is_some_and(|kind| kind.group == "law") && !selves.says_own() {
        return Origin::default();
    }
    let mut ranked: Vec<(f64, Region)> = ballot
        .regions()
        .into_iter()
        .map(|region| {
            (
                ballot.with_parts(region) * (0.15 + selves.share(region)),
                region,
            )
        })
        .filter(|(score, _)| *score > 0.0)
        .collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let Some(&(best, first)) = ranked.first() else {
        return Origin::default();
    };
    if best < LEAST {
        return Origin::default();
    }
    let region = within(first, ballot, &selves);
    let mut rivals = ranked
        .iter()
        .filter(|(_, other)| !other.is_in(region) && !region.is_in(*other));
    let Some(&(score, rival)) = rivals.next() else {
        let is_clear = selves.speaks_as(region) && ballot.with_parts(region) >= SURE;
        return voted(page, ballot, region, is_clear);
    };
    if score * 1.2 <= best {
        let is_much = ballot.with_parts(region) >= SURE;
        let is_clear = is_much && score * 2.0 < best && selves.speaks_as(region);
        return voted(page, ballot, region, is_clear);
    }
    // Two districts of one city speak for the city.
    if let Some(parent) = region.parent().filter(|parent| rival.is_in(*parent)) {
        return voted(page, ballot, parent, false);
    }
    let paths = [region, rival].map(|region| region.path().join("/"));
    Origin {
        conflicts: vec![format!(
            "the text speaks of {} as much as of {}",
            paths[0], paths[1]
        )],
        ..Origin::default()
    }
}

/// The part of a region that the text is really about: named more than all its other parts
/// together, and of a kind that the text speaks of itself as.
fn within(region: Region, ballot: &Ballot, selves: &Selves) -> Region {
    let named = ballot.regions();
    let mut parts: Vec<(f64, Region)> = named
        .into_iter()
        .filter(|part| part.parent() == Some(region))
        .map(|part| (ballot.own(part), part))
        .collect();
    parts.sort_by(|one, other| other.0.total_cmp(&one.0));
    let Some(&(most, part)) = parts.first() else {
        return region;
    };
    let others: f64 = parts.iter().skip(1).map(|(weight, _)| weight).sum();
    let speaks_so = selves.share(part) > selves.share(region) || most > 1.5 * ballot.own(region);
    let is_about = most >= 2.0 && most > 1.5 * others && speaks_so;
    if is_about {
        within(part, ballot, selves)
    } else {
        region
    }
}

fn voted(page: &Page<'_>, ballot: &Ballot, region: Region, is_clear: bool) -> Origin {
    Origin {
        region: Some(Label {
            value: region,
            evidence: evidence(page, ballot, region),
            guess: !is_clear,
        }),
        ..Origin::default()
    }
}

/// The least that a text must speak of a region to come from it.
const LEAST: f64 = 0.8;
/// How much it must speak of it for that to be no guess.
const SURE: f64 = 4.0;

fn evidence(page: &Page<'_>, ballot: &Ballot, region: Region) -> Vec<Evidence> {
    let own = ballot.tally(region).into_iter();
    let parts = ballot.regions();
    let parts = parts
        .iter()
        .filter(|part| part.parent() == Some(region))
        .filter_map(|part| ballot.tally(*part));
    own.chain(parts)
        .flat_map(|tally| &tally.places)
        .take(3)
        .map(|(place, range)| page.evidence(Source::Body, *place, range.clone()))
        .collect()
}
