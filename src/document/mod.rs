//! The model: what one file says, line by line, and the facts about it that every answer shows.
//!
//! Plain values only. Nothing here reads a file, knows a rule, or has heard of an index.

mod metadata;

pub use metadata::{Metadata, Script, Status};

use serde::{Deserialize, Serialize};

/// One file (or one line of a `.jsonl` file), read and laid out but not yet understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Where the document came from, as it was given, `/`-separated.
    pub path: String,
    /// The name of the file format: `text`, `markdown`, `jsonl`, `html`, `docx`, …
    pub format: &'static str,
    /// The encoding that the bytes were decoded from, by its WHATWG name; `UTF-8` where the
    /// format fixes it.
    pub encoding: &'static str,
    /// How many byte sequences could not be decoded and stand as U+FFFD.
    pub replaced: usize,
    /// What the container states about the document (`.jsonl` fields, meta tags).
    pub given: Given,
    /// What metadata files beside the document state about it, the strongest first.
    pub beside: Vec<Beside>,
    /// The lines with something on them, in order.
    pub lines: Vec<Line>,
}

/// What the container of a document states about it, as it was written there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the metadata field of the same name"
)]
pub struct Given {
    /// The id that the document has at its source.
    pub source_id: Option<String>,
    pub title: Option<String>,
    pub region: Option<String>,
    pub year: Option<i32>,
    pub issuer: Option<String>,
    pub published: Option<String>,
    pub signed: Option<String>,
    pub number: Option<String>,
    pub index_number: Option<String>,
    pub status: Option<String>,
    pub kind: Option<String>,
    pub url: Option<String>,
}

/// What one row of a metadata file states about a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beside {
    /// The path of the metadata file.
    pub file: String,
    /// The line of the row, from 1.
    pub line: usize,
    /// What the row states, as it was written there.
    pub given: Given,
}

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// The document's own title.
    Title,
    /// Source, date, index number: the line of facts that a site puts above the text.
    Header,
    /// A line that only states validity (文件已失效).
    Status,
    /// To whom the text speaks (各位代表：).
    Salutation,
    /// A numbered or styled heading.
    Heading,
    /// Running text.
    Paragraph,
    /// Who signed, and when.
    Signature,
    /// 特此报告。
    Closing,
    /// Page furniture: no content of the document, and not indexed.
    Boilerplate,
}

/// One line of a document.
///
/// A run-in heading (`（一）加强管理。局党组…`) gives two lines with the same number: the heading, and
/// the paragraph after its first 。, whose `lead` is the heading as it was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number of the line in the decoded file, from 1.
    pub number: usize,
    /// What the line is for.
    pub kind: LineKind,
    /// The depth of a heading, 1 to 4 (articles and deeper points may go to 6); `None` otherwise.
    pub level: Option<u8>,
    /// The text without outer white space; of a heading, without its final 。.
    pub text: String,
    /// The run-in heading before the text with its 。 and any space after it, so that
    /// `lead + text` is the line as printed. Empty on all other lines.
    pub lead: String,
    /// The headings that the line stands under, outermost first; of a heading, those above it.
    pub path: Vec<String>,
}

impl Line {
    /// The line as printed, run-in heading included.
    pub fn printed(&self) -> String {
        format!("{}{}", self.lead, self.text)
    }
}

/// One citable unit of a document: a line that the index holds as one entry.
///
/// Every line of content is one, titles and headings too, so that whatever stands in the file can
/// be found; a run-in heading stays with its paragraph, and page furniture is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph<'d> {
    /// The place of the paragraph in its document, from 1; the second half of its id.
    pub ordinal: u32,
    /// The place of the line in [`Document::lines`].
    pub line: usize,
    /// The line itself.
    pub source: &'d Line,
}

impl Document {
    /// What is stated beside the text, and by which metadata file where it is not the container that
    /// states it: metadata files win, the first of them most.
    ///
    /// ```
    /// use xianli::document::{Beside, Document, Given};
    /// let titled = |title: &str| Given { title: Some(title.into()), ..Given::default() };
    /// let mut document = Document { given: titled("甲"), ..Document::default() };
    /// let title = |document: &Document| {
    ///     let (title, beside) = document.stated(|given| given.title.as_deref())?;
    ///     Some((title.to_owned(), beside.map(|beside| beside.line)))
    /// };
    /// assert_eq!(title(&document), Some(("甲".into(), None)));
    /// document.beside = vec![Beside { file: "metadata.csv".into(), line: 3, given: titled("乙") }];
    /// assert_eq!(title(&document), Some(("乙".into(), Some(3))));
    /// ```
    pub fn stated<'d, T>(
        &'d self,
        field: impl Fn(&'d Given) -> Option<T>,
    ) -> Option<(T, Option<&'d Beside>)> {
        let beside = self
            .beside
            .iter()
            .find_map(|beside| Some((field(&beside.given)?, Some(beside))));
        beside.or_else(|| Some((field(&self.given)?, None)))
    }

    /// The citable units, in order. See [`Paragraph`].
    ///
    /// ```
    /// use xianli::document::{Document, Line, LineKind};
    /// let line = |kind, text: &str, lead: &str| Line {
    ///     number: 1, kind, level: None, text: text.into(), lead: lead.into(), path: vec![],
    /// };
    /// let document = Document {
    ///     lines: vec![
    ///         line(LineKind::Heading, "（一）加强管理", ""),
    ///         line(LineKind::Paragraph, "局党组高度重视。", "（一）加强管理。"),
    ///         line(LineKind::Boilerplate, "附件：", ""),
    ///     ],
    ///     ..Document::default()
    /// };
    /// let texts: Vec<_> = document.paragraphs().map(|p| p.source.printed()).collect();
    /// assert_eq!(texts, ["（一）加强管理。局党组高度重视。"]);
    /// ```
    pub fn paragraphs(&self) -> impl Iterator<Item = Paragraph<'_>> {
        let runs_in = |place: usize| {
            self.lines[place].kind == LineKind::Heading
                && self.lines.get(place + 1).is_some_and(|next| {
                    !next.lead.is_empty() && next.number == self.lines[place].number
                })
        };
        self.lines
            .iter()
            .enumerate()
            .filter(move |&(place, line)| line.kind != LineKind::Boilerplate && !runs_in(place))
            .zip(1..)
            .map(|((line, source), ordinal)| Paragraph {
                ordinal,
                line,
                source,
            })
    }
}
