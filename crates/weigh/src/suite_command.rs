//! `weigh suite`: make, check, list, describe and weigh suites.

use std::path::PathBuf;

use serde::Serialize;
use weigh_core::diagnostic::{Diagnostic, render};
use weigh_core::suite::{Suite, repeated};
use weigh_core::text::visible;

use crate::args::SuiteCommand;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::home;
use crate::output::Output;
use crate::suite_list::{self, Row, row};
use crate::suites::{self, Wanted};
use crate::{suite_export, suite_items, suite_new};

/// Carries out `command`.
pub fn command(command: &SuiteCommand, output: &Output) -> Result<(), Failure> {
    match command {
        SuiteCommand::New(args) => suite_new::command(args, output),
        SuiteCommand::Check { dirs } => check(dirs, output),
        SuiteCommand::List => suite_list::command(output),
        SuiteCommand::Items(args) => suite_items::command(args, output),
        SuiteCommand::Export(args) => suite_export::command(args, output),
    }
}

fn check(dirs: &[PathBuf], output: &Output) -> Result<(), Failure> {
    /// What was found in suites without an error.
    #[derive(Serialize)]
    struct Checked {
        suites: Vec<Row>,
        warnings: Vec<Diagnostic>,
    }
    let mut wanted = Vec::new();
    for dir in dirs {
        wanted.extend(below(dir)?);
    }
    let loaded = suites::load(&wanted)?;
    for suite in loaded.iter().filter(|suite| !suite.warnings.is_empty()) {
        output.note(visible(&suite.warnings).trim_end());
    }
    let all: Vec<&Suite> = loaded.iter().map(|loaded| &loaded.suite).collect();
    let repeated = repeated(&all);
    if !repeated.is_empty() {
        output.note(visible(&render(&repeated, |_| None)).trim_end());
    }
    if output.json {
        let suites = loaded.iter().map(|suite| row(&suite.suite)).collect();
        let own = loaded.into_iter().flat_map(|suite| suite.diagnostics);
        let warnings = own.chain(repeated).collect();
        output.json("weighhouse-suites/1", &Checked { suites, warnings });
        return Ok(());
    }
    suite_list::print(&loaded, output);
    Ok(())
}

/// The suite that `dir` is, or those in the folders below it.
fn below(dir: &std::path::Path) -> Result<Vec<Wanted>, Failure> {
    let name = dir.to_string_lossy();
    if let Some(one) = suites::folder(&name) {
        return Ok(vec![one]);
    }
    let inner = home::folders(dir);
    let deeper = inner.iter().flat_map(|folder| home::folders(folder));
    let folders = inner.iter().cloned().chain(deeper);
    let found: Vec<Wanted> = folders
        .filter_map(|folder| suites::folder(&folder.to_string_lossy()))
        .collect();
    if found.is_empty() {
        return Err(no_suite(&name));
    }
    Ok(found)
}

fn no_suite(name: &str) -> Failure {
    let why = if std::path::Path::new(name).exists() {
        "it is neither a folder with a suite.toml nor a suite in a file"
    } else {
        "no such file or folder"
    };
    Failure::new(
        Exit::Usage,
        format!("cannot check {name}: {why}"),
        "give the folder that holds suite.toml, a folder of such folders, or a file NAME.toml, NAME.yaml or NAME.<language>.csv",
    )
}
