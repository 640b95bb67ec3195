//! What the caller knows beyond the report: who signed it, and what the files beside it are called.

use weigh_core::stats::reliability::Reliability;

use crate::reasons::Reasons;
pub use crate::texts::ReportLanguage;

/// What the caller knows beyond the report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// Who signed. `None` makes the report a draft, and every page says so.
    pub signature: Option<Signature>,
    /// Names of the files beside the report.
    pub files: Files,
    /// The language of the fixed texts.
    pub language: ReportLanguage,
    /// Reliability diagrams, derived with the report from the record.
    pub reliability: Vec<Reliability>,
    /// Why findings are what they are, where the record's profile is there to say it in other languages.
    pub reasons: Reasons,
}

/// The signature as the caller judged it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// SHA-256 of the public key's DER form (SPKI), in hexadecimal digits.
    pub key_id: String,
    /// How far the key is known.
    pub standing: Standing,
}

/// How far the key of a signature is known to whoever renders the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The key came with the record: whoever weighed the model signed.
    FirstParty,
    /// The reader gave the key.
    Given,
    /// The key is one of a trust policy's, which recognises the report.
    Policy(String),
}

/// Names for the commands that a reader may copy, as the file system has them: quotes for the shell
/// are set where they are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The folder of the run.
    pub folder: String,
    /// The signed envelope, relative to the folder.
    pub envelope: String,
    /// The public key in PEM, relative to the folder.
    pub public_key: String,
}

impl Default for Files {
    fn default() -> Self {
        Self {
            folder: ".".to_owned(),
            envelope: "report.dsse.json".to_owned(),
            public_key: "report.pub.pem".to_owned(),
        }
    }
}
