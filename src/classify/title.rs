//! The title, and the kind of document that it states.

use super::labels::{Evidence, Label, Labels, Source};
use super::page::Page;
use crate::document::LineKind;
use crate::lexicon::Kind;
use crate::text::fold;

/// The title as the document states it.
pub(super) fn title(page: &Page<'_>) -> Option<Label<String>> {
    let given = page.document.given.title.as_deref().map(str::trim);
    if let Some(given) = given.filter(|given| !given.is_empty()) {
        return Some(Label::given(given.to_owned(), Some(given)));
    }
    let line = title_lines(page);
    let fact = page.fact("title");
    match (line, fact) {
        (Some(line), Some(fact)) if same(&line.value, fact.value) => Some(line),
        (_, Some(fact)) => Some(Label::found(
            fact.value.to_owned(),
            page.fact_evidence(fact),
        )),
        (line, None) => line,
    }
}

/// The kind of a document with this title; without one, what its salutation and closing say.
pub(super) fn kind(page: &Page<'_>, title: Option<&Label<String>>) -> Option<Label<&'static Kind>> {
    let given = page.document.given.kind.as_deref();
    if let Some(kind) = given.and_then(|given| Kind::find(&fold(given))) {
        return Some(Label::given(kind, given));
    }
    if let Some(title) = title
        && let Some(kind) = of_title(&title.value)
    {
        return Some(Label {
            value: kind,
            evidence: title.evidence.clone(),
            guess: false,
        });
    }
    by_words(page)
}

/// The kind that a title ends in, brackets and quotation marks behind it aside.
pub(super) fn of_title(title: &str) -> Option<&'static Kind> {
    let folded = fold(title);
    let mut rest = folded.trim();
    loop {
        let bare = rest.trim_end_matches(|c: char| c.is_whitespace() || "》”\"」』*".contains(c));
        let Some(inner) = bare.strip_suffix([')', '）', ']', '】', '〕']) else {
            return Kind::of_title(bare);
        };
        rest = &inner[..inner.rfind(['(', '（', '[', '【', '〔'])?];
    }
}

/// A title for a document without one: region or issuer, year, subject and kind.
pub(super) fn derived(
    page: &Page<'_>,
    labels: &Labels,
    kind: Option<&'static Kind>,
) -> Option<Label<String>> {
    let who = match (&labels.issuer, &labels.region) {
        (Some(issuer), _) if kind.is_none_or(|kind| kind.name != WORK_REPORT) => {
            Some(issuer.value.clone())
        }
        (_, Some(region)) => region.value.last().cloned(),
        (Some(issuer), None) => Some(issuer.value.clone()),
        (None, None) => None,
    };
    let when = labels.year.as_ref().map(|year| format!("{}年", year.value));
    let subject = SUBJECTS
        .iter()
        .find(|(subject, _)| speaks_of(page, subject));
    let what = match (kind, subject) {
        (Some(kind), _) if kind.name == WORK_REPORT => kind.name.to_owned(),
        (Some(kind), Some((_, words))) if kind.group == "report" => format!("{words}年度报告"),
        (None, Some((_, words))) => format!("{words}年度报告"),
        (Some(kind), None) => kind.name.to_owned(),
        (Some(kind), Some(_)) => kind.name.to_owned(),
        (None, None) => "文件".to_owned(),
    };
    if who.is_none() && when.is_none() {
        return first_line(page);
    }
    let parts = [
        labels.issuer.as_ref().map(|issuer| &issuer.evidence),
        labels.region.as_ref().map(|region| &region.evidence),
        labels.year.as_ref().map(|year| &year.evidence),
    ];
    let quotes = parts
        .into_iter()
        .flatten()
        .filter_map(|evidence| evidence.first());
    let evidence = quotes
        .map(|quote| Evidence {
            source: Source::Derived,
            ..quote.clone()
        })
        .collect();
    let title = [who, when].into_iter().flatten().collect::<String>() + &what;
    Some(Label::guessed(title, evidence))
}

/// The kind whose reports are given in a year for the year before.
pub(super) const WORK_REPORT: &str = "政府工作报告";

/// What an untitled report is about, by words that stand in it several times.
const SUBJECTS: [(&str, &str); 4] = [
    ("法治政府建设", "法治政府建设"),
    ("政府信息公开", "政府信息公开工作"),
    ("政务公开", "政务公开工作"),
    ("营商环境", "优化营商环境工作"),
];

fn speaks_of(page: &Page<'_>, subject: &str) -> bool {
    let in_body: usize = page
        .body()
        .map(|(_, seen)| seen.folded.matches(subject).count())
        .sum();
    in_body >= 3
}

/// Nothing is known to make a title of: the beginning of the text has to do.
fn first_line(page: &Page<'_>) -> Option<Label<String>> {
    let (place, seen) = page.body().next()?;
    let text = seen.line.text.trim();
    let end = text
        .find(['。', '，', ',', '；', '：', ':'])
        .unwrap_or(text.len());
    let short: String = text[..end].chars().take(30).collect();
    (!short.is_empty())
        .then(|| Label::guessed(short, vec![page.line_evidence(Source::Derived, place)]))
}

/// The title lines, joined where a title was broken, and once where it stands twice.
fn title_lines(page: &Page<'_>) -> Option<Label<String>> {
    let mut lines = page.of_kind(LineKind::Title);
    let (first, seen) = lines.next()?;
    let mut title = seen.line.text.trim().to_owned();
    let mut evidence = vec![page.line_evidence(Source::Title, first)];
    let mut last = first;
    for (place, seen) in lines {
        let more = seen.line.text.trim();
        let is_whole = of_title(&title).is_some() && !is_open(&title);
        if place != last + 1 || is_whole || same(&title, more) {
            break;
        }
        title.push_str(more);
        evidence.push(page.line_evidence(Source::Title, place));
        last = place;
    }
    Some(Label {
        value: title,
        evidence,
        guess: false,
    })
}

/// Whether a 《 or a bracket is not closed yet.
fn is_open(title: &str) -> bool {
    [('《', '》'), ('（', '）'), ('(', ')'), ('“', '”')]
        .iter()
        .any(|(open, close)| title.matches(*open).count() > title.matches(*close).count())
}

/// Whether two titles are one, white space and width aside.
fn same(one: &str, other: &str) -> bool {
    let bare = |title: &str| -> Vec<char> {
        let marks = |c: &char| !c.is_whitespace() && !"《》〈〉（）()“”\"—-－–".contains(*c);
        fold(title).chars().filter(marks).collect()
    };
    bare(one) == bare(other)
}

fn by_words(page: &Page<'_>) -> Option<Label<&'static Kind>> {
    let mut speech = None;
    for (place, seen) in page.head() {
        let text = &seen.folded;
        let reports =
            text.contains("报告工作") || text.contains("报告政府工作") || text.contains("工作报告");
        if text.contains("代表") && text.contains("政府") && reports || text.contains("代表国务院")
        {
            speech = Some((place, WORK_REPORT));
        }
    }
    let closing = || {
        page.lines
            .iter()
            .enumerate()
            .rev()
            .take(12)
            .find_map(|(place, seen)| {
                let word = seen
                    .folded
                    .trim()
                    .trim_end_matches(['。', '.', '！'])
                    .strip_prefix("特此")?;
                Some((place, Kind::find(word)?.name))
            })
    };
    let announced = || {
        page.body().take(8).find_map(|(place, seen)| {
            (seen.folded.contains("报告如下") || seen.folded.contains("汇报如下"))
                .then_some((place, "报告"))
        })
    };
    let (place, name) = speech.or_else(closing).or_else(announced)?;
    let kind = Kind::find(name)?;
    Some(Label::guessed(
        kind,
        vec![page.line_evidence(Source::Body, place)],
    ))
}
