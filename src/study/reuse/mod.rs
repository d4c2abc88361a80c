//! Who says the same sentence: paragraphs that are nearly the same in other places.
//!
//! Comes in: paragraphs with the facts of their documents. Goes out: echoes, each with both texts
//! side by side, what was changed, how telling it is, and which was written first where the dates
//! say so. What stands in many documents, formulas and titles in 《》 do not count.

mod alignment;
mod content;
mod difference;
mod direction;
mod echo;
mod edges;
mod formulas;
mod rarity;
mod similar;

pub use alignment::{Alignment, Side, Step, align};
pub use content::{Content, SHINGLE};
pub use difference::{Difference, difference};
pub use direction::{Direction, direction};
pub use echo::{Echo, LEAST_IDENTITY, LEAST_RARE, Piece, Reading, Span, echo};
pub use edges::{Edge, edges};
pub use formulas::idle_units;
pub use rarity::{ENOUGH, FOLLOWERS, Frequencies, rarity, weight_of_crowd};
pub use similar::{Origin, Original, Places, Similar, similar};

/// `part / whole`, 0 of nothing.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        as_ratio(part, whole)
    }
}

fn as_ratio(part: usize, whole: usize) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of units and documents are far below 2^53"
    )]
    let ratio = part as f64 / whole as f64;
    ratio
}
