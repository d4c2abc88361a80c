//! What a quantity is the value of.
//!
//! Comes in: a clause, and what the clauses before it spoke of. Goes out: the names of each of its
//! quantities: one, or several where a value is shared (学习率、参考率、合格率均达100%). A name is the
//! words before the quantity freed of what only leads to it (截至目前, 累计, 达到), the thing counted
//! behind it (26项|清单), or both; a change without a subject (同比增长) takes the last one.

use super::clause::Clause;
use super::quantity::{Class, Quantity};
use super::thing::{is_bare_verb, measured_thing, same_level, without_generic, without_measure};
use super::trim::{
    Tail, counted_noun, ends_with_verb, starts_noun, tail_of, without_lead, without_verb,
};
use super::wording::{clipped, items, object_of, two_in_one, verb_of};
use crate::lexicon::quantity_words;

/// What the clauses before spoke of, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Topic {
    /// The subjects of the last group of quantities.
    pub(super) subjects: Vec<String>,
    /// The subjects of the group before that.
    pub(super) earlier: Vec<String>,
    /// The last rate of a change, named with it: 一般公共预算收入增长.
    rate: Option<String>,
    /// The words of the last clause without a quantity.
    pub(super) words: String,
    /// The verb that the last list began with, and the unit that it counted: 新增…10家、….
    verb: Option<(&'static str, Counted)>,
}

impl Topic {
    fn take(&mut self, subjects: &[String]) {
        if subjects.is_empty() || subjects.iter().all(String::is_empty) {
            return;
        }
        self.earlier = std::mem::replace(&mut self.subjects, subjects.to_vec());
    }

    fn last(&self) -> Option<&String> {
        self.subjects.last()
    }

    /// The last thing that something was done to.
    fn object(&self) -> String {
        let subjects = self.subjects.iter().chain(&self.earlier);
        let is_measured = |name: &str| {
            let mut suffixes = quantity_words("suffix").iter();
            suffixes.any(|word| name.ends_with(word))
        };
        subjects
            .filter(|subject| !is_measured(subject))
            .map(|subject| object_of(subject))
            .find(|object| object.chars().count() > 1)
            .unwrap_or_default()
    }

    /// The subject with the verb that its list began with: 新增上市企业5家、高新技术企业408家.
    fn with_verb(&mut self, subject: String, quantity: &Quantity, tail: &Tail) -> String {
        if let Some(verb) = verb_of(&subject) {
            let begins_lists = quantity_words("list_verb").contains(&verb);
            self.verb = begins_lists.then_some((verb, Counted::by(quantity)));
            return subject;
        }
        let is_verb = quantity_words("action").contains(&subject.as_str());
        let is_measured = quantity_words("suffix")
            .iter()
            .any(|word| subject.ends_with(word));
        match self.verb {
            Some((verb, counted))
                if counted.goes_on(verb, quantity)
                    && tail.change.is_none()
                    && !is_measured
                    && !is_verb =>
            {
                format!("{verb}{subject}")
            }
            _ => subject,
        }
    }
}

/// By what the first thing of a list was counted.
#[derive(Debug, Clone, Copy)]
struct Counted {
    unit: &'static str,
    class: Class,
}

impl Counted {
    fn by(quantity: &Quantity) -> Self {
        Self {
            unit: quantity.unit,
            class: quantity.class,
        }
    }

    /// Whether the verb of the list holds for a quantity too: for one of the same unit, and where the
    /// verb makes things (新增公园200处、绿道100公里) for whatever is counted or has an extent.
    fn goes_on(self, verb: &str, quantity: &Quantity) -> bool {
        let is_thing = |unit: &str, class| {
            class == Class::Counter
                || class == Class::Measure && quantity_words("extent").contains(&unit)
        };
        self.unit == quantity.unit
            || quantity_words("making_verb").contains(&verb)
                && is_thing(self.unit, self.class)
                && is_thing(quantity.unit, quantity.class)
    }
}

/// A run of quantities of a clause that share the words around them: 5.7%和8.5%, 31类150项.
struct Group {
    first: usize,
    last: usize,
    /// The words before the first.
    left: String,
    /// The words behind the last.
    right: String,
    /// Whether the values are a list (和, 、) and not two measures of one thing.
    is_list: bool,
}

/// The names of each quantity of a clause, in order.
pub(super) fn names(
    clause: &Clause,
    quantities: &[Quantity],
    topic: &mut Topic,
) -> Vec<Vec<String>> {
    let before_bracket = clause.behind.as_deref().unwrap_or_default();
    let mut names = vec![Vec::new(); clause.quantities.len()];
    if !clause.goes_on {
        topic.verb = None;
    }
    for group in groups(clause, quantities) {
        let quantity = &quantities[clause.quantities[group.last]];
        let count = group.last - group.first + 1;
        let found = group_names(&group, quantity, count, before_bracket, topic);
        for (at, found) in found.into_iter().enumerate() {
            names[group.first + at] = found;
        }
    }
    if clause.quantities.is_empty() {
        topic.words = clause.gaps.concat();
    }
    names
}

/// The groups of a clause. Words between two groups belong to the second where it has none of its
/// own kind before it, else they are parted at their last conjunction.
fn groups(clause: &Clause, quantities: &[Quantity]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut left = clause.gaps[0].clone();
    let mut at = 0;
    while at < clause.quantities.len() {
        let first = at;
        let mut is_list = false;
        while at + 1 < clause.quantities.len() && is_joint(&clause.gaps[at + 1]) {
            is_list |= !clause.gaps[at + 1].trim().is_empty();
            at += 1;
        }
        let gap = &clause.gaps[at + 1];
        let is_last = at + 1 == clause.quantities.len();
        let class = quantities[clause.quantities[at]].class;
        let (right, next_left) = match is_last {
            true => (gap.clone(), String::new()),
            false => parted(gap, &left, class),
        };
        groups.push(Group {
            first,
            last: at,
            left: std::mem::replace(&mut left, next_left),
            right,
            is_list,
        });
        at += 1;
    }
    groups
}

/// Whether words between two quantities only join them.
fn is_joint(gap: &str) -> bool {
    matches!(gap.trim(), "" | "和" | "、" | "及" | "与" | "以及")
}

/// The words between two quantities: what belongs to the first, and what to the second.
fn parted(gap: &str, left: &str, class: Class) -> (String, String) {
    let ended = ["、", "和", "及", "与", "以及"]
        .iter()
        .find_map(|word| gap.strip_suffix(word));
    if let Some(words) = ended {
        return (words.to_owned(), String::new());
    }
    let gap = ["以及", "和", "及", "与", "并"]
        .iter()
        .find_map(|word| gap.strip_prefix(word))
        .unwrap_or(gap);
    let conjunction = ["以及", "并", "和", "及", "与", "且", "或"]
        .iter()
        .filter_map(|word| gap.rfind(word).map(|at| (at, at + word.len())))
        .filter(|&(at, _)| at > 0)
        .max_by_key(|&(at, _)| at);
    let named = {
        let tail = tail_of(left);
        let words = without_lead(&tail.rest);
        !words.is_empty() && !ends_with_verb(&words)
    };
    if named && class != Class::Bare {
        // 中心城区103个城建项目完成投资255亿元
        let noun = counted_noun(gap);
        let counts = class == Class::Counter && noun.len() < gap.len() && verb_of(gap).is_none();
        let noun = if counts { noun } else { "" };
        return (noun.to_owned(), gap.to_owned());
    }
    if let Some((at, end)) = conjunction {
        return (gap[..at].to_owned(), gap[end..].to_owned());
    }
    match class {
        Class::Counter | Class::Bare => {
            let noun = counted_noun(gap).to_owned();
            // What is counted once is not counted again: 80个部门3279项业务.
            let left = if tail_of(gap).rest == noun {
                String::new()
            } else {
                gap.to_owned()
            };
            (noun, left)
        }
        _ => (String::new(), gap.to_owned()),
    }
}

/// The names of the quantities of a group.
fn group_names(
    group: &Group,
    quantity: &Quantity,
    count: usize,
    before_bracket: &str,
    topic: &mut Topic,
) -> Vec<Vec<String>> {
    let tail = tail_of(&group.left);
    let words = without_lead(&tail.rest);
    if let Some(list) = distributed(&tail, &words, group, quantity, topic) {
        return list;
    }
    let subject = subject(
        &words,
        &group.right,
        quantity.class,
        &tail,
        before_bracket,
        topic,
    );
    let subject = topic.with_verb(subject, quantity, &tail);
    let of_rate = topic
        .rate
        .take()
        .filter(|_| words.is_empty() && quantity.unit.ends_with("百分点"));
    let name = match (&tail.change, of_rate) {
        // 增长3.8%，较上年提高0.3个百分点: what rose is the rate.
        (Some(change), Some(rate)) => format!("{rate}{change}"),
        (Some(change), None) => format!("{subject}{change}"),
        (None, _) => subject.clone(),
    };
    topic.rate = (tail.change.is_some() && quantity.unit == "%").then(|| name.clone());
    topic.take(&[subject]);
    vec![vec![name]; count]
}

/// What one group speaks of.
fn subject(
    words: &str,
    right: &str,
    class: Class,
    tail: &Tail,
    before_bracket: &str,
    topic: &Topic,
) -> String {
    if let Some(thing) = measured_thing(words, right).filter(|_| tail.change.is_none()) {
        return format!("{thing}{words}");
    }
    let right = right.trim_start().trim_start_matches('的');
    let inherited = || {
        let last = topic.last().filter(|last| !last.is_empty());
        last.map_or_else(|| without_lead(&tail_of(&topic.words).rest), Clone::clone)
    };
    let counts = matches!(class, Class::Counter | Class::Bare);
    if words.is_empty() {
        if tail.change.is_none() && starts_noun(right) {
            return clipped(right);
        }
        return match before_bracket {
            "" if tail.change.is_none() => without_verb(&inherited()),
            "" => inherited(),
            words => {
                let last = words.rsplit(['占', '、']).next().unwrap_or(words);
                without_lead(&tail_of(last).rest)
            }
        };
    }
    let short = class == Class::Duration && right.chars().count() <= 6;
    if tail.change.is_none() && starts_noun(right) && (counts || short || ends_with_verb(words)) {
        return format!("{words}{}", clipped(right));
    }
    // 水质100%达标
    let fulfilled = quantity_words("fulfilled")
        .iter()
        .any(|verb| right.starts_with(verb));
    if class == Class::Measure && fulfilled && tail.change.is_none() {
        return format!("{words}{}", clipped(right));
    }
    if is_bare_verb(words) && tail.change.is_none() {
        return format!("{words}{}", topic.object());
    }
    if let Some(name) = same_level(words, topic.last()) {
        return name;
    }
    if quantity_words("measured_by").contains(&words) && topic.last().is_some() {
        return format!("{}{words}", without_measure(&inherited()));
    }
    let leans_back = words.starts_with('占')
        || quantity_words("generic").contains(&words)
        || words.starts_with("总") && words.chars().count() <= 3;
    if leans_back {
        let of = if before_bracket.is_empty() {
            inherited()
        } else {
            before_bracket.to_owned()
        };
        return format!("{}{words}", without_verb(without_generic(&of)));
    }
    words.to_owned()
}

/// The names of values that are given for several things at once; `None` where there is one thing.
fn distributed(
    tail: &Tail,
    words: &str,
    group: &Group,
    quantity: &Quantity,
    topic: &mut Topic,
) -> Option<Vec<Vec<String>>> {
    let count = group.last - group.first + 1;
    if !(tail.distributes || group.is_list && count > 1) {
        return None;
    }
    let mut subjects = if words.is_empty() {
        let wanted = if count > 1 { count } else { 2 };
        let mut known = topic.earlier.clone();
        known.extend(topic.subjects.iter().cloned());
        let recent = if topic.subjects.len() >= wanted {
            topic.subjects.clone()
        } else {
            known
        };
        recent[recent.len().saturating_sub(wanted)..].to_vec()
    } else {
        items(words)
    };
    if subjects.len() == 1 && count == 2 && tail.distributes {
        subjects = two_in_one(&subjects[0]).unwrap_or(subjects);
    }
    if subjects.len() < 2 || count > 1 && subjects.len() != count {
        return None;
    }
    if words.is_empty() {
        subjects.dedup();
    }
    let change = tail.change.as_deref().unwrap_or_default();
    let subjects: Vec<String> = subjects
        .into_iter()
        .map(|subject| topic.with_verb(subject, quantity, tail))
        .collect();
    let named: Vec<String> = subjects
        .iter()
        .map(|subject| match quantity_words("rate_of_change") {
            // 物流成本降幅、通关效率提速
            own if own.iter().any(|word| subject.ends_with(word)) => subject.clone(),
            _ => format!("{subject}{change}"),
        })
        .collect();
    topic.take(&subjects);
    Some(match count {
        1 => vec![named],
        _ => named.into_iter().map(|name| vec![name]).collect(),
    })
}
