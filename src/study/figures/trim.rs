//! Names freed of the words that only lead to them, by the lists of `quantities.tsv`.

use crate::lexicon::quantity_words;

/// What stands before a quantity, with what leads to the value taken off its end.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tail {
    /// The words that are left.
    pub(super) rest: String,
    /// The change that the value measures, with what it is compared with: 同比增长.
    pub(super) change: Option<String>,
    /// Whether the value is said of each of several things: 均, 分别.
    pub(super) distributes: bool,
}

/// Takes the words that lead to a value off the end of a text: 达到, 均为, 同比增长.
pub(super) fn tail_of(text: &str) -> Tail {
    let mut tail = Tail {
        rest: tidy(text).to_owned(),
        ..Tail::default()
    };
    loop {
        let before = tail.rest.len();
        tail.take_links();
        tail.take_change();
        if tail.rest.len() == before {
            return tail;
        }
    }
}

impl Tail {
    fn take_links(&mut self) {
        for kind in ["distributive", "link"] {
            while let Some(word) = longest_end(&self.rest, kind) {
                // 储能 does not end with 能, and 提升至 says that the value is not how much it rose.
                let is_other = |kind| {
                    longest_end(&self.rest, kind).is_some_and(|other| other.len() > word.len())
                };
                if is_other("not_link") || is_other("change") {
                    break;
                }
                // A word that is all there is is the name.
                self.distributes |= quantity_words("distributive").contains(&word);
                self.cut(word);
            }
        }
    }

    fn take_change(&mut self) {
        let mut change = String::new();
        let kind = if self.change.is_some() {
            "comparator"
        } else {
            "change"
        };
        let is_other = longest_end(&self.rest, "not_change").is_some();
        if let Some(word) = longest_end(&self.rest, kind).filter(|_| !is_other) {
            change.insert_str(0, word);
            self.cut(word);
            while let Some(word) = longest_end(&self.rest, "comparator") {
                change.insert_str(0, word);
                self.cut(word);
            }
            if let Some(year) = compared_year(&self.rest) {
                change.insert_str(0, &self.rest[year..]);
                self.rest.truncate(year);
            }
        }
        if let Some(level) = change.strip_suffix('到') {
            change = format!("{level}至");
        }
        if !change.is_empty() {
            let known = self.change.take().unwrap_or_default();
            self.change = Some(change + &known);
        }
    }

    fn cut(&mut self, word: &str) {
        self.rest.truncate(self.rest.len() - word.len());
        self.rest.truncate(tidy_end(&self.rest).len());
    }
}

/// `比2019年`, `较2020年` at the end: where it begins.
fn compared_year(text: &str) -> Option<usize> {
    let year = text.strip_suffix('年')?;
    let digits = year.trim_end_matches(|c: char| c.is_ascii_digit());
    let start = digits.strip_suffix(['比', '较'])?.len();
    (year.len() - digits.len() == 4).then_some(start)
}

/// The longest word of a kind that a text ends with.
fn longest_end(text: &str, kind: &str) -> Option<&'static str> {
    quantity_words(kind)
        .iter()
        .copied()
        .find(|word| text.ends_with(word))
}

/// The text without the words that lead a name in: 截至目前, 其中, 全市, 累计.
pub(super) fn without_lead(text: &str) -> String {
    let mut rest = tidy(text);
    loop {
        let before = rest.len();
        rest = without_point(rest);
        let next = quantity_words("lead").iter().find(|word| {
            rest.starts_with(**word)
                && !quantity_words("not_lead")
                    .iter()
                    .any(|other| rest.starts_with(other))
        });
        if let Some(word) = next {
            rest = tidy(&rest[word.len()..]);
        }
        rest = tidy(without_time(rest));
        if rest.len() == before {
            return rest.to_owned();
        }
    }
}

/// Without 一是, 二是 … and numbers of points.
fn without_point(text: &str) -> &str {
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(numeral);
    match rest.strip_prefix("是") {
        Some(rest) if text.len() > rest.len() + "是".len() => rest,
        _ => text,
    }
}

/// Without a year, a month or a span of time at the start: 2021年, 1—10月, 2023年以来.
fn without_time(text: &str) -> &str {
    let date = ["到", "至", "自"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let rest = date.trim_start_matches(|c: char| c.is_ascii_digit() || "-—－至 .".contains(c));
    if rest.len() == date.len() {
        return text;
    }
    for unit in ["年", "月", "日"] {
        if let Some(rest) = rest.strip_prefix(unit) {
            let rest = ["底", "末", "以来", "初", "度", "份", "上半年", "间", "起"]
                .iter()
                .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
            return rest;
        }
    }
    text
}

/// The text without the verb that it begins with: 新增国家高新技术企业.
pub(super) fn without_verb(text: &str) -> String {
    let verb = quantity_words("action")
        .iter()
        .find(|word| text.starts_with(**word) && text.len() > word.len());
    let rest = verb.map_or(text, |word| &text[word.len()..]);
    match rest.strip_prefix(['和', '与', '、', '并']) {
        // 培育和引进企业
        Some(more) if verb.is_some() => without_verb(more),
        _ => rest.to_owned(),
    }
}

/// Whether words end with a verb that wants an object: 建成, 共抽查, 涉及.
pub(super) fn ends_with_verb(text: &str) -> bool {
    let last = tidy_end(text).trim_end_matches(['的', '了', '等']);
    last.is_empty()
        || text.ends_with(['等', '的', '”'])
        || quantity_words("action")
            .iter()
            .any(|word| last.ends_with(word))
}

/// Whether a text goes on with the name of a thing.
pub(super) fn starts_noun(text: &str) -> bool {
    let stops = [
        "以上",
        "以内",
        "以下",
        "以来",
        "至",
        "到",
        "达",
        "，",
        "的",
        "、",
        "。",
        "；",
        "左右",
        "时",
        "后",
        "是",
        "为",
        "之",
        "，其中",
        "起",
    ];
    text.chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || "“《".contains(c))
        && !stops.iter().any(|stop| text.starts_with(stop))
}

/// The shortest start of a text that is a thing commonly counted, else all of it up to an adverb.
pub(super) fn counted_noun(text: &str) -> &str {
    let adverb = ["共", "已", "均", "累计", "分别", "全部", "都"]
        .iter()
        .filter_map(|word| text.find(word).filter(|&at| at > 0))
        .min();
    let text = &text[..adverb.unwrap_or(text.len())];
    let nouns = quantity_words("counted");
    let ends = nouns
        .iter()
        .filter_map(|noun| Some(text.find(noun)? + noun.len()));
    let Some(mut end) = ends.min() else {
        return text;
    };
    // 服务|事项: a compound goes on.
    while let Some(noun) = nouns.iter().find(|noun| text[end..].starts_with(**noun)) {
        end += noun.len();
    }
    text[..end].trim_end_matches(['和', '、', '及', '与'])
}

/// A name as it is shown: no mark without its counterpart, no 共 or 已 before a verb.
pub(super) fn shown(name: &str) -> String {
    let mut shown = tidy(name).trim_end_matches('等').to_owned();
    for (open, close) in [('“', '”'), ('‘', '’'), ('《', '》'), ('「', '」')] {
        if shown.matches(open).count() != shown.matches(close).count() {
            shown.retain(|c| c != open && c != close);
        }
    }
    for word in ["共计", "共", "已"] {
        let places: Vec<usize> = shown.match_indices(word).map(|(at, _)| at).collect();
        for at in places.into_iter().rev() {
            let after = &shown[at + word.len()..];
            let is_other = quantity_words("not_lead")
                .iter()
                .any(|other| shown[at..].starts_with(other));
            if at > 0
                && !is_other
                && quantity_words("action")
                    .iter()
                    .any(|verb| after.starts_with(verb))
            {
                shown.replace_range(at..at + word.len(), "");
            }
        }
    }
    shown = without_streak(&shown.replace("分别", ""));
    shown.retain(|c| !c.is_whitespace());
    shown
}

/// Without 连续两年, which tells of other years too.
fn without_streak(name: &str) -> String {
    let Some((before, rest)) = name.split_once("连续") else {
        return name.to_owned();
    };
    let number = |c: char| c.is_ascii_digit() || "一二两三四五六七八九十多个".contains(c);
    let unit = rest.trim_start_matches(number);
    match unit.strip_prefix(['年', '月']) {
        Some(after) if unit.len() < rest.len() => format!("{before}{after}"),
        _ => name.to_owned(),
    }
}

fn tidy(text: &str) -> &str {
    tidy_end(text).trim_start_matches(|c: char| c.is_whitespace() || "”’」》)）、，的".contains(c))
}

fn tidy_end(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || "“‘「《(（、，".contains(c))
}
