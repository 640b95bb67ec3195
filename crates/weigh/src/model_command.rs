//! `weigh model`: what models are known, whether one is here, and fetching one.

use std::path::PathBuf;

use serde::Serialize;
use weigh_core::digest::Digest;
use weigh_core::recipe::{Recipe, Source};
use weigh_core::subject::SubjectFile;
use weigh_core::text::visible_line;
use weigh_engine::Megabytes;

use crate::args::ModelCommand;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::model_source::{
    self, DEFAULT, FindFault, Found, LocalModel, Progress, PullFault, Settings,
};
use crate::output::Output;

/// A model as it is told.
#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    title: &'a str,
    licence: &'a str,
    languages: Vec<&'a str>,
    notes: &'a str,
    files: &'a [SubjectFile],
    /// What a suite names by `sha256` that has this model read replies.
    identity: Digest,
    sources: Vec<String>,
}

impl<'a> Shown<'a> {
    fn new(recipe: &'a Recipe) -> Self {
        Self {
            id: &recipe.id,
            title: &recipe.title,
            licence: &recipe.licence,
            languages: recipe.languages.iter().map(|l| l.as_str()).collect(),
            notes: recipe.notes.trim(),
            files: &recipe.files,
            identity: recipe.identity(),
            sources: recipe.sources.iter().map(Source::to_string).collect(),
        }
    }
}

/// A model that is here, as it is told.
#[derive(Serialize)]
struct Here<'a> {
    id: &'a str,
    path: String,
    from: &'a str,
    fetched: bool,
}

/// A model's file or folder on this machine, for a run. Fetched when it is a recipe whose files are
/// not here, unless `offline`.
pub fn resolve(word: &str, offline: bool, output: &Output) -> Result<PathBuf, Failure> {
    match find(word)? {
        Found::Path(path) => Ok(path),
        Found::Recipe(recipe) => {
            let settings = settings(offline)?;
            let model = model_source::pull(&recipe, &settings, &mut teller(output));
            model
                .map(|model| model.path)
                .map_err(|fault| not_here(&fault))
        }
    }
}

/// A model's file or folder, if it is on this machine. Nothing is fetched.
pub fn here(word: &str, output: &Output) -> Result<Option<PathBuf>, Failure> {
    match find(word)? {
        Found::Path(path) => Ok(Some(path)),
        Found::Recipe(recipe) => {
            let found = model_source::check(&recipe, &settings(true)?, &mut teller(output));
            Ok(found.ok().map(|model| model.path))
        }
    }
}

/// Carries out `command`.
pub fn command(command: &ModelCommand, output: &Output) -> Result<(), Failure> {
    match command {
        ModelCommand::List => list(output),
        ModelCommand::Show { model } => show(&recipe(model)?, output),
        ModelCommand::Check { model } => {
            let recipe = recipe(model)?;
            let found = model_source::check(&recipe, &settings(true)?, &mut teller(output));
            told(&recipe, found, output)?;
        }
        ModelCommand::Pull { model, offline } => {
            let recipe = recipe(model)?;
            let found = model_source::pull(&recipe, &settings(*offline)?, &mut teller(output));
            told(&recipe, found, output)?;
        }
    }
    Ok(())
}

fn list(output: &Output) {
    let recipes = model_source::list();
    if output.json {
        let shown: Vec<Shown<'_>> = recipes.iter().map(Shown::new).collect();
        return output.json("weighhouse-models/1", &Models { models: shown });
    }
    for recipe in &recipes {
        let (id, size, title) = (&recipe.id, Megabytes(recipe.size()), &recipe.title);
        let default = if id == DEFAULT { " (default)" } else { "" };
        output.line(&format!(
            "{id}{default}\n  {title}, {size}, {}",
            recipe.licence
        ));
    }
}

#[derive(Serialize)]
struct Models<'a> {
    models: Vec<Shown<'a>>,
}

fn show(recipe: &Recipe, output: &Output) {
    let shown = Shown::new(recipe);
    if output.json {
        return output.json("weighhouse-model/1", &shown);
    }
    output.line(&format!("{}\n{}", shown.id, visible_line(shown.title)));
    output.line(&format!("licence: {}", shown.licence));
    output.line(&format!("languages: {}", shown.languages.join(", ")));
    output.line(&format!("notes: {}", visible_line(shown.notes)));
    for file in shown.files {
        output.line(&format!(
            "file: {}, {} bytes\n  sha256 {}",
            file.name, file.size, file.sha256
        ));
    }
    output.line(&format!("identity: {}", shown.identity));
    for source in &shown.sources {
        output.line(&format!("source: {source}"));
    }
}

fn told(
    recipe: &Recipe,
    found: Result<LocalModel, PullFault>,
    output: &Output,
) -> Result<(), Failure> {
    let model = found.map_err(|fault| not_here(&fault))?;
    let here = Here {
        id: &recipe.id,
        path: model.path.display().to_string(),
        from: &model.from,
        fetched: model.fetched,
    };
    if output.json {
        output.json("weighhouse-model-here/1", &here);
        return Ok(());
    }
    let verb = if here.fetched {
        "fetched from"
    } else {
        "found in"
    };
    output.note(&format!(
        "{verb} {}; every digest is right",
        visible_line(here.from)
    ));
    output.line(&visible_line(&here.path));
    Ok(())
}

/// The recipe that `word` means. A path to a model's own file has none.
fn recipe(word: &str) -> Result<Recipe, Failure> {
    match find(word)? {
        Found::Recipe(recipe) => Ok(*recipe),
        Found::Path(path) => Err(Failure::new(
            Exit::Usage,
            format!(
                "cannot say anything about {}: it is no recipe",
                path.display()
            ),
            "name a model that `weigh model list` shows, or a recipe (*.toml)",
        )),
    }
}

fn find(word: &str) -> Result<Found, Failure> {
    model_source::find(word).map_err(|fault| {
        let help =
            "`weigh model list` names the models that are known; a path names a file or folder";
        let mut failure = Failure::new(Exit::Usage, fault.to_string(), help);
        if let FindFault::Recipe {
            rendered,
            diagnostics,
            ..
        } = fault
        {
            "mend the recipe".clone_into(&mut failure.help);
            failure.details = rendered;
            failure.diagnostics = diagnostics;
        }
        failure
    })
}

fn settings(offline: bool) -> Result<Settings, Failure> {
    Settings::from_env(offline).map_err(|fault| {
        Failure::new(
            Exit::Usage,
            fault.to_string(),
            "set WEIGH_CACHE to a folder with room for models",
        )
    })
}

fn not_here(fault: &PullFault) -> Failure {
    let exit = if fault.asked {
        Exit::Machine
    } else {
        Exit::Usage
    };
    let help = "take one of the ways that are listed above";
    let mut failure = Failure::new(exit, fault.to_string(), help);
    let ways: String = fault.help.iter().map(|way| format!("\n- {way}")).collect();
    failure.details = format!("{}ways to get it:{ways}", fault.answers());
    failure
}

/// Tells on standard error what is going on: a line for each thing asked for, and each tenth of
/// what comes.
fn teller(output: &Output) -> impl FnMut(Progress<'_>) {
    let output = *output;
    let mut tenths = 0;
    move |progress| match progress {
        Progress::Waiting => output.note("another process fetches this model; waiting for it"),
        Progress::Fetching { what, part, of } => {
            output.note(&format!("fetching {} ({part} of {of})", visible_line(what)));
        }
        Progress::Received { bytes, of } => {
            let now = bytes.saturating_mul(10) / of.max(1);
            if now > tenths {
                tenths = now;
                output.note(&format!("  {} of {}", Megabytes(bytes), Megabytes(of)));
            }
        }
        // The small model is checked in a blink.
        Progress::Checking { size, .. } if size < 1 << 28 => {}
        Progress::Checking { file, .. } => output.note(&format!("checking {}", visible_line(file))),
    }
}
