//! The facts about a document that every answer shows: the `document` object of the JSON output.

use serde::{Deserialize, Serialize};

/// What is known of one document, without the evidence for it.
///
/// Dates are ISO 8601, `YYYY-MM-DD`, or shorter where the text states less (`2022-01`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Metadata {
    /// The hash of the folded text: the same text has the same id wherever it lies.
    pub id: String,
    /// The id that the document has at its source, if the source states one.
    pub source_id: Option<String>,
    /// The title, made up of region, year and type where the document has none.
    pub title: String,
    /// Whether the title was made up.
    pub title_derived: bool,
    /// Full names from province to county; empty where unknown or ambiguous.
    pub region: Vec<String>,
    /// The division code (GB/T 2260) of the last name in `region`.
    pub region_code: Option<String>,
    /// The body that issued the document, as written.
    pub issuer: Option<String>,
    /// The year that the document reports on or belongs to.
    pub year: Option<i32>,
    /// When it was published.
    pub published: Option<String>,
    /// When it was signed.
    pub signed: Option<String>,
    /// Validity, where stated; `None` is no statement, not validity.
    pub status: Option<Status>,
    /// The document number, normalised: `国办发〔2021〕67号`.
    pub number: Option<String>,
    /// The script that the text is written in.
    pub script: Script,
    /// Where the file lies; the first of its paths.
    pub path: String,
    /// All paths with this text beyond the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_paths: Vec<String>,
    /// Where it was published on the web, if stated.
    pub url: Option<String>,
    /// The kind of document (文种): 报告, 通知, 意见 …
    #[serde(default)]
    pub kind: Option<String>,
    /// The level of the issuer: 国家, 省, 市, 县.
    #[serde(default)]
    pub level: Option<String>,
}

/// Whether a document is still in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// 失效
    Expired,
    /// 废止
    Repealed,
    /// 已修改
    Amended,
    /// 尚未生效
    Pending,
}

impl Status {
    /// Every status, in the order of the help.
    pub const ALL: [Self; 4] = [Self::Expired, Self::Repealed, Self::Amended, Self::Pending];

    /// The name in machine output: `expired`, …
    pub fn name(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Repealed => "repealed",
            Self::Amended => "amended",
            Self::Pending => "pending",
        }
    }

    /// The Chinese word shown and accepted: 失效, …
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Expired => "失效",
            Self::Repealed => "废止",
            Self::Amended => "已修改",
            Self::Pending => "尚未生效",
        }
    }
}

/// The script of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// 简体
    #[default]
    Simplified,
    /// 繁體, also where it is half-converted
    Traditional,
}

impl Script {
    /// The name in machine output: `simplified` or `traditional`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Simplified => "simplified",
            Self::Traditional => "traditional",
        }
    }
}
