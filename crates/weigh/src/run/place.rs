//! Where a run's record goes: a folder of its own, and never one that holds something else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use weigh_core::plan::Shard;

use crate::exit::Exit;
use crate::failure::Failure;

/// Parent of the folders that are chosen when none is named.
const OUT: &str = "out";

/// The most folders that are tried for one model.
const MOST: u32 = 100_000;

/// The folder `named`, which must be new or empty, or the first `out/<model>-<number>` that is not
/// taken; of a shard `out/<model>-shard-<index>-of-<count>-<number>`.
pub fn choose(named: Option<&Path>, model: &str, shard: Option<Shard>) -> Result<PathBuf, Failure> {
    let mut name = name_of(model);
    if let Some(shard) = shard {
        name.push_str(&format!("-shard-{}-of-{}", shard.index(), shard.of()));
    }
    match named {
        Some(path) => refuse_full(path).map(|()| path.to_owned()),
        None => numbered(Path::new(OUT), &name),
    }
}

/// Refuses a folder that holds anything.
pub fn refuse_full(path: &Path) -> Result<(), Failure> {
    let mut entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unusable(path, &error)),
    };
    if path.join(weigh_runner::directory::JOURNAL).exists() {
        return Err(Failure::new(
            Exit::Usage,
            format!(
                "cannot begin a run in {}: it holds the record of another one",
                path.display()
            ),
            format!(
                "go on with that one by `weigh run --resume --out {}`, or name another folder",
                quoted(path)
            ),
        ));
    }
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(Failure::new(
            Exit::Usage,
            format!("cannot begin a run in {}: it is not empty", path.display()),
            "name a new folder with --out, or leave --out away",
        )),
    }
}

fn unusable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        Exit::Usage,
        format!("cannot use the folder {}: {error}", path.display()),
        "name a folder that can be written with --out",
    )
}

/// Making a folder tells whether it was taken, also between two runs that begin at once.
fn numbered(parent: &Path, name: &str) -> Result<PathBuf, Failure> {
    fs::create_dir_all(parent).map_err(|error| unusable(parent, &error))?;
    for number in 1..MOST {
        let path = parent.join(format!("{name}-{number:03}"));
        match fs::create_dir(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unusable(&path, &error)),
        }
    }
    Err(Failure::new(
        Exit::Usage,
        format!("cannot find a free number for {}/{name}", parent.display()),
        "name a folder with --out",
    ))
}

/// The last part of a model's path or name, with nothing in it that a shell or a disk minds.
fn name_of(model: &str) -> String {
    let path = Path::new(model);
    let stem = match path.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("gguf") => path.file_stem(),
        Some(_) | None => path.file_name(),
    };
    let name = stem.unwrap_or_default().to_string_lossy();
    let safe: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '-'
            }
        })
        .take(80)
        .collect();
    match safe.trim_matches(['.', '-']) {
        "" => "model".to_owned(),
        name => name.to_owned(),
    }
}

/// A path as a POSIX shell takes it.
pub fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@%,=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.into_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_models_are_names_of_folders() {
        for (model, name) in [
            ("smollm2-135m-instruct", "smollm2-135m-instruct"),
            ("/disk/SmolLM2.Q4_1.gguf", "SmolLM2.Q4_1"),
            ("/disk/llama 3/", "llama-3"),
            ("..", "model"),
            ("/", "model"),
            ("模型", "model"),
        ] {
            assert_eq!(name_of(model), name, "{model}");
        }
    }

    #[test]
    fn each_start_gets_a_folder_of_its_own() {
        let parent = tempfile::tempdir().unwrap();
        let one = numbered(parent.path(), "m").unwrap();
        let two = numbered(parent.path(), "m").unwrap();
        assert_eq!(one, parent.path().join("m-001"));
        assert_eq!(two, parent.path().join("m-002"));
    }

    #[test]
    fn a_folder_with_something_in_it_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert!(choose(Some(path), "m", None).is_ok());
        assert!(choose(Some(&path.join("new")), "m", None).is_ok());
        fs::write(path.join("notes.txt"), "mine").unwrap();
        let full = choose(Some(path), "m", None).unwrap_err();
        assert!(
            full.message.ends_with("it is not empty"),
            "{}",
            full.message
        );
        fs::write(path.join("journal.jsonl"), "").unwrap();
        let other = choose(Some(path), "m", None).unwrap_err();
        assert!(other.help.contains("--resume"), "{}", other.help);
        let file = choose(Some(&path.join("notes.txt")), "m", None).unwrap_err();
        assert_eq!(file.exit, Exit::Usage);
    }

    #[test]
    fn paths_are_quoted_for_the_shell() {
        for (path, text) in [
            ("out/a-1", "out/a-1"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(Path::new(path)), text);
        }
    }
}
