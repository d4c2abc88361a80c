//! Administrative divisions of China since 1981, and the places that stand for one.
//!
//! Comes in: a name as people write it, a code, a year. Goes out: [`Region`]s, which know their
//! names, their place in the hierarchy, and their years. A name that several places bear gives
//! all of them; choosing one by context is `classify`'s.

use std::cmp::Reverse;
use std::ops::Range;

use super::region_table::{EARLIEST, Row, aliases, divisions, formers, rows, split};
use super::variants::simplified;

/// A province, city or county, or a place that is governed like one (雄安新区).
///
/// Ordered by code. Regions of today and of the past stand side by side; see [`Region::last`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(u16);

/// How high a region stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// 省、自治区、直辖市、特别行政区
    Province,
    /// 地级市、自治州、地区、盟
    City,
    /// 县、区、县级市、旗, and new areas under a city
    County,
}

impl Level {
    /// The word of the `level` label: 省, 市 or 县.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Province => "省",
            Self::City => "市",
            Self::County => "县",
        }
    }
}

impl Region {
    /// Everything that bears this name, the highest first.
    ///
    /// Full names (龙华区), short names (龙华, 黔南, 黔南州) and paths (广东省深圳市龙华区, 深圳龙华,
    /// 广东省/深圳市) are understood, in both scripts. Abolished regions answer where nothing of
    /// that name is in use. Of a region and its own parts (邢台市 and 邢台县 for 邢台) only the region
    /// answers, and a short name that a province bears (海南) means the province.
    ///
    /// ```
    /// use xianli::lexicon::Region;
    /// let paths: Vec<_> = Region::find("龙华").iter().map(|region| region.path()).collect();
    /// assert_eq!(paths, [["广东省", "深圳市", "龙华区"], ["海南省", "海口市", "龙华区"]]);
    /// ```
    pub fn find(name: &str) -> Vec<Self> {
        let name: String = name
            .chars()
            .filter(|character| !character.is_whitespace() && !"/>·、,，".contains(*character))
            .map(simplified)
            .collect();
        if name.is_empty() {
            return Vec::new();
        }
        let found = prefer(named(&name), &name);
        if found.is_empty() {
            prefer(by_path(&name), &name)
        } else {
            found
        }
    }

    /// The region with this code; of several that had it, the latest. Codes that a region had
    /// before answer too.
    pub fn by_code(code: &str) -> Option<Self> {
        places_of_code(code)
            .last()
            .or_else(|| {
                let had = |&place: &usize| {
                    formers(rows()[place].former).any(|(former, _)| former == code)
                };
                (0..divisions()).rev().find(had)
            })
            .map(Self::at)
    }

    /// All regions, in the order of the tables.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..rows().len()).map(Self::at)
    }

    /// The names of `places.tsv` that mean a division, each with it: 深圳经济特区 and 深圳市.
    pub fn aliases() -> impl Iterator<Item = (&'static str, Self)> {
        aliases().iter().flat_map(|alias| {
            let region = Self::by_code(alias.code);
            [alias.name, alias.short]
                .into_iter()
                .filter_map(move |name| Some((name, region?)))
        })
    }

    /// The regions whose names are nearest to this one, for a message; at most `limit`.
    pub fn nearest(name: &str, limit: usize) -> Vec<Self> {
        let name: Vec<char> = name.chars().map(simplified).collect();
        let mut scored: Vec<_> = Self::all()
            .filter(|region| region.last().is_none())
            .filter_map(|region| {
                let row = region.row();
                let score = [row.name, row.short]
                    .map(|known| likeness(&name, known))
                    .into_iter()
                    .max()?;
                (score > 0).then_some((score, Reverse(region.level()), Reverse(region), region))
            })
            .collect();
        scored.sort_unstable_by(|a, b| b.cmp(a));
        scored.truncate(limit);
        scored.into_iter().map(|(.., region)| region).collect()
    }

    /// The full name: 深圳市.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The name as people say it: 深圳, 黔南, 西双版纳. The full name where there is no shorter one.
    pub fn short(self) -> &'static str {
        self.row().short
    }

    /// Further names in use: 黔南州, 白沙县.
    pub fn also(self) -> impl Iterator<Item = &'static str> {
        split(self.row().also)
    }

    /// Whether the short name says little on its own: it is an ordinary word (富裕, 公安, 和平), or
    /// stands across two words more often than for itself.
    pub fn is_common_word(self) -> bool {
        !self.row().common.is_empty()
    }

    /// Whether even the full name says little on its own (城区, 郊区).
    pub fn is_common_in_full(self) -> bool {
        self.row().common == "full"
    }

    /// The division code (GB/T 2260); of a place without one, the code of what it lies in.
    pub fn code(self) -> &'static str {
        let row = self.row();
        if row.code.is_empty() {
            row.parent
        } else {
            row.code
        }
    }

    /// Province, city or county.
    pub fn level(self) -> Level {
        let row = self.row();
        let parent_is_province = row.parent.ends_with("0000");
        match (row.code.is_empty(), row.parent.is_empty()) {
            (_, true) => Level::Province,
            (true, _) if parent_is_province => Level::City,
            (true, _) => Level::County,
            _ if row.code.ends_with("00") => Level::City,
            _ => Level::County,
        }
    }

    /// What the region lies in today, or lay in at its end.
    pub fn parent(self) -> Option<Self> {
        self.parent_in(None)
    }

    /// What the region lay in at the end of a year.
    pub fn parent_in(self, year: Option<i32>) -> Option<Self> {
        let row = self.row();
        let year = year.or(row.last.map(|last| last - 1));
        match self.former_parent(year) {
            Some(parent) => in_year(places_of_code(parent), year),
            None => in_year(self.row().parents.clone(), year),
        }
    }

    /// Full names from the province down: 广东省, 深圳市, 龙华区.
    pub fn path(self) -> Vec<&'static str> {
        self.path_in(None)
    }

    /// Full names from the province down as they were at the end of a year.
    pub fn path_in(self, year: Option<i32>) -> Vec<&'static str> {
        let mut path = self
            .parent_in(year)
            .map_or_else(Vec::new, |parent| parent.path_in(year));
        path.push(self.name());
        path
    }

    /// The year from which the region existed; 1981 also for what is older.
    pub fn first(self) -> i32 {
        self.row().first
    }

    /// The year in which it was abolished or renamed; `None` while in use.
    pub fn last(self) -> Option<i32> {
        self.row().last
    }

    /// Whether a document of this year can speak of the region by this name. A document of the
    /// year of a change can speak of both.
    pub fn exists_in(self, year: i32) -> bool {
        (self.first() <= year || self.first() <= EARLIEST)
            && self.last().is_none_or(|last| year <= last)
    }

    /// What took the place of an abolished or renamed region.
    pub fn successors(self) -> Vec<Self> {
        let Some(last) = self.last() else {
            return Vec::new();
        };
        split(self.row().successors)
            .filter_map(|code| in_year(places_of_code(code), Some(last)))
            .filter(|&heir| heir != self)
            .collect()
    }

    /// The regions that this one took the place of alone: 襄樊市 of 襄阳市.
    pub fn predecessors(self) -> Vec<Self> {
        let code = self.row().code;
        Self::all()
            .filter(|other| other.row().successors == code && !code.is_empty())
            .filter(|&other| other != self && other.successors() == [self])
            .collect()
    }

    /// Whether `self` is `other` or lies in it, today or at its end.
    pub fn is_in(self, other: Self) -> bool {
        std::iter::successors(Some(self), |region| region.parent()).any(|above| above == other)
    }

    fn at(place: usize) -> Self {
        Self(u16::try_from(place).expect("the tables have fewer than 65,536 rows"))
    }

    fn row(self) -> &'static Row {
        &rows()[usize::from(self.0)]
    }

    /// The code of the parent that an earlier code of this region points at.
    fn former_parent(self, year: Option<i32>) -> Option<&'static str> {
        let year = year?;
        let (code, _) = formers(self.row().former).find(|&(_, last)| year < last)?;
        let above = match code.ends_with("00") {
            true => format!("{}0000", code.get(..2)?),
            false => format!("{}00", code.get(..4)?),
        };
        let place = places_of_code(&above).next()?;
        Some(rows()[place].code)
    }
}

impl std::fmt::Debug for Region {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Region({} {})", self.code(), self.name())
    }
}

/// Of the places that had a code, the one that had it in this year, or else the latest.
fn in_year(having: Range<usize>, year: Option<i32>) -> Option<Region> {
    let in_year = |place: &usize| {
        let row = &rows()[*place];
        year.is_none_or(|year| row.first <= year && row.last.is_none_or(|last| year < last))
    };
    having
        .clone()
        .rev()
        .find(in_year)
        .or_else(|| having.last())
        .map(Region::at)
}

/// Where a code stands in the table, which is in the order of codes.
fn places_of_code(code: &str) -> Range<usize> {
    let divisions = &rows()[..divisions()];
    let from = divisions.partition_point(|row| row.code < code);
    let having = divisions[from..].iter().take_while(|row| row.code == code);
    from..from + having.count()
}

/// Every region with this name, full or short, by table and by alias.
fn named(name: &str) -> Vec<Region> {
    let by_alias = aliases()
        .iter()
        .filter(|alias| alias.name == name || alias.short == name)
        .filter_map(|alias| Region::by_code(alias.code));
    rows()
        .iter()
        .enumerate()
        .filter(|(_, row)| {
            row.name == name || row.short == name || split(row.also).any(|also| also == name)
        })
        .map(|(place, _)| Region::at(place))
        .chain(by_alias)
        .collect()
}

/// Regions named from above: the name starts with a region and goes on with one that lies in it.
fn by_path(name: &str) -> Vec<Region> {
    let mut found = Vec::new();
    for (at, _) in name.char_indices().skip(2) {
        let (above, below) = name.split_at(at);
        if below.chars().count() < 2 {
            break;
        }
        let above = named(above);
        if above.is_empty() {
            continue;
        }
        let mut parts = named(below);
        if parts.is_empty() {
            parts = by_path(below);
        }
        found.extend(parts.into_iter().filter(|part| {
            above
                .iter()
                .any(|&above| part.is_in(above) && *part != above)
        }));
    }
    found
}

/// What a person means who types this name. See [`Region::find`].
fn prefer(mut found: Vec<Region>, name: &str) -> Vec<Region> {
    if found.iter().any(|region| region.last().is_none()) {
        found.retain(|region| region.last().is_none());
    }
    if found.iter().any(|region| region.name() == name) {
        found.retain(|region| region.name() == name);
    }
    if let Some(&province) = found
        .iter()
        .find(|region| region.level() == Level::Province)
    {
        found = vec![province];
    }
    let all = found.clone();
    found.retain(|region| {
        !all.iter()
            .any(|other| other != region && region.is_in(*other))
    });
    found.sort_by_key(|region| (region.level(), *region));
    found.dedup();
    found
}

/// How much of a known name a wrong one shares, the word for the kind of region (市, 县) left
/// aside: the first character counts most, length decides between equals. 0 is nothing.
fn likeness(name: &[char], known: &str) -> i32 {
    fn stem(name: &[char]) -> &[char] {
        match name {
            [stem @ .., last] if stem.len() >= 2 && "省市区县州盟旗".contains(*last) => stem,
            _ => name,
        }
    }
    let known: Vec<char> = known.chars().collect();
    let (name, known) = (stem(name), stem(&known));
    let common = name
        .iter()
        .filter(|character| known.contains(character))
        .count();
    if common == 0 {
        return 0;
    }
    let measure = |count: usize| i32::try_from(count).unwrap_or(i32::MAX / 64);
    16 * measure(common) + 12 * i32::from(name.first() == known.first())
        - 4 * measure(known.len().abs_diff(name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(name: &str) -> Vec<String> {
        Region::find(name)
            .iter()
            .map(|region| region.path().join("/"))
            .collect()
    }

    #[test]
    fn full_and_short_names_of_every_level_are_found() {
        for (name, path) in [
            ("广东", "广东省"),
            ("广西", "广西壮族自治区"),
            ("内蒙古", "内蒙古自治区"),
            ("香港", "香港特别行政区"),
            ("台湾", "台湾省"),
            ("深圳", "广东省/深圳市"),
            ("黔南", "贵州省/黔南布依族苗族自治州"),
            ("黔南州", "贵州省/黔南布依族苗族自治州"),
            ("阿坝", "四川省/阿坝藏族羌族自治州"),
            ("凉山", "四川省/凉山彝族自治州"),
            ("恩施", "湖北省/恩施土家族苗族自治州"),
            ("西双版纳", "云南省/西双版纳傣族自治州"),
            ("乌鲁木齐", "新疆维吾尔自治区/乌鲁木齐市"),
            ("锡林郭勒", "内蒙古自治区/锡林郭勒盟"),
            ("天门", "湖北省/天门市"),
            ("潜江市", "湖北省/潜江市"),
            ("三沙", "海南省/三沙市"),
            ("浦东", "上海市/浦东新区"),
            ("襄阳市", "湖北省/襄阳市"),
            ("渠县", "四川省/达州市/渠县"),
            ("前郭", "吉林省/松原市/前郭尔罗斯蒙古族自治县"),
        ] {
            assert_eq!(paths(name), [path], "{name}");
        }
    }

    #[test]
    fn a_name_of_several_places_gives_all_of_them() {
        assert_eq!(
            paths("龙华"),
            ["广东省/深圳市/龙华区", "海南省/海口市/龙华区"]
        );
        assert_eq!(paths("鼓楼区").len(), 4);
        assert_eq!(paths("海南"), ["海南省"]);
        assert_eq!(paths("吉林市"), ["吉林省/吉林市"]);
    }

    #[test]
    fn a_path_decides_between_places_of_one_name() {
        assert_eq!(paths("深圳龙华"), ["广东省/深圳市/龙华区"]);
        assert_eq!(paths("海南省海口市龙华区"), ["海南省/海口市/龙华区"]);
        assert_eq!(paths("广东省/深圳市/龙华区"), ["广东省/深圳市/龙华区"]);
        assert_eq!(paths("廣東省 深圳市"), ["广东省/深圳市"]);
        assert_eq!(paths("北京朝阳区"), ["北京市/朝阳区"]);
    }

    #[test]
    fn special_places_stand_for_a_division_or_for_themselves() {
        assert_eq!(paths("深圳经济特区"), ["广东省/深圳市"]);
        assert_eq!(paths("雄安新区"), ["河北省/雄安新区"]);
        assert_eq!(
            paths("新疆生产建设兵团"),
            ["新疆维吾尔自治区/新疆生产建设兵团"]
        );
        assert_eq!(paths("臺北"), ["台湾省/台北市"]);
    }

    #[test]
    fn abolished_regions_know_their_years_and_heirs() {
        let [jianggan] = Region::find("江干区")[..] else {
            panic!("one 江干区")
        };
        assert_eq!(jianggan.path(), ["浙江省", "杭州市", "江干区"]);
        assert_eq!((jianggan.first(), jianggan.last()), (1983, Some(2021)));
        assert!(jianggan.exists_in(2019) && jianggan.exists_in(2021) && !jianggan.exists_in(2022));
        let heirs: Vec<_> = jianggan
            .successors()
            .iter()
            .map(|heir| heir.name())
            .collect();
        assert_eq!(heirs, ["上城区", "钱塘区"]);

        let [xiangfan] = Region::find("襄樊")[..] else {
            panic!("one 襄樊")
        };
        let xiangyang = Region::find("襄阳市")[0];
        assert_eq!(xiangfan.successors(), [xiangyang]);
        assert_eq!(xiangyang.predecessors().first(), Some(&xiangfan));
    }

    #[test]
    fn the_parent_is_that_of_the_year() {
        let hanshan = Region::find("含山县")[0];
        assert_eq!(hanshan.path_in(Some(2005)), ["安徽省", "巢湖市", "含山县"]);
        assert_eq!(
            hanshan.path_in(Some(2020)),
            ["安徽省", "马鞍山市", "含山县"]
        );
        let haikou = Region::find("海口市")[0];
        assert_eq!(haikou.path_in(Some(1987)), ["广东省", "海口市"]);
        assert_eq!(haikou.path(), ["海南省", "海口市"]);
        let fancheng = Region::find("樊城区")[0];
        assert_eq!(fancheng.path_in(Some(2005)), ["湖北省", "襄樊市", "樊城区"]);
    }

    #[test]
    fn codes_of_today_and_of_the_past_answer() {
        assert_eq!(Region::by_code("440309").map(Region::name), Some("龙华区"));
        assert_eq!(Region::by_code("342123").map(Region::name), Some("太和县"));
        assert_eq!(Region::by_code("999999"), None);
    }

    #[test]
    fn an_unknown_name_has_neighbours() {
        let names = |name| -> Vec<_> {
            Region::nearest(name, 3)
                .iter()
                .map(|region| region.name())
                .collect()
        };
        assert_eq!(names("深川市")[0], "深圳市");
        assert_eq!(names("龙华县")[0], "龙华区");
        assert_eq!(names("xyz"), Vec::<&str>::new());
    }

    #[test]
    fn the_table_is_in_the_order_of_codes() {
        assert!(rows()[..divisions()].is_sorted_by_key(|row| row.code));
    }

    #[test]
    fn every_row_is_whole() {
        for region in Region::all() {
            assert!(
                !region.name().is_empty() && !region.short().is_empty(),
                "{region:?}"
            );
            assert!(region.short().chars().count() >= 2, "{region:?}");
            assert!(
                region.last().is_none_or(|last| last >= region.first()),
                "{region:?}"
            );
            let depth = region.path().len();
            let expected = match region.level() {
                Level::Province => 1..=1,
                Level::City => 2..=2,
                Level::County => 2..=4,
            };
            assert!(expected.contains(&depth), "{region:?} {:?}", region.path());
            assert_eq!(region.code().len(), 6, "{region:?}");
            let later = region.last().is_some()
                && region.level() == Level::City
                && region.row().code == region.code();
            assert!(
                !later || !region.successors().is_empty(),
                "{region:?} has no heir"
            );
        }
    }
}
