//! `weigh suite new`: writes a suite to start from.

mod starter;

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use weigh_core::language::Language;
use weigh_core::names::is_id;
use weigh_core::text::visible;

use self::starter::{Kind, Starter};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::home::{self, Home};
use crate::output::Output;
use crate::run::quoted;

/// The domain of suites that name none.
const LOCAL: &str = "local";

/// What suite is written, and where.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The suite's name, or <domain>/<name>. The domain is `local` if none is given.
    pub name: String,
    /// A language of the cases; may be given again. The examples are in that language where there
    /// are any (ar, de, en, es, fr, hi, id, pt, ru, sw, zh), else English texts to be replaced.
    #[arg(long = "lang", value_name = "L", required = true)]
    pub languages: Vec<Language>,
    /// What kind of answer the cases ask for.
    #[arg(long, value_enum, default_value = "choice")]
    pub kind: Kind,
    /// The folder below which <domain>/<name> is made. Without it, suites/ of the project folder,
    /// or here.
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// What was written.
#[derive(Serialize)]
struct Written {
    id: String,
    dir: String,
    files: Vec<String>,
    /// The languages whose texts are English and wait to be replaced.
    untranslated: Vec<String>,
    next: [String; 2],
}

/// Writes the suite and says what comes next.
pub fn command(args: &NewArgs, output: &Output) -> Result<(), Failure> {
    let starter = starter(args)?;
    let folder = root(args)?.join(&starter.id);
    let files = starter.files();
    make_folder(&folder, &starter.id)?;
    write(&folder, &files).map_err(|fault| not_written(&folder, &fault))?;
    tell(&starter, &folder, files.into_keys().collect(), output);
    Ok(())
}

fn starter(args: &NewArgs) -> Result<Starter, Failure> {
    let (domain, name) = args.name.split_once('/').unwrap_or((LOCAL, &args.name));
    for part in [domain, name] {
        // A hidden folder is no suite's, and `..` is no name.
        if !is_id(part) || part.starts_with('.') {
            return Err(bad_name(&args.name));
        }
    }
    let mut languages = args.languages.clone();
    languages.sort();
    languages.dedup();
    Ok(Starter {
        id: format!("{domain}/{name}"),
        kind: args.kind,
        languages,
        canary: canary()?,
    })
}

fn bad_name(name: &str) -> Failure {
    Failure::new(
        Exit::Usage,
        format!("cannot name a suite `{name}`"),
        "a name is 1 to 64 characters out of A-Z, a-z, 0-9, `.`, `_` and `-`, and does not begin \
         with a dot; a domain may stand before it with a `/`",
    )
}

/// A text that stands nowhere else: a random UUID (RFC 9562, version 4).
fn canary() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|fault| {
        Failure::new(
            Exit::Machine,
            format!("cannot make a canary: {fault}"),
            "the operating system gives no randomness; try again",
        )
    })?;
    let random = u128::from_be_bytes(bytes);
    let version = (random & !(0xf << 76)) | (0x4 << 76);
    let uuid = (version & !(0x3 << 62)) | (0x2 << 62);
    let hex = format!("{uuid:032x}");
    let (a, rest) = hex.split_at(8);
    let (b, rest) = rest.split_at(4);
    let (c, rest) = rest.split_at(4);
    let (d, e) = rest.split_at(4);
    Ok(format!("weighhouse-canary-{a}-{b}-{c}-{d}-{e}"))
}

/// The folder that domains lie in, as short as it can be said.
fn root(args: &NewArgs) -> Result<PathBuf, Failure> {
    if let Some(dir) = &args.dir {
        return Ok(dir.clone());
    }
    let home = Home::find()?;
    let here = std::env::current_dir().unwrap_or_default();
    let project = home.project().filter(|project| *project != here);
    Ok(project.unwrap_or(Path::new("")).join("suites"))
}

/// Makes the folder of the suite `id`, which must not be there yet.
fn make_folder(folder: &Path, id: &str) -> Result<(), Failure> {
    let not_written = |fault| not_written(folder, &fault);
    let parent = folder.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(parent).map_err(not_written)?;
    fs::create_dir(folder).map_err(not_written)?;
    match home::id_of(folder) {
        Some(found) if found == id => Ok(()),
        found => {
            // It is empty and ours.
            let _ = fs::remove_dir(folder);
            Err(other_id(folder, id, &found.unwrap_or_default()))
        }
    }
}

fn not_written(folder: &Path, fault: &io::Error) -> Failure {
    Failure::not_written(folder, fault, "name or --dir")
}

fn other_id(folder: &Path, id: &str, found: &str) -> Failure {
    Failure::new(
        Exit::Usage,
        format!(
            "cannot write {}: a suite there has the id `{found}`, not `{id}`",
            folder.display()
        ),
        "let --dir name a folder `suites`, or one that lies in none",
    )
}

fn write(folder: &Path, files: &BTreeMap<String, String>) -> io::Result<()> {
    for (name, text) in files {
        let path = folder.join(name);
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(text.as_bytes())?;
    }
    Ok(())
}

fn tell(starter: &Starter, folder: &Path, files: Vec<String>, output: &Output) {
    let untranslated = starter.untranslated().into_iter();
    let path = quoted(folder);
    let written = Written {
        id: starter.id.clone(),
        dir: folder.display().to_string(),
        files,
        untranslated: untranslated.map(Language::to_string).collect(),
        next: [
            format!("weigh suite check {path}"),
            format!("weigh run --suite {path}"),
        ],
    };
    if output.json {
        return output.json("weighhouse-new-suite/1", &written);
    }
    for file in &written.files {
        output.line(&visible(&format!("{}/{file}", written.dir)));
    }
    if !written.untranslated.is_empty() {
        output.note(&format!(
            "no examples yet in {}: replace the English texts",
            written.untranslated.join(", ")
        ));
    }
    let [check, run] = &written.next;
    output.note(&visible(&format!("next: {check}\n      {run}")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canary_is_a_random_uuid() {
        let (one, two) = (canary().unwrap(), canary().unwrap());
        assert_ne!(one, two);
        let uuid = one.strip_prefix("weighhouse-canary-").unwrap();
        let parts: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!(&uuid[14..15], "4", "{uuid}");
        assert!("89ab".contains(&uuid[19..20]), "{uuid}");
    }
}
