//! The sessions of both READMEs print what stands there.

use std::fs;
use std::path::Path;

use crate::bench::{Bench, Run};

/// A command of a session and the lines that stand under it.
struct Session<'t> {
    command: &'t str,
    shown: Vec<&'t str>,
}

/// The commands of all blocks of a text that show a terminal.
fn sessions(text: &str) -> Vec<Session<'_>> {
    let blocks = text.split("```console\n").skip(1);
    let blocks = blocks.filter_map(|block| block.split("```").next());
    let mut sessions: Vec<Session<'_>> = Vec::new();
    for line in blocks.flat_map(str::lines) {
        match line.strip_prefix("$ ") {
            Some(command) => sessions.push(Session {
                command,
                shown: Vec::new(),
            }),
            // An ellipsis stands for lines that are left out.
            None if matches!(line.trim(), "" | "…") => {}
            None => sessions.last_mut().unwrap().shown.push(line),
        }
    }
    sessions
}

fn run(bench: &Bench, command: &str) -> Run {
    let mut words = command.split(' ');
    let program = words.next();
    let arguments: Vec<&str> = words.collect();
    match program {
        Some("xianli") => bench.ask(&arguments),
        Some("xianli-index") => bench.index(&arguments),
        _ => panic!("{command} is none of the commands"),
    }
}

/// Without the figures of times.
fn timeless(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let is_time = |place: usize| {
        words
            .get(place + 1)
            .is_some_and(|next| next.starts_with("ms"))
    };
    let words = words.iter().enumerate();
    let words = words.map(|(place, word)| if is_time(place) { "N" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// Each line is printed, those of the answer in their order.
fn check(readme: &str) -> usize {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(project.join(readme)).unwrap();
    let mut bench = Bench::new();
    for file in fs::read_dir(project.join("corpus-sample")).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let name = path.file_name().unwrap().to_string_lossy();
            bench = bench.write(
                &format!("../corpus-sample/{name}"),
                fs::read(&path).unwrap(),
            );
        }
    }
    let sessions = sessions(&text);
    for Session { command, shown } in &sessions {
        let run = run(&bench, command);
        let lines = |text: &str| text.lines().map(timeless).collect::<Vec<_>>();
        let (answer, notes) = (lines(&run.stdout), lines(&run.stderr));
        let mut rest = &answer[..];
        for line in shown.iter().map(|line| timeless(line)) {
            match rest.iter().position(|printed| *printed == line) {
                Some(place) => rest = &rest[place + 1..],
                None => assert!(
                    notes.contains(&line),
                    "{readme}: `{command}` does not print, or not there:\n{line}\n\nbut\n{}{}",
                    run.stdout,
                    run.stderr,
                ),
            }
        }
    }
    sessions.len()
}

#[test]
fn the_sessions_of_the_readme_are_real() {
    assert!(check("README.md") > 10);
}

#[test]
fn the_sessions_of_its_chinese_twin_are_real() {
    assert!(check("README.zh-CN.md") > 10);
}
