//! `weigh countersign`: an authority verifies a record and says so under its own key.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use weigh_attest::ask::{Asked, filled};
use weigh_attest::countersign;
use weigh_attest::keys::PrivateKey;
use weigh_attest::record::ATTESTATIONS;
use weigh_attest::svr::Redone;
use weigh_attest::verify::Verified;
use weigh_core::text::visible_line;
use weigh_runner::{Clock as _, Lock, SystemClock, durable};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::key;
use crate::output::Output;
use crate::verify::valid;

/// Who countersigns what.
#[derive(Debug, Args)]
pub struct CountersignArgs {
    /// What the record is held against first. It is signed only if all of that holds.
    #[command(flatten)]
    pub asked: Asked,
    /// The name or address of whoever countersigns. Whose word it is the key says.
    #[arg(long = "as", value_name = "NAME", value_parser = filled)]
    pub verifier: String,
    /// Write the countersignature to this file, which must not exist. Without it, it is appended to
    /// the record's report.intoto.jsonl.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Carries out `weigh countersign`.
pub fn command(args: &CountersignArgs, output: &Output) -> Result<Exit, Failure> {
    let verified = valid(&args.asked, "countersign", output)?;
    let signer = Signer::ready(&args.asked.record, &args.verifier, args.out.as_deref())?;
    signer.sign(&verified, &[], output)?;
    Ok(Exit::Success)
}

/// Who countersigns, and where to. What can be in the way was looked for when it was made.
pub struct Signer<'a> {
    verifier: &'a str,
    key: PrivateKey,
    place: Place,
}

/// Where a countersignature goes.
enum Place {
    /// To a file of its own, which must not exist.
    New(PathBuf),
    /// To the record in this folder, behind the others.
    Record(PathBuf),
}

impl<'a> Signer<'a> {
    /// `verifier` with the user's own key, for the record in `folder`, or for a new file `out`.
    pub fn ready(folder: &Path, verifier: &'a str, out: Option<&Path>) -> Result<Self, Failure> {
        let key = key::existing()?;
        let place = match out {
            Some(out) => Place::New(out.to_owned()),
            None => Place::Record(folder.to_owned()),
        };
        place.check()?;
        Ok(Self {
            verifier,
            key,
            place,
        })
    }

    /// Signs what was verified of the record, and what was done `again`.
    pub fn sign(
        &self,
        verified: &Verified,
        again: &[Redone],
        output: &Output,
    ) -> Result<(), Failure> {
        #[derive(Serialize)]
        struct Told<'a> {
            verifier: &'a str,
            keyid: String,
            file: String,
        }
        let now = SystemClock.now();
        let envelope = countersign::envelope(verified, self.verifier, &now, again, &self.key);
        let envelope = envelope.map_err(|fault| unsigned(&fault))?;
        let told = Told {
            verifier: self.verifier,
            keyid: self.key.public().keyid().to_string(),
            file: self.place.put(&envelope)?.display().to_string(),
        };
        if output.json {
            output.json("weighhouse-countersignature/1", &told);
        } else {
            let line = format!(
                "countersigned {} as {} with key {}: {}",
                verified.report.id, told.verifier, told.keyid, told.file
            );
            output.line(&visible_line(&line));
        }
        Ok(())
    }
}

impl Place {
    /// Whether a countersignature can be put there, as far as can be told beforehand.
    fn check(&self) -> Result<(), Failure> {
        match self {
            Self::New(out) => folder::write_new(out, b"")
                .and_then(|()| fs::remove_file(out))
                .map_err(|fault| Failure::not_written(out, &fault, "--out")),
            Self::Record(folder) => {
                let _lock = Lock::when_free(folder).map_err(|fault| unsigned(&fault))?;
                appended(&folder.join(ATTESTATIONS), b"{}").map(drop)
            }
        }
    }

    /// Puts it there, and gives the file.
    fn put(&self, envelope: &[u8]) -> Result<PathBuf, Failure> {
        match self {
            Self::New(out) => {
                let line = [envelope, b"\n"].concat();
                folder::write_new(out, &line)
                    .map_err(|fault| Failure::not_written(out, &fault, "--out"))?;
                Ok(out.clone())
            }
            Self::Record(folder) => {
                let file = folder.join(ATTESTATIONS);
                // Two authorities may sign at the same time, and none must take the other's line away.
                let _lock = Lock::when_free(folder).map_err(|fault| unsigned(&fault))?;
                let all = appended(&file, envelope)?;
                durable::write(&file, &all).map_err(|fault| unsigned(&fault))?;
                Ok(file)
            }
        }
    }
}

/// The attestations in `file` with one more.
fn appended(file: &Path, envelope: &[u8]) -> Result<Vec<u8>, Failure> {
    let no_place = |why: &dyn std::fmt::Display| {
        Failure::new(
            Exit::Usage,
            format!("cannot add to {}: {why}", file.display()),
            "take a copy of the record that has this file whole, or give --out FILE",
        )
    };
    let before = fs::read(file).map_err(|fault| {
        if fault.kind() == io::ErrorKind::NotFound {
            return no_place(&"it is not there");
        }
        no_place(&fault)
    })?;
    countersign::appended(&before, envelope).map_err(|fault| no_place(&fault))
}

fn unsigned(why: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Machine,
        format!("cannot countersign: {why}"),
        "see to the disk and try again",
    )
}
