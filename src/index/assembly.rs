//! Documents to segments, on threads of their own.
//!
//! ```text
//! who adds ── batches ──▶ workers: cut and invert ──▶ assembler: segments, in order
//!     ◀──────────── segments that are whole, removals from older ones ──────┘
//! ```
//!
//! Comes in: additions and removals, in order. Goes out: segments and removals, in an order that
//! comes to the same. Where one batch ends depends on the texts alone, so equal runs give equal
//! segments, however many threads there are. The queues between the threads are short: who adds
//! waits until there is room.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tantivy::{Index, SegmentMeta};

use super::entry::Entry;
use super::inversion::{Inversion, Inverter};
use super::segment_builder::SegmentBuilder;
use super::tokens::TokenCounts;

/// Bytes of text that are inverted together: more of them share more terms, and take more memory.
const LARGEST_BATCH: usize = 2 << 20;

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

/// A batch with the postings of its paragraphs; or what a worker panicked with.
type Worked = Result<(Batch, Inversion), Box<dyn Any + Send>>;

/// Turns documents into segments.
pub(super) struct Assembly {
    batch: Batch,
    /// The number of the batch.
    number: u64,
    largest: usize,
    batches: Option<SyncSender<(u64, Batch)>>,
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
        let (batches, queue) = sync_channel(1);
        let (worked, done) = sync_channel(1);
        let (told, outcomes) = channel();
        let queue = Arc::new(Mutex::new(queue));
        let workers = (0..threads).map(|_| {
            let (queue, worked) = (Arc::clone(&queue), worked.clone());
            let inverter = Inverter::of(index)?;
            Ok(thread::spawn(move || work(inverter, &queue, &worked)))
        });
        let workers = workers.collect::<tantivy::Result<_>>()?;
        let assembler = Assembler {
            index: index.clone(),
            folder,
            memory,
            builder: None,
            tokens: TokenCounts::default(),
            told,
        };
        Ok(Self {
            batch: Batch::default(),
            number: 0,
            largest: LARGEST_BATCH.min(memory / BATCH_SHARE),
            batches: Some(batches),
            outcomes,
            workers,
            assembler: Some(thread::spawn(move || assembler.run(&done))),
        })
    }

    /// Adds a document.
    ///
    /// # Errors
    /// When a segment could not be written. Nothing can be added from then on.
    pub(super) fn add(&mut self, document: Vec<Entry>) -> tantivy::Result<()> {
        self.batch.weight += document.iter().map(|entry| entry.text.len()).sum::<usize>();
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
        let sent = match &self.batches {
            Some(batches) => batches.send((self.number, batch)).is_ok(),
            None => false,
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

/// Inverts batches until there are none.
fn work(
    mut inverter: Inverter,
    queue: &Mutex<Receiver<(u64, Batch)>>,
    worked: &SyncSender<(u64, Worked)>,
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
            inverter.invert(documents.flatten())
        }));
        let inverted = inverted.map(|inversion| (batch, inversion));
        if worked.send((number, inverted)).is_err() {
            return;
        }
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
                    Ok((batch, inversion)) => self.take(batch, inversion)?,
                    Err(panic) => resume_unwind(panic),
                }
                next += 1;
            }
        }
        Ok(())
    }

    fn take(&mut self, batch: Batch, inversion: Inversion) -> tantivy::Result<()> {
        let mut builder = match self.builder.take() {
            Some(builder) => builder,
            None => SegmentBuilder::new(&self.index, self.folder.clone())?,
        };
        let first = builder.next();
        for step in batch.steps {
            match step {
                Step::Add(document) => builder.add(&document)?,
                Step::Remove(id) => {
                    if !builder.remove(&id) {
                        self.tell(Outcome::Removal(id));
                    }
                }
            }
        }
        self.tokens = self.tokens.plus(inversion.tokens);
        builder.add_postings(first, inversion);
        if builder.held() >= self.memory / 2 {
            builder.put_away()?;
        }
        if batch.ends || builder.memory() >= self.memory {
            if let Some(segment) = builder.finish()? {
                self.tell(Outcome::Segment(segment));
            }
        } else {
            self.builder = Some(builder);
        }
        if batch.ends {
            let tokens = std::mem::take(&mut self.tokens);
            self.tell(Outcome::Flushed(tokens));
        }
        Ok(())
    }

    /// Whoever no longer listens has given up.
    fn tell(&self, outcome: Outcome) {
        let _ = self.told.send(outcome);
    }
}
