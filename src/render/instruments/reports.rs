//! Two reports of one issuer: what became of the plans, and what changed from section to section.

use super::reuse::write_span;
use super::{place_and_year, write_basis, write_line, write_source};
use crate::document::Metadata;
use crate::render::ink::{Ink, Span};
use crate::render::page::Page;
use crate::render::wrap::{Margin, fill};
use crate::study::{Basis, Change, ChangeKind, Comparison, Outcome, Promise};

/// The plans of each pair of reports with their outcomes.
pub fn promises_text(
    pairs: &[(Vec<Promise>, [&Metadata; 2])],
    basis: &Basis,
    page: &Page,
) -> String {
    let mut out = String::new();
    for (promises, [before, after]) in pairs {
        let count = |outcome| promises.iter().filter(|p| p.outcome == outcome).count();
        let counts: Vec<String> = Outcome::ALL
            .iter()
            .map(|outcome| format!("{} {}", count(*outcome), outcome.chinese()))
            .collect();
        let spans = [
            Span::new(
                Ink::Title,
                &format!(
                    "{} → {}",
                    place_and_year(before),
                    after.year.unwrap_or_default()
                ),
            ),
            Span::new(
                Ink::Faint,
                &format!(" · {} · {}", before.title, counts.join(", ")),
            ),
        ];
        fill(&spans, Margin { first: 0, rest: 2 }, page, &mut out);
        for promise in promises {
            write_promise(promise, page, &mut out);
        }
        out.push('\n');
    }
    write_line(
        Ink::Faint,
        "未提及 (silent) says that the next report does not speak of it, not that it was missed",
        0,
        page,
        &mut out,
    );
    write_basis(basis, page, &mut out);
    out
}

fn write_promise(promise: &Promise, page: &Page, out: &mut String) {
    let ink = match promise.outcome {
        Outcome::Kept => Ink::Match,
        Outcome::Missed => Ink::Warning,
        Outcome::Silent => Ink::Faint,
    };
    let spans = [
        Span::new(ink, &format!("{} ", promise.outcome.chinese())),
        Span::new(Ink::Plain, &promise.plan.text),
    ];
    fill(&spans, Margin { first: 2, rest: 4 }, page, out);
    write_source(&promise.plan, 4, page, out);
    if let Some(report) = &promise.report {
        write_line(Ink::Heading, &report.text, 6, page, out);
        write_source(report, 6, page, out);
    }
    write_line(Ink::Faint, &promise.reason, 4, page, out);
}

/// What the second of two documents says otherwise, section by section; unchanged statements are
/// counted only.
pub fn comparison_text(comparison: &Comparison, documents: [&Metadata; 2], page: &Page) -> String {
    let mut out = String::new();
    let [first, second] = documents;
    let line = format!(
        "{} · {} → {} · {}",
        place_and_year(first),
        first.id,
        place_and_year(second),
        second.id
    );
    write_line(Ink::Title, &line, 0, page, &mut out);
    for section in &comparison.sections {
        let heading = match (&section.first, &section.second) {
            (Some(first), Some(second)) if first == second => second.clone(),
            (Some(first), Some(second)) => format!("{first} → {second}"),
            (None, Some(second)) => format!("{second} (new section)"),
            (Some(first), None) => format!("{first} (section is gone)"),
            (None, None) => String::new(),
        };
        out.push('\n');
        write_line(Ink::Heading, &heading, 0, page, &mut out);
        for change in &section.changes {
            write_change(change, page, &mut out);
        }
        let same = section
            .changes
            .iter()
            .filter(|c| c.kind == ChangeKind::Same)
            .count();
        if same > 0 {
            write_line(
                Ink::Faint,
                &format!("= {same} unchanged"),
                2,
                page,
                &mut out,
            );
        }
    }
    out.push('\n');
    let line = format!(
        "{} new, {} gone, {} changed, {} unchanged",
        comparison.new, comparison.gone, comparison.changed, comparison.same
    );
    write_line(Ink::Faint, &line, 0, page, &mut out);
    out
}

fn write_change(change: &Change, page: &Page, out: &mut String) {
    let line = |sign: &str, quote: Option<&crate::study::Quote>, ink, out: &mut String| {
        if let Some(quote) = quote {
            let spans = [
                Span::new(ink, &format!("{sign} {}", quote.text)),
                Span::new(Ink::Faint, " "),
                Span::new(Ink::Id, &quote.id),
            ];
            fill(&spans, Margin { first: 2, rest: 4 }, page, out);
        }
    };
    match change.kind {
        ChangeKind::Same => {}
        ChangeKind::New => line("+", change.second.as_ref(), Ink::Match, out),
        ChangeKind::Gone => line("-", change.first.as_ref(), Ink::Warning, out),
        ChangeKind::Changed => {
            let ids: Vec<&str> = [&change.first, &change.second]
                .into_iter()
                .flatten()
                .map(|quote| quote.id.as_str())
                .collect();
            let moved = change
                .moved_from
                .as_ref()
                .map_or_else(String::new, |from| format!(" · moved from {from}"));
            write_line(
                Ink::Faint,
                &format!("~ {}{moved}", ids.join(" → ")),
                2,
                page,
                out,
            );
            write_span(&change.pieces, page, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;
    use std::sync::Arc;

    use super::*;
    use crate::document::LineKind;
    use crate::study::{Passage, compare, promises};

    fn passage(year: i32, role: &str, text: &str) -> Passage {
        Passage {
            document: Arc::new(Metadata {
                id: format!("r{year}"),
                title: format!("{year}年报告"),
                region: vec!["甲市".into()],
                year: Some(year),
                ..Metadata::default()
            }),
            ordinal: 1,
            kind: LineKind::Paragraph,
            role: Some(role.into()),
            path: vec![format!("一、{year}年工作")],
            text: text.into(),
        }
    }

    #[test]
    fn a_plan_stands_over_what_became_of_it() {
        let before = passage(2022, "plan", "新增15个跨域通办合作地区。");
        let after = passage(2023, "measures", "新增跨域通办合作地区12个。");
        let found = promises(from_ref(&before), from_ref(&after), &[]);
        let pairs = [(found, [&*before.document, &*after.document])];
        let basis = Basis {
            documents: 2,
            regions: 1,
            first_year: Some(2022),
            last_year: Some(2023),
            without_region: 0,
            without_year: 0,
        };
        assert_eq!(
            promises_text(&pairs, &basis, &Page::plain()),
            "甲市 2022 → 2023 · 2022年报告 · 0 兑现, 1 未达, 0 未提及\n  \
               未达 新增15个跨域通办合作地区。\n    \
                 r2022/1 · 甲市 2022 · plan\n      \
                   新增跨域通办合作地区12个。\n      \
                   r2023/1 · 甲市 2023 · measures\n    \
                 12个 is short of 15个\n\n\
             未提及 (silent) says that the next report does not speak of it, not that it was missed\n\
             rests on 2 documents of 1 place of 2022–2023\n"
        );
    }

    #[test]
    fn new_gone_and_changed_statements_have_their_signs() {
        let before = [passage(
            2022,
            "measures",
            "推出20项秒批事项清单。专业法律人才仍然缺乏。",
        )];
        let after = [passage(
            2023,
            "measures",
            "推出45项秒批事项清单。建成智慧政务大厅一座。",
        )];
        let documents = [&*before[0].document, &*after[0].document];
        assert_eq!(
            comparison_text(&compare(&before, &after), documents, &Page::plain()),
            "甲市 2022 · r2022 → 甲市 2023 · r2023\n\n\
             一、2022年工作 → 一、2023年工作\n  \
               ~ r2022/1 → r2023/1\n  \
               推出【20】项秒批事项清单\n  \
               推出【45】项秒批事项清单\n  \
               + 建成智慧政务大厅一座。 r2023/1\n  \
               - 专业法律人才仍然缺乏。 r2022/1\n\n\
             1 new, 1 gone, 1 changed, 0 unchanged\n"
        );
    }
}
