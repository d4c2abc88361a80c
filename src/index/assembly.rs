//! Documents to segments, on threads of their own.
//!
//! ```text
//! who adds ── batches ──▶ workers: cut and invert ──▶ assembler: segments, in order
//!     ◀──────────── segments that are whole, removals from older ones ──────┘
//! ```
//!
//! Comes in: additions and removals, in order. Goes out: segments and removals, in an order that
//! comes to the same. Where one batch ends depends on the texts and on the memory, so equal runs
//! give equal segments, however many threads there are. Only so many batches are on their way:
//! who adds waits until one is in its segment.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tantivy::{Index, SegmentMeta};

use super::entry::Entry;
use super::inversion::{Inversion, Inverter};
use super::kept::kept;
use super::segment_builder::SegmentBuilder;
use super::tokens::TokenCounts;

/// Bytes of text that are inverted together: more of them share more terms, and take more memory.
const LARGEST_BATCH: usize = 1 << 20;

/// The part of the memory that the text of a batch may have.
const BATCH_SHARE: usize = 64;

/// What follows from the additions and removals.
pub(super) enum Outcome {
    /// A segment is whole.
    Segment(SegmentMeta),
    /// A document is to be removed from the segments that came before.
    Removal(String),
    /// All that came in before has come out; so many tokens were added since the last time.
    Flushed(TokenCounts),
}

/// What is done to the index.
enum Step {
    Add(Vec<Entry>),
    Remove(String),
}

/// Steps in order.
#[derive(Default)]
struct Batch {
    steps: Vec<Step>,
    /// Bytes of text.
    weight: usize,
    /// Whether the segment ends with it.
    ends: bool,
}

/// A batch with the postings of its paragraphs, some at a time; or what a worker panicked with.
type Worked = Result<tantivy::Result<(Batch, Vec<Inversion>)>, Box<dyn Any + Send>>;

/// How many batches may be on their way, beside those in the hands of the workers.
const WAITING: usize = 3;

/// Turns documents into segments.
pub(super) struct Assembly {
    batch: Batch,
    /// The number of the batch.
    number: u64,
    largest: usize,
    batches: Option<Sender<(u64, Batch)>>,
    /// Gives leave for one batch each; given back when the batch is in its segment.
    leave: Receiver<()>,
    outcomes: Receiver<Outcome>,
    workers: Vec<JoinHandle<()>>,
    assembler: Option<JoinHandle<tantivy::Result<()>>>,
}

impl Assembly {
    /// For an index, with so many workers and so much memory. What finds no room in it is put away
    /// in `folder`.
    pub(super) fn new(
        index: &Index,
        folder: Option<PathBuf>,
        threads: usize,
        memory: usize,
    ) -> tantivy::Result<Self> {
        let (batches, queue) = channel();
        let (worked, done) = channel();
        let (told, outcomes) = channel();
        let (given_back, leave) = channel();
        for _ in 0..threads + WAITING {
            // Its other end is just here.
            let _ = given_back.send(());
        }
        let queue = Arc::new(Mutex::new(queue));
        let workers = (0..threads).map(|_| {
            let (queue, worked) = (Arc::clone(&queue), worked.clone());
            let inverter = Inverter::of(index)?;
            let worker = thread::Builder::new().name("invert".to_owned());
            Ok(worker.spawn(move || work(inverter, &queue, &worked))?)
        });
        let workers = workers.collect::<tantivy::Result<_>>()?;
        let assembler = Assembler {
            index: index.clone(),
            folder,
            memory,
            builder: None,
            tokens: TokenCounts::default(),
            told,
            given_back,
        };
        let thread = thread::Builder::new().name("assemble".to_owned());
        Ok(Self {
            batch: Batch::default(),
            number: 0,
            largest: LARGEST_BATCH.min(memory / BATCH_SHARE),
            batches: Some(batches),
            leave,
            outcomes,
            workers,
            assembler: Some(thread.spawn(move || assembler.run(&done))?),
        })
    }

    /// Adds a document.
    ///
    /// # Errors
    /// When a segment could not be written. Nothing can be added from then on.
    pub(super) fn add(&mut self, document: Vec<Entry>) -> tantivy::Result<()> {
        self.batch.weight += weight(&document);
        self.batch.steps.push(Step::Add(document));
        if self.batch.weight >= self.largest {
            self.send()?;
        }
        Ok(())
    }

    /// Removes a document from what was added before.
    pub(super) fn remove(&mut self, id: &str) {
        self.batch.steps.push(Step::Remove(id.to_owned()));
    }

    /// Ends the segment; [`Outcome::Flushed`] comes behind it.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub(super) fn flush(&mut self) -> tantivy::Result<()> {
        self.batch.ends = true;
        self.send()
    }

    /// What has come out, without waiting.
    pub(super) fn ready(&self) -> Option<Outcome> {
        self.outcomes.try_recv().ok()
    }

    /// What comes out next. To be asked for until what was flushed is there.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub(super) fn next(&mut self) -> tantivy::Result<Outcome> {
        match self.outcomes.recv() {
            Ok(outcome) => Ok(outcome),
            Err(_) => Err(self.failure()),
        }
    }

    fn send(&mut self) -> tantivy::Result<()> {
        let batch = std::mem::take(&mut self.batch);
        let has_leave = self.leave.recv().is_ok();
        let sent = match &self.batches {
            Some(batches) if has_leave => batches.send((self.number, batch)).is_ok(),
            _ => false,
        };
        self.number += 1;
        if sent { Ok(()) } else { Err(self.failure()) }
    }

    /// Why the threads take nothing more. A panic on one of them goes on here.
    fn failure(&mut self) -> tantivy::TantivyError {
        self.batches = None;
        match self.assembler.take().map(JoinHandle::join) {
            Some(Err(panic)) => resume_unwind(panic),
            Some(Ok(Err(error))) => error,
            _ => tantivy::TantivyError::SystemError("the indexing threads have ended".to_owned()),
        }
    }
}

impl Drop for Assembly {
    fn drop(&mut self) {
        self.batches = None;
        let workers = self.workers.drain(..);
        // What they would say nobody waits for.
        workers.for_each(|worker| drop(worker.join()));
        self.assembler.take().map(JoinHandle::join);
    }
}

/// About the memory of a document.
fn weight(document: &[Entry]) -> usize {
    let entries = document.iter();
    entries
        .map(|entry| entry.text.len() + size_of::<Entry>())
        .sum()
}

/// Inverts batches until there are none. A long document is inverted some paragraphs at a time.
fn work(
    mut inverter: Inverter,
    queue: &Mutex<Receiver<(u64, Batch)>>,
    worked: &Sender<(u64, Worked)>,
) {
    let next = || {
        let queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.recv().ok()
    };
    while let Some((number, mut batch)) = next() {
        let inverted = catch_unwind(AssertUnwindSafe(|| {
            let documents = batch.steps.iter_mut().filter_map(|step| match step {
                Step::Add(document) => Some(document),
                Step::Remove(_) => None,
            });
            let mut entries: Vec<&mut Entry> = documents.flatten().collect();
            let parts = entries.chunk_by_mut(shares_part());
            let inversions = parts
                .map(|part| inverter.invert(part.iter_mut().map(|entry| &mut **entry)))
                .collect();
            for entry in &mut entries {
                entry.kept = kept(entry);
                // What is left to do is done without it.
                entry.text = String::new();
            }
            Ok(inversions)
        }));
        let inverted = inverted.map(|inversions: tantivy::Result<_>| Ok((batch, inversions?)));
        if worked.send((number, inverted)).is_err() {
            return;
        }
    }
}

/// Whether a paragraph is inverted together with the one before it.
fn shares_part() -> impl FnMut(&&mut Entry, &&mut Entry) -> bool {
    let mut taken = 0;
    move |before, _| {
        taken += before.text.len();
        let has_room = taken < LARGEST_BATCH;
        if !has_room {
            taken = 0;
        }
        has_room
    }
}

/// Puts batches together.
struct Assembler {
    index: Index,
    folder: Option<PathBuf>,
    memory: usize,
    builder: Option<SegmentBuilder>,
    tokens: TokenCounts,
    told: Sender<Outcome>,
    given_back: Sender<()>,
}

impl Assembler {
    /// Until there are no more batches.
    fn run(mut self, worked: &Receiver<(u64, Worked)>) -> tantivy::Result<()> {
        let mut early = BTreeMap::new();
        let mut next = 0;
        while let Ok((number, batch)) = worked.recv() {
            early.insert(number, batch);
            while let Some(batch) = early.remove(&next) {
                match batch {
                    Ok(worked) => {
                        let (batch, inversions) = worked?;
                        self.take(batch, inversions)?;
                    }
                    Err(panic) => resume_unwind(panic),
                }
                next += 1;
                // Nobody may be left who would add more.
                let _ = self.given_back.send(());
            }
        }
        Ok(())
    }

    fn take(&mut self, batch: Batch, inversions: Vec<Inversion>) -> tantivy::Result<()> {
        for step in batch.steps {
            match step {
                Step::Add(document) => self.builder()?.add(&document)?,
                Step::Remove(id) => {
                    let was_here = self.builder.as_mut().is_some_and(|here| here.remove(&id));
                    if !was_here {
                        self.tell(Outcome::Removal(id));
                    }
                }
            }
        }
        for inversion in inversions {
            self.tokens = self.tokens.plus(inversion.tokens);
            self.builder()?.add_postings(inversion);
        }
        if let Some(builder) = &mut self.builder {
            // The other half of the memory is for what the workers have in hand and what is read.
            let is_full = |builder: &SegmentBuilder| builder.memory() >= self.memory / 2;
            let most = match is_full(builder) {
                true => self.memory / 16,
                false => self.memory / 4,
            };
            if builder.held() >= most {
                builder.put_away()?;
            }
            if builder.loose() >= self.memory / 8 && !batch.ends {
                builder.pack()?;
            }
            if batch.ends || is_full(builder) {
                self.end_segment()?;
            }
        }
        if batch.ends {
            let tokens = std::mem::take(&mut self.tokens);
            self.tell(Outcome::Flushed(tokens));
        }
        Ok(())
    }

    /// The segment in work.
    fn builder(&mut self) -> tantivy::Result<&mut SegmentBuilder> {
        Ok(match &mut self.builder {
            Some(builder) => builder,
            none => none.insert(SegmentBuilder::new(&self.index, self.folder.clone())?),
        })
    }

    fn end_segment(&mut self) -> tantivy::Result<()> {
        if let Some(builder) = self.builder.take()
            && let Some(segment) = builder.finish()?
        {
            self.tell(Outcome::Segment(segment));
        }
        Ok(())
    }

    /// Whoever no longer listens has given up.
    fn tell(&self, outcome: Outcome) {
        let _ = self.told.send(outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::Labels;
    use crate::document::{Document, Line, LineKind, Metadata};
    use crate::index::entry::{Shared, entries};
    use crate::index::schema::schema;
    use crate::index::tokens::tokenizers;

    /// An assembly that has so little memory that each batch is a segment, and each document a batch.
    fn assembly(folder: Option<PathBuf>) -> Assembly {
        let builder = Index::builder().schema(schema().0).tokenizers(tokenizers());
        Assembly::new(&builder.create_in_ram().unwrap(), folder, 2, 1).unwrap()
    }

    fn document(id: &str, text: &str) -> Vec<Entry> {
        let document = Document {
            lines: vec![Line {
                number: 1,
                kind: LineKind::Paragraph,
                level: None,
                text: text.to_owned(),
                lead: String::new(),
                path: Vec::new(),
            }],
            ..Document::default()
        };
        let facts = Metadata {
            id: id.to_owned(),
            ..Metadata::default()
        };
        entries(
            Shared::new(schema().1, &facts),
            &document,
            &Labels::default(),
        )
    }

    fn all(assembly: &mut Assembly) -> Vec<String> {
        assembly.flush().unwrap();
        let mut outcomes = Vec::new();
        loop {
            match assembly.next().unwrap() {
                Outcome::Segment(segment) => outcomes.push(format!("{} here", segment.num_docs())),
                Outcome::Removal(id) => outcomes.push(format!("{id} gone")),
                Outcome::Flushed(tokens) => {
                    outcomes.push(format!("{:?}", tokens.0));
                    return outcomes;
                }
            }
        }
    }

    #[test]
    fn what_is_done_comes_out_in_its_order() {
        let mut assembly = assembly(None);
        assembly.add(document("a", "一网通办")).unwrap();
        assembly.add(document("b", "秒批")).unwrap();
        assembly.remove("a");
        assembly.add(document("a", "秒报")).unwrap();
        let tokens = "[7, 8, 5, 0, 0]";
        assert_eq!(
            all(&mut assembly),
            ["1 here", "1 here", "a gone", "1 here", tokens]
        );
        assembly.remove("b");
        assert_eq!(all(&mut assembly), ["b gone", "[0, 0, 0, 0, 0]"]);
    }

    #[test]
    fn a_long_document_is_inverted_in_parts_and_is_one() {
        let mut assembly = assembly(None);
        let line = "一网通办。".repeat(LARGEST_BATCH / 40);
        let mut long = document("a", &line);
        for ordinal in 2..7 {
            let mut entry = document("a", &line).remove(0);
            entry.ordinal = ordinal;
            long.push(entry);
        }
        let units = 6 * line.chars().count();
        let mut entries: Vec<&mut Entry> = long.iter_mut().collect();
        assert_eq!(entries.chunk_by_mut(shares_part()).count(), 2);
        assembly.add(long).unwrap();
        let outcomes = all(&mut assembly);
        assert_eq!(outcomes[0], "6 here");
        assert!(
            outcomes[1].contains(&format!(" {units}, {},", units - 6)),
            "{outcomes:?}"
        );
    }

    #[test]
    fn why_a_segment_cannot_be_written_reaches_who_adds() {
        let mut assembly = assembly(Some(PathBuf::from("/nowhere/at/all")));
        let error = loop {
            match assembly.add(document("a", "一网通办")) {
                Ok(()) => {}
                Err(error) => break error,
            }
        };
        assert!(error.to_string().contains("os error 2"), "{error}");
        assert!(assembly.flush().is_err());
    }
}
