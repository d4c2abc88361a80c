//! The members of a zip file, each unpacked within a budget that the whole file shares.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Format, Limits, ReadError};

/// An open archive and how much more may be unpacked from it.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    format: Format,
    limit: u64,
    left: u64,
}

impl<'b> Archive<'b> {
    /// Opens the archive that a file of this format is.
    pub(super) fn open(
        bytes: &'b [u8],
        format: Format,
        limits: &Limits,
    ) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(format, &error))?;
        Ok(Self {
            zip,
            format,
            limit: limits.unpacked_bytes,
            left: limits.unpacked_bytes,
        })
    }

    /// The names of the members that are files, in the order of the archive, with their places.
    pub(super) fn files(&mut self) -> Vec<(usize, Vec<u8>)> {
        (0..self.zip.len())
            .filter_map(|place| {
                let member = self.zip.by_index_raw(place).ok()?;
                member
                    .is_file()
                    .then(|| (place, member.name_raw().to_vec()))
            })
            .collect()
    }

    /// The bytes of the member of this name, whatever its case; `None` if there is none.
    pub(super) fn named(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let wanted = name.as_bytes();
        let place = self.files().into_iter().find_map(|(place, found)| {
            let found = found.strip_prefix(b"/").unwrap_or(&found);
            found.eq_ignore_ascii_case(wanted).then_some(place)
        });
        place.map(|place| self.at(place)).transpose()
    }

    /// The bytes of the member at a place.
    pub(super) fn at(&mut self, place: usize) -> Result<Vec<u8>, ReadError> {
        let format = self.format;
        let member = match self.zip.by_index(place) {
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ReadError::Encrypted { format });
            }
            member => member.map_err(|error| broken(format, &error))?,
        };
        let mut bytes = Vec::new();
        member
            .take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| broken(format, &error))?;
        let size = bytes.len() as u64;
        if size > self.left {
            return Err(ReadError::TooLarge {
                bytes: self.limit - self.left + size,
                limit: self.limit,
            });
        }
        self.left -= size;
        Ok(bytes)
    }
}

fn broken(format: Format, detail: &dyn std::fmt::Display) -> ReadError {
    ReadError::Broken {
        format,
        detail: detail.to_string(),
    }
}
