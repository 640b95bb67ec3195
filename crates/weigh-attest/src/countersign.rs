//! Countersigning a record: what an authority says of a report that it has verified.

use weigh_core::time::Timestamp;

use crate::bundle::{BundleFault, lines, read_lines};
use crate::dsse::{self, PAYLOAD_TYPE};
use crate::keys::PrivateKey;
use crate::statement::{Resource, StatementFault};
use crate::svr::{self, Redone};
use crate::verify::Verified;

/// An envelope in which the holder of `key`, who goes by the name `verifier`, says what was re-done.
/// That the signature is good is said always, and that the report follows where `verified` shows it.
///
/// # Errors
/// Never for texts that JSON can hold.
pub fn envelope(
    verified: &Verified,
    verifier: &str,
    at: &Timestamp,
    again: &[Redone],
    key: &PrivateKey,
) -> Result<Vec<u8>, StatementFault> {
    let profile = &verified.report.plan.profile;
    let name = format!("profile:{}@{}", profile.id, profile.version);
    let policy = Resource::new(name, profile.digest);
    let mut redone = vec![Redone::Signature];
    redone.extend((!verified.withheld).then_some(Redone::Derivation));
    redone.extend_from_slice(again);
    let payload = svr::bytes(verified.statement, policy, verifier, at, &redone)?;
    Ok(dsse::sign(PAYLOAD_TYPE, &payload, key))
}

/// The attestations of a record with one more, which is not there yet.
///
/// # Errors
/// When the file has as many lines as are read.
pub fn appended(attestations: &[u8], envelope: &[u8]) -> Result<Vec<u8>, BundleFault> {
    let mut all = attestations.to_vec();
    if !all.is_empty() && !all.ends_with(b"\n") {
        all.push(b'\n');
    }
    all.extend(lines(&[envelope.to_vec()]));
    read_lines(&all).map(|_| all)
}
