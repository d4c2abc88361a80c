//! Names that nobody has written before, new ones ever more rarely: as vocabulary grows in life.
//!
//! Comes in: random numbers. Goes out: streets, villages, firms and reform labels. The chance of a
//! new one is `(a + d k) / (a + n)` after `n` names of which `k` differ (Pitman and Yor's process,
//! simplified), so their number grows as `n^d` and their frequencies follow Zipf's law.

use std::rc::Rc;

use super::random::Random;

/// How many names are new at the beginning, and the exponent of their growth.
const A: f64 = 50.0;
const D: f64 = 0.7;

const SYLLABLES: &str = "安白宝北昌长朝晨春大丹德东端恩丰福富高光桂国海和恒红鸿湖华嘉建江金锦景静康兰乐临灵龙隆禄绿梅明南宁平青庆泉仁荣瑞三沙山善盛石顺松泰天田同万文西溪祥新兴秀阳怡永玉元月云泽正中竹紫";
const PLACES: [&str; 7] = ["街道", "镇", "乡", "村", "社区", "路", "产业园"];
const FIRMS: [&str; 4] = ["科技有限公司", "建设集团", "农业合作社", "职业学校"];
const LABEL_STEMS: &str = "办批证审报评查诉企民云网码窗图税监信诚联快秒即零免代帮全";
const LABEL_ENDS: [&str; 6] = ["一件事", "一码通", "即享", "联办", "智审", "直通车"];

/// All names given so far.
pub struct Names {
    given: Vec<Rc<str>>,
    different: usize,
}

impl Names {
    pub fn new() -> Self {
        Self {
            given: Vec::new(),
            different: 0,
        }
    }

    /// A name, mostly one of those given before.
    pub fn give(&mut self, random: &mut Random) -> Rc<str> {
        let chance = (A + D * self.different as f64) / (A + self.given.len() as f64);
        let is_new = (random.next() >> 11) as f64 / (1u64 << 53) as f64 <= chance;
        let name = if is_new {
            self.different += 1;
            Rc::from(invented(random))
        } else {
            Rc::clone(random.pick(&self.given))
        };
        self.given.push(Rc::clone(&name));
        name
    }

    pub fn different(&self) -> usize {
        self.different
    }
}

fn invented(random: &mut Random) -> String {
    match random.below(10) {
        0..=5 => some_of(SYLLABLES, 2, random) + *random.pick(&PLACES),
        6..=7 => some_of(SYLLABLES, 3, random) + *random.pick(&FIRMS),
        _ => format!(
            "“{}{}”",
            some_of(LABEL_STEMS, 2, random),
            random.pick(&LABEL_ENDS)
        ),
    }
}

fn some_of(alphabet: &str, count: usize, random: &mut Random) -> String {
    let characters: Vec<char> = alphabet.chars().collect();
    (0..count).map(|_| *random.pick(&characters)).collect()
}
