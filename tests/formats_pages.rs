//! Formats that know only places on pages: PDF and OFD give paragraphs, not lines, or a true reason.
//!
//! The PDF files are made by `tests/formats/make-pdf.py`; the OFD files are shared data, without which
//! their test says so and passes.

use std::path::{Path, PathBuf};

use xianli::read::{Limits, read_file};

/// The kinds of line and the texts of a file.
fn lines(path: &Path) -> Vec<String> {
    let reading = read_file(path, &Limits::default()).expect("the file has text");
    let document = &reading.documents[0];
    let line = |line: &xianli::document::Line| {
        format!(
            "{} | {}",
            format!("{:?}", line.kind).to_lowercase(),
            line.text
        )
    };
    document.lines.iter().map(line).collect()
}

#[cfg(feature = "pdf")]
#[test]
fn fonts_that_are_not_embedded_are_read_and_lines_joined() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let expected = [
        "title | 青山县政务服务局2022年度报告",
        "paragraph | 2022年，青山县政务服务局坚持便民利企，推动政务服务提质增效，现将全年法治政府建设有关情况报告如下，请予审阅。",
        "heading | 一、主要成效",
        "heading | （一）推行一网通办",
        "paragraph | 全年上线事项620项，网办率达到91.4%，比上年提高5.2个百分点，办件量突破18万件，群众满意度持续提升。",
        "heading | （二）推进免申即享",
        "paragraph | 兑现补贴26项，惠及企业1300家，通过数据共享让符合条件的企业和群众免予申报，直接享受政策。",
        "heading | 二、存在问题",
        "paragraph | 一是数据共享不够充分，部门之间仍有壁垒；二是基层人员力量不足，业务培训有待加强，少数窗口还存在重复收取材料的情况。",
        "heading | 三、下一步打算",
        "paragraph | 继续深化改革，推动更多事项跨省通办，健全好差评机制，提升窗口服务水平，让企业和群众办事更方便、更快捷、更满意。",
        "signature | 青山县政务服务局",
        "signature | 2023年1月10日",
        "boilerplate | — 1 —",
    ];
    for name in [
        "simplified-font-not-embedded.pdf",
        "traditional-font-not-embedded.pdf",
    ] {
        assert_eq!(lines(&folder.join(name)), expected, "{name}");
    }
}

#[cfg(feature = "pdf")]
#[test]
fn a_page_that_is_a_picture_is_said_to_have_no_text() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/drawing-without-text.pdf");
    let error = read_file(&path, &Limits::default()).unwrap_err();
    assert_eq!(error.to_string(), "no text in this pdf file");
}

#[cfg(feature = "office")]
#[test]
fn ofd_files_give_their_paragraphs() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by its caller where the data is"
    )]
    let shared = std::env::var_os("XIANLI_SHARED").map(PathBuf::from);
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = shared
        .unwrap_or_else(|| package.join("../shared"))
        .join("corpus/ofd");
    if !folder.is_dir() {
        println!("no shared data: set XIANLI_SHARED to check the OFD files");
        return;
    }
    let essay = lines(&folder.join("ofdrw-layout__拿来主义_page6.ofd"));
    assert_eq!(essay.len(), 12);
    assert_eq!(
        essay[3],
        "paragraph | 但我们没有人根据了“礼尚往来”的仪节，说道：拿来！"
    );
    assert!(essay[2].starts_with(
        "paragraph | 中国一向是所谓“闭关主义”，自己不去，别人也不许来。自从给枪炮打破了大门之后"
    ));
    let standard = lines(&folder.join("ofdrw-converter__z.ofd"));
    assert!(
        standard.contains(&"heading | 2、多对一".to_owned()),
        "{standard:?}"
    );
}
