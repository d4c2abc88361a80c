//! The words of a name: a list cut into its items, the thing that a clause did something to.
//!
//! Comes in: the words around a quantity. Goes out: names, or parts of them. Knows no quantity.

use super::trim::{tail_of, without_lead};
use crate::lexicon::quantity_words;

/// Two things that a text takes as one word: 城乡低保标准分别提高8%、15%.
pub(super) fn two_in_one(words: &str) -> Option<Vec<String>> {
    const PAIRS: [(&str, [&str; 2]); 4] = [
        ("城乡", ["城镇", "农村"]),
        ("存贷款", ["存款", "贷款"]),
        ("进出口", ["进口", "出口"]),
        ("中小学", ["中学", "小学"]),
    ];
    let (both, parts) = PAIRS.iter().find(|(both, _)| words.contains(both))?;
    Some(parts.map(|part| words.replacen(both, part, 1)).to_vec())
}

/// The items of a list, with what the last one has in common with those that are too short to stand
/// alone: 城镇、农村居民人均可支配收入.
pub(super) fn items(words: &str) -> Vec<String> {
    let words = words.strip_suffix('等').unwrap_or(words);
    let mut items: Vec<String> = words
        .split(['、', '和', '及', '与'])
        .map(|item| without_lead(item.trim()))
        .filter(|item| !item.is_empty())
        .collect();
    let Some(last) = items.last().cloned() else {
        return items;
    };
    if let Some(verb) = verb_of(&items[0]).filter(|verb| quantity_words("list_verb").contains(verb))
    {
        for item in items
            .iter_mut()
            .skip(1)
            .filter(|item| verb_of(item).is_none())
        {
            item.insert_str(0, verb);
        }
        return items;
    }
    share_the_thing(&mut items);
    let length = last.chars().count();
    let end: String = last.chars().skip(length.saturating_sub(2)).collect();
    for item in items.iter_mut().rev().skip(1) {
        let own = item.chars().count();
        let stands_alone = quantity_words("suffix")
            .iter()
            .any(|word| item.ends_with(word))
            || item.ends_with(&end);
        if own + 1 < length && own <= 6 && !stands_alone {
            item.extend(last.chars().skip(own));
        }
    }
    items
}

/// 粮食播种面积与产量: what is measured is said once.
fn share_the_thing(items: &mut [String]) {
    let measures = quantity_words("measured_by");
    let Some((first, others)) = items.split_first_mut() else {
        return;
    };
    let thing = measures
        .iter()
        .find_map(|measure| first.strip_suffix(measure))
        .filter(|thing| !thing.is_empty());
    if let Some(thing) = thing {
        let bare = |item: &&mut String| measures.contains(&item.as_str());
        others
            .iter_mut()
            .filter(bare)
            .for_each(|item| item.insert_str(0, thing));
    }
}

/// The verb that a name begins with.
pub(super) fn verb_of(name: &str) -> Option<&'static str> {
    let verbs = quantity_words("action").iter().copied();
    verbs
        .into_iter()
        .find(|verb| name.starts_with(verb) && name.len() > verb.len())
}

/// The thing that the last clause did something to: 工单 of 12345热线生成工单.
pub(super) fn object_of(subject: &str) -> String {
    let verbs = quantity_words("action");
    let behind = verbs
        .iter()
        .filter_map(|verb| Some(subject.find(verb)? + verb.len()))
        .max();
    match behind {
        Some(end) if end < subject.len() => subject[end..].to_owned(),
        Some(_) => {
            let verb = verbs.iter().find(|verb| subject.ends_with(**verb));
            verb.map_or("", |verb| &subject[..subject.len() - verb.len()])
                .to_owned()
        }
        None => subject.to_owned(),
    }
}

/// The thing counted, cut where it grows too long to be a name.
pub(super) fn clipped(right: &str) -> String {
    const LONGEST: usize = 24;
    let tail = tail_of(right);
    // Behind the number a change is part of the thing: 203个村庄完成规划质量提升.
    let words = if tail.change.is_some() {
        right
    } else {
        &tail.rest
    };
    let words = words.trim_matches(['，', '、']);
    let mut clipped: String = words.chars().take(LONGEST).collect();
    if clipped.len() < words.len()
        && let Some(at) = clipped.rfind('、')
    {
        clipped.truncate(at);
    }
    clipped
        .trim_end_matches(['和', '及', '与', '、', '的'])
        .to_owned()
}
