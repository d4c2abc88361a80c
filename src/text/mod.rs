//! Characters made comparable without losing their place: fold, match units, numerals, dates,
//! sentences.
