//! Kinds of document (文种) and the words that a title ends in: `kinds.tsv`.

use std::sync::LazyLock;

/// One kind of document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// The name: 通知.
    pub name: &'static str,
    /// Kinds that behave alike: `report`, `law`, `notice`, `reply`, `opinion`, `plan`, `explanation`.
    pub group: &'static str,
    /// The section role of a part whose heading says nothing, by its English name.
    pub role: &'static str,
    ends: Vec<&'static str>,
}

impl Kind {
    /// Every kind, in the order of the table.
    pub fn all() -> &'static [Self] {
        static TABLE: LazyLock<Vec<Kind>> = LazyLock::new(|| {
            let lines = include_str!("../../index-schema/kinds.tsv").lines().skip(1);
            lines
                .filter_map(|line| {
                    let mut columns = line.split('\t');
                    Some(Kind {
                        name: columns.next()?,
                        ends: columns.next()?.split(';').collect(),
                        role: columns.next()?,
                        group: columns.next()?,
                    })
                })
                .collect()
        });
        &TABLE
    }

    /// The kind of this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|kind| kind.name == name)
    }

    /// The kind whose word a title ends in, the longest word first; the title without a final
    /// bracket (试行) and in simplified script.
    ///
    /// ```
    /// use xianli::lexicon::Kind;
    /// let kind = |title| Kind::of_title(title).map(|kind| kind.name);
    /// assert_eq!(kind("国务院关于促进综合保税区发展的若干意见"), Some("意见"));
    /// assert_eq!(kind("刑事诉讼法"), Some("法律"));
    /// assert_eq!(kind("天气"), None);
    /// ```
    pub fn of_title(title: &str) -> Option<&'static Self> {
        Self::all()
            .iter()
            .flat_map(|kind| kind.ends.iter().map(move |end| (end, kind)))
            .filter(|(end, _)| title.ends_with(**end))
            .max_by_key(|(end, _)| end.len())
            .map(|(_, kind)| kind)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Role;
    use super::*;

    #[test]
    fn every_row_is_whole_and_its_role_exists() {
        let rows = include_str!("../../index-schema/kinds.tsv")
            .lines()
            .skip(1)
            .count();
        assert_eq!(Kind::all().len(), rows);
        for kind in Kind::all() {
            assert!(Role::find(kind.role).is_some(), "{kind:?}");
            assert!(kind.ends.iter().all(|end| !end.is_empty()), "{kind:?}");
        }
    }
}
