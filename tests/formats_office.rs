//! Word files of the corpus, wrong endings included: each gives its whole text.
//!
//! The expected numbers of characters were counted outside this project, with python-docx, antiword
//! and catdoc. Needs the shared data; says so and passes where it is absent.

#![cfg(feature = "office")]

use std::path::PathBuf;

use xianli::read::{Limits, read_file};

/// Name, format by content, characters without white space and full stops.
const FILES: [(&str, &str, usize); 41] = [
    ("2013_珠海经济特区生态文明建设促进条例.docx", "docx", 6156),
    ("2016_杭州市生态文明建设促进条例.docx", "docx", 7628),
    ("2018_昆明市文明行为促进条例.doc", "docx", 4826),
    ("2018_郑州市文明行为促进条例.docx", "docx", 6704),
    ("2019_曲靖市文明行为促进条例.docx", "docx", 4341),
    ("2019_盐城市文明行为促进条例.docx", "doc", 5911),
    ("2019_菏泽市文明行为促进条例.docx", "docx", 3123),
    ("2020_十堰市文明行为促进条例.doc", "doc", 7800),
    ("2020_山南市文明行为促进条例.doc", "doc", 4504),
    ("2020_盘锦市文明行为促进条例.doc", "doc", 6152),
    ("2020_辽源市文明行为促进条例.doc", "doc", 4913),
    ("2020_黑河市文明行为促进条例.docx", "docx", 5005),
    ("2021_银川市文明行为促进条例.doc", "docx", 4826),
    ("2022_南通市文明行为促进条例.doc", "doc", 5862),
    ("2022_成都市文明行为促进条例.docx", "docx", 7487),
    ("2022_永州市文明行为促进条例.docx", "docx", 7102),
    ("2022_潮州市文明行为促进条例.docx", "docx", 7569),
    ("2025年上海市政府工作报告.docx", "docx", 17626),
    ("2025年吉林省政府工作报告.docx", "docx", 10029),
    ("2025年安徽省政府工作报告.docx", "docx", 19743),
    ("2025年广西政府工作报告.docx", "docx", 13780),
    ("2025年河北省政府工作报告.docx", "docx", 10002),
    ("2025年湖北省政府工作报告.docx", "docx", 15819),
    ("2025年西藏政府工作报告.docx", "docx", 11469),
    ("2025年陕西省政府工作报告.docx", "docx", 12523),
    ("三亚政府工作报告.docx", "docx", 18332),
    ("六安政府工作报告.docx", "docx", 11168),
    ("南宁政府工作报告.docx", "docx", 23413),
    ("哈尔滨政府工作报告.docx", "docx", 14493),
    ("宜昌政府工作报告.docx", "docx", 14220),
    ("广安政府工作报告.docx", "docx", 14494),
    ("抚州政府工作报告.docx", "docx", 14628),
    ("柳州政府工作报告.docx", "docx", 15480),
    ("泰安政府工作报告.docx", "docx", 12719),
    ("深圳政府工作报告.docx", "docx", 25593),
    ("玉林政府工作报告.docx", "docx", 14648),
    ("舟山政府工作报告.docx", "docx", 13387),
    ("贵港政府工作报告.docx", "docx", 14855),
    ("郴州政府工作报告.docx", "docx", 16045),
    ("镇江政府工作报告.docx", "docx", 14625),
    ("青岛政府工作报告.docx", "docx", 15490),
];

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
    folder.join("corpus/office").is_dir().then_some(folder)
}

#[test]
fn word_files_give_their_whole_text_whatever_their_ending() {
    let Some(shared) = shared() else {
        println!("no shared data: set XIANLI_SHARED to check the Word files");
        return;
    };
    for (name, format, expected) in FILES {
        let file = shared.join("corpus/office").join(name);
        let reading = read_file(&file, &Limits::default()).unwrap();
        let document = &reading.documents[0];
        assert_eq!(document.format, format, "{name}");
        let text: String = document
            .lines
            .iter()
            .map(|line| line.text.as_str())
            .collect();
        let characters = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '。')
            .count();
        assert!(
            characters.abs_diff(expected) * 100 <= expected,
            "{name}: {characters} characters, expected {expected}"
        );
    }
}

#[test]
fn every_word_file_of_the_corpus_gives_paragraphs() {
    let Some(shared) = shared() else {
        println!("no shared data: set XIANLI_SHARED to check the Word files");
        return;
    };
    for entry in std::fs::read_dir(shared.join("corpus/office")).unwrap() {
        let path = entry.unwrap().path();
        let reading = read_file(&path, &Limits::default());
        let paragraphs = reading.map(|reading| reading.documents[0].paragraphs().count());
        assert!(
            paragraphs.as_ref().is_ok_and(|count| *count > 20),
            "{path:?}: {paragraphs:?}"
        );
    }
}
