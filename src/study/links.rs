//! Who learned from whom, as the texts say it.
//!
//! Comes in: paragraphs with a word of learning or helping (借鉴, 学习, 对标, 对口帮扶 …). Goes out: directed
//! and dated [`Link`]s with their quote. A word of learning is no link without a place behind it
//! that is not the author's own; studying a speech is no learning from a place.

use std::ops::Range;

use serde::Serialize;

use crate::lexicon::{Region, cues};
use crate::search::Hit;
use crate::text::fold;

use super::dates::DateKind;
use super::evidence::{Source, dates_of, setting_of};
use super::help::helped;
use super::places::{Places, choose, list_at};
use super::stance::{Stance, judge};
use super::surroundings::quote_of;
use super::topic::{TOPIC_REACH, named_after_place, topic, with_name};

/// One place learned from another, or was helped by it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// Where it came from, full names from the province down; what was written, where that can
    /// mean several places.
    pub from: Vec<String>,
    /// The division code of `from`; `None` where it can mean several places.
    pub from_code: Option<String>,
    /// Who learned or was helped: the region of the document, or the one that it names.
    pub to: Vec<String>,
    /// The division code of `to`.
    pub to_code: Option<String>,
    /// The word that says so: 借鉴, 对口帮扶.
    pub cue: String,
    /// Whether it is learning or help.
    pub kind: LinkKind,
    /// What was learned, as the text names it.
    pub topic: Option<String>,
    /// Whether it was done or is planned.
    pub stance: Stance,
    /// Why it is read so.
    pub reason: String,
    /// The year of the document.
    pub year: Option<i32>,
    /// The kind of date that `year` was taken from.
    pub dated_by: Option<DateKind>,
    /// The sentence, as written.
    pub quote: String,
    /// The paragraph.
    pub id: String,
    /// The document.
    pub document: Source,
}

/// What a link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// `to` learned from `from`.
    Learning,
    /// `from` helped `to` under a programme of pairing.
    Help,
    /// The two were paired; the text does not say who helped whom.
    Pairing,
}

impl LinkKind {
    /// The name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Learning => "learning",
            Self::Help => "help",
            Self::Pairing => "pairing",
        }
    }
}

/// How far a place may stand behind the word of learning, in characters.
const REACH: usize = 8;

/// The links that paragraphs state, in the order of the paragraphs.
pub fn links(hits: &[Hit]) -> Vec<Link> {
    hits.iter()
        .filter(|hit| !hit.document.region.is_empty())
        .flat_map(of_hit)
        .collect()
}

/// The words by which the paragraphs are found.
pub fn link_cues() -> impl Iterator<Item = &'static str> {
    cues("learn").iter().chain(cues("help")).copied()
}

fn of_hit(hit: &Hit) -> Vec<Link> {
    let folded = fold(&hit.text);
    let mut found: Vec<Link> = Vec::new();
    for cue in cue_places(&folded, "learn") {
        found.extend(learned(hit, &folded, &cue));
    }
    for cue in cue_places(&folded, "help") {
        found.extend(helped(hit, &folded, &cue));
    }
    let mut kept: Vec<Link> = Vec::new();
    for link in found {
        let known = |other: &Link| {
            (&other.from, &other.to, &other.quote) == (&link.from, &link.to, &link.quote)
        };
        if !kept.iter().any(known) {
            kept.push(link);
        }
    }
    kept
}

/// Where cue words stand, in order and disjoint; of two at one place the longer.
fn cue_places(text: &str, kind: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let here = cues(kind)
            .iter()
            .filter(|word| text[at..].starts_with(**word))
            .max_by_key(|word| word.len());
        match here {
            Some(word) => {
                found.push(at..at + word.len());
                at += word.len();
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// 借鉴…PLACE…经验: one link for each place of a list.
fn learned(hit: &Hit, text: &str, cue: &Range<usize>) -> Vec<Link> {
    let word = &text[cue.clone()];
    let clause = clause_behind(text, cue.end);
    let before = clause_before(text, cue.start);
    let visited = ["考察", "取经", "学习考察", "考察学习", "看齐"].contains(&word);
    let year = hit.document.year;
    let reach = if ["推广", "运用", "参考"].contains(&word) {
        0
    } else {
        REACH
    };
    let (places, end) = match places_within(clause, reach, year) {
        Some(found) => found,
        None if visited || word == "学习" => {
            let Some(start) = ["赴", "到", "前往", "向"]
                .iter()
                .filter_map(|to| before.rfind(to).map(|at| at + to.len()))
                .max()
            else {
                return Vec::new();
            };
            match places_within(&before[start..], 1, year) {
                Some((places, _)) => (places, 0),
                None => return Vec::new(),
            }
        }
        None => return Vec::new(),
    };
    let behind: String = clause[end..].chars().take(TOPIC_REACH).collect();
    if !is_learning(word, &clause[..end], &behind, visited) {
        return Vec::new();
    }
    let topic = named_after_place(clause, end)
        .or_else(|| Some(with_name(topic(&clause[end..])?, &text[..cue.start])));
    places
        .into_iter()
        .filter_map(|(name, regions)| {
            let from = choose(&regions, &hit.document.region);
            if from.is_some_and(|region| is_own(region, &hit.document.region)) {
                return None;
            }
            Some(link(
                hit,
                LinkKind::Learning,
                cue,
                from.ok_or(name),
                own(hit),
                topic.clone(),
            ))
        })
        .collect()
}

/// Whether the clause means learning from a place, not studying a text.
fn is_learning(word: &str, up_to_place: &str, behind: &str, visited: bool) -> bool {
    let says = |kind: &str, text: &str| cues(kind).iter().any(|word| text.contains(word));
    if says("not_learning", up_to_place) || up_to_place.contains(['《', '〈', '<']) {
        return false;
    }
    let near: String = behind.chars().take(8).collect();
    if visited {
        return !near.contains("调研");
    }
    match word {
        "学习" | "参照" => {
            says("experience", behind) && !says("not_learning", behind)
                || near.starts_with(['“', '「', '"'])
                || says("reform", &near)
        }
        "复制推广" | "推广" | "运用" | "参考" => says("experience", behind),
        _ => !says("not_learning", &near),
    }
}

/// A link of a hit, with the stance of its cue, its date and its quote.
pub(super) fn link(
    hit: &Hit,
    kind: LinkKind,
    cue: &Range<usize>,
    from: Result<Region, String>,
    to: Option<Region>,
    topic: Option<String>,
) -> Link {
    let mut judged = judge(&hit.text, cue.clone(), &setting_of(hit));
    // In an introduction, too, help that is named is help that is given: 在广东省对口援藏工作队支持下.
    let introduces = matches!(hit.section.role.as_deref(), Some("opening" | "leadership"));
    if introduces && kind != LinkKind::Learning && judged.stance == Stance::Mention {
        judged.stance = Stance::Done;
        judged.reason = "told as a fact".to_owned();
    }
    let quote = quote_of(&hit.text, cue);
    let used = dates_of(hit, quote).used();
    let names = |region: Region| region.path().into_iter().map(str::to_owned).collect();
    Link {
        from: match &from {
            Ok(region) => names(*region),
            Err(name) => vec![name.clone()],
        },
        from_code: from.ok().map(|region| region.code().to_owned()),
        to: to.map_or_else(|| hit.document.region.clone(), names),
        to_code: to
            .map(|region| region.code().to_owned())
            .or_else(|| hit.document.region_code.clone()),
        cue: fold(&hit.text[cue.clone()]).into_owned(),
        kind,
        topic,
        stance: judged.stance,
        reason: judged.reason,
        year: used.map(|(year, _)| year),
        dated_by: used.map(|(_, kind)| kind),
        quote: quote.to_owned(),
        id: hit.id.clone(),
        document: Source::from(&hit.document),
    }
}

/// The region of the document.
pub(super) fn own(hit: &Hit) -> Option<Region> {
    let by_code = hit
        .document
        .region_code
        .as_deref()
        .and_then(Region::by_code);
    by_code.or_else(|| Region::find(&hit.document.region.concat()).first().copied())
}

/// Whether a region is the author's own or lies above it: an order from above is no example.
fn is_own(region: Region, document: &[String]) -> bool {
    let path = region.path();
    path.len() <= document.len() && path.iter().zip(document).all(|(a, b)| a == b)
}

/// The places of the list that starts within `reach` characters of `text`, and where it ends.
pub(super) fn places_within(
    text: &str,
    reach: usize,
    year: Option<i32>,
) -> Option<(Places, usize)> {
    let starts = text.char_indices().take(reach + 1).map(|(at, _)| at);
    starts.into_iter().find_map(|start| {
        let (places, end) = list_at(&text[start..], year)?;
        Some((places, start + end))
    })
}

pub(super) fn clause_behind(text: &str, from: usize) -> &str {
    let end = text[from..]
        .find(is_clause_end)
        .map_or(text.len(), |at| from + at);
    &text[from..end]
}

pub(super) fn clause_before(text: &str, to: usize) -> &str {
    let start = text[..to]
        .char_indices()
        .rev()
        .find(|&(_, c)| is_clause_end(c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    &text[start..to]
}

fn is_clause_end(character: char) -> bool {
    "，,。；;：:！？\n".contains(character)
}

#[cfg(test)]
mod tests {
    use super::super::evidence::tests::hit;
    use super::*;

    fn of(region: &str, role: &str, text: &str) -> Vec<String> {
        links(&[hit("a/1", region, 2023, role, text)])
            .into_iter()
            .map(|link| {
                let name = |path: &[String]| path.last().cloned().unwrap_or_default();
                let topic = link.topic.unwrap_or_default();
                let stance = link.stance.name();
                format!("{} → {} {stance} {topic}", name(&link.from), name(&link.to))
            })
            .collect()
    }

    #[test]
    fn learning_is_directed_dated_and_planned_or_done() {
        assert_eq!(
            of(
                "广东省/潮州市",
                "plan",
                "借鉴深圳民意速办改革经验，探索基层治理。"
            ),
            ["深圳市 → 潮州市 planned 民意速办改革经验"]
        );
        assert_eq!(
            of(
                "广西壮族自治区/防城港市",
                "measures",
                "借鑒學習和優化濟南市改革措施，完成改革。"
            ),
            ["济南市 → 防城港市 done 改革措施"]
        );
        assert_eq!(
            of(
                "吉林省/长春市/朝阳区",
                "measures",
                "学习北京市朝阳区接诉即办经验，推行改革。"
            ),
            ["朝阳区 → 朝阳区 done 接诉即办经验"]
        );
        assert_eq!(
            of(
                "江西省/抚州市",
                "measures",
                "对标上海、浙江开展评价。赴合肥考察免申即享。"
            ),
            [
                "上海市 → 抚州市 done 开展评价",
                "浙江省 → 抚州市 done 开展评价",
                "合肥市 → 抚州市 done 免申即享",
            ]
        );
    }

    #[test]
    fn what_is_no_place_to_learn_from_gives_no_link() {
        for text in [
            "对标世界银行营商环境评价指标。",
            "对标先进地市，开展“码上告知”改革。",
            "学习贯彻习近平总书记出席深圳经济特区建立40周年庆祝大会重要讲话精神。",
            "推动深圳北站片区数字孪生试点。",
            "圆满完成省一网统管试点任务。",
            "参照《深圳市行政审批办法》执行。",
            "学习宣传贯彻北京会议精神。",
            "借鉴广东省经验。",
        ] {
            assert_eq!(
                of("广东省/潮州市", "measures", text),
                Vec::<String>::new(),
                "{text}"
            );
        }
    }

    #[test]
    fn help_goes_from_the_helper_to_the_helped() {
        assert_eq!(
            of(
                "广东省/潮州市",
                "plan",
                "抓住深圳-潮州数字政府建设对口帮扶协作的契机。"
            ),
            ["深圳市 → 潮州市 planned "]
        );
        assert_eq!(
            of(
                "西藏自治区/林芝市",
                "measures",
                "在广东省对口援藏工作队支持下建成。"
            ),
            ["广东省 → 林芝市 done "]
        );
        assert_eq!(
            of("广东省/深圳市", "measures", "对口帮扶河源市取得成效。"),
            ["深圳市 → 河源市 done "]
        );
        assert_eq!(
            of(
                "广东省/深圳市",
                "measures",
                "加强与汕头、河源2市帮扶协作和产业协作。"
            ),
            ["汕头市 → 深圳市 done ", "河源市 → 深圳市 done "]
        );
    }
}
