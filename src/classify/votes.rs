//! What regions the text speaks of: every mention weighed, ambiguous names decided by the others.
//!
//! Comes in: a page. Goes out: a [`Ballot`] that knows how strongly each region is spoken of and
//! where. A full name counts more than a short one, an ordinary word next to nothing, and a list of
//! partner cities little.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::page::{Page, Seen};
use crate::document::LineKind;
use crate::lexicon::{Level, Mention, NameForm, Region};

/// How strongly each region is spoken of.
#[derive(Debug, Default)]
pub(super) struct Ballot {
    own: BTreeMap<Region, Tally>,
}

/// The votes for one region.
#[derive(Debug, Default, Clone)]
pub(super) struct Tally {
    pub(super) weight: f64,
    /// Where it was named, the first few times: line place and bytes.
    pub(super) places: Vec<(usize, Range<usize>)>,
}

impl Ballot {
    /// Counts the votes of the running text.
    pub(super) fn of_body(page: &Page<'_>, year: Option<i32>) -> Self {
        Self::of(page.body(), year)
    }

    /// Counts the votes of what stands around the text: header lines, and the furniture that tells
    /// whose site it is.
    pub(super) fn of_frame(page: &Page<'_>, year: Option<i32>) -> Self {
        let is_frame = |kind| matches!(kind, LineKind::Header | LineKind::Boilerplate);
        let lines = page.lines.iter().enumerate();
        Self::of(lines.filter(|(_, seen)| is_frame(seen.line.kind)), year)
    }

    fn of<'p, 'd: 'p>(
        lines: impl Iterator<Item = (usize, &'p Seen<'d>)>,
        year: Option<i32>,
    ) -> Self {
        let mut ballot = Self::default();
        let mut unsure = Vec::new();
        for (place, seen) in lines {
            let mentions = chained(seen.mentions().to_vec(), year);
            let cities = distinct_cities(&mentions);
            for (mention, regions) in mentions {
                let listed = cities >= 4 && mention.form <= NameForm::Place;
                let weight = weight_of(mention.form) * if listed { 0.2 } else { 1.0 };
                match regions[..] {
                    [region] => ballot.add(region, weight, place, mention.range),
                    _ => unsure.push((regions, weight, place, mention.range)),
                }
            }
        }
        let certain = Self {
            own: ballot.own.clone(),
        };
        // One name stands for the same regions wherever it stands.
        let mut supports: FxHashMap<Region, f64> = FxHashMap::default();
        for (regions, weight, place, range) in unsure {
            let mut support = |&region: &Region| {
                let known = supports.entry(region);
                *known.or_insert_with(|| certain.support(region))
            };
            let support: Vec<f64> = regions.iter().map(&mut support).collect();
            let all: f64 = support.iter().sum();
            for (region, support) in regions.iter().zip(support) {
                let share = if all > 0.0 { support / all } else { 0.0 };
                if share > 0.0 {
                    ballot.add(*region, weight * share, place, range.clone());
                }
            }
        }
        ballot
    }

    /// The votes for a region itself.
    pub(super) fn own(&self, region: Region) -> f64 {
        self.own.get(&region).map_or(0.0, |tally| tally.weight)
    }

    /// Everything known of the votes for a region itself.
    pub(super) fn tally(&self, region: Region) -> Option<&Tally> {
        self.own.get(&region)
    }

    /// The votes for a region with those for what lies in it and, faintly, around it.
    pub(super) fn with_parts(&self, region: Region) -> f64 {
        let parts: Vec<f64> = self
            .own
            .iter()
            .filter(|(other, _)| other.parent() == Some(region))
            .map(|(_, tally)| tally.weight)
            .collect();
        let named: f64 = parts.iter().sum();
        let different = parts.iter().filter(|weight| **weight >= 0.9).count();
        let above = region.parent().map_or(0.0, |parent| self.own(parent));
        let share = if region.level() == Level::Province {
            0.25
        } else {
            0.7
        };
        self.own(region) + share * named + count(different).min(12.0) + 0.2 * above
    }

    /// What speaks for a region among others of its name: itself, its surroundings, its neighbours.
    pub(super) fn support(&self, region: Region) -> f64 {
        let above: f64 = std::iter::successors(region.parent(), |above| above.parent())
            .map(|above| self.own(above))
            .sum();
        let beside: f64 = self
            .own
            .iter()
            .filter(|(other, _)| {
                other.parent().is_some() && other.parent() == region.parent() && **other != region
            })
            .map(|(_, tally)| tally.weight)
            .sum();
        let level_bonus = if region.level() == Level::County {
            0.0
        } else {
            0.01
        };
        self.with_parts(region) + above + 0.5 * beside + level_bonus
    }

    /// Regions by what speaks for them, the best first.
    pub(super) fn ranked(&self, found: &[Region]) -> Vec<(f64, Region)> {
        let mut ranked: Vec<(f64, Region)> = found
            .iter()
            .map(|&region| (self.support(region), region))
            .collect();
        ranked.sort_by(|one, other| {
            other
                .0
                .total_cmp(&one.0)
                .then(one.1.level().cmp(&other.1.level()))
        });
        ranked
    }

    /// The one of two or more regions that is clearly spoken for.
    pub(super) fn clearest(&self, found: &[Region]) -> Option<Region> {
        let [(most, first), (next, _), ..] = self.ranked(found)[..] else {
            return None;
        };
        (most > 0.5 && most >= 1.5 * next).then_some(first)
    }

    /// Every region that is spoken of, and what they lie in.
    pub(super) fn regions(&self) -> Vec<Region> {
        let mut regions: Vec<Region> = self
            .own
            .keys()
            .flat_map(|region| std::iter::successors(Some(*region), |region| region.parent()))
            .collect();
        regions.sort_unstable();
        regions.dedup();
        regions
    }

    fn add(&mut self, region: Region, weight: f64, place: usize, range: Range<usize>) {
        let tally = self.own.entry(region).or_default();
        tally.weight += weight;
        if tally.places.len() < 3 {
            tally.places.push((place, range));
        }
    }
}

/// Mentions with the regions that they can mean in a year; a name right behind that of a region
/// means what lies in that region.
pub(super) fn chained(mentions: Vec<Mention>, year: Option<i32>) -> Vec<(Mention, Vec<Region>)> {
    let mut chained: Vec<(Mention, Vec<Region>)> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let mut regions = possible(&mention, year);
        if let Some((before, above)) = chained.last_mut()
            && before.range.end == mention.range.start
        {
            let within: Vec<Region> = regions
                .iter()
                .copied()
                .filter(|region| {
                    above
                        .iter()
                        .any(|above| region.is_in(*above) && region != above)
                })
                .collect();
            if !within.is_empty() {
                above.retain(|above| within.iter().any(|region| region.is_in(*above)));
                regions = within;
            }
        }
        chained.push((mention, regions));
    }
    chained
}

/// What a name can mean in a year: regions that existed then, or any if none did. Without a year,
/// those of today. A full name means what has that full name.
pub(super) fn possible(mention: &Mention, year: Option<i32>) -> Vec<Region> {
    let exists = |region: &&Region| match year {
        Some(year) => region.exists_in(year),
        None => region.last().is_none(),
    };
    let existing: Vec<Region> = mention.regions.iter().filter(exists).copied().collect();
    if existing.is_empty() {
        mention.regions.to_vec()
    } else {
        existing
    }
}

fn weight_of(form: NameForm) -> f64 {
    match form {
        NameForm::Word => 0.1,
        NameForm::Short => 1.0,
        NameForm::Place => 0.5,
        NameForm::Full => 2.0,
    }
}

fn distinct_cities(mentions: &[(Mention, Vec<Region>)]) -> usize {
    let mut cities: Vec<Region> = mentions
        .iter()
        .filter_map(|(_, regions)| regions.first().copied())
        .filter(|region| region.level() != Level::County)
        .collect();
    cities.sort_unstable();
    cities.dedup();
    cities.len()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a text names fewer regions than there are"
)]
fn count(number: usize) -> f64 {
    number as f64
}
