//! Why nothing was found, and what else a reform is called: what a person may try next.

use crate::search::{Coverage, FamilyInAnswer, Nothing, WordCount};

use super::ink::{Ink, Span};
use super::page::Page;
use super::text::counted;
use super::wrap::{Margin, fill};

/// How many regions of a corpus are named.
const REGIONS: usize = 8;

/// How the question was cut and what stands where, which filter took the hits away, what was
/// perhaps meant, and what the corpus covers; a line each.
pub fn nothing_text(nothing: &Nothing, page: &Page) -> String {
    let mut lines: Vec<String> = nothing.words.iter().map(word).collect();
    for effect in &nothing.filters {
        if effect.paragraphs_without > 0 {
            let count = counted(effect.paragraphs_without, "paragraph");
            lines.push(format!("without the filter on {}: {count}", effect.filter));
        }
    }
    let alone = nothing
        .filters
        .iter()
        .all(|effect| effect.paragraphs_without == 0);
    if alone && nothing.filters.len() > 1 && nothing.paragraphs_unfiltered > 0 {
        let count = counted(nothing.paragraphs_unfiltered, "paragraph");
        lines.push(format!("without any filter: {count}"));
    }
    if !nothing.nearest.is_empty() {
        lines.push(format!(
            "hint: near in the corpus: {}",
            nothing.nearest.join(", ")
        ));
    }
    lines.push(coverage(&nothing.coverage));
    let mut out = String::new();
    for line in lines {
        let margin = Margin { first: 0, rest: 2 };
        fill(&[Span::new(Ink::Plain, &line)], margin, page, &mut out);
    }
    out
}

/// A hint for each family of which another label stands in the corpus.
pub fn family_hints(families: &[FamilyInAnswer]) -> Vec<String> {
    let mut hints = Vec::new();
    for family in families {
        let others: Vec<String> = family
            .labels
            .iter()
            .filter(|count| count.label != family.asked && count.paragraphs > 0)
            .map(|count| format!("{} ({})", count.label, count.paragraphs))
            .collect();
        if !others.is_empty() {
            hints.push(format!(
                "hint: {} is also called {}; --family asks for all",
                family.asked,
                others.join(", ")
            ));
        }
    }
    hints
}

fn word(word: &WordCount) -> String {
    let whole = match word.paragraphs {
        0 => format!("{} stands nowhere", word.text),
        count => format!("{} stands in {}", word.text, counted(count, "paragraph")),
    };
    let is_cut = word.terms.len() > 1;
    let terms: Vec<String> = word
        .terms
        .iter()
        .map(|term| format!("{} {}", term.term, term.paragraphs))
        .collect();
    if is_cut {
        format!("{whole}; cut into {}", terms.join(" · "))
    } else {
        whole
    }
}

fn coverage(coverage: &Coverage) -> String {
    let mut line = format!(
        "the corpus has {} in {}",
        counted(coverage.paragraphs, "paragraph"),
        counted(coverage.documents, "document")
    );
    if let Some([first, last]) = coverage.years {
        line += &format!(", of the years {first} to {last}");
    }
    let named: Vec<&str> = coverage
        .regions
        .iter()
        .take(REGIONS)
        .map(String::as_str)
        .collect();
    if !named.is_empty() {
        line += &format!(", from {}", named.join(", "));
    }
    if coverage.regions.len() > REGIONS {
        line += &format!(" and {} more", coverage.regions.len() - REGIONS);
    }
    line
}

#[cfg(test)]
mod tests {
    use crate::search::{FilterEffect, LabelCount, TermCount};

    use super::*;

    #[test]
    fn nothing_is_told_with_what_to_try() {
        let term = |term: &str, paragraphs| TermCount {
            term: term.to_owned(),
            paragraphs,
        };
        let filter = |filter: &str, paragraphs_without| FilterEffect {
            filter: filter.to_owned(),
            paragraphs_without,
        };
        let nothing = Nothing {
            words: vec![WordCount {
                text: "免申既享".to_owned(),
                paragraphs: 0,
                terms: vec![term("免申", 3), term("既享", 0)],
            }],
            filters: vec![filter("region", 12), filter("year", 0)],
            paragraphs_unfiltered: 12,
            nearest: vec!["免申即享".to_owned()],
            coverage: Coverage {
                documents: 1,
                paragraphs: 20,
                regions: vec!["广东省".to_owned()],
                years: Some([2019, 2022]),
            },
        };
        assert_eq!(
            nothing_text(&nothing, &Page::plain()),
            "免申既享 stands nowhere; cut into 免申 3 · 既享 0\n\
             without the filter on region: 12 paragraphs\n\
             hint: near in the corpus: 免申即享\n\
             the corpus has 20 paragraphs in 1 document, of the years 2019 to 2022, from 广东省\n"
        );
    }

    #[test]
    fn other_labels_of_a_reform_are_a_hint_where_they_stand_in_the_corpus() {
        let label = |label: &str, paragraphs| LabelCount {
            label: label.to_owned(),
            paragraphs,
        };
        let family = FamilyInAnswer {
            name: "跨域通办".to_owned(),
            asked: "跨省通办".to_owned(),
            labels: vec![
                label("跨域通办", 2),
                label("跨省通办", 9),
                label("省内通办", 0),
            ],
        };
        assert_eq!(
            family_hints(&[family]),
            ["hint: 跨省通办 is also called 跨域通办 (2); --family asks for all"]
        );
    }
}
