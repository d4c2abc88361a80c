//! A table beside documents (CSV, or JSON lines) to rows of named cells, each with its place.
//!
//! In comes a file in any encoding that documents may have; out come the cells as text. A cell that
//! breaks the form is a problem with its place, and the rest is read. What cells mean is not known
//! here.

use std::iter::Peekable;
use std::str::Chars;

use serde_json::Value;

use super::{ReadError, decode};

/// A place in a file, both from 1: the line, and the character in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The line.
    pub line: usize,
    /// The character.
    pub column: usize,
}

/// A text and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The name of its column.
    pub column: String,
    /// What stands in it, without outer white space, never empty.
    pub text: String,
    /// Where it begins.
    pub at: At,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line that it begins on.
    pub line: usize,
    /// The cells that have something in them.
    pub cells: Vec<Cell>,
}

/// What a file of rows holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The names of the columns, each where it stands first.
    pub columns: Vec<(String, At)>,
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// What breaks the form, in words.
    pub problems: Vec<(At, String)>,
}

/// Reads a table with a header row (cells parted by commas, semicolons or tabs, in quotes where they
/// need them), or a file of JSON lines, told apart by its first character.
///
/// ```
/// use xianli::read::rows;
/// let table = rows("path,year\na.txt,2021\n".as_bytes())?;
/// let year = &table.rows[0].cells[1];
/// assert_eq!((year.text.as_str(), year.at.line, year.at.column), ("2021", 2, 7));
/// # Ok::<(), xianli::read::ReadError>(())
/// ```
///
/// # Errors
/// When the bytes are no text.
pub fn rows(bytes: &[u8]) -> Result<Rows, ReadError> {
    let text = decode::decode(bytes)?.text;
    Ok(if text.trim_start().starts_with('{') {
        of_json(&text)
    } else {
        of_table(&text)
    })
}

fn of_json(text: &str) -> Rows {
    let mut found = Rows::default();
    for (row, line) in text.lines().zip(1..) {
        if row.trim().is_empty() {
            continue;
        }
        let object: serde_json::Map<String, Value> = match serde_json::from_str(row) {
            Ok(object) => object,
            Err(error) => {
                let column = row
                    .char_indices()
                    .take_while(|(at, _)| *at < error.column())
                    .count();
                let column = column.max(1);
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                found
                    .problems
                    .push((At { line, column }, message.to_owned()));
                continue;
            }
        };
        let mut cells = Vec::with_capacity(object.len());
        for (name, value) in object {
            let at = At {
                line,
                column: column_of(row, &name),
            };
            if found.columns.iter().all(|(known, _)| *known != name) {
                found.columns.push((name.clone(), at));
            }
            match text_of(&value) {
                Ok(text) if text.is_empty() => {}
                Ok(text) => cells.push(Cell {
                    column: name,
                    text,
                    at,
                }),
                Err(what) => found
                    .problems
                    .push((at, format!("\"{name}\" is {what}, not text or a number"))),
            }
        }
        found.rows.push(Row { line, cells });
    }
    found
}

/// The character of a line of JSON at which the value of a name stands.
fn column_of(row: &str, name: &str) -> usize {
    let quoted = Value::from(name).to_string();
    let value = row.match_indices(&quoted).find_map(|(at, _)| {
        let behind = at + quoted.len();
        let rest = row[behind..].trim_start().strip_prefix(':')?.trim_start();
        Some(row.len() - rest.len())
    });
    row[..value.unwrap_or(0)].chars().count() + 1
}

fn text_of(value: &Value) -> Result<String, &'static str> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.trim().to_owned()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Array(parts) if parts.iter().all(Value::is_string) => {
            Ok(parts.iter().filter_map(Value::as_str).collect())
        }
        Value::Bool(_) => Err("true or false"),
        Value::Array(_) => Err("a list"),
        Value::Object(_) => Err("an object"),
    }
}

fn of_table(text: &str) -> Rows {
    let mut records = Records::of(text);
    let mut found = Rows::default();
    let header = records.next().unwrap_or_default();
    let names: Vec<String> = header.iter().map(|(name, _)| name.clone()).collect();
    found.columns = header;
    found.columns.retain(|(name, _)| !name.is_empty());
    while let Some(record) = records.next() {
        let Some((_, first)) = record.first() else {
            continue;
        };
        let line = first.line;
        let mut cells = Vec::new();
        for (place, (text, at)) in record.into_iter().enumerate() {
            match names.get(place) {
                _ if text.is_empty() => {}
                Some(name) => cells.push(Cell {
                    column: name.clone(),
                    text,
                    at,
                }),
                None => found.problems.push((
                    at,
                    format!(
                        "cell {} of a row, but the header has {}",
                        place + 1,
                        names.len()
                    ),
                )),
            }
        }
        if !cells.is_empty() {
            found.rows.push(Row { line, cells });
        }
    }
    found.problems.extend(
        records
            .unclosed
            .map(|at| (at, "a quotation mark that is not closed".to_owned())),
    );
    found
}

/// The records of a table, each a list of cells with their places.
struct Records<'t> {
    text: Peekable<Chars<'t>>,
    at: At,
    divider: char,
    /// Where a quotation mark stands that is never closed.
    unclosed: Option<At>,
}

impl<'t> Records<'t> {
    fn of(text: &'t str) -> Self {
        let header = text.lines().next().unwrap_or_default();
        let count = |divider: &char| header.matches(*divider).count();
        let divider = [';', '\t', ',']
            .into_iter()
            .max_by_key(count)
            .expect("there are three");
        Self {
            text: text.chars().peekable(),
            at: At { line: 1, column: 1 },
            divider,
            unclosed: None,
        }
    }

    fn step(&mut self) -> Option<char> {
        let character = self.text.next()?;
        if character == '\n' {
            self.at.line += 1;
            self.at.column = 1;
        } else {
            self.at.column += 1;
        }
        Some(character)
    }

    /// The next record; empty for an empty line.
    fn next(&mut self) -> Option<Vec<(String, At)>> {
        self.text.peek()?;
        let mut cells = Vec::new();
        loop {
            let (cell, end) = self.cell();
            cells.push(cell);
            if end != Some(self.divider) {
                break;
            }
        }
        if let [(only, _)] = &cells[..]
            && only.is_empty()
        {
            cells.clear();
        }
        Some(cells)
    }

    /// The next cell, and what it ended in.
    fn cell(&mut self) -> ((String, At), Option<char>) {
        let mut text = String::new();
        let mut start = self.at;
        let mut opened = None;
        loop {
            let at = self.at;
            let Some(character) = self.step() else {
                self.unclosed = self.unclosed.or(opened);
                return ((text.trim().to_owned(), start), None);
            };
            match (character, opened) {
                ('"', Some(_)) if self.text.peek() == Some(&'"') => {
                    self.step();
                    text.push('"');
                }
                ('"', Some(_)) => opened = None,
                ('"', None) if text.trim().is_empty() => {
                    opened = Some(at);
                    start = at;
                }
                ('\n', None) => return ((text.trim().to_owned(), start), Some('\n')),
                (character, None) if character == self.divider => {
                    return ((text.trim().to_owned(), start), Some(character));
                }
                (character, _) => text.push(character),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(found: &Rows) -> Vec<String> {
        let cells = found.rows.iter().flat_map(|row| &row.cells);
        cells
            .map(|cell| {
                let At { line, column } = cell.at;
                format!("{line}:{column} {}={}", cell.column, cell.text)
            })
            .collect()
    }

    #[test]
    fn cells_of_a_table_have_names_and_places() {
        let text =
            "\u{feff}路径,标题\r\n甲.txt,\"一, \"\"二\"\"\n三\"\r\n\r\n乙.txt,\r\n丙.txt,四,五\r\n";
        let found = rows(text.as_bytes()).unwrap();
        assert_eq!(
            cells(&found),
            [
                "2:1 路径=甲.txt",
                "2:7 标题=一, \"二\"\n三",
                "5:1 路径=乙.txt",
                "6:1 路径=丙.txt",
                "6:7 标题=四",
            ]
        );
        let (at, told) = &found.problems[0];
        assert_eq!((at.line, at.column), (6, 9));
        assert_eq!(told, "cell 3 of a row, but the header has 2");
    }

    #[test]
    fn a_spreadsheet_may_write_tabs_or_semicolons_in_gbk() {
        let text = "路径;地区\n甲.txt;广东省深圳市龙华区\n";
        let (bytes, _, _) = encoding_rs::GBK.encode(text);
        assert_eq!(
            cells(&rows(&bytes).unwrap()),
            ["2:1 路径=甲.txt", "2:7 地区=广东省深圳市龙华区"]
        );
        assert_eq!(
            cells(&rows("a\tb\n1,5\t2\n".as_bytes()).unwrap()),
            ["2:1 a=1,5", "2:5 b=2"]
        );
    }

    #[test]
    fn lines_of_json_have_names_and_places_too() {
        let text = "{\"path\": \"甲.txt\", \"year\": 2021, \"region\": [\"广东省\", \"深圳市\"], \"x\": null}\n\
                    {\"path\": \"乙\", \"year\": true}\n{\"path\": \n";
        let found = rows(text.as_bytes()).unwrap();
        assert_eq!(
            cells(&found),
            [
                "1:10 path=甲.txt",
                "1:27 year=2021",
                "1:43 region=广东省深圳市",
                "2:10 path=乙"
            ]
        );
        let told: Vec<_> = found
            .problems
            .iter()
            .map(|(at, told)| format!("{}:{} {told}", at.line, at.column))
            .collect();
        assert_eq!(
            told,
            [
                "2:23 \"year\" is true or false, not text or a number",
                "3:9 EOF while parsing a value"
            ]
        );
    }

    #[test]
    fn a_quote_that_is_not_closed_is_named() {
        let found = rows("path,title\na.txt,\"一\nb.txt,二\n".as_bytes()).unwrap();
        assert_eq!(found.problems.len(), 1);
        assert_eq!(found.problems[0].0, At { line: 2, column: 7 });
    }
}
