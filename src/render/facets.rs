//! Facet counts with bars.

use unicode_width::UnicodeWidthStr;

use crate::search::{FacetNode, Facets};

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
    if let Some(years) = &facets.year {
        let rows = years.iter().map(|year| Row {
            depth: 0,
            label: year.value.to_string(),
            paragraphs: year.paragraphs,
            documents: year.documents,
        });
        write_facet("year", &rows.collect::<Vec<_>>(), page, out);
    }
    if let Some(sections) = &facets.section {
        let rows = sections.iter().map(|section| Row {
            depth: 0,
            label: named(&section.value, page),
            paragraphs: section.paragraphs,
            documents: section.documents,
        });
        write_facet("section", &rows.collect::<Vec<_>>(), page, out);
    }
}

/// `举措成效 measures`, so that the value can be read and typed.
fn named(role: &str, page: &Page) -> String {
    match page.role(role) {
        chinese if chinese != role => format!("{chinese} {role}"),
        _ => role.to_owned(),
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
    use crate::search::FacetValue;

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
            year: None,
            section: Some(vec![FacetValue {
                value: "measures".into(),
                documents: 1,
                paragraphs: 0,
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

"
        );
    }
}
