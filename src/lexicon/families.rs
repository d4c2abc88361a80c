//! Reform families: labels that different places gave to one reform. `families.tsv`.

use super::variants::simplified;

/// One reform with the labels that it goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// The label that names the family.
    pub name: String,
    /// Every label, the naming one among them, in the order of the table.
    pub labels: Vec<String>,
}

/// A line of a family table that is not `family<TAB>label`.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("expected family<TAB>label on line {line}, found {found:?}")]
pub struct FamilyError {
    /// The number of the line, from 1.
    pub line: usize,
    /// The line.
    pub found: String,
}

/// The name of each family of `families.tsv`, and its labels.
static BUILT_IN: &[(&str, &[&str])] = include!(concat!(env!("OUT_DIR"), "/families.rs"));

/// The built-in families.
pub fn families() -> Vec<Family> {
    let family = |&(name, labels): &(&str, &[&str])| Family {
        name: name.to_owned(),
        labels: labels.iter().copied().map(str::to_owned).collect(),
    };
    BUILT_IN.iter().map(family).collect()
}

/// Families of a table: a line for each label, `family<TAB>label`, `#` before a comment, an optional
/// first line `family<TAB>label`.
///
/// # Errors
///
/// The first line that is something else.
pub fn parse_families(table: &str) -> Result<Vec<Family>, FamilyError> {
    let mut families = Vec::new();
    for (number, line) in (1..).zip(table.lines()) {
        let line = line.trim_start_matches('\u{FEFF}').trim();
        if line.is_empty() || line.starts_with('#') || (number == 1 && line == "family\tlabel") {
            continue;
        }
        let error = || FamilyError {
            line: number,
            found: line.to_owned(),
        };
        let (family, label) = line.split_once('\t').ok_or_else(error)?;
        let (family, label) = (family.trim(), label.trim());
        if family.is_empty() || label.is_empty() || label.contains('\t') {
            return Err(error());
        }
        add_label(&mut families, family, label);
    }
    Ok(families)
}

/// Adds the families of `more` to `families`, by name.
pub fn merge_families(families: &mut Vec<Family>, more: Vec<Family>) {
    for family in more {
        for label in &family.labels {
            add_label(families, &family.name, label);
        }
    }
}

/// The families that have this label, script and quotation marks aside.
pub fn families_of<'f>(families: &'f [Family], label: &str) -> Vec<&'f Family> {
    let is_label = |known: &String| comparable(known).eq(comparable(label));
    families
        .iter()
        .filter(|family| family.labels.iter().any(is_label))
        .collect()
}

fn add_label(families: &mut Vec<Family>, name: &str, label: &str) {
    match families.iter_mut().find(|family| family.name == name) {
        Some(family) if family.labels.iter().any(|known| known == label) => {}
        Some(family) => family.labels.push(label.to_owned()),
        None => families.push(Family {
            name: name.to_owned(),
            labels: vec![label.to_owned()],
        }),
    }
}

fn comparable(label: &str) -> impl Iterator<Item = char> {
    label
        .chars()
        .filter(|character| {
            !character.is_whitespace() && !"“”\"'‘’「」『』《》、".contains(*character)
        })
        .map(simplified)
        .flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_families_are_those_of_the_table() {
        let table = include_str!("../../index-schema/families.tsv");
        assert_eq!(parse_families(table), Ok(families()));
    }

    #[test]
    fn every_family_has_its_name_among_two_labels_or_more_and_no_label_has_two_families() {
        let families = families();
        let mut labels = Vec::new();
        for family in &families {
            assert!(family.labels.contains(&family.name), "{}", family.name);
            assert!(family.labels.len() > 1, "{}", family.name);
            labels.extend(family.labels.iter().map(String::as_str));
        }
        labels.sort_unstable();
        let all = labels.len();
        labels.dedup();
        assert_eq!(labels.len(), all);
    }

    #[test]
    fn one_label_leads_to_its_family_in_both_scripts() {
        let families = families();
        let names = |label| -> Vec<_> {
            families_of(&families, label)
                .iter()
                .map(|family| family.name.as_str())
                .collect()
        };
        assert_eq!(names("跨省通办"), ["跨域通办"]);
        assert_eq!(names("“跨省通辦”"), ["跨域通办"]);
        assert_eq!(names("天气"), Vec::<&str>::new());
    }

    #[test]
    fn a_table_of_the_user_is_merged_and_its_errors_name_the_line() {
        let mut families = families();
        let more = parse_families("# mine\n跨域通办\t跨星通办\n新政\t新政一号\n").unwrap();
        merge_families(&mut families, more);
        assert!(
            families_of(&families, "跨星通办")[0]
                .labels
                .contains(&"跨省通办".to_owned())
        );
        assert_eq!(families_of(&families, "新政一号")[0].name, "新政");
        assert_eq!(
            parse_families("family\tlabel\nno tab here\n"),
            Err(FamilyError {
                line: 2,
                found: "no tab here".to_owned()
            })
        );
    }
}
