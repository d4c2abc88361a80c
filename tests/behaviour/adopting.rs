//! What counts as adoption: documents written for one decision each, asked as a person would ask.

use std::fs;

use serde_json::{Value, json};

use crate::bench::Bench;

/// A report of a bureau: `done`, `problems` and `plans` in sections of their own, each left out where
/// it is empty.
fn report(issuer: &str, year: i32, done: &str, problems: &str, plans: &str) -> String {
    let mut text = format!("{issuer}{year}年工作总结\n");
    for (heading, body) in [
        ("一、工作成效", done),
        ("二、存在问题", problems),
        ("三、下一步打算", plans),
    ] {
        if !body.is_empty() {
            text.push_str(&format!("{heading}\n{body}\n"));
        }
    }
    text
}

/// `1 合肥市 done 2021` of each adopter, `- 潮州市 planned 2022` of each other place, by rank.
fn timeline(bench: &Bench, arguments: &[&str]) -> Vec<String> {
    let asked = [&["precedents"], arguments, &["-q", "--format", "json"]].concat();
    let answer = bench.ask(&asked).json();
    let rows = answer["rows"].as_array().cloned().unwrap_or_default();
    let shown = |row: &Value| {
        let rank = row["rank"]
            .as_u64()
            .map_or("-".into(), |rank| rank.to_string());
        let piece = match &row["done"] {
            Value::Null => &row["before"][0],
            done => done,
        };
        let place = row["region"].as_array().unwrap().last().unwrap();
        let (place, stance) = (place.as_str().unwrap(), piece["stance"].as_str().unwrap());
        format!("{rank} {place} {stance} {}", piece["year"])
    };
    rows.iter().map(shown).collect()
}

/// What a person reads, with the line breaks of the page taken out.
fn told(bench: &Bench, term: &str) -> String {
    let shown = bench.ask(&["precedents", term, "-q"]).stdout;
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_reform_under_another_label_is_the_same_reform_where_families_are_asked_for() {
    let bench = Bench::new()
        .write(
            "a.txt",
            report(
                "合肥市数据资源局",
                2022,
                "推行免申即享，兑付8.9亿元。",
                "",
                "",
            ),
        )
        .write(
            "b.txt",
            report(
                "南昌市行政审批局",
                2020,
                "惠企资金主动兑现，兑付2.3亿元。",
                "",
                "",
            ),
        )
        .indexed();
    assert_eq!(timeline(&bench, &["免申即享"]), ["1 合肥市 done 2022"]);
    assert_eq!(
        timeline(&bench, &["免申即享", "--family"]),
        ["1 南昌市 done 2020", "2 合肥市 done 2022"]
    );
}

#[test]
fn what_is_a_problem_an_estimate_or_a_denial_is_no_adoption() {
    let bench = Bench::new()
        .write(
            "a.txt",
            report(
                "合肥市数据资源局",
                2019,
                "建成城市中台。",
                "免申即享拨付慢。",
                "",
            ),
        )
        .write(
            "b.txt",
            report("南昌市行政审批局", 2019, "预计全年免申即享50项。", "", ""),
        )
        .write(
            "c.txt",
            report(
                "潮州市政务服务数据管理局",
                2019,
                "目前尚未实现免申即享。",
                "",
                "",
            ),
        )
        .write(
            "d.txt",
            report("成都市行政审批局", 2019, "召开免申即享工作推进会。", "", ""),
        )
        .write(
            "e.txt",
            report("昆明市政务服务局", 2019, "建成大厅。", "", "推行免申即享。"),
        )
        .write(
            "f.txt",
            report("青岛市行政审批服务局", 2023, "推行免申即享86项。", "", ""),
        )
        .indexed();
    assert_eq!(
        timeline(&bench, &["免申即享"]),
        [
            "1 青岛市 done 2023",
            "- 昆明市 planned 2019",
            "- 合肥市 problem 2019",
            "- 南昌市 estimate 2019",
            "- 潮州市 negated 2019",
            "- 成都市 mention 2019",
        ]
    );
}

#[test]
fn what_other_places_do_is_not_the_adoption_of_who_tells_it() {
    let bench = Bench::new()
        .write(
            "a.txt",
            report("合肥市数据资源局", 2022, "推行免申即享86项。", "", ""),
        )
        .write(
            "b.txt",
            report(
                "潮州市政务服务数据管理局",
                2020,
                "深圳、杭州等地已推行免申即享。",
                "",
                "",
            ),
        )
        .indexed();
    assert_eq!(
        timeline(&bench, &["免申即享"]),
        ["1 合肥市 done 2022", "- 潮州市 mention 2020"]
    );
}

#[test]
fn an_expired_first_adopter_stays_first_and_its_expiry_is_told() {
    let expired = report("南昌市行政审批局", 2018, "推行免申即享86项。", "", "");
    let expired = expired.replacen('\n', "\n文件已失效\n", 1);
    let bench = Bench::new()
        .write(
            "a.txt",
            report("合肥市数据资源局", 2022, "推行免申即享。", "", ""),
        )
        .write("b.txt", &expired)
        .indexed();
    assert_eq!(
        timeline(&bench, &["免申即享"]),
        ["1 南昌市 done 2018", "2 合肥市 done 2022"]
    );
    let told = told(&bench, "免申即享");
    assert!(told.contains("〔失效〕"), "{told}");
    fs::remove_file(bench.corpus().join("b.txt")).unwrap();
    let bench = bench.indexed();
    assert_eq!(timeline(&bench, &["免申即享"]), ["1 合肥市 done 2022"]);
}

#[test]
fn what_a_work_report_looks_back_on_is_dated_by_the_year_before_its_session() {
    let session = "\
政府工作报告
——2024年1月29日在合肥市第十七届人民代表大会第三次会议上
各位代表：
一、2023年工作回顾
推行免申即享，兑付8.9亿元。
二、2024年工作安排
持续扩大免申即享范围，推行容缺受理。
";
    let bench = Bench::new()
        .write("a.txt", session)
        .write(
            "b.txt",
            report("南昌市行政审批局", 2023, "推行免申即享86项。", "", ""),
        )
        .indexed();
    assert_eq!(
        timeline(&bench, &["免申即享"]),
        ["1 合肥市 done 2023", "1 南昌市 done 2023"]
    );
    assert_eq!(timeline(&bench, &["容缺受理"]), ["- 合肥市 planned 2024"]);
    let told = told(&bench, "免申即享");
    assert!(told.contains("by its reviewed year"), "{told}");
}

#[test]
fn dates_that_contradict_each_other_are_told() {
    let text = "\
潮州市政务服务数据管理局2021年工作总结
来源:潮州市政务服务数据管理局 日期:2021年12月01日
一、工作成效
截至2021年12月24日，免申即享86项。
潮州市政务服务数据管理局
2021年11月24日
";
    let bench = Bench::new().write("a.txt", text).indexed();
    let told = told(&bench, "免申即享");
    assert!(
        told.contains("dates conflict: counts up to 2021-12-24, after it was signed on 2021-11-24"),
        "{told}"
    );
}

#[test]
fn a_claim_is_held_against_what_was_earlier_inside_its_scope_and_not_outside() {
    let claimed = report("合肥市数据资源局", 2022, "全省率先推行免申即享。", "", "");
    let verdict = |other: &str, text: &str| {
        let bench = Bench::new()
            .write("a.txt", &claimed)
            .write(other, text)
            .indexed();
        let answer = bench.ask(&["claims", "--cue", "率先", "-q", "--format", "json"]);
        let found = answer.json()["found"].clone();
        let claim = found
            .as_array()
            .unwrap()
            .iter()
            .find(|claim| claim["document"]["region"] == json!(["安徽省", "合肥市"]))
            .unwrap()
            .clone();
        claim["verdict"]["verdict"].as_str().unwrap().to_owned()
    };
    let of = |issuer: &str, year, done: &str| report(issuer, year, done, "", "");
    let done = "推行免申即享86项。";
    assert_eq!(
        verdict("b.txt", &of("芜湖市数据资源局", 2020, done)),
        "earlier"
    );
    assert_eq!(
        verdict("b.txt", &of("芜湖市数据资源局", 2022, done)),
        "same-year"
    );
    assert_eq!(
        verdict("b.txt", &of("芜湖市数据资源局", 2023, done)),
        "nothing-earlier"
    );
    assert_eq!(
        verdict("b.txt", &of("南昌市行政审批局", 2020, done)),
        "nothing-earlier"
    );
    let planned = report("芜湖市数据资源局", 2020, "建成大厅。", "", done);
    assert_eq!(verdict("b.txt", &planned), "nothing-earlier");
}

#[test]
fn an_aim_to_be_first_is_no_claim() {
    let bench = Bench::new()
        .write(
            "a.txt",
            report(
                "合肥市数据资源局",
                2022,
                "建成大厅。",
                "",
                "力争全省率先推行免申即享。",
            ),
        )
        .indexed();
    let answer = bench.ask(&["claims", "-q", "--format", "json"]).json();
    let claim = &answer["found"][0];
    assert_eq!(claim["stance"], "planned");
    assert_eq!(claim["verdict"]["missing"], "it is an aim, not a claim");
}
