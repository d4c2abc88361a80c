//! A document or a paragraph as something to cite.
//!
//! Comes in: the facts of a document, a paragraph of it, and the day on which it was looked up (we
//! read no clock). Goes out: a [`Citation`], which `render` writes in the styles that people ask
//! for. Nothing is made up: what is not known stays empty, what was derived is marked.

use serde::Serialize;

use crate::document::{Metadata, Status};

/// A source, in the words of a bibliography.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// The id of the document or of the paragraph.
    pub id: String,
    /// Who issued it.
    pub author: Option<String>,
    /// The title.
    pub title: String,
    /// Whether the title was made up, which styles show by square brackets.
    pub title_derived: bool,
    /// The kind of document (文种).
    pub kind: Option<String>,
    /// Whether it reports (报告, 总结), as against orders or rules.
    pub is_report: bool,
    /// When it was published, else signed, as ISO 8601; else nothing.
    pub date: Option<String>,
    /// The year that it reports on, which stands for the date where no date is known.
    pub year: Option<i32>,
    /// The document number.
    pub number: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// The day on which it was looked up, as ISO 8601.
    pub accessed: Option<String>,
    /// The ordinal of the paragraph.
    pub paragraph: Option<u32>,
    /// What a reader should know: 文件已失效, a derived title.
    pub notes: Vec<String>,
}

/// The citation of a document, or of one paragraph of it.
///
/// ```
/// use xianli::document::Metadata;
/// use xianli::study::citation;
/// let document = Metadata { id: "k3v9".into(), title: "年度报告".into(), ..Metadata::default() };
/// assert_eq!(citation(&document, Some(17), None).id, "k3v9/17");
/// ```
pub fn citation(document: &Metadata, paragraph: Option<u32>, accessed: Option<&str>) -> Citation {
    let id = match paragraph {
        Some(ordinal) => format!("{}/{ordinal}", document.id),
        None => document.id.clone(),
    };
    let kind = document.kind.clone();
    Citation {
        id,
        author: document.issuer.clone(),
        title: document.title.clone(),
        title_derived: document.title_derived,
        is_report: is_report(kind.as_deref(), &document.title),
        kind,
        date: document
            .published
            .clone()
            .or_else(|| document.signed.clone()),
        year: document.year,
        number: document.number.clone(),
        url: document.url.clone(),
        accessed: accessed.map(str::to_owned),
        paragraph,
        notes: notes(document),
    }
}

fn is_report(kind: Option<&str>, title: &str) -> bool {
    const REPORTS: [&str; 3] = ["报告", "总结", "汇报"];
    match kind {
        Some(kind) => REPORTS.iter().any(|word| kind.ends_with(word)),
        None => REPORTS.iter().any(|word| title.ends_with(word)),
    }
}

fn notes(document: &Metadata) -> Vec<String> {
    let mut notes = Vec::new();
    match document.status {
        Some(Status::Expired) => notes.push("文件已失效".to_owned()),
        Some(Status::Repealed) => notes.push("文件已废止".to_owned()),
        Some(Status::Amended) => notes.push("文件已修改".to_owned()),
        Some(Status::Pending) => notes.push("文件尚未生效".to_owned()),
        None => {}
    }
    if document.title_derived {
        notes.push("题名系检索系统自拟".to_owned());
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_title_and_an_expired_document_are_noted_and_no_date_is_made_up() {
        let document = Metadata {
            id: "k3v9".into(),
            title: "潮州市2023年报告".into(),
            title_derived: true,
            year: Some(2023),
            status: Some(Status::Expired),
            ..Metadata::default()
        };
        let cited = citation(&document, None, None);
        assert_eq!(cited.date, None);
        assert_eq!(cited.year, Some(2023));
        assert_eq!(cited.notes, ["文件已失效", "题名系检索系统自拟"]);
        assert!(cited.is_report);
    }
}
