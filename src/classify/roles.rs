//! The section role of each line, by the headings that it stands under.
//!
//! A heading speaks for itself by the patterns of `sections.toml`. What stands under plans, problems,
//! liability and the like stays there; under measures, a heading of plans or problems parts from them.
//! A heading that says nothing has the role of its surroundings, or the one usual for the kind of
//! document. A paragraph may speak for itself by how it begins.

use std::collections::HashMap;

use super::page::Page;
use super::title::{WORK_REPORT, of_title};
use super::year::without_names;
use crate::document::LineKind;
use crate::lexicon::{Kind, Role};
use crate::text::{dates, fold};

/// What is known of a document before its sections are read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Frame<'l> {
    pub(super) kind: Option<&'static Kind>,
    pub(super) title: Option<&'l str>,
    pub(super) year: Option<i32>,
}

/// The role of each line, by its place; `None` for titles, header lines, signatures and furniture.
pub(super) fn roles(page: &Page<'_>, frame: Frame<'_>) -> Vec<Option<Role>> {
    let mut sections = Sections::new(frame);
    let mut met_heading = false;
    let mut roles = Vec::with_capacity(page.lines.len());
    for seen in &page.lines {
        let line = seen.line;
        let role = match line.kind {
            LineKind::Heading => {
                met_heading = true;
                let mut path = line.path.clone();
                path.push(line.text.clone());
                sections.turned = None;
                Some(sections.of_path(&path))
            }
            LineKind::Paragraph => {
                Some(sections.of_paragraph(&line.path, &seen.folded, met_heading))
            }
            LineKind::Closing => role("closing"),
            _ => None,
        };
        roles.push(role);
    }
    roles
}

struct Sections<'l> {
    frame: Frame<'l>,
    default: Role,
    known: HashMap<Vec<String>, Role>,
    /// The role of the last section of the first level.
    before: Option<Role>,
    /// The role that a paragraph under the present heading turned to (下一步，…).
    turned: Option<Role>,
}

impl<'l> Sections<'l> {
    fn new(frame: Frame<'l>) -> Self {
        let kind = frame.title.and_then(attached).or(frame.kind);
        let default = kind.and_then(|kind| Role::find(kind.role));
        Self {
            frame,
            default: default.unwrap_or_else(measures),
            known: HashMap::new(),
            before: None,
            turned: None,
        }
    }

    /// The role of the section with this heading path, innermost last.
    fn of_path(&mut self, path: &[String]) -> Role {
        let Some((heading, above)) = path.split_last() else {
            return self.default;
        };
        if let Some(role) = self.known.get(path) {
            return *role;
        }
        let above = (!above.is_empty()).then(|| self.of_path(above));
        let own = self.of_heading(heading);
        let role = match above {
            Some(above) => beneath(above, own),
            None => own.unwrap_or_else(|| self.by_order()),
        };
        if above.is_none() {
            self.before = Some(role);
        }
        self.known.insert(path.to_vec(), role);
        role
    }

    fn of_paragraph(&mut self, path: &[String], text: &str, met_heading: bool) -> Role {
        let section = match (path.is_empty(), met_heading) {
            (false, _) => self.of_path(path),
            (true, true) => self.default,
            (true, false) => role("opening").unwrap_or(self.default),
        };
        let own = of_paragraph(text);
        let may_turn =
            ["measures", "problems", "opening", "study", "leadership"].contains(&section.name());
        match (own, self.turned) {
            (Some(own), _) if may_turn || own.name() == "provisions" || own.name() == "closing" => {
                if own.name() == "plan" && section.name() == "problems" {
                    self.turned = Some(own);
                }
                own
            }
            (None, Some(turned)) => turned,
            _ => section,
        }
    }

    /// The role that a heading speaks for.
    fn of_heading(&self, heading: &str) -> Option<Role> {
        let text = comparable(heading);
        let plan = role("plan")?;
        let (best, weight) = strongest(Role::all_of_heading(&text))
            .map_or((None, 0), |(weight, role)| (Some(role), weight));
        let dated = plan.of_dated_heading(&text).filter(|dated| *dated > weight);
        let best = match dated {
            Some(_) if self.lies_behind(&text) => measures(),
            Some(_) => plan,
            None => best?,
        };
        Some(match best.name() {
            // The tasks of a plan are its plan, and who leads them is how they are secured.
            "measures" if self.default == plan => plan,
            "leadership" if !self.is_report() => role("safeguards").unwrap_or(best),
            _ => best,
        })
    }

    /// Whether the year of a heading is one that the document looks back on.
    fn lies_behind(&self, heading: &[char]) -> bool {
        let heading: String = heading.iter().collect();
        let (Some(year), Some(dated)) = (self.frame.year, dates(&heading).into_iter().next())
        else {
            return false;
        };
        let is_work_report = self.frame.kind.is_some_and(|kind| kind.name == WORK_REPORT);
        let plans = self.frame.kind.is_some_and(|kind| kind.group == "plan");
        let last_behind = if is_work_report { year - 1 } else { year };
        !plans && dated.date.year <= last_behind
    }

    fn is_report(&self) -> bool {
        self.frame.kind.is_none_or(|kind| kind.group == "report")
    }

    /// What a section of the first level is whose heading says nothing: in a report, what follows
    /// problems or plans looks ahead.
    fn by_order(&self) -> Role {
        match self.before {
            Some(before)
                if self.is_report() && (before.name() == "plan" || before.name() == "problems") =>
            {
                role("plan").unwrap_or(self.default)
            }
            _ => self.default,
        }
    }
}

/// The role of a section with a heading of its own under a section with a role.
fn beneath(above: Role, own: Option<Role>) -> Role {
    let Some(own) = own else {
        return above;
    };
    let parts = match above.name() {
        "measures" | "study" | "leadership" | "opening" => [
            "problems",
            "plan",
            "liability",
            "provisions",
            "study",
            "leadership",
        ]
        .contains(&own.name()),
        "problems" => own.name() == "plan",
        _ => false,
    };
    if parts { own } else { above }
}

fn of_paragraph(text: &str) -> Option<Role> {
    let beginning: Vec<char> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(BEGINNING)
        .collect();
    strongest(Role::all_of_paragraph(&beginning)).map(|(_, role)| role)
}

/// The greatest weight, the first of equals.
fn strongest(spoken: impl Iterator<Item = (usize, Role)>) -> Option<(usize, Role)> {
    spoken.fold(None, |best, next| match best {
        Some((weight, _)) if weight >= next.0 => best,
        _ => Some(next),
    })
}

/// How many characters of a paragraph are its beginning.
const BEGINNING: usize = 60;

/// A heading as patterns see it: folded, without numbering, white space and names in 《》.
fn comparable(heading: &str) -> Vec<char> {
    let folded = fold(heading);
    let named = without_names(&folded);
    let bare: Vec<char> = named
        .chars()
        .filter(|c| !c.is_whitespace() && !"《》“”\"".contains(*c))
        .collect();
    let bare = &bare[numbering(&bare)..];
    match bare.split_last() {
        // Points behind a heading: （5分）
        Some((')' | '）', inner)) if inner.contains(&'分') => {
            let open = inner
                .iter()
                .rposition(|c| "(（".contains(*c))
                .unwrap_or(inner.len());
            inner[..open].to_vec()
        }
        _ => bare.to_vec(),
    }
}

/// How many characters the number of a heading takes: `一、` `（一）` `1.` `第一章`.
fn numbering(heading: &[char]) -> usize {
    let is_number = |c: &char| c.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(*c);
    let opening = usize::from(heading.first().is_some_and(|c| "(（第".contains(*c)));
    let digits = heading[opening..]
        .iter()
        .take_while(|c| is_number(c) || **c == '.')
        .count();
    let end = opening + digits;
    match heading.get(end) {
        Some(mark) if digits > 0 && ")）、.．章节编条部篇,，".contains(*mark) => end + 1,
        _ if opening == 0 && digits > 0 && heading[digits - 1] == '.' => end,
        _ => 0,
    }
}

/// The kind of what a title passes on: 方案 of 关于印发《某方案》的通知.
fn attached(title: &str) -> Option<&'static Kind> {
    let folded = fold(title);
    let passes_on = ["印发", "转发", "批转", "发布", "公布"]
        .iter()
        .any(|word| folded.contains(word));
    let inner = folded
        .rsplit_once('》')
        .map(|(before, _)| before)
        .or_else(|| folded.strip_suffix("的通知"))?;
    passes_on.then(|| of_title(inner)).flatten()
}

fn role(name: &str) -> Option<Role> {
    Role::find(name)
}

fn measures() -> Role {
    role("measures").expect("sections.toml is tested to have measures")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(frame: Frame<'_>, paths: &[&[&str]]) -> Vec<&'static str> {
        let mut sections = Sections::new(frame);
        paths
            .iter()
            .map(|path| {
                let path: Vec<String> = path.iter().map(|&part| part.to_owned()).collect();
                sections.of_path(&path).name()
            })
            .collect()
    }

    fn report(year: i32) -> Frame<'static> {
        Frame {
            kind: Kind::find("报告"),
            title: None,
            year: Some(year),
        }
    }

    #[test]
    fn headings_of_a_report_say_what_they_are_for() {
        for (heading, role) in [
            (
                "二、深入学习宣传贯彻习近平法治思想的情况,有关推动落实的具体措施",
                "study",
            ),
            (
                "三、2022年度党政主要负责人履行推进法治建设第一责任人职责、加强法治政府建设的有关情况",
                "leadership",
            ),
            ("六、2021年度推进法治政府建设的情况", "measures"),
            ("(二)存在的不足和原因", "problems"),
            ("(三)下一年度推进法治政府建设的主要安排", "plan"),
            ("三、2022年工作計劃", "plan"),
            ("七、下一步打算", "plan"),
            ("一、法治建設工作主要舉措和成效", "measures"),
            ("五、保障措施", "safeguards"),
            ("第六章　法律责任", "liability"),
            ("第七章 附　则", "provisions"),
            ("第一章 总则", "requirements"),
            ("一、总体要求", "requirements"),
        ] {
            assert_eq!(of(report(2021), &[&[heading]]), [role], "{heading}");
        }
    }

    #[test]
    fn a_year_ahead_makes_a_plan_and_a_year_behind_makes_measures() {
        let work_report = Frame {
            kind: Kind::find(WORK_REPORT),
            title: None,
            year: Some(2024),
        };
        assert_eq!(
            of(
                work_report,
                &[
                    &["一、2023年工作回顾"],
                    &["二、2024年重点工作"],
                    &["三、全面加强政府自身建设"]
                ]
            ),
            ["measures", "plan", "plan"]
        );
        assert_eq!(
            of(
                report(2022),
                &[&["一、2022年度重点工作"], &["二、2023年重点工作"]]
            ),
            ["measures", "plan"]
        );
    }

    #[test]
    fn what_stands_under_plans_and_problems_stays_there() {
        assert_eq!(
            of(
                report(2021),
                &[
                    &["七、下一步打算", "(一)加强学习宣传"],
                    &["六、存在的不足", "(一)学用结合深度不够"]
                ]
            ),
            ["plan", "problems"]
        );
        assert_eq!(
            of(
                report(2021),
                &[
                    &["一、推进情况", "(二)存在的不足"],
                    &["一、推进情况", "(一)优化服务"]
                ]
            ),
            ["problems", "measures"]
        );
    }
}
