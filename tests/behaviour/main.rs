//! The two commands as a user meets them: exit codes, streams, exact output.

mod asking;
mod bench;
mod indexing;
mod showing;
