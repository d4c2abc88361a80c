//! `xianli QUERY…` to `xianli search FLAGS… -- QUERY…`: search is the verb where none is given.
//!
//! The words of a question may begin with a dash (`-试点` means: without 试点) and stand before,
//! between and behind the flags. So the flags are gathered first and the words stand after `--`,
//! where clap takes them as they are. Knows the flags by asking the clap command itself.

use std::ffi::OsString;

use clap::{Arg, Command, Subcommand};

use super::xianli::Verb;

/// The verb that is meant where none is given.
pub(super) const SEARCH: &str = "search";

/// The arguments (the program's name first) with the verb put in where it is `search`. All others
/// are given back as they came. The command describes at least the program and its search.
pub(super) fn with_default_verb(command: &Command, arguments: Vec<OsString>) -> Vec<OsString> {
    let flags = Flags::of(command);
    let mut sorted = Sorted::default();
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        let text = argument.to_str().unwrap_or_default();
        if text == "--" {
            sorted.words.extend(rest.cloned());
            break;
        }
        match flags.kind(text) {
            Kind::Alone => sorted.flags.push(argument.clone()),
            Kind::WithNext => {
                sorted.flags.push(argument.clone());
                sorted.flags.extend(rest.next().cloned());
            }
            Kind::Word if text == SEARCH && !sorted.verb_given && sorted.words.is_empty() => {
                sorted.verb_given = true;
            }
            Kind::Word if !sorted.verb_given && sorted.words.is_empty() && is_verb(text) => {
                return arguments;
            }
            Kind::Word => sorted.words.push(argument.clone()),
        }
    }
    if sorted.is_for_the_program() {
        return arguments;
    }
    sorted.joined(arguments.into_iter().next())
}

/// What an argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A flag that takes no value, or has it attached.
    Alone,
    /// A flag whose value is the next argument.
    WithNext,
    /// A word of the question, or a verb.
    Word,
}

/// The arguments, flags apart from words.
#[derive(Debug, Default)]
struct Sorted {
    flags: Vec<OsString>,
    words: Vec<OsString>,
    verb_given: bool,
}

impl Sorted {
    /// Whether nothing is asked: no argument at all, or `--help` and `--version` of the program.
    fn is_for_the_program(&self) -> bool {
        let general = ["-h", "--help", "-V", "--version"];
        !self.verb_given
            && self.words.is_empty()
            && (self.flags.is_empty() || self.flags.iter().any(|f| general.iter().any(|g| f == g)))
    }

    fn joined(self, program: Option<OsString>) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = program.into_iter().collect();
        arguments.push(SEARCH.into());
        arguments.extend(self.flags);
        if !self.words.is_empty() {
            arguments.push("--".into());
            arguments.extend(self.words);
        }
        arguments
    }
}

/// The flags of the program and of its search.
struct Flags<'c>(Vec<&'c Arg>);

impl<'c> Flags<'c> {
    fn of(command: &'c Command) -> Self {
        let search = command
            .get_subcommands()
            .find(|verb| verb.get_name() == SEARCH);
        let of_search = search.into_iter().flat_map(Command::get_arguments);
        Self(command.get_arguments().chain(of_search).collect())
    }

    fn kind(&self, argument: &str) -> Kind {
        if let Some(long) = argument.strip_prefix("--") {
            self.long_kind(long)
        } else if let Some(cluster) = argument.strip_prefix('-') {
            self.cluster_kind(cluster)
        } else {
            Kind::Word
        }
    }

    /// An unknown flag stays one, so that clap can say so and name the nearest.
    fn long_kind(&self, long: &str) -> Kind {
        let known = |name: &str| {
            let named = |arg: &&&Arg| {
                arg.get_long() == Some(name)
                    || arg.get_all_aliases().unwrap_or_default().contains(&name)
            };
            self.0.iter().find(named)
        };
        if !long.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return Kind::Word;
        }
        match known(long) {
            Some(flag) if flag.get_action().takes_values() => Kind::WithNext,
            _ => Kind::Alone,
        }
    }

    /// `-q`, `-qv`, `-n 5`, `-n5`; whatever is no such cluster is a word: `-试点`, `-title:试点`.
    fn cluster_kind(&self, cluster: &str) -> Kind {
        let mut letters = cluster.chars();
        while let Some(letter) = letters.next() {
            let helps = matches!(letter, 'h' | 'V');
            let Some(flag) = self.0.iter().find(|flag| flag.get_short() == Some(letter)) else {
                if helps {
                    continue;
                }
                let lone = cluster.len() == 1 && letter.is_ascii_alphabetic();
                return if lone { Kind::Alone } else { Kind::Word };
            };
            if flag.get_action().takes_values() {
                return match letters.next() {
                    None => Kind::WithNext,
                    Some('=' | '0'..='9') => Kind::Alone,
                    Some(_) => Kind::Word,
                };
            }
        }
        if cluster.is_empty() {
            Kind::Word
        } else {
            Kind::Alone
        }
    }
}

/// Whether a word that comes first names a verb.
pub(super) fn is_verb(word: &str) -> bool {
    word == "help" || Verb::has_subcommand(word)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::xianli::{SearchAlone, Xianli};

    fn sorted(line: &str) -> String {
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let sorted = with_default_verb(&SearchAlone::command(), arguments.clone());
        // A flag that the search alone did not know would be taken for one without a value.
        assert_eq!(sorted, with_default_verb(&Xianli::command(), arguments));
        let words: Vec<_> = sorted.iter().map(|word| word.to_string_lossy()).collect();
        words.join(" ")
    }

    #[test]
    fn the_search_alone_knows_the_flags_of_the_program() {
        let flags = |command: &Command| {
            let flags = Flags::of(command).0.into_iter();
            let mut flags: Vec<_> = flags.map(|flag| flag.get_id().to_string()).collect();
            flags.sort();
            flags
        };
        assert_eq!(flags(&SearchAlone::command()), flags(&Xianli::command()));
    }

    #[test]
    fn a_question_alone_is_a_search() {
        assert_eq!(sorted("xianli 免申即享"), "xianli search -- 免申即享");
        assert_eq!(
            sorted("xianli 数字政府 建设"),
            "xianli search -- 数字政府 建设"
        );
    }

    #[test]
    fn flags_may_stand_on_either_side_of_the_words() {
        assert_eq!(
            sorted("xianli --region 广东 免申即享 -n 5 --year=2020..2023 改革"),
            "xianli search --region 广东 -n 5 --year=2020..2023 -- 免申即享 改革"
        );
        assert_eq!(sorted("xianli -qn5 办"), "xianli search -qn5 -- 办");
        assert_eq!(sorted("xianli -qn 5 办"), "xianli search -qn 5 -- 办");
    }

    #[test]
    fn a_word_may_begin_with_a_dash() {
        assert_eq!(sorted("xianli -试点 改革"), "xianli search -- -试点 改革");
        assert_eq!(
            sorted("xianli 改革 -title:试点"),
            "xianli search -- 改革 -title:试点"
        );
        assert_eq!(
            sorted("xianli -number:67号 改"),
            "xianli search -- -number:67号 改"
        );
        assert_eq!(sorted("xianli -- --year"), "xianli search -- --year");
        assert_eq!(sorted("xianli - ——"), "xianli search -- - ——");
    }

    #[test]
    fn a_known_verb_stays_one() {
        for line in [
            "xianli show k3v9/17",
            "xianli --index D show k3v9/17",
            "xianli help search",
        ] {
            assert_eq!(sorted(line), line);
        }
    }

    #[test]
    fn a_question_that_is_a_verb_can_be_asked() {
        assert_eq!(sorted("xianli search show"), "xianli search -- show");
        assert_eq!(sorted("xianli search search"), "xianli search -- search");
        assert_eq!(sorted("xianli 办 show"), "xianli search -- 办 show");
        assert_eq!(
            sorted("xianli --region show 办"),
            "xianli search --region show -- 办"
        );
    }

    #[test]
    fn help_and_version_are_of_the_program_unless_something_is_asked() {
        for line in [
            "xianli",
            "xianli --help",
            "xianli -V",
            "xianli -q --version",
        ] {
            assert_eq!(sorted(line), line);
        }
        assert_eq!(sorted("xianli search --help"), "xianli search --help");
        assert_eq!(
            sorted("xianli --facets region"),
            "xianli search --facets region"
        );
    }

    #[test]
    fn an_unknown_flag_is_left_for_clap_to_name() {
        assert_eq!(sorted("xianli --regoin 办"), "xianli search --regoin -- 办");
        assert_eq!(sorted("xianli -x 办"), "xianli search -x -- 办");
    }
}
