//! `xianli-index update`, `inspect` and `status`.

use std::fs;

use serde_json::{Value, json};

use crate::bench::Bench;

const REPORT: &str = "\
福田区政务服务数据管理局2021年法治政府建设年度报告
信息提供日期 : 2021-12-24 16:53来源 : 福田区政务服务数据管理局
一、工作成效
（一）优化营商环境。推行秒批改革。
";

#[test]
fn a_run_reports_one_line_of_json() {
    let bench = Bench::new().write("a.txt", REPORT);
    let run = bench.index(&["update", "corpus", "--format", "json"]);
    run.exits(0).says("");
    assert_eq!(run.stdout.lines().count(), 1);
    let report = run.json();
    let keys: Vec<&String> = report.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "schema",
            "added",
            "changed",
            "moved",
            "removed",
            "unchanged",
            "skipped",
            "documents",
            "paragraphs",
            "bytes",
            "formats",
            "encodings",
            "replaced",
            "missing",
            "guessed",
            "conflicting",
            "metadata",
            "seconds"
        ]
    );
    assert_eq!(
        (&report["added"], &report["paragraphs"]),
        (&json!(1), &json!(4))
    );
}

#[test]
fn a_file_that_cannot_be_read_is_skipped_and_the_run_goes_on() {
    let bench = Bench::new()
        .write("a.txt", REPORT)
        .write("b.txt", "")
        .write("c.pdf", b"%PDF-1.7\n\xb5\xb5\xb5\n");
    let run = bench.index(&["update", "corpus", "--format", "json"]);
    run.exits(1).mentions("the file is empty");
    let skipped = run.json()["skipped"].as_array().unwrap().len();
    assert_eq!(skipped, 2);
    bench.ask(&["秒批", "-q"]).exits(0);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_skipped() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new().write("a.txt", REPORT).write("b.txt", "秒批");
    let closed = bench.corpus().join("b.txt");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&closed).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    bench
        .index(&["update", "corpus"])
        .exits(1)
        .mentions("b.txt");
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_skipped() {
    let bench = Bench::new().write("a.txt", REPORT);
    std::os::unix::fs::symlink("nowhere.txt", bench.corpus().join("b.txt")).unwrap();
    bench
        .index(&["update", "corpus"])
        .exits(1)
        .mentions("b.txt");
    bench.ask(&["秒批", "-q"]).exits(0);
}

#[test]
fn a_missing_path_is_an_error_and_the_old_index_stands() {
    let bench = Bench::new().write("a.txt", REPORT).indexed();
    bench
        .index(&["update", "none"])
        .exits(2)
        .prints("")
        .mentions("none does not exist\nhint: ");
    bench.ask(&["秒批", "-q"]).exits(0);
}

#[cfg(unix)]
#[test]
fn what_is_neither_file_nor_folder_is_never_opened_and_said_to_be_none() {
    let bench = Bench::new().write("a.txt", REPORT).indexed();
    let pipe = bench.folder().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    std::os::unix::fs::symlink(&pipe, bench.folder().join("link")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(bench.folder().join("socket")).unwrap();
    for name in ["pipe", "link", "socket", "/dev/null"] {
        for command in [
            &["update", "corpus", name][..],
            &["update", "--dry-run", name],
            &["update", "corpus", "--metadata", name],
            &["inspect", name],
            &["inspect", "--audit", "corpus", name],
        ] {
            let run = bench.index(command);
            run.exits(2).mentions("neither a file nor a folder\n");
        }
    }
    bench.ask(&["秒批", "-q"]).exits(0);
    // What merely lies in a folder was not asked for.
    fs::rename(&pipe, bench.corpus().join("pipe")).unwrap();
    bench.index(&["update", "corpus"]).exits(0);
}

#[test]
fn an_empty_folder_makes_an_empty_index() {
    let bench = Bench::new();
    bench
        .index(&["update", "corpus"])
        .exits(0)
        .mentions("0 documents");
    bench.ask(&["秒批"]).exits(1).prints("");
}

#[test]
fn an_update_without_a_path_takes_the_last_one() {
    let bench = Bench::new()
        .write("a.txt", REPORT)
        .indexed()
        .write("b.txt", "免申即享。");
    bench.index(&["update"]).exits(0).mentions("2 documents");
    bench.ask(&["免申即享", "-q"]).exits(0);
}

#[test]
fn the_first_update_needs_a_path() {
    Bench::new().index(&["update"]).exits(2).mentions("hint: ");
}

#[test]
fn each_line_of_json_lines_is_a_document() {
    let bench = Bench::new()
        .write(
            "more.jsonl",
            concat!(
                r#"{"id":"d-1","title":"某市数字政府实施方案","text":"推行一网统管。","region":"广州市","year":2021,"url":"https://example.org/1"}"#,
                "\n{\"id\":\"d-2\",\"title\":\n"
            ),
        );
    bench
        .index(&["update", "corpus"])
        .exits(1)
        .mentions("more.jsonl:2");
    let hit = bench.ask(&["一网统管", "--format", "json"]).json()["hits"][0].clone();
    assert_eq!(hit["document"]["source_id"], json!("d-1"));
    assert_eq!(hit["document"]["url"], json!("https://example.org/1"));
    assert_eq!(hit["document"]["region"], json!(["广东省", "广州市"]));
    assert_eq!(hit["document"]["year"], json!(2021));
}

#[test]
fn inspecting_shows_what_every_line_is() {
    let bench = Bench::new().write("a.txt", REPORT);
    let run = bench.index(&["inspect", "corpus/a.txt", "--format", "json"]);
    let inspection = run.exits(0).json();
    let keys: Vec<&String> = inspection.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "schema",
            "path",
            "format",
            "encoding",
            "metadata",
            "conflicts",
            "lines"
        ]
    );
    assert_eq!(
        inspection["metadata"]["region"]["value"],
        json!(["广东省", "深圳市", "福田区"])
    );
    assert_eq!(
        inspection["metadata"]["signed"],
        json!({"value": null, "evidence": []})
    );
    let kinds: Vec<&Value> = inspection["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| &l["kind"])
        .collect();
    assert_eq!(
        kinds,
        ["title", "header", "heading", "heading", "paragraph"]
    );
    bench.index(&["inspect", "corpus/a.txt"]).exits(0).says("");
    bench
        .index(&["inspect", "corpus/none.txt"])
        .exits(2)
        .mentions("corpus/none.txt: ");
}

#[test]
fn the_status_says_what_is_indexed() {
    let bench = Bench::new().write("a.txt", REPORT);
    let run = bench.index(&["status", "--format", "json"]);
    run.exits(2)
        .mentions("hint: build one with `xianli-index update PATH`");
    assert_eq!(run.json()["freshness"], json!("missing"));
    let bench = bench.indexed();
    let status = bench.index(&["status", "--format", "json"]).exits(0).json();
    assert_eq!(status["freshness"], json!("current"));
    assert_eq!(
        (&status["documents"], &status["paragraphs"]),
        (&json!(1), &json!(4))
    );
}

#[test]
fn an_index_lies_where_it_is_told() {
    let bench = Bench::new().write("a.txt", REPORT);
    bench
        .index(&["--index", "mine", "update", "corpus", "-q"])
        .exits(0)
        .says("")
        .prints("");
    assert!(bench.folder().join("mine").is_dir());
    bench.ask(&["秒批", "--index", "mine"]).exits(0);
    let there = bench.with("XIANLI_INDEX", "mine");
    there.ask(&["秒批"]).exits(0);
}

#[test]
fn a_backup_is_checked_restored_and_answers_again() {
    let bench = Bench::new().write("a.txt", REPORT).indexed();
    bench.index(&["check", "--deep"]).exits(0);
    let run = bench.index(&["backup", "x.backup", "--format", "json", "-q"]);
    assert_eq!(run.exits(0).says("").json()["documents"], json!(1));
    bench
        .index(&["--index", "other", "restore", "x.backup"])
        .exits(0);
    bench.ask(&["--index", "other", "秒批"]).exits(0);
    bench.index(&["optimize"]).exits(0);
    bench
        .index(&["restore", "corpus/a.txt"])
        .exits(2)
        .mentions("hint: ");
    bench.ask(&["秒批", "-q"]).exits(0);
}

#[test]
fn a_rehearsal_writes_nothing() {
    let bench = Bench::new().write("a.txt", REPORT);
    let run = bench.index(&["update", "corpus", "--dry-run", "-v"]);
    run.exits(0).mentions("added ").mentions("1 added");
    bench.index(&["status"]).exits(2).mentions("does not exist");
}

#[test]
fn the_runs_are_remembered() {
    let bench = Bench::new().write("a.txt", REPORT).indexed();
    bench.index(&["update"]).exits(0);
    let status = bench.index(&["status", "--format", "json"]).json();
    assert_eq!(status["runs"][0]["unchanged"], json!(1));
    assert_eq!(status["runs"][1]["added"], json!(1));
}

#[test]
fn metadata_beside_the_files_wins_and_inspect_says_so() {
    let bench = Bench::new().write("2021/a.txt", REPORT).write(
        "metadata.csv",
        "path,地区,year,title,url\n\n2021/a.txt,深圳市南山区,2020,,https://example.org/a\n",
    );
    let inspected = bench.index(&["inspect", "corpus/2021/a.txt", "--format", "json"]);
    inspected.exits(0);
    let metadata = &inspected.json()["metadata"];
    let first = |field: &str| {
        let evidence = &metadata[field]["evidence"][0];
        (
            metadata[field]["value"].clone(),
            evidence["file"].clone(),
            evidence["line"].clone(),
        )
    };
    let table = json!("corpus/metadata.csv");
    assert_eq!(
        first("region"),
        (
            json!(["广东省", "深圳市", "南山区"]),
            table.clone(),
            json!(3)
        )
    );
    assert_eq!(first("year"), (json!(2020), table.clone(), json!(3)));
    assert_eq!(
        first("url"),
        (json!("https://example.org/a"), table, json!(3))
    );
    assert_eq!(first("title").1, Value::Null);
    let conflicts = inspected.json()["conflicts"].to_string();
    assert!(
        conflicts.contains("year by corpus/metadata.csv line 3 is 2020, by the document 2021"),
        "{conflicts}"
    );
    let shown = bench
        .index(&["inspect", "corpus/2021/a.txt"])
        .stdout
        .clone();
    assert!(
        shown.contains("2020  ← corpus/metadata.csv line 3: “2020”"),
        "{shown}"
    );
    let run = bench.index(&["update", "corpus", "--format", "json"]);
    run.exits(0);
    assert_eq!(run.json()["documents"], json!(1));
    bench.ask(&["秒批", "-q", "--region", "南山区"]).exits(0);
    bench.ask(&["秒批", "-q", "--region", "福田区"]).exits(1);
}

#[test]
fn a_changed_metadata_file_reindexes_what_it_names() {
    let bench = Bench::new()
        .write("a.txt", REPORT)
        .write("b.txt", "一网通办。\n")
        .indexed();
    bench.ask(&["秒批", "-q", "--year", "2015"]).exits(1);
    let bench = bench.write("metadata.jsonl", "{\"path\": \"a.txt\", \"年份\": 2015}\n");
    let run = bench.index(&["update", "--format", "json"]);
    let report = run.json();
    assert_eq!(
        (
            &report["changed"],
            &report["unchanged"],
            &report["documents"]
        ),
        (&json!(1), &json!(1), &json!(2))
    );
    assert_eq!(
        report["metadata"],
        json!([{"path": bench.corpus().join("metadata.jsonl").to_str().unwrap(), "rows": 1, "unmatched": []}])
    );
    bench.ask(&["秒批", "-q", "--year", "2015"]).exits(0);
    let unchanged = bench.index(&["update", "--format", "json"]).json()["unchanged"].clone();
    assert_eq!(unchanged, json!(2));
    fs::remove_file(bench.corpus().join("metadata.jsonl")).unwrap();
    bench.index(&["update"]).exits(0);
    bench.ask(&["秒批", "-q", "--year", "2015"]).exits(1);
}

#[test]
fn what_is_wrong_in_a_metadata_file_is_told_with_line_and_character() {
    let bench = Bench::new().write("a.txt", REPORT).write(
        "metadata.csv",
        "path,region,status,year\na.txt,深镇市,过时,2020\ngone.txt,,,2020\n",
    );
    let run = bench.index(&["update", "corpus"]);
    run.exits(1)
        .mentions("metadata.csv:2:7: region 深镇市 is not known; nearest: 广东省深圳市")
        .mentions("metadata.csv:2:11: status 过时 is not known; write 失效")
        .mentions("metadata.csv: 2 rows, 1 of them name no file here: gone.txt");
    bench.ask(&["秒批", "-q", "--year", "2020"]).exits(0);
    bench
        .index(&["inspect", "corpus/a.txt", "--metadata", "corpus/a.txt"])
        .exits(2)
        .mentions("corpus/a.txt: no column path");
    bench
        .index(&["update", "corpus", "--metadata", "nowhere.csv"])
        .exits(2)
        .mentions("nowhere.csv: cannot be read");
}

#[test]
fn a_metadata_file_given_by_name_is_remembered_and_wins() {
    let bench = Bench::new()
        .write("a.txt", REPORT)
        .write("metadata.csv", "path,year\na.txt,2010\n");
    fs::write(bench.folder().join("mine.csv"), "文件,年份\na.txt,2011\n").unwrap();
    bench
        .index(&["update", "corpus", "--metadata", "mine.csv"])
        .exits(0);
    bench.ask(&["秒批", "-q", "--year", "2011"]).exits(0);
    bench.index(&["update"]).exits(0);
    bench.ask(&["秒批", "-q", "--year", "2011"]).exits(0);
    bench.index(&["update", "corpus"]).exits(0);
    bench.ask(&["秒批", "-q", "--year", "2010"]).exits(0);
}

#[test]
fn an_audit_has_a_row_for_each_document_and_for_what_cannot_be_read() {
    let bench = Bench::new()
        .write("a.txt", REPORT)
        .write("b.txt", "")
        .write(
            "c.jsonl",
            "{\"text\": \"一网通办。\"}\n{\"text\": \"秒批。\", \"year\": 2020}\n",
        );
    let audit = bench.index(&["inspect", "--audit", "corpus"]);
    audit.exits(1);
    let rows: Vec<Vec<&str>> = audit
        .stdout
        .lines()
        .map(|row| row.split(',').collect())
        .collect();
    let shown: Vec<_> = rows
        .iter()
        .map(|row| [row[0], row[1], row[9], row[row.len() - 1]])
        .collect();
    assert_eq!(
        shown,
        [
            ["path", "format", "year", "reason"],
            ["corpus/a.txt", "text", "2021", ""],
            ["corpus/b.txt", "", "", "the file is empty"],
            ["corpus/c.jsonl:1", "jsonl", "", ""],
            ["corpus/c.jsonl:2", "jsonl", "2020", ""],
        ]
    );
    bench
        .index(&["inspect", "corpus"])
        .exits(2)
        .mentions("hint: `xianli-index inspect --audit corpus`");
}

#[test]
fn limits_are_flags_and_a_wider_one_reads_what_was_too_large() {
    let long = format!("{REPORT}{}\n", "一网通办，".repeat(1000));
    let bench = Bench::new().write("a.txt", REPORT).write("b.txt", long);
    bench
        .index(&["update", "corpus", "--max-file-size", "4k"])
        .exits(1)
        .mentions("more than the limit of 4096");
    bench.index(&["update"]).exits(0);
    bench.ask(&["一网通办", "-q"]).exits(0);
}

#[test]
fn a_root_that_is_gone_keeps_its_documents_until_it_is_pruned() {
    let bench = Bench::new().write("a.txt", REPORT);
    let disk = bench.folder().join("disk");
    fs::create_dir(&disk).unwrap();
    fs::write(disk.join("b.txt"), "推行免申即享。").unwrap();
    bench.index(&["update", "corpus", "disk"]).exits(0);
    fs::rename(&disk, bench.folder().join("elsewhere")).unwrap();
    let run = bench.index(&["update"]);
    run.exits(2)
        .mentions("disk is gone, its documents stay indexed");
    run.mentions(
        "hint: mount its disk, or remove its documents with `xianli-index update --prune`",
    );
    bench.ask(&["免申即享", "-q"]).exits(0);
    let run = bench.index(&["update", "--prune"]);
    run.exits(0).mentions("1 removed").mentions("1 unchanged");
    bench.ask(&["免申即享", "-q"]).exits(1);
    bench.ask(&["秒批", "-q"]).exits(0);
}
