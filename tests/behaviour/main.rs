//! The two commands as a user meets them: exit codes, streams, exact output.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its files has failed"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "the tests ask where the shared documents lie"
)]
#![expect(clippy::too_many_lines, reason = "a whole answer is compared")]

mod adopting;
mod asking;
mod bench;
mod indexing;
mod instruments;
mod operating;
mod readme;
mod researching;
mod schema;
mod showing;
