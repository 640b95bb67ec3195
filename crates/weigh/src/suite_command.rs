//! `weigh suite`: make, check and list suites.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use weigh_core::diagnostic::Diagnostic;
use weigh_core::suite::Suite;
use weigh_core::text::visible;

use crate::args::SuiteCommand;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::home::Home;
use crate::output::Output;
use crate::suite_new;
use crate::suites::{self, Loaded};

/// What is said of one suite.
#[derive(Serialize)]
struct Row {
    id: String,
    version: String,
    title: String,
    licence: String,
    /// Cases by language.
    cases: BTreeMap<String, usize>,
    sha256: String,
}

/// Carries out `command`.
pub fn command(command: &SuiteCommand, output: &Output) -> Result<(), Failure> {
    match command {
        SuiteCommand::New(args) => suite_new::command(args, output),
        SuiteCommand::Check { dirs } => check(dirs, output),
        SuiteCommand::List => list(output),
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
        let name = dir.to_string_lossy();
        wanted.push(suites::folder(&name).ok_or_else(|| no_suite(&name))?);
    }
    let loaded = suites::load(&wanted)?;
    for suite in loaded.iter().filter(|suite| !suite.warnings.is_empty()) {
        output.note(visible(&suite.warnings).trim_end());
    }
    if output.json {
        output.json(
            "weighhouse-suites/1",
            &Checked {
                suites: loaded.iter().map(|suite| row(&suite.suite)).collect(),
                warnings: loaded
                    .into_iter()
                    .flat_map(|suite| suite.diagnostics)
                    .collect(),
            },
        );
        return Ok(());
    }
    print(&loaded, output);
    Ok(())
}

fn no_suite(name: &str) -> Failure {
    Failure::new(
        Exit::Usage,
        format!(
            "cannot check {name}: it is neither a folder with a suite.toml nor a suite in a file"
        ),
        "give the folder that holds suite.toml, or a file NAME.toml, NAME.yaml or NAME.<language>.csv",
    )
}

fn list(output: &Output) -> Result<(), Failure> {
    /// Every standard suite.
    #[derive(Serialize)]
    struct Listed {
        suites: Vec<Row>,
    }
    let home = Home::find()?;
    let loaded = suites::load(&suites::find(&home, &[])?)?;
    if output.json {
        let suites = loaded.iter().map(|suite| row(&suite.suite)).collect();
        output.json("weighhouse-suites/1", &Listed { suites });
        return Ok(());
    }
    print(&loaded, output);
    Ok(())
}

fn print(loaded: &[Loaded], output: &Output) {
    for suite in loaded {
        let row = row(&suite.suite);
        let languages: Vec<&str> = row.cases.keys().map(String::as_str).collect();
        let cases: usize = row.cases.values().sum();
        let line = format!(
            "{} {}: {}. {cases} cases in {}; {}",
            row.id,
            row.version,
            row.title,
            languages.join(", "),
            row.licence
        );
        output.line(&visible(&line));
    }
}

fn row(suite: &Suite) -> Row {
    let mut cases = BTreeMap::new();
    for case in &suite.cases {
        *cases.entry(case.language.to_string()).or_default() += 1;
    }
    Row {
        id: suite.id.clone(),
        version: suite.version.clone(),
        title: english(&suite.title),
        licence: suite.licence.clone(),
        cases,
        sha256: suite.digest.to_string(),
    }
}

/// The English title, which every suite has.
fn english(titles: &BTreeMap<weigh_core::language::Language, String>) -> String {
    let english = titles
        .iter()
        .find(|(language, _)| language.as_str() == "en");
    english.map(|(_, title)| title.clone()).unwrap_or_default()
}
