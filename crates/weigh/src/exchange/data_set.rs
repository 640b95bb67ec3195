//! `weigh import csv` and its siblings: data sets of other tools become suites.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;
use weigh_core::diagnostic::{Diagnostic, render};
use weigh_core::language::Language;
use weigh_core::names::is_id;
use weigh_core::text::visible;
use weigh_exchange::import::map::columns::Columns;
use weigh_exchange::import::map::openai::Rule;
use weigh_exchange::import::{Format, Imported, Input, Options, Refused, import, on_one_line};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder::{self, Files};
use crate::home;
use crate::output::{Output, counted};
use crate::run::quoted;

/// The most bytes of a file of a data set.
const MOST_BYTES: u64 = 512 << 20;
/// The most faults that are told one by one.
const MOST_TOLD: usize = 50;
/// The domain of imported suites.
const LOCAL: &str = "local";

/// Which files become a suite, and where it goes.
#[derive(Debug, Clone, Args)]
pub struct DataSetArgs {
    /// The files. Where several have cases in one language, ids begin with the file's name.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The suite's folder, suites/local/NAME. It must not exist.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The language of the cases (BCP 47). Without it: as the files' names or the rows say, or the one that the set
    /// was published in.
    #[arg(long, visible_alias = "lang", value_name = "L")]
    pub language: Option<Language>,
    /// The licence of the data, an SPDX expression such as CC-BY-4.0. Without it: as the files say, or as the set was
    /// published.
    #[arg(long, value_name = "SPDX")]
    pub licence: Option<String>,
    /// Who made the data; may be given again. Without it: the authors of the set, where it is one that is known.
    #[arg(long = "author", value_name = "NAME")]
    pub authors: Vec<String>,
    /// Where the data come from, for the suite's README and sources.
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    /// Leave out rows that cannot be used. They are counted and listed in the suite's README.
    #[arg(long)]
    pub skip_bad: bool,
}

/// The same of a table, with what becomes of its columns.
#[derive(Debug, Clone, Args)]
pub struct TableArgs {
    #[command(flatten)]
    pub set: DataSetArgs,
    /// What becomes of the columns: KEY=COLUMN, with commas between. A list of columns stands in brackets, a path
    /// within nested values has dots, a name with such characters stands in quotation marks. Without it, columns
    /// that are called as keys are those keys, and A, B, C, ... are choices.
    #[arg(long, value_name = "MAP")]
    pub map: Option<Columns>,
    /// A key that is the same in every case, such as expect=refusal. May be given again.
    #[arg(long = "set", value_name = "KEY=TEXT")]
    pub same: Vec<String>,
    /// The prompt, with {NAME} for a key of the map or a column. Without it: {question}.
    #[arg(long, value_name = "TEMPLATE")]
    pub prompt: Option<String>,
    /// List the choices in the prompt as A, B, C, ... and score the letters.
    #[arg(long)]
    pub by_letter: bool,
    /// The number of the first choice, where answers are numbers.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub index_from: i64,
}

/// The same of a JSON file.
#[derive(Debug, Clone, Args)]
pub struct JsonArgs {
    #[command(flatten)]
    pub table: TableArgs,
    /// Where the list of rows stands within the document: a key, or several with dots.
    #[arg(long, value_name = "PATH")]
    pub rows: Option<String>,
}

/// The same of samples of OpenAI's evals.
#[derive(Debug, Clone, Args)]
pub struct OpenaiArgs {
    #[command(flatten)]
    pub set: DataSetArgs,
    /// When a reply is right: the class of the eval in its registry.
    #[arg(long, value_enum, default_value = "match")]
    pub eval: Eval,
}

/// Classes of OpenAI's evals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Eval {
    /// A reply that begins with an ideal answer.
    Match,
    /// A reply that holds one.
    Includes,
}

impl DataSetArgs {
    fn options(&self, format: Format) -> Result<Options, Failure> {
        Ok(Options {
            format,
            id: id(&self.out)?,
            language: self.language.clone(),
            licence: self.licence.clone(),
            authors: self.authors.clone(),
            source: self.source.clone(),
            skip_bad: self.skip_bad,
            columns: Columns::default(),
            rows: None,
            rule: Rule::Match,
        })
    }
}

impl TableArgs {
    fn options(&self, format: Format) -> Result<Options, Failure> {
        let mut same = Vec::new();
        for text in &self.same {
            let (key, text) = text.split_once('=').ok_or_else(|| {
                let message = format!("cannot use `--set {}`", visible(text));
                Failure::new(
                    Exit::Usage,
                    message,
                    "write it as KEY=TEXT, such as expect=refusal",
                )
            })?;
            same.push((key.to_owned(), text.to_owned()));
        }
        Ok(Options {
            columns: Columns {
                same,
                prompt: self.prompt.clone(),
                by_letter: self.by_letter,
                first: self.index_from,
                ..self.map.clone().unwrap_or_default()
            },
            ..self.set.options(format)?
        })
    }
}

/// Carries out the import of a set whose columns are known.
pub fn set(args: &DataSetArgs, format: Format, output: &Output) -> Result<(), Failure> {
    carry_out(args, &args.options(format)?, output)
}

/// Carries out the import of a table.
pub fn table(args: &TableArgs, format: Format, output: &Output) -> Result<(), Failure> {
    carry_out(&args.set, &args.options(format)?, output)
}

/// Carries out the import of a JSON file.
pub fn json(args: &JsonArgs, output: &Output) -> Result<(), Failure> {
    let options = Options {
        rows: args.rows.clone(),
        ..args.table.options(Format::Json)?
    };
    carry_out(&args.table.set, &options, output)
}

/// Carries out the import of samples of OpenAI's evals.
pub fn openai(args: &OpenaiArgs, output: &Output) -> Result<(), Failure> {
    let options = Options {
        rule: match args.eval {
            Eval::Match => Rule::Match,
            Eval::Includes => Rule::Includes,
        },
        ..args.set.options(Format::OpenaiEvals)?
    };
    carry_out(&args.set, &options, output)
}

fn carry_out(args: &DataSetArgs, options: &Options, output: &Output) -> Result<(), Failure> {
    let place = &args.out;
    if place.exists() {
        let exists = io::Error::from(io::ErrorKind::AlreadyExists);
        return Err(Failure::not_written(place, &exists, "--out"));
    }
    let mut read = Vec::new();
    for path in &args.files {
        let bytes = folder::read_file(path, MOST_BYTES).map_err(|fault| {
            let message = format!("cannot read a file of the data set: {fault}");
            Failure::new(Exit::Usage, message, "give the files of the data set")
        })?;
        read.push((path.display().to_string(), bytes));
    }
    let inputs: Vec<Input<'_>> = read
        .iter()
        .map(|(name, bytes)| Input { name, bytes })
        .collect();
    let imported = import(&inputs, options).map_err(not_imported)?;
    write(place, &options.id, &imported.files)?;
    tell(place, options, imported, output);
    Ok(())
}

/// The id of a suite in `out`, whose last but one name is the domain.
fn id(out: &Path) -> Result<String, Failure> {
    let bad = |message: String| {
        Failure::new(
            Exit::Usage,
            message,
            "write it as suites/local/NAME: imported suites are local ones",
        )
    };
    let name = out
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    if !is_id(name) || name.starts_with('.') {
        return Err(bad(format!("cannot name a suite `{}`", visible(name))));
    }
    let parent = match out.parent() {
        Some(parent) if parent != Path::new("") => parent,
        Some(_) | None => Path::new("."),
    };
    let parent = parent.canonicalize().unwrap_or_else(|_| parent.to_owned());
    if parent.file_name().is_none_or(|domain| domain != LOCAL) {
        return Err(bad(format!(
            "cannot write {}: its folder is not called `{LOCAL}`",
            out.display()
        )));
    }
    Ok(format!("{LOCAL}/{name}"))
}

fn not_imported(refused: Refused) -> Failure {
    let told = refused.faults.iter().take(MOST_TOLD);
    let mut lines: Vec<String> = told.map(on_one_line).collect();
    let more = refused.faults.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    let count = counted(refused.faults.len(), "fault", "faults");
    let rows = counted(refused.rows, "row", "rows");
    let (message, help) = if refused.skippable {
        (
            format!("cannot use every row: {count} in {rows}"),
            "mend what is listed above, or leave it out with --skip-bad: the suite's README then lists it",
        )
    } else {
        (
            "cannot import the data set".to_owned(),
            "docs/import.md says what of each format is read; `weigh import FORMAT --help` tells the options",
        )
    };
    Failure {
        help: help.to_owned(),
        ..Failure::faults(message, lines.join("\n"), refused.faults)
    }
}

/// Writes the folder, which appears only when all of it is there.
fn write(place: &Path, id: &str, files: &Files) -> Result<(), Failure> {
    let not_written = |fault: io::Error| Failure::not_written(place, &fault, "--out");
    let parent = place.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(parent).map_err(not_written)?;
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = parent.join(format!(".{name}.{}.unfinished", std::process::id()));
    let attempt = fill(&unfinished, files).and_then(|()| match home::id_of(&unfinished) {
        Some(other) if other.split('/').count() == 2 => fs::rename(&unfinished, place),
        Some(_) | None => {
            let message = format!("its id is not `{id}`: let it lie in `suites/{LOCAL}/`");
            Err(io::Error::other(message))
        }
    });
    attempt.map_err(|fault| {
        // It is ours, and nobody has seen it.
        let _ = fs::remove_dir_all(&unfinished);
        not_written(fault)
    })
}

fn fill(folder: &Path, files: &Files) -> io::Result<()> {
    fs::create_dir(folder)?;
    for (name, bytes) in files {
        folder::write_new(&folder.join(name), bytes)?;
    }
    Ok(())
}

/// What was made.
#[derive(Serialize)]
struct Made {
    id: String,
    dir: String,
    rows: usize,
    cases: BTreeMap<String, usize>,
    left_out: Vec<Diagnostic>,
    notes: Vec<String>,
    warnings: Vec<Diagnostic>,
}

fn tell(place: &Path, options: &Options, imported: Imported, output: &Output) {
    let cases = imported.cases.iter();
    let made = Made {
        id: options.id.clone(),
        dir: place.display().to_string(),
        rows: imported.rows,
        cases: cases
            .map(|(language, count)| (language.to_string(), *count))
            .collect(),
        left_out: imported.left_out,
        notes: imported.notes,
        warnings: imported.warnings,
    };
    if output.json {
        return output.json("weighhouse-import/1", &made);
    }
    for note in &made.notes {
        output.note(&visible(&format!("note: {note}")));
    }
    for fault in made.left_out.iter().take(MOST_TOLD) {
        output.note(&visible(&format!("left out: {}", on_one_line(fault))));
    }
    let mut warnings = made.warnings.clone();
    warnings.truncate(MOST_TOLD);
    for warning in &mut warnings {
        warning.file = format!("{}/{}", made.dir, warning.file);
    }
    if !warnings.is_empty() {
        output.note(visible(&render(&warnings, |_| None)).trim_end());
    }
    let count: usize = made.cases.values().sum();
    let languages: Vec<&str> = made.cases.keys().map(String::as_str).collect();
    output.line(&visible(&made.dir));
    output.note(&format!(
        "{}, {} ({}), {} left out, {}",
        counted(made.rows, "row", "rows"),
        counted(count, "case", "cases"),
        languages.join(", "),
        counted(made.left_out.len(), "fault", "faults"),
        counted(made.warnings.len(), "warning", "warnings")
    ));
    let path = quoted(place);
    output.note(&visible(&format!(
        "next: weigh suite check {path}\n      weigh run --suite {path}"
    )));
}
