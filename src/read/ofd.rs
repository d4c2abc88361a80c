//! An OFD file (GB/T 33190) to pieces of text at places on its pages.
//!
//! Text is read as the pages state it; signatures, stamps and drawings are passed over. What a
//! template page repeats on every page comes out as a running row.

use roxmltree::{Document as Xml, Node, ParsingOptions};

use super::archive::Archive;
use super::layout::RawLine;
use super::pages::{self, Piece};
use super::{Format, Limits, ReadError, decode};

/// The lines of an OFD file, and how many pages it has.
pub(super) fn ofd(bytes: &[u8], limits: &Limits) -> Result<(Vec<RawLine>, usize), ReadError> {
    let mut archive = Archive::open(bytes, Format::Ofd, limits)?;
    let mut found = Vec::new();
    let mut all = 0;
    for document in roots(&mut archive)? {
        let Some(text) = part(&mut archive, &document)? else {
            continue;
        };
        let pages = page_paths(&text, &document)?;
        let left = limits.pages.saturating_sub(all);
        all += pages.len();
        for page in pages.into_iter().take(left) {
            if let Some(text) = part(&mut archive, &page)? {
                found.push(pieces(&text)?);
            }
        }
    }
    Ok((pages::lines(found), all))
}

/// The paths of the documents that the archive lists.
fn roots(archive: &mut Archive<'_>) -> Result<Vec<String>, ReadError> {
    let Some(text) = part(archive, "OFD.xml")? else {
        return Err(broken("no OFD.xml in it"));
    };
    let xml = parse(&text)?;
    let roots = xml
        .descendants()
        .filter(|node| node.tag_name().name() == "DocRoot");
    Ok(roots
        .map(|node| joined("", node.text().unwrap_or_default()))
        .collect())
}

/// The paths of the pages of a document, in order.
fn page_paths(text: &str, document: &str) -> Result<Vec<String>, ReadError> {
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let xml = parse(text)?;
    let pages = xml
        .descendants()
        .filter(|node| node.tag_name().name() == "Page");
    Ok(pages
        .filter_map(|node| node.attribute("BaseLoc"))
        .map(|place| joined(folder, place))
        .collect())
}

/// A path of the archive, relative to a folder or absolute.
fn joined(folder: &str, path: &str) -> String {
    let path = path.trim();
    let whole = match path.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if folder.is_empty() => path.to_owned(),
        None => format!("{folder}/{path}"),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, ReadError> {
    Ok(archive.named(name)?.map(|bytes| decode::lossy(&bytes)))
}

/// The pieces of text of a page.
fn pieces(text: &str) -> Result<Vec<Piece>, ReadError> {
    let xml = parse(text)?;
    let objects = xml
        .descendants()
        .filter(|node| node.tag_name().name() == "TextObject");
    Ok(objects.flat_map(pieces_of).collect())
}

/// The pieces of one text object. `Boundary` is `left top width height`; a code's `X` and `Y` count from
/// there, through the `CTM` where one is given, of which only shift and scale matter to text.
fn pieces_of(object: Node<'_, '_>) -> Vec<Piece> {
    let boundary = numbers(object.attribute("Boundary").unwrap_or_default());
    let matrix = numbers(object.attribute("CTM").unwrap_or_default());
    let [left, top] = [0, 1].map(|place| boundary.get(place).copied().unwrap_or(0.0));
    let transform = |x: f32, y: f32| match matrix[..] {
        [a, b, c, d, e, f] => (a * x + c * y + e, b * x + d * y + f),
        _ => (x, y),
    };
    let scale = match matrix[..] {
        [_, _, c, d, ..] => c.hypot(d),
        _ => 1.0,
    };
    // The standard has `Size`; easyofd writes `size`.
    let size = ["Size", "size"]
        .iter()
        .find_map(|name| object.attribute(*name));
    let size = size.and_then(|size| size.parse().ok()).unwrap_or(1.0) * scale;
    let codes = object
        .descendants()
        .filter(|node| node.tag_name().name() == "TextCode");
    let mut last = (0.0, 0.0);
    codes
        .filter_map(|code| {
            let text = code.text()?;
            let coordinate = |name: &str| code.attribute(name).and_then(|value| value.parse().ok());
            last = (
                coordinate("X").unwrap_or(last.0),
                coordinate("Y").unwrap_or(last.1),
            );
            let (x, y) = transform(last.0, last.1);
            let count = text.chars().count();
            let advance = advance(
                code.attribute("DeltaX").unwrap_or_default(),
                count,
                size / scale,
            );
            Some(Piece {
                left: left + x,
                right: left + transform(last.0 + advance, last.1).0,
                base: top + y,
                size,
                text: text.to_owned(),
            })
        })
        .collect()
}

/// How far the characters of a code reach: the sum of `DeltaX` (where `g 3 5` means 5 three times) and
/// the last character, which stands no closer to what follows than the others do.
fn advance(deltas: &str, count: usize, size: f32) -> f32 {
    let (mut sum, mut steps) = (0.0, 0.0);
    let mut words = deltas.split_whitespace();
    while let Some(word) = words.next() {
        if word == "g" {
            let times: f32 = words
                .next()
                .and_then(|times| times.parse().ok())
                .unwrap_or(0.0);
            let delta: f32 = words
                .next()
                .and_then(|delta| delta.parse().ok())
                .unwrap_or(0.0);
            sum += times * delta;
            steps += times;
        } else {
            sum += word.parse::<f32>().unwrap_or(0.0);
            steps += 1.0;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a code holds few characters")]
    let all = count as f32 * size;
    if deltas.is_empty() {
        all
    } else {
        sum + size.max(sum / f32::max(steps, 1.0))
    }
}

fn numbers(text: &str) -> Vec<f32> {
    text.split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect()
}

fn parse(text: &str) -> Result<Xml<'_>, ReadError> {
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: 10_000_000,
        ..ParsingOptions::default()
    };
    Xml::parse_with_options(text, options).map_err(|error| broken(&error.to_string()))
}

fn broken(detail: &str) -> ReadError {
    ReadError::Broken {
        format: Format::Ofd,
        detail: detail.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reaches_as_far_as_its_characters_are_apart() {
        assert_eq!(advance("g 2 5", 3, 5.0), 15.0);
        assert_eq!(advance("20 20 20", 4, 5.0), 80.0);
        assert_eq!(advance("g 0 60", 1, 5.0), 5.0);
        assert_eq!(advance("", 4, 5.0), 20.0);
    }

    #[test]
    fn codes_stand_where_their_object_and_matrix_put_them() {
        let page = "<Page><TextObject Boundary=\"10 20 50 6\" Size=\"5\"><TextCode X=\"1\" Y=\"4\" DeltaX=\"g 2 5\">数字化</TextCode></TextObject></Page>";
        assert_eq!(
            pieces(page).unwrap(),
            [Piece {
                left: 11.0,
                right: 26.0,
                base: 24.0,
                size: 5.0,
                text: "数字化".into()
            }]
        );
        assert_eq!(
            joined("Doc_0", "Pages/../Page_1/Content.xml"),
            "Doc_0/Page_1/Content.xml"
        );
        assert_eq!(joined("Doc_0", "/Doc_1/Document.xml"), "Doc_1/Document.xml");
    }
}
