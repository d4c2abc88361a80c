//! The same text in every encoding that documents come in gives the same lines.

use encoding_rs::{BIG5, Encoding, GB18030, GBK};
use xianli::document::Line;
use xianli::read::{Limits, read_bytes};

const SIMPLIFIED: &str = "某县政务服务局2022年工作总结\n来源：某县政务服务局 日期：2023-01-05\n一、主要成效\n\
    （一）免申即享。兑现补贴12项，惠及企业300家。\n二、下一步打算\n继续推进跨省通办。\n某县政务服务局\n2023年1月5日\n";
const RARE: &str = "䶮山县𠮷祥镇便民服务中心2022年工作总结\n一、主要成效\n（一）帮办代办。全年办件1200件。\n二、不足\n人手不够。\n";
const TRADITIONAL: &str = "某縣政務服務局2022年工作總結\n來源：某縣政務服務局 日期：2023-01-05\n一、主要成效\n\
    （一）免申即享。兌現補貼12項，惠及企業300家。\n二、下一步打算\n繼續推進跨省通辦。\n某縣政務服務局\n2023年1月5日\n";

fn lines(bytes: &[u8]) -> (Vec<Line>, &'static str, usize) {
    let reading = read_bytes("a.txt", bytes, &Limits::default()).expect("it is text");
    let document = reading
        .documents
        .into_iter()
        .next()
        .expect("text is one document");
    (document.lines, document.encoding, document.replaced)
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, lost) = encoding.encode(text);
    assert!(!lost, "{} cannot hold the text", encoding.name());
    bytes.into_owned()
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let marked = format!("\u{feff}{text}");
    marked.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn one_text_in_any_encoding_gives_the_same_lines() {
    for (text, encoding, name) in [
        (SIMPLIFIED, GBK, "GBK"),
        (SIMPLIFIED, GB18030, "GBK"),
        (RARE, GB18030, "gb18030"),
        (TRADITIONAL, GBK, "GBK"),
        (TRADITIONAL, BIG5, "Big5"),
    ] {
        let expected = lines(text.as_bytes()).0;
        assert_eq!(lines(&encoded(text, encoding)), (expected, name, 0));
    }
    for text in [SIMPLIFIED, RARE, TRADITIONAL] {
        let expected = lines(text.as_bytes());
        assert_eq!(expected.1, "UTF-8");
        let marked = format!("\u{feff}{text}");
        assert_eq!(lines(marked.as_bytes()), expected);
        assert_eq!(lines(&utf16(text, u16::to_le_bytes)).0, expected.0);
        assert_eq!(lines(&utf16(text, u16::to_be_bytes)).0, expected.0);
        assert_eq!(lines(text.replace('\n', "\r\n").as_bytes()), expected);
        assert_eq!(lines(text.replace('\n', "\r").as_bytes()), expected);
        assert_eq!(lines(text.trim_end().as_bytes()), expected);
    }
}

#[test]
fn twenty_bytes_of_gbk_are_read_right() {
    let bytes = encoded("政务服务数据管理局。", GBK);
    assert_eq!(bytes.len(), 20);
    assert_eq!(lines(&bytes).0[0].text, "政务服务数据管理局。");
}

#[test]
fn a_line_of_ten_megabytes_is_read_in_pieces() {
    let text = "数字政府建设有序推进，办结率98.6％。".repeat(200_000);
    assert!(text.len() > 10_000_000);
    let (lines, ..) = lines(text.as_bytes());
    let whole: String = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(whole.len(), text.len());
    assert!(lines.iter().all(|line| line.text.len() < 100_000));
}
