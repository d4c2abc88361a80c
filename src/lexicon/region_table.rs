//! The rows of `regions.tsv` and `places.tsv`, as they stand there.

use std::sync::LazyLock;

/// The first year that the table knows.
pub(super) const EARLIEST: i32 = 1981;

/// One row of `regions.tsv` or `places.tsv`.
pub(super) struct Row {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) short: &'static str,
    pub(super) also: &'static str,
    pub(super) parent: &'static str,
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

pub(super) struct Tables {
    pub(super) rows: Vec<Row>,
    pub(super) divisions: usize,
    pub(super) aliases: Vec<Alias>,
}

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut rows = Vec::with_capacity(5_000);
    rows.extend(lines(include_str!("../../index-schema/regions.tsv")).map(division));
    let divisions = rows.len();
    let mut aliases = Vec::new();
    for line in lines(include_str!("../../index-schema/places.tsv")) {
        let [name, short, parent, stands, first, last] = columns(line);
        let short = if short.is_empty() { name } else { short };
        if stands == "parent" {
            aliases.push(Alias {
                name,
                short,
                code: parent,
            });
            continue;
        }
        rows.push(Row {
            code: "",
            name,
            short,
            also: "",
            parent,
            first: first.parse().unwrap_or(EARLIEST),
            last: last.parse().ok(),
            successors: "",
            former: "",
            common: "",
        });
    }
    Tables {
        rows,
        divisions,
        aliases,
    }
});

pub(super) fn rows() -> &'static [Row] {
    &TABLES.rows
}

pub(super) fn divisions() -> usize {
    TABLES.divisions
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().skip(1).filter(|line| !line.is_empty())
}

/// The columns of a row; those missing at its end are empty.
fn columns<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut split = line.split('\t');
    std::array::from_fn(|_| split.next().unwrap_or_default())
}

fn division(line: &'static str) -> Row {
    let [
        code,
        name,
        short,
        also,
        parent,
        first,
        last,
        successors,
        former,
        common,
    ] = columns(line);
    Row {
        code,
        name,
        short,
        also,
        parent,
        first: first.parse().unwrap_or(EARLIEST),
        last: last.parse().ok(),
        successors,
        former,
        common,
    }
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
