//! One process: how long it ran, how long it computed, and how much memory it had.
//!
//! Memory is read from `/proc` while the process runs; where there is none, it is 0.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

/// What one process took.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    pub seconds: f64,
    pub cpu_seconds: f64,
    /// The most memory it had, with the pages of files that it looked at.
    pub peak_megabytes: f64,
    /// The most memory of its own.
    pub own_megabytes: f64,
}

/// Processor time of all children that have ended, in steps of a hundredth of a second.
pub fn cpu_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(13).take(2);
    ticks
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

/// The command with its output thrown away.
pub fn silent(command: &mut Command) -> &mut Command {
    command.stdout(Stdio::null()).stderr(Stdio::null())
}

/// An error is answered fast: 0 is found and 1 is nothing found, all else would be a wrong figure.
pub fn answered(command: &Command, status: ExitStatus) -> io::Result<()> {
    match status.code() {
        Some(0 | 1) => Ok(()),
        _ => Err(io::Error::other(format!("{command:?}: {status}"))),
    }
}

/// Runs a command and looks at its memory often; that costs it a little time.
pub fn watched(command: &mut Command) -> io::Result<Run> {
    let before = cpu_of_children();
    let start = Instant::now();
    let mut child = silent(command).spawn()?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = [0; 2];
    loop {
        let seconds = start.elapsed().as_secs_f64();
        if let Some(status) = child.try_wait()? {
            answered(command, status)?;
            return Ok(Run {
                seconds,
                cpu_seconds: cpu_of_children() - before,
                peak_megabytes: peak[0] as f64 / 1e3,
                own_megabytes: peak[1] as f64 / 1e3,
            });
        }
        let seen = kilobytes(&status);
        peak = [peak[0].max(seen[0]), peak[1].max(seen[1])];
        let pause = if seconds < 1.0 { 200 } else { 20_000 };
        thread::sleep(Duration::from_micros(pause));
    }
}

/// The peak of all memory, and the memory of its own at this moment.
fn kilobytes(status: &Path) -> [u64; 2] {
    let status = fs::read_to_string(status).unwrap_or_default();
    ["VmHWM:", "RssAnon:"].map(|name| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
            .unwrap_or(0)
    })
}
