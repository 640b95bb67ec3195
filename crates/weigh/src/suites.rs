//! Suites by name or folder: found, read, parsed, with every fault of all of them at once.

use std::collections::BTreeMap;
use std::path::Path;

use weigh_core::diagnostic::{Diagnostic, nearest, render};
use weigh_core::suite::{self, Suite, SuiteFile};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder::Files;
use crate::home::{self, Home, SuiteSource};

/// A suite without an error, the bytes it was read from, and what somebody should look at.
#[derive(Debug)]
pub struct Loaded {
    /// The suite.
    pub suite: Suite,
    /// Every file of its folder.
    pub files: Files,
    /// Warnings as text for people.
    pub warnings: String,
    /// The same for programs.
    pub diagnostics: Vec<Diagnostic>,
}

/// A suite to be loaded: the id that it must have, and where it comes from.
pub type Wanted = (String, SuiteSource);

/// The suites that `names` mean: folders, ids, or last parts of an id that only one suite has.
/// Without a name, every standard suite.
pub fn find(home: &Home, names: &[String]) -> Result<Vec<Wanted>, Failure> {
    let known = home.suites();
    if names.is_empty() {
        return Ok(known.into_iter().collect());
    }
    let mut wanted: Vec<Wanted> = Vec::new();
    for name in names {
        let found = match folder(name) {
            Some(found) => found,
            None => by_name(&known, name)?,
        };
        if wanted.iter().any(|(id, _)| *id == found.0) {
            return Err(Failure::new(
                Exit::Usage,
                format!("cannot run suite `{}` twice", found.0),
                "name each suite once",
            ));
        }
        wanted.push(found);
    }
    Ok(wanted)
}

/// The suite in the folder or the one file `name`, where there is one.
pub fn folder(name: &str) -> Option<Wanted> {
    let path = Path::new(name);
    if path.is_file() {
        let id = suite::local_id(path.file_name()?.to_str()?)?;
        return Some((id, SuiteSource::OneFile(path.to_owned())));
    }
    let id = home::id_of(path)?;
    let is_suite = path.join("suite.toml").exists();
    is_suite.then(|| (id, SuiteSource::Folder(path.to_owned())))
}

fn by_name(known: &BTreeMap<String, SuiteSource>, name: &str) -> Result<Wanted, Failure> {
    let last = format!("/{name}");
    let mut matches = known
        .iter()
        .filter(|(id, _)| *id == name || id.ends_with(&last));
    match (matches.next(), matches.next()) {
        (Some((id, source)), None) => Ok((id.clone(), source.clone())),
        (Some((one, _)), Some((other, _))) => Err(Failure::new(
            Exit::Usage,
            format!("cannot tell which suite `{name}` is"),
            format!("say `{one}` or `{other}`"),
        )),
        (None, _) => Err(unknown(known, name)),
    }
}

fn unknown(known: &BTreeMap<String, SuiteSource>, name: &str) -> Failure {
    let short = known.keys().filter_map(|id| id.rsplit('/').next());
    let meant = nearest(name, known.keys().map(String::as_str).chain(short));
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`? `weigh suite list` shows all names"),
        None => {
            "`weigh suite list` shows the names; a folder needs a suite.toml, a file is called \
                 NAME.toml, NAME.yaml or NAME.<language>.csv"
                .to_owned()
        }
    };
    let message = format!("cannot find a suite `{name}`: no folder with suite.toml, no known name");
    Failure::new(Exit::Usage, message, help)
}

/// Loads every suite, or tells the faults of all of them.
pub fn load(wanted: &[Wanted]) -> Result<Vec<Loaded>, Failure> {
    let (mut loaded, mut details, mut diagnostics) = (Vec::new(), Vec::new(), Vec::new());
    for (id, source) in wanted {
        match load_one(id, source) {
            Ok(one) => loaded.push(one),
            Err(faults) => {
                details.push(faults.text);
                diagnostics.extend(faults.diagnostics);
            }
        }
    }
    if details.is_empty() {
        return Ok(loaded);
    }
    let what = match details.len() {
        1 => "a suite that has faults".to_owned(),
        count => format!("{count} suites that have faults"),
    };
    let message = format!("cannot use {what}");
    Err(Failure::faults(message, details.join("\n"), diagnostics))
}

/// What is wrong with one suite.
struct Faults {
    text: String,
    diagnostics: Vec<Diagnostic>,
}

fn load_one(id: &str, source: &SuiteSource) -> Result<Loaded, Faults> {
    let place = source.place();
    let files = source.read().map_err(|fault| Faults {
        text: format!("{place}: error: cannot read the folder: {fault}\n"),
        diagnostics: Vec::new(),
    })?;
    let parsed = {
        let list: Vec<SuiteFile> = files
            .iter()
            .map(|(path, bytes)| SuiteFile { path, bytes })
            .collect();
        suite::parse(id, &list)
    };
    match parsed {
        Ok(parsed) => {
            let (warnings, diagnostics) = tell(&place, parsed.warnings, &files);
            Ok(Loaded {
                suite: parsed.suite,
                files,
                warnings,
                diagnostics,
            })
        }
        Err(found) => {
            let (text, diagnostics) = tell(&place, found, &files);
            Err(Faults { text, diagnostics })
        }
    }
}

/// Names the files as the user does, and renders the diagnostics.
fn tell(place: &str, mut found: Vec<Diagnostic>, files: &Files) -> (String, Vec<Diagnostic>) {
    for diagnostic in &mut found {
        diagnostic.file = format!("{place}/{}", diagnostic.file);
    }
    let source = |file: &str| {
        let name = file.strip_prefix(place)?.strip_prefix('/')?;
        std::str::from_utf8(files.get(name)?).ok()
    };
    (render(&found, source), found)
}
