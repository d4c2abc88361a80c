//! The report of a run in words: what was read, what is not known, what was passed over.

use std::collections::BTreeMap;

use crate::ingest::UpdateReport;

/// How many names a line lists.
const NAMED: usize = 3;

/// What the documents of the index are like: at most a line each on formats and encodings, labels,
/// metadata files and what was passed over.
pub(super) fn census(report: &UpdateReport) -> Vec<String> {
    let mut lines = Vec::new();
    let census = &report.census;
    if !census.formats.is_empty() {
        let mut line = format!("formats: {}", counts(&census.formats));
        if !census.encodings.is_empty() {
            line += &format!("; encodings: {}", counts(&census.encodings));
        }
        lines.push(line);
    }
    if census.replaced.documents > 0 {
        lines.push(format!(
            "undecodable: {} places in {} documents, shown as U+FFFD",
            census.replaced.places, census.replaced.documents
        ));
    }
    let labels = [("missing", &census.missing), ("guessed", &census.guessed)];
    for (name, counted) in labels {
        if !counted.is_empty() {
            lines.push(format!("labels {name}: {}", counts(counted)));
        }
    }
    if census.conflicting > 0 {
        lines.push(format!(
            "contradictions: in {} documents",
            census.conflicting
        ));
    }
    lines.extend(metadata(report));
    lines.extend(reasons(report));
    lines
}

fn metadata(report: &UpdateReport) -> impl Iterator<Item = String> {
    report.metadata.iter().map(|file| {
        let mut line = format!("{}: {} rows", file.path, file.rows);
        if !file.unmatched.is_empty() {
            let named = file.unmatched.iter().take(NAMED).cloned();
            let named = named.collect::<Vec<_>>().join(", ");
            let dots = if file.unmatched.len() > NAMED {
                " …"
            } else {
                ""
            };
            let count = file.unmatched.len();
            line += &format!(", {count} of them name no file here: {named}{dots}");
        }
        line
    })
}

/// Why files were passed over, the most frequent reason first. Numbers and details aside, many files
/// have the same reason.
fn reasons(report: &UpdateReport) -> Option<String> {
    let mut counted: BTreeMap<String, u64> = BTreeMap::new();
    for skipped in &report.skipped {
        let reason = skipped.reason.split([':', ';', '(']).next();
        let reason = reason.unwrap_or_default().trim();
        let kind: String = reason
            .split(' ')
            .map(|word| match word.parse::<u64>() {
                Ok(_) => "N",
                Err(_) => word,
            })
            .collect::<Vec<_>>()
            .join(" ");
        *counted.entry(kind).or_default() += 1;
    }
    (!counted.is_empty()).then(|| format!("skipped: {}", counts(&counted)))
}

/// `40 text, 3 html`: the most frequent first.
fn counts(counted: &BTreeMap<String, u64>) -> String {
    let mut counted: Vec<_> = counted.iter().collect();
    counted.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
    let counted = counted
        .into_iter()
        .map(|(name, count)| format!("{count} {name}"));
    counted.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Census, MetadataReport, Replaced, SkippedFile};

    #[test]
    fn the_census_names_the_most_frequent_first() {
        let counted = |pairs: &[(&str, u64)]| -> BTreeMap<String, u64> {
            let pairs = pairs.iter().map(|&(name, count)| (name.to_owned(), count));
            pairs.collect()
        };
        let skipped = |reason: &str| SkippedFile {
            path: "a".to_owned(),
            reason: reason.to_owned(),
        };
        let report = UpdateReport {
            census: Census {
                formats: counted(&[("docx", 2), ("text", 40)]),
                encodings: counted(&[("GBK", 3), ("UTF-8", 37)]),
                replaced: Replaced {
                    documents: 1,
                    places: 2,
                },
                missing: counted(&[("number", 30), ("year", 1)]),
                guessed: BTreeMap::new(),
                conflicting: 4,
            },
            metadata: vec![MetadataReport {
                path: "metadata.csv".to_owned(),
                rows: 9,
                unmatched: vec!["x.txt".to_owned()],
            }],
            skipped: vec![
                skipped("broken pdf file: no font"),
                skipped("the file is empty"),
                skipped("broken pdf file: no page"),
            ],
            ..UpdateReport::default()
        };
        assert_eq!(
            census(&report),
            [
                "formats: 40 text, 2 docx; encodings: 37 UTF-8, 3 GBK",
                "undecodable: 2 places in 1 documents, shown as U+FFFD",
                "labels missing: 30 number, 1 year",
                "contradictions: in 4 documents",
                "metadata.csv: 9 rows, 1 of them name no file here: x.txt",
                "skipped: 2 broken pdf file, 1 the file is empty",
            ]
        );
    }
}
