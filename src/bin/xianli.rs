//! The `xianli` command; see `xianli::cli`.

fn main() -> std::process::ExitCode {
    xianli::cli::xianli()
}
