//! Indexes that follow their folders: through the library, as the commands call it, and through the
//! command where a process must die.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on is a failed test"
)]
#![expect(
    clippy::print_stdout,
    reason = "a test says what it measured or skipped"
)]

mod aging;
mod bench;
mod crash;
mod damage;
mod disk;
mod equality;
mod meeting;
mod operating;
mod selecting;
mod watching;
