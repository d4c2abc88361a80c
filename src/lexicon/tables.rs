//! Small tables of two or three columns: labels of header lines, words for validity, national organs.

use std::sync::LazyLock;

use super::variants::simplified;

/// An organ that is no organ of a place, or of one that it does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Organ {
    /// What its name begins with.
    pub name: &'static str,
    /// The level of what it issues: 国家, 省.
    pub level: &'static str,
    /// The region that it speaks for, by name; empty for the whole country.
    pub region: &'static str,
}

impl Organ {
    /// The organ that a body's name begins with, the longest; `name` folded.
    ///
    /// ```
    /// use xianli::lexicon::Organ;
    /// assert_eq!(Organ::beginning("国务院办公厅").map(|organ| organ.level), Some("国家"));
    /// assert_eq!(Organ::beginning("深圳市人民政府"), None);
    /// ```
    pub fn beginning(name: &str) -> Option<Self> {
        static TABLE: LazyLock<Vec<Organ>> = LazyLock::new(|| {
            rows(include_str!("../../index-schema/organs.tsv"))
                .map(|[name, level, region]| Organ {
                    name,
                    level,
                    region,
                })
                .collect()
        });
        TABLE
            .iter()
            .filter(|organ| name.starts_with(organ.name))
            .max_by_key(|organ| organ.name.len())
            .copied()
    }
}

/// What a label of a header line states (来源 is a `source`, 成文日期 is `signed`): the second column of
/// `headers.tsv`. `Some("")` is a label of nothing that is kept; `None` is no label. `label` folded and
/// without white space.
pub fn header_fact(label: &str) -> Option<&'static str> {
    static TABLE: LazyLock<Vec<[&str; 2]>> =
        LazyLock::new(|| rows(include_str!("../../index-schema/headers.tsv")).collect());
    TABLE.iter().find(|row| row[0] == label).map(|row| row[1])
}

/// Words for validity with the English name of what they state, `in-force` among them, in the order of
/// `statuses.tsv`.
pub fn status_words() -> &'static [[&'static str; 2]] {
    static TABLE: LazyLock<Vec<[&str; 2]>> =
        LazyLock::new(|| rows(include_str!("../../index-schema/statuses.tsv")).collect());
    &TABLE
}

/// The field that a column of a metadata file states (地区 is the `region`): the second column of
/// `metadata.tsv`; `None` for a column that states none. In either script and case.
pub fn metadata_field(column: &str) -> Option<&'static str> {
    static TABLE: LazyLock<Vec<[&str; 2]>> =
        LazyLock::new(|| rows(include_str!("../../index-schema/metadata.tsv")).collect());
    let column = column.trim().to_lowercase();
    let column: String = column.chars().map(simplified).collect();
    TABLE.iter().find(|row| row[0] == column).map(|row| row[1])
}

fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).map(|line| {
        let mut columns = line.split('\t');
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::super::Region;
    use super::*;

    #[test]
    fn every_row_is_folded_whole_and_stands_once() {
        for table in [
            include_str!("../../index-schema/headers.tsv"),
            include_str!("../../index-schema/metadata.tsv"),
            include_str!("../../index-schema/statuses.tsv"),
            include_str!("../../index-schema/organs.tsv"),
        ] {
            let mut seen = std::collections::BTreeSet::new();
            for line in table.lines().skip(1) {
                assert!(line.chars().all(|c| simplified(c) == c), "{line}");
                assert!(line.contains('\t'), "{line}");
                assert!(seen.insert(line), "{line} stands twice");
            }
        }
    }

    #[test]
    fn header_labels_state_known_facts() {
        let known = [
            "",
            "issuer",
            "publisher",
            "source",
            "published",
            "updated",
            "amended",
            "signed",
            "effective",
            "ended",
            "index_number",
            "number",
            "title",
            "status",
            "kind",
            "url",
            "region",
        ];
        for [label, fact] in rows(include_str!("../../index-schema/headers.tsv")) {
            assert!(known.contains(&fact), "{label}: {fact}");
        }
        assert_eq!(header_fact("来源"), Some("source"));
        assert_eq!(header_fact("天气"), None);
    }

    #[test]
    fn columns_of_metadata_files_are_known_in_both_languages_and_scripts() {
        assert_eq!(metadata_field(" 地區 "), Some("region"));
        assert_eq!(metadata_field("URL"), Some("url"));
        assert_eq!(metadata_field("备注"), None);
    }

    #[test]
    fn organs_that_speak_for_a_region_name_one() {
        for [name, _, region] in rows(include_str!("../../index-schema/organs.tsv")) {
            assert!(
                region.is_empty() || Region::find(region).len() == 1,
                "{name}"
            );
        }
    }
}
