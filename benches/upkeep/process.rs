//! A run of `xianli-index update` as a process, and what it took.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// Runs the command on a folder, with an index beside it.
pub struct Indexer {
    corpus: PathBuf,
    index: PathBuf,
    max_memory: String,
}

/// What a run took.
pub struct Figures {
    pub seconds: f64,
    pub changed: u64,
    pub unchanged: u64,
    /// Files that its log says it read.
    pub opened: usize,
    /// The most memory of its own that it had.
    pub own_bytes: u64,
    /// The most memory with the pages of index files that it looked at, which the system takes back
    /// when it needs them.
    pub all_bytes: u64,
}

impl Indexer {
    /// Begins without an index.
    pub fn new(corpus: &Path, max_memory: &str) -> Self {
        let mut index = corpus.as_os_str().to_owned();
        index.push("-index");
        let index = PathBuf::from(index);
        let _ = fs::remove_dir_all(&index);
        Self {
            corpus: corpus.to_owned(),
            index,
            max_memory: max_memory.to_owned(),
        }
    }

    /// Runs once.
    pub fn run(&self) -> Figures {
        let started = Instant::now();
        let mut run = Command::new(env!("CARGO_BIN_EXE_xianli-index"))
            .args(["update", "--format", "json", "-vv", "--progress", "none"])
            .args(["--max-memory", &self.max_memory])
            .arg("--index")
            .arg(&self.index)
            .arg(&self.corpus)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let log = BufReader::new(run.stderr.take().expect("it is piped"));
        let reading = thread::spawn(move || {
            let lines = log.lines().map_while(Result::ok);
            lines.filter(|line| line.starts_with("read ")).count()
        });
        let (mut own_bytes, mut all_bytes) = (0, 0);
        while run.try_wait().expect("it can be waited for").is_none() {
            let status = fs::read_to_string(format!("/proc/{}/status", run.id()));
            let status = status.unwrap_or_default();
            own_bytes = own_bytes.max(field(&status, "RssAnon:"));
            all_bytes = all_bytes.max(field(&status, "VmHWM:"));
            thread::sleep(Duration::from_millis(20));
        }
        let seconds = started.elapsed().as_secs_f64();
        let mut report = String::new();
        let mut stdout = run.stdout.take().expect("it is piped");
        stdout.read_to_string(&mut report).expect("it is text");
        let report: Value = serde_json::from_str(&report).expect("the report is JSON");
        let count = |name: &str| report[name].as_u64().expect("the report counts files");
        Figures {
            seconds,
            changed: count("added") + count("changed"),
            unchanged: count("unchanged"),
            opened: reading.join().expect("the log was read"),
            own_bytes,
            all_bytes,
        }
    }
}

/// A field of `/proc/PID/status`, in bytes; 0 where there is none.
fn field(status: &str, name: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}
