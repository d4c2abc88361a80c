//! The `xianli` command; see `xianli::cli`.
fn main() {}
