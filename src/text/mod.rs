//! Characters made comparable without losing their place: folding, match units, numerals, dates,
//! sentences.
//!
//! Comes in: text as written. Goes out: forms that compare, each with byte ranges of the original.

mod dates;
mod fold;
mod numerals;
mod sentences;
mod units;

pub use dates::{Date, Dated, dates};
pub use fold::{fold, fold_char};
pub use numerals::{Number, integer, numbers};
pub use sentences::sentences;
pub use units::{Form, Unit, is_common_han, is_han, units};
