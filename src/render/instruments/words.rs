//! Contexts, collocates, keywords and labels for a person at a terminal.

use super::columns::{numbers, pushed_left, pushed_right, words, write_columns};
use super::{place_and_year, write_basis, write_line};
use crate::render::clean;
use crate::render::ink::{Ink, paint};
use crate::render::page::{Colour, Page};
use crate::render::text::counted;
use crate::study::terms::FoundTerm;
use crate::study::{Basis, Collocates, ConcordanceLine, Keyness, Keyword};

/// The contexts of a term, the term below itself in every line; `width` as they were cut to.
pub fn concordance_text(
    lines: &[ConcordanceLine],
    width: usize,
    basis: &Basis,
    page: &Page,
) -> String {
    let mut out = String::new();
    for line in lines {
        let (left, right) = (clean(&line.left), clean(&line.right));
        out.push_str(&pushed_right(&left, width));
        let keyword = match page.colour {
            Colour::Ansi => clean(&line.keyword),
            Colour::Plain => format!("【{}】", clean(&line.keyword)),
        };
        paint(&keyword, Ink::Match, page.colour, &mut out);
        out.push_str(&pushed_left(&right, width));
        let place = format!("  {}  ", clean(&place_and_year(&line.quote.document)));
        paint(&place, Ink::Faint, page.colour, &mut out);
        paint(&line.quote.id, Ink::Id, page.colour, &mut out);
        out.push('\n');
    }
    out.push('\n');
    write_line(
        Ink::Faint,
        &counted(lines.len(), "place"),
        0,
        page,
        &mut out,
    );
    write_basis(basis, page, &mut out);
    out
}

/// The company of a term, with one place to look at for each word.
pub fn collocates_text(collocates: &Collocates, most: usize, basis: &Basis, page: &Page) -> String {
    let columns = [
        words("word", Ink::Match),
        numbers("together"),
        numbers("left"),
        numbers("right"),
        numbers("in all"),
        numbers("expected"),
        numbers("G2"),
        numbers("logDice"),
        numbers("documents"),
        numbers("places"),
        words("for example", Ink::Id),
        words("", Ink::Faint),
    ];
    let rows: Vec<Vec<String>> = collocates
        .rows
        .iter()
        .take(most)
        .map(|row| {
            vec![
                row.word.clone(),
                row.together.to_string(),
                row.left.to_string(),
                row.right.to_string(),
                row.frequency.to_string(),
                format!("{:.1}", row.expected),
                format!("{:.1}", row.log_likelihood),
                format!("{:.2}", row.log_dice),
                row.documents.to_string(),
                row.places.to_string(),
                row.example.id.clone(),
                format!(
                    "{} {}",
                    place_and_year(&row.example.document),
                    row.example.text
                ),
            ]
        })
        .collect();
    let mut out = String::new();
    write_columns(&columns, &rows, page, &mut out);
    let line = format!(
        "{} of the term; {} in windows of {} to the left and {} to the right, of {}; {} shown of {}",
        counted(collocates.occurrences as usize, "occurrence"),
        counted(collocates.window_words as usize, "word"),
        collocates.window.left,
        collocates.window.right,
        collocates.words,
        rows.len(),
        counted(collocates.rows.len(), "collocate"),
    );
    out.push('\n');
    write_line(Ink::Faint, &line, 0, page, &mut out);
    write_basis(basis, page, &mut out);
    out
}

/// The words that set a part apart, with one place to look at for each.
pub fn keyness_text(
    keyness: &Keyness,
    shown: &[Keyword],
    part: &str,
    basis: &Basis,
    page: &Page,
) -> String {
    let columns = [
        words("word", Ink::Match),
        numbers("part"),
        numbers("rest"),
        numbers("part/million"),
        numbers("rest/million"),
        numbers("G2"),
        numbers("log ratio"),
        numbers("%DIFF"),
        numbers("documents"),
        numbers("places"),
        words("for example", Ink::Id),
        words("", Ink::Faint),
    ];
    let rows: Vec<Vec<String>> = shown
        .iter()
        .map(|row| {
            vec![
                row.word.clone(),
                row.part.to_string(),
                row.rest.to_string(),
                format!("{:.0}", row.part_per_million),
                format!("{:.0}", row.rest_per_million),
                format!("{:.1}", row.log_likelihood),
                format!("{:.2}", row.log_ratio),
                row.percent_difference
                    .map_or_else(|| "∞".to_owned(), |percent| format!("{percent:.0}")),
                row.documents.to_string(),
                row.places.to_string(),
                row.example.id.clone(),
                format!(
                    "{} {}",
                    place_and_year(&row.example.document),
                    row.example.text
                ),
            ]
        })
        .collect();
    let mut out = String::new();
    write_columns(&columns, &rows, page, &mut out);
    let line = format!(
        "the part is {part}: {} words, against {} of the rest; {} words inside formulas and titles \
         were not counted",
        keyness.part_words, keyness.rest_words, keyness.formula_words
    );
    out.push('\n');
    write_line(Ink::Faint, &line, 0, page, &mut out);
    write_basis(basis, page, &mut out);
    out
}

/// The labels that were found, with the first place of each.
pub fn terms_text(terms: &[FoundTerm], found: usize, basis: &Basis, page: &Page) -> String {
    let columns = [
        words("label", Ink::Match),
        numbers("places"),
        numbers("documents"),
        numbers("paragraphs"),
        numbers("quoted"),
        numbers("since"),
        words("family", Ink::Faint),
        words("first", Ink::Id),
        words("", Ink::Faint),
    ];
    let rows: Vec<Vec<String>> = terms
        .iter()
        .map(|term| {
            vec![
                term.label.clone(),
                term.places.to_string(),
                term.documents.to_string(),
                term.paragraphs.to_string(),
                term.quoted.to_string(),
                term.first_year
                    .map(|year| year.to_string())
                    .unwrap_or_default(),
                term.family.clone().unwrap_or_default(),
                term.first.id.clone(),
                format!(
                    "{} {}",
                    place_and_year(&term.first.document),
                    term.first.text
                ),
            ]
        })
        .collect();
    let mut out = String::new();
    write_columns(&columns, &rows, page, &mut out);
    out.push('\n');
    let line = format!(
        "{} shown of {}; since is the first year of this corpus",
        terms.len(),
        counted(found, "label")
    );
    write_line(Ink::Faint, &line, 0, page, &mut out);
    write_basis(basis, page, &mut out);
    out
}
