//! Figures of several sizes to a picture: lines over the number of paragraphs, both axes logarithmic.

use super::asking::{Asking, LOCAL, Times, median, of_the_sixty};
use super::measure::Figures;

/// A line of the picture.
struct Line {
    name: &'static str,
    colour: &'static str,
    /// Its value at one size, if that was measured.
    of: fn(&Figures) -> Option<f64>,
}

const LINES: [Line; 9] = [
    Line {
        name: "indexing, seconds",
        colour: "#2f5d8a",
        of: |each| each.indexing.map(|run| run.seconds),
    },
    Line {
        name: "cold, the sixty, ms",
        colour: "#b5442e",
        of: |each| {
            let cold = each.asking.as_ref()?.cold();
            Some(median(&of_the_sixty(&cold)))
        },
    },
    Line {
        name: "cold, local label, ms",
        colour: "#d98c7a",
        of: |each| of_kind(each, Asking::cold, LOCAL),
    },
    Line {
        name: "warm, local label, ms",
        colour: "#9ac27a",
        of: |each| of_kind(each, Asking::warm, LOCAL),
    },
    Line {
        name: "warm, rare label, ms",
        colour: "#3d7d4b",
        of: |each| of_kind(each, Asking::warm, "rare label"),
    },
    Line {
        name: "warm, nothing found, ms",
        colour: "#5b6770",
        of: |each| of_kind(each, Asking::warm, "nothing found"),
    },
    Line {
        name: "warm, phrase, ms",
        colour: "#7a5195",
        of: |each| of_kind(each, Asking::warm, "phrase"),
    },
    Line {
        name: "warm, one character, ms",
        colour: "#c28a1c",
        of: |each| of_kind(each, Asking::warm, "one character"),
    },
    Line {
        name: "warm, long question, ms",
        colour: "#1f8a8a",
        of: |each| of_kind(each, Asking::warm, "long question"),
    },
];

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 640.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 384.0;

/// An SVG of its own.
pub fn picture(all: &[Figures]) -> String {
    let sizes: Vec<f64> = all.iter().map(|each| each.paragraphs as f64).collect();
    let values = LINES.iter().flat_map(|line| all.iter().filter_map(line.of));
    let values: Vec<f64> = values.filter(|value| *value > 0.0).collect();
    let across = Axis::over(&sizes, LEFT + 20.0, RIGHT - 20.0);
    let up = Axis::over(&values, BOTTOM, TOP);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    svg += &grid(&up, &across, &sizes);
    for (number, line) in LINES.iter().enumerate() {
        svg += &drawn(line, all, &across, &up);
        svg += &legend(line, TOP + 16.0 + 22.0 * number as f64);
    }
    svg + "</svg>\n"
}

fn of_kind(each: &Figures, times: fn(&Asking) -> Times, kind: &str) -> Option<f64> {
    let times = times(each.asking.as_ref()?);
    times.get(kind).map(|values| median(values))
}

fn grid(up: &Axis, across: &Axis, sizes: &[f64]) -> String {
    let mut svg = String::new();
    for decade in up.decades() {
        let place = up.place(decade);
        svg += &format!(
            "<line x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{place:.1}\" y2=\"{place:.1}\" stroke=\"#ddd\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{decade}</text>\n",
            LEFT - 6.0,
            place + 4.0
        );
    }
    for &size in sizes {
        let place = across.place(size);
        svg += &format!(
            "<text x=\"{place:.1}\" y=\"{}\" text-anchor=\"middle\">{size}</text>\n",
            BOTTOM + 20.0
        );
    }
    let middle = f64::midpoint(LEFT, RIGHT);
    svg + &format!(
        "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">paragraphs</text>\n",
        BOTTOM + 42.0
    )
}

fn drawn(line: &Line, all: &[Figures], across: &Axis, up: &Axis) -> String {
    let points = all.iter().filter_map(|each| {
        let value = (line.of)(each).filter(|value| *value > 0.0)?;
        Some((across.place(each.paragraphs as f64), up.place(value)))
    });
    let points: Vec<(f64, f64)> = points.collect();
    let path = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}"));
    let path = path.collect::<Vec<_>>().join(" ");
    let colour = line.colour;
    let mut svg = format!(
        "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{path}\"/>\n"
    );
    for (x, y) in points {
        svg += &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>\n");
    }
    svg
}

fn legend(line: &Line, height: f64) -> String {
    format!(
        "<rect x=\"{}\" y=\"{}\" width=\"14\" height=\"3\" fill=\"{}\"/><text x=\"{}\" y=\"{height}\">{}</text>\n",
        RIGHT + 24.0,
        height - 5.0,
        line.colour,
        RIGHT + 44.0,
        line.name
    )
}

/// Values to places, by their logarithms.
struct Axis {
    least: f64,
    most: f64,
    from: f64,
    to: f64,
}

impl Axis {
    /// The least value stands at `from`, the largest at `to`; one alone stands at `from`.
    fn over(values: &[f64], from: f64, to: f64) -> Self {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(least * 1.01, f64::max);
        Self {
            least: least.ln(),
            most: most.ln(),
            from,
            to,
        }
    }

    fn place(&self, value: f64) -> f64 {
        let share = (value.ln() - self.least) / (self.most - self.least);
        self.from + share * (self.to - self.from)
    }

    fn decades(&self) -> impl Iterator<Item = f64> {
        let shown = self.least..=self.most;
        (-4..7)
            .map(|power| 10_f64.powi(power))
            .filter(move |value| shown.contains(&value.ln()))
    }
}
