//! A trend as one self-contained HTML page: the pictures, the tables, what it rests on.

use super::heat::heat_map;
use super::svg::{curve_parts, drawn_years, figure, foot};
use super::tables::{basis_sentence, cells_table, trend_table};
use crate::render::table::escaped;
use crate::study::Trend;

/// What every page of ours looks like.
pub(super) const STYLE: &str = "body{font-family:'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif;\
max-width:900px;margin:2em auto;padding:0 1em;color:#111;line-height:1.5}svg{max-width:100%;height:auto}\
table{display:block;overflow-x:auto;border-collapse:collapse;font-size:12.5px;margin:1em 0}th,td{border:1px solid #ccc;padding:2px 8px;text-align:left;\
vertical-align:top}th{background:#f2f2f2;white-space:nowrap}td{white-space:pre-wrap}td:first-child{white-space:nowrap}blockquote{margin:.3em 0 .3em 1em;border-left:3px solid #999;padding-left:.8em}\
.faint{color:#555;font-size:14px}@media print{body{max-width:none}}";

/// The page.
pub fn trend_html(trend: &Trend) -> String {
    let terms: Vec<&str> = trend
        .series
        .iter()
        .map(|series| series.term.as_str())
        .collect();
    let title = escaped(&terms.join("、"));
    let mut body = format!("<h1>{title}</h1>\n");
    let drawn = drawn_years(trend);
    body.push_str(&figure(&curve_parts(&drawn)));
    for series in &drawn.series {
        body.push_str(&figure(&[heat_map(series, &drawn.years)]));
    }
    body.push_str(&figure(&[foot(trend, &drawn)]));
    body.push_str("<h2>按年</h2>\n");
    body.push_str(&trend_table(trend).html());
    body.push_str("<h2>按地区与年份</h2>\n");
    body.push_str(&cells_table(trend).html());
    body.push_str(&format!(
        "<p class=\"faint\">{}</p>\n",
        escaped(&basis_sentence(&trend.basis))
    ));
    html_page(&title, &body)
}

/// A page around a body; `title` is escaped already.
pub(super) fn html_page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}
