//! `xianli QUERY…` and `xianli --index DIR QUERY…`, read without clap.
//!
//! Most searches are no more than that, and to describe thirty flags that are not there is a tenth of
//! the time of a small one: a quarter of the code that it runs through, and a third of its memory. What
//! has any other flag is left to clap, and means the same there (a property test).

use std::ffi::OsString;

use super::common::Common;
use super::default_verb::{SEARCH, is_verb};
use super::xianli::{Search, Verb, Xianli};

/// The question that the arguments (the program's name first) are, if they are nothing more.
/// `index` is what the environment says of it.
pub(super) fn plain_question(arguments: &[OsString], index: Option<OsString>) -> Option<Xianli> {
    let mut stated = None;
    let mut is_search = false;
    let mut words: Vec<String> = Vec::new();
    let mut rest = arguments.iter().skip(1).map(|argument| argument.to_str());
    while let Some(argument) = rest.next() {
        match argument? {
            "--index" if stated.is_none() => stated = Some(plain(rest.next()??)?.into()),
            SEARCH if words.is_empty() && !is_search => is_search = true,
            verb if words.is_empty() && !is_search && is_verb(verb) => return None,
            word => words.push(plain(word)?.to_owned()),
        }
    }
    let index = stated.or(index).map(Into::into);
    let is_question = !words.is_empty() && index != Some("".into());
    is_question.then(|| Xianli {
        common: Common {
            index,
            ..Common::default()
        },
        verb: Verb::Search(Box::new(Search {
            words,
            ..Search::default()
        })),
    })
}

/// An argument that is no flag, and something.
fn plain(argument: &str) -> Option<&str> {
    (!argument.is_empty() && !argument.starts_with('-')).then_some(argument)
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};
    use proptest::prelude::*;

    use super::*;
    use crate::cli::default_verb::with_default_verb;
    use crate::cli::place;

    fn read(line: &[&str]) -> Option<Xianli> {
        let program = std::iter::once("xianli");
        let arguments: Vec<_> = program
            .chain(line.iter().copied())
            .map(Into::into)
            .collect();
        plain_question(&arguments, place::of_environment())
    }

    #[test]
    fn words_and_an_index_are_a_plain_question() {
        for line in [
            &["免申即享"][..],
            &["search", "show"],
            &["数字政府", "建设", "--index", "folder"],
            &["\"一件事\"", "region:广东"],
        ] {
            assert!(read(line).is_some(), "{line:?}");
        }
    }

    #[test]
    fn all_else_is_left_to_clap() {
        for line in [
            &[][..],
            &["search"],
            &["show", "id"],
            &["help"],
            &["免申即享", "-试点"],
            &["免申即享", "--full"],
            &["--index=folder", "免申即享"],
            &["--index", "", "免申即享"],
            &["--index", "a", "--index", "b", "免申即享"],
            &["免申即享", "--index"],
            &["免申即享", ""],
        ] {
            assert!(read(line).is_none(), "{line:?}");
        }
    }

    #[test]
    fn an_index_that_is_stated_comes_before_that_of_the_environment() {
        let index = |line: &[&str]| {
            let arguments: Vec<_> = line.iter().map(Into::into).collect();
            let read = plain_question(&arguments, Some("of the environment".into()));
            read.and_then(|read| read.common.index)
        };
        let stated = index(&["xianli", "--index", "stated", "税"]);
        assert_eq!(stated, Some("stated".into()));
        assert_eq!(index(&["xianli", "税"]), Some("of the environment".into()));
        let nothing = plain_question(&["xianli".into(), "税".into()], Some("".into()));
        assert!(nothing.is_none());
    }

    proptest! {
        #[test]
        fn a_plain_question_means_what_clap_says(
            line in prop::collection::vec(
                prop::sample::select(vec![
                    "税", "\"一 二\"", "-试点", "region:广东", "search", "show", "help", "--index",
                    "--index=a", "folder", "--", "-q", "-n", "5", "--full", "", "-",
                ]),
                0..6,
            ),
        ) {
            if let Some(plain) = read(&line) {
                let program = std::iter::once("xianli");
                let arguments = program.chain(line.iter().copied()).map(Into::into).collect();
                let arguments = with_default_verb(&Xianli::command(), arguments);
                let whole = Xianli::try_parse_from(arguments).unwrap();
                prop_assert_eq!(format!("{plain:?}"), format!("{whole:?}"));
            }
        }
    }
}
