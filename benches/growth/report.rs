//! Figures of several sizes to a table.

use super::measure::{Figures, Times, median, of_the_sixty, quantile};

/// Markdown: indexing, the parts of the index, and milliseconds of each kind of question.
pub fn table(all: &[Figures]) -> String {
    let mut text = String::new();
    if all.iter().any(|each| each.indexing.is_some()) {
        text += &indexing(all);
    }
    text += &parts(all);
    if all.iter().any(|each| !each.cold.is_empty()) {
        text += &times("Cold", all, |each| &each.cold);
        text += &times("Warm", all, |each| &each.warm);
        text += "\n| a process | ";
        text += &row(all, |each| each.paragraphs.to_string());
        text += &rule(all);
        text += "| that does nothing (`true`), ms | ";
        text += &row(all, |each| format!("{:.2}", each.nothing_milliseconds));
        text += "| that answers, cold: mean CPU ms | ";
        text += &row(all, |each| format!("{:.2}", each.cpu_milliseconds[0]));
        text += "| that answers all, warm: mean CPU ms a question | ";
        text += &row(all, |each| format!("{:.2}", each.cpu_milliseconds[1]));
        text += "| that answers, cold: largest peak, MB | ";
        text += &row(all, |each| format!("{:.0}", each.cold_peak_megabytes));
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

fn times(name: &str, all: &[Figures], of: fn(&Figures) -> &Times) -> String {
    let mut text = format!("\n| {name}, ms: median (p95) | ");
    text += &row(all, |each| each.paragraphs.to_string());
    text += &rule(all);
    let kinds = all.iter().flat_map(|each| of(each).keys());
    let mut kinds: Vec<&String> = kinds.collect();
    kinds.sort();
    kinds.dedup();
    let spread = |values: &[f64]| format!("{:.2} ({:.2})", median(values), quantile(values, 0.95));
    for kind in kinds {
        text += &format!("| {kind} | ");
        text += &row(all, |each| {
            of(each).get(kind).map_or_else(String::new, |v| spread(v))
        });
    }
    text += "| the sixty | ";
    text + &row(all, |each| spread(&of_the_sixty(of(each))))
}

/// The cells of a row behind its name.
fn row(all: &[Figures], cell: impl Fn(&Figures) -> String) -> String {
    let cells: Vec<String> = all.iter().map(cell).collect();
    cells.join(" | ") + " |\n"
}

fn rule(all: &[Figures]) -> String {
    "|---".repeat(all.len() + 1) + "|\n"
}

fn cell(share: Option<&f64>) -> String {
    share.map_or_else(String::new, |share| format!("{share:.3}"))
}
