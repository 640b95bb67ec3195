//! GGUF files: metadata and a directory of tensors, checked before anything else reads them.
//!
//! Layout: the specification in ggml's `docs/gguf.md`, versions 2 and 3, little-endian.

pub(crate) mod check;
mod cursor;
pub(crate) mod fault;
pub(crate) mod metadata;
pub(crate) mod write;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::dtype::Dtype;
use metadata::Metadata;

/// A GGUF file that passed every check of [`check::parse`].
#[derive(Debug)]
pub(crate) struct Gguf<'a> {
    /// Key and value pairs.
    pub metadata: Metadata<'a>,
    /// The bytes of all of them, as they stand in the file.
    pub stored_metadata: &'a [u8],
    /// Where each tensor begins, a multiple of it.
    pub alignment: u64,
    /// Tensors by name.
    pub tensors: BTreeMap<&'a str, TensorInfo>,
}

/// Where a tensor lies and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TensorInfo {
    /// How its weights are stored.
    pub dtype: Dtype,
    /// Rows first, as in `[out, in]`: the reverse of the order in the file.
    pub shape: Vec<usize>,
    /// Its bytes, from the beginning of the file.
    pub range: Range<usize>,
}

#[cfg(test)]
mod tests;
