//! Indicators for a person at a terminal: by document, each with its value, period and quote.

use super::{number, write_basis, write_line, write_source};
use crate::render::ink::{Ink, Span};
use crate::render::page::Page;
use crate::render::text::{counted, write_header};
use crate::render::wrap::{Margin, fill};
use crate::study::figures::{Bound, Figure, Kind, Period, Relation};
use crate::study::{Basis, Indicator};

/// The indicators, those of one document under its header, those of one sentence over its quote.
pub fn figures_text(rows: &[Indicator], found: usize, basis: &Basis, page: &Page) -> String {
    let mut out = String::new();
    for document in rows.chunk_by(|a, b| a.quote.document.id == b.quote.document.id) {
        write_header(&document[0].quote.document, page, &mut out);
        let same_sentence =
            |a: &Indicator, b: &Indicator| a.quote.id == b.quote.id && a.quote.text == b.quote.text;
        for sentence in document.chunk_by(same_sentence) {
            for row in sentence {
                write_figure(&row.figure, page, &mut out);
            }
            write_line(Ink::Faint, &sentence[0].quote.text, 4, page, &mut out);
            write_source(&sentence[0].quote, 4, page, &mut out);
        }
        out.push('\n');
    }
    let line = format!("{} shown of {}", rows.len(), counted(found, "figure"));
    write_line(Ink::Faint, &line, 0, page, &mut out);
    write_basis(basis, page, &mut out);
    out
}

fn write_figure(figure: &Figure, page: &Page, out: &mut String) {
    let ink = match figure.kind {
        Kind::Done => Ink::Match,
        Kind::Estimate | Kind::Target => Ink::Heading,
    };
    let period = figure.period.as_ref().map(told).unwrap_or_default();
    let spans = [
        Span::new(Ink::Title, &format!("{} ", figure.name)),
        Span::new(ink, &value(figure)),
        Span::new(
            Ink::Faint,
            &format!(" · {}{period} · {}", figure.kind.chinese(), figure.reason),
        ),
    ];
    fill(&spans, Margin { first: 2, rest: 4 }, page, out);
}

/// The value with its bound and unit: `≥8.1万路`, `6–8个工作日`, `21 → 5个工作日`.
pub(super) fn value(figure: &Figure) -> String {
    let amount = &figure.amount;
    let own = match (amount.bound, amount.low, amount.high) {
        (Bound::Between, Some(low), Some(high)) => format!("{}–{}", scaled(low), scaled(high)),
        _ => format!("{}{}", amount.bound.sign(), scaled(amount.value)),
    };
    let from = figure
        .from
        .map_or_else(String::new, |from| format!("{} → ", scaled(from.value)));
    format!("{from}{own}{}", figure.unit)
}

/// A number as Chinese readers count: 8.1万, 9.2亿.
fn scaled(value: f64) -> String {
    match value.abs() {
        large if large >= 1e8 => format!("{}亿", number(value / 1e8)),
        large if large >= 1e4 => format!("{}万", number(value / 1e4)),
        _ => number(value),
    }
}

/// ` · 截至 2022-10`
fn told(period: &Period) -> String {
    let relation = match period.relation {
        Relation::In => "",
        Relation::AsOf => "截至 ",
        Relation::Since => "自 ",
        Relation::By => "到 ",
    };
    let source = match period.stated {
        Some(_) => "",
        None => " (of the document)",
    };
    format!(" · {relation}{}{source}", period.date)
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{LineKind, Metadata};
    use crate::study::{Near, Passage, indicators};

    pub(in crate::render::instruments) fn rows() -> Vec<Indicator> {
        let passage = |id: &str, region: &str, year, text: &str| Passage {
            document: Arc::new(Metadata {
                id: id.into(),
                title: format!("{region}{year}年报告"),
                region: vec!["广东省".into(), region.into()],
                region_code: Some("440300".into()),
                year: Some(year),
                ..Metadata::default()
            }),
            ordinal: 7,
            kind: LineKind::Paragraph,
            role: Some("measures".into()),
            path: Vec::new(),
            text: text.into(),
        };
        let corpus = [
            passage(
                "k3v9",
                "深圳市",
                2022,
                "截至2022年10月底，办结率98.6%，审批时限由21天压缩至5天。",
            ),
            passage("b2c4", "潮州市", 2023, "预计办结率达到99%以上。"),
        ];
        indicators(&corpus, None, Near::Sentence)
    }

    #[test]
    fn figures_stand_over_the_sentence_that_says_them() {
        let basis = Basis {
            documents: 2,
            regions: 2,
            first_year: Some(2022),
            last_year: Some(2023),
            without_region: 0,
            without_year: 0,
        };
        assert_eq!(
            figures_text(&rows(), 3, &basis, &Page::plain()),
            "深圳市2022年报告 · 广东省深圳市 · 2022\n  \
               办结率 98.6% · 已达 · 截至 2022-10 · nothing says that it is to come\n  \
               审批时限压缩至 21 → 5天 · 已达 · 截至 2022-10 · nothing says that it is to come\n    \
                 截至2022年10月底，办结率98.6%，审批时限由21天压缩至5天。\n    \
                 k3v9/7 · 广东省深圳市 2022 · measures\n\n\
             潮州市2023年报告 · 广东省潮州市 · 2023\n  \
               办结率 ≥99% · 预计 · 2023 (of the document) · 预计 stands before it\n    \
                 预计办结率达到99%以上。\n    \
                 b2c4/7 · 广东省潮州市 2023 · measures\n\n\
             3 shown of 3 figures\n\
             rests on 2 documents of 2 places of 2022–2023\n"
        );
    }
}
