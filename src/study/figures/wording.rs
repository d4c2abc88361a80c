//! The words of a name: a list cut into its items, the thing that a clause did something to.
//!
//! Comes in: the words around a quantity. Goes out: names, or parts of them. Knows no quantity.

use super::trim::{tail_of, without_lead};
use crate::lexicon::quantity_words;

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
    let length = last.chars().count();
    for item in items.iter_mut().rev().skip(1) {
        let own = item.chars().count();
        let stands_alone = quantity_words("suffix")
            .iter()
            .any(|word| item.ends_with(word));
        if own + 1 < length && own <= 6 && !stands_alone {
            item.extend(last.chars().skip(own));
        }
    }
    items
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
    let words = tail_of(right).rest;
    let clipped: String = words
        .trim_matches(['，', '、'])
        .chars()
        .take(LONGEST)
        .collect();
    clipped
        .trim_end_matches(['和', '及', '与', '、', '的'])
        .to_owned()
}
