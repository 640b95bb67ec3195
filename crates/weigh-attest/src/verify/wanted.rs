//! What a record is held against besides itself, as the caller wishes.

use std::path::Path;

use weigh_core::event::Timestamp;
use weigh_core::trust::Policy;

use crate::keys::PublicKey;

/// What the caller wants to know. Nothing of it is required.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// The key that must have signed. Without it a key of the policy may, or else the record's own.
    pub key: Option<&'a PublicKey>,
    /// Who must recognise the report, and the time at which that is asked.
    pub policy: Option<(&'a Policy, &'a Timestamp)>,
    /// Countersignatures beside those in the record: file names and bytes.
    pub countersignatures: &'a [(String, Vec<u8>)],
    /// Tokens of time or of a log that are about the envelope: file names and bytes.
    pub tokens: &'a [(String, Vec<u8>)],
    /// The keys of which one must have signed each token. Without any, who signed a token is told.
    pub token_keys: &'a [PublicKey],
    /// Openings of single cases, one on each line: file names and bytes.
    pub openings: &'a [(String, Vec<u8>)],
    /// The model that must be the one that was tested: a file or a folder.
    pub model: Option<&'a Path>,
    /// The most days since the report was sealed, and the time from which they are counted back.
    pub most_days: Option<(u32, &'a Timestamp)>,
    /// The record of the look before, a folder, whose answers must have been carried over.
    pub extends: Option<&'a Path>,
    /// What the run must have been given by whoever asked for it.
    pub nonce: Option<&'a str>,
}
