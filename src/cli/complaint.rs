//! A flag's value that cannot be used: what is wrong, where, and what to type instead.

use std::fmt;
use std::ops::Range;

use crate::render::caret;

/// A flag's value that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Complaint {
    /// What is wrong, in lowercase and with no final stop.
    message: String,
    /// The flag and its value as typed.
    typed: String,
    /// The bytes of `typed` that are wrong.
    part: Range<usize>,
    /// What to type instead.
    hint: String,
}

impl Complaint {
    /// A complaint about the whole of a value.
    pub(super) fn new(flag: &str, value: &str, message: String, hint: String) -> Self {
        let typed = format!("{flag} {value}");
        Self {
            message,
            part: flag.len() + 1..typed.len(),
            typed,
            hint,
        }
    }
}

impl std::error::Error for Complaint {}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = caret(&self.typed, self.part.clone());
        write!(out, "{}\n{shown}hint: {}", self.message, self.hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carets_stand_under_the_value() {
        let complaint = Complaint::new(
            "--region",
            "广冻",
            "unknown region".into(),
            "nearest: 广东省".into(),
        );
        assert_eq!(
            complaint.to_string(),
            "unknown region\n  --region 广冻\n           ^^^^\nhint: nearest: 广东省"
        );
    }
}
