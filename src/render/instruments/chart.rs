//! A small chart of one indicator by place and year (SVG): a bar for each figure, places below each
//! other, readable in black and white.

use super::figures::value;
use super::place_and_year;
use crate::render::study::{Anchor, Part, WIDTH, figure, heading, label, text_width};
use crate::render::table::escaped;
use crate::study::Indicator;
use crate::study::figures::{Bound, Kind};

const TOP: f64 = 58.0;
const ROW: f64 = 20.0;
const LEFT: f64 = 300.0;
const RIGHT: f64 = 130.0;
/// Figures beyond this are left to the table: a picture of them could not be read.
const MOST: usize = 60;

/// Draws the figures of the unit that most of them have. What was reached is solid, what is expected
/// is hatched, what is aimed at is an outline.
pub fn figures_svg(rows: &[Indicator], title: &str) -> String {
    let unit = commonest_unit(rows);
    let mut shown: Vec<&Indicator> = rows.iter().filter(|row| row.figure.unit == unit).collect();
    let other_units = rows.len() - shown.len();
    shown.sort_by_key(|row| {
        let document = &row.quote.document;
        (
            document.region_code.clone(),
            document.region.clone(),
            document.year,
        )
    });
    let left_out = shown.len().saturating_sub(MOST);
    shown.truncate(MOST);
    let most = shown
        .iter()
        .map(|row| row.figure.amount.high.unwrap_or(row.figure.amount.value))
        .fold(f64::MIN_POSITIVE, f64::max);
    let mut elements = heading(&format!(
        "{title}（{}）",
        if unit.is_empty() { "个数" } else { unit }
    ));
    elements.push_str(PATTERN);
    elements.push_str(&legend());
    let mut top = TOP;
    let mut place = String::new();
    for row in shown {
        let own = place_and_year(&row.quote.document);
        if own != place {
            elements.push_str(&label(20.0, top + 14.0, Anchor::Start, &own));
            top += ROW;
            place = own;
        }
        elements.push_str(&bar(row, top, most));
        top += ROW;
    }
    for (count, what) in [(left_out, "more"), (other_units, "of other units")] {
        if count > 0 {
            let line = format!("only in the table: {count} {what}");
            elements.push_str(&label(20.0, top + 14.0, Anchor::Start, &line));
            top += ROW;
        }
    }
    figure(&[Part {
        height: top + 16.0,
        elements,
    }])
}

/// The unit that most figures have; of equals, the first.
fn commonest_unit(rows: &[Indicator]) -> &str {
    let units: Vec<&str> = rows.iter().map(|row| row.figure.unit.as_str()).collect();
    let count = |unit: &str| units.iter().filter(|other| **other == unit).count();
    units
        .iter()
        .rev()
        .max_by_key(|unit| count(unit))
        .copied()
        .unwrap_or_default()
}

const PATTERN: &str = "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" \
    patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
    <line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"#333\" stroke-width=\"2\"/></pattern></defs>\n";

/// How a kind of figure is filled.
fn fill(kind: Kind) -> &'static str {
    match kind {
        Kind::Done => "#555",
        Kind::Estimate => "url(#hatch)",
        Kind::Target => "#fff",
    }
}

fn legend() -> String {
    let mut x = 20.0;
    let mut out = String::new();
    for kind in [Kind::Done, Kind::Estimate, Kind::Target] {
        out.push_str(&rectangle(x, 37.0, 18.0, kind));
        out.push_str(&label(x + 24.0, 47.0, Anchor::Start, kind.chinese()));
        x += 40.0 + text_width(kind.chinese());
    }
    out
}

fn rectangle(x: f64, y: f64, width: f64, kind: Kind) -> String {
    format!(
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"11\" fill=\"{}\" \
         stroke=\"#333\"/>\n",
        fill(kind)
    )
}

/// The name, the bar and the value of one figure; the quote as a tooltip.
fn bar(row: &Indicator, top: f64, most: f64) -> String {
    let shown = &row.figure;
    let amount = &shown.amount;
    let room = WIDTH - LEFT - RIGHT;
    let length = |value: f64| (value.max(0.0) / most * room).min(room);
    let own = length(amount.high.unwrap_or(amount.value));
    let name: String = shown.name.chars().take(18).collect();
    let name = if name == shown.name {
        name
    } else {
        format!("{name}…")
    };
    let mut out = format!(
        "<g><title>{}</title>\n",
        escaped(&format!("{} {}", row.quote.id, row.quote.text))
    );
    out.push_str(&label(LEFT - 8.0, top + 14.0, Anchor::End, &name));
    out.push_str(&rectangle(LEFT, top + 4.0, own.max(1.0), shown.kind));
    if amount.bound == Bound::Between {
        let low = LEFT + length(amount.value);
        out.push_str(&format!(
            "<line x1=\"{low:.1}\" y1=\"{:.1}\" x2=\"{low:.1}\" y2=\"{:.1}\" stroke=\"#fff\" stroke-width=\"2\"/>\n",
            top + 4.0,
            top + 15.0
        ));
    }
    out.push_str(&label(
        LEFT + own + 6.0,
        top + 14.0,
        Anchor::Start,
        &value(shown),
    ));
    out + "</g>\n"
}

#[cfg(test)]
mod tests {
    use super::super::figures::tests::rows;
    use super::*;

    #[test]
    fn a_bar_for_each_figure_of_the_commonest_unit() {
        let drawn = figures_svg(&rows(), "办结率");
        assert!(drawn.starts_with("<svg xmlns"));
        assert_eq!(drawn.matches("<g><title>").count(), 2);
        assert!(drawn.contains("办结率（%）") && drawn.contains("≥99%"));
        assert!(drawn.contains("fill=\"url(#hatch)\""));
        assert!(drawn.contains("only in the table: 1 of other units"));
    }

    #[test]
    fn nothing_is_an_empty_picture() {
        assert!(figures_svg(&[], "办结率").contains("办结率（个数）"));
    }
}
