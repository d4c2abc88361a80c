//! Curves over years: axes with a grid, series told apart by dashes and marks, gaps left open.

use super::svg::{Anchor, Part, WIDTH, heading, label, text_width};
use crate::render::table::escaped;

/// Curves over the same years.
pub(super) struct Plot {
    pub(super) title: String,
    pub(super) axis: Axis,
    pub(super) years: Vec<i32>,
    pub(super) curves: Vec<Curve>,
    /// What the shares of each year are out of.
    pub(super) bases: Vec<usize>,
}

/// What the height of a point says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// A share of a whole, 0 to 1, written in per cent.
    Share,
    /// A count.
    Count,
}

impl Axis {
    /// The highest value of the grid, the first of the scale's steps that holds everything.
    fn top(self, highest: f64) -> f64 {
        let shares = [0.04, 0.08, 0.12, 0.2, 0.24, 0.32, 0.4, 0.48, 0.6, 0.8, 1.0];
        match self {
            Self::Share => shares
                .into_iter()
                .find(|&top| highest <= top)
                .unwrap_or(1.0),
            Self::Count => {
                let step = [
                    1.0, 2.0, 3.0, 5.0, 10.0, 15.0, 20.0, 25.0, 50.0, 75.0, 100.0, 250.0,
                ];
                let step = step.into_iter().find(|&step| highest <= 4.0 * step);
                4.0 * step.unwrap_or_else(|| (highest / 400.0).ceil() * 100.0)
            }
        }
    }

    fn write(self, value: f64) -> String {
        match self {
            Self::Share => format!("{}%", (value * 1000.0).round() / 10.0),
            Self::Count => format!("{value}"),
        }
    }
}

/// One curve: a value for each year, `None` where there is nothing to divide by.
pub(super) struct Curve {
    pub(super) name: String,
    pub(super) points: Vec<Option<f64>>,
    /// What a reader who points at a mark is told.
    pub(super) notes: Vec<String>,
}

const LEFT: f64 = 60.0;
const TOP: f64 = 46.0;
const HEIGHT: f64 = 210.0;
const COLOURS: [&str; 8] = [
    "#0b4f9e", "#b3261e", "#1b6e3c", "#7a4d00", "#5b2a86", "#444444", "#00727a", "#a0185f",
];
const DASHES: [&str; 8] = [
    "none",
    "7 4",
    "2 3",
    "10 3 2 3",
    "4 2",
    "1 4",
    "14 4",
    "6 2 2 2 2 2",
];

/// Where things lie on the paper.
struct Scale {
    right: f64,
    steps: usize,
    top_share: f64,
}

impl Scale {
    fn x(&self, place: usize) -> f64 {
        let width = self.right - LEFT;
        if self.steps == 0 {
            LEFT + width / 2.0
        } else {
            LEFT + width * place as f64 / self.steps as f64
        }
    }

    fn y(&self, share: f64) -> f64 {
        TOP + HEIGHT * (1.0 - share / self.top_share)
    }
}

/// Draws the curves with a legend at their right ends.
pub(super) fn plot(plot: &Plot) -> Part {
    let widest = plot
        .curves
        .iter()
        .map(|curve| text_width(&curve.name))
        .fold(0.0, f64::max);
    let highest = plot
        .curves
        .iter()
        .flat_map(|curve| &curve.points)
        .flatten()
        .fold(0.0, |a: f64, b| a.max(*b));
    let scale = Scale {
        right: WIDTH - 84.0 - widest.min(240.0),
        steps: plot.years.len().saturating_sub(1),
        top_share: plot.axis.top(highest),
    };
    let mut elements = heading(&plot.title);
    elements.push_str(&axes(&scale, plot));
    for (place, curve) in plot.curves.iter().enumerate() {
        elements.push_str(&draw(&scale, curve, place));
    }
    elements.push_str(&legend(&scale, &plot.curves));
    Part {
        height: TOP + HEIGHT + 66.0,
        elements,
    }
}

fn axes(scale: &Scale, plot: &Plot) -> String {
    let years = &plot.years;
    let mut out = String::new();
    for quarter in 0..=4 {
        let share = scale.top_share * f64::from(quarter) / 4.0;
        let y = scale.y(share);
        let right = scale.right;
        out.push_str(&format!(
            "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{right:.1}\" y2=\"{y:.1}\" stroke=\"#ccc\"/>\n"
        ));
        let written = plot.axis.write(share);
        out.push_str(&label(LEFT - 8.0, y + 4.0, Anchor::End, &written));
    }
    let every = years.len().div_ceil(14).max(1);
    for (place, (year, base)) in years.iter().zip(&plot.bases).enumerate().step_by(every) {
        let x = scale.x(place);
        out.push_str(&label(
            x,
            TOP + HEIGHT + 20.0,
            Anchor::Middle,
            &year.to_string(),
        ));
        out.push_str(&label(
            x,
            TOP + HEIGHT + 38.0,
            Anchor::Middle,
            &format!("n={base}"),
        ));
    }
    out
}

fn draw(scale: &Scale, curve: &Curve, place: usize) -> String {
    let (colour, dash) = (COLOURS[place % COLOURS.len()], DASHES[place % DASHES.len()]);
    let mut path = String::new();
    let mut marks = String::new();
    let mut is_open = false;
    for (at, share) in curve.points.iter().enumerate() {
        let Some(share) = share else {
            is_open = false;
            continue;
        };
        let (x, y) = (scale.x(at), scale.y(*share));
        path.push_str(&format!("{}{x:.1} {y:.1}", if is_open { "L" } else { "M" }));
        is_open = true;
        let note = curve.notes.get(at).map_or("", String::as_str);
        let told = escaped(&format!("{} {note}", curve.name));
        marks.push_str(&format!(
            "<g><title>{told}</title>{}</g>\n",
            mark(x, y, place, colour)
        ));
    }
    format!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>\n{marks}"
    )
}

/// A circle, a square, a triangle or a diamond; filled or not, so that eight differ.
fn mark(x: f64, y: f64, place: usize, colour: &str) -> String {
    let fill = if (place / 4).is_multiple_of(2) {
        colour
    } else {
        "#fff"
    };
    let paint = format!("fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.5\"");
    match place % 4 {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" {paint}/>"),
        1 => format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"8\" height=\"8\" {paint}/>",
            x - 4.0,
            y - 4.0
        ),
        2 => format!("<path d=\"M{x:.1} {:.1}l5 9h-10z\" {paint}/>", y - 5.0),
        _ => format!(
            "<path d=\"M{x:.1} {:.1}l5 5l-5 5l-5 -5z\" {paint}/>",
            y - 5.0
        ),
    }
}

/// The names at the height of the last points, moved apart where they would touch.
fn legend(scale: &Scale, curves: &[Curve]) -> String {
    let mut places: Vec<(usize, f64)> = curves
        .iter()
        .enumerate()
        .map(|(place, curve)| {
            (
                place,
                scale.y(curve
                    .points
                    .iter()
                    .rev()
                    .find_map(|share| *share)
                    .unwrap_or(0.0)),
            )
        })
        .collect();
    places.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut out = String::new();
    let mut last = f64::MIN;
    let lowest = TOP + HEIGHT - 18.0 * places.len().saturating_sub(1) as f64;
    for (order, (place, y)) in places.into_iter().enumerate() {
        let y = y.min(lowest + 18.0 * order as f64).max(last + 18.0);
        last = y;
        let colour = COLOURS[place % COLOURS.len()];
        let x = scale.right + 28.0;
        let dash = DASHES[place % DASHES.len()];
        out.push_str(&format!(
            "<path d=\"M{:.1} {y:.1}h32\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>\n",
            x - 16.0
        ));
        out.push_str(&mark(x, y, place, colour));
        out.push('\n');
        out.push_str(&label(
            x + 22.0,
            y + 4.0,
            Anchor::Start,
            &curves[place].name,
        ));
    }
    out
}
