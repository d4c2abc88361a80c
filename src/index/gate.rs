//! How much text may wait for the indexing threads.
//!
//! tantivy's queue counts additions, not bytes: ten thousand long documents would fill the memory.
//! Here whoever adds waits until enough of what was added before is indexed.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Bounds the bytes that are on their way.
#[derive(Debug)]
pub(super) struct Gate {
    limit: usize,
    on_the_way: Mutex<usize>,
    arrived: Condvar,
}

/// Bytes that are on their way until this is dropped.
#[derive(Debug)]
pub(super) struct Passage {
    gate: Arc<Gate>,
    bytes: usize,
}

impl Gate {
    pub(super) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self {
            limit,
            on_the_way: Mutex::new(0),
            arrived: Condvar::new(),
        })
    }

    /// Waits until there is room. What is larger than the limit passes alone.
    pub(super) fn pass(self: &Arc<Self>, bytes: usize) -> Passage {
        let no_room = |on_the_way: &mut usize| *on_the_way > 0 && *on_the_way + bytes > self.limit;
        let on_the_way = self
            .on_the_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut on_the_way = self
            .arrived
            .wait_while(on_the_way, no_room)
            .unwrap_or_else(PoisonError::into_inner);
        *on_the_way += bytes;
        Passage {
            gate: Arc::clone(self),
            bytes,
        }
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        let gate = &self.gate;
        *gate
            .on_the_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        gate.arrived.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{TryRecvError, channel};

    #[test]
    fn what_finds_no_room_waits_and_what_is_too_large_passes_alone() {
        let gate = Gate::new(10);
        let first = gate.pass(8);
        let (sent, passed) = channel();
        let waiting = std::thread::spawn({
            let gate = Arc::clone(&gate);
            move || {
                let passage = gate.pass(100);
                sent.send(()).unwrap();
                drop(passage);
            }
        });
        assert_eq!(passed.try_recv(), Err(TryRecvError::Empty));
        drop(first);
        waiting.join().unwrap();
        assert_eq!(passed.try_recv(), Ok(()));
    }
}
