//! A token of time (RFC 3161): that an authority saw a digest at a time, in CMS SignedData (RFC 5652).
//!
//! Verified are the digest, and the signature by a key on P-256 or Ed25519: one that is given, or that
//! of the certificate which the token carries. No chain of certificates is built.

use pkcs8::ObjectIdentifier;
use pkcs8::der::{AnyRef, Encode as _, Tag, Tagged as _};
use weigh_core::time::Timestamp;

use super::der::{algorithm, bytes, inside, oid, tagged, values};
use super::hash::Hash;
use super::{About, Told, not_verified};
use crate::keys::PublicKey;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// What the token in `bytes` shows of the record.
///
/// # Errors
/// When it is none, is about something else, or its signature is not good.
pub(super) fn told(bytes: &[u8], about: &About<'_>, keys: &[PublicKey]) -> Result<Told, String> {
    let token = Token::parse(bytes).ok_or(
        "expected a token of time (RFC 3161, DER) that was granted, or an entry of a log (JSON)",
    )?;
    let hash = Hash::named(token.imprint.0)?;
    let what = about.named(hash, token.imprint.1)?;
    about.admits(&token.time)?;
    let shown = format!(
        "a token of time of {}, by its authority's clock, names the {} of {what}",
        token.time.0,
        hash.name()
    );
    let mut told = Told {
        shown,
        open: about.left_open(what),
    };
    match token.signer(keys)? {
        Signer::Known(key) => {
            let signed = format!("; signed by the key {}, which was given", key.keyid());
            told.shown.push_str(&signed);
        }
        Signer::Carried(key) => {
            let id = key.keyid();
            let signed = format!("; signed by the key {id} of a certificate in it");
            told.shown.push_str(&signed);
            told.open
                .push(format!("whose key {id} is: --token-key PEM"));
        }
        Signer::Unread(reason) => told.open.push(not_verified(&reason, !keys.is_empty())?),
    }
    Ok(told)
}

/// Who has signed.
enum Signer {
    /// The holder of a key that was given.
    Known(PublicKey),
    /// The holder of the key in a certificate that the token carries.
    Carried(PublicKey),
    /// It cannot be told, and why.
    Unread(String),
}

/// A token, taken apart. Nothing in it is verified.
struct Token<'a> {
    /// What was signed: the token's info.
    info: &'a [u8],
    imprint: (ObjectIdentifier, &'a [u8]),
    time: Timestamp,
    certificates: Vec<AnyRef<'a>>,
    signer: SignerInfo<'a>,
}

struct SignerInfo<'a> {
    /// The issuer and serial number of the certificate, or another name of it.
    name: AnyRef<'a>,
    digest: ObjectIdentifier,
    /// What is signed, without its tag and length.
    attributes: &'a [u8],
    algorithm: ObjectIdentifier,
    signature: &'a [u8],
}

impl<'a> Token<'a> {
    /// A token, alone or in the answer of an authority.
    fn parse(der: &'a [u8]) -> Option<Self> {
        let [outer] = values(der)?.try_into().ok()?;
        let token = match inside(outer)?.as_slice() {
            // PKIStatus: granted, or granted with changes.
            &[status, token] if status.tag() == Tag::Sequence => {
                let status = bytes(*inside(status)?.first()?, Tag::Integer)?;
                matches!(status, [0 | 1]).then_some(token)?
            }
            _ => outer,
        };
        let [kind, content] = inside(token)?.try_into().ok()?;
        (oid(kind)? == SIGNED_DATA).then_some(())?;
        let [signed] = values(tagged(content, 0)?)?.try_into().ok()?;
        Self::of_signed_data(&inside(signed)?)
    }

    fn of_signed_data(parts: &[AnyRef<'a>]) -> Option<Self> {
        let [_version, _digests, content, rest @ .., signers] = parts else {
            return None;
        };
        let [kind, content] = inside(*content)?.try_into().ok()?;
        (oid(kind)? == TST_INFO).then_some(())?;
        let [content] = values(tagged(content, 0)?)?.try_into().ok()?;
        let info = bytes(content, Tag::OctetString)?;
        let certificates = rest.iter().find_map(|part| tagged(*part, 0));
        let [signer] = inside(*signers)?.try_into().ok()?;
        let (imprint, time) = imprint_and_time(info)?;
        Some(Self {
            info,
            imprint,
            time,
            certificates: values(certificates.unwrap_or_default())?,
            signer: SignerInfo::of(&inside(signer)?)?,
        })
    }

    /// Who has signed: one of `keys`, or, where there are none, the certificate's key.
    ///
    /// # Errors
    /// When the signature is not good.
    fn signer(&self, keys: &[PublicKey]) -> Result<Signer, String> {
        let signed = &self.signer;
        let hash = match Hash::named(signed.digest) {
            Ok(hash) => hash,
            Err(reason) => return Ok(Signer::Unread(reason)),
        };
        if signed.attribute(CONTENT_TYPE).and_then(oid) != Some(TST_INFO) {
            return Err("its signature is about no token of time".to_owned());
        }
        let digest = signed.attribute(MESSAGE_DIGEST);
        let digest = digest.and_then(|value| bytes(value, Tag::OctetString));
        if digest != Some(&hash.of(self.info)) {
            return Err("its signature is about another content".to_owned());
        }
        if signed.algorithm != ECDSA_SHA256 && signed.algorithm != ED25519 {
            return Ok(Signer::Unread(in_words(signed.algorithm)));
        }
        let message = AnyRef::new(Tag::Set, signed.attributes);
        let message = message.and_then(|attributes| attributes.to_der());
        let message = message.map_err(|error| error.to_string())?;
        let verifies = |key: &&PublicKey| key.verifies(&message, signed.signature);
        if !keys.is_empty() {
            let known = keys.iter().find(verifies).cloned();
            return known
                .map(Signer::Known)
                .ok_or_else(|| "its signature is by none of the keys that were given".to_owned());
        }
        match self.certified() {
            Some(key) if verifies(&&key) => Ok(Signer::Carried(key)),
            Some(_) => Err("its signature does not fit its certificate's key".to_owned()),
            None => Ok(Signer::Unread(
                "it carries no certificate with a key on P-256 or Ed25519".to_owned(),
            )),
        }
    }

    /// The key of the signer's certificate.
    fn certified(&self) -> Option<PublicKey> {
        let mut keys = self.certificates.iter().filter_map(|certificate| {
            let (names, key) = names_and_key(*certificate)?;
            (inside(self.signer.name)? == names).then_some(key)
        });
        PublicKey::from_spki_der(&keys.next()?.to_der().ok()?).ok()
    }
}

impl<'a> SignerInfo<'a> {
    fn of(parts: &[AnyRef<'a>]) -> Option<Self> {
        let [_version, name, digest, attributes, kind, signature, ..] = parts else {
            return None;
        };
        Some(Self {
            name: *name,
            digest: algorithm(*digest)?,
            attributes: tagged(*attributes, 0)?,
            algorithm: algorithm(*kind)?,
            signature: bytes(*signature, Tag::OctetString)?,
        })
    }

    /// The one value of the signed attribute `wanted`; none where it stands twice.
    fn attribute(&self, wanted: ObjectIdentifier) -> Option<AnyRef<'a>> {
        let all = values(self.attributes)?.into_iter().filter_map(inside);
        let found: Vec<Vec<AnyRef<'_>>> = all
            .filter(|attribute| attribute.first().copied().and_then(oid) == Some(wanted))
            .collect();
        let [attribute] = found.try_into().ok()?;
        let [_, set] = attribute.try_into().ok()?;
        let [value] = inside(set)?.try_into().ok()?;
        Some(value)
    }
}

/// Issuer and serial number of a certificate (RFC 5280, 4.1), as a signer names it, and its key.
fn names_and_key(certificate: AnyRef<'_>) -> Option<([AnyRef<'_>; 2], AnyRef<'_>)> {
    let signed = inside(*inside(certificate)?.first()?)?;
    let unversioned = match signed.as_slice() {
        [first, rest @ ..] if tagged(*first, 0).is_some() => rest,
        all => all,
    };
    let [serial, _, issuer, _validity, _subject, key, ..] = unversioned else {
        return None;
    };
    Some(([*issuer, *serial], *key))
}

/// The imprint and the time of a token's info (RFC 3161, 2.4.2).
fn imprint_and_time(info: &[u8]) -> Option<((ObjectIdentifier, &[u8]), Timestamp)> {
    let [info] = values(info)?.try_into().ok()?;
    let parts = inside(info)?;
    let [_version, _policy, imprint, _serial, time, ..] = parts.as_slice() else {
        return None;
    };
    let [hash, digest] = inside(*imprint)?.try_into().ok()?;
    let imprint = (algorithm(hash)?, bytes(digest, Tag::OctetString)?);
    Some((imprint, moment(bytes(*time, Tag::GeneralizedTime)?)?))
}

/// `20261128060000.25Z` as a time, cut to the second.
fn moment(text: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?;
    let (whole, fraction) = text.strip_suffix('Z')?.split_at_checked(14)?;
    let digits = fraction.strip_prefix('.').unwrap_or("0");
    let sound = (fraction.is_empty() || fraction.starts_with('.'))
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    let part = |from: usize, to: usize| whole.get(from..to);
    let time = Timestamp(format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(8, 10)?,
        part(10, 12)?,
        part(12, 14)?
    ));
    (sound && time.seconds().is_some()).then_some(time)
}

/// A kind of signature that is not spoken here.
fn in_words(algorithm: ObjectIdentifier) -> String {
    match algorithm.to_string().as_str() {
        "1.2.840.113549.1.1.1"
        | "1.2.840.113549.1.1.10"
        | "1.2.840.113549.1.1.11"
        | "1.2.840.113549.1.1.12"
        | "1.2.840.113549.1.1.13" => "RSA".to_owned(),
        "1.2.840.10045.4.3.3" => "ECDSA with SHA-384".to_owned(),
        "1.2.840.10045.4.3.4" => "ECDSA with SHA-512".to_owned(),
        other => format!("the algorithm {other}"),
    }
}
