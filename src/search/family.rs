//! Reform families in a question: the other labels of a reform, how many paragraphs each has, and
//! the question that asks for all of them.

use super::answer::Answer;
use super::error::SearchError;
use super::leaf::Leaf;
use super::plan::Plan;
use super::request::Request;
use super::results::{FamilyInAnswer, LabelCount};
use super::verify::runs;
use crate::lexicon::{Family, families_of};
use crate::query::{Node, Query};
use crate::text::units;
use crate::tokenize::Cutter;

/// The families that some word or phrase of the question is a label of.
fn families_in<'f>(query: &Query, families: &'f [Family]) -> Vec<(String, &'f Family)> {
    let mut found: Vec<(String, &Family)> = Vec::new();
    let mut nodes: Vec<&Node> = query.root.iter().collect();
    while let Some(node) = nodes.pop() {
        match node {
            Node::And(children) | Node::Or(children) => nodes.extend(children.iter().rev()),
            Node::Term(text) | Node::Phrase { text, slop: None } => {
                for family in families_of(families, text) {
                    if found.iter().all(|(_, known)| known.name != family.name) {
                        found.push((text.clone(), family));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The question with every label joined by OR to the other labels of its families.
pub(super) fn widened(query: &Query, families: &[Family]) -> Query {
    Query {
        root: query.root.as_ref().map(|root| widened_node(root, families)),
        ..query.clone()
    }
}

fn widened_node(node: &Node, families: &[Family]) -> Node {
    let each = |nodes: &[Node]| {
        nodes
            .iter()
            .map(|node| widened_node(node, families))
            .collect()
    };
    match node {
        Node::And(nodes) => Node::And(each(nodes)),
        Node::Or(nodes) => Node::Or(each(nodes)),
        Node::Term(text) | Node::Phrase { text, slop: None } => {
            let mut labels = vec![node.clone()];
            for label in families_of(families, text)
                .into_iter()
                .flat_map(|f| &f.labels)
            {
                let other = Node::Phrase {
                    text: label.clone(),
                    slop: None,
                };
                if label != text && !labels.contains(&other) {
                    labels.push(other);
                }
            }
            if labels.len() == 1 {
                return node.clone();
            }
            Node::Or(labels)
        }
        other => other.clone(),
    }
}

/// Every family of the question with its labels and how many paragraphs have each literally, under
/// the filters of the request.
pub(super) fn in_answer(
    answer: &Answer<'_>,
    cutter: &Cutter,
    request: &Request,
) -> Result<Vec<FamilyInAnswer>, SearchError> {
    let mut found = Vec::new();
    for (asked, family) in families_in(&request.query, &request.families) {
        let count = |label: &String| match answer.count_of_only(label) {
            Some(count) => Ok(count),
            None => Err(Plan::of(&Query::literal(label), &request.filters, cutter)),
        };
        let counts: Vec<Result<usize, Plan>> = family.labels.iter().map(count).collect();
        let counts = answer.hands.each(&counts, |count| match count {
            Ok(known) => Ok(*known),
            Err(plan) => answer.count_of(plan),
        })?;
        let labels = family.labels.iter().zip(counts);
        let labels = labels.map(|(label, paragraphs)| LabelCount {
            label: label.clone(),
            paragraphs,
        });
        found.push(FamilyInAnswer {
            name: family.name.clone(),
            asked,
            labels: labels.collect(),
        });
    }
    Ok(found)
}

/// The labels of families, to be looked for in texts.
pub(super) struct Labels(Vec<(String, Leaf)>);

impl Labels {
    pub(super) fn of(families: &[FamilyInAnswer]) -> Self {
        let labels = families.iter().flat_map(|family| &family.labels);
        let leaf = |count: &LabelCount| (count.label.clone(), Leaf::phrase(&count.label));
        Self(labels.map(leaf).collect())
    }

    /// Those that stand in a text.
    pub(super) fn found_in(&self, text: &str) -> Vec<String> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let units = units(text);
        let found = self
            .0
            .iter()
            .filter(|(_, leaf)| !runs(leaf, &units).is_empty());
        found.map(|(label, _)| label.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn a_label_is_joined_to_the_others_of_its_family() {
        let families = [Family {
            name: "免申即享".to_owned(),
            labels: vec!["免申即享".to_owned(), "免申即办".to_owned()],
        }];
        let canonical = |text: &str| widened(&parse(text), &families).canonical();
        assert_eq!(
            canonical("免申即享 -试点"),
            "(免申即享 OR \"免申即办\") -试点"
        );
        assert_eq!(canonical("別的"), "別的");
    }
}
