//! Who recognises the report: countersignatures, and what a trust policy says of them.

use serde::Serialize;
use weigh_core::digest::Digest;
use weigh_core::event::Timestamp;
use weigh_core::report::Report;
use weigh_core::text::visible_line;
use weigh_core::trust::{Approval, Counted, Policy, Recognition, Standing};

use super::{Fault, Kind, Signed, Wanted};
use crate::dsse::{Envelope, PAYLOAD_TYPE};
use crate::keys::PublicKey;
use crate::record;
use crate::svr;
use crate::trust::signers;

/// Countersignatures of which it is told why they do not count.
const MOST_TOLD: usize = 20;

/// The most signatures of a countersignature that are tried, and the most bytes that it says: there may be a thousand of
/// them, from anybody.
const MOST_SIGNATURES: usize = 4;
const MOST_BYTES: usize = 1 << 20;

/// What somebody else says of the report, under a key that the policy knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Countersigned {
    /// Whose key it is, when they say that they signed, and whether that counts.
    #[serde(flatten)]
    pub counted: Counted,
    /// Who they say that they are.
    pub verifier: String,
    /// What they say that they have re-done.
    pub properties: Vec<String>,
}

/// What became of the countersignatures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Recognised {
    /// What the policy says, where there is one.
    pub recognition: Option<Recognition>,
    /// Those by keys of the policy.
    pub countersigned: Vec<Countersigned>,
    /// How many nobody here can tell: without a policy all.
    pub unknown: usize,
    /// Of those why the first ones are passed over, under a policy.
    pub passed_over: Vec<Fault>,
}

/// Holds the report's own signature and all countersignatures against the policy.
pub(super) fn recognise(
    signed: &Signed,
    report: &Report,
    others: Vec<Envelope>,
    wanted: &Wanted<'_>,
    faults: &mut Vec<Fault>,
) -> Recognised {
    let place = |number| {
        let file = record::ATTESTATIONS;
        format!("{file}, countersignature {}", number + 1)
    };
    let others = others.into_iter().enumerate();
    let mut envelopes: Vec<(String, Envelope)> =
        others.map(|(number, one)| (place(number), one)).collect();
    for (name, bytes) in wanted.countersignatures {
        match Envelope::parse(bytes) {
            Ok(envelope) => envelopes.push((name.clone(), envelope)),
            Err(fault) => faults.push(Fault::new(Kind::Countersignature, name, fault.to_string())),
        }
    }
    let Some((policy, now)) = wanted.policy else {
        return Recognised {
            unknown: envelopes.len(),
            ..Recognised::default()
        };
    };
    let issued = report.issued();
    let report = Digest::of(signed.payload());
    let own = signers(policy, &signed.envelope).into_iter();
    let mut approvals: Vec<Approval> = own
        .map(|key| Approval {
            keyid: key.keyid(),
            at: issued.clone(),
        })
        .collect();
    let mut found = Recognised::default();
    for (place, envelope) in &envelopes {
        match of_policy((policy, now), envelope, (report, issued)) {
            Ok(countersigned) => {
                approvals.extend(countersigned.iter().map(|one| Approval {
                    keyid: one.counted.keyid,
                    at: one.counted.at.clone(),
                }));
                found.countersigned.extend(countersigned);
            }
            Err(why) => {
                found.unknown += 1;
                let told = format!("not counted: {why}");
                if found.passed_over.len() < MOST_TOLD {
                    found.passed_over.push(Fault::new(Kind::Trust, place, told));
                }
            }
        }
    }
    let recognition = policy.recognise(&approvals, now);
    if !recognition.recognised {
        let message = why_not(policy, &recognition);
        faults.push(Fault::new(Kind::Trust, &policy.id, message));
        faults.extend(found.passed_over.iter().cloned());
    }
    found.recognition = Some(recognition);
    found
}

/// What `envelope` says, if a key of the policy signed it, it is about the report with this digest, which was issued
/// then, was made after it, and tells of no other answers. Else why it is passed over.
fn of_policy(
    (policy, now): (&Policy, &Timestamp),
    envelope: &Envelope,
    (report, issued): (Digest, &Timestamp),
) -> Result<Vec<Countersigned>, String> {
    let payload = envelope.unverified_payload();
    if envelope.payload_type() != PAYLOAD_TYPE {
        return Err("it is no statement".to_owned());
    }
    if envelope.signatures().len() > MOST_SIGNATURES || payload.len() > MOST_BYTES {
        return Err(format!(
            "it has more than {MOST_SIGNATURES} signatures or {MOST_BYTES} bytes"
        ));
    }
    // Read before its signatures are tried: that takes longer, and what is passed over was believed in nothing.
    let svr = svr::parse(payload, report).map_err(|fault| fault.to_string())?;
    let at = &svr.time_created;
    if at < issued {
        let issued = &issued.0;
        return Err(format!(
            "it is dated {}, before the report of {issued}",
            at.0
        ));
    }
    let keys = signers(policy, envelope);
    if keys.is_empty() {
        let hints = envelope.signatures().iter();
        let hints: Vec<&str> = hints.filter_map(|one| one.keyid.as_deref()).collect();
        let hints = hints.join(", ");
        return Err(format!(
            "no key of the policy signed it (it names `{hints}`)"
        ));
    }
    if svr.tells_of_differences() {
        return Err("it says that answers differ, which is no approval".to_owned());
    }
    let countersigned = |key: PublicKey| Countersigned {
        counted: policy.count(key.keyid(), at, now),
        verifier: svr.verifier.id.clone(),
        properties: svr.properties.clone(),
    };
    Ok(keys.into_iter().map(countersigned).collect())
}

fn why_not(policy: &Policy, recognition: &Recognition) -> String {
    if recognition.expired {
        return format!("the policy has expired on {}", policy.expires.0);
    }
    let approving: Vec<&str> = recognition.approving.iter().map(String::as_str).collect();
    let approving = match approving.as_slice() {
        [] => "nobody approves".to_owned(),
        some => format!("approving: {}", some.join(", ")),
    };
    let not = recognition
        .counted
        .iter()
        .filter(|one| one.standing != Some(Standing::Good));
    let not: Vec<String> = not.map(in_words).collect();
    let not = if not.is_empty() {
        String::new()
    } else {
        format!("; not counted: {}", not.join(", "))
    };
    let quorum = &policy.quorum;
    let needed = needed(policy);
    format!("the quorum `{quorum}` does not agree, which is {needed}: {approving}{not}")
}

/// Who must agree.
fn needed(policy: &Policy) -> String {
    let mut groups = policy.groups.iter();
    match groups.find(|group| group.id == policy.quorum) {
        Some(group) => format!("{} of {}", group.threshold, group.members.join(", ")),
        None => "one authority".to_owned(),
    }
}

/// One approval for people.
pub(crate) fn in_words(one: &Counted) -> String {
    let who = one
        .authority
        .as_deref()
        .unwrap_or("a key that is not in the policy");
    let standing = match one.standing {
        None => "unknown",
        Some(Standing::Good) => "counted",
        Some(Standing::TooEarly) => "before the key was valid",
        Some(Standing::TooLate) => "after the key was valid",
        Some(Standing::Revoked) => "after the key was withdrawn",
        Some(Standing::Compromised) => "its key may be in other hands",
        Some(Standing::InTheFuture) => "dated in the future",
    };
    let text = format!("{who} ({}, {standing})", one.at.0);
    visible_line(&text).into_owned()
}
