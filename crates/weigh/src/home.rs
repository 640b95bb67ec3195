//! Where suites, profiles and model manifests come from: a project folder, else the binary itself.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder::{self, Files};

static SUITES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../suites");
static CARDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../cards");
static PROFILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../profiles");

/// The project folder, where there is one. What it holds goes before what the binary holds.
#[derive(Debug, Clone)]
pub struct Home {
    project: Option<PathBuf>,
}

/// Where one suite comes from.
#[derive(Debug, Clone)]
pub enum SuiteSource {
    /// A folder on the disk.
    Folder(PathBuf),
    /// One file on the disk that is a suite of its own.
    OneFile(PathBuf),
    /// A folder in the binary.
    Shipped(&'static Dir<'static>),
    /// Made from another tool's file.
    Made {
        /// That file.
        place: String,
        /// What it became.
        files: Files,
    },
}

impl Home {
    /// The folder that `WEIGH_HOME` names, else the nearest one from here upwards that holds
    /// `suites/` and is no record of a run.
    pub fn find() -> Result<Self, Failure> {
        if let Some(path) = env::var_os("WEIGH_HOME").filter(|path| !path.is_empty()) {
            return Self::named(Path::new(&path));
        }
        let here = env::current_dir().unwrap_or_default();
        let is_project = |path: &&Path| {
            path.join("suites").is_dir() && !path.join(weigh_runner::directory::JOURNAL).exists()
        };
        Ok(Self {
            project: here.ancestors().find(is_project).map(Path::to_owned),
        })
    }

    fn named(path: &Path) -> Result<Self, Failure> {
        if path.join("suites").is_dir() {
            return Ok(Self {
                project: Some(path.to_owned()),
            });
        }
        Err(Failure::new(
            Exit::Usage,
            format!(
                "cannot use WEIGH_HOME: {} has no folder suites/",
                path.display()
            ),
            "let WEIGH_HOME name a folder with suites/ in it, or unset it",
        ))
    }

    /// The project folder.
    pub fn project(&self) -> Option<&Path> {
        self.project.as_deref()
    }

    /// Every standard suite by its id.
    pub fn suites(&self) -> BTreeMap<String, SuiteSource> {
        let mut found = BTreeMap::new();
        for domain in SUITES.dirs() {
            for suite in domain.dirs() {
                let id = suite.path().to_string_lossy().replace('\\', "/");
                found.insert(id, SuiteSource::Shipped(suite));
            }
        }
        let Some(root) = self.project.as_ref().map(|project| project.join("suites")) else {
            return found;
        };
        for domain in folders(&root) {
            for suite in folders(&domain) {
                if let Some(id) = id_below(&root, &suite) {
                    found.insert(id, SuiteSource::Folder(suite));
                }
            }
        }
        found
    }

    /// The bytes of the profile `name`, with where they come from.
    pub fn profile(&self, name: &str) -> Option<(String, Vec<u8>)> {
        let file = format!("{name}.toml");
        let own = self
            .project
            .as_ref()
            .map(|project| project.join("profiles").join(&file));
        if let Some(path) = own.filter(|path| path.is_file()) {
            let bytes = fs::read(&path).ok()?;
            return Some((path.display().to_string(), bytes));
        }
        let shipped = PROFILES.get_file(&file)?;
        Some((format!("profiles/{file}"), shipped.contents().to_vec()))
    }

    /// The names of every profile.
    pub fn profiles(&self) -> Vec<String> {
        let shipped = PROFILES.files().map(|file| file.path().to_owned());
        let own = self.own("profiles");
        let name = |path: PathBuf| Some(path.file_stem()?.to_str()?.to_owned());
        let mut names: Vec<String> = shipped
            .chain(own)
            .filter(|path| is_toml(path))
            .filter_map(name)
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// The bytes of every card of an instrument, with where they come from: the project's first.
    pub fn cards(&self) -> Vec<(String, Vec<u8>)> {
        let mut own: Vec<PathBuf> = self
            .own("cards")
            .into_iter()
            .filter(|path| is_toml(path))
            .collect();
        own.sort();
        let read = |path: PathBuf| Some((path.display().to_string(), fs::read(path).ok()?));
        let shipped = CARDS.files().map(|file| {
            let place = format!("cards/{}", file.path().display());
            (place, file.contents().to_vec())
        });
        own.into_iter().filter_map(read).chain(shipped).collect()
    }

    /// What is in a folder of the project.
    fn own(&self, folder: &str) -> Vec<PathBuf> {
        let project = self.project.as_ref();
        let entries = project.and_then(|project| fs::read_dir(project.join(folder)).ok());
        let entries = entries.into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    }
}

fn is_toml(path: &Path) -> bool {
    path.extension() == Some(OsStr::new("toml"))
}

impl SuiteSource {
    /// Every file of the suite.
    pub fn read(&self) -> Result<Files, folder::FolderFault> {
        match self {
            Self::Folder(path) => folder::read(path),
            Self::OneFile(path) => folder::read_one(path),
            Self::Made { files, .. } => Ok(files.clone()),
            Self::Shipped(dir) => {
                let mut files = Files::new();
                for file in dir.files() {
                    let name = file.path().file_name().unwrap_or_default();
                    files.insert(
                        name.to_string_lossy().into_owned(),
                        file.contents().to_vec(),
                    );
                }
                Ok(files)
            }
        }
    }

    /// What people call the place, without a `/` at its end.
    pub fn place(&self) -> String {
        match self {
            Self::Folder(path) => path.display().to_string(),
            Self::Made { place, .. } => place.clone(),
            Self::OneFile(path) => match path.parent() {
                Some(folder) if folder != Path::new("") => folder.display().to_string(),
                Some(_) | None => ".".to_owned(),
            },
            Self::Shipped(dir) => format!("suites/{}", dir.path().display()),
        }
    }
}

/// The id that a suite's folder must have: its path below `suites/`, else its last two names.
pub fn id_of(path: &Path) -> Option<String> {
    let whole = path.canonicalize().ok()?;
    let root = whole
        .ancestors()
        .find(|path| path.file_name() == Some(OsStr::new("suites")));
    match root {
        Some(root) if root != whole => id_below(root, &whole),
        Some(_) | None => id_below(whole.parent()?.parent()?, &whole),
    }
}

fn id_below(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.iter().map(OsStr::to_str);
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

/// The folders in `path`, sorted; none where it cannot be read.
pub fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}
