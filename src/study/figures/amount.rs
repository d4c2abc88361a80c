//! How much: a number with what its words of comparison leave open.

use serde::Serialize;

/// How much.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Amount {
    /// The number as it stands there: of a range, its lower end.
    pub value: f64,
    /// What the words around it make of it.
    pub bound: Bound,
    /// It is at least this; `None` where nothing is said.
    pub low: Option<f64>,
    /// It is at most this.
    pub high: Option<f64>,
}

/// What the words of comparison make of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// 48项
    Exactly,
    /// 超, 余, 以上, 不少于
    AtLeast,
    /// 以内, 不超过
    AtMost,
    /// 约, 左右
    About,
    /// 近: a little less
    Nearly,
    /// 6至8个工作日
    Between,
}

impl Amount {
    /// A number under a bound.
    pub fn new(value: f64, bound: Bound) -> Self {
        let (low, high) = match bound {
            Bound::Exactly => (Some(value), Some(value)),
            Bound::AtLeast => (Some(value), None),
            Bound::AtMost => (None, Some(value)),
            Bound::About | Bound::Nearly | Bound::Between => (None, None),
        };
        Self {
            value,
            bound,
            low,
            high,
        }
    }

    /// Everything from `low` to `high`.
    pub fn between(low: f64, high: f64) -> Self {
        Self {
            value: low,
            bound: Bound::Between,
            low: Some(low),
            high: Some(high),
        }
    }
}

impl Bound {
    /// A sign for tables: `≥`, `≤`, `≈`, `→` (nearly), nothing for exactly and between.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Exactly | Self::Between => "",
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::About => "≈",
            Self::Nearly => "≲",
        }
    }

    /// The name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exactly => "exactly",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::About => "about",
            Self::Nearly => "nearly",
            Self::Between => "between",
        }
    }
}
