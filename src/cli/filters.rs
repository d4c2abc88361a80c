//! The values of flags to what a search understands, or a complaint that names the nearest values.

use crate::document::Status;
use crate::lexicon::{Region, Role};
use crate::query::YearRange;
use crate::search::{FACETS, FacetRequest, Filters};

use super::complaint::Complaint;
use super::xianli::FilterFlags;

/// How many near names a complaint offers.
const NEAREST: usize = 5;

/// The facet whose values lie in each other.
const TREE: &str = "region";

/// What every hit must be.
pub(super) fn filters(flags: &FilterFlags) -> Result<Filters, Complaint> {
    Ok(Filters {
        regions: each(&flags.region, regions)?.concat(),
        years: each(&flags.year, years)?,
        sections: each(&flags.section, section)?,
        issuers: flags.issuer.clone(),
        statuses: each(&flags.status, status)?,
        kinds: flags.kind.clone(),
    })
}

/// The facets to count: `region`, `region:2`.
pub(super) fn facets(values: &[String]) -> Result<Vec<FacetRequest>, Complaint> {
    each(values, facet)
}

fn each<T>(
    values: &[String],
    understand: impl Fn(&str) -> Result<T, Complaint>,
) -> Result<Vec<T>, Complaint> {
    values.iter().map(|value| understand(value)).collect()
}

/// A name that several regions bear means all of them.
fn regions(value: &str) -> Result<Vec<Vec<String>>, Complaint> {
    let mut found = Region::find(value);
    if found.is_empty() {
        found.extend(Region::by_code(value.trim()));
    }
    if found.is_empty() {
        let nearest = Region::nearest(value, NEAREST);
        let names = nearest.into_iter().map(|region| region.path().concat());
        return Err(Complaint::new(
            "--region",
            value,
            "no region has this name or code".to_owned(),
            near(
                names,
                "write a full name, a short name or a division code: 广东省, 深圳, 440309",
            ),
        ));
    }
    let path = |region: Region| region.path().into_iter().map(str::to_owned).collect();
    Ok(found.into_iter().map(path).collect())
}

fn years(value: &str) -> Result<YearRange, Complaint> {
    YearRange::parse(value).ok_or_else(|| {
        Complaint::new(
            "--year",
            value,
            "not a year and no range of years".to_owned(),
            "write 2022, 2020..2023, 2020.. or ..2021".to_owned(),
        )
    })
}

fn section(value: &str) -> Result<Role, Complaint> {
    Role::find(value).ok_or_else(|| {
        let both = |role: Role| format!("{} {}", role.name(), role.chinese());
        let all: Vec<String> = Role::all().map(both).collect();
        Complaint::new(
            "--section",
            value,
            "no section has this name".to_owned(),
            near(
                Role::nearest(value, NEAREST).into_iter().map(both),
                &format!("the sections are {}", all.join(", ")),
            ),
        )
    })
}

fn status(value: &str) -> Result<Status, Complaint> {
    let named = |status: &Status| {
        status.name() == value.trim().to_lowercase() || status.chinese() == value.trim()
    };
    Status::ALL.into_iter().find(named).ok_or_else(|| {
        let all = Status::ALL.map(|status| format!("{} {}", status.name(), status.chinese()));
        Complaint::new(
            "--status",
            value,
            "no status has this name".to_owned(),
            format!("write one of {}", all.join(", ")),
        )
    })
}

fn facet(value: &str) -> Result<FacetRequest, Complaint> {
    let complain = |message: &str, hint: &str| {
        Err(Complaint::new(
            "--facets",
            value,
            message.to_owned(),
            hint.to_owned(),
        ))
    };
    let (name, depth) = match value.split_once([':', '：']) {
        Some((name, depth)) => (name, Some(depth)),
        None => (value, None),
    };
    let Some(field) = FACETS.into_iter().find(|field| *field == name.trim()) else {
        let hint = format!("the facets are {}", FACETS.join(", "));
        return complain("no facet has this name", &hint);
    };
    let depth = match depth {
        None => None,
        Some(_) if field != TREE => {
            return complain(
                "this facet has one level only",
                "only region has levels: region:2",
            );
        }
        Some(depth) => match depth.trim().parse() {
            Ok(depth @ 1..=3) => Some(depth),
            _ => {
                return complain(
                    "not a number of levels",
                    "write region:1, region:2 or region:3",
                );
            }
        },
    };
    Ok(FacetRequest {
        field: field.to_owned(),
        depth,
    })
}

/// `nearest: …`, or other advice where nothing is near.
fn near(names: impl Iterator<Item = String>, otherwise: &str) -> String {
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        otherwise.to_owned()
    } else {
        format!("nearest: {}", names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_found_by_name_short_name_and_code() {
        let longhua = vec![
            "广东省".to_owned(),
            "深圳市".to_owned(),
            "龙华区".to_owned(),
        ];
        for one in ["440309", "深圳市龙华区"] {
            assert_eq!(regions(one).unwrap(), vec![longhua.clone()], "{one}");
        }
        let both = regions("龙华").unwrap();
        assert!(both.len() > 1 && both.contains(&longhua), "{both:?}");
    }

    #[test]
    fn an_unknown_section_names_the_nearest() {
        assert!(
            section("下一步规划").unwrap_err().to_string().starts_with(
                "no section has this name\n  --section 下一步规划\n            ^^^^^^^^^^\nhint: nearest: plan 下一步计划"
            )
        );
    }

    #[test]
    fn a_year_that_is_none_is_pointed_at() {
        assert_eq!(
            years("20x0").unwrap_err().to_string(),
            "not a year and no range of years\n  --year 20x0\n         ^^^^\nhint: write 2022, 2020..2023, 2020.. or ..2021"
        );
    }

    #[test]
    fn a_status_has_two_names() {
        assert_eq!(status("失效"), Ok(Status::Expired));
        assert_eq!(status("Expired"), Ok(Status::Expired));
        assert!(status("有效").is_err());
    }

    #[test]
    fn only_a_tree_has_levels() {
        let facet_of = |field: &str, depth| {
            Ok(FacetRequest {
                field: field.into(),
                depth,
            })
        };
        assert_eq!(facet("region:2"), facet_of("region", Some(2)));
        assert_eq!(facet("year"), facet_of("year", None));
        assert!(facet("year:2").is_err());
        assert!(facet("region:9").is_err());
        assert!(facet("town").is_err());
    }
}
