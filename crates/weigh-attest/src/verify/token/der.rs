//! DER as a tree of values, for the few structures that a token is made of.

use pkcs8::ObjectIdentifier;
use pkcs8::der::{AnyRef, Decode as _, Reader as _, SliceReader, Tag, TagNumber, Tagged as _};

/// The most values that one value may hold: no honest token has more.
const MOST: usize = 1_000;

/// The values that `bytes` are, one after the other; none where they are no DER.
pub(super) fn values(bytes: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let mut values = Vec::new();
    while !reader.is_finished() {
        values.push(AnyRef::decode(&mut reader).ok()?);
        if values.len() > MOST {
            return None;
        }
    }
    Some(values)
}

/// The values in a sequence or a set.
pub(super) fn inside(value: AnyRef<'_>) -> Option<Vec<AnyRef<'_>>> {
    let holds = matches!(value.tag(), Tag::Sequence | Tag::Set);
    holds.then(|| values(value.value()))?
}

/// The bytes of a value with the tag `tag`.
pub(super) fn bytes(value: AnyRef<'_>, tag: Tag) -> Option<&[u8]> {
    (value.tag() == tag).then(|| value.value())
}

/// An object identifier.
pub(super) fn oid(value: AnyRef<'_>) -> Option<ObjectIdentifier> {
    value.decode_as().ok()
}

/// The identifier of an algorithm.
pub(super) fn algorithm(value: AnyRef<'_>) -> Option<ObjectIdentifier> {
    oid(*inside(value)?.first()?)
}

/// What is behind the context's tag `number`: of an explicit tag the value, of an implicit one what
/// it holds.
pub(super) fn tagged(value: AnyRef<'_>, number: u32) -> Option<&[u8]> {
    let expected = Tag::ContextSpecific {
        constructed: true,
        number: TagNumber(number),
    };
    bytes(value, expected)
}
