//! Everything that is signed of a report: statement, envelope, bundle, attestations, key.

use weigh_core::digest::Digest;
use weigh_core::report::Report;

use crate::bundle::{lines, sigstore};
use crate::dsse::{self, Envelope, PAYLOAD_TYPE};
use crate::keys::PrivateKey;
use crate::record;
use crate::statement::{self, StatementFault};
use crate::test_result;

/// The files of a record that follow from its report and the key, by name.
///
/// # Errors
/// When the report cannot be stated: see [`statement::bytes`].
pub fn files(
    report: &Report,
    key: &PrivateKey,
) -> Result<Vec<(&'static str, Vec<u8>)>, StatementFault> {
    let payload = statement::bytes(report)?;
    let envelope = dsse::sign(PAYLOAD_TYPE, &payload, key);
    let in_other_words = test_result::bytes(report, Digest::of(&payload))?;
    let in_other_words = dsse::sign(PAYLOAD_TYPE, &in_other_words, key);
    let public = key.public();
    // What was signed a line before is an envelope.
    let bundle = Envelope::parse(&envelope).map(|envelope| sigstore(&envelope, &public));
    Ok(vec![
        (record::STATEMENT, payload),
        (
            record::ATTESTATIONS,
            lines(&[envelope.clone(), in_other_words]),
        ),
        (record::BUNDLE, bundle.unwrap_or_default()),
        (record::ENVELOPE, envelope),
        (record::PUBLIC_KEY, public.to_pem().into_bytes()),
    ])
}
