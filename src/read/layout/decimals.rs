//! Numbers that count in steps: 1, 1.1, 1.1.1, as plans for emergencies and standards do.
//!
//! A line that begins with 1.1 alone may as well begin with an amount (12.4国家宪法日), so a document
//! is asked as a whole: most such lines must stand under a line with the first of their numbers.

use super::Item;
use super::marker::{Family, Marker};
use crate::text::is_han;

/// So many lines with two numbers or more are needed.
const LEAST: usize = 3;
/// The longest line, in characters, that the others are counted under.
const LONGEST: usize = 30;

/// Gives the lines their markers, where the document counts so.
pub(super) fn mark(items: &mut [Item]) {
    let found: Vec<Option<Step>> = items.iter().map(step).collect();
    let (mut all, mut fitting) = (0, 0);
    let mut above = None;
    for step in found.iter().flatten() {
        if step.depth == 1 {
            above = Some(step.first);
        } else {
            all += 1;
            fitting += usize::from(above == Some(step.first));
        }
    }
    if all < LEAST || fitting * 5 < all * 4 {
        return;
    }
    for (item, step) in items.iter_mut().zip(found) {
        if let Some(step) = step {
            item.marker = Some(step.marker);
        }
    }
}

/// A line that begins with numbers.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// How many numbers.
    depth: usize,
    /// The first of them.
    first: u32,
    marker: Marker,
}

fn step(item: &Item) -> Option<Step> {
    if item.kind.is_some() || !item.is_plain() {
        return None;
    }
    let text = item.folded.as_str();
    let label_end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let label = text[..label_end].trim_end_matches('.');
    let numbers: Option<Vec<u32>> = label.split('.').map(number).collect();
    let numbers = numbers?;
    let rest = text[label_end..]
        .trim_start_matches(['、', '.'])
        .trim_start();
    let family = match numbers.len() {
        1 if item.length() <= LONGEST && !item.squeezed.ends_with(['。', '；', '：']) => {
            Family::Number
        }
        2 => Family::NumberOfTwo,
        3 => Family::NumberOfThree,
        _ => return None,
    };
    rest.starts_with(|c: char| is_han(c) || "“《（(".contains(c))
        .then(|| Step {
            depth: numbers.len(),
            first: numbers[0],
            marker: Marker {
                family,
                ordinal: numbers[numbers.len() - 1],
                end: text.len() - rest.len(),
                label_end,
            },
        })
}

/// One or two digits that count something.
fn number(digits: &str) -> Option<u32> {
    let number = digits.parse().ok()?;
    (digits.len() <= 2 && number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::super::tests::laid_out;

    #[test]
    fn steps_are_headings_under_each_other() {
        let lines = laid_out(
            "某县防汛应急预案\n1 总则\n1.1 编制目的\n规范防汛工作。\n1.2 适用范围\n适用于本县。\n2 组织体系\n\
             2.1 指挥机构\n2.1.1 县级\n设指挥部。\n2.1.2 乡级\n设分部。",
        );
        assert_eq!(
            lines[1..],
            [
                "heading1  | 1 总则",
                "heading2 1 总则 | 1.1 编制目的",
                "paragraph 1 总则/1.1 编制目的 | 规范防汛工作。",
                "heading2 1 总则 | 1.2 适用范围",
                "paragraph 1 总则/1.2 适用范围 | 适用于本县。",
                "heading1  | 2 组织体系",
                "heading2 2 组织体系 | 2.1 指挥机构",
                "heading3 2 组织体系/2.1 指挥机构 | 2.1.1 县级",
                "paragraph 2 组织体系/2.1 指挥机构/2.1.1 县级 | 设指挥部。",
                "heading3 2 组织体系/2.1 指挥机构 | 2.1.2 乡级",
                "paragraph 2 组织体系/2.1 指挥机构/2.1.2 乡级 | 设分部。",
            ]
        );
    }

    #[test]
    fn amounts_at_the_head_of_lines_count_nothing() {
        let lines = laid_out(
            "某市2021年工作总结\n一、成效\n12.4国家宪法日宣传。\n3.5万人参加。\n1.2亿元到位。\n2.0版本上线。",
        );
        assert!(
            lines[2..].iter().all(|line| line.starts_with("paragraph")),
            "{lines:?}"
        );
    }
}
