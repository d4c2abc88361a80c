//! The indicators of a text: what was counted, how much, of when, and whether it was reached.
//!
//! Comes in: a paragraph, the role of its section, and the dates of its document. Goes out: a
//! [`Figure`] for each value and thing it is the value of. Names are folded to simplified script, so
//! that places can be compared; the quote is as written. What no number states is not made up.

mod amount;
mod clause;
mod comparison;
mod kind;
mod name;
mod period;
mod quantity;
mod telling;
mod thing;
mod trim;
mod wording;

pub use amount::{Amount, Bound};
pub use kind::Kind;
pub use period::{Period, Relation};

use std::ops::Range;

use serde::Serialize;

use crate::lexicon::variants::simplified;
use crate::study::{Dates, Passage};
use crate::text::sentences;

use clause::clauses;
use name::{Topic, names};
use period::Frame;
use quantity::{Class, Quantity, quantities};

/// A value of an indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// What it is the value of, folded: 地区生产总值同比增长.
    pub name: String,
    /// How much, in whole units: 8.1万 is 81,000.
    pub amount: Amount,
    /// What it was before, where the text says so: 由6至8个工作日压缩至2个工作日.
    pub from: Option<Amount>,
    /// The unit: 元, %, 项; empty where there is none.
    pub unit: String,
    /// The words of comparison: 超, 余, 以上.
    pub comparison: String,
    /// The value as written, with its unit and words of comparison.
    pub written: String,
    /// When it counts; `None` where neither text nor document says.
    pub period: Option<Period>,
    /// Whether it was reached.
    pub kind: Kind,
    /// Why it is read so.
    pub reason: String,
    /// The bytes of the value in the text.
    #[serde(skip)]
    pub range: Range<usize>,
    /// The bytes of its sentence in the text.
    #[serde(skip)]
    pub sentence: Range<usize>,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'d> {
    /// The role of its section, by its English name.
    pub role: Option<&'d str>,
    /// The year that its document reports on.
    pub year: Option<i32>,
    /// The year that it calls 今年, where that is another: the reports that a government gives to
    /// its congress in January tell of the year before.
    pub this_year: Option<i32>,
    /// The day on which the document was signed or published, ISO 8601.
    pub day: Option<&'d str>,
}

impl<'d> Context<'d> {
    /// Where a paragraph stands.
    pub fn of(passage: &'d Passage) -> Self {
        let document = &passage.document;
        let role = passage.role.as_deref();
        // What a plan follows is the year before the session, whatever year its heading names.
        let headings = match role {
            Some("plan") => &[][..],
            _ => &passage.path[..],
        };
        let dates = Dates::of(document, "").in_review(document, headings, Some("measures"));
        Self {
            role,
            year: document.year.and(dates.used()).map(|(year, _)| year),
            this_year: document.year,
            day: document.signed.as_deref().or(document.published.as_deref()),
        }
    }
}

/// The figures of a paragraph, in order.
pub fn figures(text: &str, context: Context<'_>) -> Vec<Figure> {
    let folded: String = text.chars().map(simplified).collect();
    let mut found = Vec::new();
    let mut as_of = None;
    for sentence in sentences(&folded) {
        let reader = Sentence {
            text,
            folded: &folded[sentence.clone()],
            range: sentence,
            context,
        };
        reader.figures(&mut as_of, &mut found);
    }
    found
}

struct Sentence<'t> {
    text: &'t str,
    folded: &'t str,
    range: Range<usize>,
    context: Context<'t>,
}

impl Sentence<'_> {
    /// Adds the figures of the sentence; `as_of` is the date that a sentence before counted up to.
    fn figures(&self, as_of: &mut Option<Period>, found: &mut Vec<Figure>) {
        let quantities = quantities(self.folded);
        if quantities.is_empty() {
            self.keep_as_of(self.folded, as_of);
            return;
        }
        let clauses = clauses(self.folded, &quantities);
        let mut topic = Topic::default();
        let mut inner: Option<Topic> = None;
        let mut named: Vec<(usize, Vec<String>, Range<usize>)> = Vec::new();
        for clause in &clauses {
            // What brackets speak of is forgotten behind them.
            let names = if clause.behind.is_some() {
                let inner = inner.get_or_insert_with(|| topic.clone());
                names(clause, &quantities, inner)
            } else {
                inner = None;
                names(clause, &quantities, &mut topic)
            };
            for (&quantity, names) in clause.quantities.iter().zip(names) {
                named.push((quantity, names, clause.range.clone()));
            }
        }
        self.keep_as_of(self.folded, as_of);
        for (place, names, clause) in named {
            // The value that a change starts from goes with the value that it leads to.
            if self.is_start(place, &quantities) {
                continue;
            }
            for name in names {
                let from = self.start_of(place, &quantities);
                let name = trim::shown(&name);
                found.push(self.figure(&quantities[place], name, from, &clause, as_of.as_ref()));
            }
        }
    }

    fn keep_as_of(&self, words: &str, as_of: &mut Option<Period>) {
        if let Some(period) = period::counted_up_to(words, self.frame()) {
            *as_of = Some(period);
        }
    }

    fn frame(&self) -> Frame<'_> {
        Frame {
            year: self.context.year,
            this_year: self.context.this_year,
            day: self.context.day,
        }
    }

    /// Whether a quantity is where a change starts from: 由…压缩至….
    fn is_start(&self, place: usize, quantities: &[Quantity]) -> bool {
        let next = quantities.get(place + 1);
        next.is_some_and(|next| self.leads(&quantities[place], next))
    }

    /// What a quantity was before.
    fn start_of(&self, place: usize, quantities: &[Quantity]) -> Option<Amount> {
        let before = quantities.get(place.checked_sub(1)?)?;
        self.leads(before, &quantities[place])
            .then_some(before.amount)
    }

    /// Whether a change leads from one quantity to the next.
    fn leads(&self, from: &Quantity, to: &Quantity) -> bool {
        let before = &self.folded[..from.range.start];
        let between = &self.folded[from.range.end..to.range.start];
        let starts = before.rfind(['由', '从']).is_some_and(|at| {
            before[at..].chars().count() <= 16 && !before[at..].contains(['，', ',', '、'])
        });
        let arrives = between.ends_with(['至', '到', '为']);
        starts && arrives && between.chars().count() <= 12 && from.unit_fits(to)
    }

    fn figure(
        &self,
        quantity: &Quantity,
        name: String,
        from: Option<Amount>,
        clause: &Range<usize>,
        as_of: Option<&Period>,
    ) -> Figure {
        let before = &without_closed_brackets(&self.folded[..quantity.range.start]);
        let own = &self.folded[clause.start.min(quantity.range.start)..quantity.range.start];
        let (kind, reason) = kind::kind(before, own, self.context.role, self.context.year);
        let stated = period::stated(before, self.frame(), kind);
        let carried = as_of.filter(|_| kind == Kind::Done).cloned();
        let start = self.range.start;
        let range = start + quantity.range.start..start + quantity.range.end;
        Figure {
            name,
            amount: quantity.amount,
            from,
            unit: quantity.unit.to_owned(),
            comparison: quantity.comparison.clone(),
            written: self.text[range.clone()].to_owned(),
            period: stated
                .or(carried)
                .or_else(|| period::of_document(self.frame(), kind)),
            kind,
            reason,
            range,
            sentence: self.range.clone(),
        }
    }
}

impl Quantity {
    fn unit_fits(&self, other: &Self) -> bool {
        self.class == Class::Bare || self.unit == other.unit
    }
}

/// The words before a figure without what stands between brackets that were closed.
fn without_closed_brackets(words: &str) -> String {
    let mut kept = String::with_capacity(words.len());
    let mut open = Vec::new();
    for character in words.chars() {
        match character {
            '（' | '(' => open.push(kept.len()),
            '）' | ')' => {
                if let Some(start) = open.pop() {
                    kept.truncate(start);
                }
                continue;
            }
            _ => {}
        }
        kept.push(character);
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::document::{LineKind, Metadata};

    /// `name = ≥value unit kind period` for each figure.
    fn told(text: &str, role: &str) -> Vec<String> {
        let context = Context {
            role: Some(role),
            year: Some(2022),
            this_year: None,
            day: Some("2023-01-06"),
        };
        let told = |figure: Figure| {
            let Amount { value, high, .. } = figure.amount;
            let upper = match figure.amount.bound {
                Bound::Between => format!("~{}", high.unwrap_or_default()),
                _ => String::new(),
            };
            let from = figure.from.map(|from| format!(" from {}", from.value));
            let period = figure
                .period
                .map_or("-".into(), |period| match period.relation {
                    Relation::In => period.date,
                    Relation::AsOf => format!("as of {}", period.date),
                    Relation::Since => format!("since {}", period.date),
                    Relation::By => format!("by {}", period.date),
                });
            format!(
                "{} = {}{value}{upper}{}{} {} {period}",
                figure.name,
                figure.amount.bound.sign(),
                figure.unit,
                from.unwrap_or_default(),
                figure.kind.name(),
            )
        };
        figures(text, context).into_iter().map(told).collect()
    }

    fn done(text: &str) -> Vec<String> {
        told(text, "measures")
    }

    #[test]
    fn rates_stand_behind_their_names() {
        assert_eq!(
            done(
                "全市3922项行政许可事项审批时间压缩率达到94.57%,96.2%的事项实现全流程网办,99.46%实现零跑动"
            ),
            [
                "行政许可事项 = 3922项 done 2022",
                "行政许可事项审批时间压缩率 = 94.57% done 2022",
                "事项实现全流程网办 = 96.2% done 2022",
                "实现零跑动 = 99.46% done 2022",
            ]
        );
    }

    #[test]
    fn a_shared_value_is_a_value_of_each() {
        assert_eq!(
            done("干部職工參加學法用法學習考試,學習率、參考率、合格率均達100%。"),
            [
                "学习率 = 100% done 2022",
                "参考率 = 100% done 2022",
                "合格率 = 100% done 2022",
            ]
        );
        assert_eq!(
            done(
                "城镇和农村常住居民人均可支配收入分别达到45877元和22990元，同比分别增长5.7%和8.5%。"
            ),
            [
                "城镇常住居民人均可支配收入 = 45877元 done 2022",
                "农村常住居民人均可支配收入 = 22990元 done 2022",
                "城镇常住居民人均可支配收入同比增长 = 5.7% done 2022",
                "农村常住居民人均可支配收入同比增长 = 8.5% done 2022",
            ]
        );
    }

    #[test]
    fn words_of_comparison_bound_the_value() {
        assert_eq!(
            done(
                "汇聚全区各单位8.1余万路视频资源，项目从立项到施工许可普遍可以60天内办结，工单近26万张，\
                  建筑面积不大于10000平方米，约1300万元"
            ),
            [
                "汇聚全区各单位视频资源 = ≥81000路 done 2022",
                "项目从立项到施工许可办结 = ≤60天 done 2022",
                "工单 = ≲260000张 done 2022",
                "建筑面积 = ≤10000平方米 done 2022",
                "建筑面积 = ≈13000000元 done 2022",
            ]
        );
    }

    #[test]
    fn a_change_takes_the_last_subject_and_knows_what_it_started_from() {
        assert_eq!(
            done(
                "全市地区生产总值971.3亿元，同比增长12%；审批时限由21个工作日压缩至5个工作日，\
                  压缩比由百分之三十提高到76.2%。"
            ),
            [
                "地区生产总值 = 97130000000元 done 2022",
                "地区生产总值同比增长 = 12% done 2022",
                "审批时限压缩至 = 5个工作日 from 21 done 2022",
                "压缩比提高至 = 76.2% from 30 done 2022",
            ]
        );
    }

    #[test]
    fn ranges_fractions_and_chinese_numerals_are_read() {
        assert_eq!(
            done(
                "由原承诺办结时限6至8个工作日，可办理一百多个政务服务事项，群众百分之百享受，占全市三分之二以上"
            ),
            [
                "承诺办结时限 = 6~8个工作日 done 2022",
                "可办理政务服务事项 = ≥100个 done 2022",
                "群众 = 100% done 2022",
            ]
        );
    }

    #[test]
    fn what_only_looks_like_a_figure_is_none() {
        let nothing: [&str; 9] = [
            "12345热线、5G视频、7×24小时、1+1+10+92",
            "国办电政函〔2021〕67号、第37期(总第6879期)、2.0版",
            "2021年12月24日、2021—2025年、40周年、上午16:53",
            "4A级景区、世界500强、省一网统管“1310”",
            "实现“两个15%”、坚持四个自信、五是加强、一批项目",
            "一方面、八方支援、千家万户、十项行动",
            "连续五年，三年行动，第三季度",
            "10—15号令",
            "",
        ];
        for text in nothing {
            assert_eq!(done(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn an_estimate_in_brackets_ends_with_them() {
        assert_eq!(
            done(
                "截至2021年12月24日,城区治理平台共接收各类事件391493件,已办结385905件、办结率98.6%\
                  (预估全年收件39.7万件,办结率98.6%),已归档384934件、归档率99.8%"
            ),
            [
                "城区治理平台接收各类事件 = 391493件 done as of 2021-12-24",
                "办结各类事件 = 385905件 done as of 2021-12-24",
                "办结率 = 98.6% done as of 2021-12-24",
                "收件 = 397000件 estimate 2022",
                "办结率 = 98.6% estimate 2022",
                "归档各类事件 = 384934件 done as of 2021-12-24",
                "归档率 = 99.8% done as of 2021-12-24",
            ]
        );
    }

    #[test]
    fn a_date_that_was_counted_up_to_holds_for_the_paragraph() {
        assert_eq!(
            done("截至2022年10月底，明察1455次。暗访204次。"),
            [
                "明察 = 1455次 done as of 2022-10",
                "暗访 = 204次 done as of 2022-10"
            ]
        );
        assert_eq!(
            done("2021年以来，网络旁听案例72个；1-11月进出口总额16亿美元；截至目前，入驻企业5家"),
            [
                "网络旁听案例 = 72个 done since 2021",
                "进出口总额 = 1600000000美元 done 2022-01/2022-11",
                "入驻企业 = 5家 done as of 2023-01-06",
            ]
        );
    }

    #[test]
    fn plans_and_years_to_come_are_targets() {
        assert_eq!(
            told(
                "预计2023年再推出不少于7项“免申即享”助企事项；地区生产总值增长6%左右",
                "plan"
            ),
            [
                "推出“免申即享”助企事项 = ≥7项 target 2023",
                "地区生产总值增长 = ≈6% target 2023",
            ]
        );
        assert_eq!(
            done("2022年全年拟抽查许可案卷1500宗。预计地区生产总值增长5%。到2025年覆盖率达到90%。"),
            [
                "抽查许可案卷 = 1500宗 target 2022",
                "地区生产总值增长 = 5% estimate 2022",
                "覆盖率 = 90% target by 2025",
            ]
        );
    }

    #[test]
    fn lists_share_their_verb_and_their_thing() {
        assert_eq!(
            done(
                "新增上市企业5家，新增国家级孵化器10家、省级21家、高新技术企业408家。引进10亿元以上项目38个"
            ),
            [
                "新增上市企业 = 5家 done 2022",
                "新增国家级孵化器 = 10家 done 2022",
                "新增省级孵化器 = 21家 done 2022",
                "新增高新技术企业 = 408家 done 2022",
                "引进10亿元以上项目 = 38个 done 2022",
            ]
        );
    }

    #[test]
    fn names_are_whole_words_of_the_text() {
        assert_eq!(
            done(
                "新增公园200处、新型储能30万千瓦。绿色工厂和智能工厂各1家。新签约项目25个，竣工投产13个。\
                 投资12亿元的雪榕生物项目落户。推进中储粮50万吨仓储基地项目，水质100%达标"
            ),
            [
                "新增公园 = 200处 done 2022",
                "新增新型储能 = 300000千瓦 done 2022",
                "绿色工厂 = 1家 done 2022",
                "智能工厂 = 1家 done 2022",
                "新签约项目 = 25个 done 2022",
                "竣工投产项目 = 13个 done 2022",
                "雪榕生物项目投资 = 1200000000元 done 2022",
                "水质达标 = 100% done 2022",
            ]
        );
        assert_eq!(
            done(
                "中心城区103个城建项目完成投资255.6亿元。增长3.8%，较上年提高0.3个百分点。\
                 城乡低保标准分别提高8%、15%。存贷款余额分别达到20亿元、30亿元。"
            )
            .iter()
            .map(|row| row.split(" = ").next().unwrap_or_default())
            .collect::<Vec<_>>(),
            [
                "中心城区城建项目",
                "城建项目完成投资",
                "增长",
                "增长较上年提高",
                "城镇低保标准提高",
                "农村低保标准提高",
                "存款余额",
                "贷款余额",
            ]
        );
        let nothing = [
            "空气质量在全国168个城市排第15",
            "全国9个市之一",
            "连续12个季度居前",
            "10亿元企业",
        ];
        for text in nothing {
            assert_eq!(done(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_report_to_the_congress_tells_of_the_year_before() {
        let passage = |role: &str, text: &str| Passage {
            document: Arc::new(Metadata {
                kind: Some("政府工作报告".into()),
                year: Some(2024),
                ..Metadata::default()
            }),
            ordinal: 1,
            kind: LineKind::Paragraph,
            role: Some(role.into()),
            path: Vec::new(),
            text: text.into(),
        };
        let told = |passage: &Passage| -> Vec<String> {
            figures(&passage.text, Context::of(passage))
                .into_iter()
                .map(|figure| format!("{} {}", figure.kind.name(), figure.period.unwrap().date))
                .collect()
        };
        assert_eq!(
            told(&passage(
                "measures",
                "办件39万件。全年办结38万件。去年办结率98%。"
            )),
            ["done 2023", "done 2023", "done 2023"]
        );
        assert_eq!(
            told(&passage(
                "plan",
                "完成改造20处。确保全年新增5家。今年办件40万件。"
            )),
            ["target 2024", "target 2024", "target 2024"]
        );
    }

    #[test]
    fn the_value_is_where_it_is_said_to_be() {
        let text = "全市率先。共推出48项、补贴（7.16亿元）。";
        let written: Vec<String> = figures(text, Context::default())
            .into_iter()
            .map(|figure| {
                assert_eq!(&text[figure.range.clone()], figure.written);
                format!("{} in {}", figure.written, &text[figure.sentence])
            })
            .collect();
        assert_eq!(
            written,
            [
                "48项 in 共推出48项、补贴（7.16亿元）。",
                "7.16亿元 in 共推出48项、补贴（7.16亿元）。"
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_has_figures_inside_itself(
            text in "([全市共达超近约不少于以上余多万亿元项%％个工作日第年月由从压缩至到增长同比分别均（）()，、。：“”0-9.一二三十百千分之]|\\PC){0,60}"
        ) {
            for figure in figures(&text, Context { year: Some(2022), ..Context::default() }) {
                prop_assert_eq!(&text[figure.range.clone()], &figure.written);
                prop_assert!(text.get(figure.sentence.clone()).is_some());
                prop_assert!(figure.amount.value.is_finite());
            }
        }
    }
}
