//! Pages of the corpus: no paragraph of the text lost, no line of navigation kept.
//!
//! The expected first line, last line and number of lines were counted outside this project, in the
//! element that holds the text. Needs the shared data; says so and passes where it is absent.

use std::path::PathBuf;

use xianli::document::LineKind;
use xianli::read::{Limits, read_file};

fn shared() -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by its caller where the data is"
    )]
    let folder = std::env::var_os("XIANLI_SHARED");
    let folder = folder.map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    folder.join("corpus").is_dir().then_some(folder)
}

/// Path, lines in the text, characters without white space, title, the end of the last line.
const PAGES: [(&str, usize, usize, &str, &str); 10] = [
    (
        "html-gbk/zhengce_content_2018_12_24_content_5351598_htm.html",
        14,
        689,
        "国务院办公厅对全国政协十届四次会议第4626号提案的答复",
        "（本文有删减）",
    ),
    (
        "html-gbk/zhengce_content_2018_12_24_content_5351649_htm.html",
        46,
        3509,
        "国务院办公厅关于湖北省巴东县地质灾害险情有关问题的复函",
        "二〇〇四年九月二十三日",
    ),
    (
        "html-gbk/zhengce_content_2018_12_27_content_5352666_htm.html",
        36,
        4430,
        "国务院办公厅关于推进政务新媒体健康有序发展的意见",
        "（此件公开发布）",
    ),
    (
        "html-gbk/zhengce_content_2019_01_17_content_5358604_htm.html",
        39,
        3935,
        "国务院办公厅关于印发国家组织药品集中采购和使用试点方案的通知",
        "重大问题，及时向试点工作小组办公室报告。",
    ),
    (
        "html-gbk/zhengce_content_2019_02_14_content_5365711_htm.html",
        49,
        4894,
        "国务院办公厅关于有效发挥政府性融资担保基金作用切实支持小微企业和“三农”发展的指导意见",
        "（此件公开发布）",
    ),
    (
        "html/zhengce_content_2018_11_09_content_5338761_htm.html",
        38,
        2454,
        "国务院办公厅关于印发《政府网站集约化试点工作方案》的通知",
        "方案推进本地区本部门政府网站集约化工作。",
    ),
    (
        "html/zhengce_content_2018_11_28_content_5344146_htm.html",
        65,
        939,
        "国务院办公厅关于调整国家教材委员会组成人员的通知",
        "（此件公开发布）",
    ),
    (
        "html/zhengce_content_2018_12_22_content_5351177_htm.html",
        89,
        5419,
        "中华人民共和国个人所得税法实施条例",
        "六条　本条例自2019年1月1日起施行。",
    ),
    (
        "html/zhengce_content_2018_12_25_content_5352010_htm.html",
        80,
        6475,
        "国务院办公厅关于印发文化体制改革中经营性文化事业单位转制为企业和进一步支持文化企业发展两个规定的通知",
        "19年1月1日至2023年12月31日。",
    ),
    (
        "html/zhengce_content_2019_02_13_content_5365341_htm.html",
        60,
        8830,
        "国务院关于印发国家职业教育改革实施方案的通知",
        "，为职业教育改革创新提供重要的制度保障。",
    ),
];

const NAVIGATION: [&str; 8] = [
    "索 引 号",
    "主题分类",
    "发文机关",
    "主 题 词",
    "扫一扫",
    "保存本页",
    "关闭窗口",
    "分享到",
];

#[test]
fn ten_pages_keep_every_paragraph_and_no_navigation() {
    let Some(shared) = shared() else {
        println!("no shared data: set XIANLI_SHARED to check the pages");
        return;
    };
    for (path, expected_lines, expected_characters, title, end) in PAGES {
        let file = shared.join("corpus").join(path);
        let reading = read_file(&file, &Limits::default()).unwrap();
        let lines = &reading.documents[0].lines;
        let units: Vec<String> = reading.documents[0]
            .paragraphs()
            .map(|unit| unit.source.printed())
            .collect();
        let text = units.concat();
        let characters = text.chars().filter(|c| !c.is_whitespace()).count();
        // A title broken over two or three lines is put together again.
        let missing = expected_lines - units.len();
        assert!(missing <= 2, "{path}: {missing} lines missing");
        // A heading alone on its line is kept without its final 。.
        let headings = lines
            .iter()
            .filter(|line| line.kind == LineKind::Heading)
            .count();
        let lost = expected_characters - characters;
        assert!(lost <= headings, "{path}: {lost} characters lost");
        assert!(
            lines
                .iter()
                .any(|line| line.kind == LineKind::Title && line.text == title),
            "{path}"
        );
        assert!(
            lines.last().unwrap().text.ends_with(end),
            "{path}: {:?}",
            lines.last()
        );
        for word in NAVIGATION {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
}
