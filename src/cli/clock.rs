//! The clock.

use std::time::{Duration, Instant, SystemTime};

/// Counts from the moment it is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "cli is where the clock is read")]
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time that has passed.
    pub(super) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// Seconds with two decimals.
    pub(super) fn seconds(self) -> f64 {
        (self.0.elapsed().as_secs_f64() * 100.0).round() / 100.0
    }

    /// Milliseconds with two decimals.
    pub(super) fn milliseconds(self) -> f64 {
        (self.0.elapsed().as_secs_f64() * 100_000.0).round() / 100.0
    }
}

/// The moment.
#[expect(clippy::disallowed_methods, reason = "cli is where the clock is read")]
pub(super) fn now() -> SystemTime {
    SystemTime::now()
}
