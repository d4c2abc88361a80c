//! Word files to raw lines: `.docx`, Word's XML of 2003 and its flat form, and `.doc`.

mod body;
mod doc;
mod styles;

pub(super) use doc::doc;

use roxmltree::{Document as Xml, ParsingOptions};

use super::archive::Archive;
use super::layout::RawLine;
use super::{Format, Limits, ReadError};
use styles::Styles;

/// The most nodes of one XML part.
const NODES: u32 = 20_000_000;

/// The lines of a `.docx` file.
pub(super) fn docx(bytes: &[u8], limits: &Limits) -> Result<Vec<RawLine>, ReadError> {
    let mut archive = Archive::open(bytes, Format::Docx, limits)?;
    let part = |bytes: Option<Vec<u8>>| bytes.map(|bytes| super::decode::lossy(&bytes));
    let main = match part(archive.named("word/document.xml")?) {
        Some(main) => main,
        None => part(archive.named("word/document2.xml")?).ok_or_else(|| ReadError::Broken {
            format: Format::Docx,
            detail: "no word/document.xml in it".to_owned(),
        })?,
    };
    // Damaged styles cost the hints they give, not the text.
    let styles = part(archive.named("word/styles.xml").unwrap_or_default());
    let numbering = part(archive.named("word/numbering.xml").unwrap_or_default());
    let styles_xml = styles
        .as_deref()
        .and_then(|text| parse(text, Format::Docx).ok());
    let numbering_xml = numbering
        .as_deref()
        .and_then(|text| parse(text, Format::Docx).ok());
    let roots = [styles_xml.as_ref(), numbering_xml.as_ref()];
    let styles = Styles::of(roots.into_iter().flatten().map(Xml::root_element));
    lines(&main, Format::Docx, styles)
}

/// The lines of a Word file that is one XML text.
pub(super) fn word_xml(text: &str) -> Result<Vec<RawLine>, ReadError> {
    let xml = parse(text, Format::WordXml)?;
    let styles = Styles::of(std::iter::once(xml.root_element()));
    lines_of(&xml, Format::WordXml, styles)
}

fn lines(text: &str, format: Format, styles: Styles) -> Result<Vec<RawLine>, ReadError> {
    lines_of(&parse(text, format)?, format, styles)
}

fn lines_of(xml: &Xml<'_>, format: Format, styles: Styles) -> Result<Vec<RawLine>, ReadError> {
    let body = xml
        .descendants()
        .find(|node| styles::is_word(node, "body"))
        .ok_or_else(|| ReadError::Broken {
            format,
            detail: "no body in it".to_owned(),
        })?;
    Ok(body::lines(body, styles))
}

fn parse(text: &str, format: Format) -> Result<Xml<'_>, ReadError> {
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    Xml::parse_with_options(text, options).map_err(|error| ReadError::Broken {
        format,
        detail: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::layout::Hint;

    const HEAD: &str =
        "<w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\">";

    fn read(body: &str) -> Vec<(String, Hint)> {
        let text = format!("{HEAD}{body}</w:wordDocument>");
        let lines = word_xml(&text).unwrap();
        lines
            .into_iter()
            .map(|line| (line.text, line.hint))
            .collect()
    }

    #[test]
    fn runs_join_deleted_text_goes_and_tables_give_rows() {
        let body = "<w:body><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>某市</w:t></w:r><w:r><w:t>条例</w:t></w:r></w:p>\
            <w:p><w:r><w:t>数字</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t>政府。</w:t></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>项</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>数</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body>";
        assert_eq!(
            read(body),
            [
                ("某市条例".into(), Hint::Centered),
                ("数字政府。".into(), Hint::None),
                ("项　数".into(), Hint::Row),
            ]
        );
    }

    #[test]
    fn automatic_numbers_are_printed() {
        let body = "<w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
            <w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"第%1条\"/></w:lvl></w:abstractNum>\
            <w:num w:numId=\"1\"><w:abstractNumId w:val=\"3\"/></w:num><w:body>\
            <w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>甲。</w:t></w:r></w:p>\
            <w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>乙。</w:t></w:r></w:p></w:body>";
        let texts: Vec<_> = read(body).into_iter().map(|(text, _)| text).collect();
        assert_eq!(texts, ["第一条　甲。", "第二条　乙。"]);
    }
}
