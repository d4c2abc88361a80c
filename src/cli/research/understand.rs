//! What the flags of the research verbs mean.

use std::path::Path;

use anyhow::{Context, bail};

use super::flags::{ClaimFlag, LevelFlag, ResearchFlags};
use crate::cli::common::Common;
use crate::cli::xianli::FilterFlags;
use crate::lexicon::{Family, families, merge_families, parse_families};
use crate::study::{ClaimKind, Rollup, labels_of};

/// The labels that a term stands for, with a hint where its family has more.
pub(super) fn labels(
    common: &Common,
    term: &str,
    flags: &ResearchFlags,
) -> anyhow::Result<Vec<String>> {
    if term.trim().is_empty() {
        bail!("no term is given\nhint: name a reform, as in `xianli precedents 免申即享`");
    }
    let known = known_families(flags.families.as_deref())?;
    let all = labels_of(term, &known);
    if flags.family || flags.families.is_some() || all.len() == 1 {
        return Ok(all);
    }
    common.note(&format!(
        "hint: other places call it {}; --family takes them all",
        all[1..].join(", ")
    ));
    Ok(vec![term.to_owned()])
}

/// The reform families of the program, and those of a file.
pub(in crate::cli) fn known_families(own: Option<&Path>) -> anyhow::Result<Vec<Family>> {
    let mut known = families();
    if let Some(file) = own {
        let table = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read the families of {}", file.display()))?;
        merge_families(&mut known, parse_families(&table)?);
    }
    Ok(known)
}

/// The filters as they are typed, so that a pack can be made again.
pub(super) fn in_words(flags: &FilterFlags, level: LevelFlag) -> String {
    let named = [
        ("--region", &flags.region),
        ("--year", &flags.year),
        ("--section", &flags.section),
        ("--issuer", &flags.issuer),
        ("--status", &flags.status),
        ("--kind", &flags.kind),
    ];
    let mut words: Vec<String> = named
        .iter()
        .flat_map(|(flag, values)| values.iter().map(move |value| format!("{flag} {value}")))
        .collect();
    let level = match level {
        LevelFlag::Own => None,
        LevelFlag::Province => Some("--level province"),
        LevelFlag::City => Some("--level city"),
        LevelFlag::County => Some("--level county"),
    };
    words.extend(level.map(str::to_owned));
    words.join(" ")
}

/// `2024-05-01`.
pub(super) fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2]
        && parts
            .iter()
            .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

pub(super) fn rollup(flag: LevelFlag) -> Rollup {
    match flag {
        LevelFlag::Own => Rollup::Own,
        LevelFlag::Province => Rollup::Province,
        LevelFlag::City => Rollup::City,
        LevelFlag::County => Rollup::County,
    }
}

pub(super) fn claim_kind(flag: ClaimFlag) -> ClaimKind {
    match flag {
        ClaimFlag::First => ClaimKind::First,
        ClaimFlag::Only => ClaimKind::Only,
        ClaimFlag::Batch => ClaimKind::Batch,
        ClaimFlag::Rank => ClaimKind::Rank,
    }
}
