//! `xianli QUERY`.

use std::io::{Read, Write};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::bench::Bench;

const LONGHUA: &str = "\
深圳市龙华区政务服务数据管理局2022年法治政府建设年度报告
来源:龙华区政务服务数据管理局 日期:2022年12月01日
文件已失效
一、主要举措
（一）推行“免申即享”。全区上线免申即享事项20项，惠及企业455次。企业不用跑腿。
二、下一步计划
继续扩大免申即享范围，明年达到50项。
";

const LIWAN: &str = "\
广州市荔湾区政务服务数据管理局2020年法治政府建设年度报告
一、工作成效
推行一窗通取，办理时间压缩至半天。
二、存在问题
数据共享还不充分。
";

fn bench() -> Bench {
    Bench::new()
        .write("longhua.txt", LONGHUA)
        .write("liwan.txt", LIWAN)
        .indexed()
}

#[test]
fn a_question_without_a_verb_is_a_search() {
    let bench = bench();
    let asked = bench.ask(&["免申即享"]);
    asked.exits(0);
    let searched = bench.ask(&["search", "免申即享"]);
    searched.exits(0).says("");
    assert!(asked.stdout.contains("【免申即享】"), "{}", asked.stdout);
}

#[test]
fn nothing_found_is_told_on_stderr_and_by_the_exit_code() {
    bench()
        .ask(&["海底捞针", "--match", "exact"])
        .exits(1)
        .prints("")
        .mentions("nothing found");
}

#[test]
fn an_empty_question_is_an_error() {
    let bench = bench();
    let empty = "error: the question is empty\nhint: ask for some words, as in `xianli 免申即享`\n";
    bench.ask(&[""]).exits(2).prints("").says(empty);
    bench.ask(&[" ", "\t"]).exits(2).prints("").says(empty);
    bench.ask(&["search"]).exits(2).prints("").says(empty);
    bench.ask(&["--region", "广东"]).exits(2).says(empty);
}

#[test]
fn marks_alone_are_no_question() {
    bench().ask(&["，。！"]).exits(2).prints("").says(
        "error: nothing in the question can be searched: ，。！\n\
         hint: ask for words; marks alone say too little\n",
    );
}

#[test]
fn an_unknown_region_names_its_neighbours() {
    bench()
        .ask(&["免申即享", "--region", "广冻"])
        .exits(2)
        .prints("")
        .mentions("error: no region has this name or code\n  --region 广冻\n           ^^^^\nhint: nearest: ");
}

#[test]
fn an_unknown_section_names_its_neighbours() {
    bench()
        .ask(&["免申即享", "--section", "下步规划"])
        .exits(2)
        .prints("")
        .mentions("^^^^^^^^\nhint: nearest: plan 下一步计划");
}

#[test]
fn an_unknown_flag_or_value_is_an_error() {
    let bench = bench();
    bench
        .ask(&["免申即享", "--regoin", "广东"])
        .exits(2)
        .mentions("'--region'");
    bench
        .ask(&["免申即享", "--format", "xml"])
        .exits(2)
        .mentions("jsonl");
    bench
        .ask(&["免申即享", "--year", "20x0"])
        .exits(2)
        .mentions("         ^^^^\n");
}

#[test]
fn flags_narrow_the_answer() {
    let bench = bench();
    let total = |arguments: &[&str]| {
        let run = bench.ask(&[&["--format", "json"], arguments].concat());
        run.json()["total"]["paragraphs"].as_u64().unwrap()
    };
    assert_eq!(total(&["免申即享"]), 2);
    assert_eq!(total(&["免申即享", "--section", "plan"]), 1);
    assert_eq!(
        total(&[
            "免申即享",
            "--section",
            "下一步计划",
            "--section",
            "measures"
        ]),
        2
    );
    for region in [
        "广东省",
        "广东",
        "深圳市",
        "深圳",
        "龙华区",
        "龙华",
        "440309",
    ] {
        assert_eq!(total(&["免申即享", "--region", region]), 2, "{region}");
    }
    assert_eq!(total(&["免申即享", "--region", "荔湾"]), 0);
    assert_eq!(total(&["免申即享", "--year", "2020..2021"]), 0);
    assert_eq!(
        total(&["免申即享", "--year", "2020..2021", "--year", "2022"]),
        2
    );
    assert_eq!(total(&["免申即享", "--status", "失效"]), 2);
    assert_eq!(total(&["免申即享", "--issuer", "荔湾区"]), 0);
}

#[test]
fn a_dash_leaves_out() {
    let bench = bench();
    let run = bench.ask(&["-企业", "免申即享", "--format", "json"]);
    assert_eq!(run.json()["hits"][0]["section"]["role"], json!("plan"));
    assert_eq!(run.json()["total"]["paragraphs"], json!(1));
}

#[test]
fn the_json_is_that_of_schema_1() {
    let run = bench().ask(&[
        "免申即享",
        "--format",
        "json",
        "--facets",
        "region:3,year,section",
        "-n",
        "1",
    ]);
    let answer = run.exits(0).json();
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(
        keys(&answer),
        [
            "schema", "query", "took_ms", "total", "hits", "facets", "families"
        ]
    );
    assert_eq!(keys(&answer["query"]), ["text", "canonical"]);
    assert_eq!(keys(&answer["total"]), ["paragraphs", "documents", "tiers"]);
    assert_eq!(keys(&answer["total"]["tiers"]), ["exact", "all", "any"]);
    let hit = &answer["hits"][0];
    assert_eq!(keys(hit)[..4], ["id", "score", "tier", "document"]);
    assert_eq!(
        keys(&hit["document"])[..15],
        [
            "id",
            "source_id",
            "title",
            "title_derived",
            "region",
            "region_code",
            "issuer",
            "year",
            "published",
            "signed",
            "status",
            "number",
            "script",
            "path",
            "url"
        ]
    );
    assert_eq!(
        hit["document"]["region"],
        json!(["广东省", "深圳市", "龙华区"])
    );
    assert_eq!(hit["document"]["status"], json!("expired"));
    assert_eq!(keys(&hit["section"]), ["path", "role"]);
    let text: Vec<char> = hit["text"].as_str().unwrap().chars().collect();
    let [start, end] =
        [0, 1].map(|edge| usize::try_from(hit["highlights"][0][edge].as_u64().unwrap()).unwrap());
    assert_eq!(text[start..end].iter().collect::<String>(), "免申即享");
    assert_eq!(
        answer["facets"]["region"],
        json!([{"path": ["广东省"], "documents": 1, "paragraphs": 2, "children": [
            {"path": ["广东省", "深圳市"], "documents": 1, "paragraphs": 2, "children": [
                {"path": ["广东省", "深圳市", "龙华区"], "documents": 1, "paragraphs": 2, "children": []}
            ]}
        ]}])
    );
    assert_eq!(
        answer["facets"]["year"],
        json!([{"value": 2022, "documents": 1, "paragraphs": 2}])
    );
}

/// Three places that call one reform by three names.
fn family() -> Bench {
    Bench::new()
        .write(
            "a.txt",
            "甲市2020年工作报告\n\n我市推行惠企补贴免申即享改革。\n",
        )
        .write(
            "b.txt",
            "乙市2021年工作报告\n\n我市推行惠企补贴免申即办改革。\n",
        )
        .write(
            "c.txt",
            "丙市2022年工作报告\n\n我市推行惠企补贴星申星享改革。\n",
        )
        .indexed()
}

#[test]
fn the_other_labels_of_a_reform_are_hinted_and_asked_for_with_a_flag() {
    let bench = family();
    let alone = bench.ask(&["免申即享", "-q"]);
    assert!(!alone.stdout.contains("免申即办"), "{}", alone.stdout);
    bench
        .ask(&["免申即享"])
        .exits(0)
        .mentions("hint: 免申即享 is also called 免申即办 (1); --family asks for all\n");
    let all = bench
        .ask(&["免申即享", "--family", "--format", "json"])
        .json();
    assert_eq!(all["total"]["tiers"]["exact"], json!(2));
    let labels: Vec<&Value> = (0..2).map(|hit| &all["hits"][hit]["labels"]).collect();
    assert!(labels.contains(&&json!(["免申即享"])) && labels.contains(&&json!(["免申即办"])));
    let text = bench.ask(&["免申即享", "--family"]);
    assert!(
        text.stdout.contains(" · exact · 〔免申即办〕\n"),
        "{}",
        text.stdout
    );
}

#[test]
fn families_of_the_user_are_merged_in() {
    let bench = family();
    let own = "family\tlabel\n免申即享\t星申星享\n";
    std::fs::write(bench.folder().join("own.tsv"), own).unwrap();
    let families = ["免申即享", "--family", "--families", "own.tsv"];
    let answer = bench.ask(&[&families[..], &["--format", "json"]].concat());
    assert_eq!(answer.json()["total"]["tiers"]["exact"], json!(3));
    std::fs::write(bench.folder().join("bad.tsv"), "no tab\n").unwrap();
    bench
        .ask(&["免申即享", "--families", "bad.tsv"])
        .exits(2)
        .mentions("on line 1");
    bench
        .ask(&["免申即享", "--families", "none.tsv"])
        .exits(2)
        .mentions("cannot read the families of none.tsv");
}

#[test]
fn nothing_found_says_how_the_question_was_cut_and_what_is_near() {
    bench()
        .ask(&["免申既享", "--match", "all"])
        .exits(1)
        .mentions("免申既享 stands nowhere")
        .mentions("hint: near in the corpus: 免申即享")
        .mentions("the corpus has ");
}

/// A phrase asks for nothing looser than itself; what is near it is looked for all the same. What a
/// mark parts (`范围，明`) stands nowhere.
#[test]
fn a_phrase_that_stands_nowhere_has_near_words_too() {
    bench()
        .ask(&["\"扩大免申即享范圈\""])
        .exits(1)
        .mentions("near in the corpus: 扩大免申即享范, 扩大免申即享范围, 大免申即享范围, ")
        .mentions("续扩大免申即享范, 续扩大免申即享范围\n");
    let with_a_mark = bench().ask(&["\"享范围，明午达到\""]);
    with_a_mark.mentions("near in the corpus: 享范围明年达到\n");
}

#[test]
fn nothing_found_names_the_filter_that_took_the_hits() {
    let run = bench().ask(&["免申即享", "--region", "荔湾", "--match", "all"]);
    run.exits(1)
        .mentions("免申即享 stands in 2 paragraphs")
        .mentions("without the filter on region: 2 paragraphs");
    let run = bench().ask(&[
        "免申即享",
        "--region",
        "荔湾",
        "--match",
        "all",
        "--format",
        "json",
    ]);
    let nothing = &run.json()["nothing"];
    assert_eq!(
        nothing["filters"],
        json!([{"filter": "region", "paragraphs_without": 2}])
    );
    assert_eq!(nothing["paragraphs_unfiltered"], json!(2));
}

#[test]
fn the_order_is_explained() {
    let run = bench().ask(&["免申即享", "--explain"]);
    assert!(run.stdout.contains("\n  score "), "{}", run.stdout);
    assert!(
        run.stdout.contains("\n  above the next: "),
        "{}",
        run.stdout
    );
    let answer = bench()
        .ask(&["免申即享", "--explain", "--format", "json"])
        .json();
    let hit = &answer["hits"][0];
    let part = |part: &Value| part["score"].as_f64().unwrap();
    let parts = hit["explanation"]["parts"].as_array().unwrap();
    let sum: f64 = parts.iter().map(part).sum();
    let factors = hit["explanation"]["factors"].as_array().unwrap();
    let product: f64 = factors
        .iter()
        .map(|f| f["factor"].as_f64().unwrap())
        .product();
    let score = hit["score"].as_f64().unwrap();
    assert!(
        (sum * product - score).abs() < 0.01,
        "{sum} × {product} is not {score}"
    );
}

#[test]
fn who_wants_a_deep_ranking_gets_partial_matches_after_the_others() {
    let bench = Bench::new()
        .write("a.txt", "甲市工作报告\n\n养老服务补贴标准。\n")
        .write("b.txt", "乙市工作报告\n\n养老机构。\n")
        .indexed();
    let page = bench.ask(&["养老服务", "--format", "json"]).json();
    assert_eq!(
        page["total"]["tiers"],
        json!({"exact": 1, "all": 0, "any": 0})
    );
    let run = bench.ask(&["养老服务", "--format", "trec"]);
    assert_eq!(run.stdout.lines().count(), 2);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let bench = bench();
    for arguments in [
        &["的", "-n", "1000", "--full"][..],
        &["--help"],
        &["的", "--format", "json"],
    ] {
        let mut child = bench
            .command(env!("CARGO_BIN_EXE_xianli"), arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        let code = child.wait().unwrap().code();
        assert!(matches!(code, Some(0 | 1)), "{code:?} {said}");
        assert!(
            !said.contains("panicked") && !said.contains("error"),
            "{said}"
        );
    }
}

#[test]
fn a_pipe_gets_no_colour_unless_asked() {
    let bench = bench();
    let colours = |run: &str| run.contains('\u{1b}');
    assert!(!colours(&bench.ask(&["免申即享"]).stdout));
    assert!(colours(
        &bench.ask(&["免申即享", "--color", "always"]).stdout
    ));
    let quiet = Bench::new()
        .with("NO_COLOR", "1")
        .write("a.txt", LONGHUA)
        .indexed();
    assert!(!colours(&quiet.ask(&["免申即享"]).stdout));
}

#[test]
fn escape_sequences_in_a_document_reach_no_terminal() {
    let bench = Bench::new()
        .write(
            "a.txt",
            "某局2021年工作总结\n推行免申即享\u{1b}[2J\u{7}，成效明显。\n",
        )
        .indexed();
    let run = bench.ask(&["免申即享", "-q"]);
    run.exits(0);
    assert!(run.stdout.contains("成效明显"), "{}", run.stdout);
    assert!(!run.stdout.contains('\u{1b}'));
}

#[test]
fn a_narrow_terminal_is_kept_to() {
    let bench = Bench::new()
        .with("COLUMNS", "30")
        .write("a.txt", LONGHUA)
        .indexed();
    let run = bench.ask(&["免申即享", "--facets", "region"]);
    let columns = |line: &str| {
        line.chars()
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum::<usize>()
    };
    let prose = run.stdout.lines().take_while(|line| *line != "region");
    for line in prose {
        assert!(columns(line) <= 32, "{line}");
    }
}

#[test]
fn a_batch_is_answered_in_order() {
    let bench = bench();
    std::fs::write(
        bench.folder().join("q.tsv"),
        "7\t免申即享\na\t海底捞针 天外飞仙\n9\t\"一窗通取\"\n",
    )
    .unwrap();
    let run = bench.ask(&["--batch", "q.tsv"]);
    run.exits(0).says("");
    let answers: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let ids: Vec<&str> = answers
        .iter()
        .map(|answer| answer["qid"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["7", "a", "9"]);
    assert_eq!(answers[2]["total"]["tiers"]["exact"], json!(1));
    let run = bench.ask(&["--batch", "q.tsv", "--format", "trec"]);
    let first: Vec<&str> = run.stdout.lines().next().unwrap().split(' ').collect();
    assert_eq!(
        (first[0], first[1], first[3], first[5]),
        ("7", "Q0", "1", "xianli")
    );
    bench
        .ask(&["--batch", "q.tsv", "--format", "csv"])
        .exits(2)
        .mentions("hint: ");
    bench
        .ask(&["--batch", "none.tsv"])
        .exits(2)
        .mentions("none.tsv");
}

#[test]
fn rankings_are_measured_by_judgements() {
    let bench = bench();
    std::fs::write(bench.folder().join("q.tsv"), "1\t免申即享\n2\t海底捞针\n").unwrap();
    let answer = bench.ask(&["一窗通取", "--format", "json"]).json();
    let other = answer["hits"][0]["document"]["id"].as_str().unwrap();
    let answer = bench.ask(&["免申即享", "--format", "json"]).json();
    let wanted = answer["hits"][0]["document"]["id"].as_str().unwrap();
    let judgements = format!("1 0 {wanted} 1\n2 0 {other} 1\n");
    std::fs::write(bench.folder().join("qrels.txt"), judgements).unwrap();
    let run = bench.ask(&[
        "eval",
        "--queries",
        "q.tsv",
        "--qrels",
        "qrels.txt",
        "--per-query",
        "p.tsv",
        "--match",
        "exact",
    ]);
    run.exits(0).prints(
        "tier     questions  nDCG@10   MRR@10  recall@100\n\
         exact            1   1.0000   1.0000      1.0000\n\
         none             1   0.0000   0.0000      0.0000\n\
         overall          2   0.5000   0.5000      0.5000\n",
    );
    let each = std::fs::read_to_string(bench.folder().join("p.tsv")).unwrap();
    assert_eq!(each.lines().nth(1), Some("1\t1.0000\t1.0000\t1.0000"));
}

#[test]
fn a_batch_can_be_read_from_stdin() {
    let bench = bench();
    let mut child = bench
        .command(
            env!("CARGO_BIN_EXE_xianli"),
            &["--batch", "-", "--format", "trec"],
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("1\t免申即享\n".as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .starts_with("1 Q0 ")
    );
}

#[test]
fn without_an_index_the_sample_answers_and_says_so() {
    let bench = Bench::new();
    let run = bench.ask(&["免申即享"]);
    run.exits(0)
        .mentions("note: no index yet, so this is the built-in sample");
    assert!(run.stdout.contains("【免申即享】"));
    bench.ask(&["-q", "免申即享"]).exits(0).says("");
    let files = std::fs::read_dir(bench.folder()).unwrap().count();
    assert_eq!(files, 1, "asking writes nothing");
}

#[test]
fn a_named_index_that_is_missing_is_an_error() {
    let bench = Bench::new();
    bench
        .ask(&["免申即享", "--index", "none"])
        .exits(2)
        .prints("")
        .says("error: the index none does not exist\nhint: build one with `xianli-index update PATH`\n");
    Bench::new()
        .with("XIANLI_INDEX", "none")
        .ask(&["免申即享"])
        .exits(2);
}

#[test]
fn a_corrupt_index_says_what_to_type() {
    let bench = bench();
    let index = bench.folder().join(".local/share/xianli/index");
    std::fs::write(index.join("CURRENT"), "generation-77\n").unwrap();
    bench
        .ask(&["免申即享"])
        .exits(2)
        .prints("")
        .mentions("hint: build it anew with `xianli-index update");
}

#[test]
fn the_help_shows_how_to_ask() {
    let help = Bench::new().ask(&["--help"]);
    help.exits(0).says("");
    assert!(help.stdout.contains("xianli 免申即享"));
    let help = Bench::new().ask(&["search", "--help"]);
    assert!(help.stdout.contains("--region <NAME>"), "{}", help.stdout);
    Bench::new()
        .ask(&["--version"])
        .exits(0)
        .prints(&format!("xianli {}\n", env!("CARGO_PKG_VERSION")));
}
