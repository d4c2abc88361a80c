//! As what kind of region a text speaks of itself: 我市, 全县, 区委区政府.

use super::page::Page;
use crate::lexicon::Region;

/// How a text speaks of its own place: 我市, 全市, 市委 …
#[derive(Debug, Default)]
pub(super) struct Selves {
    counts: [f64; KINDS.len()],
    own: usize,
}

/// What a region's name ends in, and the words by which its documents speak of it.
const KINDS: [(&str, &[&str]); 9] = [
    (
        "自治区",
        &[
            "自治区党委",
            "自治区政府",
            "自治区人民政府",
            "代表自治区",
            "全区",
            "我区",
        ],
    ),
    (
        "省",
        &["我省", "全省", "省委", "省政府", "省人民政府", "代表省"],
    ),
    (
        "市",
        &[
            "我市",
            "全市",
            "市委",
            "市政府",
            "市人民政府",
            "本市",
            "代表市",
        ],
    ),
    (
        "州",
        &[
            "我州",
            "全州",
            "州委",
            "州政府",
            "州人民政府",
            "本州",
            "代表州",
        ],
    ),
    (
        "盟",
        &["我盟", "全盟", "盟委", "盟行署", "盟行政公署", "本盟"],
    ),
    ("地区", &["全地区", "地委", "行署", "行政公署", "我地区"]),
    (
        "区",
        &[
            "我区",
            "全区",
            "区委",
            "区政府",
            "区人民政府",
            "本区",
            "代表区",
            "区级",
        ],
    ),
    (
        "县",
        &[
            "我县",
            "全县",
            "县委",
            "县政府",
            "县人民政府",
            "本县",
            "代表县",
        ],
    ),
    (
        "旗",
        &["我旗", "全旗", "旗委", "旗政府", "旗人民政府", "本旗"],
    ),
];

impl Selves {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let mut selves = Self::default();
        for (_, seen) in page.body() {
            for (count, (_, words)) in selves.counts.iter_mut().zip(KINDS) {
                for word in words {
                    let times = seen.folded.matches(word).count();
                    // For whom a speaker stands is said once and decides.
                    let weight = if word.starts_with("代表") {
                        20.0
                    } else {
                        1.0
                    };
                    selves.own += if word.starts_with(['本', '我']) {
                        times
                    } else {
                        0
                    };
                    *count += weight * f64::from(u32::try_from(times).unwrap_or(u32::MAX));
                }
            }
        }
        selves
    }

    /// Whether the text speaks of its own place as 本市, 我省 and the like.
    pub(super) fn says_own(&self) -> bool {
        self.own > 0
    }

    /// Whether the text speaks of itself as a region of this kind, or not at all.
    pub(super) fn speaks_as(&self, region: Region) -> bool {
        let all: f64 = self.counts.iter().sum();
        all < 3.0 || self.share(region) >= 0.1
    }

    /// The part of its self-mentions in which the text speaks as a region of this kind.
    pub(super) fn share(&self, region: Region) -> f64 {
        let all: f64 = self.counts.iter().sum();
        let kind = KINDS
            .iter()
            .position(|(end, _)| region.name().ends_with(end));
        match kind {
            Some(kind) if all > 0.0 => self.counts[kind] / all,
            _ => 0.0,
        }
    }
}
