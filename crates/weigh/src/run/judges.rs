//! The judges of a run: found and held to their digests before anything is asked, opened when it is
//! their turn.

use std::collections::BTreeMap;
use std::path::PathBuf;

use weigh_core::digest::Digest;
use weigh_core::model::Model;
use weigh_core::plan::Plan;
use weigh_core::text::visible_line;
use weigh_engine::identity_of;

use super::RunArgs;
use super::model::{self, Held};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::model_command;
use crate::model_source::digest_of;
use crate::output::Output;

/// What opens a judge by its identity and name, or says why it cannot be opened.
pub type Opener<'a> = Box<dyn FnMut(Digest, &str) -> Result<Box<dyn Model>, String> + 'a>;

/// Finds the judges that are `needed`, names by identities, on this machine. One that its suite
/// names is fetched as a model is, unless `--judge` gives its files.
pub fn find<'a>(
    args: &'a RunArgs,
    needed: &BTreeMap<Digest, String>,
    output: &Output,
) -> Result<Opener<'a>, Failure> {
    let mut paths = BTreeMap::new();
    if !needed.is_empty() {
        let given = args.judges.iter();
        let given: Result<Vec<_>, Failure> =
            given.map(|word| located(word, args, output)).collect();
        let given = given?;
        for (identity, name) in needed {
            let path = match given.as_slice() {
                [] => fitting(&[located(name, args, output)?], *identity, name)?,
                given => fitting(given, *identity, name)?,
            };
            paths.insert(*identity, path);
        }
    }
    Ok(Box::new(move |identity, _| {
        let path = paths.get(&identity).ok_or("nobody looked for it")?;
        Held::open(path, &model::options(args)).map_err(|error| error.fault.to_string())
    }))
}

/// The names of a plan's judges, for a sentence.
pub fn names(plan: &Plan) -> String {
    let names: Vec<&str> = plan.judging.judges().values().map(String::as_str).collect();
    names.join(", ")
}

/// A judge's files, with their identity.
type Located = (PathBuf, Digest);

fn located(word: &str, args: &RunArgs, output: &Output) -> Result<Located, Failure> {
    let path = model_command::resolve(word, args.offline, output)?;
    let identity = if path.is_file() {
        digest_of(&path).map_err(|error| error.to_string())
    } else {
        identity_of(&path).map_err(|error| error.to_string())
    };
    let identity = identity.map_err(|why| {
        Failure::new(
            Exit::Usage,
            format!("cannot read the judge {}: {why}", path.display()),
            "give a file or folder that can be read",
        )
    })?;
    Ok((path, identity))
}

/// The one of `given` that has the identity.
fn fitting(given: &[Located], identity: Digest, name: &str) -> Result<PathBuf, Failure> {
    if let Some((path, _)) = given.iter().find(|(_, found)| *found == identity) {
        return Ok(path.clone());
    }
    let others = given
        .iter()
        .map(|(path, found)| format!("{} has {found}", path.display()));
    let others: Vec<String> = others.collect();
    let message = format!(
        "cannot take another judge than the suite's: `{name}` has the identity {identity}; {}",
        others.join("; ")
    );
    Err(Failure::new(
        Exit::Usage,
        visible_line(&message).into_owned(),
        "give the right files by --judge; another judge makes another version of the suite",
    ))
}
