//! Indexes that follow their folders: through the library, as the commands call it.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on is a failed test"
)]

mod bench;
mod equality;
mod operating;
