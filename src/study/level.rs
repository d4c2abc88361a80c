//! To which level of the hierarchy the places of an answer are rolled up.

use serde::Serialize;

use crate::document::Metadata;

/// To which level places are rolled up. What lies above that level keeps its own place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rollup {
    /// Each document at its own place.
    #[default]
    Own,
    /// Provinces.
    Province,
    /// Prefecture-level cities; a municipality (直辖市) is its own city.
    City,
    /// Counties and districts.
    County,
}

/// The municipalities, whose districts stand right below the province.
const MUNICIPALITIES: [&str; 4] = ["北京市", "天津市", "上海市", "重庆市"];

impl Rollup {
    /// The part of a region path that stands for a document at this level.
    pub(super) fn cut(self, path: &[String]) -> &[String] {
        let municipality = path
            .first()
            .is_some_and(|name| MUNICIPALITIES.contains(&name.as_str()));
        let depth = match self {
            Self::Own | Self::County => path.len(),
            Self::Province => 1,
            Self::City if municipality => 1,
            Self::City => 2,
        };
        &path[..depth.min(path.len())]
    }

    /// The division code of what a document is rolled up to: the code of its own region with the
    /// digits of the lower levels made zero.
    pub(super) fn code(self, document: &Metadata) -> Option<String> {
        let code = document.region_code.as_ref()?;
        let cut = self.cut(&document.region);
        if cut.len() == document.region.len() {
            return Some(code.clone());
        }
        let digits = if cut.len() == 1 { 2 } else { 4 };
        Some(format!("{:0<6}", code.get(..digits)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_the_level() {
        let document = Metadata {
            region: ["广东省", "深圳市", "龙华区"].map(str::to_owned).to_vec(),
            region_code: Some("440309".into()),
            ..Metadata::default()
        };
        let code = |rollup: Rollup| rollup.code(&document).unwrap();
        assert_eq!(code(Rollup::Own), "440309");
        assert_eq!(code(Rollup::City), "440300");
        assert_eq!(code(Rollup::Province), "440000");
    }
}
