//! The lines of the five seed documents against the reading of a person: kind, level and path.
//!
//! Needs the shared data (`XIANLI_SHARED`, or `../shared` beside the package); says so and passes
//! where it is absent.

use std::path::PathBuf;

use serde_json::Value;
use xianli::document::{Line, LineKind};
use xianli::read::{Limits, read_file};

fn shared() -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by its caller where the data is"
    )]
    let folder = std::env::var_os("XIANLI_SHARED");
    let folder = folder.map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    folder.join("gold").is_dir().then_some(folder)
}

fn strings(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What a line should be, in words, and what it is.
fn differences(gold: &Value, line: Option<&Line>) -> (bool, bool) {
    let Some(line) = line else {
        return (false, false);
    };
    let kind = format!("{:?}", line.kind).to_lowercase();
    let kind_right = gold["kind"] == kind && gold["line"] == line.number;
    let place_right = match line.kind {
        LineKind::Heading => {
            Some(u64::from(line.level.unwrap_or(0))) == gold["level"].as_u64()
                && Some(line.text.as_str()) == gold["heading"].as_str()
        }
        LineKind::Paragraph => line.path == strings(&gold["path"]),
        _ => true,
    };
    (kind_right, kind_right && place_right)
}

#[test]
fn lines_of_the_seeds_are_read_as_a_person_reads_them() {
    let Some(shared) = shared() else {
        println!("no shared data: set XIANLI_SHARED to check the seeds");
        return;
    };
    let (mut all, mut kinds, mut places, mut headings, mut headings_right) = (0, 0, 0, 0, 0);
    for number in 0..5 {
        let gold = std::fs::read_to_string(shared.join(format!("gold/{number:03}.json"))).unwrap();
        let gold: Value = serde_json::from_str(&gold).unwrap();
        let file = shared
            .join("corpus/seeds")
            .join(gold["file"].as_str().unwrap());
        let reading = read_file(&file, &Limits::default()).unwrap();
        let lines = &reading.documents[0].lines;
        let expected = gold["lines"].as_array().unwrap();
        if expected.len() != lines.len() {
            println!(
                "{number:03}: {} lines, expected {}",
                lines.len(),
                expected.len()
            );
        }
        for (nth, gold) in expected.iter().enumerate() {
            let (kind, place) = differences(gold, lines.get(nth));
            let is_heading = gold["kind"] == "heading";
            all += 1;
            kinds += usize::from(kind);
            places += usize::from(place);
            headings += usize::from(is_heading);
            headings_right += usize::from(is_heading && place);
            if !place {
                println!(
                    "{number:03} expected {gold}\n     found    {:?}",
                    lines.get(nth)
                );
            }
        }
    }
    println!(
        "gold lines: kinds {kinds}/{all}, headings {headings_right}/{headings}, kind and place {places}/{all}"
    );
    assert!(kinds * 100 >= all * 98, "kinds of lines: {kinds}/{all}");
    assert_eq!(headings_right, headings, "headings with level and text");
    assert_eq!(places, all, "levels and paths");
}
