//! A [`Document`] to its [`Labels`]: title, region, dates, issuer, status, number, kind, section
//! roles, each with the words that it was read from.
//!
//! In comes a document that is laid out; out go labels. What is stated beside the text wins over the
//! text. Does no I/O and knows no clock; the name of the file is never evidence.

mod beside;
mod conflicts;
mod dates;
mod issuer;
mod labels;
mod letterhead;
mod note;
mod number;
mod page;
mod region;
mod roles;
mod script;
mod selves;
mod status;
mod title;
mod votes;
mod year;

pub use beside::{Misstatement, STATED, state};
pub use labels::{Evidence, Label, Labels, Source};

use crate::document::Document;
use crate::lexicon::{Kind, Region, Role};
use crate::text::Date;
use page::Page;

/// Understands a document.
///
/// ```
/// use xianli::classify::classify;
/// use xianli::read::{Limits, read_bytes};
/// let text = "福田区某局2021年工作报告\n2021年，我局推行跨省通办。\n一、下一步计划\n再推秒批。\n";
/// let reading = read_bytes("a.txt", text.as_bytes(), &Limits::default())?;
/// let labels = classify(&reading.documents[0]);
/// let region = labels.region.expect("the title names a district");
/// assert_eq!(region.value, ["广东省", "深圳市", "福田区"]);
/// assert_eq!(labels.year.map(|year| year.value), Some(2021));
/// # Ok::<(), xianli::read::ReadError>(())
/// ```
pub fn classify(document: &Document) -> Labels {
    understand(document, None)
}

/// Understands a document as of a day: what takes effect later is pending, what has ended is
/// expired.
pub fn classify_as_of(document: &Document, day: Date) -> Labels {
    understand(document, Some(day))
}

/// What is found first, and what the rest is found by.
struct Found {
    title: Option<Label<String>>,
    kind: Option<Label<&'static Kind>>,
    published: Option<Label<Date>>,
    signed: Option<Label<Date>>,
    year: Option<Label<i32>>,
    issuer: Option<Label<String>>,
    number: Option<Label<String>>,
    origin: region::Origin,
}

impl Found {
    fn on(page: &Page<'_>) -> Self {
        let letterhead = letterhead::letterhead(page);
        let title = title::title(page, letterhead.as_ref());
        let kind = title::kind(page, title.as_ref());
        let of_kind = kind.as_ref().map(|kind| kind.value);
        let note = note::note(page);
        let published = dates::published(page);
        let signed = dates::signed(page, note.as_ref());
        let year = year::year(
            page,
            title.as_ref(),
            of_kind,
            signed.as_ref(),
            published.as_ref(),
        );
        let stated = issuer::given(page).or_else(|| match of_kind {
            Some(kind) if kind.name == title::WORK_REPORT => issuer::speaking(page),
            _ => {
                let under = letterhead.as_ref().and_then(|head| head.issuer(page));
                issuer::stated(page, title.as_ref(), note.as_ref(), under)
            }
        });
        let clues = region::Clues {
            title: title.as_ref(),
            issuer: stated.as_ref(),
            note: note.as_ref(),
            kind: of_kind,
            year: year.as_ref().map(|year| year.value),
        };
        let origin = region::origin(page, clues);
        let issuer = stated.or_else(|| assumed_issuer(page, of_kind, origin.region.as_ref()));
        Self {
            title,
            kind,
            published,
            signed,
            year,
            issuer,
            number: number::number(page, letterhead.as_ref(), note.as_ref()),
            origin,
        }
    }

    fn kind(&self) -> Option<&'static Kind> {
        self.kind.as_ref().map(|kind| kind.value)
    }

    fn year(&self) -> Option<i32> {
        self.year.as_ref().map(|year| year.value)
    }

    fn roles(&self, page: &Page<'_>) -> Vec<Option<Role>> {
        let frame = roles::Frame {
            kind: self.kind(),
            title: self.title.as_ref().map(|title| title.value.as_str()),
            year: self.year(),
        };
        roles::roles(page, frame)
    }

    fn conflicts(&self, page: &Page<'_>, roles: &[Option<Role>]) -> Vec<String> {
        let stated = conflicts::Stated {
            year: self.year.as_ref(),
            published: self.published.as_ref(),
            signed: self.signed.as_ref(),
            kind: self.kind(),
        };
        let mut conflicts = conflicts::conflicts(page, stated, roles);
        conflicts.extend(self.origin.conflicts.iter().cloned());
        conflicts
    }
}

fn understand(document: &Document, day: Option<Date>) -> Labels {
    let mut labels = labelled(document, day);
    if !document.beside.is_empty() {
        let alone = Document {
            beside: Vec::new(),
            ..document.clone()
        };
        beside::confirm(&mut labels, &labelled(&alone, day));
    }
    labels
}

fn labelled(document: &Document, day: Option<Date>) -> Labels {
    let page = &Page::new(document);
    let found = Found::on(page);
    let roles = found.roles(page);
    let conflicts = found.conflicts(page, &roles);
    let (kind, year) = (found.kind(), found.year());
    let effective = dates::effective(page);
    let status = status::status(page, effective.as_ref(), dates::ended(page).as_ref(), day);
    let latest = [&found.published, &found.signed]
        .into_iter()
        .flatten()
        .map(|date| date.value)
        .max();
    let region = found.origin.region.as_ref();
    let mut labels = Labels {
        title_derived: found.title.is_none(),
        title: found.title,
        issuer: found.issuer,
        region: region.map(|region| path(region, year)),
        region_code: region.map(|region| with(region, |region| region.code().to_owned())),
        level: level(region, found.origin.national),
        year: found.year,
        published: found.published.as_ref().map(iso),
        signed: found.signed.as_ref().map(iso),
        as_of: dates::as_of(page, latest).as_ref().map(iso),
        effective: effective.as_ref().map(iso),
        status,
        number: found.number,
        index_number: index_number(page),
        kind: found
            .kind
            .as_ref()
            .map(|kind| with(kind, |kind| kind.name.to_owned())),
        script: script::script(page),
        roles,
        conflicts,
    };
    if labels.title.is_none() {
        labels.title = title::derived(page, &labels, kind);
    }
    labels
}

/// The issuer that a kind of document has by law where none is named: a local regulation is passed
/// by the standing committee, a work report is the government's.
fn assumed_issuer(
    page: &Page<'_>,
    kind: Option<&'static Kind>,
    region: Option<&Label<Region>>,
) -> Option<Label<String>> {
    let organ = match kind.map(|kind| kind.name) {
        Some(title::WORK_REPORT) => "人民政府",
        Some("条例") => "人民代表大会常务委员会",
        _ => return issuer::mentioned(page),
    };
    let region = region?;
    Some(Label::guessed(
        format!("{}{organ}", region.value.name()),
        region.evidence.clone(),
    ))
}

fn level(region: Option<&Label<Region>>, national: Option<Label<String>>) -> Option<Label<String>> {
    national.or_else(|| Some(with(region?, |region| region.level().chinese().to_owned())))
}

fn path(region: &Label<Region>, year: Option<i32>) -> Label<Vec<String>> {
    let year = year.filter(|year| region.value.exists_in(*year));
    with(region, |region| {
        region
            .path_in(year)
            .into_iter()
            .map(str::to_owned)
            .collect()
    })
}

fn index_number(page: &Page<'_>) -> Option<Label<String>> {
    if let Some(given) = page.given(|given| given.index_number.as_deref()) {
        return Some(Label::given(given.words.to_owned(), given));
    }
    let fact = page.fact("index_number")?;
    Some(Label::found(
        fact.value.to_owned(),
        page.fact_evidence(fact),
    ))
}

fn iso(date: &Label<Date>) -> Label<String> {
    with(date, Date::to_string)
}

/// The same evidence for something that follows from the value.
fn with<T, U>(label: &Label<T>, value: impl Fn(&T) -> U) -> Label<U> {
    Label {
        value: value(&label.value),
        evidence: label.evidence.clone(),
        guess: label.guess,
    }
}
