//! `weigh calibrate`: an instrument's card out of replies that people labelled.

mod judge;
mod told;

use std::path::{Path, PathBuf};

use clap::Args;
use weigh_core::card::{
    self, Calibrated, Card, Instrument, Labelled, LabelledSet, calibrate, labelled_csv,
    labelled_jsonl,
};
use weigh_core::digest::Digest;
use weigh_core::language::Language;
use weigh_core::language_id;
use weigh_core::measure::refusal;
use weigh_runner::{Clock, SystemClock};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::output::Output;

/// The most bytes of a file with labelled replies.
const MOST_BYTES: u64 = 64 << 20;

/// Which replies, and what the card says of them.
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Labelled replies: JSONL with `text`, `language`, `label` and, where it is known, `finish`
    /// (end_of_text, stop or length) on each line, or CSV (*.csv) with the same columns. Labels are
    /// refusal, partial and compliance; in_language and other_language (`language` is then the one
    /// that was asked for); right and wrong, with the expected `answer`; pass and fail, with the
    /// `request`.
    pub labelled: PathBuf,
    /// What is calibrated: refusal, language_id, answer_number or judge.
    #[arg(long, value_name = "NAME", default_value = "refusal", value_parser = instrument)]
    pub instrument: Instrument,
    /// The language of the card. Replies in other languages are left out.
    #[arg(long, visible_alias = "lang", value_name = "L")]
    pub language: Language,
    /// The set's name and version.
    #[arg(long, value_name = "TEXT")]
    pub name: String,
    /// On what terms others may use the set: an SPDX expression.
    #[arg(long, value_name = "SPDX")]
    pub licence: String,
    /// The suite whose judge is calibrated, with its rubric: a folder, a file or a name.
    #[arg(
        long,
        value_name = "PATH_OR_NAME",
        num_args = 1,
        required_if_eq("instrument", "judge")
    )]
    pub suite: Vec<String>,
    /// The judge's files: a path or a name. Without it, the model that the suite names is taken.
    #[arg(long, value_name = "PATH_OR_NAME", requires = "suite", num_args = 1)]
    pub judge: Vec<String>,
    /// Use no network: a judge that is not on this machine is an error.
    #[arg(long, requires = "suite")]
    pub offline: bool,
    /// Where the set can be had.
    #[arg(long, value_name = "TEXT", default_value = "not published")]
    pub source: String,
    /// Which of a larger set's items the file holds, in words.
    #[arg(long, value_name = "TEXT", default_value = "all")]
    pub part: String,
    /// The day of the calibration. Without it, today in UTC.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,
    /// Write the card here, which must not exist. Without it, to standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Counts, writes the card and shows the counts.
pub fn command(args: &CalibrateArgs, output: &Output) -> Result<(), Failure> {
    known_language(args)?;
    let (set, items) = read(args)?;
    if !items.iter().any(|item| item.language == args.language) {
        return Err(no_items(args, &items));
    }
    let (judge, decided) = match args.instrument {
        Instrument::Judge => {
            let (key, decided) = judge::decided(args, &items, output)?;
            (Some(key), decided)
        }
        Instrument::AnswerNumber | Instrument::LanguageId | Instrument::Refusal => {
            (None, args.instrument.by_rules(&items, &args.language))
        }
    };
    let of = Calibrated {
        instrument: args.instrument,
        judge,
        language: args.language.clone(),
        date: args.date.clone().unwrap_or_else(today),
    };
    let card = calibrate(of, &[(set, decided)]);
    let text = card.to_toml();
    check(args, &text)?;
    if let Some(out) = &args.out {
        folder::write_new(out, text.as_bytes())
            .map_err(|fault| Failure::not_written(out, &fault, "--out"))?;
    }
    tell(args, &card, &text, output);
    Ok(())
}

/// An instrument by its name.
fn instrument(word: &str) -> Result<Instrument, String> {
    let known = Instrument::ALL;
    let found = known.into_iter().find(|one| one.as_str() == word);
    found.ok_or_else(|| {
        let names = known.map(Instrument::as_str);
        format!("expected one of {}", names.join(", "))
    })
}

/// Refuses a language of which an instrument's rules know nothing.
fn known_language(args: &CalibrateArgs) -> Result<(), Failure> {
    let (why, known): (&str, Vec<&str>) = match args.instrument {
        Instrument::Refusal => (
            "no phrases of refusal are known in it",
            refusal::languages().collect(),
        ),
        Instrument::LanguageId => (
            "nothing is known of it",
            language_id::languages().into_iter().collect(),
        ),
        Instrument::AnswerNumber | Instrument::Judge => return Ok(()),
    };
    let language = &args.language;
    if known.contains(&language.primary()) {
        return Ok(());
    }
    Err(Failure::new(
        Exit::Usage,
        format!("cannot calibrate for `{language}`: {why}"),
        format!("languages with rules are {}", known.join(", ")),
    ))
}

/// The replies, and what the card says of the file.
fn read(args: &CalibrateArgs) -> Result<(LabelledSet, Vec<Labelled>), Failure> {
    let path = &args.labelled;
    let file = path.display().to_string();
    let bytes = folder::read_file(path, MOST_BYTES).map_err(|fault| {
        Failure::new(
            Exit::Usage,
            format!("cannot read the labelled replies: {fault}"),
            "give a JSONL or CSV file; `weigh calibrate --help` says what is in it",
        )
    })?;
    let is_table = path.extension().is_some_and(|ending| ending == "csv");
    let read = if is_table {
        labelled_csv
    } else {
        labelled_jsonl
    };
    let items = read(&file, &bytes, args.instrument)
        .map_err(|found| Failure::in_file("cannot use the labelled replies", found, &bytes))?;
    let set = LabelledSet {
        name: args.name.clone(),
        part: args.part.clone(),
        sha256: Digest::of(&bytes),
        licence: args.licence.clone(),
        source: args.source.clone(),
    };
    Ok((set, items))
}

fn no_items(args: &CalibrateArgs, items: &[Labelled]) -> Failure {
    let mut tags: Vec<&str> = items.iter().map(|item| item.language.as_str()).collect();
    tags.sort_unstable();
    tags.dedup();
    Failure::new(
        Exit::Usage,
        format!(
            "cannot calibrate for `{}`: {} has no reply in it",
            args.language,
            args.labelled.display()
        ),
        format!("it has replies in {}", tags.join(", ")),
    )
}

/// Today in UTC.
fn today() -> String {
    let now = SystemClock.now().0;
    now.get(..10).unwrap_or_default().to_owned()
}

/// A card that does not read again, because of what was given for it, is not made.
fn check(args: &CalibrateArgs, text: &str) -> Result<(), Failure> {
    let name = args.out.as_deref().unwrap_or(Path::new("card.toml"));
    let read = card::parse(&name.display().to_string(), text.as_bytes());
    read.map(drop)
        .map_err(|found| Failure::in_file("cannot make this card", found, text.as_bytes()))
}

/// Without --out the card goes to standard output, and what people read beside it.
fn tell(args: &CalibrateArgs, card: &Card, text: &str, output: &Output) {
    if output.json {
        return told::json(card, args.out.as_deref(), text, output);
    }
    let table = told::table(card);
    match &args.out {
        Some(_) => output.line(&table),
        None => {
            output.note(&table);
            output.bytes(text.as_bytes());
        }
    }
}
