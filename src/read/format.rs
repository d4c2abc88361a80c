//! What kind of file some bytes are, by their content; the name only settles what the content
//! leaves open (Markdown or plain text).

use std::fmt;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each variant is the format of that name")]
pub enum Format {
    Text,
    Markdown,
    JsonLines,
    Json,
    Html,
    Docx,
    Doc,
    WordXml,
    Pdf,
    Ofd,
    Rtf,
    Zip,
    Spreadsheet,
    Presentation,
    OpenDocument,
    OtherOffice,
    Image,
    Archive,
    Program,
}

impl Format {
    /// The name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::JsonLines => "jsonl",
            Self::Json => "json",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::WordXml => "word-xml",
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
            Self::Rtf => "rtf",
            Self::Zip => "zip",
            Self::Spreadsheet => "spreadsheet",
            Self::Presentation => "presentation",
            Self::OpenDocument => "opendocument",
            Self::OtherOffice => "ole",
            Self::Image => "image",
            Self::Archive => "archive",
            Self::Program => "program",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// The first bytes that give a binary format away.
const MAGIC: [(&[u8], Format); 22] = [
    (b"%PDF-", Format::Pdf),
    (b"{\\rtf", Format::Rtf),
    (b"\x89PNG\r\n\x1a\n", Format::Image),
    (b"\xff\xd8\xff", Format::Image),
    (b"GIF8", Format::Image),
    (b"II*\0", Format::Image),
    (b"MM\0*", Format::Image),
    (b"RIFF", Format::Image),
    (b"AT&TFORM", Format::Image),
    (b"7z\xbc\xaf\x27\x1c", Format::Archive),
    (b"Rar!\x1a\x07", Format::Archive),
    (b"\x1f\x8b\x08", Format::Archive),
    (b"BZh", Format::Archive),
    (b"\xfd7zXZ\0", Format::Archive),
    (b"\x28\xb5\x2f\xfd", Format::Archive),
    (b"\x7fELF", Format::Program),
    (b"MZ\x90\0", Format::Program),
    (b"\xca\xfe\xba\xbe", Format::Program),
    (b"\0asm", Format::Program),
    (b"SQLite format 3\0", Format::Program),
    (b"OggS", Format::Program),
    (b"ID3\x03", Format::Program),
];

/// The format of bytes that are not text; `None` if they may be text.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(of_zip(bytes));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(of_ole(bytes));
    }
    let head = &bytes[..bytes.len().min(1024)];
    if find(head, b"%PDF-").is_some_and(|at| head[..at].iter().all(|byte| *byte < 0x80)) {
        return Some(Format::Pdf);
    }
    MAGIC
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|&(_, format)| format)
}

/// The format of decoded text.
pub(super) fn of_text(path: &str, text: &str) -> Format {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n', '\0', '\u{3000}']);
    if text.starts_with('<')
        && let Some(format) = of_markup(text)
    {
        return format;
    }
    let end = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    if (text.starts_with('{') || text.starts_with('['))
        && let Some(format) = of_json(text, &end)
    {
        return format;
    }
    if end == "md" || end == "markdown" {
        return Format::Markdown;
    }
    Format::Text
}

/// Documents as JSON lines, or some other JSON.
fn of_json(text: &str, end: &str) -> Option<Format> {
    let first = text.lines().next().unwrap_or_default();
    match serde_json::from_str::<serde_json::Value>(first) {
        Ok(serde_json::Value::Object(fields)) if fields.contains_key("text") => {
            Some(Format::JsonLines)
        }
        _ if end == "jsonl" || end == "ndjson" => Some(Format::JsonLines),
        _ if end == "json" => Some(Format::Json),
        _ => None,
    }
}

/// HTML, or Word's own XML.
fn of_markup(text: &str) -> Option<Format> {
    let end = text
        .char_indices()
        .nth(4096)
        .map_or(text.len(), |(at, _)| at);
    let head = text[..end].to_lowercase();
    if head.contains("<w:worddocument") || head.contains("<pkg:package") {
        return Some(Format::WordXml);
    }
    let tags = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<div",
        "<table",
        "<p>",
        "<p ",
        "<title",
        "<br",
        "<script",
        "<h1",
        "<ucap",
    ];
    tags.iter()
        .any(|tag| head.contains(tag))
        .then_some(Format::Html)
}

/// A zip by the names of its members, which stand in the clear in its local headers.
fn of_zip(bytes: &[u8]) -> Format {
    let names = [
        (b"word/document".as_slice(), Format::Docx),
        (b"OFD.xml", Format::Ofd),
        (b"xl/workbook", Format::Spreadsheet),
        (b"ppt/presentation", Format::Presentation),
        (b"mimetypeapplication/vnd.oasis", Format::OpenDocument),
    ];
    names
        .iter()
        .find(|(name, _)| find(bytes, name).is_some())
        .map_or(Format::Zip, |&(_, format)| format)
}

/// An OLE file by the names of its streams, which stand in UTF-16 in its directory.
fn of_ole(bytes: &[u8]) -> Format {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        find(bytes, &wide).is_some()
    };
    if has("WordDocument") {
        Format::Doc
    } else if has("Workbook") {
        Format::Spreadsheet
    } else if has("PowerPoint Document") {
        Format::Presentation
    } else {
        Format::OtherOffice
    }
}

/// The offset of the first `needle` in `bytes`.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides_and_not_the_name() {
        assert_eq!(of_bytes(b"%PDF-1.4 ..."), Some(Format::Pdf));
        assert_eq!(
            of_bytes(b"PK\x03\x04....word/document.xml"),
            Some(Format::Docx)
        );
        assert_eq!(of_bytes("正文".as_bytes()), None);
        assert_eq!(of_text("a.doc", "<html><body>"), Format::Html);
        assert_eq!(of_text("a.html", "一、正文 <br>"), Format::Text);
        assert_eq!(of_text("a.txt", "{\"text\": \"文\"}\n"), Format::JsonLines);
    }

    #[test]
    fn the_name_settles_what_the_content_leaves_open() {
        assert_eq!(of_text("a.md", "# 题\n文"), Format::Markdown);
        assert_eq!(of_text("a.txt", "# 题\n文"), Format::Text);
    }
}
