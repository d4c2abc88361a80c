//! Characters made comparable without losing their place: folding, match units, numerals, dates,
//! sentences.
//!
//! Comes in: text as written. Goes out: forms that compare, each with byte ranges of the original.

mod fold;
mod units;

pub use fold::{fold, fold_char};
pub use units::{Form, Unit, is_han, units};
