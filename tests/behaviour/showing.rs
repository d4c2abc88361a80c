//! `xianli show ID`.

use serde_json::json;

use crate::bench::Bench;

const REPORT: &str = "\
某局2021年工作总结
一、工作成效
推行秒批改革。
二、下一步计划
扩大秒批范围。
";

fn bench_and_id() -> (Bench, String) {
    let bench = Bench::new().write("a.txt", REPORT).indexed();
    let answer = bench.ask(&["推行秒批改革", "--format", "json"]).json();
    let id = answer["hits"][0]["id"].as_str().unwrap().to_owned();
    (bench, id)
}

#[test]
fn a_paragraph_is_shown_among_its_neighbours() {
    let (bench, id) = bench_and_id();
    let shown = bench
        .ask(&["show", &id, "--format", "json"])
        .exits(0)
        .json();
    let texts: Vec<_> = shown["paragraphs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["text"])
        .collect();
    assert_eq!(texts, ["一、工作成效", "推行秒批改革。", "二、下一步计划"]);
    assert_eq!(shown["asked"], json!(id));
    let text = bench.ask(&["show", &id, "--around", "0"]);
    assert!(text.stdout.ends_with(&format!(
        "  一、工作成效\n▶ 推行秒批改革。\n  {id} · 举措成效\n\n"
    )));
}

#[test]
fn a_document_is_shown_as_its_outline() {
    let (bench, id) = bench_and_id();
    let document = id.split('/').next().unwrap();
    let shown = bench.ask(&["show", document]);
    shown.exits(0).says("");
    assert!(
        shown.stdout.ends_with(
            "   1  某局2021年工作总结\n   2  一、工作成效\n   3    推行秒批改革。\n   4  二、下一步计划\n   5    扩大秒批范围。\n"
        ),
        "{}",
        shown.stdout
    );
}

#[test]
fn an_id_that_the_index_does_not_have_is_nothing_found() {
    let (bench, id) = bench_and_id();
    bench
        .ask(&["show", "0000"])
        .exits(1)
        .prints("")
        .mentions("hint: ");
    let document = id.split('/').next().unwrap();
    bench
        .ask(&["show", &format!("{document}/99")])
        .exits(1)
        .prints("");
    bench
        .ask(&["show", &format!("{document}/x")])
        .exits(2)
        .prints("");
}
