//! Which files of a folder are taken: `--include` and `--exclude`.
//!
//! A pattern without `/` is held against the name of the file and of every folder above it, up to
//! the root; one with `/` against the path from the root, and the path of every folder above. What
//! is excluded stays out, whatever includes it. A file that is given by name is always taken.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::{Deserialize, Serialize};

use super::IngestError;

/// Patterns: `*` and `?` within a name, `**` across folders, `[…]`, `{a,b}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Selection {
    /// Where there are any, a file must match one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// A file must match none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
}

/// A [`Selection`], ready to be asked.
#[derive(Debug)]
pub(super) struct Selector {
    include: Option<Patterns>,
    exclude: Patterns,
}

#[derive(Debug)]
struct Patterns {
    names: GlobSet,
    paths: GlobSet,
}

impl Selector {
    pub(super) fn new(selection: &Selection) -> Result<Self, IngestError> {
        let include = &selection.include;
        Ok(Self {
            include: if include.is_empty() {
                None
            } else {
                Some(Patterns::new(include)?)
            },
            exclude: Patterns::new(&selection.exclude)?,
        })
    }

    /// Whether a file is left out, whatever would include it; its path as for [`Self::takes`].
    pub(super) fn excludes(&self, path: &Path) -> bool {
        self.exclude.matches(path)
    }

    /// Whether a file is taken, by its path from the root that it was found under: empty for a file
    /// that is a root itself.
    pub(super) fn takes(&self, path: &Path) -> bool {
        path.as_os_str().is_empty()
            || !self.exclude.matches(path)
                && self
                    .include
                    .as_ref()
                    .is_none_or(|include| include.matches(path))
    }
}

impl Patterns {
    fn new(patterns: &[String]) -> Result<Self, IngestError> {
        let mut names = GlobSetBuilder::new();
        let mut paths = GlobSetBuilder::new();
        for pattern in patterns {
            let trimmed = pattern.trim_start_matches("./").trim_end_matches('/');
            let wrong = |error: globset::Error| IngestError::Pattern {
                pattern: pattern.clone(),
                reason: error.kind().to_string(),
            };
            let glob = |text: &str| GlobBuilder::new(text).literal_separator(true).build();
            match trimmed.strip_prefix('/') {
                Some(anchored) => paths.add(glob(anchored).map_err(wrong)?),
                None if trimmed.contains('/') => paths.add(glob(trimmed).map_err(wrong)?),
                None => names.add(glob(trimmed).map_err(wrong)?),
            };
        }
        let wrong = |error: globset::Error| IngestError::Pattern {
            pattern: patterns.join(" "),
            reason: error.kind().to_string(),
        };
        Ok(Self {
            names: names.build().map_err(wrong)?,
            paths: paths.build().map_err(wrong)?,
        })
    }

    /// Whether the file, or a folder that it lies in, matches.
    fn matches(&self, path: &Path) -> bool {
        path.ancestors()
            .filter(|part| !part.as_os_str().is_empty())
            .any(|part| {
                self.paths.is_match(part)
                    || part
                        .file_name()
                        .is_some_and(|name| self.names.is_match(name))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_speak_of_names_or_of_paths_and_exclusion_wins() {
        let files = [
            "a.txt",
            "b.docx",
            "稿/a.txt",
            "稿/old/c.txt",
            "2024/稿/d.txt",
        ];
        let taken = |include: &[&str], exclude: &[&str]| {
            let owned = |patterns: &[&str]| patterns.iter().map(|&p| p.to_owned()).collect();
            let selection = Selection {
                include: owned(include),
                exclude: owned(exclude),
            };
            let selector = Selector::new(&selection).unwrap();
            let taken = |file: &&str| selector.takes(Path::new(file));
            files
                .into_iter()
                .filter(taken)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let all = files.join(" ");
        let table: [(&[&str], &[&str], &str); 12] = [
            (&[], &[], &all),
            (&["*.txt"], &[], "a.txt 稿/a.txt 稿/old/c.txt 2024/稿/d.txt"),
            (&["*.{docx,pdf}"], &[], "b.docx"),
            (&["稿"], &[], "稿/a.txt 稿/old/c.txt 2024/稿/d.txt"),
            (&["/稿"], &[], "稿/a.txt 稿/old/c.txt"),
            (&["稿/*.txt"], &[], "稿/a.txt"),
            (&["稿/**/*.txt"], &[], "稿/a.txt 稿/old/c.txt"),
            (&["**/稿"], &[], "稿/a.txt 稿/old/c.txt 2024/稿/d.txt"),
            (&[], &["稿/"], "a.txt b.docx"),
            (&[], &["稿/old"], "a.txt b.docx 稿/a.txt 2024/稿/d.txt"),
            (&["*.txt"], &["a.*"], "稿/old/c.txt 2024/稿/d.txt"),
            (&["a.txt"], &["a.txt"], ""),
        ];
        for (include, exclude, expected) in table {
            assert_eq!(taken(include, exclude), expected, "{include:?} {exclude:?}");
        }
    }

    #[test]
    fn a_pattern_that_is_none_is_named() {
        let selection = Selection {
            include: vec!["[a".to_owned()],
            ..Selection::default()
        };
        let told = Selector::new(&selection).unwrap_err().to_string();
        assert!(told.starts_with("`[a` is not a pattern"), "{told}");
    }
}
