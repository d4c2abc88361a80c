//! Runs a reader that is not ours so that its panics, its recursion and its slowness end one file
//! and not the run.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::{Once, mpsc};
use std::thread;
use std::time::Duration;

use super::{Format, Limits, ReadError};

/// The stack of the thread that a reader runs on, in bytes; only what is touched is ever used.
const STACK: usize = 256 << 20;

thread_local! {
    /// Whether a panic on this thread is caught and reported as the reason of a skipped file.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `read` on a thread of its own. A reader that is too slow is left to itself.
pub(super) fn guarded<T: Send + 'static>(
    format: Format,
    limits: &Limits,
    read: impl FnOnce() -> Result<T, ReadError> + Send + 'static,
) -> Result<T, ReadError> {
    hush_guarded_panics();
    let (send, receive) = mpsc::channel();
    let run = move || {
        IS_GUARDED.set(true);
        let result = catch_unwind(AssertUnwindSafe(read));
        // The other end is gone if the reader was given up as too slow.
        let _ = send.send(result);
    };
    thread::Builder::new().stack_size(STACK).spawn(run)?;
    match receive.recv_timeout(Duration::from_secs(limits.seconds)) {
        Ok(Ok(result)) => result,
        Ok(Err(payload)) => Err(ReadError::Broken {
            format,
            detail: format!("its reader gave up: {}", message(payload.as_ref())),
        }),
        Err(_) => Err(ReadError::TooSlow {
            seconds: limits.seconds,
        }),
    }
}

/// Keeps panics that are caught and reported from being printed as well.
fn hush_guarded_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_GUARDED.get() {
                print(panic);
            }
        }));
    });
}

fn message(payload: &(dyn std::any::Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a word")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_reason_and_no_end() {
        let result: Result<(), _> = guarded(Format::Pdf, &Limits::default(), || panic!("no font"));
        assert_eq!(
            result.unwrap_err().to_string(),
            "broken pdf file: its reader gave up: no font"
        );
    }

    #[test]
    fn a_reader_that_hangs_is_left() {
        let limits = Limits {
            seconds: 0,
            ..Limits::default()
        };
        let result: Result<(), _> = guarded(Format::Pdf, &limits, || {
            thread::sleep(Duration::from_secs(2));
            Ok(())
        });
        assert!(matches!(result, Err(ReadError::TooSlow { seconds: 0 })));
    }
}
