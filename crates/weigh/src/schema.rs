//! `weigh schema`: JSON Schemas of what people write, and of what is signed, for editors and programs.

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use weigh_core::suite::schema;
use weigh_core::{laboratory, report};

use crate::failure::Failure;
use crate::output::Output;

/// Of what, and whereto.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of what. Without it, of a suite's head, or with --out of everything.
    #[arg(value_enum)]
    pub what: Option<What>,
    /// Write <what>.schema.json into this folder instead of to standard output, in place of an older
    /// one. The folder is made when it is not there.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// `suite.toml` of a suite's folder.
    Suite,
    /// A case: a line of `cases.<lang>.jsonl` after the first.
    Case,
    /// A suite in one file of TOML or YAML.
    File,
    /// `lab.toml`: what a laboratory states of itself and of its order.
    Lab,
    /// `report.json` of a record: the statement that is signed.
    Report,
}

impl What {
    const fn name(self) -> &'static str {
        match self {
            Self::Suite => "suite",
            Self::Case => "case",
            Self::File => "file",
            Self::Lab => "lab",
            Self::Report => "report",
        }
    }
}

/// Prints a schema, or writes one or all into a folder.
pub fn command(args: &SchemaArgs, output: &Output) -> Result<(), Failure> {
    let Some(dir) = &args.out else {
        output.line(&text(args.what.unwrap_or(What::Suite)));
        return Ok(());
    };
    fs::create_dir_all(dir).map_err(|fault| Failure::not_written(dir, &fault, "--out"))?;
    let all = match &args.what {
        Some(what) => std::slice::from_ref(what),
        None => What::value_variants(),
    };
    for what in all {
        let path = dir.join(format!("{}.schema.json", what.name()));
        fs::write(&path, format!("{}\n", text(*what)))
            .map_err(|fault| Failure::not_written(&path, &fault, "--out"))?;
        output.note(&weigh_core::text::visible(&path.display().to_string()));
    }
    Ok(())
}

/// The schema, as people read JSON.
fn text(what: What) -> String {
    match what {
        What::Suite => of_suites("head", "Weighhouse suite: suite.toml"),
        What::Case => of_suites("case", "Weighhouse suite: a case"),
        What::File => of_suites("file", "Weighhouse suite in one file"),
        What::Lab => format!("{:#}", laboratory::schema()),
        What::Report => report::SCHEMA.trim_end().to_owned(),
    }
}

fn of_suites(definition: &str, title: &str) -> String {
    let mut schema = schema();
    if let Value::Object(schema) = &mut schema {
        schema.insert("$ref".to_owned(), json!(format!("#/$defs/{definition}")));
        schema.insert("title".to_owned(), json!(title));
    }
    format!("{schema:#}")
}
