//! How tantivy opens the files of a generation: one way for who answers, another for who writes.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

use super::folder::{MANAGED, METAS};

/// The folder of one commit, which is read and never written, not even by taking a lock: an index on
/// a read-only disk answers too.
#[derive(Debug, Clone)]
pub(super) struct ReadOnly {
    pub(super) folder: MmapDirectory,
    /// `meta.json` as it was when the commit was chosen. tantivy asks for it again and again.
    pub(super) metas: Arc<[u8]>,
    /// The same without the schema, from when that has been read.
    pub(super) segments: Arc<OnceLock<Vec<u8>>>,
}

impl Directory for ReadOnly {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.folder.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(read_only()),
            filepath: path.to_owned(),
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        match path.to_str() {
            Some(MANAGED) => Ok(false),
            _ => self.folder.exists(path),
        }
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        match path.to_str() {
            Some(METAS) => {
                let segments = self.segments.get().cloned();
                Ok(segments.unwrap_or_else(|| self.metas.to_vec()))
            }
            // The list of files that a writer may collect.
            Some(MANAGED) => Err(OpenReadError::FileDoesNotExist(path.to_owned())),
            _ => self.folder.atomic_read(path),
        }
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    /// tantivy's reader takes a lock while it opens segments, so that they are not collected
    /// meanwhile. Here the reader finds out that one is gone, and opens the newer commit.
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::ReadOnlyFilesystem, "opened for reading")
}

/// The folder of a generation that is written: tantivy's own, but for the size of what is written at
/// a time.
#[derive(Debug, Clone)]
pub(super) struct Writable {
    root: PathBuf,
    folder: MmapDirectory,
}

impl Writable {
    pub(super) fn open(root: &Path) -> tantivy::Result<Self> {
        Ok(Self {
            root: root.to_owned(),
            folder: MmapDirectory::open(root)?,
        })
    }
}

impl Directory for Writable {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.folder.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.folder.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.folder.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(self.root.join(path));
        let file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
            _ => OpenWriteError::wrap_io_error(error, path.to_owned()),
        })?;
        // tantivy takes the buffer off, and puts it around what takes the checksum.
        Ok(BufWriter::new(Box::new(InBlocks::of(file, path))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.folder.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.folder.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.folder.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.folder.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.folder.watch(callback)
    }
}

/// How much is written at a time. The system keeps a file in memory in pieces as large as it was
/// written in, and brings in a whole piece when a search first touches it: the larger, the fewer
/// times it has to, and the more memory counts as touched.
const BLOCK: usize = 128 << 10;

/// The same of tables that every question touches all over, and that are small.
const BLOCK_OF_TABLES: usize = 2 << 20;

/// The endings of those: columns, lengths and dictionaries.
const TABLES: [&str; 3] = ["fast", "fieldnorm", "term"];

/// A file that is written a whole block at a time.
struct InBlocks {
    file: File,
    block: Vec<u8>,
    /// The bytes of a whole block.
    whole: usize,
}

impl InBlocks {
    fn of(file: File, path: &Path) -> Self {
        let name = path.extension();
        let is_table = TABLES.iter().any(|table| name == Some(table.as_ref()));
        Self {
            file,
            block: Vec::new(),
            whole: if is_table { BLOCK_OF_TABLES } else { BLOCK },
        }
    }

    fn write_block(&mut self) -> io::Result<()> {
        self.file.write_all(&self.block)?;
        self.block.clear();
        Ok(())
    }
}

impl Write for InBlocks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.block.len() == self.whole {
            self.write_block()?;
        }
        let taken = bytes.len().min(self.whole - self.block.len());
        self.block.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    /// Nobody reads what is not yet terminated, and a block that is not full would put all others
    /// out of their places.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for InBlocks {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.write_block()?;
        self.file.sync_data()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::fs;

    use tantivy::HasLen;

    #[test]
    fn a_file_has_all_that_was_written_to_it() {
        let root = tempfile::tempdir().unwrap();
        let folder = Writable::open(root.path()).unwrap();
        for (name, block) in [("some.store", BLOCK), ("some.fast", BLOCK_OF_TABLES)] {
            let name = Path::new(name);
            let mut written = Vec::new();
            let mut file = folder.open_write(name).unwrap();
            for (number, length) in [1, 5_000, block, 3 * block + 7, 0, 9].iter().enumerate() {
                let piece = vec![u8::try_from(number).unwrap(); *length];
                file.write_all(&piece).unwrap();
                file.flush().unwrap();
                written.extend(piece);
            }
            let on_disk = fs::metadata(root.path().join(name)).unwrap().len();
            let whole = block as u64;
            assert!(
                on_disk >= 3 * whole && on_disk.is_multiple_of(whole),
                "only whole blocks"
            );
            file.terminate().unwrap();
            let read = folder.open_read(name).unwrap();
            assert_eq!(read.len(), written.len());
            assert!(read.read_bytes().unwrap().as_slice() == written);
        }
    }

    #[test]
    fn a_file_that_is_there_is_not_written_over() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("some.store"), "kept").unwrap();
        let folder = Writable::open(root.path()).unwrap();
        let error = folder.open_write(Path::new("some.store")).err().unwrap();
        assert!(matches!(error, OpenWriteError::FileAlreadyExists(_)));
        let error = folder.open_write(Path::new("no/such.store")).err().unwrap();
        assert!(matches!(error, OpenWriteError::IoError { .. }), "{error}");
        let kept = fs::read_to_string(root.path().join("some.store")).unwrap();
        assert_eq!(kept, "kept");
    }
}
