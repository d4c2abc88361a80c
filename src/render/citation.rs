//! Citations in the styles of bibliographies: GB/T 7714-2015, BibTeX (biblatex), RIS, CSL-JSON.

use serde_json::{Map, Value, json};

use crate::study::Citation;

/// A style of citing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitationStyle {
    /// GB/T 7714-2015, the Chinese national standard: one line each.
    GbT7714,
    /// BibTeX entries with the fields of biblatex.
    Bibtex,
    /// RIS, as reference managers read it.
    Ris,
    /// CSL-JSON, as citation processors read it.
    CslJson,
}

/// The citations in a style, in order.
pub fn citations(citations: &[Citation], style: CitationStyle) -> String {
    let lines = |write: fn(&Citation) -> String| citations.iter().map(write).collect();
    match style {
        CitationStyle::GbT7714 => lines(|cited| gbt7714(cited) + "\n"),
        CitationStyle::Bibtex => lines(bibtex),
        CitationStyle::Ris => lines(ris),
        CitationStyle::CslJson => {
            let items: Vec<Value> = citations.iter().map(csl).collect();
            super::json(&items)
        }
    }
}

/// `责任者. 题名: 文号[R/OL]. (日期): 第17段[引用日期]. URL.` A title that was made up stands in
/// square brackets, so does a year that stands for an unknown date.
pub fn gbt7714(cited: &Citation) -> String {
    let author = cited.author.as_deref().unwrap_or("佚名");
    let title = if cited.title_derived {
        format!("[{}]", cited.title)
    } else {
        cited.title.clone()
    };
    let number = cited
        .number
        .as_ref()
        .map_or_else(String::new, |number| format!(": {number}"));
    let carrier = match (cited.is_report, &cited.url) {
        (true, Some(_)) => "[R/OL]",
        (true, None) => "[R]",
        (false, Some(_)) => "[EB/OL]",
        (false, None) => "[Z]",
    };
    let pinpoint = cited
        .paragraph
        .map_or_else(String::new, |ordinal| format!(": 第{ordinal}段"));
    let accessed = match (&cited.accessed, &cited.url) {
        (Some(day), Some(_)) => format!("[{day}]"),
        _ => String::new(),
    };
    let date = match (&cited.date, cited.year, &cited.url) {
        (Some(date), _, Some(_)) => format!("({date})"),
        (Some(date), _, None) => date.clone(),
        (None, Some(year), _) => format!("[{year}]"),
        (None, None, _) => "[日期不详]".to_owned(),
    };
    let url = cited
        .url
        .as_ref()
        .map_or_else(String::new, |url| format!(" {url}."));
    let notes = if cited.notes.is_empty() {
        String::new()
    } else {
        format!(" ({})", cited.notes.join("；"))
    };
    format!("{author}. {title}{number}{carrier}. {date}{pinpoint}{accessed}.{url}{notes}")
}

/// One entry of biblatex; what is not known is left out. Names of bodies stand in double braces, so that they are not taken apart.
fn bibtex(cited: &Citation) -> String {
    let kind = if cited.is_report { "report" } else { "misc" };
    let author = cited.author.as_deref().map(tex);
    let mut fields = Vec::new();
    fields.extend(
        author
            .as_ref()
            .map(|author| ("author", format!("{{{author}}}"))),
    );
    fields.push(("title", format!("{{{}}}", tex(&cited.title))));
    if cited.is_report {
        fields.push(("type", tex(cited.kind.as_deref().unwrap_or("报告"))));
        fields.extend(author.map(|author| ("institution", format!("{{{author}}}"))));
    }
    let year = cited.year.map(|year| year.to_string());
    fields.extend(cited.date.clone().or(year).map(|date| ("date", date)));
    fields.extend(
        cited
            .number
            .as_deref()
            .map(|number| ("number", tex(number))),
    );
    fields.extend(cited.url.as_deref().map(|url| ("url", url_in_braces(url))));
    if cited.url.is_some() {
        fields.extend(cited.accessed.clone().map(|day| ("urldate", day)));
    }
    fields.push(("note", tex(&note(cited))));
    fields.push(("langid", "chinese".to_owned()));
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("  {name} = {{{value}}},\n"))
        .collect();
    format!("@{kind}{{{},\n{}}}\n\n", key(&cited.id), fields.concat())
}

/// One record of RIS: a tag, two spaces, a hyphen, a space, a value; CRLF.
fn ris(cited: &Citation) -> String {
    let mut lines = vec![(
        "TY",
        if cited.is_report { "RPRT" } else { "GOVDOC" }.to_owned(),
    )];
    lines.push(("ID", key(&cited.id)));
    lines.extend(cited.author.clone().map(|author| ("AU", author)));
    lines.push(("TI", cited.title.clone()));
    lines.extend(cited.author.clone().map(|author| ("PB", author)));
    let date = cited.date.clone();
    let year = cited.year.map(|year| year.to_string());
    lines.extend(
        date.as_deref()
            .and_then(|date| date.get(..4))
            .map(|year| ("PY", year.to_owned()))
            .or(year.map(|year| ("PY", year))),
    );
    lines.extend(date.map(|date| ("DA", slashed(&date))));
    lines.extend(cited.number.clone().map(|number| ("M1", number)));
    lines.extend(cited.kind.clone().map(|kind| ("M3", kind)));
    lines.extend(cited.url.clone().map(|url| ("UR", url)));
    if cited.url.is_some() {
        lines.extend(cited.accessed.as_deref().map(|day| ("Y2", slashed(day))));
    }
    lines.push(("N1", note(cited)));
    lines.push(("LA", "zh".to_owned()));
    let record: String = lines
        .iter()
        .map(|(tag, value)| format!("{tag}  - {}\r\n", value.replace(['\r', '\n'], " ")))
        .collect();
    record + "ER  - \r\n\r\n"
}

/// `2021-12-24` as RIS writes it: `2021/12/24/`.
fn slashed(date: &str) -> String {
    let mut parts = date.split('-');
    let mut part = || parts.next().unwrap_or_default();
    format!("{}/{}/{}/", part(), part(), part())
}

fn csl(cited: &Citation) -> Value {
    let mut item = Map::new();
    let mut put = |name: &str, value: Value| {
        item.insert(name.to_owned(), value);
    };
    put("id", json!(cited.id));
    put(
        "type",
        json!(if cited.is_report {
            "report"
        } else {
            "document"
        }),
    );
    put("title", json!(cited.title));
    if let Some(author) = &cited.author {
        put("author", json!([{ "literal": author }]));
        put("publisher", json!(author));
    }
    if let Some(kind) = &cited.kind {
        put("genre", json!(kind));
    }
    let year = cited.year.map(|year| year.to_string());
    if let Some(date) = cited.date.clone().or(year) {
        put("issued", date_parts(&date));
    }
    if let Some(number) = &cited.number {
        put("number", json!(number));
    }
    if let Some(url) = &cited.url {
        put("URL", json!(url));
        if let Some(day) = &cited.accessed {
            put("accessed", date_parts(day));
        }
    }
    put("language", json!("zh-CN"));
    put("note", json!(note(cited)));
    Value::Object(item)
}

fn date_parts(date: &str) -> Value {
    let parts: Vec<u32> = date
        .split('-')
        .filter_map(|part| part.parse().ok())
        .collect();
    json!({ "date-parts": [parts] })
}

/// What no field of a style holds: the paragraph, our id, and what a reader should know.
fn note(cited: &Citation) -> String {
    let mut parts = vec![format!("xianli:{}", cited.id)];
    parts.extend(cited.paragraph.map(|ordinal| format!("第{ordinal}段")));
    parts.extend(cited.notes.iter().cloned());
    parts.join("; ")
}

/// A key of ASCII letters, digits and hyphens.
fn key(id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    format!("xianli-{}", id.chars().map(plain).collect::<String>())
}

/// Text with what TeX reads as commands made plain.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(character);
            }
            '\\' => out.push_str("\\textbackslash "),
            '~' => out.push_str("\\textasciitilde "),
            '^' => out.push_str("\\textasciicircum "),
            _ => out.push(character),
        }
    }
    out
}

/// A URL with the braces that would end its field escaped as a URL escapes them.
fn url_in_braces(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Metadata;
    use crate::study::citation;

    fn report() -> Metadata {
        Metadata {
            id: "k3v9".into(),
            title: "福田区政务服务数据管理局2021年法治政府建设年度报告".into(),
            issuer: Some("福田区政务服务数据管理局".into()),
            year: Some(2021),
            published: Some("2021-12-24".into()),
            kind: Some("报告".into()),
            ..Metadata::default()
        }
    }

    fn notice() -> Metadata {
        Metadata {
            id: "b2c4".into(),
            title: "工作报告_50%".into(),
            title_derived: true,
            number: Some("国办发〔2020〕35号".into()),
            kind: Some("意见".into()),
            year: Some(2020),
            url: Some("https://example.org/a_b".into()),
            ..Metadata::default()
        }
    }

    fn in_style(style: CitationStyle) -> String {
        citations(
            &[
                citation(&report(), Some(17), Some("2024-05-01")),
                citation(&notice(), None, Some("2024-05-01")),
            ],
            style,
        )
    }

    #[test]
    fn gb_t_7714_marks_report_derived_title_unknown_date_and_paragraph() {
        assert_eq!(
            in_style(CitationStyle::GbT7714),
            "福田区政务服务数据管理局. 福田区政务服务数据管理局2021年法治政府建设年度报告[R]. \
             2021-12-24: 第17段.\n\
             佚名. [工作报告_50%]: 国办发〔2020〕35号[EB/OL]. [2020][2024-05-01]. \
             https://example.org/a_b. (题名系检索系统自拟)\n"
        );
    }

    #[test]
    fn bibtex_keeps_names_whole_and_escapes_tex() {
        assert_eq!(
            in_style(CitationStyle::Bibtex),
            "\
@report{xianli-k3v9-17,
  author = {{福田区政务服务数据管理局}},
  title = {{福田区政务服务数据管理局2021年法治政府建设年度报告}},
  type = {报告},
  institution = {{福田区政务服务数据管理局}},
  date = {2021-12-24},
  note = {xianli:k3v9/17; 第17段},
  langid = {chinese},
}

@misc{xianli-b2c4,
  title = {{工作报告\\_50\\%}},
  date = {2020},
  number = {国办发〔2020〕35号},
  url = {https://example.org/a_b},
  urldate = {2024-05-01},
  note = {xianli:b2c4; 题名系检索系统自拟},
  langid = {chinese},
}

"
        );
    }

    #[test]
    fn ris_records_end_and_dates_have_slashes() {
        let ris = in_style(CitationStyle::Ris);
        assert!(ris.starts_with("TY  - RPRT\r\nID  - xianli-k3v9-17\r\nAU  - 福田区"));
        assert!(ris.contains("\r\nPY  - 2021\r\nDA  - 2021/12/24/\r\n"));
        assert_eq!(ris.matches("\r\nER  - \r\n").count(), 2);
    }

    #[test]
    fn csl_json_has_literal_authors_and_date_parts() {
        let items: Value = serde_json::from_str(&in_style(CitationStyle::CslJson)).unwrap();
        assert_eq!(items[0]["author"][0]["literal"], "福田区政务服务数据管理局");
        assert_eq!(
            items[0]["issued"],
            json!({ "date-parts": [[2021, 12, 24]] })
        );
        assert_eq!(items[1]["type"], "document");
        assert_eq!(
            items[1]["accessed"],
            json!({ "date-parts": [[2024, 5, 1]] })
        );
        assert_eq!(items[1].get("author"), None);
    }
}
