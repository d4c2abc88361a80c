//! A corpus of any size from a folder of documents: sentences recombined, numbers and places
//! changed, new names among them.
//!
//! Comes in: UTF-8 `.txt`, `.md` and `.jsonl` files, a size and a seed. Goes out: one `.txt` file for
//! each document, and `paragraphs.tsv` with every paragraph under its number, for engines that read
//! no folders. Makes no text that means anything: only its words, lengths and frequencies are like
//! those of the source.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::names::Names;
use super::random::Random;

/// What was made.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    pub documents: usize,
    pub paragraphs: usize,
    pub bytes: usize,
    pub names: usize,
}

/// The source, cut up.
pub struct Source {
    /// The sentences of each document, with the mark that ends them.
    documents: Vec<Vec<String>>,
    /// The documents of each folder; the folders have equal parts in what is made.
    folders: Vec<Range<usize>>,
    /// How many sentences each paragraph of each document has.
    lengths: Vec<Vec<usize>>,
    /// Paragraphs in a document, one entry for each document of 5 to 200 paragraphs.
    sizes: Vec<usize>,
}

/// Full names of provinces, cities and counties, and short names that texts have for them.
pub struct Places {
    full: Vec<String>,
    short: Vec<String>,
}

impl Places {
    pub fn of_the_tables() -> Self {
        let table = include_str!("../../index-schema/regions.tsv");
        let rows = || {
            table
                .lines()
                .skip(1)
                .map(|row| row.split('\t').collect::<Vec<_>>())
        };
        let live = |row: &Vec<&str>| row.get(6).is_none_or(|last| last.is_empty());
        let name_of = |code: &str| {
            rows()
                .find(|row| row[0] == code)
                .map(|row| row[1].to_owned())
        };
        let mut full = Vec::new();
        for row in rows().filter(live) {
            let cities = row[0].ends_with("00") && !row[0].ends_with("0000");
            if cities && full.len() < 400 {
                full.push(name_of(row[4]).unwrap_or_default() + row[1]);
            }
        }
        let short = rows()
            .filter(live)
            .map(|row| row[2].to_owned())
            .filter(|short| short.chars().count() >= 2)
            .collect();
        Self { full, short }
    }
}

impl Source {
    /// Reads all texts under the folders, in the order of their paths.
    pub fn read(folders: &[PathBuf]) -> io::Result<Self> {
        let mut source = Self {
            documents: Vec::new(),
            folders: Vec::new(),
            lengths: Vec::new(),
            sizes: Vec::new(),
        };
        for folder in folders {
            let start = source.documents.len();
            let mut files = Vec::new();
            list(folder, &mut files)?;
            files.sort();
            files.iter().for_each(|file| source.add_file(file));
            source.folders.push(start..source.documents.len());
        }
        source.folders.retain(|folder| !folder.is_empty());
        assert!(
            !source.documents.is_empty(),
            "no UTF-8 text under {folders:?}"
        );
        if source.sizes.is_empty() {
            source.sizes.push(40);
        }
        Ok(source)
    }

    fn add_file(&mut self, file: &Path) {
        let Ok(text) = fs::read_to_string(file) else {
            return;
        };
        if file.extension().is_some_and(|ending| ending == "jsonl") {
            self.add_records(&text);
        } else {
            self.add(&text);
        }
    }

    /// Records of one paragraph each, fifty together taken as a document.
    fn add_records(&mut self, records: &str) {
        let records: Vec<String> = records
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter_map(|record| record["text"].as_str().map(str::to_owned))
            .collect();
        for run in records.chunks(50) {
            self.add(&run.join("\n"));
        }
    }

    fn add(&mut self, text: &str) {
        let mut document = Vec::new();
        let mut lengths = Vec::new();
        let paragraphs: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .collect();
        for paragraph in &paragraphs {
            let sentences: Vec<&str> = paragraph.split_inclusive(['。', '；']).collect();
            lengths.push(sentences.len());
            document.extend(sentences.into_iter().map(str::to_owned));
        }
        if (5..=200).contains(&paragraphs.len()) {
            self.sizes.push(paragraphs.len());
        }
        if !document.is_empty() {
            self.documents.push(document);
            self.lengths.push(lengths);
        }
    }
}

/// Labels that no source has.
pub struct Planted {
    /// Each in one of some twenty thousand paragraphs: in more, the larger the corpus.
    pub rare: Vec<String>,
    /// Each in [`OF_ONE_PLACE`] paragraphs, however large the corpus.
    pub local: Vec<String>,
}

/// In how many paragraphs a local label stands.
pub const OF_ONE_PLACE: usize = 24;

/// Writes a corpus of at least `paragraphs` paragraphs under `folder`.
pub fn make(
    source: &Source,
    planted: &Planted,
    paragraphs: usize,
    seed: u64,
    folder: &Path,
) -> io::Result<Made> {
    let places = Places::of_the_tables();
    let mut writer = Writer::new(folder)?;
    let mut maker = Maker {
        source,
        places: &places,
        planted,
        // Titles and headings, which have none, are a twelfth.
        local_every: paragraphs * 7 / 8 / (OF_ONE_PLACE * planted.local.len().max(1)),
        paragraphs: 0,
        names: Names::new(),
        random: Random::new(seed),
    };
    while writer.made.paragraphs < paragraphs {
        writer.write(&maker.document())?;
    }
    writer.table.flush()?;
    writer.made.names = maker.names.different();
    Ok(writer.made)
}

struct Maker<'a> {
    source: &'a Source,
    places: &'a Places,
    planted: &'a Planted,
    /// How many paragraphs there are for each that has a local label.
    local_every: usize,
    /// How many there are so far.
    paragraphs: usize,
    names: Names,
    random: Random,
}

impl Maker<'_> {
    /// A title, then paragraphs under numbered headings.
    fn document(&mut self) -> Vec<String> {
        let place = self.random.pick(&self.places.full).clone();
        let year = 2012 + self.random.below(13);
        let kind = self.random.pick(&[
            "法治政府建设年度报告",
            "政府工作报告",
            "政务服务改革工作总结",
            "优化营商环境实施情况报告",
        ]);
        let mut lines = vec![format!("{place}{year}年{kind}")];
        let topic = self.some_document();
        let size = *self.random.pick(&self.source.sizes);
        for number in 0..size {
            if number % 12 == 0 && number / 12 < NUMERALS.len() {
                let sentence = self.sentence(topic);
                let heading: String = sentence
                    .chars()
                    .filter(|c| !"。；，".contains(*c))
                    .take(14)
                    .collect();
                lines.push(format!("{}、{heading}", NUMERALS[number / 12]));
            }
            lines.push(self.paragraph(topic));
        }
        lines
    }

    fn paragraph(&mut self, topic: usize) -> String {
        let mut text = String::new();
        for _ in 0..*self.random.pick(&self.source.lengths[topic]) {
            let sentence = self.sentence(topic);
            self.push_changed(&sentence, &mut text);
        }
        let rare = &self.planted.rare;
        if !rare.is_empty() && self.random.below(20_000 / rare.len()) == 0 {
            let label: &String = self.random.pick(rare);
            push_reform(label, &mut text);
        }
        if let Some(label) = self.local() {
            push_reform(label, &mut text);
        }
        text
    }

    /// The local label of the next paragraph. No chance is in it, so that all else is as without.
    fn local(&mut self) -> Option<&str> {
        self.paragraphs += 1;
        let number = self.paragraphs.checked_div(self.local_every)?;
        let labels = &self.planted.local;
        let is_one =
            number * self.local_every == self.paragraphs && number <= OF_ONE_PLACE * labels.len();
        is_one.then(|| labels[number % labels.len()].as_str())
    }

    /// Two of three from the document's own topic; one of four with its clauses mixed with another's.
    fn sentence(&mut self, topic: usize) -> String {
        let first = self.some_sentence(topic).to_owned();
        if !self.random.in_percent(25) {
            return first;
        }
        let second = self.some_sentence(topic).to_owned();
        let clauses: Vec<&str> = first.split_inclusive('，').collect();
        let others: Vec<&str> = second.split_inclusive('，').collect();
        let kept = self.random.below(clauses.len() + 1);
        let from = self.random.below(others.len());
        clauses[..kept].concat() + &others[from..].concat()
    }

    fn some_document(&mut self) -> usize {
        let folder = self.random.pick(&self.source.folders).clone();
        folder.start + self.random.below(folder.len())
    }

    fn some_sentence(&mut self, topic: usize) -> &str {
        let document = if self.random.in_percent(66) {
            topic
        } else {
            self.some_document()
        };
        self.random.pick(&self.source.documents[document]).as_str()
    }

    /// The sentence with other numbers and, here and there, a place or a name behind a comma.
    fn push_changed(&mut self, sentence: &str, text: &mut String) {
        for character in sentence.chars() {
            match character {
                '1'..='9' => text.push(char::from(b'1' + self.random.below(9) as u8)),
                '0' => text.push(char::from(b'0' + self.random.below(10) as u8)),
                '，' if self.random.in_percent(8) => {
                    text.push('，');
                    if self.random.in_percent(50) {
                        text.push_str(self.random.pick(&self.places.short).as_str());
                    }
                    text.push_str(&self.names.give(&mut self.random));
                }
                other => text.push(other),
            }
        }
    }
}

fn push_reform(label: &str, text: &mut String) {
    text.push_str(&format!("推行{label}改革。"));
}

const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// Writes documents, a thousand to a folder.
struct Writer {
    folder: PathBuf,
    table: BufWriter<File>,
    made: Made,
}

impl Writer {
    fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            table: BufWriter::new(File::create(folder.join("paragraphs.tsv"))?),
            folder: folder.join("documents"),
            made: Made {
                documents: 0,
                paragraphs: 0,
                bytes: 0,
                names: 0,
            },
        })
    }

    fn write(&mut self, lines: &[String]) -> io::Result<()> {
        let number = self.made.documents;
        let folder = self.folder.join(format!("{:03}", number / 1000));
        fs::create_dir_all(&folder)?;
        let mut text = lines.join("\n");
        text.push('\n');
        fs::write(folder.join(format!("{number:06}.txt")), &text)?;
        for line in lines {
            self.made.paragraphs += 1;
            self.made.bytes += line.len();
            let line = line.replace('\t', " ");
            writeln!(self.table, "{}\t{line}", self.made.paragraphs)?;
        }
        self.made.documents += 1;
        Ok(())
    }
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|ending| ["txt", "md", "jsonl"].iter().any(|known| ending == *known))
        {
            files.push(path);
        }
    }
    Ok(())
}
