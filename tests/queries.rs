//! The cases under *Queries* of the shared case list, on the five seed documents and on small texts,
//! each as a test named by its number.
//!
//! The seeds lie outside the repository: `XIANLI_SHARED` names their folder (default `../shared`);
//! without them the tests that need them say so and pass.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read is a failed test"
)]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]
#![expect(
    clippy::disallowed_methods,
    reason = "where the shared files lie is said by the environment"
)]

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::{env, fs};

use xianli::index::IndexReader;
use xianli::ingest::index_in_memory;
use xianli::query::{Query, parse};
use xianli::search::{Hit, Match, Request, Results, Tier, search};
use xianli::tokenize::Cutter;

/// The seeds, indexed once; `None` where they are not there.
fn seeds() -> Option<&'static IndexReader> {
    static INDEX: OnceLock<Option<IndexReader>> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        let shared = env::var_os("XIANLI_SHARED").map_or_else(|| "../shared".into(), PathBuf::from);
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(shared.join("corpus/seeds"))
            .ok()?
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
            .collect();
        files.sort();
        let files = files
            .iter()
            .map(|(path, bytes)| (path.as_str(), &bytes[..]));
        Some(index_in_memory(files).unwrap().0)
    });
    if index.is_none() {
        eprintln!("skipped: no seeds; set XIANLI_SHARED");
    }
    index.as_ref()
}

fn texts(lines: &[&str]) -> IndexReader {
    let names: Vec<String> = (0..lines.len()).map(|n| format!("{n}.txt")).collect();
    let files = names.iter().zip(lines);
    let files = files.map(|(name, text)| (name.as_str(), text.as_bytes()));
    index_in_memory(files).unwrap().0
}

fn ask(index: &IndexReader, request: &Request) -> Results {
    search(index, &Cutter::default(), request).unwrap()
}

fn found(index: &IndexReader, query: &str, matching: Match) -> Results {
    let limit = 1000;
    ask(
        index,
        &Request {
            matching,
            limit,
            ..Request::of(parse(query))
        },
    )
}

/// How many lines have the characters literally.
fn lines(index: &IndexReader, query: &str) -> usize {
    found(index, query, Match::Exact).total.tiers.exact
}

fn hit_texts(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.text.as_str()).collect()
}

fn marked(hit: &Hit) -> Vec<String> {
    let characters: Vec<char> = hit.text.chars().collect();
    let ranges = hit.highlights.iter();
    ranges
        .map(|&[from, to]| characters[from..to].iter().collect())
        .collect()
}

#[test]
fn case_01_and_02_what_jieba_cuts_otherwise_in_the_text_is_found() {
    let index = texts(&["推行含免申即享政策。", "区政务服务数据管理局"]);
    assert_eq!(lines(&index, "免申即享"), 1);
    assert_eq!(lines(&index, "数据管理"), 1);
    assert_eq!(lines(&index, "服务数据管理"), 1);
    let Some(index) = seeds() else { return };
    assert_eq!(lines(index, "数据管理"), 17);
    assert_eq!(lines(index, "好差评"), 7);
    assert_eq!(lines(index, "办"), 61);
}

#[test]
fn case_10_every_part_of_a_name_finds_it() {
    let Some(index) = seeds() else { return };
    for query in ["数据管理", "政务服务数据管理局", "数据管理局", "管理局"] {
        let results = found(index, query, Match::Exact);
        let title = "中共深圳市龙华区政务服务数据管理局2022年法治政府建设年度报告";
        assert!(hit_texts(&results).contains(&title), "{query}");
    }
    assert_eq!(lines(index, "防城港"), 10);
}

#[test]
fn case_11_labels_with_marks_letters_and_digits_are_found() {
    let Some(index) = seeds() else { return };
    for query in [
        "一网通办",
        "一件事一次办",
        "“双随机、一公开”",
        "互联网+监管",
        "信用+告知承诺",
        "“不用您办”",
        "7×24小时",
        "1+1+10+92",
        "e站通",
        "i深圳",
        "5G视频",
        "政策AI计算器",
    ] {
        assert!(lines(index, query) > 0, "{query}");
    }
    assert_eq!(lines(index, "7×24小时"), lines(index, "7x24小时"));
}

#[test]
fn case_12_both_scripts_find_the_same_lines() {
    let Some(index) = seeds() else { return };
    for (one, other) in [
        ("免证办", "免證辦"),
        ("规范", "規範"),
        ("关于", "關於"),
        ("干部", "幹部"),
        ("复杂", "複雜"),
        ("营商环境", "營商環境"),
    ] {
        assert!(lines(index, one) > 0, "{one}");
        assert_eq!(lines(index, one), lines(index, other), "{one}");
    }
    assert_eq!(lines(index, "营商环境"), 15);
    let results = found(index, "營商環境", Match::Exact);
    let marks: Vec<String> = results.hits.iter().flat_map(marked).collect();
    assert!(marks.contains(&"营商环境".to_owned()) && marks.contains(&"營商環境".to_owned()));
}

#[test]
fn case_13_one_character_is_a_question_and_punctuation_is_none() {
    let Some(index) = seeds() else { return };
    for query in ["办", "率", "区", "批", "的"] {
        assert!(lines(index, query) > 0, "{query}");
    }
    for query in ["，", "。、", "“”", "()", "  "] {
        let results = found(index, query, Match::Auto);
        assert_eq!(results.total.paragraphs, 0, "{query}");
        assert!(!results.notes.is_empty(), "{query}");
    }
}

#[test]
fn case_14_numbers_are_found_whole_and_in_every_width() {
    let index = texts(&["办结率98.6%，共5200余项", "明察1455次，版本3.6.3"]);
    for query in [
        "98.6%",
        "98.6％",
        "９８．６％",
        "5200余项",
        "5,200余项",
        "1455次",
        "3.6.3",
    ] {
        assert_eq!(lines(&index, query), 1, "{query}");
    }
    for query in ["8.6%", "200项", "200余项", "455次", "6.3", "3.6"] {
        assert_eq!(lines(&index, query), 0, "{query}");
    }
}

#[test]
fn case_15_brackets_and_dashes_of_all_forms_are_one() {
    let index = texts(&["根据国办电政函〔2021〕67号和2021—2025 年规划"]);
    for query in [
        "国办电政函〔2021〕67号",
        "国办电政函[2021]67号",
        "国办电政函(2021)67号",
        "国办电政函（2021）67号",
        "国办电政函【2021】67号",
        "2021-2025年",
        "2021－2025年",
    ] {
        assert_eq!(lines(&index, query), 1, "{query}");
    }
}

#[test]
fn case_16_characters_across_a_word_join_count_less_and_are_flagged() {
    let index = texts(&[
        "立法立法立法成立法治政府办公室。",
        "加强地方立法工作，提高质量。",
        "成立法治建设领导小组。",
    ]);
    let results = found(&index, "立法", Match::Auto);
    let last = results.hits.last().unwrap();
    assert_eq!(last.text, "成立法治建设领导小组。");
    assert!(last.across_words && last.tier == Tier::Exact);
    assert!(results.hits[..2].iter().all(|hit| !hit.across_words));
}

#[test]
fn case_17_what_stands_there_comes_before_what_is_like_it() {
    let index = texts(&[
        "推进兽医管理体制改革，深化医药卫生改革。",
        "深化医改，推进分级诊疗。",
    ]);
    assert_eq!(
        found(&index, "医改", Match::Any).hits[0].text,
        "深化医改，推进分级诊疗。"
    );
    let index = texts(&[
        "企业开办一窗通\n一窗通上线后，企业开办更快。",
        "全年材料由窗口统一收取，推行“一窗通取”服务，群众在一个窗口就能领取全部证照，办事更加方便。",
    ]);
    let results = found(&index, "一窗通取", Match::Any);
    assert!(results.hits[0].text.contains("一窗通取"));
}

#[test]
fn case_18_stray_marks_brackets_and_spaces_are_looked_through() {
    let index = texts(&["规范化工`作实施方案；开/展；电子证照 电子印章；“放管服”改革,完善"]);
    for query in [
        "规范化工作实施方案",
        "开展",
        "电子证照电子印章",
        "放管服改革",
        "改革,完善",
    ] {
        assert_eq!(lines(&index, query), 1, "{query}");
    }
    assert_eq!(lines(&index, "改革完善"), 0);
}

#[test]
fn case_19_any_pasted_text_is_a_question_and_finds_itself() {
    let Some(index) = seeds() else { return };
    let all = found(index, "-不会有的词", Match::Auto);
    assert_eq!(all.total.paragraphs as u64, index.commit().paragraphs);
    for hit in &all.hits {
        let matching = Match::Exact;
        let literal = Request {
            matching,
            ..Request::of(Query::literal(&hit.text))
        };
        let pasted = Request {
            matching,
            ..Request::of(parse(&hit.text))
        };
        for request in [literal, pasted] {
            let results = ask(index, &request);
            let has_letters = hit.text.chars().any(char::is_alphanumeric);
            let itself =
                |found: &Hit| found.id == hit.id || found.also.iter().any(|e| e.id == hit.id);
            assert!(
                !has_letters || results.hits.iter().any(itself),
                "{}",
                hit.text
            );
        }
    }
    for query in [
        "-公司",
        "NOT 深圳",
        "“",
        "\"",
        "《法治政府建设实施纲要(2021-2025年)》",
    ] {
        found(index, query, Match::Auto);
    }
    assert_eq!(
        found(index, "", Match::Auto).notes,
        ["nothing was asked for"]
    );
}

#[test]
fn case_19_a_not_inside_one_branch_does_not_leak() {
    let index = texts(&[
        "深圳推行跨省通办",
        "广西推行跨省通办",
        "深圳推行秒批",
        "别的",
    ]);
    let results = found(&index, "(跨省通办 NOT 深圳) OR 秒批", Match::Exact);
    let mut texts = hit_texts(&results);
    texts.sort_unstable();
    assert_eq!(texts, ["广西推行跨省通办", "深圳推行秒批"]);
}

#[test]
fn case_20_marks_are_exact_whatever_the_text_begins_with() {
    let index = texts(&["\u{FEFF}\n\u{3000}\u{3000}中华人民共和国国歌"]);
    let results = found(&index, "中华人民共和国", Match::Auto);
    assert_eq!(marked(&results.hits[0]), ["中华人民共和国"]);
}

#[test]
fn case_21_a_long_question_gives_ranked_paragraphs() {
    let Some(index) = seeds() else { return };
    let results = found(index, "企业不用申请就能拿到补贴的政策有哪些", Match::Auto);
    assert!(results.total.tiers.any > 0);
    let first: String = hit_texts(&results)[..5].concat();
    assert!(first.contains("补贴") || first.contains("免申"), "{first}");
}

#[test]
fn case_22_a_name_after_its_short_region_is_found_in_full() {
    let Some(index) = seeds() else { return };
    assert_eq!(lines(index, "区政务服务数据管理局"), 13);
}

/// Pieces of questions that mean something to the query language, and some that do not.
const PIECES: [&str; 34] = [
    "改革",
    "跨省通办",
    "NOT",
    "OR",
    "AND",
    "(",
    ")",
    "（",
    "）",
    "\"",
    "“",
    "”",
    "-",
    "*",
    "~3",
    "~",
    "region:",
    "地区:广东",
    "year:2019..2021",
    "year:",
    "title:",
    "来源:",
    ":",
    " ",
    "　",
    "\t",
    "\n",
    "8.6%",
    "２０２１",
    "A",
    "\u{0}",
    "\u{200b}",
    "😀",
    "《办法》",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    #[test]
    fn any_string_is_a_question_and_its_canonical_form_asks_the_same(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..40),
        noise in ".{0,40}",
    ) {
        static INDEX: OnceLock<IndexReader> = OnceLock::new();
        let index = INDEX.get_or_init(|| texts(&["深圳推行跨省通办改革", "佔8.6%，2021年《办法》", "A类企业"]));
        let query = parse(&(pieces.concat() + &noise));
        let canonical = query.canonical();
        proptest::prop_assert_eq!(&parse(&canonical).root, &query.root, "{}", canonical);
        let results = ask(index, &Request { explain: true, ..Request::of(query) });
        let tiers = results.total.tiers;
        proptest::prop_assert_eq!(results.total.paragraphs, tiers.exact + tiers.all + tiers.any);
    }
}

#[test]
fn a_question_of_a_hundred_thousand_bytes_is_bounded_and_says_so() {
    let index = texts(&["深圳推行跨省通办改革"]);
    for piece in [
        "(", "\"", "NOT ", "改 ", "改", "a*", "-", "改 OR ", "title:", "\u{0}", "（改",
    ] {
        let question = piece.repeat(100_000 / piece.len());
        let results = found(&index, &question, Match::Auto);
        let readable = question.chars().any(char::is_alphanumeric);
        assert!(!readable || !results.notes.is_empty(), "{piece}");
    }
}

#[test]
fn a_pasted_text_of_thousands_of_rare_words_finds_itself_first() {
    // Rare, so that their scores together do not fit into 32 bits.
    let rare: Vec<char> = ('\u{4E00}'..'\u{5C00}').collect();
    let text = |characters: &[char]| characters.iter().collect::<String>();
    let (first, half) = (text(&rare), text(&rare[..1_500]));
    let others: Vec<String> = (0..300).map(|number| format!("abc{number}")).collect();
    let mut all: Vec<&str> = others.iter().map(String::as_str).collect();
    all.extend([&*half, &*first]);
    let index = texts(&all);
    let results = found(&index, &first, Match::Any);
    let texts: Vec<_> = results.hits.iter().map(|hit| hit.text.len()).collect();
    assert_eq!(texts, [first.len(), half.len()]);
}

/// Of thousands of paragraphs that say as much, those of the first document stand first, whatever
/// parts of the index have them and whatever was found before.
#[test]
fn equal_paragraphs_of_a_large_index_stand_in_the_order_of_their_ids() {
    let text = |document: usize| {
        let lines = (0..300).map(|line| 10_000 + document * 300 + line);
        let lines = lines.map(|number| format!("第{number}号事项推行免申即享。\n"));
        format!("第{document}号公报\n{}", lines.collect::<String>())
    };
    let all: Vec<String> = (10..50).map(text).collect();
    let index = texts(&all.iter().map(String::as_str).collect::<Vec<_>>());
    let documents = index.documents().unwrap().into_iter();
    let documents = documents.map(|first| index.document_of(first).unwrap().id);
    let first = documents.min().unwrap();
    for jobs in [1, 2, 3] {
        let request = Request {
            limit: 90,
            jobs: NonZeroUsize::new(jobs),
            ..Request::of(parse("免申即享"))
        };
        let results = ask(&index, &request);
        assert_eq!(results.total.paragraphs, 12_000);
        let ids = results.hits.iter().map(|hit| hit.id.as_str());
        let expected: Vec<String> = (2..92)
            .map(|ordinal| format!("{first}/{ordinal}"))
            .collect();
        assert_eq!(ids.collect::<Vec<_>>(), expected);
    }
}

/// Where a run stands that has to be read in the texts is kept for the other tiers, for each part of
/// the index by itself.
#[test]
fn what_was_read_of_a_part_is_not_taken_for_the_whole_index() {
    let reading = (0..40).map(|number| format!("第{number}次全面总结，推进改革。"));
    let others = (0..60).map(|number| format!("第{number}次火星移民。"));
    let all: Vec<String> = reading.chain(others).collect();
    let index = texts(&all.iter().map(String::as_str).collect::<Vec<_>>());
    for jobs in [1, 2, 3] {
        let request = Request {
            jobs: NonZeroUsize::new(jobs),
            ..Request::of(parse("，推 火星移民"))
        };
        let nothing = ask(&index, &request).nothing.unwrap();
        assert_eq!(nothing.words[0].paragraphs, 40, "{jobs} hands");
    }
}

/// A run is where its pairs follow each other, however often each stands in a paragraph before, and
/// wherever in their lists a part of the index begins.
#[test]
fn a_run_of_frequent_pairs_is_found_exactly_where_it_stands() {
    let pieces = ["改革", "推进", "改革推进", "，推进改革", "改革改革", "工作"];
    let paragraph = |number: usize| {
        let chosen = (1..=number % 5 + 1).map(|step| pieces[number * (step + 6) / (step + 1) % 6]);
        format!("{number}：{}", chosen.collect::<String>())
    };
    let paragraphs: Vec<String> = (0..9_000).map(paragraph).collect();
    let all: Vec<String> = paragraphs.chunks(90).map(|of| of.join("\n")).collect();
    let index = texts(&all.iter().map(String::as_str).collect::<Vec<_>>());
    // What repeats on many pages is no paragraph.
    let indexed = index.documents().unwrap().into_iter().flat_map(|first| {
        let id = index.document_of(first).unwrap().id;
        index.paragraphs_of(&id).unwrap()
    });
    let indexed: Vec<String> = indexed.map(|paragraph| paragraph.text).collect();
    for run in ["改革推进", "推进改革", "革推", "改革改革推进", "进改革工"] {
        let expected = indexed.iter().filter(|text| text.contains(run)).count();
        assert!(expected > 100, "{run}: {expected}");
        for jobs in [1, 2, 3, 7] {
            let request = Request {
                matching: Match::Exact,
                jobs: NonZeroUsize::new(jobs),
                ..Request::of(parse(&format!("\"{run}\"")))
            };
            let found = ask(&index, &request).total.tiers.exact;
            assert_eq!(found, expected, "{run} by {jobs} hands");
        }
    }
}
