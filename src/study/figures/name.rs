//! What a quantity is the value of.
//!
//! Comes in: a clause, and what the clauses before it spoke of. Goes out: the names of each of its
//! quantities: one, or several where a value is shared (学习率、参考率、合格率均达100%). A name is the
//! words before the quantity freed of what only leads to it (截至目前, 累计, 达到), the thing counted
//! behind it (26项|清单), or both; a change without a subject (同比增长) takes the last one.

use super::clause::Clause;
use super::quantity::{Class, Quantity};
use super::trim::{
    Tail, counted_noun, ends_with_verb, starts_noun, tail_of, without_lead, without_verb,
};
use super::wording::{clipped, items, object_of, verb_of};
use crate::lexicon::quantity_words;

/// What the clauses before spoke of, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Topic {
    /// The subjects of the last group of quantities.
    pub(super) subjects: Vec<String>,
    /// The subjects of the group before that.
    pub(super) earlier: Vec<String>,
    /// The words of the last clause without a quantity.
    pub(super) words: String,
    /// The verb that the last list began with, and the unit that it counted: 新增…10家、….
    verb: Option<(&'static str, &'static str)>,
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
            self.verb = begins_lists.then_some((verb, quantity.unit));
            return subject;
        }
        let is_measured = quantity_words("suffix")
            .iter()
            .any(|word| subject.ends_with(word));
        match self.verb {
            Some((verb, unit))
                if unit == quantity.unit && tail.change.is_none() && !is_measured =>
            {
                format!("{verb}{subject}")
            }
            _ => subject,
        }
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
        return (String::new(), gap.to_owned());
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
    if let Some(list) = distributed(&tail, &words, count, group.is_list, topic) {
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
    let name = match &tail.change {
        Some(change) => format!("{subject}{change}"),
        None => subject.clone(),
    };
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
    if quantity_words("bare_verb").contains(&words) && tail.change.is_none() {
        return format!("{words}{}", topic.object());
    }
    if let Some(name) = same_level(words, topic) {
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
        return format!("{}{words}", without_verb(&of));
    }
    words.to_owned()
}

/// 省级 behind 国家级科技企业孵化器: the thing of another level.
fn same_level(words: &str, topic: &Topic) -> Option<String> {
    let levels = quantity_words("level");
    let last = topic.last().filter(|_| levels.contains(&words))?;
    let thing = levels
        .iter()
        .find_map(|level| Some(last.split_once(*level)?.1));
    let thing = thing.map_or_else(|| without_verb(last), str::to_owned);
    Some(format!("{words}{thing}"))
}

/// A thing without what was measured of it before: 粮食播种面积.
fn without_measure(subject: &str) -> String {
    let thing = without_verb(subject);
    let measure = quantity_words("measured_by")
        .iter()
        .find(|word| thing.ends_with(**word));
    measure.map_or(thing.clone(), |word| {
        thing[..thing.len() - word.len()].to_owned()
    })
}

/// The names of values that are given for several things at once; `None` where there is one thing.
fn distributed(
    tail: &Tail,
    words: &str,
    count: usize,
    is_list: bool,
    topic: &mut Topic,
) -> Option<Vec<Vec<String>>> {
    if !(tail.distributes || is_list && count > 1) {
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
    if subjects.len() < 2 || count > 1 && subjects.len() != count {
        return None;
    }
    if words.is_empty() {
        subjects.dedup();
    }
    let change = tail.change.as_deref().unwrap_or_default();
    let named: Vec<String> = subjects
        .iter()
        .map(|subject| format!("{subject}{change}"))
        .collect();
    topic.take(&subjects);
    Some(match count {
        1 => vec![named],
        _ => named.into_iter().map(|name| vec![name]).collect(),
    })
}
