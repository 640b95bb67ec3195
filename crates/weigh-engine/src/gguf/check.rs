//! The strict reading of a GGUF file: every count is bounded by the bytes that are left, every
//! sum is checked, and two different readings of one file are impossible.

use std::collections::BTreeMap;

use super::cursor::{Cursor, fault};
use super::fault::{Fault, GgufFault};
use super::metadata::{Array, Metadata, Value, ValueType};
use super::{Gguf, TensorInfo};
use crate::dtype::Dtype;

const MAX_KEYS: u64 = 65_536;
const MAX_TENSORS: u64 = 65_536;
const MAX_KEY: usize = 65_535;
const MAX_TENSOR_NAME: usize = 64;
const MAX_DIMS: u32 = 4;
const MAX_NESTING: u32 = 4;
const DEFAULT_ALIGNMENT: u64 = 32;

/// Reads and checks a whole file.
///
/// # Errors
/// The first thing that is wrong, and where.
pub(crate) fn parse(bytes: &[u8]) -> Result<Gguf<'_>, GgufFault> {
    let mut cursor = Cursor::new(bytes);
    version(&mut cursor)?;
    let at = cursor.at();
    let tensors = cursor.u64()?;
    if tensors > MAX_TENSORS {
        return Err(fault(at, Fault::TooManyTensors(tensors)));
    }
    let at = cursor.at();
    let keys = cursor.u64()?;
    if keys > MAX_KEYS {
        return Err(fault(at, Fault::TooManyKeys(keys)));
    }
    let mut ahead = cursor.clone();
    let (metadata, alignment) = metadata(&mut ahead, keys)?;
    let stored_metadata = cursor.take(ahead.at() - cursor.at())?;
    let mut directory = directory(&mut cursor, tensors)?;
    place(&mut directory, &mut cursor, alignment)?;
    let tensors = directory
        .into_iter()
        .map(|(name, tensor)| (name, tensor.info))
        .collect();
    Ok(Gguf {
        metadata,
        stored_metadata,
        alignment,
        tensors,
    })
}

fn version(cursor: &mut Cursor<'_>) -> Result<(), GgufFault> {
    if cursor.take(4).ok() != Some(b"GGUF") {
        return Err(fault(0, Fault::Magic));
    }
    let at = cursor.at();
    match cursor.u32()? {
        2 | 3 => Ok(()),
        other if (1..=3).contains(&other.swap_bytes()) => Err(fault(at, Fault::BigEndian)),
        other => Err(fault(at, Fault::Version(other))),
    }
}

/// The metadata and the alignment that it sets.
fn metadata<'a>(cursor: &mut Cursor<'a>, keys: u64) -> Result<(Metadata<'a>, u64), GgufFault> {
    let mut alignment = DEFAULT_ALIGNMENT;
    let mut map = BTreeMap::new();
    for _ in 0..keys {
        let at = cursor.at();
        let key = cursor.string()?;
        if !(1..=MAX_KEY).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            let shown = key.chars().take(64).collect();
            return Err(fault(at, Fault::Key(shown)));
        }
        let value_at = cursor.at();
        let value_type = value_type(cursor)?;
        let value = value(cursor, value_type, 0)?;
        if key == "general.alignment" {
            alignment = checked_alignment(value_type, value).map_err(|why| fault(value_at, why))?;
        }
        if map.insert(key, value).is_some() {
            return Err(fault(at, Fault::DuplicateKey(key.to_owned())));
        }
    }
    Ok((Metadata(map), alignment))
}

fn checked_alignment(value_type: ValueType, value: Value<'_>) -> Result<u64, Fault> {
    let (ValueType::U32, Value::Unsigned(alignment)) = (value_type, value) else {
        return Err(Fault::AlignmentType);
    };
    if (8..=65_536).contains(&alignment) && alignment.is_power_of_two() {
        return Ok(alignment);
    }
    Err(Fault::Alignment(
        u32::try_from(alignment).unwrap_or(u32::MAX),
    ))
}

fn value_type(cursor: &mut Cursor<'_>) -> Result<ValueType, GgufFault> {
    let at = cursor.at();
    let id = cursor.u32()?;
    ValueType::from_id(id).ok_or_else(|| fault(at, Fault::ValueType(id)))
}

fn value<'a>(
    cursor: &mut Cursor<'a>,
    value_type: ValueType,
    depth: u32,
) -> Result<Value<'a>, GgufFault> {
    let at = cursor.at();
    Ok(match value_type {
        ValueType::U8 => Value::Unsigned(cursor.u8()?.into()),
        ValueType::I8 => Value::Signed(cursor.u8()?.cast_signed().into()),
        ValueType::U16 => Value::Unsigned(cursor.u16()?.into()),
        ValueType::I16 => Value::Signed(cursor.u16()?.cast_signed().into()),
        ValueType::U32 => Value::Unsigned(cursor.u32()?.into()),
        ValueType::I32 => Value::Signed(cursor.u32()?.cast_signed().into()),
        ValueType::U64 => Value::Unsigned(cursor.u64()?),
        ValueType::I64 => Value::Signed(cursor.u64()?.cast_signed()),
        ValueType::F32 => Value::F32(f32::from_bits(cursor.u32()?)),
        ValueType::F64 => Value::F64(f64::from_bits(cursor.u64()?)),
        ValueType::Bool => match cursor.u8()? {
            0 => Value::Bool(false),
            1 => Value::Bool(true),
            other => return Err(fault(at, Fault::Bool(other))),
        },
        ValueType::String => Value::Text(cursor.string()?),
        ValueType::Array if depth >= MAX_NESTING => return Err(fault(at, Fault::Nesting)),
        ValueType::Array => Value::Array(array(cursor, depth + 1)?),
    })
}

fn array<'a>(cursor: &mut Cursor<'a>, depth: u32) -> Result<Array<'a>, GgufFault> {
    let item = value_type(cursor)?;
    let at = cursor.at();
    let items = cursor.u64()?;
    let left = cursor.left();
    let least = items.checked_mul(item.least_bytes());
    let (Some(least), Ok(len)) = (least, usize::try_from(items)) else {
        return Err(fault(at, Fault::ArrayTooLong { items, left }));
    };
    if least > left {
        return Err(fault(at, Fault::ArrayTooLong { items, left }));
    }
    let bytes = match item {
        ValueType::Bool | ValueType::String | ValueType::Array => {
            let mut ahead = cursor.clone();
            for _ in 0..items {
                value(&mut ahead, item, depth)?;
            }
            cursor.take(ahead.at() - cursor.at())?
        }
        ValueType::U8
        | ValueType::I8
        | ValueType::U16
        | ValueType::I16
        | ValueType::U32
        | ValueType::I32
        | ValueType::F32
        | ValueType::U64
        | ValueType::I64
        | ValueType::F64 => cursor.take(least)?,
    };
    Ok(Array { item, len, bytes })
}

/// A tensor as the directory announces it, before its bytes are found.
struct Announced {
    info: TensorInfo,
    /// Where the directory says so.
    at: u64,
    /// Offset in the data section.
    offset: u64,
}

fn directory<'a>(
    cursor: &mut Cursor<'a>,
    tensors: u64,
) -> Result<BTreeMap<&'a str, Announced>, GgufFault> {
    let mut directory = BTreeMap::new();
    for _ in 0..tensors {
        let at = cursor.at();
        let name = cursor.string()?;
        if !(1..=MAX_TENSOR_NAME).contains(&name.len()) {
            return Err(fault(at, Fault::TensorName(name.len() as u64)));
        }
        let tensor = announced(cursor, name, at)?;
        if directory.insert(name, tensor).is_some() {
            return Err(fault(at, Fault::DuplicateTensor(name.to_owned())));
        }
    }
    Ok(directory)
}

fn announced(cursor: &mut Cursor<'_>, name: &str, at: u64) -> Result<Announced, GgufFault> {
    let owned = || name.to_owned();
    let dims = cursor.u32()?;
    if !(1..=MAX_DIMS).contains(&dims) {
        return Err(fault(
            at,
            Fault::Dimensions {
                name: owned(),
                dims,
            },
        ));
    }
    let mut shape = Vec::new();
    let mut elements = 1_usize;
    for _ in 0..dims {
        let dim = cursor.u64()?;
        if dim == 0 {
            return Err(fault(at, Fault::EmptyTensor(owned())));
        }
        let too_many = || fault(at, Fault::TooManyElements(owned()));
        let dim = usize::try_from(dim).map_err(|_| too_many())?;
        elements = elements.checked_mul(dim).ok_or_else(too_many)?;
        shape.push(dim);
    }
    let row = shape.first().copied().unwrap_or_default();
    shape.reverse();
    let dtype = tensor_type(cursor.u32()?).map_err(|dtype| {
        let name = owned();
        fault(at, Fault::TensorType { name, dtype })
    })?;
    let block = dtype.block_len();
    if !row.is_multiple_of(block) {
        let row = row as u64;
        let name = owned();
        return Err(fault(at, Fault::PartBlock { name, row, block }));
    }
    let bytes = dtype
        .bytes_for(elements)
        .ok_or_else(|| fault(at, Fault::TooManyElements(owned())))?;
    let offset = cursor.u64()?;
    let info = TensorInfo {
        dtype,
        shape,
        range: 0..bytes,
    };
    Ok(Announced { info, at, offset })
}

fn tensor_type(id: u32) -> Result<Dtype, String> {
    Dtype::from_ggml(id).ok_or_else(|| {
        let name = Dtype::name_of_unread_ggml(id).map(ToOwned::to_owned);
        name.unwrap_or_else(|| format!("ggml type {id}"))
    })
}

/// Finds each tensor's bytes; together the tensors cover the data section, each byte once.
fn place(
    directory: &mut BTreeMap<&str, Announced>,
    cursor: &mut Cursor<'_>,
    alignment: u64,
) -> Result<(), GgufFault> {
    let file = cursor.at() + cursor.left();
    if directory.is_empty() {
        return end(cursor, alignment);
    }
    pad(cursor, alignment)?;
    let data = cursor.at();
    let mut order: Vec<_> = directory.iter_mut().collect();
    order.sort_by_key(|(_, tensor)| tensor.offset);
    let mut previous = "";
    for (name, tensor) in order {
        let (at, offset) = (tensor.at, tensor.offset);
        let owned = || (*name).to_owned();
        if !offset.is_multiple_of(alignment) {
            let name = owned();
            return Err(fault(
                at,
                Fault::Misaligned {
                    name,
                    offset,
                    alignment,
                },
            ));
        }
        let length = tensor.info.range.len();
        let end = offset
            .checked_add(data)
            .and_then(|start| start.checked_add(length as u64));
        let end = end.unwrap_or(u64::MAX);
        if end > file {
            return Err(fault(
                at,
                Fault::OutOfFile {
                    name: owned(),
                    end,
                    file,
                },
            ));
        }
        let start = data + offset;
        if start < cursor.at() {
            let first = previous.to_owned();
            return Err(fault(
                at,
                Fault::Overlap {
                    first,
                    second: owned(),
                },
            ));
        }
        pad(cursor, alignment)?;
        if start > cursor.at() {
            let bytes = start - cursor.at();
            return Err(fault(
                at,
                Fault::Gap {
                    name: owned(),
                    bytes,
                },
            ));
        }
        cursor.take(length as u64)?;
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        tensor.info.range = start..start.saturating_add(length);
        previous = name;
    }
    end(cursor, alignment)
}

/// Skips the padding up to the next multiple of `alignment`.
fn pad(cursor: &mut Cursor<'_>, alignment: u64) -> Result<(), GgufFault> {
    let at = cursor.at();
    zeros(cursor, at.next_multiple_of(alignment) - at)
}

fn zeros(cursor: &mut Cursor<'_>, count: u64) -> Result<(), GgufFault> {
    let at = cursor.at();
    let padding = cursor.take(count)?;
    match padding.iter().position(|byte| *byte != 0) {
        Some(first) => Err(fault(at + first as u64, Fault::Padding)),
        None => Ok(()),
    }
}

/// After the last tensor there may be padding, all of it or none.
fn end(cursor: &mut Cursor<'_>, alignment: u64) -> Result<(), GgufFault> {
    let (at, left) = (cursor.at(), cursor.left());
    if left == 0 {
        return Ok(());
    }
    if left != at.next_multiple_of(alignment) - at {
        return Err(fault(at, Fault::Trailing(left)));
    }
    zeros(cursor, left)
}
