//! Decides which numbered lines are headings, which are articles, and which are items of a list.
//!
//! Numbers of one family that count on (一、 二、 三、) make a run. A run is a row of headings or a
//! list, as a whole: items of a list end with ； or have nothing under them.

use super::marker::Family;
use super::outline::{Part, rank};
use super::{Hint, Item};
use crate::document::LineKind;

/// The longest run-in heading, in characters.
const LONGEST_RUN_IN: usize = 60;
/// The longest heading alone on its line, in characters.
pub(super) const LONGEST_BARE: usize = 110;

/// How the text after a marker reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// No sentence: a heading, if it has something under it.
    Bare,
    /// One sentence that ends the line. The offset is that of its 。.
    Stopped(usize),
    /// A sentence, and more after it.
    RunIn(usize),
    /// Ends with ；.
    Item,
    /// Running text.
    Text,
}

/// Decides for every numbered line.
pub(super) fn decide(items: &[Item], parts: &mut [Part]) {
    for run in runs(items) {
        decide_run(items, &run, parts);
    }
}

/// Lines of one family that count on under one heading.
#[derive(Debug)]
struct Run {
    family: Family,
    /// Places of the lines.
    members: Vec<usize>,
    /// Where the run ends: the next line of an outer family, or the end.
    end: usize,
    /// Whether the run stands inside an article.
    in_article: bool,
}

fn runs(items: &[Item]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open: Vec<(usize, u32)> = Vec::new();
    let mut in_article = false;
    for (place, item) in items.iter().enumerate() {
        if item.kind.is_some() {
            if matches!(item.kind, Some(LineKind::Title | LineKind::Signature)) {
                close(&mut runs, &mut open, place, |_| true);
                in_article = false;
            }
            continue;
        }
        let Some(marker) = item.marker else { continue };
        close(&mut runs, &mut open, place, |family| family > marker.family);
        match marker.family {
            Family::Article => in_article = true,
            Family::Part | Family::Chapter | Family::Section => in_article = false,
            _ => {}
        }
        let last = open
            .last()
            .copied()
            .filter(|&(run, _)| runs[run].family == marker.family);
        match last {
            Some((run, ordinal)) if marker.ordinal > ordinal && marker.ordinal <= ordinal + 3 => {
                runs[run].members.push(place);
                open.pop();
                open.push((run, marker.ordinal));
            }
            last => {
                if last.is_some() {
                    close(&mut runs, &mut open, place, |family| {
                        family == marker.family
                    });
                }
                open.push((runs.len(), marker.ordinal));
                runs.push(Run {
                    family: marker.family,
                    members: vec![place],
                    end: items.len(),
                    in_article: in_article && marker.family > Family::Article,
                });
            }
        }
    }
    runs
}

/// Closes the open runs of certain families at `place`.
fn close(
    runs: &mut [Run],
    open: &mut Vec<(usize, u32)>,
    place: usize,
    which: impl Fn(Family) -> bool,
) {
    while let Some(&(run, _)) = open.last() {
        if !which(runs[run].family) {
            break;
        }
        runs[run].end = place;
        open.pop();
    }
}

/// Decides for each line of a run whether it is a heading, an article or text.
fn decide_run(items: &[Item], run: &Run, parts: &mut [Part]) {
    if run.family == Family::Article {
        for &place in &run.members {
            parts[place] = article(&items[place]);
        }
        return;
    }
    let shapes: Vec<Shape> = run
        .members
        .iter()
        .map(|&place| shape_of(&items[place]))
        .collect();
    if run.in_article || is_list(items, run, &shapes) {
        return;
    }
    let mut headings = headings(items, run, &shapes, LONGEST_RUN_IN);
    let most = headings.len() * 3 >= run.members.len() * 2;
    if most {
        // What most lines of a run are, its long ones are too.
        headings = self::headings(items, run, &shapes, LONGEST_BARE);
    } else if run.family > Family::Han && run.members.len() >= 4 {
        return;
    }
    for (place, part) in headings {
        parts[place] = part;
    }
}

/// The lines of a run that read as headings no longer than `longest` characters.
fn headings(items: &[Item], run: &Run, shapes: &[Shape], longest: usize) -> Vec<(usize, Part)> {
    let mut headings = Vec::new();
    for (nth, (&place, shape)) in run.members.iter().zip(shapes).enumerate() {
        let item = &items[place];
        let start = item.marker.map_or(0, |marker| marker.end);
        let fits = |end: usize, most: usize| item.text[start..end].chars().count() <= most;
        let all = item.text.len();
        let (end, rest) = match *shape {
            Shape::Bare if fits(all, LONGEST_BARE) => (all, all),
            Shape::Stopped(stop) if fits(stop, longest) && has_body(items, run, nth) => (stop, all),
            Shape::RunIn(stop) if fits(stop, longest) => {
                let after = &item.text[stop + '。'.len_utf8()..];
                (stop, all - after.trim_start().len())
            }
            _ => continue,
        };
        let rank = rank(run.family);
        headings.push((place, Part::Heading { rank, end, rest }));
    }
    headings
}

/// Whether a run is a list: an item ends with ；, or no item has anything under it.
fn is_list(items: &[Item], run: &Run, shapes: &[Shape]) -> bool {
    if shapes.contains(&Shape::Item) {
        return true;
    }
    let lone = |shape: &Shape| matches!(shape, Shape::Bare | Shape::Stopped(_) | Shape::Text);
    run.members.len() > 1
        && run.family >= Family::Han
        && shapes.iter().all(lone)
        && (0..run.members.len() - 1).all(|nth| !has_body(items, run, nth))
}

/// Whether anything stands between the nth line of a run and the next.
fn has_body(items: &[Item], run: &Run, nth: usize) -> bool {
    let place = run.members[nth];
    let next = run.members.get(nth + 1).copied().unwrap_or(run.end);
    items[place + 1..next.min(items.len())]
        .iter()
        .any(|item| item.kind.is_none() || item.kind == Some(LineKind::Salutation))
}

fn article(item: &Item) -> Part {
    let Some(marker) = item.marker else {
        return Part::Text;
    };
    let rest = item.text[marker.end..].trim();
    if rest.is_empty() || item.hint != Hint::None && rest.chars().count() <= 30 {
        return Part::Heading {
            rank: rank(Family::Article),
            end: item.text.len(),
            rest: item.text.len(),
        };
    }
    Part::Article {
        label_end: marker.label_end,
    }
}

fn shape_of(item: &Item) -> Shape {
    let start = item.marker.map_or(0, |marker| marker.end);
    let text = item.text[start..].trim_end();
    if text.is_empty() || text.ends_with(['；', ';']) {
        return Shape::Item;
    }
    match first_stop(text) {
        Some(stop) => {
            let first = &text[..stop];
            if first.contains(['；', ';', '：', '！', '？']) || first.contains(':') {
                Shape::Text
            } else if stop + '。'.len_utf8() >= text.len() {
                Shape::Stopped(start + stop)
            } else if is_remark(&text[stop + '。'.len_utf8()..]) {
                Shape::Text
            } else {
                Shape::RunIn(start + stop)
            }
        }
        None if text.contains(['；', ';', '！']) || text.ends_with(['？', '?', '，', ',']) => {
            Shape::Text
        }
        None => match text.find(['：', ':']) {
            Some(colon) if text[colon..].chars().count() > 1 => Shape::Text,
            _ => Shape::Bare,
        },
    }
}

/// Whether all behind a sentence is a remark on it: （负责部门：商务部）. （略） stands for text.
fn is_remark(rest: &str) -> bool {
    /// The shortest remark, in characters.
    const SHORTEST: usize = 4;
    let rest = rest.trim().trim_end_matches('。');
    rest.strip_prefix(['（', '('])
        .and_then(|inner| inner.strip_suffix(['）', ')']))
        .is_some_and(|inner| !inner.contains('。') && inner.chars().count() >= SHORTEST)
}

/// The offset of the first 。 that does not stand inside quotes, brackets or book-title marks.
fn first_stop(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take(400) {
        match c {
            '“' | '《' | '（' | '「' | '『' => depth += 1,
            '”' | '》' | '）' | '」' | '』' => depth = depth.saturating_sub(1),
            '。' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    text.find('。')
}

#[cfg(test)]
mod tests {
    use super::super::tests::laid_out;

    #[test]
    fn a_measure_with_a_remark_behind_it_is_no_heading() {
        let text = "某措施\n一、投资\n（一）放宽比例要求。（负责部门：某部）\n（二）下放审批权限。（负责部门：某部、某局）\n二、贸易\n（三）加强设计。开展试点。";
        assert_eq!(
            laid_out(text)[1..],
            [
                "heading1  | 一、投资",
                "paragraph 一、投资 | （一）放宽比例要求。（负责部门：某部）",
                "paragraph 一、投资 | （二）下放审批权限。（负责部门：某部、某局）",
                "heading1  | 二、贸易",
                "heading2 二、贸易 | （三）加强设计",
                "paragraph 二、贸易/（三）加强设计 | 开展试点。",
            ]
        );
    }
}
