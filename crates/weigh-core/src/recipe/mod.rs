//! A recipe: where a model comes from and the digests that it must have. `models/<name>.toml`.

mod read;

use crate::digest::Digest;
use crate::language::Language;
use crate::subject::{SubjectFile, identity};

pub use self::read::parse;

/// A parsed model file without a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// Equal to the file's name without `.toml`.
    pub id: String,
    /// For people.
    pub title: String,
    /// SPDX expression.
    pub licence: String,
    /// The languages that the model was made for.
    pub languages: Vec<Language>,
    /// Architecture, tokenizer, what to know before a result is read.
    pub notes: String,
    /// Every file of the model. A copy from anywhere is good if its digests are these.
    pub files: Vec<SubjectFile>,
    /// Where to get them, the first to be asked first.
    pub sources: Vec<Source>,
}

impl Recipe {
    /// The [identity](crate::subject::Subject::identity) of a model with its files.
    #[must_use]
    pub fn identity(&self) -> Digest {
        let mut files = self.files.clone();
        files.sort();
        identity(&files)
    }

    /// Size of all files in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        let sizes = self.files.iter().map(|file| file.size);
        sizes.fold(0, u64::saturating_add)
    }
}

/// Somewhere that has the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A model hub that serves `<repository>/resolve/<revision>/<file>`.
    Hub {
        /// `<owner>/<name>`.
        repository: String,
        /// Branch, tag or commit.
        revision: String,
    },
    /// Python packages that carry the files, whole or cut in parts.
    Packages {
        /// In the order of the parts.
        packages: Vec<Package>,
        /// For each file of the recipe, in its order, the members that it is made of.
        members: Vec<MemberPattern>,
    },
}

impl std::fmt::Display for Source {
    /// For people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Hub {
                repository,
                revision,
            } => write!(f, "hub {repository} at {revision}"),
            Self::Packages { packages, .. } => match packages.as_slice() {
                [first, .., last] => write!(f, "packages {first} to {last}"),
                [one] => write!(f, "package {one}"),
                [] => f.write_str("no package"),
            },
        }
    }
}

/// One version of a Python package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl std::fmt::Display for Package {
    /// As a package client takes it: `name==version`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}=={}", self.name, self.version)
    }
}

/// Which members of an archive are meant: a path in which each part may hold one `*`, which stands
/// for any characters but `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberPattern(String);

impl MemberPattern {
    /// The pattern as it was written, if it is one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let part = |part: &str| {
            !matches!(part, "" | "." | "..") && part.bytes().filter(|b| *b == b'*').count() <= 1
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-+*/".contains(c);
        (text.split('/').all(part) && text.chars().all(plain)).then(|| Self(text.to_owned()))
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the pattern means the member called `name`.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        let one = |(pattern, part): (&str, &str)| match pattern.split_once('*') {
            None => pattern == part,
            Some((head, tail)) => part
                .strip_prefix(head)
                .is_some_and(|rest| rest.ends_with(tail)),
        };
        let (patterns, parts) = (self.0.split('/'), name.split('/'));
        patterns.clone().count() == parts.clone().count() && patterns.zip(parts).all(one)
    }
}

#[cfg(test)]
mod tests;
