//! Reading of little-endian fields that never goes past the end and always knows where it is.

use super::fault::{Fault, GgufFault};

/// The longest string that is read.
pub(super) const MAX_STRING: u64 = 16 << 20;

/// A place in a file.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of `bytes`.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Offset from the beginning.
    pub(super) fn at(&self) -> u64 {
        self.at as u64
    }

    /// Bytes that are left.
    pub(super) fn left(&self) -> u64 {
        (self.bytes.len() - self.at) as u64
    }

    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: u64) -> Result<&'a [u8], GgufFault> {
        let left = self.left();
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let taken = usize::try_from(count)
            .ok()
            .and_then(|count| rest.get(..count));
        let Some(taken) = taken else {
            return Err(fault(
                self.at(),
                Fault::Truncated {
                    needed: count,
                    left,
                },
            ));
        };
        self.at += taken.len();
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], GgufFault> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N as u64)?);
        Ok(array)
    }

    /// One byte.
    pub(super) fn u8(&mut self) -> Result<u8, GgufFault> {
        self.array().map(u8::from_le_bytes)
    }

    /// Two bytes.
    pub(super) fn u16(&mut self) -> Result<u16, GgufFault> {
        self.array().map(u16::from_le_bytes)
    }

    /// Four bytes.
    pub(super) fn u32(&mut self) -> Result<u32, GgufFault> {
        self.array().map(u32::from_le_bytes)
    }

    /// Eight bytes.
    pub(super) fn u64(&mut self) -> Result<u64, GgufFault> {
        self.array().map(u64::from_le_bytes)
    }

    /// A length and as many bytes of UTF-8.
    pub(super) fn string(&mut self) -> Result<&'a str, GgufFault> {
        let at = self.at();
        let length = self.u64()?;
        if length > MAX_STRING {
            return Err(fault(at, Fault::StringTooLong(length)));
        }
        let start = self.at();
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes)
            .map_err(|error| fault(start + error.valid_up_to() as u64, Fault::NotUtf8))
    }
}

/// A fault at a place.
pub(super) fn fault(at: u64, fault: Fault) -> GgufFault {
    GgufFault { at, fault }
}
