//! What can be asked of a record, as options of a command line: the same for every command that verifies.

mod options;

pub use self::options::filled;

use std::path::{Path, PathBuf};

use weigh_core::diagnostic::render;
use weigh_core::time::Timestamp;
use weigh_core::trust::Policy;

use crate::file;
use crate::keys::{self, PublicKey};
use crate::record;
use crate::trust;
use crate::verify::{Verified, VerifyFault, Wanted, verify};

/// The most bytes of a policy, a countersignature, a token or a file of openings.
const MOST_BYTES: u64 = 16 << 20;

/// Which record is verified, and against what.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The record's folder.
    pub record: PathBuf,
    /// The file with the signer's public key.
    pub key: Option<PathBuf>,
    /// The file with a trust policy.
    pub policy: Option<PathBuf>,
    /// Files with countersignatures that are not in the record.
    pub countersignatures: Vec<PathBuf>,
    /// Files with tokens of time or entries of a log.
    pub tokens: Vec<PathBuf>,
    /// Files with the public keys that may have signed them.
    pub token_keys: Vec<PathBuf>,
    /// Files with openings of single cases.
    pub openings: Vec<PathBuf>,
    /// The model on the desk: a file or a folder.
    pub model: Option<PathBuf>,
    /// The most days since the report was sealed.
    pub max_age: Option<u32>,
    /// The record of the look before, which the run must extend.
    pub extends: Option<PathBuf>,
    /// What the run must have been given.
    pub nonce: Option<String>,
}

/// Why nothing was verified: an option names something that cannot be used. Reads as a sentence
/// without a full stop, and has the faults of a policy one by one before it.
pub type Unusable = String;

impl Asked {
    /// Verifies the record at the time `now`.
    ///
    /// # Errors
    /// When a file that an option names cannot be used.
    pub fn verify(&self, now: &Timestamp) -> Result<Result<Verified, VerifyFault>, Unusable> {
        is_record(&self.record)?;
        self.extends.as_deref().map_or(Ok(()), is_record)?;
        let key = self.key.as_deref().map(read_key).transpose()?;
        let token_keys = self.token_keys.iter().map(|path| read_key(path));
        let token_keys: Vec<PublicKey> = token_keys.collect::<Result<_, _>>()?;
        let policy = self.policy.as_deref().map(read_policy).transpose()?;
        if let Some(model) = self.model.as_ref().filter(|model| !model.exists()) {
            let name = model.display();
            return Err(format!(
                "cannot find the model {name}: no file or folder there; of a model that is known by name, \
                 `weigh model check` says where it lies"
            ));
        }
        let countersignatures = read_all(&self.countersignatures)?;
        let tokens = read_all(&self.tokens)?;
        let openings = read_all(&self.openings)?;
        let wanted = Wanted {
            key: key.as_ref(),
            policy: policy.as_ref().map(|policy| (policy, now)),
            countersignatures: &countersignatures,
            tokens: &tokens,
            token_keys: &token_keys,
            openings: &openings,
            model: self.model.as_deref(),
            most_days: self.max_age.map(|days| (days, now)),
            nonce: self.nonce.as_deref(),
            extends: self.extends.as_deref(),
        };
        Ok(verify(&self.record, &wanted))
    }
}

fn is_record(folder: &Path) -> Result<(), Unusable> {
    let path = folder.display();
    if !folder.is_dir() {
        return Err(format!("cannot read the record {path}: no folder there"));
    }
    if !record::is_begun(folder) {
        return Err(format!(
            "{path} is no record: no {} is in it, and no other file of one",
            record::ENVELOPE
        ));
    }
    Ok(())
}

fn read_key(path: &Path) -> Result<PublicKey, Unusable> {
    keys::read_public(path).map_err(|fault| format!("cannot use the public key: {fault}"))
}

/// Reads a trust policy.
///
/// # Errors
/// Its faults, one by one, and a sentence.
pub fn read_policy(path: &Path) -> Result<Policy, Unusable> {
    let (name, bytes) = read(path)?;
    trust::parse(&name, &bytes).map_err(|found| {
        let text = std::str::from_utf8(&bytes).ok();
        let details = render(&found, |_| text);
        format!("{details}\ncannot use the trust policy {name}")
    })
}

fn read_all(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, Unusable> {
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Result<(String, Vec<u8>), Unusable> {
    let name = path.display().to_string();
    match file::read(path, MOST_BYTES) {
        Ok(bytes) => Ok((name, bytes)),
        Err(error) => Err(format!("cannot read {name}: {error}")),
    }
}
