//! Nothing to build yet but the dictionary: `index-schema/dictionary.txt` to an `fst::Map`.
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
