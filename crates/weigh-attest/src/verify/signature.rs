//! The first half: is what the envelope says signed, and is the copy beside it the same?

use super::{Fault, Kind, Trust, Wanted};
use crate::difference::difference;
use crate::dsse::{Envelope, OpenFault, PAYLOAD_TYPE};
use crate::keys::PublicKey;
use crate::record::{self, RecordFiles};
use crate::statement;
use crate::trust::signers_among;

/// An envelope with its payload. Verified unless there is a fault.
pub(super) struct Signed {
    pub envelope: Envelope,
    pub key: Option<PublicKey>,
    pub trust: Trust,
    /// Whether the key has a good signature on it.
    pub good: bool,
}

impl Signed {
    pub fn payload(&self) -> &[u8] {
        self.envelope.unverified_payload()
    }
}

/// Opens the envelope with the key that is given, else with one of the policy's, else with the
/// record's own.
pub(super) fn check_signature(
    files: &RecordFiles,
    wanted: &Wanted<'_>,
    faults: &mut Vec<Fault>,
) -> Option<Signed> {
    let enclosed = enclosed_key(files, faults);
    let bytes = files.get(record::ENVELOPE)?;
    let envelope = match Envelope::parse(bytes) {
        Ok(envelope) => envelope,
        Err(fault) => {
            let message = fault.to_string();
            faults.push(Fault::new(Kind::Envelope, record::ENVELOPE, message));
            return None;
        }
    };
    let of_policy = || {
        let (policy, _) = wanted.policy?;
        // A key that somebody else may have shows nothing of the signer.
        let own = policy.keys().filter(|key| !key.is_compromised());
        signers_among(own, &envelope).into_iter().next()
    };
    let (key, trust) = if let Some(key) = wanted.key {
        (Some(key.clone()), Trust::Given)
    } else if let Some(key) = of_policy() {
        (Some(key), Trust::Policy)
    } else {
        (enclosed, Trust::Enclosed)
    };
    let opened = key.as_ref().map(|key| envelope.open(key));
    let good = matches!(opened, Some(Ok(_)));
    match opened {
        None => {}
        Some(Ok(opened)) if opened.payload_type == PAYLOAD_TYPE => {}
        Some(Ok(opened)) => {
            let found = opened.payload_type;
            let message = format!("the payload's type is `{found}`, expected `{PAYLOAD_TYPE}`");
            faults.push(Fault::new(Kind::Statement, record::ENVELOPE, message));
        }
        Some(Err(fault)) => {
            let kind = match fault {
                OpenFault::UnknownKey => Kind::UnknownKey,
                OpenFault::BadSignature => Kind::Signature,
            };
            faults.push(Fault::new(kind, record::ENVELOPE, fault.to_string()));
        }
    }
    check_payload(files, envelope.unverified_payload(), faults);
    Some(Signed {
        envelope,
        key,
        trust,
        good,
    })
}

/// The key in the record. One that is there must be a key, even when another one is used.
pub(super) fn enclosed_key(files: &RecordFiles, faults: &mut Vec<Fault>) -> Option<PublicKey> {
    let bytes = files.get(record::PUBLIC_KEY)?;
    let key = std::str::from_utf8(bytes)
        .map_err(|_| "not UTF-8".to_owned())
        .and_then(|text| PublicKey::from_pem(text).map_err(|fault| fault.to_string()));
    key.map_err(|message| faults.push(Fault::new(Kind::Key, record::PUBLIC_KEY, message)))
        .ok()
}

fn check_payload(files: &RecordFiles, payload: &[u8], faults: &mut Vec<Fault>) {
    if let Err(fault) = statement::parse(payload) {
        faults.push(Fault::new(
            Kind::Statement,
            record::ENVELOPE,
            fault.to_string(),
        ));
    }
    let Some(copy) = files.get(record::STATEMENT) else {
        return;
    };
    if copy != payload {
        let message = match difference(payload, copy) {
            Some(found) => format!("not what was signed: {}", found.in_words("signed", "here")),
            None if copy.is_empty() => "it is empty".to_owned(),
            None if payload.starts_with(copy) => {
                let (here, all) = (copy.len(), payload.len());
                format!("not what was signed: only the first {here} of {all} bytes are here")
            }
            None => "not what was signed: it is written otherwise, or is no JSON".to_owned(),
        };
        faults.push(Fault::new(Kind::Copy, record::STATEMENT, message));
    }
}
