//! The gazetteer against the list of division codes that it was made from, row by row.
//!
//! Needs the shared data (`XIANLI_SHARED`, or `../shared` beside the package); says so and passes
//! where it is absent.

#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::path::PathBuf;

use xianli::lexicon::{Level, Region};

fn areacodes() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by its caller where the data is"
    )]
    let folder = std::env::var_os("XIANLI_SHARED");
    let folder = folder.map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let table = std::fs::read_to_string(folder.join("data/areacodes.csv"));
    if table.is_err() {
        println!("no shared data: set XIANLI_SHARED to check the gazetteer");
    }
    table.ok()
}

#[test]
fn every_division_of_the_source_is_known_in_every_year_that_it_existed() {
    let Some(table) = areacodes() else { return };
    let all: Vec<Region> = Region::all().collect();
    let (mut rows, mut unknown) = (0, Vec::new());
    for row in table.lines().skip(1) {
        let [_, province, above, name, level, _, first, last, ..] =
            row.split(',').collect::<Vec<_>>()[..]
        else {
            panic!("{row}")
        };
        let first: i32 = first.parse().unwrap();
        let last: Option<i32> = last.parse().ok();
        let expected = match level {
            "省级" => Level::Province,
            "地级" => Level::City,
            _ => Level::County,
        };
        // A division that was founded and ended in one year has no year of its own.
        let year = last.map_or(first, |last| last - 1).max(first);
        let known = all
            .iter()
            .filter(|region| region.name() == name)
            .any(|region| {
                let path = region.path_in(Some(year));
                let lies_so = path.len() == 2 || above == "直辖" || path.contains(&above);
                region.level() == expected
                    && region.exists_in(first)
                    && region.exists_in(year)
                    && path[0] == province
                    && (expected != Level::County || lies_so)
            });
        if !known {
            unknown.push(row);
        }
        rows += 1;
    }
    for row in &unknown {
        println!("not known: {row}");
    }
    println!("rows of the source: {rows}");
    assert!(rows > 6_800);
    assert!(unknown.is_empty());
}
