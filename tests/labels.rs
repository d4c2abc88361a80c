//! The labels of reforms that a reader of the seeds and of 48 work reports would name are found.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read is a failed test"
)]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use xianli::document::Metadata;
use xianli::lexicon::families;
use xianli::read::{Limits, read_file, walk};
use xianli::study::Passage;
use xianli::study::terms::{TermLimits, terms};

/// The paragraphs of a folder of the shared corpus; the name of a file stands for its place.
fn passages(folder: &str) -> Option<Vec<Passage>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by its caller where the data is"
    )]
    let shared = std::env::var("XIANLI_SHARED").unwrap_or_else(|_| "../shared".into());
    let folder = PathBuf::from(shared).join("corpus").join(folder);
    if !folder.is_dir() {
        eprintln!("skipped: no {}", folder.display());
        return None;
    }
    let mut passages = Vec::new();
    for file in walk(&[folder]).files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        for document in read_file(&file, &Limits::default()).unwrap().documents {
            let metadata = Arc::new(Metadata {
                id: name.clone(),
                region: vec![name.clone()],
                ..Metadata::default()
            });
            passages.extend(document.paragraphs().map(|paragraph| Passage {
                document: Arc::clone(&metadata),
                ordinal: paragraph.ordinal,
                kind: paragraph.source.kind,
                role: None,
                path: paragraph.source.path.clone(),
                text: paragraph.source.printed(),
            }));
        }
    }
    Some(passages)
}

#[test]
fn the_labels_that_a_reader_names_are_found() {
    let (Some(seeds), Some(reports)) = (passages("seeds"), passages("reports")) else {
        return;
    };
    let corpus = [seeds, reports].concat();
    let found = terms(&corpus, &families(), TermLimits::default());
    let labels: BTreeSet<&str> = found.iter().map(|term| term.label.as_str()).collect();
    let expected = [
        "免申即享",
        "跨域通办",
        "民意速办",
        "一网统管",
        "高效办成一件事",
        "林长制",
    ];
    let missing: Vec<&str> = expected
        .into_iter()
        .filter(|label| !labels.contains(label))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}
