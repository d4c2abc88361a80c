//! What one file may cost is bounded: huge lines, deep pages, archives that unfold without end, more
//! pages than the limit. Each is read or refused with a reason, and the limits are those of the flags.

#![cfg(feature = "office")]

use std::io::{Cursor, Write};

use xianli::document::Line;
use xianli::read::{Limits, ReadError, Reading, read_bytes};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    read_bytes(name, bytes, limits)
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("memory takes everything");
        zip.write_all(bytes).expect("memory takes everything");
    }
    zip.finish().expect("memory takes everything").into_inner()
}

#[test]
fn a_line_of_ten_megabytes_is_cut_and_nothing_of_it_lost() {
    let text = "推行一网通办，办件量增长两成。".repeat((10 << 20) / 45);
    let reading = read("a.txt", text.as_bytes(), &Limits::default()).expect("it is text");
    let lines = &reading.documents[0].lines;
    assert!(lines.iter().all(|line| line.text.chars().count() <= 20_000));
    let kept: usize = lines.iter().map(|line| line.printed().len()).sum();
    assert_eq!(kept, text.len());
}

#[test]
fn a_deeply_nested_page_and_a_deeply_nested_word_file_end() {
    let depth = 100_000;
    let page = format!(
        "<html><body>{}<p>推行一网通办，办件量增长两成。</p>{}</body></html>",
        "<div>".repeat(depth),
        "</div>".repeat(depth)
    );
    let reading = read("a.html", page.as_bytes(), &Limits::default()).expect("it is a page");
    let texts: Vec<_> = reading.documents[0]
        .lines
        .iter()
        .map(|line| &line.text)
        .collect();
    assert_eq!(texts, ["推行一网通办，办件量增长两成。"]);
    let xml = format!(
        "<w:document xmlns:w=\"w\"><w:body>{}",
        "<w:tbl><w:tr><w:tc>".repeat(depth)
    );
    let word = zipped(&[("word/document.xml", xml.as_bytes())]);
    assert!(read("a.docx", &word, &Limits::default()).is_err());
}

#[test]
fn an_archive_is_bounded_in_size_and_number() {
    let zeros = vec![b'0'; 8 << 20];
    let bomb = zipped(&[("word/document.xml", &zeros)]);
    let limits = Limits {
        unpacked_bytes: 1 << 20,
        members: 2,
        ..Limits::default()
    };
    let refused = read("a.docx", &bomb, &limits).expect_err("it is too large");
    assert_eq!(
        refused.to_string(),
        "1048577 bytes, more than the limit of 1048576"
    );
    let many = zipped(&[
        ("甲.txt", "一网通办。".as_bytes()),
        ("乙.txt", "秒批。".as_bytes()),
        ("丙.txt", "跨省通办。".as_bytes()),
    ]);
    let reading = read("a.zip", &many, &limits).expect("two are read");
    assert_eq!(reading.documents.len(), 2);
    assert_eq!(
        reading.skipped[0].reason.to_string(),
        "3 files in it, more than the limit of 2"
    );
}

#[test]
fn pages_beyond_the_limit_are_told() {
    let page = |text: &str| {
        format!(
            "<Page><Content><Layer><TextObject Boundary=\"10 20 50 6\" Size=\"5\"><TextCode X=\"1\" Y=\"4\">\
             {text}</TextCode></TextObject></Layer></Content></Page>"
        )
    };
    let list: String = (0..3)
        .map(|number| format!("<Page ID=\"{number}\" BaseLoc=\"P{number}.xml\"/>"))
        .collect();
    let document = format!("<Document><Pages>{list}</Pages></Document>");
    let root = "<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>";
    let pages = ["甲。", "乙。", "丙。"].map(page);
    let ofd = zipped(&[
        ("OFD.xml", root.as_bytes()),
        ("D/Document.xml", document.as_bytes()),
        ("D/P0.xml", pages[0].as_bytes()),
        ("D/P1.xml", pages[1].as_bytes()),
        ("D/P2.xml", pages[2].as_bytes()),
    ]);
    let limits = Limits {
        pages: 2,
        ..Limits::default()
    };
    let reading = read("a.ofd", &ofd, &limits).expect("two pages are read");
    let text: String = reading.documents[0]
        .lines
        .iter()
        .map(Line::printed)
        .collect();
    assert_eq!(text, "甲。乙。");
    assert_eq!(
        reading.skipped[0].reason.to_string(),
        "3 pages in it, more than the limit of 2; the others are not read"
    );
    let whole = read("a.ofd", &ofd, &Limits::default()).expect("all are read");
    assert!(whole.skipped.is_empty());
}

/// A PDF of as many pages as there are texts, each of plain letters.
#[cfg(feature = "pdf")]
fn pdf(texts: &[&str]) -> Vec<u8> {
    let pages: String = (0..texts.len())
        .map(|page| format!("{} 0 R ", 4 + 2 * page))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{pages}] /Count {} >>", texts.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (page, text) in texts.iter().enumerate() {
        let content = format!("BT /F 12 Tf 72 700 Td ({text}) Tj ET");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << /Font << /F 3 0 R >> >> >>",
            5 + 2 * page
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    let mut file = String::from("%PDF-1.4\n");
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let (count, start) = (objects.len() + 1, file.len());
    file += &format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}\
         trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

#[cfg(feature = "pdf")]
#[test]
fn pages_of_a_pdf_beyond_the_limit_are_told() {
    let three = pdf(&["Alpha one.", "Beta two.", "Gamma three."]);
    let texts = |limits: &Limits| {
        let reading = read("a.pdf", &three, limits).expect("pages are read");
        let lines = reading.documents[0].lines.iter().map(Line::printed);
        let skipped = reading.skipped.iter().map(|s| s.reason.to_string());
        (lines.collect::<String>(), skipped.collect::<Vec<_>>())
    };
    let limits = Limits {
        pages: 2,
        ..Limits::default()
    };
    let (lines, skipped) = texts(&limits);
    assert_eq!(lines, "Alpha one.Beta two.");
    assert_eq!(
        skipped,
        ["3 pages in it, more than the limit of 2; the others are not read"]
    );
    let (lines, skipped) = texts(&Limits::default());
    assert_eq!(lines, "Alpha one.Beta two.Gamma three.");
    assert_eq!(skipped, [""; 0]);
}
