//! A folder, the real binaries, and what they print.
//!
//! ```ignore
//! let bench = Bench::new().write("a.txt", "养老服务补贴标准").indexed();
//! bench.ask(&["-q", "養老服務"]).found().prints("…");
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own with a corpus, an index and a home in it.
pub struct Bench {
    folder: tempfile::TempDir,
    environment: Vec<(String, String)>,
}

/// What a command did.
pub struct Run {
    /// The command line, for messages.
    line: String,
    /// The data.
    pub stdout: String,
    /// All else.
    pub stderr: String,
    code: Option<i32>,
}

impl Bench {
    /// An empty corpus and no index.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        Self {
            folder,
            environment: Vec::new(),
        }
    }

    /// Writes a file of the corpus.
    pub fn write(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.corpus().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Sets a variable for the commands that follow.
    pub fn with(mut self, variable: &str, value: &str) -> Self {
        self.environment.push((variable.into(), value.into()));
        self
    }

    /// Indexes the corpus at the default place.
    pub fn indexed(self) -> Self {
        self.index(&["update", "corpus"]).exits(0);
        self
    }

    /// The folder that commands run in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The folder of the corpus.
    pub fn corpus(&self) -> PathBuf {
        self.folder().join("corpus")
    }

    /// Runs `xianli`.
    pub fn ask(&self, arguments: &[&str]) -> Run {
        self.run(env!("CARGO_BIN_EXE_xianli"), arguments)
    }

    /// Runs `xianli-index`.
    pub fn index(&self, arguments: &[&str]) -> Run {
        self.run(env!("CARGO_BIN_EXE_xianli-index"), arguments)
    }

    /// `xianli` or `xianli-index`, ready to run in the folder with an environment of its own.
    pub fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.folder())
            .stdin(Stdio::null())
            .env_clear()
            .env("HOME", self.folder())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Run {
        let output = self.command(program, arguments).output().unwrap();
        let name = Path::new(program).file_stem().unwrap().to_string_lossy();
        Run::new(format!("{name} {}", arguments.join(" ")), output)
    }
}

impl Run {
    fn new(line: String, output: Output) -> Self {
        let run = Self {
            line,
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code(),
        };
        assert!(!run.stderr.contains("panicked"), "{}", run.told());
        run
    }

    /// stdout is exactly this, apart from the time that the answer took.
    #[track_caller]
    pub fn prints(&self, expected: &str) -> &Self {
        assert_eq!(without_times(&self.stdout), expected, "{}", self.told());
        self
    }

    /// stderr is exactly this.
    #[track_caller]
    pub fn says(&self, expected: &str) -> &Self {
        assert_eq!(without_times(&self.stderr), expected, "{}", self.told());
        self
    }

    /// stderr has this in it.
    #[track_caller]
    pub fn mentions(&self, part: &str) -> &Self {
        assert!(self.stderr.contains(part), "no {part:?}\n{}", self.told());
        self
    }

    /// The exit code.
    #[track_caller]
    pub fn exits(&self, expected: i32) -> &Self {
        assert_eq!(self.code, Some(expected), "{}", self.told());
        self
    }

    /// stdout as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}\n{}", self.told()))
    }

    fn told(&self) -> String {
        format!(
            "{} exits {:?}\nstdout:\n{}\nstderr:\n{}",
            self.line, self.code, self.stdout, self.stderr
        )
    }
}

/// `1.8 ms` as `… ms`.
fn without_times(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(" ms") {
        let number = rest[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        out.push_str(number);
        if number.len() < at {
            out.push('…');
        }
        out.push_str(" ms");
        rest = &rest[at + " ms".len()..];
    }
    out + rest
}
