//! The recipes that are built in, and what a user's word for a model means.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use weigh_core::diagnostic::{Diagnostic, nearest, render};
use weigh_core::recipe::{self, Recipe};

static MODELS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../models");

/// The model of a first run.
pub const DEFAULT: &str = "smollm2-135m-instruct";

/// Bytes of a recipe that are read: more than its reader takes.
const MOST_BYTES: u64 = 2 << 20;

/// What a user's word for a model means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A model's file or folder on this machine.
    Path(PathBuf),
    /// A recipe.
    Recipe(Box<Recipe>),
}

/// Why a word means no model.
#[derive(Debug, thiserror::Error)]
pub enum FindFault {
    /// Neither a name nor a path.
    #[error("cannot find the model `{name}`: neither a name nor a file or folder here{}", hint(.near.as_deref()))]
    Unknown {
        /// The word.
        name: String,
        /// The name that was meant, perhaps.
        near: Option<String>,
    },
    /// A recipe that cannot be read.
    #[error("cannot read the recipe {}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        error: std::io::Error,
    },
    /// A recipe with faults.
    #[error("cannot use the recipe {}:\n{rendered}", path.display())]
    Recipe {
        /// The file.
        path: PathBuf,
        /// The faults for people.
        rendered: String,
        /// The faults.
        diagnostics: Vec<Diagnostic>,
    },
}

fn hint(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// Every recipe that is built in, sorted by id. A test reads them all, so that none is left out.
#[must_use]
pub fn list() -> Vec<Recipe> {
    let mut recipes: Vec<Recipe> = MODELS
        .files()
        .filter_map(|file| built_in(file.path().file_stem()?.to_str()?))
        .collect();
    recipes.sort_by(|a, b| a.id.cmp(&b.id));
    recipes
}

fn built_in(id: &str) -> Option<Recipe> {
    let file = MODELS.get_file(format!("{id}.toml"))?;
    recipe::parse(id, file.contents()).ok()
}

/// What `word` means: the name of a recipe that is built in, the path of a recipe (`*.toml`), or
/// the path of a model. A name wins over a file of that name; write `./NAME` for the file.
///
/// # Errors
/// When it means nothing, or a recipe with faults.
pub fn find(word: &str) -> Result<Found, FindFault> {
    if let Some(recipe) = built_in(word) {
        return Ok(Found::Recipe(Box::new(recipe)));
    }
    let path = Path::new(word);
    if path
        .extension()
        .is_some_and(|extension| extension == "toml")
    {
        return read(path).map(|recipe| Found::Recipe(Box::new(recipe)));
    }
    if path.exists() {
        return Ok(Found::Path(path.to_owned()));
    }
    let recipes = list();
    let near = nearest(word, recipes.iter().map(|recipe| recipe.id.as_str()));
    Err(FindFault::Unknown {
        name: word.to_owned(),
        near: near.map(str::to_owned),
    })
}

fn read(path: &Path) -> Result<Recipe, FindFault> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes))
        .map_err(|error| FindFault::Io {
            path: path.to_owned(),
            error,
        })?;
    let id = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    recipe::parse(&id, &bytes).map_err(|diagnostics| {
        let text = String::from_utf8_lossy(&bytes);
        FindFault::Recipe {
            path: path.to_owned(),
            rendered: render(&diagnostics, |_| Some(&text)),
            diagnostics,
        }
    })
}
