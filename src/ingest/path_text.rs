//! A path as text that gives the same path back, also where it is not UTF-8.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A path in a manifest: itself where it is UTF-8; else NUL, which no path has, and its bytes in
/// hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct PathText(String);

const MARK: char = '\0';

impl PathText {
    pub(super) fn from_path(path: &Path) -> Self {
        match path.to_str() {
            Some(text) => Self(text.to_owned()),
            None => Self(escaped(path)),
        }
    }

    pub(super) fn to_path(&self) -> PathBuf {
        let bytes = self.0.strip_prefix(MARK).and_then(bytes_in);
        bytes.map_or_else(|| PathBuf::from(&self.0), path_of)
    }
}

fn escaped(path: &Path) -> String {
    let mut text = String::from(MARK);
    for byte in path.as_os_str().as_encoded_bytes() {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

fn bytes_in(digits: &str) -> Option<Vec<u8>> {
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
        .collect()
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_name_in_gbk_comes_back_as_it_was() {
        let path = path_of(b"/corpus/\xb9\xab\xb8\xe6.txt".to_vec());
        let text = PathText::from_path(&path);
        assert_eq!(text.0, "\0".to_owned() + "2f636f727075732fb9abb8e62e747874");
        assert_eq!(text.to_path(), path);
        assert_eq!(
            PathText::from_path(Path::new("公告.txt")).to_path(),
            Path::new("公告.txt")
        );
    }
}
