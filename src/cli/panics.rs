//! A program that gives up says so in one line, with what to type.
//!
//! Files that a failing disk has damaged, or a mistake in this program, can make code panic that
//! trusts what it reads. What the index holds is not touched by that.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, PoisonError};

use anyhow::anyhow;

/// The first panic of the process, with its place.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

/// Does the work; a panic of it is an error.
pub(super) fn caught<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    panic::set_hook(Box::new(remember));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let first = FIRST.lock().unwrap_or_else(PoisonError::into_inner).take();
        Err(anyhow!(
            "the program gave up: {}\nhint: `xianli-index check` says whether the index is whole; if it is, please report this",
            first.unwrap_or_default()
        ))
    })
}

fn remember(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    let told = format!(
        "{} ({})",
        message(panic.payload()),
        place.unwrap_or_default()
    );
    let mut first = FIRST.lock().unwrap_or_else(PoisonError::into_inner);
    first.get_or_insert(told);
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("without a word")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_with_its_place_and_a_hint() {
        let hook = panic::take_hook();
        let told = caught::<()>(|| panic!("no such block"))
            .unwrap_err()
            .to_string();
        panic::set_hook(hook);
        let expected = "the program gave up: no such block (src/cli/panics.rs:";
        assert!(told.starts_with(expected), "{told}");
        assert!(told.contains("\nhint: `xianli-index check`"), "{told}");
    }
}
