//! A [`Query`](crate::query::Query) to [`Results`]: plan, rank, highlight, facets.
//!
//! Holds no terminal code and reads no clock: a page or an API can stand where `cli` stands.

mod request;
mod results;

pub use request::{FacetRequest, Filters, Match, Request, Sort};
pub use results::{
    Asked, FacetNode, FacetValue, Facets, Hit, Results, Section, Tier, Tiers, Total,
};
