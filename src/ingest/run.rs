//! One run: the ledger, the index that follows it, and the report of both.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::base::Base;
use super::ledger::{Held, Ledger};
use super::manifest::{self, Attachment, FileRow, Manifest};
use super::options::{UpdateOptions, Vanished};
use super::path_text::PathText;
use super::reading::{Outcome, Understood, look_again};
use super::report::{Observer, tell};
use super::survey::Survey;
use super::tally::Tally;
use super::{Census, Event, IngestError, SkippedFile, UpdateReport};
use crate::document::Metadata;
use crate::index::{Commit, IndexFolder, IndexReader, IndexWriter};
use crate::read::display_path;

/// What a run has in hand.
pub(super) struct Run<'o> {
    options: &'o UpdateOptions,
    survey: &'o Survey,
    purpose: Purpose,
    index: IndexFolder,
    /// Why all is read anew, where it is.
    anew: Option<String>,
    /// The generation that is written; `None` until it is made.
    generation: Option<PathBuf>,
    /// Whether readers are answered from it.
    published: bool,
    /// Opened when there is something to write.
    writer: Option<IndexWriter>,
    ledger: Ledger,
    /// What the next commit keeps for the run after this.
    attachment: Attachment,
    /// Whether the manifest differs from the one that the last commit names.
    unwritten: bool,
    files_since_commit: u64,
    tally: Tally,
}

/// Whether a run does what it reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Write,
    Rehearse,
}

impl<'o> Run<'o> {
    pub(super) fn new(
        index: IndexFolder,
        base: Base,
        ledger: Ledger,
        survey: &'o Survey,
        options: &'o UpdateOptions,
    ) -> Self {
        let texts = |paths: &[PathBuf]| {
            let texts = paths.iter().map(|path| PathText::from_path(path));
            texts.collect()
        };
        let attachment = Attachment {
            roots: texts(&survey.roots),
            metadata: texts(&survey.metadata),
            selection: survey.selection.clone(),
            ..base.attachment.clone()
        };
        Self {
            options,
            survey,
            purpose: Purpose::Write,
            index,
            anew: base.anew,
            unwritten: base.generation.is_none() || attachment != base.attachment,
            generation: base.generation,
            published: base.published,
            writer: None,
            ledger,
            attachment,
            files_since_commit: 0,
            tally: Tally::default(),
        }
    }

    /// A run that writes nothing.
    pub(super) fn rehearsal(
        index: IndexFolder,
        base: Base,
        ledger: Ledger,
        survey: &'o Survey,
        options: &'o UpdateOptions,
    ) -> Self {
        Self {
            purpose: Purpose::Rehearse,
            ..Self::new(index, base, ledger, survey, options)
        }
    }

    /// Why all is read anew; `None` where it is not.
    pub(super) fn anew(&self) -> Option<&str> {
        self.anew.as_deref()
    }

    pub(super) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Takes note of a file, or a part of one, that could not become a document.
    pub(super) fn skip(
        &mut self,
        skipped: &SkippedFile,
        observer: Observer<'_>,
    ) -> Result<(), IngestError> {
        self.tally.skip(skipped, observer)
    }

    /// Takes note of a file that is as it was.
    pub(super) fn keep(&mut self, file: &Path, observer: Observer<'_>) -> Result<(), IngestError> {
        let Some(row) = self.ledger.row(file) else {
            return Ok(());
        };
        self.tally.keep(row);
        let skipped = &row.skipped;
        skipped
            .iter()
            .try_for_each(|each| self.tally.skip(each, observer))
    }

    /// Takes a file away.
    pub(super) fn remove(
        &mut self,
        file: &Path,
        observer: Observer<'_>,
    ) -> Result<(), IngestError> {
        if let Some(row) = self.ledger.row(file) {
            self.tally.change(file, Some(row), None, observer)?;
            self.put(file, None);
            self.count_file()?;
        }
        Ok(())
    }

    /// Follows what has become of a file.
    pub(super) fn take(
        &mut self,
        file: &Path,
        outcome: Outcome,
        observer: Observer<'_>,
    ) -> Result<(), IngestError> {
        let bytes = match outcome {
            Outcome::Same(row) => {
                let size = row.size;
                self.unwritten |= self.ledger.row(file) != Some(&row);
                self.ledger.refresh(file, row);
                self.keep(file, observer)?;
                size
            }
            Outcome::Read(row, documents) => {
                let size = row.size;
                for skipped in &row.skipped {
                    self.skip(skipped, observer)?;
                }
                self.replace(file, row, &documents, observer)?;
                size
            }
            Outcome::Unreadable(skipped) => {
                self.skip(&skipped, observer)?;
                if self.options.vanished == Vanished::Pruned {
                    self.remove(file, observer)?;
                } else if let Some(row) = self.ledger.row(file) {
                    self.tally.keep(row);
                    self.distrust(file);
                }
                0
            }
            Outcome::Gone => {
                self.remove(file, observer)?;
                0
            }
        };
        self.count_file()?;
        let path = &display_path(file);
        tell(observer, Event::Read { path, bytes })
    }

    /// Commits what was added and removed, with the manifest that says so.
    pub(super) fn commit(&mut self) -> Result<(), IngestError> {
        if self.purpose == Purpose::Rehearse {
            return Ok(());
        }
        self.settle()?;
        self.files_since_commit = 0;
        if self.writer.is_none() && !self.unwritten {
            return Ok(());
        }
        self.writer()?;
        let generation = self.generation.clone().expect("the writer has made it");
        let (name, hash) = manifest::write(self.ledger.rows(), &generation)?;
        (self.attachment.manifest, self.attachment.hash) = (name, hash);
        let attachment = self.attachment.to_text();
        self.writer()?.commit(&attachment)?;
        Manifest::sweep(&generation, &self.attachment.manifest);
        self.ledger.committed();
        self.unwritten = false;
        if !self.published && self.index.current()?.is_none() {
            self.index.publish(&generation)?;
            self.published = true;
        }
        Ok(())
    }

    /// Ends the run; gives the report of it.
    pub(super) fn finish(mut self) -> Result<UpdateReport, IngestError> {
        let commit = match (self.writer.take(), &self.generation) {
            (Some(writer), _) => writer.finish()?.commit().clone(),
            (None, Some(generation)) => IndexReader::open_generation_in(generation)?
                .commit()
                .clone(),
            (None, None) => Commit::empty(),
        };
        if let (Purpose::Write, false, Some(generation)) =
            (self.purpose, self.published, &self.generation)
        {
            self.index.publish(generation)?;
        }
        // A merge that ends after the last commit leaves what it has replaced.
        if let (Purpose::Write, Some(generation)) = (self.purpose, &self.generation) {
            IndexReader::open_generation_in(generation)?.sweep_segments();
        }
        let report = self.tally.report(self.ledger.documents(), &commit);
        let files = self.survey.files.iter().map(|found| &found.path);
        Ok(UpdateReport {
            census: Census::of(self.ledger.rows().values()),
            metadata: self.survey.beside.reports(files),
            ..report
        })
    }

    /// Ends the run without its last commit.
    pub(super) fn abandon(mut self) {
        if let Some(writer) = self.writer.take() {
            writer.abandon();
        }
    }

    /// A file that says something else than before.
    fn replace(
        &mut self,
        file: &Path,
        row: FileRow,
        documents: &[Understood],
        observer: Observer<'_>,
    ) -> Result<(), IngestError> {
        let old = self.ledger.row(file);
        self.tally.change(file, old, Some(&row), observer)?;
        self.put(file, Some(row));
        for (place, understood) in documents.iter().enumerate() {
            let id = &understood.facts.id;
            let first = self.ledger.first_claim(id);
            if first.is_some_and(|first| *first.file == *file && first.place == place) {
                self.write(understood)?;
            }
        }
        Ok(())
    }

    /// Lets the index hold what it must of a document that is in hand.
    fn write(&mut self, understood: &Understood) -> Result<(), IngestError> {
        if self.purpose == Purpose::Rehearse {
            return Ok(());
        }
        let Understood {
            document,
            labels,
            facts,
        } = understood;
        let Some(wanted) = self.ledger.wanted(&facts.id) else {
            return Ok(());
        };
        let held = self.ledger.held(&facts.id).clone();
        if held.version() == Some(&wanted) {
            return Ok(());
        }
        let facts = &Metadata {
            other_paths: wanted.other_paths(),
            ..facts.clone()
        };
        let writer = self.writer()?;
        match held {
            Held::Nothing => writer.add(document, labels, facts)?,
            Held::Committed(_) => {
                writer.remove(&facts.id)?;
                writer.add(document, labels, facts)?;
            }
            Held::Added(_) => writer.replace_added(document, labels, facts)?,
        }
        self.ledger.settle(&facts.id, Some(wanted));
        Ok(())
    }

    /// Lets the index hold what it must of every document that was touched and not in hand.
    fn settle(&mut self) -> Result<(), IngestError> {
        let mut by_file: BTreeMap<Arc<Path>, Vec<(usize, String)>> = BTreeMap::new();
        for id in self.ledger.unsettled() {
            match self.ledger.first_claim(&id) {
                Some(claim) => {
                    let documents = by_file.entry(Arc::clone(&claim.file)).or_default();
                    documents.push((claim.place, id));
                }
                None => {
                    self.writer()?.remove(&id)?;
                    self.ledger.settle(&id, None);
                }
            }
        }
        for (file, documents) in by_file {
            let found = look_again(&file, self.survey, self.options);
            for (place, id) in documents {
                match found
                    .get(place)
                    .filter(|understood| understood.facts.id == id)
                {
                    Some(understood) => self.write(understood)?,
                    // It was changed a moment ago: the next run reads it again.
                    None => self.distrust(&file),
                }
            }
        }
        Ok(())
    }

    fn put(&mut self, file: &Path, row: Option<FileRow>) {
        self.ledger.put(file, row);
        self.unwritten = true;
    }

    fn distrust(&mut self, file: &Path) {
        self.unwritten |= self.ledger.distrust(file);
    }

    fn count_file(&mut self) -> Result<(), IngestError> {
        self.files_since_commit += 1;
        match self.options.commit_every {
            Some(every) if self.files_since_commit >= every.max(1) => self.commit(),
            _ => Ok(()),
        }
    }

    fn writer(&mut self) -> Result<&mut IndexWriter, IngestError> {
        if self.writer.is_none() {
            let resources = self.options.resources;
            let writer = match &self.generation {
                Some(generation) => IndexWriter::open(generation, resources)?,
                None => {
                    let generation = self.index.new_generation()?;
                    self.generation = Some(generation.clone());
                    IndexWriter::create(&generation, resources)?
                }
            };
            self.writer = Some(writer);
        }
        Ok(self.writer.as_mut().expect("it was just opened"))
    }
}
