//! The research verbs: timelines, coverage, trends, links, claims, citations, evidence packs.

use std::fs;

use serde_json::json;

use crate::bench::Bench;

const HEFEI_2020: &str = "\
合肥市数据资源局2020年工作总结
一、工作成效
（一）建成城市中台，汇聚数据198亿条。
二、2021年打算
谋划免申即享，在一个区先行试点。
";
const HEFEI_2021: &str = "\
合肥市数据资源局2021年工作总结
一、工作成效
全省率先推行免申即享，全年兑付8.9亿元。
";
const NANCHANG_2021: &str = "\
南昌市行政审批局2021年工作总结
一、工作成效
上线惠企平台，免申即享86项。
二、存在问题
免申即享拨付慢，最长拖了两个月。
";
const CHAOZHOU_2022: &str = "\
潮州市政务服务数据管理局2022年工作总结
一、工作成效
由于数据不全，目前尚未实现免申即享。
二、下一步打算
借鉴合肥免申即享做法，分批推开。
";

fn bench() -> Bench {
    Bench::new()
        .write("hefei-2020.txt", HEFEI_2020)
        .write("hefei-2021.txt", HEFEI_2021)
        .write("nanchang-2021.txt", NANCHANG_2021)
        .write("chaozhou-2022.txt", CHAOZHOU_2022)
        .indexed()
}

/// `region stance year` of each row of a CSV timeline.
fn rows(csv: &str) -> Vec<String> {
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let mut lines = csv.lines().map(cells);
    let header = lines.next().expect("a table has a header");
    let column = |name: &str| {
        header
            .iter()
            .position(|found| found == name)
            .expect("the header has the column")
    };
    let (place, stance, year) = (column("place"), column("stance"), column("year"));
    lines
        .map(|row| format!("{} {} {}", row[place], row[stance], row[year]))
        .collect()
}

#[test]
fn a_reform_is_traced_and_an_earlier_document_moves_its_row() {
    let bench = bench();
    let csv = ["precedents", "免申即享", "-q", "--format", "csv"];
    let before = [
        "安徽省/合肥市 done 2021",
        "安徽省/合肥市 planned 2020",
        "江西省/南昌市 done 2021",
        "广东省/潮州市 planned 2022",
        "广东省/潮州市 negated 2022",
    ];
    assert_eq!(rows(&bench.ask(&csv).stdout), before);
    let planted = "南昌市行政审批局2019年工作总结\n一、工作成效\n推行免申即享。\n";
    let bench = bench.write("planted.txt", planted).indexed();
    let moved = rows(&bench.ask(&csv).stdout);
    assert_eq!(moved[0], "江西省/南昌市 done 2019");
    fs::remove_file(bench.corpus().join("planted.txt")).unwrap();
    let bench = bench.indexed();
    assert_eq!(rows(&bench.ask(&csv).stdout), before);
}

#[test]
fn a_timeline_in_json_has_ranks_ties_and_what_it_rests_on() {
    let bench = bench();
    let answer = bench.ask(&["precedents", "免申即享", "-q", "--format", "json"]);
    let answer = answer.exits(0).json();
    assert_eq!(answer["schema"], 1);
    let ranks: Vec<_> = answer["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| json!([row["rank"], row["tied_with"], row["left_censored"]]))
        .collect();
    assert_eq!(
        ranks,
        [
            json!([1, 1, false]),
            json!([1, 1, true]),
            json!([null, 0, false])
        ]
    );
    assert_eq!(answer["basis"]["documents"], 4);
    assert_eq!(
        answer["rows"][0]["done"]["reason"],
        "in the section on measures; 推行"
    );
}

#[test]
fn the_risk_set_leaves_empty_what_is_not_known() {
    let panel = bench().ask(&["coverage", "--panel", "免申即享", "-q", "--format", "csv"]);
    assert_eq!(
        panel.exits(0).stdout.replace("\r\n", "\n"),
        "\
region,code,year,documents,at_risk,adopted,left_censored
安徽省/合肥市,340100,2020,1,1,0,0
安徽省/合肥市,340100,2021,1,1,1,0
安徽省/合肥市,340100,2022,0,,,0
江西省/南昌市,360100,2020,0,,,1
江西省/南昌市,360100,2021,1,1,1,1
江西省/南昌市,360100,2022,0,,,1
广东省/潮州市,445100,2020,0,,,0
广东省/潮州市,445100,2021,0,,,0
广东省/潮州市,445100,2022,1,1,0,0
"
    );
}

#[test]
fn links_and_claims_carry_their_direction_and_verdict() {
    let bench = bench();
    let links = bench
        .ask(&["links", "-q", "--format", "json"])
        .exits(0)
        .json();
    let link = &links["found"][0];
    assert_eq!(link["from"], json!(["安徽省", "合肥市"]));
    assert_eq!(link["to"], json!(["广东省", "潮州市"]));
    assert_eq!(link["stance"], "planned");
    let claims = bench.ask(&["claims", "--cue", "率先", "-q", "--format", "json"]);
    let claim = &claims.exits(0).json()["found"][0];
    assert_eq!(claim["scope"], json!(["安徽省"]));
    assert_eq!(claim["verdict"]["verdict"], "nothing-earlier");
}

#[test]
fn a_paragraph_is_cited_in_each_style_and_an_unknown_id_is_said() {
    let bench = bench();
    let answer = bench
        .ask(&["precedents", "免申即享", "-q", "--format", "json"])
        .json();
    let id = answer["rows"][0]["done"]["id"].as_str().unwrap().to_owned();
    bench
        .ask(&["cite", &id])
        .exits(0)
        .prints("合肥市数据资源局. 合肥市数据资源局2021年工作总结[R]. [2021]: 第3段.\n");
    let bibtex = bench.ask(&["cite", &id, "--style", "bibtex"]);
    assert!(
        bibtex.stdout.starts_with("@report{xianli-"),
        "{}",
        bibtex.stdout
    );
    bench.ask(&["cite", "nothing/1"]).exits(1).mentions("hint:");
    bench
        .ask(&["cite", &id, "--accessed", "yesterday"])
        .exits(2)
        .mentions("2024-05-01");
}

#[test]
fn an_evidence_pack_is_the_same_bytes_when_made_twice_and_after_a_rebuild() {
    let bench = bench();
    let pack = |folder: &str| {
        bench
            .ask(&["report", "免申即享", "-q", "-o", folder])
            .exits(0);
        let mut files: Vec<_> = fs::read_dir(bench.folder().join(folder))
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                (
                    path.file_name().unwrap().to_owned(),
                    fs::read(&path).unwrap(),
                )
            })
            .collect();
        files.sort();
        files
    };
    let first = pack("one");
    assert_eq!(first.len(), 13);
    assert_eq!(pack("two"), first);
    bench.index(&["update", "--rebuild", "corpus"]).exits(0);
    assert_eq!(pack("three"), first);
}

#[test]
fn pictures_are_written_by_the_ending_of_the_file() {
    let bench = bench();
    bench
        .ask(&["trend", "免申即享", "-q", "-o", "t.svg"])
        .exits(0)
        .prints("");
    let svg = fs::read_to_string(bench.folder().join("t.svg")).unwrap();
    assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"));
    bench
        .ask(&["trend", "免申即享", "-o", "t.png"])
        .exits(2)
        .mentions(".svg, .html or .csv");
}

#[test]
fn a_reform_that_stands_nowhere_is_nothing_found() {
    bench()
        .ask(&["precedents", "林长制"])
        .exits(1)
        .mentions("hint: `xianli coverage`");
}
