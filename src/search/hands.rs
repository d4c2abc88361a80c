//! A broad question is answered by several processors, each taking parts of the index.
//!
//! Which parts there are changes no answer: scores are whole numbers, counts are sums, and no
//! document lies in two parts. A question of rare words is answered before another processor
//! would have woken, so it is answered by one, and no thread is started.

use std::num::NonZeroUsize;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::error::SearchError;

/// From so many postings on that are likely to be read, a question is worth waking threads for.
const BROAD: u64 = 1 << 13;
/// And worth starting them for, where none were started before.
const BROADER: u64 = 1 << 17;
/// More processors than these gain a question little.
const MOST: usize = 8;

/// The threads that help, once they were started; `None` where the system grants none.
static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();

/// How many processors answer a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hands(usize);

impl Hands {
    /// One, and no thread.
    pub(super) const ONE: Self = Self(1);

    /// So many.
    pub(super) fn of(jobs: NonZeroUsize) -> Self {
        Self(jobs.get())
    }

    /// For a question for which so many postings are likely to be read.
    pub(super) fn for_postings(postings: u64) -> Self {
        let broad = match POOL.get() {
            Some(_) => BROAD,
            None => BROADER,
        };
        if postings < broad {
            return Self::ONE;
        }
        Self::all()
    }

    /// All that there are.
    pub(super) fn all() -> Self {
        static ALL: OnceLock<Hands> = OnceLock::new();
        // To ask costs some files of the system's.
        let count = || available_parallelism().map_or(1, usize::from);
        *ALL.get_or_init(|| Self(count().min(MOST)))
    }

    /// How many there are.
    pub(super) fn count(self) -> usize {
        self.0
    }

    /// Both, `aside` by another hand where there is one.
    pub(super) fn beside<A: Send, B>(
        self,
        aside: impl Fn() -> A + Sync,
        own: impl FnOnce() -> B,
    ) -> (A, B) {
        let Some(pool) = self.others() else {
            return (aside(), own());
        };
        let mut made = None;
        let own = pool.in_place_scope(|scope| {
            scope.spawn(|_| made = Some(aside()));
            own()
        });
        (made.unwrap_or_else(aside), own)
    }

    /// What is made of each item, in their order; the first that fails is the error.
    pub(super) fn each<I: Sync, R: Send + Sync>(
        self,
        items: &[I],
        make: impl Fn(&I) -> Result<R, SearchError> + Sync,
    ) -> Result<Vec<R>, SearchError> {
        let others = self.0.min(items.len()).saturating_sub(1);
        let Some(pool) = self.others().filter(|_| others > 0) else {
            return items.iter().map(make).collect();
        };
        let made: Vec<OnceLock<_>> = items.iter().map(|_| OnceLock::new()).collect();
        let next = AtomicUsize::new(0);
        let take = || {
            let claim = || {
                let place = next.fetch_add(1, Ordering::Relaxed);
                items.get(place).zip(made.get(place))
            };
            while let Some((item, made)) = claim() {
                made.get_or_init(|| make(item));
            }
        };
        pool.in_place_scope(|scope| {
            (0..others).for_each(|_| scope.spawn(|_| take()));
            take();
        });
        made.into_iter().filter_map(OnceLock::into_inner).collect()
    }

    /// The threads of the other hands, started when they are first wanted; `None` where there are no
    /// others, or where the system grants no thread.
    fn others(self) -> Option<&'static ThreadPool> {
        if self == Self::ONE {
            return None;
        }
        let build = || {
            ThreadPoolBuilder::new()
                .num_threads(self.0 - 1)
                .build()
                .ok()
        };
        POOL.get_or_init(build).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_stands_in_the_order_of_the_items() {
        let items: Vec<u32> = (0..100).collect();
        for hands in [Hands::ONE, Hands(2), Hands(5)] {
            let made = hands.each(&items, |&item| Ok(item * 2)).unwrap();
            assert_eq!(made, (0..100).map(|item| item * 2).collect::<Vec<u32>>());
        }
    }

    #[test]
    fn the_first_failure_is_the_error() {
        let fail = |&item: &u32| match item {
            3.. => Err(SearchError::UnknownValue {
                filter: "item",
                value: item.to_string(),
                nearest: Vec::new(),
            }),
            _ => Ok(item),
        };
        let error = Hands(3).each(&[1, 2, 3, 4], fail).unwrap_err();
        assert!(error.to_string().contains("`3`"));
    }

    #[test]
    fn rare_words_want_no_other_hand() {
        assert_eq!(Hands::for_postings(BROAD - 1), Hands::ONE);
    }
}
