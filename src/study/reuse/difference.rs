//! What was changed between two versions of one text, from beginning to end.
//!
//! The longest common subsequence of units (R. A. Wagner and M. J. Fischer, The String-to-String
//! Correction Problem, Journal of the ACM 21, 1974). Where a span is looked for inside two texts,
//! [`echo`](super::echo()) is.

use super::alignment::{LONGEST, Step};
use super::content::Content;
use super::echo::{Piece, pieces_of};
use super::ratio;

/// Two texts side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// How much of the longer text is the same, 0 to 1.
    pub identity: f64,
    /// Both texts, piece by piece.
    pub pieces: Vec<Piece>,
}

/// The differences of two texts. Marks, script, width and spaces are none. Of texts longer than
/// 4,000 units only the beginnings are compared.
///
/// ```
/// use xianli::study::reuse::difference;
/// let found = difference("推行免证办改革", "全面推行免證辦");
/// let changed: Vec<_> = found.pieces.iter().filter(|piece| !piece.same).collect();
/// assert_eq!((changed[0].second.as_str(), changed[1].first.as_str()), ("全面", "改革"));
/// ```
pub fn difference(first: &str, second: &str) -> Difference {
    let (a, b) = (Content::of(first), Content::of(second));
    let steps = steps(
        &a.codes[..a.len().min(LONGEST)],
        &b.codes[..b.len().min(LONGEST)],
    );
    let same = steps.iter().filter(|&&step| step == Step::Same).count();
    Difference {
        identity: ratio(same, a.len().max(b.len())),
        pieces: pieces_of(&steps, (first, &a, 0), (second, &b, 0)),
    }
}

/// How the first sequence becomes the second.
fn steps(first: &[u32], second: &[u32]) -> Vec<Step> {
    let width = second.len() + 1;
    // common[i][j]: the longest common subsequence of what follows i and j.
    let mut common = vec![0u16; (first.len() + 1) * width];
    for i in (0..first.len()).rev() {
        for j in (0..second.len()).rev() {
            common[i * width + j] = if first[i] == second[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut steps = Vec::new();
    while i < first.len() || j < second.len() {
        if i < first.len() && j < second.len() && first[i] == second[j] {
            steps.push(Step::Same);
            (i, j) = (i + 1, j + 1);
        } else if j == second.len()
            || i < first.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]
        {
            steps.push(Step::Left);
            i += 1;
        } else {
            steps.push(Step::Right);
            j += 1;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(first: &str, second: &str) -> Vec<(String, String)> {
        difference(first, second)
            .pieces
            .into_iter()
            .map(|piece| (piece.first, piece.second))
            .collect()
    }

    #[test]
    fn what_was_changed_stands_between_what_was_kept() {
        assert_eq!(
            told(
                "新增15个合作地区，办结率98%",
                "新增20个合作地区、办结率98.6%。"
            ),
            [
                ("新增".to_owned(), "新增".to_owned()),
                ("15".to_owned(), "20".to_owned()),
                (
                    "个合作地区，办结率".to_owned(),
                    "个合作地区、办结率".to_owned()
                ),
                ("98".to_owned(), "98.6".to_owned()),
            ]
        );
    }

    #[test]
    fn texts_with_nothing_in_common_are_one_change() {
        let found = difference("免证办", "一网通");
        assert_eq!((found.identity, found.pieces.len()), (0.0, 1));
        assert_eq!(difference("", "").pieces, []);
    }
}
