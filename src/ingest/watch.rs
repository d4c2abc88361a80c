//! Follows folders as they change: a run at the start, and one after every burst of changes.
//!
//! What the system says about a change is only the reason to look: each run compares everything
//! with the manifest, so events that were lost, doubled or came in a strange order lose nothing.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::base::Base;
use super::options::{Rebuild, UpdateOptions};
use super::{Event, IngestError, UpdateReport, update};
use crate::index::{IndexError, IndexFolder};

/// Something that happened while watching.
#[derive(Debug)]
pub enum Watched<'w> {
    /// Something in a run; see [`Event`].
    Running(Event<'w>),
    /// A run has ended. After a failure, the next one comes with the next change, or in a while.
    Ended(Result<&'w UpdateReport, &'w IngestError>),
    /// Nothing has changed for a moment.
    Waiting,
}

/// Changes that come within this time of each other are one burst.
const QUIET: Duration = Duration::from_millis(500);

/// How often whoever watches is asked whether to go on.
const TICK: Duration = Duration::from_millis(250);

/// A burst that does not end is followed after this many events.
const LONGEST_BURST: usize = 10_000;

/// After how many ticks a run that failed is tried again.
const PATIENCE: usize = 120;

/// Makes the index in `folder` equal to `roots`, and keeps it so until `observer` breaks off.
/// `options` gives the options of each run, with the moment that it begins.
///
/// # Errors
/// When the folders cannot be watched. What goes wrong in a run is told and tried again.
pub fn watch(
    folder: &Path,
    roots: &[PathBuf],
    options: &dyn Fn() -> UpdateOptions,
    observer: &mut dyn FnMut(Watched<'_>) -> ControlFlow<()>,
) -> Result<(), IngestError> {
    // It must be there before its own changes can be told from those of documents.
    fs::create_dir_all(folder).map_err(|source| IndexError::File {
        attempt: "create",
        path: folder.to_owned(),
        source,
    })?;
    let (sender, changes) = channel();
    let index = [std::path::absolute(folder), fs::canonicalize(folder)];
    let index: Vec<PathBuf> = index.into_iter().flatten().collect();
    let changed = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| matters(&event, &index)) {
            // Nobody listens any more when the watch has ended.
            let _ = sender.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(changed).map_err(not_watched)?;
    let metadata = options().metadata.unwrap_or_default();
    for root in given_or_remembered(folder, roots)?
        .into_iter()
        .chain(metadata)
    {
        attach(&mut watcher, &std::path::absolute(&root).unwrap_or(root))?;
    }
    loop {
        let mut running = |event: Event<'_>| observer(Watched::Running(event));
        let ended = update(folder, roots, &options(), &mut running);
        let failed = match &ended {
            Err(IngestError::Stopped) => return Ok(()),
            Err(error) => observer(Watched::Ended(Err(error))).map_continue(|()| true),
            Ok(report) => observer(Watched::Ended(Ok(report))).map_continue(|()| false),
        };
        let patience = match failed {
            ControlFlow::Break(()) => return Ok(()),
            ControlFlow::Continue(true) => Some(PATIENCE),
            ControlFlow::Continue(false) => None,
        };
        if wait(&changes, patience, observer).is_break() {
            return Ok(());
        }
    }
}

/// Waits for the next burst of changes to be over, or for the patience to end.
fn wait(
    changes: &Receiver<()>,
    patience: Option<usize>,
    observer: &mut dyn FnMut(Watched<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for tick in 0.. {
        match changes.recv_timeout(TICK) {
            Ok(()) => break,
            Err(RecvTimeoutError::Timeout) if patience.is_some_and(|ticks| tick >= ticks) => break,
            Err(RecvTimeoutError::Timeout) => observer(Watched::Waiting)?,
            Err(RecvTimeoutError::Disconnected) => return ControlFlow::Break(()),
        }
    }
    for _ in 0..LONGEST_BURST {
        if changes.recv_timeout(QUIET).is_err() {
            break;
        }
    }
    ControlFlow::Continue(())
}

/// Whether an event may be a change of a document: reading is none, nor is what the index does.
fn matters(event: &notify::Event, index: &[PathBuf]) -> bool {
    use notify::EventKind::Access;
    let outside = |path: &PathBuf| !index.iter().any(|index| path.starts_with(index));
    let elsewhere = event.paths.is_empty() || event.paths.iter().any(outside);
    event.need_rescan() || elsewhere && !matches!(event.kind, Access(_))
}

fn given_or_remembered(folder: &Path, roots: &[PathBuf]) -> Result<Vec<PathBuf>, IngestError> {
    if !roots.is_empty() {
        return Ok(roots.to_vec());
    }
    let base = Base::find(&IndexFolder::new(folder), Rebuild::WhereNeeded)?;
    Ok(base.attachment.roots())
}

/// Watches a folder and all in it; of a file, the folder that it lies in, since many programs save
/// by putting a new file in the place of the old one.
fn attach(watcher: &mut RecommendedWatcher, root: &Path) -> Result<(), IngestError> {
    let attached = match root.parent() {
        Some(above) if root.is_file() => watcher.watch(above, RecursiveMode::NonRecursive),
        _ => watcher.watch(root, RecursiveMode::Recursive),
    };
    match attached {
        // A root that is not there is for the run to complain about.
        Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => Ok(()),
        attached => attached.map_err(not_watched),
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err wants"
)]
fn not_watched(error: notify::Error) -> IngestError {
    IngestError::NotWatched {
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, Flag};
    use notify::{Event, EventKind};

    #[test]
    fn lost_events_are_a_reason_to_look_and_reading_and_the_index_itself_are_none() {
        let index = [PathBuf::from("/index")];
        let event = |kind, path: &str| Event::new(kind).add_path(path.into());
        let created = EventKind::Create(CreateKind::File);
        let read = EventKind::Access(AccessKind::Read);
        let matters = |event: &Event| matters(event, &index);
        assert!(matters(&event(created, "/corpus/a.txt")));
        assert!(!matters(&event(read, "/corpus/a.txt")));
        assert!(!matters(&event(created, "/index/CURRENT.new")));
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(matters(&overflow));
    }
}
