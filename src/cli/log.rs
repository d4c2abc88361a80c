//! Lines that are no data, on stderr: for people as they are, for machines as JSON.
//!
//! Comes in: a level and a message, of which the last line may be a `hint:`. Goes out: one line of
//! JSON, or the message itself, where its level is wanted. Decides nothing about exit codes.

use clap::ValueEnum;
use serde::Serialize;

use crate::ingest::utc;

use super::clock;
use super::terminal;

/// How much a line matters, most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    /// What was asked for was not done.
    Error,
    /// It was done, but not with all that was given.
    Warning,
    /// What was done.
    Info,
    /// How it was done (`-v`).
    Debug,
    /// Every single step (`-vv`).
    Trace,
}

/// How the lines on stderr are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum LogFormat {
    /// As sentences.
    #[default]
    Text,
    /// As JSON objects, one a line: time, level, message, hint.
    Json,
}

/// Where lines go: which are told, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Log {
    pub(super) least: Level,
    pub(super) format: LogFormat,
}

impl Log {
    /// Tells a message, if its level is wanted.
    pub(super) fn tell(self, level: Level, message: &str) {
        if level > self.least {
            return;
        }
        match self.format {
            LogFormat::Text if level == Level::Error => {
                terminal::say(&format!("error: {message}"));
            }
            LogFormat::Text => terminal::say(message),
            LogFormat::Json => terminal::say(&json(&utc(clock::now()), level, message)),
        }
    }
}

#[derive(Serialize)]
struct Line<'m> {
    time: &'m str,
    level: Level,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'m str>,
}

/// A message as one line of JSON.
fn json(time: &str, level: Level, message: &str) -> String {
    let (message, hint) = match message.split_once("\nhint: ") {
        Some((message, hint)) => (message, Some(hint)),
        None => (message, None),
    };
    let message = message.strip_prefix("note: ").unwrap_or(message);
    let line = Line {
        time,
        level,
        message: message.replace('\n', "; "),
        hint,
    };
    serde_json::to_string(&line).expect("its keys are strings")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_several_lines_is_one_line_of_json_with_its_hint_apart() {
        let line = json(
            "2024-01-31T08:05:00Z",
            Level::Warning,
            "note: 甲 is \"gone\"\nits documents stay\nhint: mount its disk",
        );
        let expected = r#"{"time":"2024-01-31T08:05:00Z","level":"warning","message":"甲 is \"gone\"; its documents stay","hint":"mount its disk"}"#;
        assert_eq!(line, expected);
    }
}
