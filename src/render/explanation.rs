//! How a hit was ranked, for a person: its score, what it is made of, and what it is ahead by.

use crate::search::Explanation;

use super::ink::{Ink, Span};
use super::page::Page;
use super::wrap::{Margin, fill};

/// How many parts of a score are named.
const PARTS: usize = 8;

/// Writes `score 12.30 = pairs 免申 3.10 + …`, what the sum was multiplied by, and why the hit stands
/// above the next.
pub(super) fn write(explanation: &Explanation, score: f32, page: &Page, out: &mut String) {
    let parts = explanation.parts.iter().take(PARTS);
    let mut sum: Vec<String> = parts
        .map(|part| format!("{} {} {:.2}", part.view, part.token, part.score))
        .collect();
    if let Some(rest) = explanation
        .parts
        .get(PARTS..)
        .filter(|rest| !rest.is_empty())
    {
        let together: f32 = rest.iter().map(|part| part.score).sum();
        sum.push(format!("{} more {together:.2}", rest.len()));
    }
    let mut line = format!("score {score:.2} = {}", sum.join(" + "));
    for factor in &explanation.factors {
        line += &format!(" × {:.2} ({})", factor.factor, factor.reason);
    }
    write_line(&line, page, out);
    if let Some(reason) = &explanation.above_next {
        write_line(&format!("above the next: {reason}"), page, out);
    }
}

fn write_line(line: &str, page: &Page, out: &mut String) {
    fill(
        &[Span::new(Ink::Faint, line)],
        Margin { first: 2, rest: 4 },
        page,
        out,
    );
}

#[cfg(test)]
mod tests {
    use crate::search::{ScoreFactor, ScorePart};

    use super::*;

    #[test]
    fn a_score_is_told_as_a_sum() {
        let part = |token: &str, score| ScorePart {
            view: "pairs".to_owned(),
            token: token.to_owned(),
            score,
        };
        let explanation = Explanation {
            parts: vec![part("免申", 3.5), part("申即", 2.0)],
            factors: vec![ScoreFactor {
                reason: "no running text".to_owned(),
                factor: 0.75,
            }],
            above_next: Some("its year comes first".to_owned()),
        };
        let mut out = String::new();
        write(&explanation, 4.125, &Page::plain(), &mut out);
        assert_eq!(
            out,
            "  score 4.12 = pairs 免申 3.50 + pairs 申即 2.00 × 0.75 (no running text)\n  \
             above the next: its year comes first\n"
        );
    }

    #[test]
    fn small_parts_are_told_together() {
        let explanation = Explanation {
            parts: vec![
                ScorePart {
                    view: "words".to_owned(),
                    token: "办".to_owned(),
                    score: 0.5,
                };
                PARTS + 2
            ],
            ..Explanation::default()
        };
        let mut out = String::new();
        write(&explanation, 5.0, &Page::plain(), &mut out);
        assert!(out.ends_with(" + 2 more 1.00\n"), "{out}");
    }
}
