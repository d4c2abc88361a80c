//! The answer as a run file of TREC: `question Q0 document rank score run`.

use std::collections::HashSet;

use crate::search::Results;

/// One line for each document, at the place of its best paragraph. The document column holds the
/// `source_id` where there is one.
///
/// Evaluation programs sort by the score column alone, and our scores are comparable within one
/// tier only; so the column holds a number that falls with the rank.
pub fn trec(question: &str, results: &Results) -> String {
    let mut seen = HashSet::new();
    let documents: Vec<&str> = results
        .hits
        .iter()
        .map(|hit| {
            hit.document
                .source_id
                .as_ref()
                .unwrap_or(&hit.document.id)
                .as_str()
        })
        .filter(|&document| seen.insert(document))
        .collect();
    let lines = documents.iter().enumerate().map(|(place, document)| {
        format!(
            "{} Q0 {} {} {} xianli\n",
            one_word(question),
            one_word(document),
            place + 1,
            documents.len() - place
        )
    });
    lines.collect()
}

/// The columns are parted by white space, so an id may hold none.
fn one_word(id: &str) -> String {
    id.split_whitespace().collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::super::text::tests::answer;
    use super::*;

    #[test]
    fn a_document_stands_once_at_the_rank_of_its_best_paragraph() {
        assert_eq!(
            trec("7", &answer()),
            "7 Q0 k3v9 1 2 xianli\n7 Q0 S_1 2 1 xianli\n"
        );
    }
}
