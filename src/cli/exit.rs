//! What a command tells its caller when it ends.

use std::process::ExitCode;

/// How `xianli` ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    /// 0: something was found.
    Found,
    /// 1: nothing was found.
    Nothing,
}

/// How `xianli-index` ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    /// 0: all of it was done.
    Whole,
    /// 1: it was done, but some files were skipped.
    WithSkips,
    /// 130 or 143: a signal has stopped it; what was committed stays.
    Stopped(u8),
}

/// 2: an error; whatever index was there still stands.
pub(super) const ERROR: u8 = 2;

impl From<Answered> for ExitCode {
    fn from(answered: Answered) -> Self {
        match answered {
            Answered::Found => Self::SUCCESS,
            Answered::Nothing => Self::from(1),
        }
    }
}

impl From<Done> for ExitCode {
    fn from(done: Done) -> Self {
        match done {
            Done::Whole => Self::SUCCESS,
            Done::WithSkips => Self::from(1),
            Done::Stopped(code) => Self::from(code),
        }
    }
}
