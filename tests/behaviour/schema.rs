//! Answers in JSON against `index-schema/results.schema.json`.

use serde_json::Value;

use crate::bench::Bench;

fn bench() -> Bench {
    Bench::new()
        .write(
            "longhua.txt",
            "深圳市龙华区政务服务数据管理局2022年法治政府建设年度报告\n\n一、主要举措\n\n\
             推行惠企补贴“免申即享”改革，兑付7.16亿元。\n\n二、下一步计划\n\n继续推进“免申即享”。\n",
        )
        .write(
            "chaozhou.txt",
            "潮州市2023年工作报告\n\n一、成效\n\n推行免申即办，成立法治办公室。\n",
        )
        .indexed()
}

fn schema() -> jsonschema::Validator {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/index-schema/results.schema.json"
    );
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn assert_valid(answer: &Value) {
    let errors: Vec<String> = schema()
        .iter_errors(answer)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{answer:#}");
}

#[test]
fn every_part_of_an_answer_is_as_the_schema_says() {
    let bench = bench();
    for arguments in [
        &["免申即享"][..],
        &["免申即享", "--explain", "--family"],
        &["报告", "--facets", "region:3,year,section,status,kind"],
        &["立法", "--group", "document", "--explain"],
        &["免申既享", "--match", "all"],
        &["免申即享", "--region", "北京", "--match", "all"],
        &["企业怎么样才能不用申请就享受补贴"],
        &["来源:某处 改革"],
    ] {
        let answer = bench
            .ask(&[arguments, &["--format", "json"]].concat())
            .json();
        assert_valid(&answer);
    }
    let parts = [
        "--explain",
        "--family",
        "--facets",
        "region",
        "--format",
        "json",
    ];
    let whole = bench.ask(&[&["免申即享"], &parts[..]].concat()).json();
    for key in ["facets", "families"] {
        assert!(whole.get(key).is_some(), "{key}");
    }
    for key in ["labels", "explanation"] {
        assert!(whole["hits"][0].get(key).is_some(), "{key}");
    }
}

#[test]
fn every_line_of_a_batch_is_as_the_schema_says() {
    let bench = bench();
    std::fs::write(bench.folder().join("q.tsv"), "1\t免申即享\n2\t無此事也\n").unwrap();
    let run = bench.ask(&["--batch", "q.tsv", "--format", "jsonl"]);
    assert_eq!(run.stdout.lines().count(), 2);
    for line in run.stdout.lines() {
        assert_valid(&serde_json::from_str(line).unwrap());
    }
}

#[test]
fn an_answer_that_is_not_as_the_schema_says_is_refused() {
    let mut answer = bench().ask(&["免申即享", "--format", "json"]).json();
    answer["hits"][0]["tier"] = "near".into();
    assert!(!schema().is_valid(&answer));
}
