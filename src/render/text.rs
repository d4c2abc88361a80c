//! The answer for a person: documents, heading paths, sentences around the matches, ids to cite.

use crate::document::Metadata;
use crate::search::{Elsewhere, FamilyInAnswer, Hit, Results, Tier, Total};

use super::excerpt::excerpt;
use super::explanation;
use super::facets;
use super::ink::{Ink, Span, marked};
use super::page::{Extent, Page};
use super::wrap::{Margin, fill};

/// How many characters of a paragraph an excerpt shows: about three lines of a wide terminal.
const EXCERPT: usize = 150;
/// How many characters of a heading a heading path shows.
const HEADING: usize = 28;
/// How many other places of a paragraph are named.
const PLACES: usize = 3;

/// The answer as text: a header line for each document, then its paragraphs. Hits of one document
/// that follow each other share their header.
pub fn text(results: &Results, page: &Page) -> String {
    let mut out = String::new();
    let mut document = None;
    for hit in &results.hits {
        if document != Some(&hit.document.id) {
            write_header(&hit.document, page, &mut out);
            document = Some(&hit.document.id);
        }
        write_hit(hit, &results.families, page, &mut out);
        out.push('\n');
    }
    if let Some(facets) = &results.facets {
        facets::write(facets, page, &mut out);
    }
    out
}

/// The line that ends the answer: how much was found in which tier, and how long it took.
pub fn totals(results: &Results, page: &Page) -> String {
    let mut out = String::new();
    let line = format!(
        "{} · {} ms",
        found(results.hits.len(), &results.total),
        milliseconds(results.took_ms)
    );
    fill(
        &[Span::new(Ink::Faint, &line)],
        Margin::all(0),
        page,
        &mut out,
    );
    out
}

/// Title, region, year, issuer, and 〔失效〕 where the document is no longer in force.
pub(super) fn write_header(document: &Metadata, page: &Page, out: &mut String) {
    let mut spans = vec![Span::new(Ink::Title, &document.title)];
    if document.title_derived {
        spans.push(Span::new(Ink::Faint, " (title derived)"));
    }
    if let Some(status) = document.status {
        let mark = format!(" 〔{}〕", status.chinese());
        spans.push(Span::new(Ink::Warning, &mark));
    }
    let facts = [
        Some(document.region.concat()).filter(|region| !region.is_empty()),
        document.year.map(|year| year.to_string()),
        document.issuer.clone(),
    ];
    for fact in facts.into_iter().flatten() {
        spans.push(Span::new(Ink::Faint, &format!(" · {fact}")));
    }
    fill(&spans, Margin { first: 0, rest: 2 }, page, out);
}

/// The headings above a paragraph, outermost first.
pub(super) fn write_path(path: &[String], page: &Page, out: &mut String) {
    if path.is_empty() {
        return;
    }
    let headings: Vec<String> = path
        .iter()
        .map(|heading| shortened(heading, page))
        .collect();
    let line = headings.join(" › ");
    fill(
        &[Span::new(Ink::Heading, &line)],
        Margin { first: 2, rest: 4 },
        page,
        out,
    );
}

fn write_hit(hit: &Hit, families: &[FamilyInAnswer], page: &Page, out: &mut String) {
    write_path(&hit.section.path, page, out);
    fill(&cut(hit, page), Margin::all(2), page, out);
    let mut spans = vec![Span::new(Ink::Id, &hit.id)];
    if let Some(role) = &hit.section.role {
        spans.push(Span::new(Ink::Faint, &format!(" · {}", page.role(role))));
    }
    spans.push(Span::new(Ink::Faint, &format!(" · {}", tier(hit.tier))));
    if hit.across_words {
        spans.push(Span::new(Ink::Faint, " · across a word join"));
    }
    let is_other = |label: &&String| families.iter().all(|family| family.asked != **label);
    for label in hit.labels.iter().filter(is_other) {
        spans.push(Span::new(Ink::Faint, &format!(" · 〔{label}〕")));
    }
    fill(&spans, Margin::all(2), page, out);
    write_elsewhere(&hit.also, page, out);
    if let Some(explanation) = &hit.explanation {
        explanation::write(explanation, hit.score, page, out);
    }
}

/// Where else the paragraph stands, word for word.
fn write_elsewhere(also: &[Elsewhere], page: &Page, out: &mut String) {
    if also.is_empty() {
        return;
    }
    let mut spans = vec![Span::new(Ink::Faint, "the same in ")];
    for (place, elsewhere) in also.iter().take(PLACES).enumerate() {
        let region = elsewhere.region.last().unwrap_or(&elsewhere.title);
        let year = elsewhere
            .year
            .map(|year| format!(" {year}"))
            .unwrap_or_default();
        let comma = if place == 0 { "" } else { ", " };
        spans.push(Span::new(Ink::Faint, &format!("{comma}{region}{year} ")));
        spans.push(Span::new(Ink::Id, &elsewhere.id));
    }
    if also.len() > PLACES {
        let more = format!(" and {}", counted(also.len() - PLACES, "other place"));
        spans.push(Span::new(Ink::Faint, &more));
    }
    fill(&spans, Margin { first: 2, rest: 4 }, page, out);
}

/// The part of a paragraph to show, its matches marked and its gaps told.
fn cut(hit: &Hit, page: &Page) -> Vec<Span> {
    let characters: Vec<char> = hit.text.chars().collect();
    let ranges = match page.extent {
        Extent::Whole => std::iter::once(0..characters.len()).collect(),
        Extent::Excerpt => excerpt(&hit.text, &hit.highlights, EXCERPT),
    };
    let gap = || Span::new(Ink::Faint, "…");
    let mut spans = Vec::new();
    let mut at = 0;
    for range in ranges {
        if range.start > at {
            spans.push(gap());
        }
        let highlights: Vec<[usize; 2]> = hit
            .highlights
            .iter()
            .filter(|highlight| highlight[0] >= range.start && highlight[1] <= range.end)
            .map(|&[start, end]| [start - range.start, end - range.start])
            .collect();
        at = range.end;
        spans.extend(marked(&characters[range], &highlights, page.colour));
    }
    if at < characters.len() {
        spans.push(gap());
    }
    spans
}

fn shortened(heading: &str, page: &Page) -> String {
    if page.extent == Extent::Whole || heading.chars().count() <= HEADING {
        return heading.to_owned();
    }
    let kept: String = heading.chars().take(HEADING - 1).collect();
    kept + "…"
}

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Exact => "exact",
        Tier::All => "all",
        Tier::Any => "any",
    }
}

fn found(shown: usize, total: &Total) -> String {
    let page = if (1..total.paragraphs).contains(&shown) {
        format!("{shown} of ")
    } else {
        String::new()
    };
    format!(
        "{page}{} in {} · exact {} · all {} · any {}",
        counted(total.paragraphs, "paragraph"),
        counted(total.documents, "document"),
        total.tiers.exact,
        total.tiers.all,
        total.tiers.any
    )
}

/// `1 paragraph`, `2 paragraphs`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

fn milliseconds(took: f64) -> String {
    format!("{took:.1}")
}

#[cfg(test)]
pub(super) mod tests {
    use crate::document::Status;
    use crate::render::Colour;
    use crate::search::{Asked, Section, Tiers};

    use super::*;

    /// An answer of two paragraphs of one document and one of another.
    pub(in crate::render) fn answer() -> Results {
        Results {
            schema: 1,
            query: Asked {
                text: "免申即享".into(),
                canonical: "免申即享".into(),
            },
            took_ms: 1.84,
            total: Total {
                paragraphs: 12,
                documents: 5,
                tiers: Tiers {
                    exact: 4,
                    all: 8,
                    any: 0,
                },
            },
            hits: vec![
                hit("k3v9/17", Tier::Exact, "推动“免申即享”。"),
                hit("k3v9/18", Tier::All, "免于申报，即可享受。"),
                Hit {
                    document: Metadata {
                        id: "b2c4".into(),
                        source_id: Some("S 1".into()),
                        title: "潮州市2023年报告".into(),
                        title_derived: true,
                        path: "a,\"b\".txt".into(),
                        ..Metadata::default()
                    },
                    section: Section::default(),
                    highlights: vec![],
                    ..hit("b2c4/1", Tier::All, "两年来，工作有序推进。")
                },
            ],
            ..Results::default()
        }
    }

    fn hit(id: &str, tier: Tier, text: &str) -> Hit {
        Hit {
            id: id.into(),
            score: 12.5,
            tier,
            document: Metadata {
                id: "k3v9".into(),
                title: "龙华区2022年法治政府建设年度报告".into(),
                region: vec!["广东省".into(), "深圳市".into(), "龙华区".into()],
                region_code: Some("440309".into()),
                issuer: Some("龙华区政务服务数据管理局".into()),
                year: Some(2022),
                published: Some("2022-12-01".into()),
                status: Some(Status::Expired),
                path: "seeds/000.txt".into(),
                ..Metadata::default()
            },
            section: Section {
                path: vec!["一、主要举措".into(), "(一)改革".into()],
                role: Some("measures".into()),
            },
            text: text.into(),
            highlights: vec![[3, 7]],
            ..Hit::default()
        }
    }

    #[test]
    fn hits_of_one_document_share_their_header() {
        assert_eq!(
            text(&answer(), &Page::plain()),
            "\
龙华区2022年法治政府建设年度报告 〔失效〕 · 广东省深圳市龙华区 · 2022 · 龙华区政务服务数据管理局
  一、主要举措 › (一)改革
  推动“【免申即享】”。
  k3v9/17 · measures · exact

  一、主要举措 › (一)改革
  免于申【报，即可】享受。
  k3v9/18 · measures · all

潮州市2023年报告 (title derived)
  两年来，工作有序推进。
  b2c4/1 · all

"
        );
    }

    #[test]
    fn colour_adds_escape_sequences_and_takes_the_brackets_away() {
        let page = Page {
            colour: Colour::Ansi,
            role_name: |role| (role == "measures").then_some("举措成效"),
            ..Page::plain()
        };
        let mut results = answer();
        results.hits.truncate(1);
        assert_eq!(
            text(&results, &page),
            "\u{1b}[1m龙华区2022年法治政府建设年度报告\u{1b}[0m\
             \u{1b}[1m\u{1b}[35m 〔失效〕\u{1b}[0m\
             \u{1b}[2m · 广东省深圳市龙华区 · 2022 · 龙华区政务服务数据管理局\u{1b}[0m\n  \
             \u{1b}[36m一、主要举措 › (一)改革\u{1b}[0m\n  \
             推动“\u{1b}[1m\u{1b}[31m免申即享\u{1b}[0m”。\n  \
             \u{1b}[32mk3v9/17\u{1b}[0m\u{1b}[2m · 举措成效 · exact\u{1b}[0m\n\n"
        );
    }

    #[test]
    fn a_long_paragraph_is_cut_to_the_sentence_that_matches() {
        let filler = "甲".repeat(90);
        let mut results = answer();
        results.hits.truncate(1);
        results.hits[0].section = Section::default();
        results.hits[0].text = format!("{filler}。推动免申即享。{filler}。");
        results.hits[0].highlights = vec![[93, 97]];
        let shown = text(&results, &Page::plain());
        assert_eq!(
            shown.lines().nth(1),
            Some(format!("  …推动【免申即享】。{filler}。").as_str())
        );
        let whole = Page {
            extent: Extent::Whole,
            ..Page::plain()
        };
        let shown = text(&results, &whole);
        assert_eq!(
            shown.lines().nth(1),
            Some(format!("  {filler}。推动【免申即享】。{filler}。").as_str())
        );
    }

    #[test]
    fn other_places_of_a_paragraph_and_word_joins_are_told() {
        let mut results = answer();
        results.hits.drain(..2);
        let hit = &mut results.hits[0];
        hit.across_words = true;
        hit.also = (1..=5)
            .map(|ordinal| Elsewhere {
                id: format!("c4d5/{ordinal}"),
                title: "某市报告".into(),
                region: vec![],
                year: (ordinal == 1).then_some(2021),
            })
            .collect();
        assert_eq!(
            text(&results, &Page::plain()),
            "\
潮州市2023年报告 (title derived)
  两年来，工作有序推进。
  b2c4/1 · all · across a word join
  the same in 某市报告 2021 c4d5/1, 某市报告 c4d5/2, 某市报告 c4d5/3 and 2 other places

"
        );
    }

    #[test]
    fn the_last_line_counts_by_tier() {
        assert_eq!(
            totals(&answer(), &Page::plain()),
            "3 of 12 paragraphs in 5 documents · exact 4 · all 8 · any 0 · 1.8 ms\n"
        );
    }

    #[test]
    fn a_narrow_page_wraps_under_its_indent() {
        let page = Page {
            width: Some(24),
            ..Page::plain()
        };
        let mut results = answer();
        results.hits.truncate(1);
        assert_eq!(
            text(&results, &page),
            "\
龙华区2022年法治政府建设
  年度报告 〔失效〕 · 广
  东省深圳市龙华区 ·
  2022 · 龙华区政务服务
  数据管理局
  一、主要举措 › (一)改
    革
  推动“【免申即享】”。
  k3v9/17 · measures ·
  exact

"
        );
    }
}
