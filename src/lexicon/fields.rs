//! The fields of the query language and of the index: `fields.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::variants::simplified;

/// One field: what may stand before a colon in a query.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The name in queries, output and schema: `region`.
    pub name: String,
    /// Its twins, Chinese ones first: 地区.
    pub aliases: Vec<String>,
    /// What may follow the colon.
    pub kind: FieldKind,
    /// What the field belongs to.
    pub over: Over,
    /// One line of help.
    pub help: String,
}

/// What may follow the colon of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// Words, searched like the text.
    Text,
    /// A value that is compared as a whole.
    Label,
    /// A year or a range of years: `2019..2021`.
    Year,
}

/// What a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Over {
    /// Each paragraph has its own.
    Paragraph,
    /// All paragraphs of a document share it.
    Document,
}

impl Field {
    /// The field of this name or alias, in either script and case.
    ///
    /// ```
    /// use xianli::lexicon::Field;
    /// assert_eq!(Field::find("地區").map(|field| field.name.as_str()), Some("region"));
    /// assert_eq!(Field::find("来源"), None); // header lines stay text
    /// ```
    pub fn find(name: &str) -> Option<&'static Self> {
        let name = name.to_lowercase();
        let name: String = name.chars().map(simplified).collect();
        Self::all()
            .iter()
            .find(|field| field.name == name || field.aliases.contains(&name))
    }

    /// Every field, in the order of the help.
    pub fn all() -> &'static [Self] {
        static TABLE: LazyLock<Vec<Field>> = LazyLock::new(|| {
            #[derive(Deserialize)]
            struct Table {
                field: Vec<Field>,
            }
            let table: Table = toml::from_str(include_str!("../../index-schema/fields.toml"))
                .expect("fields.toml is tested to be read");
            table.field
        });
        &TABLE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_no_name_stands_twice() {
        let mut names: Vec<&str> = Field::all()
            .iter()
            .flat_map(|field| field.aliases.iter().chain([&field.name]))
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(Field::all().iter().all(|field| !field.help.is_empty()));
    }

    #[test]
    fn words_of_document_headers_are_no_fields() {
        for word in [
            "来源",
            "日期",
            "发布时间",
            "发布日期",
            "字体",
            "索引号",
            "信息索引号",
            "办结率",
            "附件",
        ] {
            assert_eq!(Field::find(word), None, "{word}");
        }
    }
}
