//! A [`Document`](crate::document::Document) to its [`Labels`]: region, dates, issuer, status,
//! section roles, each with the words that it was read from.

mod labels;

pub use labels::{Evidence, Label, Labels, Source};
