//! Flags to calls; the only place that reads the clock, the environment or the terminal.
//!
//! Comes in: a command line. Goes out: data on stdout, everything else on stderr, an exit code.
//! Makes no decision about documents or ranking.

mod batch;
mod census;
mod clock;
mod common;
mod complaint;
mod default_verb;
mod eval;
mod exit;
mod fields;
mod filters;
mod inspect;
mod instruments;
mod log;
mod manual;
mod panics;
mod place;
mod plain_question;
mod progress;
mod reading;
mod research;
mod resources;
mod sample;
mod search;
mod show;
mod signals;
mod status;
mod terminal;
mod update;
mod upkeep;
mod xianli;
mod xianli_index;

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

use crate::index::{Freshness, IndexReader};

use self::common::Common;
use self::exit::{Answered, Done};
use self::place::Place;
use self::plain_question::plain_question;
use self::xianli::{SearchAlone, Xianli};
use self::xianli_index::XianliIndex;

/// The `xianli` command.
pub fn xianli() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let parsed = match plain_question(&arguments, place::of_environment()) {
        Some(question) => Ok(question),
        None => as_search(arguments).or_else(Xianli::try_parse_from),
    };
    match parsed {
        Ok(arguments) => ended(&arguments.common, || ask(&arguments)),
        Err(refusal) => refused(&refusal),
    }
}

/// The arguments of a search, read without describing the other verbs: that would take a tenth of
/// the time of a small question. What is no search, or a wrong one, is left to the whole command.
fn as_search(arguments: Vec<OsString>) -> Result<Xianli, Vec<OsString>> {
    // The description is not taken apart again: the process ends.
    let mut command = ManuallyDrop::new(SearchAlone::command());
    let arguments = default_verb::with_default_verb(&command, arguments);
    if arguments
        .get(1)
        .is_none_or(|verb| verb != default_verb::SEARCH)
    {
        return Err(arguments);
    }
    let (program, flags) = (&arguments[..1], &arguments[2..]);
    let matches = command.try_get_matches_from_mut(program.iter().chain(flags));
    let parsed = matches.and_then(|mut matches| SearchAlone::from_arg_matches_mut(&mut matches));
    parsed.map(Xianli::from).map_err(|_| arguments)
}

/// The `xianli-index` command.
pub fn xianli_index() -> ExitCode {
    match XianliIndex::try_parse() {
        Ok(arguments) => ended(&arguments.common, || keep(&arguments)),
        Err(refusal) => refused(&refusal),
    }
}

fn ask(arguments: &Xianli) -> anyhow::Result<Answered> {
    let common = &arguments.common;
    match &arguments.verb {
        xianli::Verb::Search(search) if search.fields => fields::list(),
        xianli::Verb::Search(search) => {
            let asked = search::Asked::of(search)?;
            // The process ends with it, and the system takes all back at once.
            let index = ManuallyDrop::new(open(common)?);
            asked.answer(common, &index)
        }
        xianli::Verb::Eval(eval) => eval::eval(&open(common)?, eval),
        xianli::Verb::Show(show) => show::show(common, &open(common)?, show),
        xianli::Verb::Precedents(asked) => research::precedents(common, &open(common)?, asked),
        xianli::Verb::Coverage(asked) => research::coverage(common, &open(common)?, asked),
        xianli::Verb::Trend(asked) => research::trend(common, &open(common)?, asked),
        xianli::Verb::Links(asked) => research::links(common, &open(common)?, asked),
        xianli::Verb::Claims(asked) => research::claims(common, &open(common)?, asked),
        xianli::Verb::Cite(asked) => research::cite(common, &open(common)?, asked),
        xianli::Verb::Report(asked) => research::report(common, &open(common)?, asked),
        xianli::Verb::Concordance(asked) => instruments::concordance(common, &open(common)?, asked),
        xianli::Verb::Collocates(asked) => instruments::collocates(common, &open(common)?, asked),
        xianli::Verb::Keyness(asked) => instruments::keyness(common, &open(common)?, asked),
        xianli::Verb::Figures(asked) => instruments::figures(common, &open(common)?, asked),
        xianli::Verb::Similar(asked) => instruments::similar(common, &open(common)?, asked),
        xianli::Verb::Reuse(asked) => instruments::reuse(common, &open(common)?, asked),
        xianli::Verb::Promises(asked) => instruments::promises(common, &open(common)?, asked),
        xianli::Verb::Compare(asked) => instruments::compare(common, &open(common)?, asked),
        xianli::Verb::Terms(asked) => instruments::terms(common, &open(common)?, asked),
    }
}

fn keep(arguments: &XianliIndex) -> anyhow::Result<Done> {
    let common = &arguments.common;
    match &arguments.verb {
        xianli_index::Verb::Update(update) => update::update(common, update),
        xianli_index::Verb::Inspect(inspect) => inspect::inspect(common, inspect),
        xianli_index::Verb::Status(status) => status::status(common, status),
        xianli_index::Verb::Watch(watch) => update::watch(common, watch),
        xianli_index::Verb::Check(check) => upkeep::check(common, check),
        xianli_index::Verb::Optimize(optimize) => upkeep::optimize(common, optimize),
        xianli_index::Verb::Backup(backup) => upkeep::backup(common, backup),
        xianli_index::Verb::Restore(restore) => upkeep::restore(common, restore),
        xianli_index::Verb::Completions(asked) => manual::completions(common, asked),
        xianli_index::Verb::Manual(asked) => manual::manual(common, asked),
    }
}

/// The index that answers: the user's, or the sample where no index was named and none is there.
fn open(common: &Common) -> anyhow::Result<IndexReader> {
    let place = Place::of(common);
    let missing = match &place {
        Place::Stated(_) => false,
        Place::Default(folder) => IndexReader::freshness(folder)? == Freshness::Missing,
        Place::Nowhere => true,
    };
    if missing {
        common.note(sample::NOTICE);
        return sample::open();
    }
    let folder = place.folder()?;
    common.detail(&format!("index: {}", folder.display()));
    Ok(IndexReader::open(folder)?)
}

/// Help, the version, or what is wrong with the command line.
fn refused(refusal: &clap::Error) -> ExitCode {
    // Where nobody reads it, nothing is lost.
    let _ = refusal.print();
    u8::try_from(refusal.exit_code()).map_or(ExitCode::from(exit::ERROR), ExitCode::from)
}

fn ended<T: Into<ExitCode>>(common: &Common, work: impl FnOnce() -> anyhow::Result<T>) -> ExitCode {
    match panics::caught(work) {
        Ok(end) => end.into(),
        Err(error) => {
            common.fail(&told(&error));
            ExitCode::from(exit::ERROR)
        }
    }
}

/// An error with its causes in one line, and its hint on the next.
fn told(error: &anyhow::Error) -> String {
    let mut told = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    told
}
