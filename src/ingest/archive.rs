//! An index as one file, and back.
//!
//! A tar archive of exactly the files of one commit: its segments, its manifest, and tantivy's list
//! of them. Files of a commit never change, so a backup is consistent while a writer runs; what
//! comes back is checked before it answers.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Serialize;

use super::IngestError;
use super::lock::Lock;
use super::manifest::Attachment;
use crate::index::{Depth, GONE, IndexError, IndexFolder, IndexReader, MANAGED, METAS};

/// What a backup or a restored index holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArchiveReport {
    /// The version of this shape: 1.
    pub schema: u32,
    /// Documents in it.
    pub documents: u64,
    /// Paragraphs in it.
    pub paragraphs: u64,
    /// Bytes of the archive.
    pub bytes: u64,
}

/// How often a backup is begun again when a writer replaced what it was about to take.
const ATTEMPTS: usize = 20;

/// Is asked again and again whether to go on.
pub type Asking<'a> = &'a dyn Fn() -> ControlFlow<()>;

/// Writes the last commit of the index in `folder` into one file, as long as `asking` says so.
///
/// # Errors
/// When there is no index that this program can read, it is damaged, the file cannot be written, or
/// it was asked to end; then there is no file, or the one that was there before.
pub fn backup(
    folder: &Path,
    file: &Path,
    asking: Asking<'_>,
) -> Result<ArchiveReport, IngestError> {
    for _ in 1..ATTEMPTS {
        let reader = IndexReader::open(folder)?;
        match Taken::from(&reader) {
            Ok(taken) => {
                whole(&reader)?;
                return written(&reader, &taken, file, asking);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed("read", folder, error)),
        }
    }
    let reader = IndexReader::open(folder)?;
    let taken = Taken::from(&reader).map_err(|error| failed("read", folder, error))?;
    whole(&reader)?;
    written(&reader, &taken, file, asking)
}

/// What is damaged is not worth keeping, and is better known today than when it is needed.
fn whole(reader: &IndexReader) -> Result<(), IngestError> {
    let damaged = reader.damaged_files()?;
    // What is open already can be gone: it was replaced a moment ago.
    match damaged.into_iter().find(|&(_, wrong)| wrong != GONE) {
        Some((file, wrong)) => Err(IndexError::DamagedFile { file, wrong }.into()),
        None => Ok(()),
    }
}

/// Lets the index in a file answer in `folder`, in the place of what is there, unless `asking` says
/// otherwise before it is whole.
///
/// # Errors
/// When another process writes the index, the file is no backup, is damaged, or was made by another
/// version, or it was asked to end; then the old index stands.
pub fn restore(
    folder: &Path,
    file: &Path,
    now: SystemTime,
    asking: Asking<'_>,
) -> Result<ArchiveReport, IngestError> {
    let _lock = Lock::acquire(folder, now)?;
    let index = IndexFolder::new(folder);
    let generation = index.new_generation()?;
    let restored = unpack(file, &generation, asking).and_then(|()| examined(file, &generation));
    match restored {
        Ok(report) => {
            index.publish(&generation)?;
            Ok(report)
        }
        Err(error) => {
            // A leftover is swept away by the next run.
            let _ = fs::remove_dir_all(&generation);
            Err(error)
        }
    }
}

/// The files of one commit, open: they can be read to their end whatever a writer removes.
struct Taken {
    metas: Vec<u8>,
    files: Vec<(String, File)>,
}

impl Taken {
    fn from(reader: &IndexReader) -> io::Result<Self> {
        let generation = reader.generation().expect("it was opened from a folder");
        let segments = reader.segments().into_iter();
        let mut names: Vec<_> = segments
            .flat_map(|segment| segment.files.into_iter().map(|file| file.name))
            .collect();
        let attachment = Attachment::parse(&reader.commit().attachment);
        names.extend(attachment.map(|attachment| attachment.manifest));
        names.sort();
        let open = |name: String| Ok((name.clone(), File::open(generation.join(name))?));
        Ok(Self {
            metas: reader.metas().to_vec(),
            files: names.into_iter().map(open).collect::<io::Result<_>>()?,
        })
    }
}

/// The bytes of a file, as long as nobody asks to end.
struct Unless<'a, R>(R, Asking<'a>);

/// Why the bytes of [`Unless`] ended.
#[derive(Debug, thiserror::Error)]
#[error("asked to end")]
struct AskedToEnd;

impl<R: Read> Read for Unless<'_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match (self.1)() {
            ControlFlow::Continue(()) => self.0.read(bytes),
            ControlFlow::Break(()) => Err(io::Error::other(AskedToEnd)),
        }
    }
}

fn written(
    reader: &IndexReader,
    taken: &Taken,
    file: &Path,
    asking: Asking<'_>,
) -> Result<ArchiveReport, IngestError> {
    let mut beside = file.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let bytes = pack(taken, &beside, asking)
        .and_then(|bytes| fs::rename(&beside, file).map(|()| bytes))
        .map_err(|error| {
            let _ = fs::remove_file(&beside);
            failed("write", file, error)
        })?;
    Ok(report(reader, bytes))
}

fn report(reader: &IndexReader, bytes: u64) -> ArchiveReport {
    ArchiveReport {
        schema: 1,
        documents: reader.commit().documents,
        paragraphs: reader.commit().paragraphs,
        bytes,
    }
}

fn pack(taken: &Taken, path: &Path, asking: Asking<'_>) -> io::Result<u64> {
    let mut archive = tar::Builder::new(BufWriter::new(File::create(path)?));
    let names = taken.files.iter().map(|(name, _)| name.as_str());
    let managed: Vec<_> = names.chain([METAS]).collect();
    let managed = serde_json::to_vec(&managed)?;
    append(&mut archive, MANAGED, managed.len() as u64, &managed[..])?;
    let metas = taken.metas.len() as u64;
    append(&mut archive, METAS, metas, &taken.metas[..])?;
    for (name, file) in &taken.files {
        let length = file.metadata()?.len();
        append(&mut archive, name, length, Unless(file, asking))?;
    }
    let file = archive
        .into_inner()?
        .into_inner()
        .map_err(io::Error::other)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

fn append(
    archive: &mut tar::Builder<impl Write>,
    name: &str,
    length: u64,
    bytes: impl Read,
) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(length);
    header.set_mode(0o644);
    archive.append_data(&mut header, name, bytes)
}

/// Takes the files out of an archive. Only plain files with plain names are taken: whatever an
/// archive says, nothing outside of the folder is written.
fn unpack(file: &Path, generation: &Path, asking: Asking<'_>) -> Result<(), IngestError> {
    let not_a_backup = || IngestError::NotABackup {
        path: file.to_owned(),
    };
    let archive = File::open(file).map_err(|error| failed("read", file, error))?;
    let mut archive = tar::Archive::new(archive);
    let mut files = 0;
    for entry in archive.entries().map_err(|_| not_a_backup())? {
        let mut entry = entry.map_err(|_| not_a_backup())?;
        let name = entry.path().map_err(|_| not_a_backup())?.into_owned();
        let plain = name.components().count() == 1 && name.file_name().is_some();
        if !plain || !entry.header().entry_type().is_file() {
            return Err(not_a_backup());
        }
        copy(Unless(&mut entry, asking), &generation.join(name)).map_err(|error| {
            match error.kind() {
                io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => not_a_backup(),
                _ => failed("write", generation, error),
            }
        })?;
        files += 1;
    }
    if files == 0 {
        return Err(not_a_backup());
    }
    Ok(())
}

fn copy(mut from: impl Read, path: &Path) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    io::copy(&mut from, &mut file)?;
    file.sync_all()
}

/// Whether what was taken out of an archive is whole.
fn examined(file: &Path, generation: &Path) -> Result<ArchiveReport, IngestError> {
    let reader = IndexReader::open_generation_in(generation)?;
    let problems = super::check::problems(&reader, Depth::Sample)?;
    if let Some(problem) = problems.into_iter().next() {
        let path = file.to_owned();
        return Err(IngestError::DamagedBackup { path, problem });
    }
    let bytes = fs::metadata(file).map_or(0, |metadata| metadata.len());
    Ok(report(&reader, bytes))
}

fn failed(attempt: &'static str, path: &Path, source: io::Error) -> IngestError {
    if let Some(true) = source
        .get_ref()
        .map(<dyn std::error::Error + Send + Sync>::is::<AskedToEnd>)
    {
        return IngestError::Stopped;
    }
    let path = path.to_owned();
    IndexError::File {
        attempt,
        path,
        source,
    }
    .into()
}
