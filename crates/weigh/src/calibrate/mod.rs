//! `weigh calibrate`: an instrument's card out of replies that people labelled.

mod told;

use std::path::{Path, PathBuf};

use clap::Args;
use weigh_core::card::{
    self, Card, Instrument, Labelled, LabelledSet, calibrate, labelled_csv, labelled_jsonl,
};
use weigh_core::digest::Digest;
use weigh_core::language::Language;
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
    /// Labelled replies: JSONL with `text`, `language`, `label` (refusal, partial or compliance) and,
    /// where it is known, `finish` (end_of_text, stop or length) on each line, or CSV (*.csv) with
    /// the same columns.
    pub labelled: PathBuf,
    /// The language of the card. Replies in other languages are left out.
    #[arg(long, value_name = "L")]
    pub language: Language,
    /// The set's name and version.
    #[arg(long)]
    pub name: String,
    /// On what terms others may use the set: an SPDX expression.
    #[arg(long, value_name = "SPDX")]
    pub licence: String,
    /// Where the set can be had.
    #[arg(long, default_value = "not published")]
    pub source: String,
    /// Which of a larger set's items the file holds, in words.
    #[arg(long, default_value = "all")]
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
    let instrument = Instrument::Refusal;
    if !refusal::languages().any(|known| known == args.language.primary()) {
        return Err(unknown_language(&args.language));
    }
    let (set, items) = read(args)?;
    let date = args.date.clone().unwrap_or_else(today);
    let card = calibrate(
        instrument,
        &args.language,
        &date,
        &[(set, items.as_slice())],
    );
    if card.totals().items() == 0 {
        return Err(no_items(args, &items));
    }
    let text = card.to_toml();
    check(args, &text)?;
    if let Some(out) = &args.out {
        folder::write_new(out, text.as_bytes())
            .map_err(|fault| Failure::not_written(out, &fault, "--out"))?;
    }
    tell(args, &card, &text, output);
    Ok(())
}

fn unknown_language(language: &Language) -> Failure {
    let known: Vec<&str> = refusal::languages().collect();
    Failure::new(
        Exit::Usage,
        format!("cannot calibrate for `{language}`: no phrases of refusal are known in it"),
        format!("languages with rules are {}", known.join(", ")),
    )
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
    let items = read(&file, &bytes)
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
