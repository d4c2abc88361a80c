//! How each file of a folder is read, as a table of CSV: what a researcher checks before trusting.

use crate::classify::{Label, Labels};
use crate::document::{Document, LineKind};

use super::inspection::conflicts;
use super::table::Table;

/// The columns, in order.
const COLUMNS: [&str; 23] = [
    "path",
    "format",
    "encoding",
    "replaced",
    "title",
    "title_derived",
    "region",
    "region_code",
    "issuer",
    "year",
    "published",
    "signed",
    "number",
    "kind",
    "level",
    "status",
    "script",
    "lines",
    "boilerplate",
    "conflicts",
    "missing",
    "guessed",
    "reason",
];

/// The head of the table.
pub fn audit_head() -> String {
    let table = Table {
        columns: COLUMNS.to_vec(),
        rows: Vec::new(),
    };
    table.csv()
}

/// The row of a document. Names of a region are joined by `/`, contradictions by `; `.
pub fn audit_row(document: &Document, labels: &Labels) -> String {
    fn text<T: ToString>(label: Option<&Label<T>>) -> String {
        label.map_or_else(String::new, |label| label.value.to_string())
    }
    let furniture = |kind: LineKind| kind == LineKind::Boilerplate;
    let boilerplate = document.lines.iter().filter(|line| furniture(line.kind));
    let boilerplate = boilerplate.count();
    let region = labels.region.as_ref().map(|region| region.value.join("/"));
    let status = labels.status.as_ref().map(|status| status.value.name());
    row(&[
        document.path.clone(),
        document.format.to_owned(),
        document.encoding.to_owned(),
        document.replaced.to_string(),
        text(labels.title.as_ref()),
        labels.title_derived.to_string(),
        region.unwrap_or_default(),
        text(labels.region_code.as_ref()),
        text(labels.issuer.as_ref()),
        text(labels.year.as_ref()),
        text(labels.published.as_ref()),
        text(labels.signed.as_ref()),
        text(labels.number.as_ref()),
        text(labels.kind.as_ref()),
        text(labels.level.as_ref()),
        status.unwrap_or_default().to_owned(),
        labels.script.name().to_owned(),
        (document.lines.len() - boilerplate).to_string(),
        boilerplate.to_string(),
        conflicts(document, labels).join("; "),
        labels.missing().join(" "),
        labels.guessed().join(" "),
        String::new(),
    ])
}

/// The row of a file, or a part of one, that could not be read.
pub fn audit_skipped(path: &str, reason: &str) -> String {
    let mut cells = [const { String::new() }; COLUMNS.len()];
    cells[0] = path.to_owned();
    cells[COLUMNS.len() - 1] = reason.to_owned();
    row(&cells)
}

/// One row of the table, without its head.
fn row(cells: &[String; COLUMNS.len()]) -> String {
    let table = Table {
        columns: Vec::new(),
        rows: vec![cells.to_vec()],
    };
    table.csv().split_off("\r\n".len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::classify;
    use crate::read::{Limits, read_bytes};

    #[test]
    fn a_row_says_what_was_found_and_what_was_not() {
        let text = "深圳市福田区某局2021年工作报告\n我局推行跨省通办, “秒批”。\n";
        let reading = read_bytes("甲.txt", text.as_bytes(), &Limits::default()).unwrap();
        let document = &reading.documents[0];
        assert_eq!(
            audit_head()
                + &audit_row(document, &classify(document))
                + &audit_skipped("乙", "empty"),
            "path,format,encoding,replaced,title,title_derived,region,region_code,issuer,year,published,\
             signed,number,kind,level,status,script,lines,boilerplate,conflicts,missing,guessed,reason\r\n\
             甲.txt,text,UTF-8,0,深圳市福田区某局2021年工作报告,false,广东省/深圳市/福田区,440304,深圳市福田区某局,\
             2021,,,,报告,县,,simplified,2,0,,published signed number,,\r\n\
             乙,,,,,,,,,,,,,,,,,,,,,,empty\r\n"
        );
    }
}
