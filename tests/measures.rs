//! Collocates and keywords of the sample against counts that are made here anew, in the plainest way
//! there is: a list of words, loops over it, and the formulas written out.

#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a test that cannot read is a failed test, and the sample is small"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use xianli::index::IndexReader;
use xianli::ingest::index_in_memory;
use xianli::lexicon::formulas;
use xianli::search::{Filters, Request, search};
use xianli::study::{
    CollocateOrder, Corpus, Passage, Side, Term, Window, Word, collocates, keyness,
};
use xianli::text::{fold, units};
use xianli::tokenize::{Cutter, words_side_by_side};

fn sample() -> Vec<Passage> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus-sample");
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            !matches!(&*name, "README.md" | "LABELS.tsv")
        })
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    let files = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    let reader: IndexReader = index_in_memory(files).unwrap().0;
    let cutter = Cutter::with_words([]);
    let ask = |request: &Request| search(&reader, &cutter, request);
    Corpus::new(&reader, &ask, Filters::default())
        .passages()
        .unwrap()
}

fn cut(text: &str) -> Vec<Word> {
    words_side_by_side(text)
        .into_iter()
        .map(|word| Word {
            token: word.token,
            range: word.range,
        })
        .collect()
}

/// G² as `2 (Σ O ln O − Σ R ln R − Σ C ln C + N ln N)`, negative below what is expected.
fn log_likelihood(inside: f64, part: f64, outside: f64, rest: f64) -> f64 {
    let term = |x: f64| if x == 0.0 { 0.0 } else { x * x.ln() };
    let cells = [inside, part - inside, outside, rest - outside];
    let margins = [part, rest, inside + outside, part + rest - inside - outside];
    let sum = cells.into_iter().map(term).sum::<f64>() + term(part + rest)
        - margins.into_iter().map(term).sum::<f64>();
    let expected = part * (inside + outside) / (part + rest);
    if inside < expected {
        -2.0 * sum
    } else {
        2.0 * sum
    }
}

fn close(found: f64, expected: f64, what: &str) {
    let error = (found - expected).abs();
    assert!(
        error <= 1e-6 * expected.abs().max(1.0),
        "{what}: {found}, by hand {expected}"
    );
}

/// How often each word stands left and right of `term`, in all, and how many words there are: every
/// word looks around itself for the term, instead of the term for words.
struct ByHand {
    near: BTreeMap<String, [u64; 2]>,
    frequency: BTreeMap<String, u64>,
    occurrences: u64,
    window_words: u64,
    words: u64,
}

fn company_by_hand(corpus: &[Passage], term: &str, reach: usize) -> ByHand {
    let mut by_hand = ByHand {
        near: BTreeMap::new(),
        frequency: BTreeMap::new(),
        occurrences: 0,
        window_words: 0,
        words: 0,
    };
    for passage in corpus.iter().filter(|passage| passage.is_content()) {
        let folded = fold(&passage.text).into_owned();
        let places: Vec<usize> = folded.match_indices(term).map(|(at, _)| at).collect();
        by_hand.occurrences += places.len() as u64;
        let words = cut(&passage.text);
        let touches =
            |word: &Word, at: usize| word.range.start < at + term.len() && at < word.range.end;
        let is_own = |word: &Word| places.iter().any(|&at| touches(word, at));
        for (number, word) in words.iter().enumerate() {
            if is_own(word) {
                continue;
            }
            by_hand.words += 1;
            if word.is_telling() {
                *by_hand.frequency.entry(word.token.clone()).or_default() += 1;
            }
            let sees = |at: usize| {
                let between = if word.range.start < at {
                    &passage.text[word.range.end..at]
                } else {
                    &passage.text[at + term.len()..word.range.start]
                };
                let ends = ['。', '！', '？', '；', '!', '?', ';', '\n'];
                let apart = words
                    .iter()
                    .enumerate()
                    .filter(|(_, other)| touches(other, at))
                    .map(|(other, _)| other.abs_diff(number))
                    .min();
                !between.contains(ends) && apart.is_some_and(|apart| apart <= reach)
            };
            let left = places.iter().any(|&at| word.range.start < at && sees(at));
            let right = places.iter().any(|&at| word.range.start > at && sees(at));
            if left || right {
                by_hand.window_words += 1;
                if word.is_telling() {
                    let near = by_hand.near.entry(word.token.clone()).or_default();
                    near[0] += 1;
                    near[1] += u64::from(left && right);
                }
            }
        }
    }
    by_hand
}

#[test]
fn collocates_of_the_sample_are_those_of_a_count_by_hand() {
    let corpus = sample();
    for term in ["数据", "改革", "免申即享", "服务"] {
        let window = Window { left: 5, right: 5 };
        let order = CollocateOrder::LogLikelihood;
        let found = collocates(&corpus, &Term::new([term]), window, 2, order, &cut);
        let by_hand = company_by_hand(&corpus, term, 5);
        assert_eq!(
            (found.occurrences, found.window_words, found.words),
            (by_hand.occurrences, by_hand.window_words, by_hand.words),
            "{term}"
        );
        assert!(found.rows.len() > 3, "{term}");
        let (part, all) = (by_hand.window_words as f64, by_hand.words as f64);
        let mut expected = BTreeSet::new();
        for (word, near) in &by_hand.near {
            let (inside, frequency) = (near[0] as f64, by_hand.frequency[word] as f64);
            let likelihood = log_likelihood(inside, part, frequency - inside, all - part);
            if near[0] >= 2 && likelihood > 0.0 {
                expected.insert(word.clone());
            }
        }
        let words: BTreeSet<String> = found.rows.iter().map(|row| row.word.clone()).collect();
        assert_eq!(words, expected, "{term}");
        for row in &found.rows {
            let what = format!("{} near {term}", row.word);
            let (inside, frequency) = (
                by_hand.near[&row.word][0] as f64,
                by_hand.frequency[&row.word] as f64,
            );
            assert_eq!(row.together, by_hand.near[&row.word][0], "{what}");
            assert_eq!(row.together, row.left + row.right, "{what}");
            assert_eq!(row.frequency, by_hand.frequency[&row.word], "{what}");
            close(row.expected, part * frequency / all, &what);
            let likelihood = log_likelihood(inside, part, frequency - inside, all - part);
            close(row.log_likelihood, likelihood, &what);
            let dice = 2.0 * inside / (by_hand.occurrences as f64 + frequency);
            close(row.log_dice, 14.0 + dice.log2(), &what);
        }
    }
}

/// The characters of a text that stand in 《》, in a formula, or in a run of twelve units that so many
/// documents share, by their bytes.
fn furniture(text: &str, shared: &BTreeSet<Vec<String>>) -> BTreeSet<usize> {
    let said: Vec<_> = units(text)
        .into_iter()
        .filter(|unit| !unit.is_mark())
        .collect();
    let forms: Vec<String> = said.iter().map(|unit| format!("{:?}", unit.form)).collect();
    let mut left_out = BTreeSet::new();
    for (at, run) in forms.windows(12).enumerate() {
        if shared.contains(run) {
            left_out.extend(said[at..at + 12].iter().map(|unit| unit.range.start));
        }
    }
    let plain: String = said
        .iter()
        .map(|unit| fold(&text[unit.range.clone()]).into_owned())
        .collect();
    for formula in formulas() {
        let mut bytes = 0;
        let starts: Vec<usize> = plain.match_indices(formula).map(|(at, _)| at).collect();
        for unit in &said {
            let inside = |&start: &usize| start <= bytes && bytes < start + formula.len();
            if starts.iter().any(inside) {
                left_out.insert(unit.range.start);
            }
            bytes += unit.range.len();
        }
    }
    let mut depth = 0;
    for (at, character) in text.char_indices() {
        match character {
            '《' => depth += 1,
            '》' => depth -= 1,
            _ if depth > 0 => {
                left_out.insert(at);
            }
            _ => {}
        }
    }
    left_out
}

fn shared_runs(corpus: &[Passage]) -> BTreeSet<Vec<String>> {
    let mut documents: BTreeMap<Vec<String>, BTreeSet<&str>> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for passage in corpus {
        all.insert(passage.document.id.as_str());
        let forms: Vec<String> = units(&passage.text)
            .iter()
            .filter(|unit| !unit.is_mark())
            .map(|unit| format!("{:?}", unit.form))
            .collect();
        for run in forms.windows(12) {
            let having = documents.entry(run.to_vec()).or_default();
            having.insert(passage.document.id.as_str());
        }
    }
    let enough = (all.len() / 5).max(5);
    documents.retain(|_, having| having.len() >= enough);
    documents.into_keys().collect()
}

#[test]
fn keywords_of_the_sample_are_those_of_a_count_by_hand() {
    let corpus = sample();
    let is_part = |passage: &Passage| {
        let region = passage.document.region.first();
        region.is_some_and(|name| name == "广东省")
    };
    let side = |passage: &Passage| match is_part(passage) {
        true => Side::Part,
        false => Side::Rest,
    };
    let found = keyness(&corpus, &side, 3, &cut);
    let shared = shared_runs(&corpus);
    let mut counts: BTreeMap<String, [u64; 2]> = BTreeMap::new();
    let (mut totals, mut left_out) = ([0u64; 2], 0u64);
    for passage in corpus.iter().filter(|passage| passage.is_content()) {
        let furniture = furniture(&passage.text, &shared);
        for word in cut(&passage.text) {
            if furniture.contains(&word.range.start) {
                left_out += 1;
                continue;
            }
            let place = usize::from(!is_part(passage));
            totals[place] += 1;
            if word.is_telling() {
                counts.entry(word.token).or_default()[place] += 1;
            }
        }
    }
    assert_eq!(
        [found.part_words, found.rest_words, found.formula_words],
        [totals[0], totals[1], left_out]
    );
    counts.retain(|_, sides| sides[0] + sides[1] >= 3);
    let words: BTreeSet<&String> = found.rows.iter().map(|row| &row.word).collect();
    assert_eq!(words, counts.keys().collect::<BTreeSet<_>>());
    assert!(words.len() > 200, "{}", words.len());
    let (part, rest) = (totals[0] as f64, totals[1] as f64);
    for row in &found.rows {
        assert_eq!([row.part, row.rest], counts[&row.word], "{}", row.word);
        let (inside, outside) = (row.part as f64, row.rest as f64);
        let likelihood = log_likelihood(inside, part, outside, rest);
        close(row.log_likelihood, likelihood, &row.word);
        let or_half = |count: f64| if count == 0.0 { 0.5 } else { count };
        let ratio = (or_half(inside) / part) / (or_half(outside) / rest);
        close(row.log_ratio, ratio.log2(), &row.word);
        let difference =
            (outside > 0.0).then(|| 100.0 * ((inside / part) / (outside / rest) - 1.0));
        assert_eq!(row.percent_difference.is_some(), difference.is_some());
        if let (Some(found), Some(expected)) = (row.percent_difference, difference) {
            close(found, expected, &row.word);
        }
    }
}
