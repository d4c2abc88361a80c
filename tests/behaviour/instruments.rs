//! The instruments for reading many documents: contexts, company, figures, reuse, promises, labels.

use std::fs;

use serde_json::json;

use crate::bench::Bench;

const HEFEI_2021: &str = "\
合肥市数据资源局2021年工作总结
一、工作成效
（一）推行惠企政策“免申即享”。截至2021年11月底，“免申即享”政策38个，兑付8.9亿元，惠及企业超1.2万户次，按期兑付率达98.6%，拨付时限由30个工作日压缩至5个工作日。
（二）设立重点项目联络员。对投资额较大的项目逐一确定联络人员，提前介入选址、环评、用地等环节，容缺受理、限时补正，办理进度随时可以用手机查询。
二、2022年打算
“免申即享”政策增加到60个以上，兑付超10亿元。新建社区自助服务点20个。开展政务数据授权运营试点。
";
const HEFEI_2022: &str = "\
合肥市数据资源局2022年工作总结
一、工作成效
全年“免申即享”政策达到66个，兑付9.2亿元。办好“一网通办”，网上可办率99.5%。建成社区自助服务点20个。
二、2023年打算
继续做好“免申即享”，覆盖全部县（区）。
";
const CHAOZHOU_2022: &str = "\
潮州市政务服务数据管理局2022年工作总结
一、工作成效
（一）設立重點項目聯絡員。對投資額較大的項目逐一確定專門聯絡人員，提前介入選址、環評、用地等環節，容缺受理、限時補正，辦理進度可以用手機隨時查詢。
（二）推行“一网通办”和“免申即享”，网上可办率96%，预计全年办件39.7万件。
";
const NANCHANG_2022: &str = "\
南昌市行政审批局2022年工作总结
一、工作成效
上线惠企平台，推行“免申即享”服务，“免申即享”事项86项。深化“一网通办”改革，“一网通办”事项1280项。
";

const BASIS: &str = "rests on 4 documents of 3 places of 2021–2022\n";

fn bench() -> Bench {
    Bench::new()
        .write("hefei-2021.txt", HEFEI_2021)
        .write("hefei-2022.txt", HEFEI_2022)
        .write("chaozhou-2022.txt", CHAOZHOU_2022)
        .write("nanchang-2022.txt", NANCHANG_2022)
        .indexed()
}

/// Some columns of a CSV answer without quoted cells, a row a line.
fn columns(csv: &str, wanted: &[&str]) -> Vec<String> {
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().expect("a table has a header");
    let places: Vec<usize> = wanted
        .iter()
        .map(|name| {
            let found = header.iter().position(|column| column == name);
            found.unwrap_or_else(|| panic!("no column {name} in {header:?}"))
        })
        .collect();
    lines
        .map(|row| {
            let cells: Vec<&str> = places.iter().map(|&place| row[place]).collect();
            cells.join(" ")
        })
        .collect()
}

#[test]
fn a_term_stands_below_itself_in_its_contexts() {
    let run = bench().ask(&[
        "concordance",
        "免申即享",
        "-q",
        "--width",
        "16",
        "--sort",
        "right",
    ]);
    run.exits(0).prints(&format!(
        "\
免申即享”服务，“【免申即享】”事项86项。深化“  江西省南昌市 2022  hravys4xb3vyk5wj/3
 ）推行惠企政策“【免申即享】”。截至2021年11   安徽省合肥市 2021  jgfh8vwt7yw9ap5s/3
 2021年11月底，“【免申即享】”政策38个，兑付8  安徽省合肥市 2021  jgfh8vwt7yw9ap5s/3
               “【免申即享】”政策增加到60个   安徽省合肥市 2021  jgfh8vwt7yw9ap5s/6
           全年“【免申即享】”政策达到66个，   安徽省合肥市 2022  4v94tx89gjqxpe9r/3
 惠企平台，推行“【免申即享】”服务，“免申即享  江西省南昌市 2022  hravys4xb3vyk5wj/3
 行“一网通办”和“【免申即享】”，网上可办率96%  广东省潮州市 2022  hw60agk6xjcvffd0/4
       继续做好“【免申即享】”，覆盖全部县（   安徽省合肥市 2022  4v94tx89gjqxpe9r/5

8 places
{BASIS}"
    ));
}

#[test]
fn the_company_of_a_term_has_counts_and_measures() {
    let run = bench().ask(&["collocates", "免申即享", "-q", "--min", "2"]);
    run.exits(0).prints(&format!(
        "\
word  together  left  right  in all  expected    G2  logDice  documents  places  for example
政策         4     1      3       4       0.9  11.8    13.42          2       1  4v94tx89gjqxpe9r/3  安徽省合肥市 2022 全年“免申即享”政策达到66个，兑付9.2亿元。
推行         3     3      0       3       0.7   8.8    13.13          3       3  hravys4xb3vyk5wj/3  江西省南昌市 2022 上线惠企平台，推行“免申即享”服务，“免申即享”事项86项。
兑付         2     0      2       4       0.9   1.3    12.42          2       1  4v94tx89gjqxpe9r/3  安徽省合肥市 2022 全年“免申即享”政策达到66个，兑付9.2亿元。

8 occurrences of the term; 51 words in windows of 5 to the left and 5 to the right, of 215; 3 shown of 3 collocates
{BASIS}"
    ));
}

#[test]
fn a_window_may_have_two_sides() {
    let bench = bench();
    let left = [
        "collocates",
        "免申即享",
        "-q",
        "--min",
        "2",
        "--window",
        "5,0",
        "--format",
        "csv",
    ];
    assert_eq!(
        columns(
            &bench.ask(&left).exits(0).stdout,
            &["word", "left", "right"]
        ),
        ["推行 3 0"]
    );
    bench
        .ask(&["collocates", "免申即享", "-q", "--window", "two"])
        .exits(2)
        .says(
            "error: --window two is no number of words\nhint: write 5, or 3,8 for left and right\n",
        );
}

#[test]
fn a_part_is_set_apart_by_its_words_and_must_be_named() {
    let bench = bench();
    bench
        .ask(&["keyness", "--region", "合肥", "-q", "--min", "2", "-n", "2"])
        .exits(0)
        .prints(&format!(
        "\
word  part  rest  part/million  rest/million   G2  log ratio  %DIFF  documents  places  for example
兑付     4     0         24845             0  3.5       2.10      ∞          2       1  4v94tx89gjqxpe9r/3  安徽省合肥市 2022 全年“免申即享”政策达到66个，兑付9.2亿元。
政策     4     0         24845             0  3.5       2.10      ∞          2       1  4v94tx89gjqxpe9r/3  安徽省合肥市 2022 全年“免申即享”政策达到66个，兑付9.2亿元。

the part is --region 合肥: 161 words, against 86 of the rest; 0 words inside formulas and titles were not counted
{BASIS}"
    ));
    let under = [
        "keyness", "--region", "合肥", "-q", "--min", "2", "--under", "-n", "1", "--format", "csv",
    ];
    assert_eq!(
        columns(
            &bench.ask(&under).exits(0).stdout,
            &["word", "part", "rest"]
        ),
        ["事项 0 2"]
    );
    let run = bench.ask(&["keyness", "-q"]);
    run.exits(2).says(
        "error: no part of the corpus is named\nhint: name one by a filter, as in `xianli keyness --region 广东`\n",
    );
}

#[test]
fn figures_have_name_bound_period_and_kind() {
    let run = bench().ask(&["figures", "免申即享", "-q"]);
    run.exits(0).prints(&format!(
        "\
合肥市数据资源局2021年工作总结 · 安徽省合肥市 · 2021 · 合肥市数据资源局
  “免申即享”政策 38个 · 已达 · 截至 2021-11 · nothing says that it is to come
  兑付 8.9亿元 · 已达 · 截至 2021-11 · nothing says that it is to come
  惠及企业 ≥1.2万户次 · 已达 · 截至 2021-11 · nothing says that it is to come
  按期兑付率 98.6% · 已达 · 截至 2021-11 · nothing says that it is to come
  拨付时限压缩至 30 → 5个工作日 · 已达 · 截至 2021-11 · nothing says that it is to come
    截至2021年11月底，“免申即享”政策38个，兑付8.9亿元，惠及企业超1.2万户次，按期兑付率达98.6%，拨付时限由30个工作日压缩至5个工作日。
    jgfh8vwt7yw9ap5s/3 · 安徽省合肥市 2021 · 举措成效
  “免申即享”政策增加至 ≥60个 · 目标 · 2022 (of the document) · in the section on plans
  兑付 ≥10亿元 · 目标 · 2022 (of the document) · in the section on plans
    “免申即享”政策增加到60个以上，兑付超10亿元。
    jgfh8vwt7yw9ap5s/6 · 安徽省合肥市 2021 · 下一步计划

合肥市数据资源局2022年工作总结 · 安徽省合肥市 · 2022 · 合肥市数据资源局
  “免申即享”政策 66个 · 已达 · 2022 · nothing says that it is to come
  兑付 9.2亿元 · 已达 · 2022 · nothing says that it is to come
    全年“免申即享”政策达到66个，兑付9.2亿元。
    4v94tx89gjqxpe9r/3 · 安徽省合肥市 2022 · 举措成效

南昌市行政审批局2022年工作总结 · 江西省南昌市 · 2022 · 南昌市行政审批局
  “免申即享”事项 86项 · 已达 · 2022 (of the document) · nothing says that it is to come
    上线惠企平台，推行“免申即享”服务，“免申即享”事项86项。
    hravys4xb3vyk5wj/3 · 江西省南昌市 2022 · 举措成效

潮州市政务服务数据管理局2022年工作总结 · 广东省潮州市 · 2022 · 潮州市政务服务数据管理局
  网上可办率 96% · 已达 · 2022 (of the document) · nothing says that it is to come
  办件 39.7万件 · 预计 · 2022 · 预计 stands before it
    （二）推行“一网通办”和“免申即享”，网上可办率96%，预计全年办件39.7万件。
    hw60agk6xjcvffd0/4 · 广东省潮州市 2022 · 举措成效

12 shown of 12 figures
{BASIS}"
    ));
}

#[test]
fn figures_are_chosen_by_unit_name_kind_and_nearness() {
    let bench = bench();
    let rows = |arguments: &[&str]| {
        let asked = [&["figures", "-q", "--format", "csv"], arguments].concat();
        columns(
            &bench.ask(&asked).stdout,
            &["name", "value", "unit", "kind", "year"],
        )
    };
    assert_eq!(
        rows(&["--unit", "％"]),
        [
            "按期兑付率 98.6 % done 2021",
            "网上可办率 99.5 % done 2022",
            "网上可办率 96 % done 2022",
        ]
    );
    assert_eq!(
        rows(&["--only", "estimate"]),
        ["办件 397000 件 estimate 2022"]
    );
    assert_eq!(
        rows(&["--named", "兑付率"]),
        ["按期兑付率 98.6 % done 2021"]
    );
    assert_eq!(
        rows(&["一网通办", "--region", "合肥"]),
        ["网上可办率 99.5 % done 2022"]
    );
    assert_eq!(
        rows(&["一网通办", "--region", "合肥", "--near", "paragraph"]).len(),
        4
    );
}

#[test]
fn a_figure_in_json_carries_its_quote() {
    let run = bench().ask(&["figures", "--named", "拨付时限", "-q", "--format", "json"]);
    let answer = run.exits(0).json();
    assert_eq!(answer["schema"], 1);
    let row = &answer["found"][0];
    assert_eq!(row["name"], "拨付时限压缩至");
    assert_eq!(
        row["amount"],
        json!({"value": 5.0, "bound": "exactly", "low": 5.0, "high": 5.0})
    );
    assert_eq!(row["from"]["value"], 30.0);
    assert_eq!(
        row["period"],
        json!({"relation": "as_of", "date": "2021-11", "stated": "截至2021年11月底"})
    );
    assert_eq!(row["id"], "jgfh8vwt7yw9ap5s/3");
    assert!(
        row["quote"]
            .as_str()
            .unwrap()
            .starts_with("截至2021年11月底")
    );
    assert_eq!(answer["basis"]["documents"], 4);
}

#[test]
fn figures_are_drawn_and_written_by_the_ending_of_the_file() {
    let bench = bench();
    let drawn = |file: &str| bench.ask(&["figures", "一网通办", "-q", "--unit", "%", "-o", file]);
    drawn("rates.svg").exits(0).prints("");
    let svg = fs::read_to_string(bench.folder().join("rates.svg")).unwrap();
    assert!(
        svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"),
        "{svg}"
    );
    for part in [
        "一网通办（%）",
        "安徽省合肥市 2022",
        "网上可办率",
        "99.5%",
        "广东省潮州市 2022",
        "96%",
    ] {
        assert!(svg.contains(part), "no {part} in {svg}");
    }
    drawn("rates.csv").exits(0).prints("");
    let csv = fs::read_to_string(bench.folder().join("rates.csv")).unwrap();
    assert_eq!(
        columns(&csv, &["region", "value"]),
        ["安徽省/合肥市 99.5", "广东省/潮州市 96"]
    );
    drawn("rates.png").exits(2).says(
        "error: cannot tell what to write to rates.png\nhint: end its name in .svg or .csv\n",
    );
}

#[test]
fn who_says_the_same_is_shown_side_by_side() {
    let bench = bench();
    let reuse = bench.ask(&["reuse", "-q"]);
    reuse.exits(0).prints(&format!(
        "\
安徽省合肥市 2021 → 广东省潮州市 2022 · score 55 · 97% the same
  设立重点项目联络员。对投资额较大的项目逐一确定联络人员，提前介入选址、环评、用地等环节，容缺受理、限时补正，办理进度【随时】可以用手机
  設立重點項目聯絡員。對投資額較大的項目逐一確定【專門】聯絡人員，提前介入選址、環評、用地等環節，容缺受理、限時補正，辦理進度可以用手機
  jgfh8vwt7yw9ap5s/4 · hw60agk6xjcvffd0/3

1 shown of 1 edge; a shared sentence does not say who took it from whom: both may follow a third
{BASIS}"
    ));
    let similar = bench.ask(&["similar", "hw60agk6xjcvffd0/3", "-q"]);
    similar.exits(0).prints(&format!(
        "\
广东省潮州市 2022 ← 安徽省合肥市 2021 · score 55 · 97% the same
  設立重點項目聯絡員。對投資額較大的項目逐一確定【專門】聯絡人員，提前介入選址、環評、用地等環節，容缺受理、限時補正，辦理進度可以用手機
  设立重点项目联络员。对投资额较大的项目逐一确定联络人员，提前介入选址、环评、用地等环节，容缺受理、限时补正，办理进度【随时】可以用手机
  hw60agk6xjcvffd0/3 · jgfh8vwt7yw9ap5s/4

1 shown of 1 paragraph
{BASIS}"
    ));
    let document = bench.ask(&["similar", "jgfh8vwt7yw9ap5s", "-q", "--format", "csv"]);
    assert_eq!(
        columns(&document.exits(0).stdout, &["direction", "id", "to_id"]),
        ["first_to_second jgfh8vwt7yw9ap5s/4 hw60agk6xjcvffd0/3"]
    );
}

#[test]
fn a_file_that_is_not_in_the_index_may_be_asked_for() {
    let bench = bench().write("../draft.txt", HEFEI_2021);
    let run = bench.ask(&[
        "similar",
        "draft.txt",
        "--region",
        "潮州",
        "-q",
        "--format",
        "csv",
    ]);
    assert_eq!(
        columns(&run.exits(0).stdout, &["direction", "id", "to_id"]),
        ["unknown  hw60agk6xjcvffd0/3"]
    );
    bench.ask(&["similar", "nothing", "-q"]).exits(2).says(
        "error: nothing is no id of the index and no file\nhint: ids stand under the hits of a search\n",
    );
}

#[test]
fn plans_are_kept_missed_or_not_spoken_of() {
    let bench = bench();
    let run = bench.ask(&["promises", "-q"]);
    run.exits(0).prints(&format!(
        "\
安徽省合肥市 2021 → 2022 · 合肥市数据资源局2021年工作总结 · 1 兑现, 1 未达, 1 未提及
  未达 “免申即享”政策增加到60个以上，兑付超10亿元。
    jgfh8vwt7yw9ap5s/6 · 安徽省合肥市 2021 · 下一步计划
      全年“免申即享”政策达到66个，兑付9.2亿元。
      4v94tx89gjqxpe9r/3 · 安徽省合肥市 2022 · 举措成效
    9.2亿元 is short of 超10亿元
  兑现 新建社区自助服务点20个。
    jgfh8vwt7yw9ap5s/6 · 安徽省合肥市 2021 · 下一步计划
      建成社区自助服务点20个。
      4v94tx89gjqxpe9r/3 · 安徽省合肥市 2022 · 举措成效
    20个 reaches 20个
  未提及 开展政务数据授权运营试点。
    jgfh8vwt7yw9ap5s/6 · 安徽省合肥市 2021 · 下一步计划
    the report does not speak of it

未提及 (silent) says that the next report does not speak of it, not that it was missed
{BASIS}"
    ));
    let missed = bench.ask(&["promises", "--outcome", "missed", "-q", "--format", "csv"]);
    assert_eq!(
        columns(
            &missed.exits(0).stdout,
            &["outcome", "reason", "id", "report_id"]
        ),
        ["missed 9.2亿元 is short of 超10亿元 jgfh8vwt7yw9ap5s/6 4v94tx89gjqxpe9r/3"]
    );
    bench
        .ask(&["promises", "--region", "潮州"])
        .exits(1)
        .mentions("no place has reports of two years that follow each other");
}

#[test]
fn two_reports_are_compared_section_by_section() {
    let bench = bench();
    let run = bench.ask(&["compare", "jgfh8vwt7yw9ap5s", "4v94tx89gjqxpe9r", "-q"]);
    run.exits(0).prints(
        "\
安徽省合肥市 2021 · jgfh8vwt7yw9ap5s → 安徽省合肥市 2022 · 4v94tx89gjqxpe9r

一、工作成效
  + 全年“免申即享”政策达到66个，兑付9.2亿元。 4v94tx89gjqxpe9r/3
  + 办好“一网通办”，网上可办率99.5%。 4v94tx89gjqxpe9r/3
  ~ jgfh8vwt7yw9ap5s/6 → 4v94tx89gjqxpe9r/3 · moved from 二、2022年打算
  【新】建社区自助服务点20个
  建【成】社区自助服务点20个
  - （一）推行惠企政策“免申即享”。 jgfh8vwt7yw9ap5s/3
  - 截至2021年11月底，“免申即享”政策38个，兑付8.9亿元，惠及企业超1.2万户次，按期兑付率达98.6%，拨付时限由30个工作日压缩至5个工作日。 jgfh8vwt7yw9ap5s/3
  - （二）设立重点项目联络员。 jgfh8vwt7yw9ap5s/4
  - 对投资额较大的项目逐一确定联络人员，提前介入选址、环评、用地等环节，容缺受理、限时补正，办理进度随时可以用手机查询。 jgfh8vwt7yw9ap5s/4

二、2022年打算 → 二、2023年打算
  + 继续做好“免申即享”，覆盖全部县（区）。 4v94tx89gjqxpe9r/5
  - “免申即享”政策增加到60个以上，兑付超10亿元。 jgfh8vwt7yw9ap5s/6
  - 开展政务数据授权运营试点。 jgfh8vwt7yw9ap5s/6

3 new, 6 gone, 1 changed, 0 unchanged
",
    );
    bench
        .ask(&["compare", "jgfh8vwt7yw9ap5s", "nothing"])
        .exits(1)
        .says("the index has nothing with the id nothing\nhint: ids stand under the hits of a search\n");
}

#[test]
fn labels_of_reforms_are_found_in_the_corpus() {
    let bench = bench();
    let run = bench.ask(&["terms", "-q"]);
    run.exits(0).prints(&format!(
        "\
label     places  documents  paragraphs  quoted  since  family    first
一网通办       3          3           3       4   2022            4v94tx89gjqxpe9r/3  安徽省合肥市 2022 办好“一网通办”，网上可办率99.5%。
免申即享       3          4           6       8   2021  免申即享  jgfh8vwt7yw9ap5s/3  安徽省合肥市 2021 （一）推行惠企政策“免申即享”。

2 shown of 2 labels; since is the first year of this corpus
{BASIS}"
    ));
    let more = bench.write(
        "fuzhou-2022.txt",
        "抚州市行政审批局2022年工作总结\n一、工作成效\n推行“免申速享”服务，“免申速享”事项86项。\n",
    );
    let run = more.indexed().ask(&["terms", "--families", "-q"]);
    run.exits(0)
        .prints("family\tlabel\n# like 一窗通办; 3 paragraphs of 3 places\n一窗受理\t一网通办\n# like 免申即享; 1 paragraphs of 1 places\n免申即享\t免申速享\n");
}

#[test]
fn what_stands_nowhere_is_nothing_found() {
    let bench = bench();
    for verb in ["concordance", "collocates", "figures"] {
        bench
            .ask(&[verb, "林长制"])
            .exits(1)
            .mentions("nothing found\nhint: `xianli coverage` shows what the index has");
    }
    bench
        .ask(&["concordance", "“”"])
        .exits(2)
        .mentions("hint: name one, as in `xianli concordance 免申即享`");
}
