//! An entry of a log (Rekor): that it is about the record, and what the log has signed.
//!
//! Verified are what the entry is about and that its proof of inclusion leads to a root, and, where the
//! log's key is given, the log's signatures over the entry's time and over that root.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use weigh_core::digest::Digest;
use weigh_core::json;
use weigh_core::text::visible_line;
use weigh_core::time::Timestamp;

use super::entry::{Entry, digest};
use super::hash::Hash;
use super::{About, Told, not_verified};
use crate::keys::PublicKey;

/// What the entry in `bytes` shows of the record.
///
/// # Errors
/// When it is none, is about something else, or is not signed by the log with one of `keys`.
pub(super) fn told(bytes: &[u8], about: &About<'_>, keys: &[PublicKey]) -> Result<Told, String> {
    let entry = Entry::parse(bytes).ok_or(
        "expected an entry of a log (Rekor) in JSON, one, as the log or a Sigstore bundle has it",
    )?;
    let body = STANDARD.decode(&entry.body).ok();
    let body = body.and_then(|bytes| Some((json::parse::<Value>(&bytes).ok()?, bytes)));
    let (body, logged) = body.ok_or("the entry's body is no JSON in base64")?;
    let (kind, what) = named(&body, about)?;
    about.admits(&Timestamp::of_seconds(entry.integrated_time))?;
    let (index, log) = (entry.log_index, entry.log);
    let mut told = Told {
        shown: format!("entry {index} of the log {log}, a `{kind}`, names {what}"),
        open: about.left_open(what),
    };
    let key = keys.iter().find(|key| key.keyid() == log);
    tell_time(&entry, key, !keys.is_empty(), &mut told)?;
    tell_inclusion(&entry, &logged, key, &mut told)?;
    Ok(told)
}

/// Whether the log has signed when it took the entry.
fn tell_time(
    entry: &Entry,
    key: Option<&PublicKey>,
    keys_given: bool,
    told: &mut Told,
) -> Result<(), String> {
    let time = Timestamp::of_seconds(entry.integrated_time).0;
    if key.is_some_and(|key| entry.is_signed_by(key)) {
        let signed = format!("; logged {time}, signed by the log's key, which was given");
        told.shown.push_str(&signed);
        return Ok(());
    }
    let reason = if entry.signature.is_none() {
        "the log has signed no time"
    } else if key.is_some() {
        "the log has not signed this entry with this time"
    } else {
        "give the log's key by --token-key PEM"
    };
    told.open
        .push(format!("the time {time}, which the entry says of itself"));
    told.open.push(not_verified(reason, keys_given)?);
    Ok(())
}

/// Whether the log holds the entry.
fn tell_inclusion(
    entry: &Entry,
    logged: &[u8],
    key: Option<&PublicKey>,
    told: &mut Told,
) -> Result<(), String> {
    let question = "whether the log holds the entry";
    let Some(proof) = &entry.proof else {
        told.open
            .push(format!("{question}: it has no proof of inclusion"));
        return Ok(());
    };
    if !proof.leads_from(logged) {
        return Err("its proof of inclusion does not lead from the entry to the root".to_owned());
    }
    let (size, root) = (proof.size, proof.root);
    match (key, &proof.checkpoint) {
        (Some(key), Some(_)) if proof.is_signed_by(key) => {
            let held =
                format!("; held by the log of {size} entries under the root {root}, which it signed");
            told.shown.push_str(&held);
        }
        (Some(_), Some(_)) => {
            return Err(format!("the log has not signed the root {root} of {size} entries"));
        }
        (_, None) => told.open.push(format!(
            "{question}: its proof leads to the root {root}, which is not signed"
        )),
        (None, Some(_)) => told.open.push(format!(
            "{question}: its proof leads to the root {root}, and the log's signature on that was not \
             verified"
        )),
    }
    Ok(())
}

/// The kind of an entry, and what of the record it names.
fn named<'b>(body: &'b Value, about: &About<'_>) -> Result<(&'b str, &'static str), String> {
    let kind = body.get("kind").and_then(Value::as_str).unwrap_or_default();
    let hash = match kind {
        "dsse" => "/spec/payloadHash",
        "intoto" => "/spec/content/payloadHash",
        "hashedrekord" => "/spec/data/hash",
        other => {
            let other = visible_line(other);
            return Err(format!(
                "the entry is a `{other}`; `dsse`, `intoto` and `hashedrekord` are read"
            ));
        }
    };
    let hash = body.pointer(hash).unwrap_or(&Value::Null);
    let is_sha256 = hash.get("algorithm").and_then(Value::as_str) == Some("sha256");
    let named = hash.get("value").and_then(digest).filter(|_| is_sha256);
    let named = named.ok_or("the entry names no SHA-256")?;
    let what = about.named(Hash::Sha256, named.as_bytes())?;
    if kind == "hashedrekord" {
        return Ok((kind, what));
    }
    if Digest::of(about.payload) != named {
        return Err(format!(
            "the entry has the digest of {what} as its payload's"
        ));
    }
    let signatures = body.pointer("/spec/signatures").and_then(Value::as_array);
    let ours = signatures.into_iter().flatten().any(|one| {
        let text = one.get("signature").and_then(Value::as_str);
        let bytes = text.and_then(|text| STANDARD.decode(text).ok());
        bytes.is_some_and(|bytes| about.signatures.contains(&bytes.as_slice()))
    });
    let and_signature = "the payload and its signature";
    Ok((kind, if ours { and_signature } else { what }))
}
