//! The table of trust policies, with real keys and signatures.

use std::collections::BTreeMap;

use weigh_attest::dsse::Envelope;
use weigh_attest::keys::{Algorithm, PrivateKey};
use weigh_attest::trust;
use weigh_core::digest::Digest;
use weigh_core::time::Timestamp;

#[path = "../../../weigh-core/tests/policies/mod.rs"]
mod table;

use table::{Table, signatures, time, today};

/// A row of the table, as a verifier gets it.
pub struct Case {
    pub what: String,
    pub policy: String,
    pub now: Timestamp,
    pub given: Given,
    /// Whether the policy is not read, not fulfilled, or not to be taken.
    pub refused: bool,
}

/// What stands beside the policy.
pub enum Given {
    /// Countersignatures of the report.
    Countersignatures(Vec<Vec<u8>>),
    /// The envelope of a policy that is to replace it.
    Rotation(Vec<u8>),
}

/// Names that stand for keys in the table.
const NAMES: [&str; 10] = [
    "ke-1", "ke-2", "ke-3", "tz-1", "tz-2", "mz-1", "so-1", "xx-1", "xx-2", "xx-3",
];

/// Every row, about the report with this digest.
pub fn cases(algorithm: Algorithm, report: Digest) -> Vec<Case> {
    let table = Table::read();
    let ring = Ring::new(algorithm);
    let approved = table.approvals.iter().map(|row| Case {
        what: row.what.clone(),
        policy: ring.filled(&table.policy(&row.policy)),
        now: Timestamp(time(&row.now)),
        given: Given::Countersignatures(ring.countersignatures(report, &row.given)),
        refused: !row.enough,
    });
    let refused = table.refused.iter().map(|row| Case {
        what: row.new.clone(),
        policy: ring.filled(&table.refused(row)),
        now: Timestamp(time(&today())),
        given: Given::Countersignatures(
            ring.countersignatures(report, "mz-1@2026-11-01 tz-2@2026-11-02 ke-2@2026-11-03"),
        ),
        refused: true,
    });
    let rotated = table.rotations.iter().map(|row| Case {
        what: row.what.clone(),
        policy: ring.filled(&table.policy(&row.from)),
        now: Timestamp(time(&row.now)),
        given: Given::Rotation(ring.envelope(&ring.filled(&table.policy(&row.to)), &row.signed)),
        refused: !row.found.is_empty(),
    });
    approved.chain(refused).chain(rotated).collect()
}

/// A key for each name.
struct Ring(BTreeMap<&'static str, PrivateKey>);

impl Ring {
    fn new(algorithm: Algorithm) -> Self {
        let key = |name| (name, PrivateKey::generate(algorithm).unwrap());
        Self(NAMES.into_iter().map(key).collect())
    }

    /// The policy with keys in place of their names.
    fn filled(&self, policy: &str) -> String {
        let fill = |text: String, (name, key): (&&str, &PrivateKey)| {
            let pem = key.public().to_pem().replace('\n', "\\n");
            text.replace(&format!("\"{name}"), &format!("\"{pem}"))
        };
        self.0.iter().fold(policy.to_owned(), fill)
    }

    fn countersignatures(&self, report: Digest, given: &str) -> Vec<Vec<u8>> {
        let sign =
            |(name, at): (&str, String)| crate::changes::countersigned(report, &at, &self.0[name]);
        signatures(given).map(sign).collect()
    }

    /// The policy in an envelope that these keys sign; by a stranger, where none does.
    fn envelope(&self, policy: &str, signed: &str) -> Vec<u8> {
        let names = if signed.is_empty() { "xx-1" } else { signed };
        let sign = |envelope: Option<Envelope>, name: &str| {
            let bytes = trust::sign(policy.as_bytes(), envelope, &self.0[name]).unwrap();
            Some(Envelope::parse(&bytes).unwrap())
        };
        let signed = names.split_whitespace().fold(None, sign);
        signed.unwrap().to_bytes()
    }
}
