//! The strict reading of safetensors files and of their index.
//!
//! Layout: eight bytes with the header's length, a JSON header, then the tensors' bytes
//! (<https://github.com/huggingface/safetensors>).

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use weigh_core::json;

use crate::dtype::Dtype;
use crate::gguf::TensorInfo;

const MAX_HEADER: u64 = 64 << 20;
const MAX_TENSORS: usize = 65_536;
const MAX_DIMS: usize = 8;

/// What is wrong with a safetensors file or its index.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SafetensorsFault {
    /// Fewer bytes than the header's length takes, or than the header takes.
    #[error(
        "the file has {file} bytes and its header needs {needed}: it is cut or no safetensors file"
    )]
    Truncated {
        /// Size of the file.
        file: u64,
        /// Bytes that the header needs.
        needed: u64,
    },
    /// A header above the cap.
    #[error("a header of {0} bytes; at most 64 MiB are read")]
    HeaderTooLong(u64),
    /// A header that is not the JSON it should be. Duplicate names are among it.
    #[error("the header is not valid: {0}")]
    Header(String),
    /// More tensors than a model can need.
    #[error("{0} tensors; at most 65,536 are read")]
    TooManyTensors(usize),
    /// A type that is not read.
    #[error("tensor `{name}` is stored as {dtype}; F32, F16 and BF16 are supported")]
    Dtype {
        /// Its name.
        name: String,
        /// Its type.
        dtype: String,
    },
    /// A shape with a zero, with too many dimensions or with too many elements.
    #[error("tensor `{name}` has the shape {shape:?}")]
    Shape {
        /// Its name.
        name: String,
        /// Its shape.
        shape: Vec<u64>,
    },
    /// Offsets that do not hold the shape.
    #[error("tensor `{name}` has {found} bytes; its shape needs {needed}")]
    Length {
        /// Its name.
        name: String,
        /// Bytes between its offsets.
        found: u64,
        /// Bytes that the shape needs.
        needed: u64,
    },
    /// A tensor that does not begin where the one before it ends.
    #[error("tensor `{name}` begins at {found}; the tensor before it ends at {expected}")]
    NotContiguous {
        /// Its name.
        name: String,
        /// Where it begins.
        found: u64,
        /// Where it should begin.
        expected: u64,
    },
    /// Offsets that end before they begin, or after the end of the file.
    #[error("tensor `{name}` lies at {begin} to {end} of the data, which has {data} bytes")]
    OutOfFile {
        /// Its name.
        name: String,
        /// Where it begins.
        begin: u64,
        /// Where it ends.
        end: u64,
        /// Size of the data.
        data: u64,
    },
    /// Data that ends elsewhere than the file.
    #[error("the tensors end at byte {tensors} of the data, which has {data}")]
    End {
        /// Where the tensors end.
        tensors: u64,
        /// Size of the data.
        data: u64,
    },
    /// A file name in the index that is no base name.
    #[error("the index names the file {0:?}; it may name only files beside it")]
    NotABaseName(String),
    /// An index that is not what it should be.
    #[error("the index is not valid: {0}")]
    Index(String),
    /// The index and the files disagree on where a tensor is.
    #[error("the index says that tensor `{name}` is in {said}; it is in {found}")]
    Misplaced {
        /// Its name.
        name: String,
        /// Where the index says it is.
        said: String,
        /// Where it is, or "no file".
        found: String,
    },
    /// One tensor in two files.
    #[error("tensor `{0}` is in more than one file")]
    Twice(String),
}

/// One entry of the header.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    dtype: String,
    shape: Vec<u64>,
    data_offsets: [u64; 2],
}

/// A header's value: `__metadata__` or a tensor.
#[derive(Deserialize)]
#[serde(untagged)]
enum HeaderValue {
    Tensor(Entry),
    Metadata(
        #[allow(dead_code, reason = "read to be checked, not to be used")] BTreeMap<String, String>,
    ),
}

/// Reads and checks a whole file; ranges count from its beginning.
///
/// # Errors
/// The first thing that is wrong.
pub(crate) fn parse(bytes: &[u8]) -> Result<BTreeMap<String, TensorInfo>, SafetensorsFault> {
    read(bytes, |_| false)
}

/// The same without the tensors of whole numbers, which some files keep beside the weights: numbers of
/// positions. They are bounded as all are, and not read.
///
/// # Errors
/// The first thing that is wrong.
pub(crate) fn parse_floats(bytes: &[u8]) -> Result<BTreeMap<String, TensorInfo>, SafetensorsFault> {
    read(bytes, |dtype| dtype == "I64")
}

fn read(
    bytes: &[u8],
    is_left_out: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, TensorInfo>, SafetensorsFault> {
    let (header, start) = header(bytes)?;
    let entries: BTreeMap<String, HeaderValue> =
        json::parse(header).map_err(|error| SafetensorsFault::Header(error.to_string()))?;
    if entries.len() > MAX_TENSORS {
        return Err(SafetensorsFault::TooManyTensors(entries.len()));
    }
    let mut tensors = Vec::with_capacity(entries.len());
    for (name, value) in entries {
        match value {
            HeaderValue::Tensor(entry) => tensors.push((name, entry)),
            HeaderValue::Metadata(_) if name == "__metadata__" => {}
            HeaderValue::Metadata(_) => {
                let why = format!("`{name}` is no tensor");
                return Err(SafetensorsFault::Header(why));
            }
        }
    }
    tensors.sort_by_key(|(_, entry)| entry.data_offsets);
    let data = (bytes.len() - start) as u64;
    let mut directory = BTreeMap::new();
    let mut expected = 0;
    for (name, entry) in tensors {
        let [begin, end] = entry.data_offsets;
        if end < begin || end > data {
            return Err(SafetensorsFault::OutOfFile {
                name,
                begin,
                end,
                data,
            });
        }
        if begin != expected {
            let (found, name) = (begin, name);
            return Err(SafetensorsFault::NotContiguous {
                name,
                found,
                expected,
            });
        }
        expected = end;
        if !is_left_out(&entry.dtype) {
            let info = tensor(&name, &entry, start)?;
            directory.insert(name, info);
        }
    }
    if expected != data {
        return Err(SafetensorsFault::End {
            tensors: expected,
            data,
        });
    }
    Ok(directory)
}

/// The header's bytes, and where the data begins.
fn header(bytes: &[u8]) -> Result<(&[u8], usize), SafetensorsFault> {
    let file = bytes.len() as u64;
    let Some((length, rest)) = bytes.split_first_chunk::<8>() else {
        return Err(SafetensorsFault::Truncated { file, needed: 8 });
    };
    let length = u64::from_le_bytes(*length);
    if length > MAX_HEADER {
        return Err(SafetensorsFault::HeaderTooLong(length));
    }
    let header = usize::try_from(length)
        .ok()
        .and_then(|length| rest.get(..length));
    let header = header.ok_or(SafetensorsFault::Truncated {
        file,
        needed: 8 + length,
    })?;
    Ok((header, 8 + header.len()))
}

fn tensor(name: &str, entry: &Entry, start: usize) -> Result<TensorInfo, SafetensorsFault> {
    let dtype = match entry.dtype.as_str() {
        "F32" => Dtype::F32,
        "F16" => Dtype::F16,
        "BF16" => Dtype::BF16,
        other => {
            let (name, dtype) = (name.to_owned(), other.to_owned());
            return Err(SafetensorsFault::Dtype { name, dtype });
        }
    };
    let shape: Option<Vec<usize>> = (1..=MAX_DIMS)
        .contains(&entry.shape.len())
        .then(|| {
            entry
                .shape
                .iter()
                .map(|dim| usize::try_from(*dim).ok())
                .collect()
        })
        .flatten();
    let elements = shape.as_ref().and_then(|shape| {
        let mut dims = shape.iter();
        dims.try_fold(1_usize, |product, dim| product.checked_mul(*dim))
            .filter(|product| *product > 0)
    });
    let bytes = elements.and_then(|elements| dtype.bytes_for(elements));
    let (Some(shape), Some(needed)) = (shape, bytes) else {
        let (name, shape) = (name.to_owned(), entry.shape.clone());
        return Err(SafetensorsFault::Shape { name, shape });
    };
    let [begin, end] = entry.data_offsets;
    let (found, needed) = (end - begin, needed as u64);
    if found != needed {
        let name = name.to_owned();
        return Err(SafetensorsFault::Length {
            name,
            found,
            needed,
        });
    }
    Ok(TensorInfo {
        dtype,
        shape,
        range: range(start, begin, end),
    })
}

/// A range in the file; both ends were checked against its size.
fn range(start: usize, begin: u64, end: u64) -> Range<usize> {
    let place = |offset| start.saturating_add(usize::try_from(offset).unwrap_or(usize::MAX));
    place(begin)..place(end)
}

/// The index of a model in several files: tensor name to base name of its file.
///
/// # Errors
/// An index that is no index, or that names files elsewhere.
pub(crate) fn parse_index(bytes: &[u8]) -> Result<BTreeMap<String, String>, SafetensorsFault> {
    #[derive(Deserialize)]
    struct Index {
        weight_map: BTreeMap<String, String>,
    }
    let Index { weight_map: files } =
        json::parse(bytes).map_err(|error| SafetensorsFault::Index(error.to_string()))?;
    for file in files.values() {
        if !is_base_name(file) {
            return Err(SafetensorsFault::NotABaseName(file.clone()));
        }
    }
    Ok(files)
}

/// Letters, digits, `.`, `_` and `-`, not beginning with a dot, ending in `.safetensors`.
fn is_base_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    !name.starts_with('.') && name.bytes().all(plain) && name.ends_with(".safetensors")
}

#[cfg(test)]
mod tests;
