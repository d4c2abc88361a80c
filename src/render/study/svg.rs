//! Small vector drawings: the elements that the pictures are made of, and the figure of a trend.
//!
//! Readable in black and white: series differ by dashes and marks, heat maps by a character.

use super::heat::heat_map;
use super::plot::{Curve, Plot, plot};
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

/// The figure of a trend: the share of documents, the curve of adoption, and a heat map for each
/// term.
pub fn trend_svg(trend: &Trend) -> String {
    figure(
        &[document_part(trend), adoption_part(trend)]
            .into_iter()
            .chain(
                trend
                    .series
                    .iter()
                    .map(|series| heat_map(series, &trend.years)),
            )
            .collect::<Vec<_>>(),
    )
}

/// The share of each year's documents that name each term.
pub(super) fn document_part(trend: &Trend) -> Part {
    plot_of(
        trend,
        "提及文件占当年文件的比例",
        Point::document_share,
        |point| (point.naming_documents, point.documents),
    )
}

/// The share of the places known so far that have shown each reform as done.
pub(super) fn adoption_part(trend: &Trend) -> Part {
    plot_of(
        trend,
        "已见采用的地区占已覆盖地区的比例（累计）",
        Point::adopted_share,
        |point| (point.adopted, point.known),
    )
}

fn plot_of(
    trend: &Trend,
    title: &str,
    share: fn(&Point) -> Option<f64>,
    counts: fn(&Point) -> (usize, usize),
) -> Part {
    let curves = trend
        .series
        .iter()
        .map(|series| Curve {
            name: series.term.clone(),
            points: series.points.iter().map(share).collect(),
            notes: series
                .points
                .iter()
                .map(|point| {
                    let (part, whole) = counts(point);
                    format!("{part}/{whole}")
                })
                .collect(),
        })
        .collect();
    plot(&Plot {
        title: title.to_owned(),
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
