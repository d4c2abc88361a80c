//! No bytes make a reader panic, hang or fill the memory: real files of every format, mutated.
//!
//! `PROPTEST_CASES=100000 cargo test --release --test formats_fuzz` runs for hours. The files are those of
//! the sample and, where it is present, of the shared data (`XIANLI_SHARED`).

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use xianli::read::{Limits, read_bytes, walk};

/// The largest file that is mutated, in bytes.
const LARGEST: u64 = 300_000;

static FILES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = walk(&[package.join("corpus-sample")]).files;
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by its caller where the data is"
    )]
    let shared = std::env::var_os("XIANLI_SHARED").map(PathBuf::from);
    let corpus = shared
        .unwrap_or_else(|| package.join("../shared"))
        .join("corpus");
    if corpus.is_dir() {
        for folder in [
            "office",
            "ofd",
            "html",
            "html-gbk",
            "scraped",
            "traditional",
        ] {
            files.extend(walk(&[corpus.join(folder)]).files.into_iter().step_by(3));
        }
    }
    files.retain(|path| fs::metadata(path).is_ok_and(|data| data.len() <= LARGEST));
    files
        .into_iter()
        .map(|path| {
            (
                path.display().to_string(),
                fs::read(&path).expect("the walk found it"),
            )
        })
        .collect()
});

/// One change to a file.
#[derive(Debug, Clone)]
enum Change {
    Set {
        at: prop::sample::Index,
        byte: u8,
    },
    Insert {
        at: prop::sample::Index,
        bytes: Vec<u8>,
    },
    Cut {
        at: prop::sample::Index,
        length: usize,
    },
    Repeat {
        at: prop::sample::Index,
        length: usize,
        times: usize,
    },
    End {
        at: prop::sample::Index,
    },
}

fn change() -> impl Strategy<Value = Change> {
    let at = || any::<prop::sample::Index>();
    prop_oneof![
        8 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Set { at, byte }),
        2 => (at(), prop::collection::vec(any::<u8>(), 1..40)).prop_map(|(at, bytes)| Change::Insert { at, bytes }),
        2 => (at(), 1..2000_usize).prop_map(|(at, length)| Change::Cut { at, length }),
        1 => (at(), 1..200_usize, 2..200_usize).prop_map(|(at, length, times)| Change::Repeat { at, length, times }),
        1 => at().prop_map(|at| Change::End { at }),
    ]
}

fn changed(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in changes {
        if bytes.is_empty() {
            break;
        }
        match change {
            Change::Set { at, byte } => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Change::Insert { at, bytes: new } => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, new.iter().copied());
            }
            Change::Cut { at, length } => {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Change::Repeat { at, length, times } => {
                let at = at.index(bytes.len());
                let piece = bytes[at..(at + length).min(bytes.len())].repeat(*times);
                bytes.splice(at..at, piece);
            }
            Change::End { at } => bytes.truncate(at.index(bytes.len())),
        }
    }
    bytes
}

fn limits() -> Limits {
    Limits {
        file_bytes: 64 << 20,
        unpacked_bytes: 64 << 20,
        members: 100,
        pages: 50,
        seconds: 60,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn mutated_files_are_read_or_refused(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..12),
    ) {
        let (name, bytes) = file.get(&FILES);
        if let Ok(reading) = read_bytes(name, &changed(bytes, &changes), &limits()) {
            for document in &reading.documents {
                prop_assert!(document.lines.iter().all(|line| !line.printed().is_empty()));
            }
        }
    }

    #[test]
    fn arbitrary_bytes_behind_any_signature_are_read_or_refused(
        start in prop::sample::select(vec![
            &b""[..], b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"{\"text\":",
            b"\xff\xfe", b"\xef\xbb\xbf", b"{\\rtf1", b"<?xml version=\"1.0\"?><w:wordDocument>",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..3000),
    ) {
        let _ = read_bytes("a", &[start, &bytes].concat(), &limits());
    }

    #[test]
    fn arbitrary_text_keeps_all_its_characters(text in "(?s)[一二三、（）().:：。；0-9 \n\u{3000}第章节条年月日附件报告各位代表]{0,300}") {
        let Ok(reading) = read_bytes("a.txt", text.as_bytes(), &limits()) else {
            return Ok(());
        };
        let kept: String = reading.documents[0].paragraphs().map(|unit| unit.source.printed()).collect();
        let count = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '。').count();
        let furniture: usize = reading.documents[0]
            .lines
            .iter()
            .filter(|line| line.kind == xianli::document::LineKind::Boilerplate)
            .map(|line| count(&line.text))
            .sum();
        prop_assert_eq!(count(&kept) + furniture, count(&text));
    }
}
