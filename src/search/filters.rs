//! Values of filters as people type them, to what the index knows.

use super::error::SearchError;
use super::plan::region_paths;
use super::request::Filters;
use crate::document::Status;
use crate::lexicon::{Kind, Region, Role};
use crate::query::YearRange;

/// How many nearest names a message gives.
const NEAREST: usize = 3;

impl Filters {
    /// Also lets through a region: a full or short name of a province, city or county, or several
    /// from the outer to the inner, with `/` between (`广东/龙华`). A name that several regions bear
    /// means any of them.
    ///
    /// # Errors
    /// [`SearchError::UnknownValue`] with the nearest names.
    ///
    /// ```
    /// use xianli::search::Filters;
    /// let mut filters = Filters::default();
    /// filters.add_region("深圳/龙华")?;
    /// assert_eq!(filters.regions, [["广东省", "深圳市", "龙华区"]]);
    /// assert!(filters.add_region("龙花区").is_err());
    /// # Ok::<(), xianli::search::SearchError>(())
    /// ```
    pub fn add_region(&mut self, typed: &str) -> Result<(), SearchError> {
        let names: Vec<&str> = typed.split('/').map(str::trim).collect();
        let (&last, outer) = names.split_last().unwrap_or((&"", &[]));
        let mut paths = region_paths(last);
        for name in outer {
            let around = region_paths(name);
            paths.retain(|path| around.iter().any(|around| path.starts_with(around)));
        }
        if paths.is_empty() {
            let nearest = Region::nearest(last, NEAREST).into_iter();
            return Err(SearchError::UnknownValue {
                filter: "region",
                value: typed.to_owned(),
                nearest: nearest.map(|region| region.path().join("/")).collect(),
            });
        }
        self.regions.extend(paths);
        Ok(())
    }

    /// Also lets through a year or years: `2021`, `2019..2021`.
    ///
    /// # Errors
    /// [`SearchError::UnknownValue`] with examples.
    pub fn add_years(&mut self, typed: &str) -> Result<(), SearchError> {
        let range = YearRange::parse(typed).ok_or_else(|| SearchError::UnknownValue {
            filter: "year",
            value: typed.to_owned(),
            nearest: ["2021", "2019..2021", "2019..", "..2021"]
                .map(str::to_owned)
                .to_vec(),
        })?;
        self.years.push(range);
        Ok(())
    }

    /// Also lets through a section role, by its English or Chinese name.
    ///
    /// # Errors
    /// [`SearchError::UnknownValue`] with the nearest names.
    pub fn add_section(&mut self, typed: &str) -> Result<(), SearchError> {
        let role = Role::find(typed).ok_or_else(|| SearchError::UnknownValue {
            filter: "section",
            value: typed.to_owned(),
            nearest: Role::nearest(typed, NEAREST)
                .into_iter()
                .map(|role| format!("{} {}", role.name(), role.chinese()))
                .collect(),
        })?;
        self.sections.push(role);
        Ok(())
    }

    /// Also lets through a status, by its English or Chinese name.
    ///
    /// # Errors
    /// [`SearchError::UnknownValue`] with all names.
    pub fn add_status(&mut self, typed: &str) -> Result<(), SearchError> {
        let named = |status: &Status| status.name() == typed || status.chinese() == typed;
        let status = Status::ALL.into_iter().find(named);
        let status = status.ok_or_else(|| SearchError::UnknownValue {
            filter: "status",
            value: typed.to_owned(),
            nearest: Status::ALL
                .map(|status| format!("{} {}", status.name(), status.chinese()))
                .to_vec(),
        })?;
        self.statuses.push(status);
        Ok(())
    }

    /// Also lets through a kind of document (文种).
    ///
    /// # Errors
    /// [`SearchError::UnknownValue`] with kinds that there are.
    pub fn add_kind(&mut self, typed: &str) -> Result<(), SearchError> {
        let kind = Kind::find(typed).ok_or_else(|| SearchError::UnknownValue {
            filter: "kind",
            value: typed.to_owned(),
            nearest: Kind::all()
                .iter()
                .map(|kind| kind.name.to_owned())
                .collect(),
        })?;
        self.kinds.push(kind.name.to_owned());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_two_regions_bear_means_either() {
        let mut filters = Filters::default();
        filters.add_region("龙华区").unwrap();
        let cities: Vec<&str> = filters
            .regions
            .iter()
            .map(|path| path[1].as_str())
            .collect();
        assert_eq!(cities, ["深圳市", "海口市"]);
    }

    #[test]
    fn an_unknown_value_names_the_nearest() {
        let mut filters = Filters::default();
        let message = filters.add_section("plam").unwrap_err().to_string();
        assert!(message.starts_with("no section is called `plam`\nhint: the nearest are plan "));
        assert!(filters.add_status("失效").is_ok() && filters.add_years("去年").is_err());
    }
}
