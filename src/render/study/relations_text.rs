//! Links, references and claims for a person at a terminal.

use super::relations::{scope_name, verdict};
use super::tables::shown;
use super::text::{write_basis, write_faint};
use crate::render::ink::{Ink, Span};
use crate::render::page::Page;
use crate::render::wrap::{Margin, fill};
use crate::study::{Basis, Claim, Link, Reference, Verdict};

/// Who learned from whom: a line for each link, then its quote.
pub fn links_text(links: &[Link], basis: &Basis, page: &Page) -> String {
    let mut out = String::new();
    for link in links {
        let topic = link
            .topic
            .as_ref()
            .map_or_else(String::new, |topic| format!(" · {topic}"));
        let unsure = if link.from_code.is_none() {
            " (which one is not said)"
        } else {
            ""
        };
        let spans = [
            Span::new(
                Ink::Title,
                &format!("{}{unsure} → {}", link.from.concat(), link.to.concat()),
            ),
            Span::new(
                Ink::Faint,
                &format!(
                    " · {} · {} {}{topic}",
                    shown(link.year),
                    link.cue,
                    link.stance.chinese()
                ),
            ),
        ];
        fill(&spans, Margin { first: 0, rest: 2 }, page, &mut out);
        fill(
            &[Span::new(Ink::Plain, &link.quote)],
            Margin { first: 2, rest: 2 },
            page,
            &mut out,
        );
        let spans = [
            Span::new(Ink::Id, &link.id),
            Span::new(
                Ink::Faint,
                &format!(" · {} · {}", link.document.title, link.reason),
            ),
        ];
        fill(&spans, Margin { first: 2, rest: 4 }, page, &mut out);
        out.push('\n');
    }
    write_basis(basis, page, &mut out);
    out
}

/// What documents rest on: for each document the titles that it names.
pub fn references_text(references: &[Reference], basis: &Basis, page: &Page) -> String {
    let mut out = String::new();
    let mut document = "";
    for reference in references {
        if reference.document.id != document {
            document = &reference.document.id;
            let facts = format!(
                " · {} {}",
                reference.document.region.concat(),
                shown(reference.year)
            );
            let title = Span::new(Ink::Title, &reference.document.title);
            let spans = [title, Span::new(Ink::Faint, &facts)];
            fill(&spans, Margin { first: 0, rest: 2 }, page, &mut out);
        }
        let number = reference
            .number
            .as_ref()
            .map_or_else(String::new, |number| format!(" {number}"));
        let level = reference
            .level
            .as_ref()
            .map_or_else(String::new, |level| format!(" · {level}"));
        let times = if reference.times > 1 {
            format!(" ×{}", reference.times)
        } else {
            String::new()
        };
        let spans = [
            Span::new(
                Ink::Heading,
                &format!("{} ", reference.relation.as_deref().unwrap_or("–")),
            ),
            Span::new(Ink::Plain, &format!("《{}》{number}", reference.title)),
            Span::new(Ink::Faint, &format!("{level}{times} · {}", reference.id)),
        ];
        fill(&spans, Margin { first: 2, rest: 4 }, page, &mut out);
    }
    write_basis(basis, page, &mut out);
    out
}

/// Claims, each with what the corpus says of it.
pub fn claims_text(claims: &[Claim], basis: &Basis, page: &Page) -> String {
    let mut out = String::new();
    for claim in claims {
        let limit = claim
            .limit
            .as_ref()
            .map_or_else(String::new, |limit| format!(", among {limit}"));
        let scope = match (&claim.scope_word, &claim.scope) {
            (Some(word), Some(scope)) => {
                format!("{word} = {}{limit}", scope_name(Some(word), scope))
            }
            (Some(word), None) => format!("{word}, which names no region here"),
            (None, _) => "no scope stated".to_owned(),
        };
        let subject = claim.subject.as_deref().unwrap_or("–");
        let spans = [
            Span::new(
                Ink::Title,
                &format!("{} {} {subject}", claim.document.region.concat(), claim.cue),
            ),
            Span::new(Ink::Faint, &format!(" · {} · {scope}", shown(claim.year))),
        ];
        fill(&spans, Margin { first: 0, rest: 2 }, page, &mut out);
        fill(
            &[Span::new(Ink::Plain, &claim.quote)],
            Margin::all(2),
            page,
            &mut out,
        );
        let (name, detail) = verdict(&claim.verdict);
        let ink = match claim.verdict {
            Verdict::Earlier { .. } => Ink::Warning,
            Verdict::SameYear { .. } => Ink::Heading,
            _ => Ink::Faint,
        };
        let spans = [
            Span::new(ink, &name.replace('-', " ")),
            Span::new(Ink::Faint, &format!(": {detail}")),
        ];
        fill(&spans, Margin { first: 2, rest: 4 }, page, &mut out);
        let spans = [
            Span::new(Ink::Id, &claim.id),
            Span::new(Ink::Faint, &format!(" · {}", claim.document.title)),
        ];
        fill(&spans, Margin { first: 2, rest: 4 }, page, &mut out);
        out.push('\n');
    }
    write_faint(
        "nothing earlier in this corpus is no proof of a first",
        page,
        &mut out,
    );
    write_basis(basis, page, &mut out);
    out
}
