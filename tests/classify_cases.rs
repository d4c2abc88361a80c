//! Documents of a few lines, each showing one thing that understanding a document must get right.

use xianli::classify::{Labels, classify, classify_as_of};
use xianli::document::Status;
use xianli::read::{Limits, read_bytes};
use xianli::text::Date;

fn understood(text: &str) -> Labels {
    let reading =
        read_bytes("任意.txt", text.as_bytes(), &Limits::default()).expect("text is read");
    classify(&reading.documents[0])
}

fn region(text: &str) -> Vec<String> {
    understood(text)
        .region
        .map_or_else(Vec::new, |region| region.value)
}

fn level(text: &str) -> Option<String> {
    understood(text).level.map(|level| level.value)
}

#[test]
fn a_district_alone_gives_its_city_and_province() {
    assert_eq!(
        region("福田区政务服务数据管理局2021年法治政府建设年度报告\n2021年，我局推行秒批。\n"),
        ["广东省", "深圳市", "福田区"]
    );
}

#[test]
fn streets_stations_and_partners_are_not_where_a_document_comes_from() {
    let text = "2020年，在区委区政府的领导下，我局完成各项任务。\n\
                一、主要举措\n\
                《荔湾区制度汇编》修订完成，荔湾区门户网站、广州荔湾发布上线。\n\
                学习深圳经济特区建立40周年讲话，在深圳北站片区、上海市四川北路考察。\n\
                新增广州从化、珠海斗门、佛山顺德等37个合作地区。\n";
    assert_eq!(region(text), ["广东省", "广州市", "荔湾区"]);
}

#[test]
fn a_name_of_two_places_stays_open_until_the_text_decides() {
    let open = understood("朝阳区2021年工作总结\n2021年，我区完成各项任务。\n");
    assert_eq!(open.region, None);
    assert_eq!(
        open.conflicts,
        [
            "朝阳区2021年工作总结: the text does not decide between 北京市/朝阳区 and 吉林省/长春市/朝阳区"
        ]
    );
    let decided = "朝阳区2021年工作总结\n2021年，在市委和长春市政府领导下，我区与南关区、宽城区一道完成任务。\n";
    assert_eq!(region(decided), ["吉林省", "长春市", "朝阳区"]);
    assert_eq!(
        region("龙华区政府2021年工作总结\n海口市龙华区2021年与美兰区、琼山区共建。\n"),
        ["海南省", "海口市", "龙华区"]
    );
}

#[test]
fn the_site_that_a_page_stands_on_decides_between_two_places_by_a_guess() {
    let page = "南山区2022年法治政府建设年度报告\n来源：南山区司法局 发布时间：2023-02-15\n\
                2022年，我区完成各项任务。\n主办：深圳市南山区人民政府 备案号：粤ICP备05041540号\n";
    let found = understood(page).region.unwrap();
    assert_eq!(found.value, ["广东省", "深圳市", "南山区"]);
    assert!(found.guess);
}

#[test]
fn abolished_and_renamed_regions_are_those_of_the_year() {
    assert_eq!(
        region("江干区政府2019年工作报告\n2019年，我区增长。\n"),
        ["浙江省", "杭州市", "江干区"]
    );
    assert_eq!(
        region("襄樊市2008年工作总结\n2008年，我市增长。\n"),
        ["湖北省", "襄樊市"]
    );
    assert_eq!(
        region("含山县2005年工作总结\n2005年，我县增长。\n"),
        ["安徽省", "巢湖市", "含山县"]
    );
    assert_eq!(
        region("含山县2021年工作总结\n2021年，我县增长。\n"),
        ["安徽省", "马鞍山市", "含山县"]
    );
}

#[test]
fn special_zones_and_new_areas_are_known() {
    let zone = "深圳经济特区数据条例\n（2021年6月29日深圳市第七届人民代表大会常务委员会第二次会议通过）\n第一章　总则\n第一条　为了规范，制定本条例。\n";
    assert_eq!(region(zone), ["广东省", "深圳市"]);
    assert_eq!(
        region("雄安新区管理委员会2021年工作总结\n2021年，新区建设加快。\n"),
        ["河北省", "雄安新区"]
    );
    assert_eq!(
        region("浦东新区人民政府2021年工作总结\n2021年，全区增长。\n"),
        ["上海市", "浦东新区"]
    );
    assert_eq!(
        region("天门市人民政府2021年工作总结\n2021年，全市增长。\n"),
        ["湖北省", "天门市"]
    );
    assert_eq!(
        region("新疆生产建设兵团2021年法治政府建设年度报告\n2021年，兵团推进改革。\n"),
        ["新疆维吾尔自治区", "新疆生产建设兵团"]
    );
}

#[test]
fn documents_of_the_nation_have_a_level_and_no_region() {
    for title in [
        "国务院办公厅关于湖北省在考察工作时所提问题和建议办理情况的函",
        "工业和信息化部办公厅关于印发《服务型制造标准体系建设指南》的通知",
        "国务院关于河北雄安新区总体规划（2018—2035年）的批复",
    ] {
        let text = format!("{title}\n现将有关事项通知如下，北京市、上海市、广东省参照执行。\n");
        assert_eq!(region(&text), Vec::<String>::new(), "{title}");
        assert_eq!(level(&text).as_deref(), Some("国家"), "{title}");
    }
    assert_eq!(
        level("四川省人民政府关于某事的通知\n各市：\n").as_deref(),
        Some("省")
    );
    assert_eq!(
        level("成都市人民政府关于某事的通知\n各区：\n").as_deref(),
        Some("市")
    );
    assert_eq!(
        level("渠县人民政府关于某事的通知\n各乡：\n").as_deref(),
        Some("县")
    );
}

#[test]
fn a_span_of_years_in_a_name_sets_no_year() {
    let labels = understood(
        "某局法治政府建设报告\n根据《法治政府建设实施纲要(2021-2025年)》和《2019年工作要点》，我局开展工作。\n",
    );
    assert_eq!(labels.year, None);
}

#[test]
fn a_work_report_belongs_to_the_year_in_which_it_is_given() {
    let text = "各位代表：\n现在，我代表州人民政府，向大会报告工作，请予审议。\n一、2023年工作回顾\n\
                我州的都匀市、瓮安县增长，黔南发展。\n二、2024年工作安排\n推进建设。\n三、加强自身建设\n从严。\n";
    let labels = understood(text);
    assert_eq!(labels.year.as_ref().map(|year| year.value), Some(2024));
    assert_eq!(
        labels.kind.as_ref().map(|kind| kind.value.as_str()),
        Some("政府工作报告")
    );
    assert_eq!(
        labels.region.as_ref().expect("a region").value,
        ["贵州省", "黔南布依族苗族自治州"]
    );
    let title = labels.title.as_ref().expect("a title");
    assert_eq!(
        (title.value.as_str(), labels.title_derived),
        ("黔南布依族苗族自治州2024年政府工作报告", true)
    );
    let roles: Vec<_> = labels
        .roles
        .iter()
        .map(|role| role.map(xianli::lexicon::Role::name))
        .collect();
    let opening = Some("opening");
    let (measures, plan) = (Some("measures"), Some("plan"));
    assert_eq!(
        roles,
        [None, opening, measures, measures, plan, plan, plan, plan]
    );
}

#[test]
fn the_text_sets_no_status_and_a_status_line_does() {
    let body = "2021年，我局惩戒失信，有效化解矛盾，宣布合同无效，废止旧办法3件。\n";
    let status = |text: &str| understood(text).status.map(|status| status.value);
    assert_eq!(status(&format!("某局2021年工作报告\n{body}")), None);
    assert_eq!(
        status(&format!("某局2021年工作报告\n文件已失效\n{body}")),
        Some(Status::Expired)
    );
    assert_eq!(
        status(&format!("某局2021年工作报告\n有效性：现行有效\n{body}")),
        None
    );
    assert_eq!(
        status(&format!("某局2021年工作报告\n有效性：废止\n{body}")),
        Some(Status::Repealed)
    );
    assert_eq!(
        status("工廠管理輔導辦法\n法規性質：命令\n廢止註記：廢\n\n第 1 條　本辦法依法訂定之。\n"),
        Some(Status::Repealed)
    );
}

#[test]
fn what_takes_effect_later_is_pending_on_the_day_of_asking() {
    let text =
        "某市数据条例\n第一条　为了规范，制定本条例。\n第二条　本条例自2025年7月1日起施行。\n";
    let reading = read_bytes("a.txt", text.as_bytes(), &Limits::default()).expect("text is read");
    let on = |day: &str| {
        let day = Date::from_iso(day).expect("an ISO day");
        classify_as_of(&reading.documents[0], day)
            .status
            .map(|status| status.value)
    };
    assert_eq!(on("2025-06-30"), Some(Status::Pending));
    assert_eq!(on("2025-07-01"), None);
}

#[test]
fn dates_far_apart_and_years_of_headings_are_conflicts() {
    let text = "福田区某局2022年工作报告\n日期：2023-03-01\n2022年，我局推进改革。\n一、2021年度推进情况\n完成。\n福田区某局\n2023年1月6日\n";
    assert_eq!(
        understood(text).conflicts,
        [
            "signed on 2023-01-06, but published 54 days later, on 2023-03-01",
            "heading 一、2021年度推进情况 speaks of 2021, the document of 2022",
        ]
    );
}

#[test]
fn numbers_in_all_brackets_are_one() {
    let number = |line: &str| {
        let text = format!(
            "国务院办公厅关于某事的通知\n{line}\n各省：\n根据国发〔2018〕39号，现通知如下。\n"
        );
        understood(&text).number.map(|number| number.value)
    };
    for line in [
        "国办发〔2021〕67号",
        "国办发[2021]67号",
        "（国办发（2021）67号）",
        "文号：国办发【2021】67号",
    ] {
        assert_eq!(
            number(line).as_deref(),
            Some("国办发〔2021〕67号"),
            "{line}"
        );
    }
    assert_eq!(number("正文开始"), None);
}

#[test]
fn every_label_quotes_words_that_stand_in_the_document() {
    let text = "福田区某局2021年工作报告\n来源：福田区某局 日期：2021-12-24\n2021年，我局推进改革。\n一、下一步计划\n再推秒批。\n福田区某局\n2021年12月20日\n";
    let labels = understood(text);
    let region = labels.region.expect("a region");
    let published = labels.published.expect("a date");
    let quotes = [
        &region.evidence,
        &published.evidence,
        &labels.issuer.expect("an issuer").evidence,
        &labels.year.expect("a year").evidence,
    ];
    for evidence in quotes.into_iter().flatten() {
        assert!(text.contains(&evidence.quote), "{evidence:?}");
    }
    assert_eq!(published.evidence[0].line, Some(2));
}

#[test]
fn a_paragraph_that_admits_problems_is_no_measure() {
    let role = |paragraph: &str| {
        let text =
            format!("某局2021年工作报告\n2021年，我局推进改革。\n一、工作成效\n{paragraph}\n");
        let labels = understood(&text);
        labels
            .roles
            .last()
            .copied()
            .flatten()
            .map(xianli::lexicon::Role::name)
    };
    for paragraph in [
        "在充分肯定成绩的同时，也必须清醒地认识到，需求不足、循环不畅。",
        "同时，我们清醒地知道，前进道路不会平坦。",
        "当前，我市经济社会发展还存在一些困难问题：基础不够坚实。",
    ] {
        assert_eq!(role(paragraph), Some("problems"), "{paragraph}");
    }
    for paragraph in [
        "着力解决企业面临的困难，助企纾困。",
        "整改存在的问题35个。",
        "针对督查反馈的问题，逐项落实。",
    ] {
        assert_eq!(role(paragraph), Some("measures"), "{paragraph}");
    }
}

#[test]
fn however_much_navigation_stands_above_the_number_is_found() {
    let navigation: String = (0..40).map(|n| format!("栏目{n}\n>\n")).collect();
    let text = format!(
        "{navigation}关于印发《某标识办法》的通知\n2025年03月14日 17:00\n国信办通字〔2025〕2号\n各省人民政府：\n现印发给你们。\n"
    );
    let number = understood(&text).number.map(|number| number.value);
    assert_eq!(number.as_deref(), Some("国信办通字〔2025〕2号"));
}

#[test]
fn validity_beside_the_title_or_under_it_with_a_date_is_found() {
    let of = |head: &str| {
        let text =
            format!("{head}\n各区人民政府：\n现将某办法印发给你们。\n二○○六年二月二十八日\n");
        let labels = understood(&text);
        (
            labels.status.map(|status| status.value),
            labels.title.map(|title| title.value),
        )
    };
    let title = Some("大连市人民政府关于印发某办法的通知".to_owned());
    assert_eq!(
        of("【失效】大连市人民政府关于印发某办法的通知"),
        (Some(Status::Expired), title.clone())
    );
    assert_eq!(
        of("大连市人民政府关于印发某办法的通知（已废止）"),
        (Some(Status::Repealed), title.clone())
    );
    assert_eq!(
        of("大连市人民政府关于印发某办法的通知\n（2019年3月1日起废止）"),
        (Some(Status::Repealed), title.clone())
    );
    assert_eq!(
        of("大连市人民政府关于印发某办法的通知\n（2019年3月1日起施行，原办法同时废止）"),
        (None, title)
    );
}
