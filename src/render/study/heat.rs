//! A map of places by years: what each place says of a reform in each year, by shade and by a
//! character, with what is unknown hatched.

use std::collections::BTreeMap;

use super::svg::{Anchor, Part, WIDTH, heading, label, text_width};
use crate::render::table::escaped;
use crate::study::{Cell, Series, Stance};

const TOP: f64 = 64.0;
const ROW: f64 = 22.0;
/// Places beyond this are left to the table: a picture of them could not be read.
const MOST: usize = 60;

/// Draws what the places say of one term.
pub(super) fn heat_map(series: &Series, years: &[i32]) -> Part {
    let mut rows: BTreeMap<(Option<&str>, &[String]), Vec<&Cell>> = BTreeMap::new();
    for cell in &series.cells {
        let key = (cell.region_code.as_deref(), cell.region.as_slice());
        rows.entry(key).or_default().push(cell);
    }
    let left_out = rows.len().saturating_sub(MOST);
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_cached_key(|((code, _), cells)| (first_done(cells), code.map(str::to_owned)));
    rows.truncate(MOST);
    // A district is told by its city, a city by its province.
    let name = |region: &[String]| region[region.len().saturating_sub(2)..].join(" ");
    let widest = rows
        .iter()
        .map(|((_, region), _)| text_width(&name(region)))
        .fold(60.0, f64::max);
    let left = 30.0 + widest;
    let column = ((WIDTH - left - 30.0) / years.len().max(1) as f64).min(64.0);
    let mut elements = format!(
        "{HATCH}{}",
        heading(&format!("{} · 地区与文件年份", series.term))
    );
    for (place, year) in years.iter().enumerate() {
        let x = left + column * (place as f64 + 0.5);
        elements.push_str(&label(x, TOP - 8.0, Anchor::Middle, &year.to_string()));
    }
    for (place, ((_, region), cells)) in rows.iter().enumerate() {
        let y = TOP + ROW * place as f64;
        elements.push_str(&label(left - 8.0, y + 15.0, Anchor::End, &name(region)));
        for cell in cells {
            let at = years
                .iter()
                .position(|year| *year == cell.year)
                .unwrap_or(0);
            elements.push_str(&square(left + column * at as f64, y, column, cell));
        }
    }
    if rows.is_empty() {
        elements.push_str(&label(left, TOP + 15.0, Anchor::Start, "没有地区提及"));
    }
    let bottom = TOP + ROW * rows.len().max(1) as f64;
    elements.push_str(&legend(bottom + 24.0));
    if left_out > 0 {
        let told = format!("另有 {left_out} 个地区见表");
        elements.push_str(&label(20.0, bottom + 46.0, Anchor::Start, &told));
    }
    Part {
        height: bottom + 62.0,
        elements,
    }
}

/// The hatching of what is unknown.
const HATCH: &str = "<defs><pattern id=\"unknown\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" \
stroke=\"#bbb\" stroke-width=\"1.5\"/></pattern></defs>\n";

fn first_done(cells: &[&Cell]) -> i32 {
    let done = cells
        .iter()
        .filter(|cell| cell.stance == Some(Stance::Done));
    done.map(|cell| cell.year).min().unwrap_or(i32::MAX)
}

/// The ground, the ink and the character of a stance.
fn look(stance: Option<Stance>, documents: usize) -> (&'static str, &'static str, &'static str) {
    match stance {
        Some(Stance::Done) => ("#1f4e79", "#fff", "做"),
        Some(Stance::Planned) => ("#9dc3e6", "#111", "计"),
        Some(Stance::Estimate) => ("#c9def2", "#111", "预"),
        Some(Stance::Problem) => ("#f4c7a1", "#111", "问"),
        Some(Stance::Negated) => ("#fff", "#111", "未"),
        Some(Stance::Mention) => ("#e8e8e8", "#111", "提"),
        None if documents > 0 => ("#fff", "#111", ""),
        None => ("url(#unknown)", "#111", ""),
    }
}

fn square(x: f64, y: f64, width: f64, cell: &Cell) -> String {
    let told = format!(
        "{} {}: {} documents, {} paragraphs",
        cell.region.concat(),
        cell.year,
        cell.documents,
        cell.paragraphs
    );
    let drawn = swatch(x, y, width, look(cell.stance, cell.documents));
    format!("<g><title>{}</title>{drawn}</g>\n", escaped(&told))
}

fn swatch(x: f64, y: f64, width: f64, (ground, ink, character): (&str, &str, &str)) -> String {
    let centre = x + width / 2.0;
    format!(
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{ROW}\" fill=\"{ground}\" stroke=\"#999\"/>\
         <text x=\"{centre:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{ink}\">{character}</text>",
        y + 15.5
    )
}

fn legend(y: f64) -> String {
    let mut out = String::new();
    let mut x = 20.0;
    let stances = Stance::ALL
        .into_iter()
        .map(|stance| (look(Some(stance), 1), stance.chinese()));
    let others = [
        (look(None, 1), "有文件、未提及"),
        (look(None, 0), "无文件、不可知"),
    ];
    for (look, name) in stances.chain(others) {
        out.push_str(&swatch(x, y - 15.0, 24.0, look));
        out.push_str(&label(x + 30.0, y, Anchor::Start, name));
        x += 42.0 + text_width(name);
    }
    out
}
