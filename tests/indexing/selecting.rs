//! Which files are taken: include, exclude, roots and links together.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use xianli::index::IndexReader;
use xianli::ingest::{Event, Selection, UpdateOptions, update};

use crate::bench::options;

/// A folder with two folders in it, links between them, and a folder beside.
fn tree(root: &Path) {
    for file in [
        "in/a.txt",
        "in/b.md",
        "in/稿/c.txt",
        "in/稿/旧/d.md",
        "beside/e.txt",
    ] {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("文件{file}。")).unwrap();
    }
    #[cfg(unix)]
    for (target, link) in [
        ("../beside", "in/link"),
        ("../beside/e.txt", "in/e-link.txt"),
        ("..", "in/稿/loop"),
        ("nowhere.txt", "in/broken.txt"),
    ] {
        std::os::unix::fs::symlink(target, root.join(link)).unwrap();
    }
}

/// The paths that an index of these roots knows, from the top of the tree, sorted; and how many
/// files were skipped.
fn taken(roots: &[&str], include: &[&str], exclude: &[&str]) -> (String, usize) {
    let place = tempfile::tempdir().unwrap();
    tree(place.path());
    let owned = |patterns: &[&str]| patterns.iter().map(|&p| p.to_owned()).collect();
    let options = UpdateOptions {
        selection: Some(Selection {
            include: owned(include),
            exclude: owned(exclude),
        }),
        ..options(None)
    };
    let roots: Vec<PathBuf> = roots.iter().map(|root| place.path().join(root)).collect();
    let index = place.path().join("index");
    let observer = &mut |_: Event<'_>| ControlFlow::Continue(());
    let report = update(&index, &roots, &options, observer).unwrap();
    let reader = IndexReader::open(&index).unwrap();
    let mut paths = Vec::new();
    for first in reader.documents().unwrap() {
        let facts = reader.document_of(first).unwrap();
        for path in std::iter::once(facts.path).chain(facts.other_paths) {
            let inside = Path::new(&path).strip_prefix(place.path()).unwrap();
            paths.push(inside.to_string_lossy().into_owned());
        }
    }
    paths.sort();
    (paths.join(" "), report.skipped.len())
}

#[cfg(unix)]
#[test]
fn include_exclude_roots_and_links_behave_as_documented() {
    const ALL: &str = "in/a.txt in/b.md in/e-link.txt in/link/e.txt in/稿/c.txt in/稿/旧/d.md";
    // Roots, include, exclude; what is taken, and how many links lead nowhere or in a circle.
    type Row<'r> = (&'r [&'r str], &'r [&'r str], &'r [&'r str], &'r str, usize);
    let table: [Row<'_>; 24] = [
        (&["in"], &[], &[], ALL, 2),
        (
            &["in"],
            &["*.txt"],
            &[],
            "in/a.txt in/e-link.txt in/link/e.txt in/稿/c.txt",
            2,
        ),
        (&["in"], &["*.md"], &[], "in/b.md in/稿/旧/d.md", 2),
        (&["in"], &["*.{txt,md}"], &[], ALL, 2),
        (&["in"], &["稿"], &[], "in/稿/c.txt in/稿/旧/d.md", 2),
        (&["in"], &["/稿/*.txt"], &[], "in/稿/c.txt", 2),
        (&["in"], &["稿/**"], &[], "in/稿/c.txt in/稿/旧/d.md", 2),
        (&["in"], &["link/"], &[], "in/link/e.txt", 2),
        (
            &["in"],
            &["?.txt"],
            &[],
            "in/a.txt in/link/e.txt in/稿/c.txt",
            2,
        ),
        (&["in"], &["[ab].*"], &[], "in/a.txt in/b.md", 2),
        (&["in"], &["none"], &[], "", 2),
        (
            &["in"],
            &[],
            &["*.md"],
            "in/a.txt in/e-link.txt in/link/e.txt in/稿/c.txt",
            2,
        ),
        (
            &["in"],
            &[],
            &["稿"],
            "in/a.txt in/b.md in/e-link.txt in/link/e.txt",
            2,
        ),
        (
            &["in"],
            &[],
            &["link", "e-link.txt"],
            "in/a.txt in/b.md in/稿/c.txt in/稿/旧/d.md",
            2,
        ),
        (
            &["in"],
            &[],
            &["旧/"],
            "in/a.txt in/b.md in/e-link.txt in/link/e.txt in/稿/c.txt",
            2,
        ),
        (&["in"], &[], &["*"], "", 2),
        (
            &["in"],
            &["*.txt"],
            &["稿", "link"],
            "in/a.txt in/e-link.txt",
            2,
        ),
        (&["in"], &["a.txt"], &["a.txt"], "", 2),
        (
            &["in", "beside"],
            &["e.txt"],
            &[],
            "beside/e.txt in/link/e.txt",
            2,
        ),
        (
            &["in", "beside"],
            &[],
            &["in"],
            &format!("beside/e.txt {ALL}"),
            2,
        ),
        // A folder within a folder, given too: its files are taken once, and its links followed
        // from there too.
        (&["in", "in/稿"], &["/c.txt"], &[], "in/稿/c.txt", 4),
        // A file that is given by name is taken, whatever is chosen of folders.
        (&["in/b.md"], &["*.txt"], &["*.md"], "in/b.md", 0),
        (&["in/a.txt", "in/b.md"], &[], &[], "in/a.txt in/b.md", 0),
        (&["in/link"], &[], &[], "in/link/e.txt", 0),
    ];
    for (roots, include, exclude, expected, skipped) in table {
        let found = taken(roots, include, exclude);
        assert_eq!(
            found,
            (expected.to_owned(), skipped),
            "{roots:?} {include:?} {exclude:?}"
        );
    }
}
