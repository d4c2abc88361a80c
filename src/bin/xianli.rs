//! The `xianli` command; see `xianli::cli`.

/// Measured against the system's: see BENCHMARKS.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    xianli::cli::xianli()
}
