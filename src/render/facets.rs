//! Facet counts with bars.

use unicode_width::UnicodeWidthStr;

use crate::document::Status;
use crate::search::{FacetNode, FacetValue, Facets};

use super::clean;
use super::ink::{Ink, paint};
use super::page::Page;
use super::text::counted;

/// Columns of the longest bar.
const BAR: usize = 24;
/// Columns of a bar on a page narrower than eighty.
const SHORT_BAR: usize = 8;

/// One line of a facet.
struct Row {
    /// How deep it stands in its tree.
    depth: usize,
    label: String,
    paragraphs: usize,
    documents: usize,
}

/// Writes each facet that was counted: its name, then a line for each value.
pub(super) fn write(facets: &Facets, page: &Page, out: &mut String) {
    if let Some(regions) = &facets.region {
        let mut rows = Vec::new();
        regions.iter().for_each(|node| add_rows(node, 0, &mut rows));
        write_facet("region", &rows, page, out);
    }
    let year = |year: &i32| year.to_string();
    write_values("year", facets.year.as_deref(), year, page, out);
    let section = |role: &String| named(page.role(role), role);
    write_values("section", facets.section.as_deref(), section, page, out);
    let status = |name: &String| named(chinese_status(name), name);
    write_values("status", facets.status.as_deref(), status, page, out);
    write_values("kind", facets.kind.as_deref(), String::clone, page, out);
}

/// Writes a facet whose values do not lie in each other.
fn write_values<T>(
    name: &str,
    values: Option<&[FacetValue<T>]>,
    label: impl Fn(&T) -> String,
    page: &Page,
    out: &mut String,
) {
    let row = |value: &FacetValue<T>| Row {
        depth: 0,
        label: label(&value.value),
        paragraphs: value.paragraphs,
        documents: value.documents,
    };
    if let Some(values) = values {
        write_facet(name, &values.iter().map(row).collect::<Vec<_>>(), page, out);
    }
}

/// `举措成效 measures`, so that the value can be read and typed.
fn named(chinese: &str, english: &str) -> String {
    if chinese == english {
        english.to_owned()
    } else {
        format!("{chinese} {english}")
    }
}

fn chinese_status(name: &str) -> &str {
    match Status::ALL.into_iter().find(|status| status.name() == name) {
        Some(status) => status.chinese(),
        None => name,
    }
}

fn add_rows(node: &FacetNode, depth: usize, rows: &mut Vec<Row>) {
    rows.push(Row {
        depth,
        label: node.path.last().cloned().unwrap_or_default(),
        paragraphs: node.paragraphs,
        documents: node.documents,
    });
    for child in &node.children {
        add_rows(child, depth + 1, rows);
    }
}

fn write_facet(name: &str, rows: &[Row], page: &Page, out: &mut String) {
    if rows.is_empty() {
        return;
    }
    paint(name, Ink::Title, page.colour, out);
    out.push('\n');
    let labels: Vec<String> = rows
        .iter()
        .map(|row| format!("{}{}", "  ".repeat(row.depth), clean(&row.label)))
        .collect();
    let label_width = labels.iter().map(|label| label.width()).max().unwrap_or(0);
    let most = rows.iter().map(|row| row.paragraphs).max().unwrap_or(0);
    let digits = most.to_string().len();
    let columns = match page.width {
        Some(width) if width < 80 => SHORT_BAR,
        _ => BAR,
    };
    for (row, label) in rows.iter().zip(&labels) {
        let padding = " ".repeat(label_width - label.width());
        out.push_str(&format!("  {label}{padding}  "));
        let bar = bar(row.paragraphs, most, columns);
        paint(&bar, Ink::Heading, page.colour, out);
        let rest = " ".repeat(columns - bar.width());
        let documents = counted(row.documents, "document");
        out.push_str(&format!(
            "{rest}  {:>digits$} in {documents}\n",
            row.paragraphs
        ));
    }
    out.push('\n');
}

/// A bar of eighths of a column; whatever was counted at all shows at least one.
fn bar(count: usize, most: usize, columns: usize) -> String {
    if most == 0 {
        return String::new();
    }
    let eighths = (count * columns * 8).div_ceil(most);
    let mut bar = "█".repeat(eighths / 8);
    let part = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8];
    if part != ' ' {
        bar.push(part);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(
        path: &[&str],
        documents: usize,
        paragraphs: usize,
        children: Vec<FacetNode>,
    ) -> FacetNode {
        FacetNode {
            path: path.iter().map(|&name| name.to_owned()).collect(),
            documents,
            paragraphs,
            children,
        }
    }

    #[test]
    fn bars_stand_in_one_column_behind_wide_names() {
        let shenzhen = node(&["广东省", "深圳市"], 3, 8, vec![]);
        let facets = Facets {
            region: Some(vec![
                node(&["广东省"], 4, 16, vec![shenzhen]),
                node(&["广西壮族自治区"], 1, 1, vec![]),
            ]),
            section: Some(vec![FacetValue {
                value: "measures".into(),
                documents: 1,
                paragraphs: 0,
            }]),
            status: Some(vec![FacetValue {
                value: "expired".into(),
                documents: 1,
                paragraphs: 2,
            }]),
            ..Facets::default()
        };
        let page = Page {
            width: Some(60),
            role_name: |_| Some("举措成效"),
            ..Page::plain()
        };
        let mut out = String::new();
        write(&facets, &page, &mut out);
        assert_eq!(
            out,
            "\
region
  广东省          ████████  16 in 4 documents
    深圳市        ████       8 in 3 documents
  广西壮族自治区  ▌          1 in 1 document

section
  举措成效 measures            0 in 1 document

status
  失效 expired  ████████  2 in 1 document

"
        );
    }
}
