//! The title, and the kind of document that it states.

use super::labels::{Evidence, Label, Labels, Source};
use super::letterhead::{Form, Letterhead};
use super::page::Page;
use crate::document::LineKind;
use crate::lexicon::Kind;
use crate::text::{fold, integer};

/// The title as the document states it. Under a letterhead, that of what it puts into force.
pub(super) fn title(page: &Page<'_>, letterhead: Option<&Letterhead>) -> Option<Label<String>> {
    if let Some(given) = page.given(|given| given.title.as_deref()) {
        return Some(Label::given(given.words.to_owned(), given));
    }
    let line = letterhead
        .and_then(|letterhead| title_under(page, letterhead))
        .or_else(|| title_lines(page, 0))
        .or_else(|| first_line_title(page));
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
    if let Some(given) = page.given(|given| given.kind.as_deref())
        && let Some(kind) = Kind::find(&fold(given.words))
    {
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
    let mut rest = without_article(folded.trim());
    loop {
        let bare = rest.trim_end_matches(|c: char| c.is_whitespace() || "》”\"」』*".contains(c));
        let Some(inner) = bare.strip_suffix([')', '）', ']', '】', '〕']) else {
            let last = Kind::of_title(bare);
            return report_before(bare, last).or(last);
        };
        rest = &inner[..inner.rfind(['(', '（', '[', '【', '〔'])?];
    }
}

/// The report that a title names before a plan: 2022年工作总结和2023年工作计划 is a 总结.
fn report_before(title: &str, last: Option<&'static Kind>) -> Option<&'static Kind> {
    last.filter(|kind| kind.group == "plan" && !title.contains("关于"))?;
    let joints = ["和", "及", "与", "暨", "、"];
    let ends = joints
        .iter()
        .flat_map(|joint| title.match_indices(joint).map(|(at, _)| at));
    ends.filter_map(|end| Kind::of_title(&title[..end]))
        .find(|kind| kind.group == "report")
}

/// A title without the number of the one article that a document holds: 刑法第十三条.
fn without_article(title: &str) -> &str {
    let Some((law, number)) = title
        .strip_suffix('条')
        .and_then(|rest| rest.rsplit_once('第'))
    else {
        return title;
    };
    let is_number = integer(number).is_some();
    if is_number { law } else { title }
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
    let weighed = SUBJECTS.map(|(subject, words)| (weight_of(page, subject), words));
    let best = weighed.iter().map(|(weight, _)| *weight).max().unwrap_or(0);
    let subject = weighed
        .iter()
        .find(|(weight, _)| *weight == best && best >= LEAST);
    let what = match (kind, subject) {
        (Some(kind), _) if kind.name == WORK_REPORT => kind.name.to_owned(),
        (Some(kind), Some((_, words))) if kind.group == "report" => format!("{words}年度报告"),
        (None, Some((_, words))) => format!("{words}年度报告"),
        (Some(kind), None) => kind.name.to_owned(),
        (Some(kind), Some(_)) => kind.name.to_owned(),
        (None, None) => "文件".to_owned(),
    };
    if who.is_none() {
        return subject_named(page).or_else(|| first_line(page));
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

/// What an untitled report is about, by the words of its opening and headings.
const SUBJECTS: [(&str, &str); 5] = [
    ("法治政府建设", "法治政府建设"),
    ("法治建设", "法治建设"),
    ("政府信息公开", "政府信息公开工作"),
    ("政务公开", "政务公开工作"),
    ("营商环境", "优化营商环境工作"),
];

/// The least weight of a subject that a title names.
const LEAST: usize = 6;

/// How much a text is about a subject: its opening and headings count most.
fn weight_of(page: &Page<'_>, subject: &str) -> usize {
    let mut openings = 0;
    page.body()
        .map(|(_, seen)| {
            let is_heading = seen.line.kind == LineKind::Heading;
            openings += usize::from(!is_heading);
            let weight = if is_heading || openings == 1 { 4 } else { 1 };
            weight * seen.folded.matches(subject).count()
        })
        .sum()
}

/// The name in 《》 that the text is about from the start, with the words behind it.
fn subject_named(page: &Page<'_>) -> Option<Label<String>> {
    page.body().take(4).find_map(|(place, seen)| {
        let text = &seen.line.text;
        let start = text.find('《')?;
        let closed = start + text[start..].find('》')? + '》'.len_utf8();
        let behind = text[closed..]
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(text.len() - closed);
        let end = if behind <= 24 {
            closed + behind
        } else {
            closed
        };
        let is_title = text[start..end].chars().count() <= 80;
        is_title.then(|| {
            Label::guessed(
                text[start..end].to_owned(),
                vec![page.evidence(Source::Derived, place, start..end)],
            )
        })
    })
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

/// The title behind a letterhead: the law that an order or an announcement names and puts into force,
/// or what minutes are about. `None` where the page has a title above its letterhead.
fn title_under(page: &Page<'_>, letterhead: &Letterhead) -> Option<Label<String>> {
    let has_title_above = page
        .of_kind(LineKind::Title)
        .take_while(|(place, _)| *place < letterhead.lines.start)
        .any(|(_, seen)| of_title(&seen.line.text).is_some_and(|kind| kind.name != "公报"));
    if has_title_above {
        return None;
    }
    let title = title_lines(page, letterhead.lines.end)?;
    let kind = of_title(&title.value)?;
    let line = title.evidence.first()?.line?;
    let mut between = page.lines[letterhead.lines.end..]
        .iter()
        .take_while(|seen| seen.line.number < line);
    let is_it = match letterhead.form {
        Form::Order | Form::Announcement => {
            let name = bare(&title.value);
            let is_law = kind.group == "law" || kind.name == "决定";
            is_law && between.any(|seen| bare(&seen.line.text).contains(&name))
        }
        Form::Minutes => {
            let is_text = |kind| matches!(kind, LineKind::Paragraph | LineKind::Heading);
            kind.name == "纪要" && !between.any(|seen| is_text(seen.line.kind))
        }
    };
    is_it.then_some(title)
}

/// The title lines from a place on, joined where a title was broken, and once where it stands twice.
fn title_lines(page: &Page<'_>, from: usize) -> Option<Label<String>> {
    let mut lines = page
        .of_kind(LineKind::Title)
        .skip_while(|(place, _)| *place < from);
    let (first, seen) = lines.next()?;
    let mut title = seen.line.text.trim().to_owned();
    let mut evidence = vec![page.line_evidence(Source::Title, first)];
    let mut last = first;
    for (place, seen) in lines {
        let more = seen.line.text.trim();
        let is_edition = more.starts_with(['（', '(']);
        let is_whole = of_title(&title).is_some() && !is_open(&title) && !is_edition;
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

/// The first line, where it ends in a kind of document, or did before the name of its site was hung
/// on: `某通知_某网站`.
fn first_line_title(page: &Page<'_>) -> Option<Label<String>> {
    let (place, seen) = page
        .lines
        .iter()
        .enumerate()
        .find(|(_, seen)| seen.line.kind != LineKind::Boilerplate)?;
    if seen.line.kind == LineKind::Heading || seen.line.kind == LineKind::Salutation {
        return None;
    }
    let text = seen.line.text.trim();
    let end = text.find(['_', '|']).unwrap_or(text.len());
    let title = text[..end].trim();
    let is_title = title.chars().count() <= 120
        && !title.contains(['。', '；', '：', ':'])
        && of_title(title).is_some();
    is_title.then(|| {
        Label::found(
            title.to_owned(),
            page.evidence(Source::Title, place, 0..end),
        )
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
    bare(one) == bare(other)
}

fn bare(title: &str) -> String {
    let marks = |c: &char| !c.is_whitespace() && !"《》〈〉（）()“”\"—-－–".contains(*c);
    fold(title).chars().filter(marks).collect()
}

/// The kind that the salutation, the headings or the closing speak for.
fn by_words(page: &Page<'_>) -> Option<Label<&'static Kind>> {
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
            let reports = ["报告如下", "汇报如下"]
                .iter()
                .any(|word| seen.folded.contains(word));
            reports.then_some((place, "报告"))
        })
    };
    let (place, name) = work_report(page)
        .map(|place| (place, WORK_REPORT))
        .or_else(closing)
        .or_else(announced)?;
    Some(Label::guessed(
        Kind::find(name)?,
        vec![page.line_evidence(Source::Body, place)],
    ))
}

/// Where a text says that it is a government's report to its congress: by whom it is given, or by a
/// year looked back on, one laid out, and what such a report ends in.
fn work_report(page: &Page<'_>) -> Option<usize> {
    let given = page.head().find(|(_, seen)| {
        let text = &seen.folded;
        let reports = ["报告工作", "报告政府工作", "工作报告"]
            .iter()
            .any(|word| text.contains(word));
        text.contains("我代表") && (text.contains("政府") && reports || text.contains("国务院"))
    });
    if let Some((place, _)) = given {
        return Some(place);
    }
    let heading = |words: &[&str]| {
        page.of_kind(LineKind::Heading)
            .find(|(_, seen)| words.iter().all(|word| seen.folded.contains(word)))
            .map(|(place, _)| place)
    };
    let ahead = heading(&["年", "工作安排"])
        .or_else(|| heading(&["年", "重点工作"]))
        .or_else(|| heading(&["年", "目标"]))?;
    let back = heading(&["年", "工作回顾"]);
    let addressed = page
        .lines
        .iter()
        .any(|seen| seen.folded.contains("各位代表"));
    let of_government = heading(&["政府", "建设"])
        .or_else(|| heading(&["政府", "形象"]))
        .is_some();
    (of_government && (back.is_some() || addressed)).then_some(ahead)
}
