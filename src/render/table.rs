//! A table of cells, written as CSV, as Markdown or as HTML.

/// Columns and rows of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// CSV (RFC 4180) with a header row, UTF-8 without a byte order mark.
    pub fn csv(&self) -> String {
        let mut out = self.columns.join(",") + "\r\n";
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
            out.push_str(&cells.join(","));
            out.push_str("\r\n");
        }
        out
    }

    /// A Markdown table.
    pub fn markdown(&self) -> String {
        let line = |cells: &mut dyn Iterator<Item = String>| {
            let cells: Vec<String> = cells.collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let mut out = line(&mut self.columns.iter().map(|name| (*name).to_owned()));
        out.push_str(&line(&mut self.columns.iter().map(|_| "---".to_owned())));
        for row in &self.rows {
            let safe = |cell: &String| cell.replace('|', "\\|").replace(['\n', '\r'], " ");
            out.push_str(&line(&mut row.iter().map(safe)));
        }
        out
    }

    /// An HTML table.
    pub fn html(&self) -> String {
        let cells = |tag: &str, cells: &mut dyn Iterator<Item = String>| {
            let cells: String = cells
                .map(|cell| format!("<{tag}>{}</{tag}>", escaped(&cell)))
                .collect();
            format!("<tr>{cells}</tr>\n")
        };
        let head = cells(
            "th",
            &mut self.columns.iter().map(|name| (*name).to_owned()),
        );
        let body: String = self
            .rows
            .iter()
            .map(|row| cells("td", &mut row.iter().cloned()))
            .collect();
        format!("<table>\n<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>\n")
    }
}

/// A cell, in quotes where a comma, a quote or a line end makes them needed.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// Text safe inside HTML, XML and their attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            // No document of XML 1.0 may hold these.
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_safe_in_every_form() {
        let table = Table {
            columns: vec!["a", "b"],
            rows: vec![vec!["一,\"二\"".into(), "<三>|&".into()]],
        };
        assert_eq!(table.csv(), "a,b\r\n\"一,\"\"二\"\"\",<三>|&\r\n");
        assert_eq!(
            table.markdown(),
            "| a | b |\n| --- | --- |\n| 一,\"二\" | <三>\\|& |\n"
        );
        assert!(table.html().contains("<td>&lt;三&gt;|&amp;</td>"));
    }
}
