//! Whether the model on the desk is the one that was tested: the same files, byte for byte.

use std::io;
use std::path::{Path, PathBuf};

use weigh_core::subject::{READ_IF_THERE, Subject, SubjectFile};

use super::{Fault, Kind};
use crate::file;

/// Holds the files of the model at `path`, a file or a folder, to those that the report names.
pub(super) fn check_model(path: &Path, subject: &Subject, faults: &mut Vec<Fault>) {
    for expected in &subject.files {
        let Some(place) = place_of(path, expected, subject.files.len()) else {
            let message = "the report names no such file in a folder";
            faults.push(Fault::new(Kind::Model, &expected.name, message));
            continue;
        };
        match file::digest(&place) {
            Ok(found) if found == (expected.sha256, expected.size) => {}
            Ok((found, size)) => {
                let message = format!(
                    "another file than the one that was tested: {size} bytes, sha256 {found}; tested: \
                     {} bytes, sha256 {}",
                    expected.size, expected.sha256
                );
                faults.push(Fault::new(
                    Kind::Model,
                    &place.display().to_string(),
                    message,
                ));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let message = "not there, and it was part of what was tested";
                faults.push(Fault::new(
                    Kind::Model,
                    &place.display().to_string(),
                    message,
                ));
            }
            Err(error) => faults.push(Fault::io(&place.display().to_string(), &error)),
        }
    }
    check_further(path, subject, faults);
}

/// Further files beside those that were tested make another model of them where the folder is read: that is one with a
/// configuration, not a single file that lies in a folder.
fn check_further(path: &Path, subject: &Subject, faults: &mut Vec<Fault>) {
    let tested = |name: &str| subject.files.iter().any(|file| file.name == name);
    if !tested("config.json") {
        return;
    }
    for name in READ_IF_THERE.into_iter().filter(|name| !tested(name)) {
        let place = path.join(name);
        if place.symlink_metadata().is_ok() {
            let message =
                "no part of what was tested, and whoever reads the folder reads it, too; remove it";
            let place = place.display().to_string();
            faults.push(Fault::new(Kind::Model, &place, message));
        }
    }
}

/// Where a file of the subject is. Its name comes from a stranger's report and may not lead away.
fn place_of(path: &Path, file: &SubjectFile, count: usize) -> Option<PathBuf> {
    if path.is_file() {
        return (count == 1).then(|| path.to_owned());
    }
    let plain = !file.name.is_empty() && file.name != ".." && file.name != ".";
    let plain = plain && !file.name.contains(['/', '\\', '\0', ':']);
    plain.then(|| path.join(&file.name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use weigh_core::digest::Digest;

    use super::*;

    /// A model of these files, each with its name in it, on a desk where others lie, too.
    #[track_caller]
    fn check(tested: &[&str], there: &[(&str, &str)], expect: &[&str]) {
        let file = |name: &&str| SubjectFile {
            name: (*name).to_owned(),
            size: name.len() as u64,
            sha256: Digest::of(name.as_bytes()),
        };
        let subject = Subject {
            name: "abacus".to_owned(),
            files: tested.iter().map(file).collect(),
            tokenizer: Digest::of(b"tokenizer"),
            config: Digest::of(b"config"),
            chat_template: None,
            facts: BTreeMap::new(),
        };
        let desk = tempfile::tempdir().unwrap();
        for (name, bytes) in there {
            fs::write(desk.path().join(name), bytes).unwrap();
        }
        let mut faults = Vec::new();
        check_model(desk.path(), &subject, &mut faults);
        let found: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), expect.len(), "{found:?}");
        for (found, expect) in found.iter().zip(expect) {
            assert!(found.contains(expect), "{found}");
        }
    }

    #[test]
    fn a_model_is_its_files_and_what_is_read_with_them() {
        let gguf = ("a.gguf", "a.gguf");
        let template = ("chat_template.jinja", "");
        let config = ("config.json", "config.json");
        check(&["a.gguf"], &[gguf, ("README.md", "")], &[]);
        check(&["a.gguf"], &[gguf, template], &[]);
        check(
            &["a.gguf"],
            &[("a.gguf", "another")],
            &["another file than the one"],
        );
        check(&["a.gguf"], &[], &["not there"]);
        check(&["config.json"], &[config, ("README.md", "")], &[]);
        check(
            &["config.json"],
            &[config, template],
            &["no part of what was tested"],
        );
        let with = [config, ("chat_template.jinja", "chat_template.jinja")];
        check(&["chat_template.jinja", "config.json"], &with, &[]);
    }
}
