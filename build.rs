//! Turns tables of `index-schema/` into what a program can open without parsing: `dictionary.txt`
//! into an `fst::Map` from word to frequency, `variants.tsv` into a table by code point, the names of
//! section roles, the rows of `regions.tsv` and `places.tsv`, reform families and function words into constants, and `codebook.txt` into a
//! list of words by number. And takes the
//! fingerprint of all tables that decide what an index holds, and lists the documents of
//! `corpus-sample/`, so that the program carries them.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo speaks to a build script through the environment"
)]
fn main() {
    let schema =
        Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("index-schema");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    println!("cargo::rerun-if-changed=build.rs");
    link_for_short_runs(Path::new(&out));
    println!("cargo::rerun-if-changed={}", schema.display());
    println!(
        "cargo::rustc-env=XIANLI_FINGERPRINT={}",
        fingerprint(&schema)
    );
    write_dictionary(
        &schema.join("dictionary.txt"),
        &Path::new(&out).join("dictionary.fst"),
    );
    write_variants(
        &schema.join("variants.tsv"),
        &Path::new(&out).join("variants.rs"),
    );
    write_regions(&schema, &Path::new(&out).join("regions.rs"));
    write_roles(
        &schema.join("sections.toml"),
        &Path::new(&out).join("roles.rs"),
    );
    write_families(
        &schema.join("families.tsv"),
        &Path::new(&out).join("families.rs"),
    );
    write_function_words(
        &schema.join("function-words.tsv"),
        &Path::new(&out).join("function-words.rs"),
    );
    write_codebook(&schema.join("codebook.txt"), Path::new(&out));
    write_sample(
        &schema.with_file_name("corpus-sample"),
        &Path::new(&out).join("sample.rs"),
    );
}

/// How `xianli` is linked on Linux with glibc. A search is a run of a few milliseconds: moving the
/// addresses of 31,000 constants is a tenth of it, and loading three shared libraries another. What
/// reads documents of strangers, `xianli-index`, stays where the system puts it. With
/// `XIANLI_SHARED_LIBRARIES` set, libraries are loaded as elsewhere.
#[expect(
    clippy::disallowed_methods,
    reason = "cargo speaks to a build script through the environment"
)]
fn link_for_short_runs(out: &Path) {
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|stated| stated == value);
    if !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    println!("cargo::rustc-link-arg-bin=xianli=-no-pie");
    let native = env::var("HOST").is_ok_and(|host| is("TARGET", &host));
    println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
    if native && is("PROFILE", "release") {
        put_side_by_side(Path::new("src/bin/search-functions.txt"), out);
    }
    let linker = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    println!("cargo::rerun-if-env-changed=XIANLI_SHARED_LIBRARIES");
    let is_wanted = env::var("XIANLI_SHARED_LIBRARIES").is_err();
    let can_be = native && is_wanted && is("CARGO_CFG_TARGET_ARCH", "x86_64");
    let archives = out.join("archives");
    if can_be && find_archives(&linker, &archives) {
        println!("cargo::rustc-link-arg-bin=xianli=-static");
        println!("cargo::rustc-link-arg-bin=xianli=-L{}", archives.display());
    }
}

/// Puts the functions that a search runs through side by side, where the linker can. The system brings
/// in 64 KB of a program where it is first touched; spread over all eleven MB, they would touch a
/// hundred such pieces. Names end in hashes that differ from build to build, so the script has patterns,
/// and one that fits nothing does nothing.
fn put_side_by_side(list: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={}", list.display());
    let functions = fs::read_to_string(list).expect("the list is in the package");
    let mut script = "SECTIONS {\n.text.search : {\n".to_owned();
    for function in functions.lines() {
        script += &format!("*(\".text.{function}*\" \".text.unlikely.{function}*\")\n");
    }
    script += "}\n}\nINSERT BEFORE .text;\n";
    let path = out.join("search-functions.ld");
    fs::write(&path, script).expect("OUT_DIR is writable");
    let argument = format!("-Wl,-T,{}", path.display());
    if is_taken_by_linker(&argument, out) {
        println!("cargo::rustc-link-arg-bin=xianli={argument}");
    }
}

/// Whether a program is linked with an argument, by whatever linker Rust uses here.
#[expect(
    clippy::disallowed_methods,
    reason = "cargo speaks to a build script through the environment"
)]
fn is_taken_by_linker(argument: &str, out: &Path) -> bool {
    let source = out.join("probe.rs");
    fs::write(&source, "fn main() {}").expect("OUT_DIR is writable");
    let mut rustc = Command::new(env::var("RUSTC").expect("cargo sets it"));
    rustc.arg(source).arg("-o").arg(out.join("probe"));
    rustc.arg(format!("-Clink-arg={argument}"));
    if let Ok(linker) = env::var("RUSTC_LINKER") {
        rustc.arg(format!("-Clinker={linker}"));
    }
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    rustc.args(flags.split('\u{1f}').filter(|flag| !flag.is_empty()));
    let linked = rustc.output().is_ok_and(|told| told.status.success());
    linked
        && Command::new(out.join("probe"))
            .status()
            .is_ok_and(|ended| ended.success())
}

/// The system's libraries that Rust asks the linker for, and the archives that hold the same.
const ARCHIVES: [(&str, &str); 7] = [
    ("c", "libc.a"),
    ("dl", "libdl.a"),
    ("gcc_s", "libgcc_eh.a"),
    ("m", "libm.a"),
    ("pthread", "libpthread.a"),
    ("rt", "librt.a"),
    ("util", "libutil.a"),
];

/// Puts the archives into a folder under the names of the libraries, for the linker to find them
/// there first: Rust asks for the libraries whether the program is static or not, unless all of its
/// dependencies are built for that. Whether all were found; some systems keep them in a package of
/// their own, and there `xianli` loads the libraries.
fn find_archives(linker: &str, folder: &Path) -> bool {
    // What was copied before may not be overwritten: archives can be read-only.
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("OUT_DIR is writable");
    ARCHIVES.iter().all(|(library, archive)| {
        let asked = Command::new(linker)
            .arg(format!("-print-file-name={archive}"))
            .output();
        let told = asked.map_or_else(|_| Vec::new(), |told| told.stdout);
        let told = String::from_utf8_lossy(&told);
        let found = Path::new(told.trim());
        // Of an archive that is not there the name alone is said.
        if found.is_absolute() {
            println!("cargo::rerun-if-changed={}", found.display());
        }
        found.is_absolute() && fs::copy(found, folder.join(format!("lib{library}.a"))).is_ok()
    })
}

/// Sixteen hexadecimal digits that change with any table that decides how documents are cut, folded
/// and labelled. Reform families, field names and the words that questions and instruments go by are
/// looked up when a question is asked.
fn fingerprint(schema: &Path) -> String {
    let asked_only = [
        "cues.tsv",
        "families.tsv",
        "fields.toml",
        "formulas.tsv",
        "function-words.tsv",
        "metadata.tsv",
        "quantities.tsv",
        "terms.tsv",
    ];
    let mut tables: Vec<_> = fs::read_dir(schema)
        .expect("index-schema is in the package")
        .map(|entry| entry.expect("index-schema can be listed").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|e| e == "tsv" || e == "toml" || e == "txt")
        })
        .filter(|path| asked_only.iter().all(|name| !path.ends_with(name)))
        .collect();
    tables.sort();
    // FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for table in tables {
        for byte in fs::read(table).expect("a table can be read") {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

/// The rows stand sorted by the bytes of the word, as `fst` wants them.
fn write_dictionary(from: &Path, to: &Path) {
    println!("cargo::rerun-if-changed={}", from.display());
    let table = fs::read_to_string(from).expect("dictionary.txt is in the package");
    let mut builder = fst::MapBuilder::memory();
    for row in table.lines() {
        let (word, frequency) = row
            .split_once(' ')
            .expect("a row is a word and a frequency");
        let frequency = frequency.parse().expect("a frequency is a whole number");
        builder
            .insert(word, frequency)
            .expect("rows are sorted by the bytes of the word");
    }
    fs::write(to, builder.into_inner().expect("memory cannot fail")).expect("OUT_DIR is writable");
}

/// Characters that share a page of the table of variants.
const PAGE: usize = 64;

/// `(&[page], &[[entry; 64]], &[folds_to])`: the page of a character is at its code point / 64, its
/// entry at the rest. Entry 0 means itself, entry n the n-th of the last list.
fn write_variants(from: &Path, to: &Path) {
    println!("cargo::rerun-if-changed={}", from.display());
    let table = fs::read_to_string(from).expect("variants.tsv is in the package");
    let mut pages_of = Vec::new();
    let mut pages = vec![[0; PAGE]];
    let mut targets = vec!['\0'];
    for row in table.lines().skip(1) {
        let mut cells = row
            .split('\t')
            .map(|cell| cell.chars().next().expect("a cell is one character"));
        let character = cells.next().expect("character") as usize;
        let place = character / PAGE;
        if pages_of.len() <= place {
            pages_of.resize(place + 1, 0);
        }
        if pages_of[place] == 0 {
            pages_of[place] = pages.len();
            pages.push([0; PAGE]);
        }
        pages[pages_of[place]][character % PAGE] = targets.len();
        targets.push(cells.next().expect("folds_to"));
    }
    fs::write(to, format!("(&{pages_of:?}, &{pages:?}, &{targets:?})"))
        .expect("OUT_DIR is writable");
}

/// `Tables` of `lexicon::region_table`: divisions, places, and names that mean a division.
fn write_regions(schema: &Path, to: &Path) {
    let table = |name| fs::read_to_string(schema.join(name)).expect("it is in the package");
    let (divisions, places) = (table("regions.tsv"), table("places.tsv"));
    let divisions: Vec<_> = rows(&divisions).collect();
    let codes: Vec<&str> = divisions.iter().map(|row| row[0]).collect();
    assert!(codes.is_sorted(), "regions.tsv is in the order of codes");
    let mut written: String = divisions.iter().map(|row| region(*row, &codes)).collect();
    let mut aliases = String::new();
    for [name, short, parent, stands, first, last, ..] in rows(&places) {
        let short = if short.is_empty() { name } else { short };
        if stands == "parent" {
            aliases +=
                &format!("Alias {{ name: {name:?}, short: {short:?}, code: {parent:?} }},\n");
        } else {
            let row = ["", name, short, "", parent, first, last, "", "", ""];
            written += &region(row, &codes);
        }
    }
    let count = codes.len();
    let tables =
        format!("Tables {{ rows: &[{written}], divisions: {count}, aliases: &[{aliases}] }}");
    fs::write(to, tables).expect("OUT_DIR is writable");
}

/// The cells of each row of a table; those that are missing at its end are empty.
fn rows(table: &str) -> impl Iterator<Item = [&str; 10]> {
    let lines = table.lines().skip(1).filter(|line| !line.is_empty());
    lines.map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}

/// A row of `regions.tsv` as Rust has it, with the places of its parent among the codes.
fn region(cells: [&str; 10], codes: &[&str]) -> String {
    let [
        code,
        name,
        short,
        also,
        parent,
        first,
        last,
        successors,
        former,
        common,
    ] = cells;
    let from = codes.partition_point(|code| *code < parent);
    let to = codes.partition_point(|code| *code <= parent);
    let first = if first.is_empty() { "EARLIEST" } else { first };
    let last = match last {
        "" => "None".to_owned(),
        last => format!("Some({last})"),
    };
    format!(
        "Row {{ code: {code:?}, name: {name:?}, short: {short:?}, also: {also:?}, \
         parent: {parent:?}, parents: {from}..{to}, first: {first}, last: {last}, \
         successors: {successors:?}, former: {former:?}, common: {common:?} }},\n"
    )
}

/// `&[(path, bytes)]` of the documents, sorted by name; what describes the sample is left out, and so are
/// the same documents in other formats, in the folder below.
fn write_sample(from: &Path, to: &Path) {
    println!("cargo::rerun-if-changed={}", from.display());
    let mut names: Vec<String> = fs::read_dir(from)
        .expect("corpus-sample is in the package")
        .map(|entry| entry.expect("corpus-sample can be listed"))
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name())
        .map(|name| name.into_string().expect("names are ASCII"))
        .filter(|name| !["README.md", "LABELS.tsv"].contains(&name.as_str()))
        .collect();
    names.sort_unstable();
    let rows = names.iter().map(|name| {
        let path = from.join(name);
        let shown = format!("corpus-sample/{name}");
        format!("({shown:?}, include_bytes!({path:?}) as &[u8]),\n")
    });
    fs::write(to, format!("&[\n{}]", rows.collect::<String>())).expect("OUT_DIR is writable");
}

/// The names of each role: its lines `name`, `chinese` and `aliases` are written as Rust has them.
fn write_roles(from: &Path, to: &Path) {
    let table = fs::read_to_string(from).expect("sections.toml is in the package");
    let value = |role: &str, key: &str| {
        let mut lines = role.lines().filter_map(|line| line.split_once(" = "));
        let line = lines.find(|(stated, _)| *stated == key);
        line.expect("each role has all names, each on one line")
            .1
            .to_owned()
    };
    let names = table.split("[[role]]").skip(1).map(|role| {
        let [name, chinese, aliases] = ["name", "chinese", "aliases"].map(|key| value(role, key));
        format!("Names {{ name: {name}, chinese: {chinese}, aliases: &{aliases} }},")
    });
    fs::write(to, format!("&[{}]", names.collect::<String>())).expect("OUT_DIR is writable");
}

/// `&[(family, &[label])]`, both in the order of the table.
fn write_families(from: &Path, to: &Path) {
    let table = fs::read_to_string(from).expect("families.tsv is in the package");
    let mut families: Vec<(&str, Vec<&str>)> = Vec::new();
    for [name, label, ..] in rows(&table).filter(|row| !row[0].starts_with('#')) {
        match families.iter_mut().find(|(known, _)| *known == name) {
            Some((_, labels)) => labels.push(label),
            None => families.push((name, vec![label])),
        }
    }
    let family = |(name, labels)| format!("({name:?}, &{labels:?}),\n");
    let families: String = families.into_iter().map(family).collect();
    fs::write(to, format!("&[{families}]")).expect("OUT_DIR is writable");
}

/// `&[(word, kind)]`, sorted by word.
fn write_function_words(from: &Path, to: &Path) {
    let table = fs::read_to_string(from).expect("function-words.tsv is in the package");
    let mut words = Vec::new();
    for [kind, of_kind, ..] in rows(&table) {
        words.extend(of_kind.split(' ').map(|word| (word, kind)));
    }
    words.sort_unstable();
    fs::write(to, format!("&{words:?}")).expect("OUT_DIR is writable");
}

/// `codebook.words` of all words one behind the other, and `codebook.ends`: a 0, and where each word
/// ends, four bytes each, the lowest first.
fn write_codebook(from: &Path, out: &Path) {
    let words = fs::read_to_string(from).expect("codebook.txt is in the package");
    let mut ends = vec![0; 4];
    let mut end = 0;
    for word in words.lines() {
        end += u32::try_from(word.len()).expect("a line is short");
        ends.extend_from_slice(&end.to_le_bytes());
    }
    let write = |name, bytes: &[u8]| fs::write(out.join(name), bytes);
    write("codebook.words", words.replace('\n', "").as_bytes()).expect("OUT_DIR is writable");
    write("codebook.ends", &ends).expect("OUT_DIR is writable");
}
