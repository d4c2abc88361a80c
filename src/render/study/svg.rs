//! Small vector drawings: the elements that the pictures are made of, and the figure of a trend.
//!
//! Readable in black and white: series differ by dashes and marks, heat maps by a character.

use super::heat::heat_map;
use super::plot::{Axis, Curve, Plot, plot};
use crate::render::table::escaped;
use crate::study::{Point, Trend};

/// The fonts that have Chinese characters on the common systems.
const FONTS: &str = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Zen Hei',sans-serif";
/// The width of a figure, in pixels.
pub(in crate::render) const WIDTH: f64 = 840.0;

/// A part of a figure: its elements and how high it is.
pub(in crate::render) struct Part {
    pub(in crate::render) height: f64,
    pub(in crate::render) elements: String,
}

/// Where the anchor of a text lies.
#[derive(Clone, Copy)]
pub(in crate::render) enum Anchor {
    Start,
    Middle,
    End,
}

/// The figure of a trend: the shares of documents and of places, the curve of adoption, a heat map
/// for each term, and what it rests on.
pub fn trend_svg(trend: &Trend) -> String {
    let drawn = drawn_years(trend);
    let mut parts = curve_parts(&drawn);
    let maps = drawn
        .series
        .iter()
        .map(|series| heat_map(series, &drawn.years));
    parts.extend(maps);
    parts.push(foot(trend, &drawn));
    figure(&parts)
}

/// The most years that a picture shows side by side.
const MOST_YEARS: usize = 20;
/// How many years before the first word of any term are shown.
const YEARS_BEFORE: i32 = 3;

/// A trend without the early years that say nothing, where there are more years than can be read.
pub(super) fn drawn_years(trend: &Trend) -> Trend {
    let (Some(&first), Some(&last)) = (trend.years.first(), trend.years.last()) else {
        return trend.clone();
    };
    if trend.years.len() <= MOST_YEARS {
        return trend.clone();
    }
    let points = trend.series.iter().flat_map(|series| &series.points);
    let named = points.filter(|point| point.naming_documents > 0);
    let start = named.map(|point| point.year).min().unwrap_or(last) - YEARS_BEFORE;
    let most = i32::try_from(MOST_YEARS).unwrap_or(i32::MAX);
    let start = start.max(last - most + 1).max(first);
    let mut drawn = trend.clone();
    drawn.years.retain(|year| *year >= start);
    for series in &mut drawn.series {
        series.points.retain(|point| point.year >= start);
        series.cells.retain(|cell| cell.year >= start);
    }
    drawn
}

/// The shares of documents and places, and the curve of adoption.
pub(super) fn curve_parts(trend: &Trend) -> Vec<Part> {
    let documents = plot_of(
        trend,
        "提及文件占当年文件的比例（n：当年文件数）",
        Axis::Share,
        Point::document_share,
        |point| (point.naming_documents, point.documents),
    );
    let places = plot_of(
        trend,
        "提及地区占当年有文件地区的比例（n：当年有文件的地区数）",
        Axis::Share,
        Point::region_share,
        |point| (point.naming_regions, point.regions),
    );
    let adoption = plot_of(
        trend,
        "已见采用的地区数，累计（n：语料至当年已覆盖的地区数）",
        Axis::Count,
        |point| Some(point.adopted as f64),
        |point| (point.adopted, point.known),
    );
    vec![documents, places, adoption]
}

/// What the figure rests on, and which years it leaves out.
pub(super) fn foot(trend: &Trend, drawn: &Trend) -> Part {
    let basis = &trend.basis;
    let years = match (basis.first_year, basis.last_year) {
        (Some(first), Some(last)) => format!("，{first}–{last} 年"),
        _ => String::new(),
    };
    let mut told = format!(
        "据语料中 {} 份文件、{} 个地区{years}。无文件的年份不可知，不等于未采用。",
        basis.documents, basis.regions
    );
    if let (Some(first), Some(shown)) = (trend.years.first(), drawn.years.first())
        && first < shown
    {
        told.push_str(&format!(" {first}–{} 年未画。", shown - 1));
    }
    Part {
        height: 34.0,
        elements: label(20.0, 14.0, Anchor::Start, &told),
    }
}

fn plot_of(
    trend: &Trend,
    title: &str,
    axis: Axis,
    height: fn(&Point) -> Option<f64>,
    counts: fn(&Point) -> (usize, usize),
) -> Part {
    let curves = trend
        .series
        .iter()
        .map(|series| Curve {
            name: series.term.clone(),
            points: series.points.iter().map(height).collect(),
            notes: series
                .points
                .iter()
                .map(|point| {
                    let (part, whole) = counts(point);
                    format!("{}: {part}/{whole}", point.year)
                })
                .collect(),
        })
        .collect();
    plot(&Plot {
        title: title.to_owned(),
        axis,
        years: trend.years.clone(),
        curves,
        bases: trend
            .series
            .first()
            .map(|series| series.points.iter().map(|point| counts(point).1).collect())
            .unwrap_or_default(),
    })
}

/// Parts one above the other.
pub(in crate::render) fn figure(parts: &[Part]) -> String {
    let mut top = 0.0;
    let mut body = String::new();
    for part in parts {
        body.push_str(&format!(
            "<g transform=\"translate(0 {top})\">\n{}</g>\n",
            part.elements
        ));
        top += part.height;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {top}\" width=\"{WIDTH}\" \
         height=\"{top}\" font-family=\"{FONTS}\" font-size=\"13\" fill=\"#111\">\n\
         <rect width=\"{WIDTH}\" height=\"{top}\" fill=\"#fff\"/>\n{body}</svg>\n"
    )
}

/// A text at a place.
pub(in crate::render) fn label(x: f64, y: f64, anchor: Anchor, text: &str) -> String {
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>\n",
        escaped(text)
    )
}

/// The title of a part.
pub(in crate::render) fn heading(text: &str) -> String {
    format!(
        "<text x=\"20\" y=\"26\" font-size=\"15\" font-weight=\"bold\">{}</text>\n",
        escaped(text)
    )
}

/// About how wide a text is, in pixels at 13 pixels a character.
pub(in crate::render) fn text_width(text: &str) -> f64 {
    let half: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    half as f64 * 6.7
}
