//! Work on a list, on several threads, with the results in the order of the list.
//!
//! No more is begun than the memory allows: each piece of work has a weight, and pieces are begun
//! in order, so the one that is waited for is always among those begun.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How much may be begun at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) threads: usize,
    /// The weight of all that was begun and not handed on, unless it is one piece.
    pub(super) weight: u64,
}

/// Runs `work` on every item and hands the results to `take`, in order, on this thread. Ends early
/// when `take` fails.
pub(super) fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    bounds: Bounds,
    weigh: impl Fn(&T) -> u64 + Sync,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(usize, R) -> Result<(), E>,
) -> Result<(), E> {
    let desk = Desk {
        state: Mutex::new(State {
            next: 0,
            weight: 0,
            done: BTreeMap::new(),
            ended: false,
        }),
        changed: Condvar::new(),
    };
    thread::scope(|scope| {
        let _ends = EndGuard(&desk);
        for _ in 0..bounds.threads.clamp(1, items.len().max(1)) {
            scope.spawn(|| {
                while let Some(place) = desk.begin(items, bounds.weight, &weigh) {
                    let result = work(&items[place]);
                    desk.finish(place, result);
                }
            });
        }
        for (place, item) in items.iter().enumerate() {
            take(place, desk.wait_for(place))?;
            desk.release(weigh(item));
        }
        Ok(())
    })
}

/// What the threads share.
struct Desk<R> {
    state: Mutex<State<R>>,
    changed: Condvar,
}

struct State<R> {
    next: usize,
    weight: u64,
    done: BTreeMap<usize, R>,
    ended: bool,
}

/// Sends the threads home, also when taking a result panics.
struct EndGuard<'d, R>(&'d Desk<R>);

impl<R> Drop for EndGuard<'_, R> {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.changed.notify_all();
    }
}

impl<R> Desk<R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next piece of work, when there is room for it; `None` where there is none left.
    fn begin<T>(&self, items: &[T], limit: u64, weigh: impl Fn(&T) -> u64) -> Option<usize> {
        let mut state = self.lock();
        loop {
            if state.ended || state.next == items.len() {
                return None;
            }
            let weight = weigh(&items[state.next]);
            if state.weight == 0 || state.weight + weight <= limit {
                state.weight += weight;
                state.next += 1;
                return Some(state.next - 1);
            }
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn finish(&self, place: usize, result: R) {
        self.lock().done.insert(place, result);
        self.changed.notify_all();
    }

    fn wait_for(&self, place: usize) -> R {
        let mut state = self.lock();
        loop {
            if let Some(result) = state.done.remove(&place) {
                return result;
            }
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn release(&self, weight: u64) {
        self.lock().weight -= weight;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds {
        threads: 4,
        weight: 10,
    };

    #[test]
    fn results_come_in_the_order_of_the_list() {
        let items: Vec<u64> = (0..200).map(|item| item % 17).collect();
        let mut taken = Vec::new();
        let take = |place, result: u64| {
            taken.push((place, result));
            Ok::<(), ()>(())
        };
        in_order(&items, BOUNDS, |&item| item, |&item| item * 2, take).unwrap();
        let expected: Vec<_> = items.iter().map(|item| item * 2).enumerate().collect();
        assert_eq!(taken, expected);
    }

    #[test]
    fn an_end_is_an_end_and_nothing_to_do_is_nothing() {
        let items: Vec<u64> = (0..200).collect();
        let take = |place, _| if place == 3 { Err(place) } else { Ok(()) };
        assert_eq!(in_order(&items, BOUNDS, |_| 1, |&item| item, take), Err(3));
        assert_eq!(
            in_order(&[] as &[u64], BOUNDS, |_| 1, |&item| item, take),
            Ok(())
        );
    }
}
