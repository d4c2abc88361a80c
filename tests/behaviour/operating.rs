//! `xianli-index` as machines run it: logs, plain progress, signals, completions, manual pages.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::bench::{Bench, Run};

/// Each line of stderr as JSON.
fn log(run: &Run) -> Vec<Value> {
    let line = |line: &str| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"));
    run.stderr.lines().map(line).collect()
}

/// Level and message of each line, without the times.
fn told(run: &Run) -> Vec<(String, String)> {
    let text = |line: &Value, name: &str| line[name].as_str().unwrap().to_owned();
    let told = |line: &Value| (text(line, "level"), text(line, "message"));
    log(run).iter().map(told).collect()
}

#[test]
fn a_log_for_machines_has_a_level_and_a_time_on_every_line() {
    let bench = Bench::new().write("a.txt", "推行秒批。").write("b.txt", "");
    let run = bench.index(&["update", "corpus", "--log-format", "json", "-vv"]);
    run.exits(1);
    let levels: Vec<_> = told(&run).into_iter().map(|(level, _)| level).collect();
    let expected = [
        "debug", "trace", "debug", "warning", "trace", "debug", "info", "debug",
    ];
    let sorted = |levels: &[&str]| {
        let mut levels: Vec<_> = levels.iter().map(|&level| level.to_owned()).collect();
        levels.sort();
        levels
    };
    let levels: Vec<_> = levels.iter().map(String::as_str).collect();
    assert_eq!(sorted(&levels), sorted(&expected), "{}", run.stderr);
    for line in log(&run) {
        let time = line["time"].as_str().unwrap();
        assert!(time.len() == 20 && time.ends_with('Z'), "{time}");
    }
    let skipped = bench.corpus().join("b.txt");
    let skipped = format!("skipped {}: the file is empty", skipped.display());
    assert!(told(&run).contains(&("warning".to_owned(), skipped)));
}

#[test]
fn an_error_for_machines_has_its_hint_apart() {
    let run = Bench::new().index(&["update", "--log-format", "json"]);
    run.exits(2).prints("");
    let lines = log(&run);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["level"], json!("error"));
    let hint = "`xianli-index update PATH` with the folder of your documents";
    assert_eq!(lines[0]["hint"], json!(hint));
    let run = Bench::new()
        .with("XIANLI_INDEX", "none")
        .ask(&["秒批", "--log-format", "json"]);
    run.exits(2);
    assert_eq!(
        log(&run)[0]["hint"],
        json!("build one with `xianli-index update PATH`")
    );
}

#[test]
fn how_much_is_told_is_chosen() {
    let bench = Bench::new().write("a.txt", "推行秒批。");
    let lines = |arguments: &[&str]| {
        let arguments = [&["update", "corpus", "--rebuild"], arguments].concat();
        let run = bench.index(&arguments);
        run.exits(0);
        let first = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
        run.stderr.lines().map(first).collect::<Vec<_>>()
    };
    assert_eq!(lines(&["-q"]), [""; 0]);
    let report = ["files:", "index:", "formats:", "labels"];
    assert_eq!(lines(&[]), [&["note:"], &report[..]].concat());
    let around = |steps: &[&'static str]| [steps, &report, &["index:"]].concat();
    assert_eq!(lines(&["-v"]), around(&["note:", "files", "added", "all"]));
    assert_eq!(
        lines(&["-vv"]),
        around(&["note:", "files", "added", "read", "all"])
    );
}

#[test]
fn progress_comes_as_plain_lines_when_asked() {
    let bench = Bench::new()
        .write("a.txt", "推行秒批。")
        .write("b.txt", "一网通办。");
    let progress = |run: &Run| {
        let lines = run.stderr.lines();
        let progress = lines.filter_map(|line| line.strip_prefix("progress: "));
        progress.map(str::to_owned).collect::<Vec<_>>()
    };
    let run = bench.index(&["update", "corpus", "--progress", "plain"]);
    let lines = progress(run.exits(0));
    assert_eq!(lines[0], "2 files to read, 30 B");
    let last = lines.last().unwrap();
    assert!(
        last.starts_with("read 2 files, 30 B, in ") && last.ends_with(" s; writing the index"),
        "{last}"
    );
    let run = bench.index(&["update", "--progress", "none", "--verify"]);
    assert_eq!(progress(run.exits(0)), [""; 0]);
}

#[cfg(unix)]
fn send(signal: &str, process: u32) {
    let command = format!("kill -{signal} {process}");
    let sent = std::process::Command::new("sh")
        .args(["-c", &command])
        .status();
    assert!(sent.unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_cleanly_and_the_old_index_stands() {
    let line = |n: usize| format!("第{n}项举措：推行一网通办，办件{n}1件，好评率9{n}.{n}%。\n");
    let text: String = (1..60).map(line).collect();
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let mut bench = Bench::new().write("a.txt", "推行秒批。").indexed();
        for n in 0..400 {
            bench = bench.write(&format!("{n}.txt"), format!("第{n}号\n{text}"));
        }
        let mut run = bench
            .command(env!("CARGO_BIN_EXE_xianli-index"), &["update", "-vv"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(run.stderr.take().unwrap()).lines();
        let is_read = |line: &String| line.starts_with("read ");
        lines
            .find(|line| is_read(line.as_ref().unwrap()))
            .unwrap()
            .unwrap();
        send(signal, run.id());
        let last = lines.map(Result::unwrap).last().unwrap();
        assert_eq!(run.wait().unwrap().code(), Some(code));
        assert_eq!(last, "stopped; what was committed stays");
        bench.ask(&["一网通办", "-q"]).exits(1);
        bench.ask(&["秒批", "-q"]).exits(0);
        bench.index(&["check"]).exits(0);
    }
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_watch_with_the_code_that_a_shell_knows_it_by() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let bench = Bench::new().write("a.txt", "推行秒批。");
        let arguments = ["watch", "corpus", "--format", "json", "-q"];
        let mut watch = bench
            .command(env!("CARGO_BIN_EXE_xianli-index"), &arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The first report says that it has begun to watch.
        let mut report = String::new();
        let mut stdout = BufReader::new(watch.stdout.take().unwrap());
        stdout.read_line(&mut report).unwrap();
        assert!(report.contains("\"added\":1"), "{report}");
        send(signal, watch.id());
        assert_eq!(watch.wait().unwrap().code(), Some(code));
        bench.ask(&["秒批", "-q"]).exits(0);
    }
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_backup_and_leaves_nothing_of_it() {
    let line = |n: usize| format!("第{n}项举措：推行一网通办，办件{}件。\n", n * 7919);
    let text: String = (1..4_000).map(line).collect();
    let bench = Bench::new().write("a.txt", text).indexed();
    fs::write(bench.folder().join("x.backup"), "the one before").unwrap();
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        // A pipe in the place of the new archive: nothing more is written until it is read.
        let beside = bench.folder().join("x.backup.new");
        let made = Command::new("mkfifo").arg(&beside).status().unwrap();
        assert!(made.success());
        let mut backup = bench
            .command(env!("CARGO_BIN_EXE_xianli-index"), &["backup", "x.backup"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut archive = fs::File::open(&beside).unwrap();
        archive.read_exact(&mut [0; 1]).unwrap();
        send(signal, backup.id());
        archive.read_to_end(&mut Vec::new()).unwrap();
        let mut told = String::new();
        let mut stderr = backup.stderr.take().unwrap();
        stderr.read_to_string(&mut told).unwrap();
        assert_eq!(backup.wait().unwrap().code(), Some(code), "{told}");
        assert_eq!(told, "stopped; nothing was changed\n");
        assert!(!beside.exists());
        let before = fs::read_to_string(bench.folder().join("x.backup")).unwrap();
        assert_eq!(before, "the one before");
    }
}

#[test]
fn completions_know_the_flags_of_a_search_without_its_verb() {
    let bench = Bench::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = bench.index(&["completions", shell]);
        let script = &run.exits(0).says("").stdout;
        for word in ["max-memory", "precedents", "facets"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    bench.index(&["completions", "bash", "there"]).exits(0);
    let scripts = [
        ("xianli", "--reg", "--region"),
        ("xianli-index", "che", "check"),
    ];
    for (command, typed, completed) in scripts {
        let script = format!(
            "source there/{command}.bash
            [[ $(complete -p {command}) =~ '-F '([^ ]+) ]]
            COMP_WORDS=({command} {typed}) COMP_CWORD=1
            ${{BASH_REMATCH[1]}} {command} {typed} {command}
            echo \"${{COMPREPLY[@]}}\""
        );
        let bash = bench.command("bash", &["-c", &script]).output();
        let Ok(bash) = bash else {
            println!("skipped: there is no bash");
            return;
        };
        let said = String::from_utf8_lossy(&bash.stdout);
        assert_eq!(
            said.trim(),
            completed,
            "{}",
            String::from_utf8_lossy(&bash.stderr)
        );
    }
}

#[test]
fn there_is_a_manual_page_for_every_verb() {
    let bench = Bench::new();
    bench.index(&["manual", "pages"]).exits(0);
    let entries = fs::read_dir(bench.folder().join("pages")).unwrap();
    let mut pages: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    for program in ["xianli", "xianli-index"] {
        assert!(pages.contains(&format!("{program}.1")), "{pages:?}");
        let help = match program {
            "xianli" => bench.ask(&["--help"]),
            _ => bench.index(&["--help"]),
        };
        let verbs = help.stdout.split("Commands:").nth(1).unwrap();
        let verbs = verbs.split("\n\n").next().unwrap().lines();
        let verbs = verbs.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
        for verb in verbs.filter(|verb| !verb.is_empty() && *verb != "help") {
            assert!(
                pages.contains(&format!("{program}-{verb}.1")),
                "{verb}: {pages:?}"
            );
        }
    }
    let page = fs::read_to_string(bench.folder().join("pages/xianli-index-update.1")).unwrap();
    assert!(page.contains("max\\-memory"), "{page}");
}
