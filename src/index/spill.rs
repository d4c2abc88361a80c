//! Bytes that wait to be read once more: in memory, or in a file without a name.
//!
//! The file has no name (where the system cannot make such a one, it loses its name at once), so
//! nothing is left of it whatever becomes of the process.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Keeps parts, each of which is read from its beginning to its end.
pub(super) struct Spill {
    /// Where the file may lie; `None` to keep all in memory.
    folder: Option<PathBuf>,
    file: Option<Mutex<File>>,
    end: u64,
}

/// Some bytes that wait.
pub(super) enum Part {
    Held(Box<[u8]>),
    Spilled(Range<u64>),
}

impl Part {
    /// Bytes in memory.
    pub(super) fn held(&self) -> usize {
        match self {
            Self::Held(bytes) => bytes.len(),
            Self::Spilled(_) => 0,
        }
    }
}

impl Spill {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            file: None,
            end: 0,
        }
    }

    /// Moves a part out of memory, where that is possible.
    pub(super) fn put_away(&mut self, part: &mut Part) -> io::Result<()> {
        let (Part::Held(bytes), Some(folder)) = (&*part, &self.folder) else {
            return Ok(());
        };
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(Mutex::new(tempfile::tempfile_in(folder)?)),
        };
        let mut file = lock(file);
        file.seek(SeekFrom::Start(self.end))?;
        file.write_all(bytes)?;
        let start = self.end;
        self.end += bytes.len() as u64;
        *part = Part::Spilled(start..self.end);
        Ok(())
    }

    /// Reads a part.
    pub(super) fn read<'s>(&'s self, part: &'s Part) -> PartReader<'s> {
        match part {
            Part::Held(bytes) => PartReader::Held(bytes),
            Part::Spilled(range) => {
                let file = self.file.as_ref().expect("what was put away lies in it");
                PartReader::Spilled(file, range.clone())
            }
        }
    }
}

/// What is left to read of a part.
pub(super) enum PartReader<'s> {
    Held(&'s [u8]),
    Spilled(&'s Mutex<File>, Range<u64>),
}

impl Read for PartReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Held(bytes) => bytes.read(buffer),
            Self::Spilled(file, rest) => {
                let mut file = lock(file);
                file.seek(SeekFrom::Start(rest.start))?;
                let mut rest_of_file = (&mut *file).take(rest.end - rest.start);
                let length = rest_of_file.read(buffer)?;
                rest.start += length as u64;
                Ok(length)
            }
        }
    }
}

fn lock(file: &Mutex<File>) -> MutexGuard<'_, File> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(spill: &Spill, parts: &[Part]) -> Vec<Vec<u8>> {
        let read = |part| {
            let mut bytes = Vec::new();
            spill.read(part).read_to_end(&mut bytes).unwrap();
            bytes
        };
        parts.iter().map(read).collect()
    }

    #[test]
    fn parts_are_read_as_they_were_put_away_and_leave_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut spill = Spill::new(Some(folder.path().to_owned()));
        let whole = [vec![1; 70_000], vec![], vec![2, 3]];
        let mut parts: Vec<Part> = whole
            .iter()
            .map(|bytes| Part::Held(bytes[..].into()))
            .collect();
        for part in &mut parts[..2] {
            spill.put_away(part).unwrap();
        }
        assert!(matches!(parts[0], Part::Spilled(_)));
        assert_eq!(read(&spill, &parts), whole);
        spill.put_away(&mut parts[2]).unwrap();
        assert_eq!(read(&spill, &parts), whole);
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }

    #[test]
    fn without_a_folder_all_stays_in_memory() {
        let mut spill = Spill::new(None);
        let mut part = Part::Held([7; 10].into());
        spill.put_away(&mut part).unwrap();
        assert!(matches!(part, Part::Held(_)));
    }

    #[test]
    fn a_folder_that_is_gone_is_an_error_and_loses_nothing() {
        let mut spill = Spill::new(Some(PathBuf::from("/nowhere/at/all")));
        let mut part = Part::Held([7; 10].into());
        assert!(spill.put_away(&mut part).is_err());
        assert_eq!(read(&spill, &[part]), [vec![7; 10]]);
    }
}
