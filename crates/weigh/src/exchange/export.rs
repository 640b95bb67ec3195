//! `weigh export`: a verified record as CSV, Parquet, a log of Inspect, and in the formats of catalogues.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;
use weigh_attest::ask::Asked;
use weigh_attest::verify::Verified;
use weigh_core::cases::{CaseResult, cases};
use weigh_core::suite::Suite;
use weigh_core::text::visible_line;
use weigh_core::transcript::Transcript;
use weigh_exchange::export::every_eval_ever::{Relationship, Stated};
use weigh_exchange::export::hub::Published;
use weigh_exchange::export::table::Table;
use weigh_exchange::export::{
    Evidence, Export, csv, cyclonedx, every_eval_ever, hub, inspect, parquet,
};

use crate::compare::{Read, read_whole};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::output::Output;
use crate::verify::valid;

/// Which record, and the file that is written.
#[derive(Debug, Args)]
pub struct FileArgs {
    /// Which record. Nothing is exported of one that is not valid.
    #[command(flatten)]
    pub asked: Asked,
    /// The file, which must not exist.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Which record, and the folder in which files are written.
#[derive(Debug, Args)]
pub struct FolderArgs {
    /// Which record. Nothing is exported of one that is not valid.
    #[command(flatten)]
    pub asked: Asked,
    /// The folder. No file in it is overwritten.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// What Every Eval Ever asks for beside the record.
#[derive(Debug, Args)]
pub struct EveryEvalEverArgs {
    #[command(flatten)]
    pub place: FolderArgs,
    /// The model's name as on the Hugging Face Hub, OWNER/NAME: the record does not know it.
    #[arg(long, value_name = "OWNER/NAME", value_parser = hub_name)]
    pub model_id: String,
    /// How whoever evaluated stands to the model's maker.
    #[arg(long, value_enum, default_value_t = RelationshipArg::Other)]
    pub relationship: RelationshipArg,
}

/// How whoever evaluated stands to the model's maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RelationshipArg {
    /// They are the same.
    FirstParty,
    /// They have nothing to do with each other.
    ThirdParty,
    /// Both evaluated together.
    Collaborative,
    /// Not stated, or none of these.
    Other,
}

/// What the Hugging Face Hub asks for beside the record.
#[derive(Debug, Args)]
pub struct HubArgs {
    #[command(flatten)]
    pub place: FolderArgs,
    /// The data set of the Hub that a suite of the record is; may be given again. Suites without one
    /// are left out: the Hub shows figures of its own benchmarks only.
    #[arg(long = "dataset", value_name = "SUITE=OWNER/NAME[@REVISION]", required = true, value_parser = published)]
    pub datasets: Vec<Published>,
    /// Where the record can be had.
    #[arg(long, value_name = "URL", value_parser = url)]
    pub source: Option<String>,
}

/// A name as the Hub has it: no part of it can lead out of a folder.
fn hub_name(text: &str) -> Result<String, String> {
    let plain = |part: &str| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        part.bytes().all(allowed) && !part.is_empty() && !part.ends_with('.') && part != "data"
    };
    if text.split('/').count() == 2 && text.split('/').all(plain) {
        return Ok(text.to_owned());
    }
    Err("expected OWNER/NAME of letters, digits, `.`, `_` and `-`".to_owned())
}

fn published(text: &str) -> Result<Published, String> {
    let shape = "expected SUITE=OWNER/NAME or SUITE=OWNER/NAME@REVISION";
    let (suite, dataset) = text.split_once('=').ok_or(shape)?;
    let (dataset, revision) = match dataset.split_once('@') {
        Some((dataset, revision)) => (dataset, Some(revision.to_owned())),
        None => (dataset, None),
    };
    Ok(Published {
        suite: suite.to_owned(),
        dataset: hub_name(dataset)?,
        revision,
    })
}

fn url(text: &str) -> Result<String, String> {
    let printable = text.chars().all(|c| c.is_ascii_graphic());
    if text.starts_with("https://") && printable {
        return Ok(text.to_owned());
    }
    Err("expected an address that begins with https://".to_owned())
}

/// A record that is valid, with everything that an export is made from.
struct Whole {
    verified: Verified,
    read: Read,
    suites: Vec<Suite>,
    transcript: Transcript,
    cases: Vec<CaseResult>,
}

impl Whole {
    fn of(asked: &Asked, output: &Output) -> Result<Self, Failure> {
        let verified = valid(asked, "export", output)?;
        let (read, suites, transcript) = read_whole(&asked.record)?;
        Ok(Self {
            cases: cases(&read.inputs.plan, &suites, &transcript, &read.scored),
            verified,
            read,
            suites,
            transcript,
        })
    }

    fn evidence(&self) -> Evidence<'_> {
        Evidence::new(
            (&self.verified.report, self.verified.statement),
            (&self.read.inputs.plan, &self.suites),
            &self.transcript,
            &self.cases,
        )
    }
}

/// The document for programs.
#[derive(Serialize)]
struct Told<'a> {
    files: &'a [String],
    left_out: &'a [String],
}

/// Carries out `weigh export csv`.
pub fn as_csv(args: &FileArgs, output: &Output) -> Result<(), Failure> {
    let whole = Whole::of(&args.asked, output)?;
    let evidence = whole.evidence();
    let table = Table::of(&evidence);
    stream(&args.out, |file| csv::write(&table, file))?;
    tell(&[args.out.display().to_string()], &[], output);
    Ok(())
}

/// Carries out `weigh export parquet`.
pub fn as_parquet(args: &FileArgs, output: &Output) -> Result<(), Failure> {
    let whole = Whole::of(&args.asked, output)?;
    let evidence = whole.evidence();
    let table = Table::of(&evidence);
    let harness = env!("CARGO_PKG_VERSION");
    stream(&args.out, |file| parquet::write(&table, harness, file))?;
    tell(&[args.out.display().to_string()], &[], output);
    Ok(())
}

/// Carries out `weigh export cyclonedx`.
pub fn as_cyclonedx(args: &FileArgs, output: &Output) -> Result<(), Failure> {
    let whole = Whole::of(&args.asked, output)?;
    let bytes = cyclonedx::bom(&whole.evidence()).map_err(|fault| no_form(&fault))?;
    folder::write_new(&args.out, &bytes)
        .map_err(|fault| Failure::not_written(&args.out, &fault, "--out"))?;
    tell(&[args.out.display().to_string()], &[], output);
    Ok(())
}

/// Carries out `weigh export inspect`.
pub fn as_inspect(args: &FolderArgs, output: &Output) -> Result<(), Failure> {
    let whole = Whole::of(&args.asked, output)?;
    let export = inspect::export(&whole.evidence()).map_err(|fault| no_form(&fault))?;
    write(&args.out, &export, output)
}

/// Carries out `weigh export every-eval-ever`.
pub fn as_every_eval_ever(args: &EveryEvalEverArgs, output: &Output) -> Result<(), Failure> {
    let whole = Whole::of(&args.place.asked, output)?;
    let stated = Stated {
        model_id: args.model_id.clone(),
        relationship: match args.relationship {
            RelationshipArg::FirstParty => Relationship::FirstParty,
            RelationshipArg::ThirdParty => Relationship::ThirdParty,
            RelationshipArg::Collaborative => Relationship::Collaborative,
            RelationshipArg::Other => Relationship::Other,
        },
    };
    let export = every_eval_ever::export(&whole.evidence(), &stated);
    write(
        &args.place.out,
        &export.map_err(|fault| no_form(&fault))?,
        output,
    )
}

/// Carries out `weigh export hf`.
pub fn as_hub(args: &HubArgs, output: &Output) -> Result<(), Failure> {
    let whole = Whole::of(&args.place.asked, output)?;
    let has = |id: &str| whole.suites.iter().any(|suite| suite.id == id);
    if let Some(unknown) = args.datasets.iter().find(|one| !has(&one.suite)) {
        let known: Vec<&str> = whole.suites.iter().map(|suite| suite.id.as_str()).collect();
        return Err(Failure::new(
            Exit::Usage,
            format!("cannot find the suite `{}` in the record", unknown.suite),
            format!("name one of: {}", known.join(", ")),
        ));
    }
    let export = hub::results(&whole.evidence(), &args.datasets, args.source.as_deref());
    if export.files.is_empty() {
        return Err(Failure {
            details: export.left_out.join("\n"),
            ..Failure::new(
                Exit::NothingToRun,
                "cannot give a figure: none of these suites has one",
                "see above why there is no value",
            )
        });
    }
    write(&args.place.out, &export, output)
}

fn no_form(fault: &io::Error) -> Failure {
    Failure::new(
        Exit::Machine,
        format!("cannot write the export: {fault}"),
        "take another format, and report this as a bug",
    )
}

/// Fills a file that must not exist. What was begun and not ended is taken away.
fn stream(
    path: &Path,
    fill: impl FnOnce(BufWriter<fs::File>) -> io::Result<u64>,
) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let file = file.map_err(|fault| Failure::not_written(path, &fault, "--out"))?;
    match fill(BufWriter::new(file)) {
        Ok(_) => Ok(()),
        Err(fault) => {
            // The first fault is told; a file that stays behind is refused the next time.
            let _ = fs::remove_file(path);
            Err(Failure::not_written(path, &fault, "--out"))
        }
    }
}

/// Writes the files of an export below `out`: none where one of them exists.
fn write(out: &Path, export: &Export, output: &Output) -> Result<(), Failure> {
    let paths = export.files.iter().map(|file| out.join(&file.path));
    let paths: Vec<PathBuf> = paths.collect();
    if let Some(path) = paths.iter().find(|path| path.exists()) {
        let exists = io::Error::from(io::ErrorKind::AlreadyExists);
        return Err(Failure::not_written(path, &exists, "--out"));
    }
    for (path, file) in paths.iter().zip(&export.files) {
        let made = fs::create_dir_all(path.parent().unwrap_or(out))
            .and_then(|()| folder::write_new(path, &file.bytes));
        made.map_err(|fault| Failure::not_written(path, &fault, "--out"))?;
    }
    let told: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    tell(&told, &export.left_out, output);
    Ok(())
}

fn tell(files: &[String], left_out: &[String], output: &Output) {
    if output.json {
        output.json("weighhouse-export/1", &Told { files, left_out });
        return;
    }
    for sentence in left_out {
        output.note(&format!("left out: {}", visible_line(sentence)));
    }
    for file in files {
        output.line(&visible_line(file));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_hub_are_read() {
        let check = |text: &str, expect: Option<(&str, &str, Option<&str>)>| {
            let found = published(text).ok();
            let parts = found.as_ref().map(|one| {
                let revision = one.revision.as_deref();
                (one.suite.as_str(), one.dataset.as_str(), revision)
            });
            assert_eq!(parts, expect, "{text}");
        };
        check("a/b=o/n", Some(("a/b", "o/n", None)));
        check("a/b=o/n-1.0@main", Some(("a/b", "o/n-1.0", Some("main"))));
        for bad in [
            "a/b", "a/b=", "a=o", "a=o/", "a=o/..", "a=../n", "a=o/n/m", "a=o/ n", "a=data/n",
        ] {
            check(bad, None);
        }
        assert!(url("https://example.org/r").is_ok());
        assert!(url("http://example.org").is_err() && url("https://a b").is_err());
    }
}
