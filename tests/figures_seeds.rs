//! The indicators of the five seeds, read by hand, as they are read from an index.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read is a failed test"
)]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::fs;
use std::path::PathBuf;

use xianli::ingest::index_in_memory;
use xianli::search::{Filters, Request, search};
use xianli::study::{Corpus, Indicator, Near, indicators};
use xianli::tokenize::Cutter;

/// The figures of the seed whose file begins with `name`, `None` where the seeds are not at hand.
fn figures_of(name: &str) -> Option<Vec<Indicator>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by its caller where the data is"
    )]
    let shared = std::env::var("XIANLI_SHARED").unwrap_or_else(|_| "../shared".into());
    let folder = PathBuf::from(shared).join("corpus/seeds");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: no {}", folder.display());
        return None;
    };
    let file = entries
        .map(|entry| entry.unwrap())
        .find(|entry| entry.file_name().to_string_lossy().starts_with(name))
        .unwrap();
    let bytes = fs::read(file.path()).unwrap();
    let reader = index_in_memory([(name, bytes.as_slice())]).unwrap().0;
    let cutter = Cutter::with_words([]);
    let ask = |request: &Request| search(&reader, &cutter, request);
    let corpus = Corpus::new(&reader, &ask, Filters::default());
    let passages = corpus.passages().unwrap();
    Some(indicators(&passages, None, Near::Sentence))
}

/// `name value kind as-of` of every percentage.
fn rates_of(name: &str) -> Option<Vec<String>> {
    let told = |row: &Indicator| {
        let figure = &row.figure;
        let period = figure.period.as_ref();
        let period = period.map_or_else(String::new, |period| {
            format!("{} {}", period.relation.name(), period.date)
        });
        format!(
            "{} {} {} {period}",
            figure.name,
            figure.amount.value,
            figure.kind.name()
        )
    };
    let mut rows = figures_of(name)?;
    rows.retain(|row| row.figure.unit == "%");
    Some(rows.iter().map(told).collect())
}

#[test]
fn every_percentage_of_the_seeds_has_its_name_its_date_and_its_kind() {
    let expected: [(&str, &[&str]); 5] = [
        ("000", &["解读率 100 done in 2022"]),
        (
            "001",
            &[
                "行政许可事项审批时间压缩率 94.57 done in 2023",
                "事项实现全流程网办 96.2 done in 2023",
                "事项实现最多跑一次 100 done in 2023",
                "实现零跑动 99.46 done in 2023",
                "办结率 98.46 done in 2023",
                "事项覆盖率 86.15 done in 2023",
            ],
        ),
        (
            "002",
            &[
                "学习率 100 done in 2021",
                "参考率 100 done in 2021",
                "合格率 100 done in 2021",
                "按期整改率 100 done in 2021",
                "群众满意度 99.99 done in 2021",
                "承诺审批事项占所有审批事项 41 done in 2021",
            ],
        ),
        ("003", &[]),
        (
            "004",
            &[
                "行政许可事项办理时限压缩率 93.8 done in 2021",
                "即来即办率 87.64 done in 2021",
                "政务服务事项网上办理率 100 done in 2021",
                "办结率 98.6 done as_of 2021-12-24",
                "办结率 98.6 estimate in 2021",
                "归档率 99.8 done as_of 2021-12-24",
            ],
        ),
    ];
    for (name, rates) in expected {
        let Some(found) = rates_of(name) else { return };
        assert_eq!(found, rates, "seed {name}");
    }
}

#[test]
fn words_of_comparison_are_bounds() {
    let bounds = |name: &str, written: &str| {
        let rows = figures_of(name)?;
        let row = rows.iter().find(|row| row.figure.written == written);
        let figure = &row.unwrap_or_else(|| panic!("no {written}")).figure;
        let bounds = (figure.amount.low, figure.amount.high);
        Some((figure.name.clone(), bounds, figure.unit.clone()))
    };
    let Some(videos) = bounds("000", "8.1余万路") else {
        return;
    };
    assert_eq!(videos.1, (Some(81_000.0), None));
    assert_eq!(videos.2, "路");
    let days = bounds("002", "60天內").unwrap();
    assert_eq!(days.1, (None, Some(60.0)));
    assert_eq!(days.2, "天");
}
