//! Figures of several sizes to a table.

use super::asking::{Asking, Times, median, of_the_sixty, quantile};
use super::measure::Figures;

/// Markdown: indexing, the parts of the index, and milliseconds of each kind of question.
pub fn table(all: &[Figures]) -> String {
    let mut text = String::new();
    if all.iter().any(|each| each.indexing.is_some()) {
        text += &indexing(all);
    }
    text += &parts(all);
    let asking: Vec<(&Figures, &Asking)> = all
        .iter()
        .filter_map(|each| Some((each, each.asking.as_ref()?)))
        .collect();
    if !asking.is_empty() {
        text += &times("Cold", &asking, Asking::cold);
        text += &times("Warm", &asking, Asking::warm);
        text += "\n| a process | ";
        text += &row(&asking, |(each, _)| each.paragraphs.to_string());
        text += &rule(&asking);
        text += "| that does nothing (`true`), ms | ";
        text += &row(&asking, |(_, asking)| format!("{:.2}", asking.nothing()));
        let cpu = |which: usize| {
            row(&asking, |(_, asking)| {
                format!("{:.2}", asking.cpu_milliseconds()[which])
            })
        };
        text += "| that answers, cold: mean CPU ms | ";
        text += &cpu(0);
        text += "| that answers all, warm: mean CPU ms a question | ";
        text += &cpu(1);
        text += "| that answers, cold: largest peak, MB | ";
        text += &row(&asking, |(_, asking)| {
            format!("{:.0}", asking.peak_megabytes())
        });
    }
    text
}

fn indexing(all: &[Figures]) -> String {
    let mut text = String::from(
        "\n| paragraphs | text MB | seconds | MB/s | CPU s | CPU µs a paragraph | peak MB | own MB | segments | index / text |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for each in all {
        let Some(run) = each.indexing else { continue };
        let megabytes = each.bytes as f64 / 1e6;
        text += &format!(
            "| {} | {megabytes:.1} | {:.1} | {:.2} | {:.1} | {:.1} | {:.0} | {:.0} | {} | {:.3} |\n",
            each.paragraphs,
            run.seconds,
            megabytes / run.seconds,
            run.cpu_seconds,
            run.cpu_seconds * 1e6 / each.paragraphs as f64,
            run.peak_megabytes,
            run.own_megabytes,
            each.sizes.segments,
            each.sizes.whole,
        );
    }
    text
}

/// Shares of the text: all components, and the fields' parts of a hundredth or more.
fn parts(all: &[Figures]) -> String {
    let Some(last) = all.last() else {
        return String::new();
    };
    let mut text = String::from("\n| bytes a byte of text | ");
    text += &row(all, |each| each.paragraphs.to_string());
    text += &rule(all);
    for component in last.sizes.by_component.keys() {
        text += &format!("| {component} | ");
        text += &row(all, |each| cell(each.sizes.by_component.get(component)));
    }
    let large = last.sizes.by_field.iter().filter(|part| *part.1 >= 0.01);
    for (field, _) in large {
        text += &format!("| – {field} | ");
        text += &row(all, |each| cell(each.sizes.by_field.get(field)));
    }
    text += "| all | ";
    text + &row(all, |each| cell(Some(&each.sizes.whole)))
}

fn times(name: &str, all: &[(&Figures, &Asking)], of: fn(&Asking) -> Times) -> String {
    let mut text = format!("\n| {name}, ms: median (p95) | ");
    text += &row(all, |(each, _)| each.paragraphs.to_string());
    text += &rule(all);
    let all: Vec<Times> = all.iter().map(|(_, asking)| of(asking)).collect();
    let kinds = all.iter().flat_map(|times| times.keys());
    let mut kinds: Vec<&String> = kinds.collect();
    kinds.sort();
    kinds.dedup();
    let spread = |values: &[f64]| format!("{:.2} ({:.2})", median(values), quantile(values, 0.95));
    for kind in kinds {
        text += &format!("| {kind} | ");
        text += &row(&all, |times| {
            times.get(kind).map_or_else(String::new, |v| spread(v))
        });
    }
    text += "| the sixty | ";
    text + &row(&all, |times| spread(&of_the_sixty(times)))
}

/// The cells of a row behind its name.
fn row<T>(all: &[T], cell: impl Fn(&T) -> String) -> String {
    let cells: Vec<String> = all.iter().map(cell).collect();
    cells.join(" | ") + " |\n"
}

fn rule<T>(all: &[T]) -> String {
    "|---".repeat(all.len() + 1) + "|\n"
}

fn cell(share: Option<&f64>) -> String {
    share.map_or_else(String::new, |share| format!("{share:.3}"))
}
