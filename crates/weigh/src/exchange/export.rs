//! `weigh export`: a verified record as CSV, Parquet, a log of Inspect, in the formats of catalogues, and its energy.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use weigh_attest::ask::Asked;
use weigh_attest::verify::Verified;
use weigh_core::cases::{CaseResult, cases};
use weigh_core::energy::Energy;
use weigh_core::suite::Suite;
use weigh_core::text::visible_line;
use weigh_core::transcript::Transcript;
use weigh_exchange::export::every_eval_ever::{Relationship, Stated};
use weigh_exchange::export::table::Table;
use weigh_exchange::export::{
    Evidence, Export, codecarbon, csv, cyclonedx, every_eval_ever, hub, inspect, parquet,
};

use super::export_args::{EveryEvalEverArgs, FileArgs, FolderArgs, HubArgs, RelationshipArg};
use crate::compare::{Read, read_whole};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::output::Output;
use crate::verify::valid;

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
    stream(&args.out, |file| csv::write(&table, file), output)
}

/// Carries out `weigh export parquet`.
pub fn as_parquet(args: &FileArgs, output: &Output) -> Result<(), Failure> {
    let whole = Whole::of(&args.asked, output)?;
    let evidence = whole.evidence();
    let table = Table::of(&evidence);
    let harness = env!("CARGO_PKG_VERSION");
    stream(
        &args.out,
        |file| parquet::write(&table, harness, file),
        output,
    )
}

/// Carries out `weigh export cyclonedx`.
pub fn as_cyclonedx(args: &FileArgs, output: &Output) -> Result<(), Failure> {
    let whole = Whole::of(&args.asked, output)?;
    let bytes = cyclonedx::bom(&whole.evidence()).map_err(|fault| no_form(&fault))?;
    stream(&args.out, |file| file.write_all(&bytes), output)
}

/// Carries out `weigh export codecarbon`.
pub fn as_codecarbon(args: &FileArgs, output: &Output) -> Result<(), Failure> {
    let report = valid(&args.asked, "export", output)?.report;
    let energy = match &report.record.energy {
        Some(Energy::Measured(measured)) => measured,
        Some(Energy::NotMeasured(reason)) => return Err(no_energy(reason)),
        None => return Err(no_energy("the record does not say")),
    };
    let run = codecarbon::Run {
        id: &report.id,
        model: &report.subject.name,
        at: &report.record.sealed,
        energy,
    };
    stream(&args.out, |file| codecarbon::write(run, file), output)
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

fn no_energy(reason: &str) -> Failure {
    Failure::new(
        Exit::NothingToRun,
        format!(
            "cannot export an energy that was not measured: {}",
            visible_line(reason)
        ),
        "`weigh doctor` says which counters this machine shows; a run is measured that nobody interrupts",
    )
}

/// Fills a file that must not exist, and tells it. What was begun and not ended is taken away.
fn stream<T>(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<fs::File>) -> io::Result<T>,
    output: &Output,
) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let file = file.map_err(|fault| Failure::not_written(path, &fault, "--out"))?;
    let mut file = BufWriter::new(file);
    match fill(&mut file).and_then(|_| file.flush()) {
        Ok(()) => {
            tell(&[path.display().to_string()], &[], output);
            Ok(())
        }
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
