//! What a page states about its document: meta tags, and the table of 索引号, 发文机关, 发文字号 ….

use dom_query::Document as Page;

use crate::document::Given;
use crate::read::layout::{self, RawLine};
use crate::read::table::table;
use crate::text::fold;

/// What the page states. `whole` is all of it with every cell apart, `text` its main text.
pub(super) fn given(page: &Page, whole: &[RawLine], text: &[RawLine]) -> Given {
    let mut given = Given::default();
    // The text may quote labels of its own; what stands before it is the page's.
    let first = text.iter().find(|line| line.text.chars().count() >= 20);
    let end = first
        .and_then(|first| {
            whole.iter().position(|line| {
                first.text.starts_with(&line.text) && line.text.chars().count() >= 10
            })
        })
        .unwrap_or(whole.len());
    from_table(&mut given, &whole[..end]);
    from_meta(&mut given, page);
    if given.title.is_none() {
        given.title = page_title(page, text);
    }
    given
}

/// Labels with their values, on one line or on two.
fn from_table(given: &mut Given, lines: &[RawLine]) {
    for (place, line) in lines.iter().enumerate() {
        let Some((label, value)) = line.text.split_once(['：', ':']) else {
            continue;
        };
        let Some(field) = field(label) else { continue };
        let value = match value.trim() {
            "" => match lines.get(place + 1).map(|next| next.text.trim()) {
                Some(next) if !is_label(next) => next,
                _ => continue,
            },
            value => value,
        };
        set(given, field, value);
    }
}

fn from_meta(given: &mut Given, page: &Page) {
    for meta in page
        .root()
        .descendants_it()
        .filter(|node| node.has_name("meta"))
    {
        let name = meta.attr("name").or_else(|| meta.attr("property"));
        let (Some(name), Some(content)) = (name, meta.attr("content")) else {
            continue;
        };
        // The source of a page is often the site itself, which issued nothing.
        let field = field(&name)
            .filter(|field| *field != "issuer" || layout::reads_as_organ(content.trim()));
        if let Some(field) = field {
            set(given, field, content.trim());
        }
    }
}

/// The only first-level heading, or the window's title up to the name of the site.
fn page_title(page: &Page, text: &[RawLine]) -> Option<String> {
    let root = page.root();
    let mut headings = root.descendants_it().filter(|node| node.has_name("h1"));
    let heading = headings.next().map(|node| tidy(&node.text()));
    if let Some(heading) = heading.filter(|heading| heading.chars().count() >= 4)
        && headings.next().is_none()
    {
        return Some(heading);
    }
    let window = root.descendants_it().find(|node| node.has_name("title"))?;
    let window = tidy(&window.text());
    let title = window
        .split(['_', '|', '－'])
        .next()
        .unwrap_or_default()
        .trim();
    let title = title.split(" - ").next().unwrap_or_default().trim();
    let stands_in_text = text.iter().take(20).any(|line| tidy(&line.text) == title);
    (title.chars().count() >= 6 && (stands_in_text || layout::reads_as_title(title)))
        .then(|| title.to_owned())
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The field that a label states.
fn field(label: &str) -> Option<&'static str> {
    let squeezed: String = fold(label)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '【' | '】' | '[' | ']' | '·' | '•'))
        .take(20)
        .collect();
    table().given.get(squeezed.as_str()).copied()
}

/// Whether text is a label and no value.
fn is_label(text: &str) -> bool {
    let label = text.trim_end_matches(['：', ':']);
    let squeezed: String = fold(label)
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(20)
        .collect();
    text.ends_with(['：', ':']) || table().header.contains(squeezed.as_str())
}

/// Sets a field that nothing stronger has set.
fn set(given: &mut Given, field: &str, value: &str) {
    let slot = match field {
        "title" => &mut given.title,
        "issuer" => &mut given.issuer,
        "published" => &mut given.published,
        "signed" => &mut given.signed,
        "number" => &mut given.number,
        "index_number" => &mut given.index_number,
        "status" => &mut given.status,
        "kind" => &mut given.kind,
        "url" => &mut given.url,
        _ => return,
    };
    if slot.is_none() && !value.is_empty() && value.chars().count() <= 200 {
        *slot = Some(value.to_owned());
    }
}
