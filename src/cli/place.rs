//! Where the index lies.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use etcetera::base_strategy::choose_native_strategy;

use super::common::Common;

/// The variable of the environment that says where an index lies.
pub(super) const VARIABLE: &str = "XIANLI_INDEX";

/// What it says.
#[expect(
    clippy::disallowed_methods,
    reason = "cli is where the environment is read"
)]
pub(super) fn of_environment() -> Option<OsString> {
    std::env::var_os(VARIABLE)
}

/// Where the index lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// Where the user said, by `--index` or `XIANLI_INDEX`.
    Stated(PathBuf),
    /// At the default place.
    Default(PathBuf),
    /// Nowhere: nothing was said, and the user has no home folder.
    Nowhere,
}

impl Place {
    /// Where the index lies for these flags.
    pub(super) fn of(common: &Common) -> Self {
        if let Some(folder) = &common.index {
            return Self::Stated(folder.clone());
        }
        match choose_native_strategy() {
            Ok(folders) => Self::Default(folders.data_dir().join("xianli").join("index")),
            Err(_) => Self::Nowhere,
        }
    }

    /// The folder.
    pub(super) fn folder(&self) -> anyhow::Result<&Path> {
        match self {
            Self::Stated(folder) | Self::Default(folder) => Ok(folder),
            Self::Nowhere => anyhow::bail!(
                "no home folder is known to keep the index in\nhint: name a folder with `--index DIR`"
            ),
        }
    }
}
