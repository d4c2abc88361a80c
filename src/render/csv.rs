//! The hits of an answer as a table of CSV.

use crate::document::Status;
use crate::search::{Hit, Results, Tier};

use super::table::Table;

/// The columns, in order.
const COLUMNS: [&str; 18] = [
    "id",
    "tier",
    "score",
    "title",
    "region",
    "region_code",
    "issuer",
    "year",
    "published",
    "signed",
    "status",
    "number",
    "source_id",
    "path",
    "url",
    "section",
    "role",
    "text",
];

/// One row for each hit. The names of a region are joined by `/`, the headings above a paragraph
/// by ` › `.
pub fn csv(results: &Results) -> String {
    let table = Table {
        columns: COLUMNS.to_vec(),
        rows: results.hits.iter().map(|hit| row(hit).to_vec()).collect(),
    };
    table.csv()
}

fn row(hit: &Hit) -> [String; COLUMNS.len()] {
    let document = &hit.document;
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let tier = match hit.tier {
        Tier::Exact => "exact",
        Tier::All => "all",
        Tier::Any => "any",
    };
    [
        hit.id.clone(),
        tier.to_owned(),
        hit.score.to_string(),
        document.title.clone(),
        document.region.join("/"),
        text(&document.region_code),
        text(&document.issuer),
        document
            .year
            .map(|year| year.to_string())
            .unwrap_or_default(),
        text(&document.published),
        text(&document.signed),
        document
            .status
            .map(Status::name)
            .unwrap_or_default()
            .to_owned(),
        text(&document.number),
        text(&document.source_id),
        document.path.clone(),
        text(&document.url),
        hit.section.path.join(" › "),
        text(&hit.section.role),
        hit.text.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::text::tests::answer;
    use super::*;

    #[test]
    fn a_comma_and_a_quote_in_a_cell_are_kept() {
        let mut results = answer();
        results.hits.drain(1..2);
        assert_eq!(
            csv(&results),
            "id,tier,score,title,region,region_code,issuer,year,published,signed,status,number,\
             source_id,path,url,section,role,text\r\n\
             k3v9/17,exact,12.5,龙华区2022年法治政府建设年度报告,广东省/深圳市/龙华区,440309,\
             龙华区政务服务数据管理局,2022,2022-12-01,,expired,,,seeds/000.txt,,\
             一、主要举措 › (一)改革,measures,推动“免申即享”。\r\n\
             b2c4/1,all,12.5,潮州市2023年报告,,,,,,,,,S 1,\"a,\"\"b\"\".txt\",,,,\
             两年来，工作有序推进。\r\n"
        );
    }
}
