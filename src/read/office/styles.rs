//! What the styles and list definitions of a Word file say of its paragraphs.

use std::collections::HashMap;

use roxmltree::Node;

/// Styles and lists by their ids, and how far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The definition that each list uses.
    lists: HashMap<String, String>,
    definitions: HashMap<String, HashMap<usize, Level>>,
    counters: HashMap<String, [u32; 9]>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    is_centered: bool,
    list: Option<(String, usize)>,
}

#[derive(Debug, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
}

/// What a style makes of a paragraph.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Look {
    /// The outline level, from 1.
    pub outline: Option<u8>,
    /// Whether the paragraph is a title by its style.
    pub is_title: bool,
    /// Whether it is a line of a table of contents.
    pub is_contents: bool,
    /// Whether it is set in the middle.
    pub is_centered: bool,
    /// The list that numbers it, and its level in it, from 0.
    pub list: Option<(String, usize)>,
}

impl Styles {
    /// Reads every style and list below these elements.
    pub(super) fn of<'a, 'i: 'a>(roots: impl Iterator<Item = Node<'a, 'i>>) -> Self {
        let mut styles = Self::default();
        for node in roots.flat_map(|root| root.descendants()) {
            match node.tag_name().name() {
                "style" => styles.add_style(node),
                "abstractNum" => {
                    let id = attribute(node, "abstractNumId")
                        .unwrap_or_default()
                        .to_owned();
                    styles.definitions.insert(id, levels(node));
                }
                "num" => {
                    let definition = child_value(node, "abstractNumId").unwrap_or_default();
                    if let Some(id) = attribute(node, "numId") {
                        styles.lists.insert(id.to_owned(), definition.to_owned());
                    }
                }
                _ => {}
            }
        }
        styles
    }

    fn add_style(&mut self, node: Node<'_, '_>) {
        let Some(id) = attribute(node, "styleId") else {
            return;
        };
        let properties = child(node, "pPr");
        let style = Style {
            name: child_value(node, "name").unwrap_or_default().to_lowercase(),
            based_on: child_value(node, "basedOn").map(str::to_owned),
            outline: properties.and_then(outline),
            is_centered: properties.is_some_and(is_centered),
            list: properties.and_then(list),
        };
        self.styles.insert(id.to_owned(), style);
    }

    /// What a style, and those it is based on, make of a paragraph.
    pub(super) fn look(&self, id: Option<&str>) -> Look {
        let mut look = Look::default();
        let mut next = id;
        for _ in 0..12 {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else {
                break;
            };
            look.outline = look
                .outline
                .or(style.outline)
                .or_else(|| heading(&style.name));
            look.is_title |= style.name == "title" || style.name == "标题";
            look.is_contents |= style.name.starts_with("toc ");
            look.is_centered |= style.is_centered;
            look.list = look.list.or_else(|| style.list.clone());
            next = style.based_on.as_deref();
        }
        look
    }

    /// The next number of a list as it is printed, with what parts it from the text.
    pub(super) fn count(&mut self, list: &str, depth: usize) -> Option<String> {
        let definition = self.lists.get(list)?;
        let levels = self.definitions.get(definition)?;
        let level = levels.get(&depth)?;
        let start = |depth: usize| levels.get(&depth).map_or(1, |level| level.start);
        let counters = self.counters.entry(definition.clone()).or_default();
        let deep = depth.min(8);
        counters[deep] = match counters[deep] {
            0 => start(deep),
            value => value.saturating_add(1),
        };
        counters[deep + 1..].fill(0);
        if level.format == "bullet" || level.format == "none" {
            return None;
        }
        let mut label = level.text.clone();
        for (place, &counted) in counters.iter().enumerate() {
            let value = if counted == 0 { start(place) } else { counted };
            let format = levels
                .get(&place)
                .map_or("decimal", |level| level.format.as_str());
            label = label.replace(&format!("%{}", place + 1), &printed(value, format));
        }
        if label.chars().last().is_some_and(crate::text::is_han) {
            label.push('\u{3000}');
        }
        Some(label)
    }
}

/// Whether a node is the Word element of this name.
pub(super) fn is_word(node: &Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
        && node.tag_name().namespace().is_none_or(|space| {
            space.contains("wordprocessingml") || space.contains("word/2003/wordml")
        })
}

/// The `val` of the child of this name.
pub(super) fn child_value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|child| attribute(child, "val"))
}

/// The child of this name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children()
        .find(|child| child.tag_name().name() == name)
}

/// The outline level that paragraph properties state, from 1.
pub(super) fn outline(properties: Node<'_, '_>) -> Option<u8> {
    let level: u8 = child_value(properties, "outlineLvl")?.parse().ok()?;
    (level < 9).then_some(level + 1)
}

/// Whether paragraph properties set text in the middle.
pub(super) fn is_centered(properties: Node<'_, '_>) -> bool {
    child_value(properties, "jc") == Some("center")
}

/// The list and level that paragraph properties state.
pub(super) fn list(properties: Node<'_, '_>) -> Option<(String, usize)> {
    let numbering = child(properties, "numPr").or_else(|| child(properties, "listPr"))?;
    let id = child_value(numbering, "numId").or_else(|| child_value(numbering, "ilfo"))?;
    let level = child_value(numbering, "ilvl").and_then(|level| level.parse().ok());
    Some((id.to_owned(), level.unwrap_or(0)))
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

fn levels(definition: Node<'_, '_>) -> HashMap<usize, Level> {
    let levels = definition
        .children()
        .filter(|node| node.tag_name().name() == "lvl");
    levels
        .filter_map(|node| {
            let place: usize = attribute(node, "ilvl")?.parse().ok()?;
            let level = Level {
                start: child_value(node, "start")
                    .and_then(|start| start.parse().ok())
                    .unwrap_or(1),
                format: child_value(node, "numFmt").unwrap_or("decimal").to_owned(),
                text: child_value(node, "lvlText").unwrap_or_default().to_owned(),
            };
            Some((place, level))
        })
        .collect()
}

/// The level of `heading 2` and 标题 2.
fn heading(name: &str) -> Option<u8> {
    let rest = name
        .strip_prefix("heading")
        .or_else(|| name.strip_prefix("标题"))?;
    rest.trim()
        .parse()
        .ok()
        .filter(|level| (1..=9).contains(level))
}

/// A number as a list format prints it.
fn printed(value: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographTraditional"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => han(value),
        "ideographDigital" | "japaneseDigitalTenThousand" => {
            let digits = value.to_string();
            digits
                .bytes()
                .map(|digit| HAN[usize::from(digit - b'0')])
                .collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&value) => {
            char::from_u32(u32::from('①') + value - 1)
                .map(String::from)
                .unwrap_or_default()
        }
        "decimalZero" => format!("{value:02}"),
        "lowerLetter" => letter(value, b'a'),
        "upperLetter" => letter(value, b'A'),
        _ => value.to_string(),
    }
}

const HAN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A number below a thousand in Han numerals.
fn han(value: u32) -> String {
    if value == 0 || value > 999 {
        return value.to_string();
    }
    let digit = |place: u32| HAN[((value / place) % 10) as usize];
    let mut text = String::new();
    if value >= 100 {
        text.extend([digit(100), '百']);
    }
    let ones = value % 10;
    match (value / 10) % 10 {
        0 if value > 100 && ones > 0 => text.push('零'),
        0 => {}
        1 if value < 20 => text.push('十'),
        _ => text.extend([digit(10), '十']),
    }
    if ones > 0 {
        text.push(digit(1));
    }
    text
}

fn letter(value: u32, first: u8) -> String {
    let place = u8::try_from((value.max(1) - 1) % 26).unwrap_or(0);
    char::from(first + place).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_lists_do() {
        let numbers = [1, 10, 11, 20, 35, 100, 105, 110, 215].map(han);
        assert_eq!(
            numbers,
            [
                "一",
                "十",
                "十一",
                "二十",
                "三十五",
                "一百",
                "一百零五",
                "一百一十",
                "二百一十五"
            ]
        );
        assert_eq!(printed(3, "decimalEnclosedCircle"), "③");
        assert_eq!(printed(2, "lowerLetter"), "b");
    }
}
