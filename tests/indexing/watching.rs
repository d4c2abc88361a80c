//! An index that is kept equal to its folder as it changes.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use xianli::ingest::{Watched, watch};

use crate::bench::{Bench, options};

#[test]
fn every_burst_of_changes_is_followed_by_a_run() {
    let bench = Bench::new();
    let runs = AtomicUsize::new(0);
    let enough = |count| runs.load(Ordering::SeqCst) >= count;
    thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let observer = &mut |watched: Watched<'_>| {
                if let Watched::Ended(ended) = watched {
                    ended.unwrap();
                    runs.fetch_add(1, Ordering::SeqCst);
                }
                if enough(2) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            };
            watch(
                &bench.index(),
                &[bench.corpus()],
                &|| options(None),
                observer,
            )
            .unwrap();
        });
        while !enough(1) {
            thread::yield_now();
        }
        for n in 0..20 {
            bench.write(&format!("{n}.txt"), "跨省通办。");
        }
        watching.join().unwrap();
    });
    assert_eq!(bench.answers(), bench.rebuilt());
}
