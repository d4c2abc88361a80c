//! The rows of `regions.tsv` and `places.tsv`.
//!
//! The build script writes them as constants, with the places of their parents: a question with one region in it touches the rows that
//! it looks at, and parses none.

use std::ops::Range;

/// The first year that the table knows.
pub(super) const EARLIEST: i32 = 1981;

/// One row of `regions.tsv` or `places.tsv`.
pub(super) struct Row {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) short: &'static str,
    pub(super) also: &'static str,
    pub(super) parent: &'static str,
    /// Where that code stands in the table.
    pub(super) parents: Range<usize>,
    pub(super) first: i32,
    pub(super) last: Option<i32>,
    pub(super) successors: &'static str,
    pub(super) former: &'static str,
    pub(super) common: &'static str,
}

/// A name of `places.tsv` that means a division: 深圳经济特区 is 深圳市.
pub(super) struct Alias {
    pub(super) name: &'static str,
    pub(super) short: &'static str,
    pub(super) code: &'static str,
}

struct Tables {
    /// The divisions, in the order of their codes, and the places that have none.
    rows: &'static [Row],
    divisions: usize,
    aliases: &'static [Alias],
}

static TABLES: Tables = include!(concat!(env!("OUT_DIR"), "/regions.rs"));

pub(super) fn rows() -> &'static [Row] {
    TABLES.rows
}

pub(super) fn divisions() -> usize {
    TABLES.divisions
}

pub(super) fn aliases() -> &'static [Alias] {
    TABLES.aliases
}

pub(super) fn split(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(';').filter(|part| !part.is_empty())
}

/// Earlier codes with the year in which each was given up, the earliest first.
pub(super) fn formers(list: &'static str) -> impl Iterator<Item = (&'static str, i32)> {
    split(list).filter_map(|part| {
        let (code, last) = part.split_once('-')?;
        Some((code, last.parse().ok()?))
    })
}
