//! Files and folders to an index of exactly these.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use super::base::Base;
use super::ledger::Ledger;
use super::lock::Lock;
use super::manifest::FileRow;
use super::options::{Comparison, Rebuild, UpdateOptions};
use super::pool::{Bounds, in_order};
use super::reading::look_at;
use super::report::{Observer, tell};
use super::run::Run;
use super::survey::{Found, Survey};
use super::{Event, IngestError, UpdateReport};
use crate::index::{IndexFolder, IndexReader};

/// Makes the index in `folder` equal to `roots`; without any, to those it was last given.
///
/// What has not changed since the last run is not opened. All additions and removals are one
/// commit, unless the options say otherwise: whoever asks meanwhile is answered from the index as
/// it was. Where there is no index to go on from (none, another format, other tables), or it turns
/// out to be damaged, a new one is built beside it and takes its place in one step.
///
/// # Errors
/// When another process writes the index, a root is gone, or the index cannot be written; then the
/// old index stands.
pub fn update(
    folder: &Path,
    roots: &[PathBuf],
    options: &UpdateOptions,
    observer: Observer<'_>,
) -> Result<UpdateReport, IngestError> {
    let _lock = Lock::acquire(folder, options.now)?;
    let index = IndexFolder::new(folder);
    let base = Base::find(&index, options.rebuild)?;
    let goes_on = base.generation.is_some();
    let attempt = AssertUnwindSafe(|| attempt(&index, base, roots, options, observer));
    // tantivy trusts its files, so damaged ones may show as an error or as a panic.
    let ended = catch_unwind(attempt);
    if matches!(ended, Err(_) | Ok(Err(IngestError::Index(_)))) && goes_on && is_damaged(&index) {
        let mut base = Base::find(&index, Rebuild::Always)?;
        base.anew = Some("files of the index are damaged".to_owned());
        return self::attempt(&index, base, roots, options, observer);
    }
    ended.unwrap_or_else(|panic| resume_unwind(panic))
}

fn attempt(
    index: &IndexFolder,
    mut base: Base,
    roots: &[PathBuf],
    options: &UpdateOptions,
    observer: Observer<'_>,
) -> Result<UpdateReport, IngestError> {
    base.sweep(index)?;
    let (survey, ledger) = surveyed(index.root(), roots, options, &mut base)?;
    let run = Run::new(index.clone(), base, ledger, &survey, options);
    ended(run, &survey, options, observer)
}

/// Whether an index that a run may have gone on from has a file that is not what was written.
fn is_damaged(index: &IndexFolder) -> bool {
    let generations = [
        index.current().map(|current| current.into_iter().collect()),
        index.unpublished(),
    ];
    let mut generations = generations.into_iter().flatten().flatten();
    generations.any(|generation: PathBuf| {
        let reader = IndexReader::open_generation_in(&generation);
        let damaged = reader.and_then(|reader| reader.damaged_files());
        damaged.is_ok_and(|files| !files.is_empty())
    })
}

/// What [`update`] would do, without doing it: its report, but for the paragraphs and bytes of the
/// new index, which are those of the old one. Files that may have changed are read, nothing is
/// written and no lock is taken.
///
/// # Errors
/// As [`update`].
pub fn rehearse(
    folder: &Path,
    roots: &[PathBuf],
    options: &UpdateOptions,
    observer: Observer<'_>,
) -> Result<UpdateReport, IngestError> {
    let index = IndexFolder::new(folder);
    let mut base = Base::find(&index, options.rebuild)?;
    let (survey, ledger) = surveyed(folder, roots, options, &mut base)?;
    let run = Run::rehearsal(index, base, ledger, &survey, options);
    ended(run, &survey, options, observer)
}

/// What lies under the roots, and what the manifest says of it.
fn surveyed(
    folder: &Path,
    roots: &[PathBuf],
    options: &UpdateOptions,
    base: &mut Base,
) -> Result<(Survey, Ledger), IngestError> {
    let survey = Survey::of(folder, roots, options, &base.attachment, &base.manifest)?;
    Ok((survey, Ledger::of(std::mem::take(&mut base.manifest))))
}

fn ended(
    mut run: Run<'_>,
    survey: &Survey,
    options: &UpdateOptions,
    observer: Observer<'_>,
) -> Result<UpdateReport, IngestError> {
    match follow(&mut run, survey, options, observer) {
        Ok(()) => run.finish(),
        Err(error) => {
            run.abandon();
            Err(error)
        }
    }
}

/// Where the files differ from the manifest, as far as can be told without opening them.
pub(super) struct Changes {
    /// Files that are new, or may have changed.
    pub(super) to_read: Vec<Found>,
    /// Files that are as they were.
    pub(super) same: Vec<PathBuf>,
    /// Files that are gone.
    pub(super) gone: Vec<PathBuf>,
}

impl Changes {
    pub(super) fn between(ledger: &Ledger, survey: &Survey, options: &UpdateOptions) -> Self {
        let same_as = |found: &Found, row: &FileRow| {
            options.comparison == Comparison::SizeAndTime
                && row.size == found.size
                && row.modified == Some(found.modified)
                && row.is_described()
                && row.circumstances == survey.circumstances(&found.path, &options.limits)
        };
        let mut changes = Self {
            to_read: Vec::new(),
            same: survey.out_of_sight.clone(),
            gone: Vec::new(),
        };
        for found in &survey.files {
            match ledger.row(&found.path) {
                Some(row) if same_as(found, row) => changes.same.push(found.path.clone()),
                _ => changes.to_read.push(found.clone()),
            }
        }
        changes.gone = ledger
            .files()
            .filter(|file| {
                let place = survey.files.binary_search_by(|found| found.path.cmp(file));
                place.is_err() && survey.out_of_sight.binary_search(file).is_err()
            })
            .cloned()
            .collect();
        changes
    }
}

/// Lets the index follow the changes.
fn follow(
    run: &mut Run<'_>,
    survey: &Survey,
    options: &UpdateOptions,
    observer: Observer<'_>,
) -> Result<(), IngestError> {
    if let Some(reason) = run.anew() {
        tell(observer, Event::Anew(reason))?;
    }
    let changes = Changes::between(run.ledger(), survey, options);
    tell(
        observer,
        Event::Listed {
            files: changes.to_read.len() as u64,
            bytes: changes.to_read.iter().map(|found| found.size).sum(),
        },
    )?;
    for skipped in &survey.skipped {
        run.skip(skipped, observer)?;
    }
    for file in &changes.same {
        run.keep(file, observer)?;
    }
    // In one commit, a moved file is best known to be gone before it is read in its new place; in
    // many, its documents must not be missing between two of them.
    let in_one = options.commit_every.is_none();
    if in_one {
        remove(run, &changes.gone, observer)?;
    }
    let known: Vec<Option<FileRow>> = changes
        .to_read
        .iter()
        .map(|found| run.ledger().row(&found.path).cloned())
        .collect();
    let items: Vec<_> = changes.to_read.iter().zip(&known).collect();
    let bounds = Bounds {
        threads: options.resources.threads,
        weight: (options.resources.memory / 8) as u64,
    };
    in_order(
        &items,
        bounds,
        |(found, _)| found.size + 4096,
        |(found, known)| look_at(found, known.as_ref(), survey, options),
        |place, outcome| run.take(&items[place].0.path, outcome, observer),
    )?;
    if !in_one {
        remove(run, &changes.gone, observer)?;
    }
    tell(observer, Event::Writing)?;
    run.commit()
}

fn remove(run: &mut Run<'_>, gone: &[PathBuf], observer: Observer<'_>) -> Result<(), IngestError> {
    gone.iter().try_for_each(|file| run.remove(file, observer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Change;
    use std::fs;
    use std::ops::ControlFlow;
    use std::time::{Duration, SystemTime};

    /// A folder of documents and an index of it.
    struct Bench {
        place: tempfile::TempDir,
        options: UpdateOptions,
    }

    impl Bench {
        fn new() -> Self {
            let place = tempfile::tempdir().unwrap();
            fs::create_dir(place.path().join("corpus")).unwrap();
            Self {
                place,
                options: UpdateOptions {
                    // The far future: every time of a file is clearly before it.
                    now: SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 33),
                    ..UpdateOptions::default()
                },
            }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.place.path().join("corpus").join(name)
        }

        fn write(&self, name: &str, text: impl AsRef<[u8]>) -> &Self {
            fs::write(self.path(name), text).unwrap();
            self
        }

        fn index(&self) -> PathBuf {
            self.place.path().join("index")
        }

        fn try_update(&self, roots: &[PathBuf]) -> Result<UpdateReport, IngestError> {
            let observer = &mut |_: Event<'_>| ControlFlow::Continue(());
            update(&self.index(), roots, &self.options, observer)
        }

        /// Added, changed, moved, removed, unchanged, skipped.
        fn update(&self) -> [u64; 6] {
            let report = self.try_update(&[self.path("")]).unwrap();
            let skipped = report.skipped.len() as u64;
            let UpdateReport {
                added,
                changed,
                moved,
                removed,
                unchanged,
                ..
            } = report;
            [added, changed, moved, removed, unchanged, skipped]
        }

        /// Every document: its text, and the names of its files.
        fn documents(&self) -> Vec<(String, Vec<String>)> {
            let reader = IndexReader::open(&self.index()).unwrap();
            let name = |path: &str| {
                Path::new(path)
                    .file_name()
                    .unwrap()
                    .to_string_lossy()
                    .into()
            };
            let mut documents = Vec::new();
            for first in reader.documents().unwrap() {
                let facts = reader.document_of(first).unwrap();
                let texts = reader.paragraphs_of(&facts.id).unwrap();
                let texts: Vec<_> = texts.into_iter().map(|each| each.text).collect();
                let paths = std::iter::once(&facts.path).chain(&facts.other_paths);
                documents.push((texts.join("|"), paths.map(|path| name(path)).collect()));
            }
            documents.sort();
            documents
        }
    }

    fn document(text: &str, names: &[&str]) -> (String, Vec<String>) {
        let names = names.iter().map(|&name| name.to_owned()).collect();
        (text.to_owned(), names)
    }

    #[test]
    fn only_what_has_changed_is_followed() {
        let bench = Bench::new();
        bench
            .write("a.txt", "一网通办。")
            .write("b.txt", "秒批。")
            .write("c.txt", "");
        assert_eq!(bench.update(), [2, 0, 0, 0, 0, 1]);
        assert_eq!(bench.update(), [0, 0, 0, 0, 2, 1]);
        bench
            .write("a.txt", "一网统管。")
            .write("d.txt", "跨省通办。");
        assert_eq!(bench.update(), [1, 1, 0, 0, 1, 1]);
        fs::rename(bench.path("a.txt"), bench.path("z.txt")).unwrap();
        fs::remove_file(bench.path("b.txt")).unwrap();
        assert_eq!(bench.update(), [0, 0, 1, 1, 1, 1]);
        let expected = [
            document("一网统管。", &["z.txt"]),
            document("跨省通办。", &["d.txt"]),
        ];
        assert_eq!(bench.documents(), expected);
    }

    #[test]
    fn what_has_not_changed_is_not_opened() {
        let bench = Bench::new();
        bench.write("a.txt", "一网通办。").write("b.txt", "秒批。");
        let read = || {
            let mut read = 0;
            let observer = &mut |event: Event<'_>| {
                read += u64::from(matches!(event, Event::Read { .. }));
                ControlFlow::Continue(())
            };
            update(&bench.index(), &[bench.path("")], &bench.options, observer).unwrap();
            read
        };
        assert_eq!((read(), read()), (2, 0));
        let touched = fs::File::options()
            .append(true)
            .open(bench.path("a.txt"))
            .unwrap();
        touched.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!((read(), read()), (1, 0));
    }

    #[test]
    fn a_rehearsal_reports_what_a_run_would_do_and_writes_nothing() {
        let bench = Bench::new();
        bench.write("a.txt", "一网通办。").write("b.txt", "秒批。");
        let rehearsed = || {
            let mut told = Vec::new();
            let observer = &mut |event: Event<'_>| {
                if let Event::Differs { path, change } = event {
                    let name = Path::new(path)
                        .file_name()
                        .unwrap()
                        .to_string_lossy()
                        .into_owned();
                    told.push((name, change));
                }
                ControlFlow::Continue(())
            };
            let roots = [bench.path("")];
            let report = rehearse(&bench.index(), &roots, &bench.options, observer).unwrap();
            (
                report.added,
                report.changed,
                report.removed,
                report.documents,
                told,
            )
        };
        let told = |name: &str, change| (name.to_owned(), change);
        let expected = vec![told("a.txt", Change::Added), told("b.txt", Change::Added)];
        assert_eq!(rehearsed(), (2, 0, 0, 2, expected));
        assert!(!bench.index().exists());
        bench.update();
        bench.write("a.txt", "一网统管。");
        fs::remove_file(bench.path("b.txt")).unwrap();
        let expected = vec![
            told("b.txt", Change::Removed),
            told("a.txt", Change::Changed),
        ];
        assert_eq!(rehearsed(), (0, 1, 1, 1, expected));
        assert_eq!(bench.documents().len(), 2);
    }

    #[test]
    fn a_run_without_paths_takes_those_of_the_last_one() {
        let bench = Bench::new();
        bench.write("a.txt", "一网通办。").write("b.md", "秒批。");
        let told = bench.try_update(&[]).unwrap_err().to_string();
        assert!(told.contains("never given a folder"), "{told}");
        bench.update();
        bench.write("c.txt", "跨省通办。");
        assert_eq!(bench.try_update(&[]).unwrap().documents, 3);
        assert_eq!(
            bench.try_update(&[bench.path("b.md")]).unwrap().documents,
            1
        );
        assert_eq!(bench.documents(), [document("秒批。", &["b.md"])]);
    }

    #[test]
    fn the_same_text_under_two_paths_is_one_document_with_both() {
        let bench = Bench::new();
        let gbk = b"\xd2\xbb\xcd\xf8\xcd\xa8\xb0\xec\xa1\xa3";
        bench.write("b.txt", "一网通办。").write("c.txt", gbk);
        assert_eq!(bench.update(), [2, 0, 0, 0, 0, 0]);
        assert_eq!(
            bench.documents(),
            [document("一网通办。", &["b.txt", "c.txt"])]
        );
        bench.write("a.txt", "一網通辦。");
        assert_eq!(bench.update(), [1, 0, 0, 0, 2, 0]);
        assert_eq!(
            bench.documents(),
            [document("一網通辦。", &["a.txt", "b.txt", "c.txt"])]
        );
        fs::remove_file(bench.path("a.txt")).unwrap();
        fs::remove_file(bench.path("b.txt")).unwrap();
        assert_eq!(bench.update(), [0, 0, 0, 2, 1, 0]);
        assert_eq!(bench.documents(), [document("一网通办。", &["c.txt"])]);
    }

    #[test]
    fn a_root_that_is_gone_or_empty_is_an_error_unless_it_is_pruned() {
        let mut bench = Bench::new();
        bench.write("a.txt", "一网通办。");
        bench.update();
        fs::remove_file(bench.path("a.txt")).unwrap();
        let told = bench.try_update(&[]).unwrap_err().to_string();
        assert!(
            told.contains("is empty") && told.contains("--prune"),
            "{told}"
        );
        fs::remove_dir(bench.path("")).unwrap();
        let told = bench.try_update(&[]).unwrap_err().to_string();
        assert!(
            told.contains("is gone") && told.contains("--prune"),
            "{told}"
        );
        assert_eq!(bench.documents().len(), 1);
        bench.options.vanished = crate::ingest::Vanished::Pruned;
        assert_eq!(bench.try_update(&[]).unwrap().removed, 1);
        assert_eq!(bench.documents(), []);
    }

    #[test]
    fn a_damaged_manifest_or_another_format_is_built_anew_beside() {
        let bench = Bench::new();
        bench.write("a.txt", "一网通办。").write("b.txt", "秒批。");
        bench.update();
        let generation = bench.index().join("generation-1");
        let manifest = generation.join("manifest-1.jsonl");
        let whole = fs::read(&manifest).unwrap();
        fs::write(&manifest, &whole[..whole.len() / 2]).unwrap();
        let mut told = Vec::new();
        let observer = &mut |event: Event<'_>| {
            if let Event::Anew(reason) = event {
                told.push(reason.to_owned());
            }
            ControlFlow::Continue(())
        };
        update(&bench.index(), &[], &bench.options, observer).unwrap();
        assert_eq!(told, ["the manifest of the index is damaged"]);
        assert_eq!(bench.documents().len(), 2);
        assert!(!generation.exists());

        let metas = bench.index().join("generation-2/meta.json");
        let written = fs::read_to_string(&metas).unwrap();
        let old = written.replacen("\\\"lexicon\\\":\\\"", "\\\"lexicon\\\":\\\"old", 1);
        assert_ne!(old, written);
        fs::write(&metas, old).unwrap();
        assert_eq!(bench.try_update(&[]).unwrap().added, 2);
        assert_eq!(bench.documents().len(), 2);
    }

    #[test]
    fn a_run_that_is_stopped_leaves_the_index_as_it_was() {
        let bench = Bench::new();
        bench.write("a.txt", "一网通办。");
        bench.update();
        bench.write("b.txt", "秒批。").write("c.txt", "跨省通办。");
        let observer = &mut |event: Event<'_>| match event {
            Event::Read { .. } => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        };
        let stopped = update(&bench.index(), &[], &bench.options, observer);
        assert!(matches!(stopped, Err(IngestError::Stopped)));
        assert_eq!(bench.documents(), [document("一网通办。", &["a.txt"])]);
        assert_eq!(bench.update(), [2, 0, 0, 0, 1, 0]);
    }

    #[test]
    fn many_commits_end_where_one_does() {
        let mut bench = Bench::new();
        bench.options.commit_every = Some(1);
        bench
            .write("a.txt", "一网通办。")
            .write("b.txt", "一网通办。")
            .write("c.txt", "秒批。");
        bench.update();
        let expected = [
            document("一网通办。", &["a.txt", "b.txt"]),
            document("秒批。", &["c.txt"]),
        ];
        assert_eq!(bench.documents(), expected);
        fs::rename(bench.path("a.txt"), bench.path("d.txt")).unwrap();
        bench.write("c.txt", "秒报。");
        assert_eq!(bench.update(), [0, 1, 1, 0, 1, 0]);
        let expected = [
            document("一网通办。", &["b.txt", "d.txt"]),
            document("秒报。", &["c.txt"]),
        ];
        assert_eq!(bench.documents(), expected);
    }
}
