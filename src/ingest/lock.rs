//! One writer at a time, across processes.
//!
//! The lock is the system's, on `DIR/lock`, so it ends with the process that holds it, however that
//! ends. What stands in the file is for whoever finds it taken.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::Path;
use std::time::SystemTime;

use super::IngestError;
use super::moment::utc;
use crate::index::IndexError;

/// Held while an index is written.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process that is just being started shares what is open here for a
        // moment. Where it cannot be unlocked, it ends with this process.
        let _ = self.file.unlock();
    }
}

impl Lock {
    /// Takes the lock of the index in `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// [`IngestError::Locked`] names who holds it and since when.
    pub(super) fn acquire(folder: &Path, now: SystemTime) -> Result<Self, IngestError> {
        let path = folder.join("lock");
        let failed = |attempt| {
            let path = path.clone();
            move |source| IndexError::File {
                attempt,
                path,
                source,
            }
        };
        fs::create_dir_all(folder).map_err(failed("create"))?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed("lock"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(IngestError::Locked {
                    folder: folder.to_owned(),
                    holder: fs::read_to_string(&path)
                        .unwrap_or_default()
                        .trim()
                        .to_owned(),
                });
            }
            Err(TryLockError::Error(source)) => return Err(failed("lock")(source).into()),
        }
        let holder = format!("process {} since {}\n", std::process::id(), utc(now));
        file.set_len(0)
            .and_then(|()| file.write_all(holder.as_bytes()))
            .map_err(failed("lock"))?;
        Ok(Self { file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_holds_the_lock_and_since_when() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::acquire(folder.path(), SystemTime::UNIX_EPOCH).unwrap();
        let second = Lock::acquire(folder.path(), SystemTime::UNIX_EPOCH);
        let told = second.unwrap_err().to_string();
        let holder = format!("process {} since 1970-01-01T00:00:00Z", std::process::id());
        assert!(told.contains(&holder), "{told}");
        drop(first);
        Lock::acquire(folder.path(), SystemTime::UNIX_EPOCH).unwrap();
    }

    #[test]
    fn the_lock_ends_though_a_process_that_is_being_started_still_has_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::acquire(folder.path(), SystemTime::UNIX_EPOCH).unwrap();
        let shared = first.file.try_clone().unwrap();
        drop(first);
        Lock::acquire(folder.path(), SystemTime::UNIX_EPOCH).unwrap();
        drop(shared);
    }
}
