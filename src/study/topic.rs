//! What was learned from a place, as the text names it.

use crate::lexicon::cues;

use super::near::starts_with;

/// How far behind the place what was learned may be named, in characters.
pub(super) const TOPIC_REACH: usize = 16;

/// What was learned: the words behind the place up to 经验, 做法 …, or up to the end of the clause.
pub(super) fn topic(behind: &str) -> Option<String> {
    let and_more = starts_with(behind, "and_others").unwrap_or("");
    let behind = behind[and_more.len()..].trim_start_matches(['的', '在', '市', '等', '地']);
    if behind.starts_with(['，', '。', '；']) {
        return None;
    }
    let near: String = behind.chars().take(TOPIC_REACH).collect();
    let end = cues("experience")
        .iter()
        .filter_map(|word| near.rfind(word).map(|at| at + word.len()))
        .max()
        .unwrap_or_else(|| near.find(['、', '，', '。']).unwrap_or(near.len()));
    let topic: String = near[..end]
        .chars()
        .filter(|c| !"“”‘’\"「」。，、 ".contains(*c))
        .collect();
    let says_more = !["先进", "先进经验", "先进做法", "先进理念", "地区"].contains(&&*topic);
    (topic.chars().count() >= 2 && says_more).then_some(topic)
}

/// A quoted name that the place is part of: “晋江经验”. `end` is where the place ends in the clause.
pub(super) fn named_after_place(clause: &str, end: usize) -> Option<String> {
    let open = clause[..end].rfind('“')? + '“'.len_utf8();
    let close = open + clause[open..].find('”')?;
    (close >= end).then(|| clause[open..close].to_owned())
}

/// A topic that says only 做法 or 改革措施, with the quoted name that stands shortly before: “独任审批师”.
pub(super) fn with_name(topic: String, before: &str) -> String {
    let bare = cues("experience")
        .iter()
        .fold(topic.clone(), |bare, word| bare.replace(word, ""));
    let near: String = {
        let skip = before.chars().count().saturating_sub(NAME_REACH);
        before.chars().skip(skip).collect()
    };
    let name = near.rfind('“').and_then(|open| {
        let inside = &near[open + '“'.len_utf8()..];
        inside.find('”').map(|close| &inside[..close])
    });
    match name {
        Some(name) if bare.chars().count() < 2 => format!("{name}{topic}"),
        _ => topic,
    }
}

/// How far before the word of learning the name of what was learned may stand, in characters.
const NAME_REACH: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_ends_with_its_word_of_experience_and_takes_a_name_that_stands_before() {
        assert_eq!(
            topic("的“千万工程”经验，推进").as_deref(),
            Some("千万工程经验")
        );
        assert_eq!(topic("。"), None);
        let clause = "“晋江经验”";
        let end = clause.find('经').expect("经 stands there");
        assert_eq!(named_after_place(clause, end).as_deref(), Some("晋江经验"));
        assert_eq!(named_after_place("浙江“千万工程”经验", "浙江".len()), None);
        let before = "完成“独任审批师”改革任务。";
        assert_eq!(with_name("改革措施".into(), before), "独任审批师改革措施");
        assert_eq!(with_name("民意速办做法".into(), before), "民意速办做法");
    }
}
