//! The `xianli-index` command; see `xianli::cli`.

/// Several threads make and drop many small strings, which it does in less time than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    xianli::cli::xianli_index()
}
