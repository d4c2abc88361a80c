//! Links and references as a graph: GraphML, as network programs read it.

use std::collections::BTreeMap;

use super::tables::shown;
use crate::render::table::escaped;
use crate::study::{Link, Reference};

/// The keys of nodes and edges.
const KEYS: [(&str, &str); 9] = [
    ("label", "node"),
    ("kind", "node"),
    ("level", "node"),
    ("relation", "edge"),
    ("stance", "edge"),
    ("year", "edge"),
    ("weight", "edge"),
    ("quote", "edge"),
    ("id", "edge"),
];

/// A directed graph: places with who learned from whom, documents with the titles that they name.
pub fn graphml(links: &[Link], references: &[Reference]) -> String {
    let mut nodes = Nodes::new();
    let mut edges: String = links
        .iter()
        .map(|link| link_edge(&mut nodes, link))
        .collect();
    edges.extend(
        references
            .iter()
            .map(|named| reference_edge(&mut nodes, named)),
    );
    let keys: String = KEYS
        .iter()
        .map(|(name, holder)| {
            format!(
                "<key id=\"{name}\" for=\"{holder}\" attr.name=\"{name}\" attr.type=\"string\"/>\n"
            )
        })
        .collect();
    let nodes: String = nodes.into_values().collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n{keys}\
         <graph edgedefault=\"directed\">\n{nodes}{edges}</graph>\n</graphml>\n"
    )
}

/// The nodes by their ids, as they will be written.
type Nodes = BTreeMap<String, String>;

fn link_edge(nodes: &mut Nodes, link: &Link) -> String {
    let from = place(nodes, &link.from);
    let to = place(nodes, &link.to);
    let facts = [
        ("relation", link.cue.clone()),
        ("stance", link.stance.name().to_owned()),
        ("year", shown(link.year)),
        ("quote", link.quote.clone()),
        ("id", link.id.clone()),
    ];
    edge(&from, &to, &facts)
}

fn reference_edge(nodes: &mut Nodes, reference: &Reference) -> String {
    let document = &reference.document;
    let from = format!("document:{}", document.id);
    nodes.entry(from.clone()).or_insert_with(|| {
        node(
            &from,
            &document.title,
            "document",
            document.level.as_deref(),
        )
    });
    let name = match &reference.number {
        Some(number) if reference.title.is_empty() => number,
        _ => &reference.title,
    };
    let to = format!("title:{name}");
    nodes
        .entry(to.clone())
        .or_insert_with(|| node(&to, name, "title", reference.level.as_deref()));
    let facts = [
        ("relation", shown(reference.relation.as_ref())),
        ("year", shown(reference.year)),
        ("weight", reference.times.to_string()),
        ("id", reference.id.clone()),
    ];
    edge(&from, &to, &facts)
}

fn place(nodes: &mut Nodes, region: &[String]) -> String {
    let id = format!("place:{}", region.join("/"));
    nodes
        .entry(id.clone())
        .or_insert_with(|| node(&id, &region.concat(), "place", None));
    id
}

fn node(id: &str, label: &str, kind: &str, level: Option<&str>) -> String {
    let level = level.map_or_else(String::new, |level| data("level", level));
    format!(
        "<node id=\"{}\">{}{}{level}</node>\n",
        escaped(id),
        data("label", label),
        data("kind", kind)
    )
}

fn edge(from: &str, to: &str, facts: &[(&str, String)]) -> String {
    let facts: String = facts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| data(name, value))
        .collect();
    format!(
        "<edge source=\"{}\" target=\"{}\">{facts}</edge>\n",
        escaped(from),
        escaped(to)
    )
}

fn data(key: &str, value: &str) -> String {
    format!("<data key=\"{key}\">{}</data>", escaped(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::Source;

    #[test]
    fn names_are_safe_and_every_edge_has_its_nodes() {
        let reference = Reference {
            document: Source {
                id: "k3v9".into(),
                title: "甲&乙".into(),
                title_derived: false,
                region: vec![],
                region_code: None,
                issuer: None,
                status: None,
                number: None,
                kind: None,
                level: None,
                path: "a.txt".into(),
                url: None,
            },
            year: Some(2021),
            title: "纲要<2021>".into(),
            number: None,
            level: Some("国家".into()),
            kind: None,
            relation: Some("落实".into()),
            times: 2,
            id: "k3v9/3".into(),
        };
        let graph = graphml(&[], &[reference]);
        assert!(graph.contains(
            "<node id=\"title:纲要&lt;2021&gt;\"><data key=\"label\">纲要&lt;2021&gt;</data>\
             <data key=\"kind\">title</data><data key=\"level\">国家</data></node>\n"
        ));
        assert!(graph.contains(
            "<edge source=\"document:k3v9\" target=\"title:纲要&lt;2021&gt;\">\
             <data key=\"relation\">落实</data><data key=\"year\">2021</data>\
             <data key=\"weight\">2</data><data key=\"id\">k3v9/3</data></edge>\n"
        ));
    }
}
