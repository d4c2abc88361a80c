//! A file of questions, one a line: `id<TAB>query`.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};

/// A question of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    /// Its id: what stands before the tab.
    pub(super) id: String,
    /// What is asked.
    pub(super) text: String,
}

/// The questions of a file, or of stdin where the path is `-`.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<Question>> {
    let named = || format!("cannot read the questions of {}", path.display());
    let mut text = String::new();
    if path == Path::new("-") {
        std::io::stdin()
            .lock()
            .read_to_string(&mut text)
            .with_context(named)?;
    } else {
        text = std::fs::read_to_string(path).with_context(named)?;
    }
    questions(&text, &path.display().to_string())
}

/// The questions of the lines of `text`; empty lines are passed over.
fn questions(text: &str, name: &str) -> anyhow::Result<Vec<Question>> {
    let mut questions = Vec::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let Some((id, text)) = line.split_once('\t') else {
            bail!(
                "line {number} of {name} has no tab: {line}\nhint: write each question as `id<TAB>query`"
            );
        };
        questions.push(Question {
            id: id.trim().to_owned(),
            text: text.trim().to_owned(),
        });
    }
    Ok(questions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_id_and_a_query() {
        let expected =
            [("1", "免申即享"), ("b 2", "\"跨省通办\" 深圳")].map(|(id, text)| Question {
                id: id.into(),
                text: text.into(),
            });
        let found =
            questions("\u{feff}1\t免申即享\r\n\n b 2\t \"跨省通办\" 深圳", "q.tsv").unwrap();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_without_a_tab_is_named() {
        assert_eq!(
            questions("1\t办\n免申即享\n", "q.tsv")
                .unwrap_err()
                .to_string(),
            "line 2 of q.tsv has no tab: 免申即享\nhint: write each question as `id<TAB>query`"
        );
    }
}
