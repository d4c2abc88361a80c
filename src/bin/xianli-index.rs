//! The `xianli-index` command; see `xianli::cli`.
fn main() {}
