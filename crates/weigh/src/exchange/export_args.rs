//! The options of `weigh export`, and what they take.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use weigh_attest::ask::Asked;
use weigh_exchange::export::hub::Published;

/// Which record, and the file that is written.
#[derive(Debug, Args)]
pub struct FileArgs {
    /// Which record. Nothing is exported of one that is not valid.
    #[command(flatten)]
    pub asked: Asked,
    /// The file, which must not exist.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Which record, and the folder in which files are written.
#[derive(Debug, Args)]
pub struct FolderArgs {
    /// Which record. Nothing is exported of one that is not valid.
    #[command(flatten)]
    pub asked: Asked,
    /// The folder. No file in it is overwritten.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// What Every Eval Ever asks for beside the record.
#[derive(Debug, Args)]
pub struct EveryEvalEverArgs {
    #[command(flatten)]
    pub place: FolderArgs,
    /// The model's name as on the Hugging Face Hub, OWNER/NAME: the record does not know it.
    #[arg(long, value_name = "OWNER/NAME", value_parser = hub_name)]
    pub model_id: String,
    /// How whoever evaluated stands to the model's maker.
    #[arg(long, value_enum, default_value_t = RelationshipArg::Other)]
    pub relationship: RelationshipArg,
}

/// How whoever evaluated stands to the model's maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RelationshipArg {
    /// They are the same.
    FirstParty,
    /// They have nothing to do with each other.
    ThirdParty,
    /// Both evaluated together.
    Collaborative,
    /// Not stated, or none of these.
    Other,
}

/// What the Hugging Face Hub asks for beside the record.
#[derive(Debug, Args)]
pub struct HubArgs {
    #[command(flatten)]
    pub place: FolderArgs,
    /// The data set of the Hub that a suite of the record is; may be given again. Suites without one
    /// are left out: the Hub shows figures of its own benchmarks only.
    #[arg(long = "dataset", value_name = "SUITE=OWNER/NAME[@REVISION]", required = true, value_parser = published)]
    pub datasets: Vec<Published>,
    /// Where the record can be had.
    #[arg(long, value_name = "URL", value_parser = url)]
    pub source: Option<String>,
}

/// A name as the Hub has it: no part of it can lead out of a folder.
fn hub_name(text: &str) -> Result<String, String> {
    let plain = |part: &str| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        part.bytes().all(allowed) && !part.is_empty() && !part.ends_with('.') && part != "data"
    };
    if text.split('/').count() == 2 && text.split('/').all(plain) {
        return Ok(text.to_owned());
    }
    Err("expected OWNER/NAME of letters, digits, `.`, `_` and `-`".to_owned())
}

fn published(text: &str) -> Result<Published, String> {
    let shape = "expected SUITE=OWNER/NAME or SUITE=OWNER/NAME@REVISION";
    let (suite, dataset) = text.split_once('=').ok_or(shape)?;
    let (dataset, revision) = match dataset.split_once('@') {
        Some((dataset, revision)) => (dataset, Some(revision.to_owned())),
        None => (dataset, None),
    };
    Ok(Published {
        suite: suite.to_owned(),
        dataset: hub_name(dataset)?,
        revision,
    })
}

fn url(text: &str) -> Result<String, String> {
    let printable = text.chars().all(|c| c.is_ascii_graphic());
    if text.starts_with("https://") && printable {
        return Ok(text.to_owned());
    }
    Err("expected an address that begins with https://".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_hub_are_read() {
        let check = |text: &str, expect: Option<(&str, &str, Option<&str>)>| {
            let found = published(text).ok();
            let parts = found.as_ref().map(|one| {
                let revision = one.revision.as_deref();
                (one.suite.as_str(), one.dataset.as_str(), revision)
            });
            assert_eq!(parts, expect, "{text}");
        };
        check("a/b=o/n", Some(("a/b", "o/n", None)));
        check("a/b=o/n-1.0@main", Some(("a/b", "o/n-1.0", Some("main"))));
        for bad in [
            "a/b", "a/b=", "a=o", "a=o/", "a=o/..", "a=../n", "a=o/n/m", "a=o/ n", "a=data/n",
        ] {
            check(bad, None);
        }
        assert!(url("https://example.org/r").is_ok());
        assert!(url("http://example.org").is_err() && url("https://a b").is_err());
    }
}
