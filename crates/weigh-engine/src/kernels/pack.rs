//! Weights as a file has them, and what every packed layout shares.

use half::{bf16, f16};

use super::quant_blocks::{self, Affine};
use crate::dtype::Dtype;

/// Columns of a product (rows of the weight) in one panel.
pub const PANEL: usize = 32;

/// Rows of one weight of a layer, row-major, as the file has them.
#[derive(Debug, Clone, Copy)]
pub enum Rows<'a> {
    /// IEEE single precision.
    F32(&'a [f32]),
    /// IEEE half precision.
    F16(&'a [f16]),
    /// bfloat16.
    Bf16(&'a [bf16]),
    /// Blocks of a quantised type.
    Stored(Dtype, &'a [u8]),
}

/// Why a weight cannot be packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// The values do not fill whole rows.
    #[error("{values} weights do not fill rows of {width}")]
    Ragged {
        /// How many values there are.
        values: usize,
        /// The length of a row.
        width: usize,
    },
    /// The bytes do not fill whole rows of blocks.
    #[error("{bytes} bytes of {dtype} do not fill rows of {width} weights")]
    RaggedBlocks {
        /// How the weights are stored.
        dtype: Dtype,
        /// How many bytes there are.
        bytes: usize,
        /// The length of a row.
        width: usize,
    },
    /// The int8 class computes with the codes of a file, and these weights have none.
    #[error("the int8 class needs weights in quantised blocks")]
    NotQuantised,
    /// The other classes take numbers.
    #[error("weights in blocks of {0} go into the int8 class, or are dequantised first")]
    Quantised(Dtype),
}

impl Rows<'_> {
    /// How many rows of `k` weights there are.
    pub(super) fn count(&self, k: usize) -> Result<usize, PackError> {
        let values = match *self {
            Self::F32(v) => v.len(),
            Self::F16(v) => v.len(),
            Self::Bf16(v) => v.len(),
            Self::Stored(dtype, bytes) => {
                let ragged = PackError::RaggedBlocks {
                    dtype,
                    bytes: bytes.len(),
                    width: k,
                };
                let row = dtype.bytes_for(k).filter(|row| *row > 0);
                let rows = row
                    .filter(|row| bytes.len().is_multiple_of(*row))
                    .map(|row| bytes.len() / row);
                return rows.ok_or(ragged);
            }
        };
        if k == 0 || !values.is_multiple_of(k) {
            return Err(PackError::Ragged { values, width: k });
        }
        Ok(values / k)
    }

    /// Row `index`, in single precision, into `out`, whose length is the row's.
    fn read(&self, index: usize, out: &mut [f32]) {
        let range = index * out.len()..(index + 1) * out.len();
        match self {
            Self::F32(v) => convert(v.get(range), out),
            Self::F16(v) => convert(v.get(range), out),
            Self::Bf16(v) => convert(v.get(range), out),
            Self::Stored(..) => {}
        }
    }
}

/// The common length of a group with one scale, of blocks all of whose weights have codes.
///
/// # Errors
/// When a part has none.
pub(super) fn group_len(parts: &[Rows<'_>]) -> Result<usize, PackError> {
    let each = parts.iter().map(|part| match part {
        Rows::Stored(dtype, _) => quant_blocks::group_len(*dtype).ok_or(PackError::NotQuantised),
        Rows::F32(_) | Rows::F16(_) | Rows::Bf16(_) => Err(PackError::NotQuantised),
    });
    each.min_by_key(|len| len.clone().unwrap_or(0))
        .unwrap_or(Ok(32))
}

/// Whether some weight needs a minimum besides its scale.
pub(super) fn has_minima(parts: &[Rows<'_>]) -> bool {
    parts.iter().any(|part| match part {
        Rows::Stored(dtype, _) => quant_blocks::offset(*dtype).is_none(),
        Rows::F32(_) | Rows::F16(_) | Rows::Bf16(_) => true,
    })
}

/// The parts, all of which are plain numbers.
///
/// # Errors
/// When one is not.
pub(super) fn numbers<'a, 'b>(parts: &'a [Rows<'b>]) -> Result<&'a [Rows<'b>], PackError> {
    for part in parts {
        if let Rows::Stored(dtype, _) = part {
            return Err(PackError::Quantised(*dtype));
        }
    }
    Ok(parts)
}

fn convert<T: Copy + Into<f32>>(row: Option<&[T]>, out: &mut [f32]) {
    for (slot, &value) in out.iter_mut().zip(row.unwrap_or_default()) {
        *slot = value.into();
    }
}

/// How many rows of `k` weights all parts have together.
pub(super) fn count(parts: &[Rows<'_>], k: usize) -> Result<usize, PackError> {
    parts.iter().map(|part| part.count(k)).sum()
}

/// The part that holds row `index` of all parts, one below the other, and which of its rows it is.
fn find<'a>(parts: &[Rows<'a>], mut index: usize, k: usize) -> Option<(Rows<'a>, usize)> {
    for part in parts {
        let rows = part.count(k).ok()?;
        if index < rows {
            return Some((*part, index));
        }
        index -= rows;
    }
    None
}

/// Row `index` of all parts, one below the other, in single precision, into `out`.
pub(super) fn row_of(parts: &[Rows<'_>], index: usize, out: &mut [f32]) {
    if let Some((part, index)) = find(parts, index, out.len()) {
        part.read(index, out);
    }
}

/// Row `index` of all parts, one below the other, as codes and, for each 16 of them, what turns
/// them into weights. Unless `minima` are wanted, 128 is the code of zero in every type.
pub(super) fn codes_of(
    parts: &[Rows<'_>],
    index: usize,
    minima: bool,
    codes: &mut [u8],
    groups: &mut [Affine],
) -> Option<()> {
    let k = codes.len();
    let (Rows::Stored(dtype, bytes), index) = find(parts, index, k)? else {
        return None;
    };
    let row = dtype.bytes_for(k)?;
    let bytes = bytes.get(index * row..(index + 1) * row)?;
    quant_blocks::decode_row(dtype, bytes, codes, groups)?;
    if !minima {
        let shift = 128 - quant_blocks::offset(dtype)?;
        codes
            .iter_mut()
            .for_each(|code| *code = code.wrapping_add(shift));
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_one_below_the_other() {
        let f32s = [1.0, 2.0, 3.0, 4.0];
        let halves = [5.0, 6.0].map(f16::from_f32);
        let brains = [7.0, 8.0].map(bf16::from_f32);
        let parts = [Rows::F32(&f32s), Rows::F16(&halves), Rows::Bf16(&brains)];
        assert_eq!(count(&parts, 2), Ok(4));
        let mut row = [0.0; 2];
        for index in 0..4 {
            row_of(&parts, index, &mut row);
            let first = 2.0 * index as f32 + 1.0;
            assert_eq!(row, [first, first + 1.0]);
        }
    }

    #[test]
    fn rows_are_whole() {
        let check = |width, expect: &str| {
            assert_eq!(
                count(&[Rows::F32(&[0.0; 6])], width)
                    .unwrap_err()
                    .to_string(),
                expect
            );
        };
        check(4, "6 weights do not fill rows of 4");
        check(0, "6 weights do not fill rows of 0");
    }

    #[test]
    fn blocks_are_whole_and_in_their_class() {
        let stored = [Rows::Stored(Dtype::Q8_0, &[0; 68])];
        assert_eq!(count(&stored, 64), Ok(1));
        assert_eq!(count(&stored, 32), Ok(2));
        let check = |width, expect: &str| {
            assert_eq!(count(&stored, width).unwrap_err().to_string(), expect);
        };
        check(16, "68 bytes of Q8_0 do not fill rows of 16 weights");
        check(0, "68 bytes of Q8_0 do not fill rows of 0 weights");
        check(96, "68 bytes of Q8_0 do not fill rows of 96 weights");
        assert_eq!(group_len(&stored), Ok(32));
        let finer = [stored[0], Rows::Stored(Dtype::Q6K, &[])];
        assert_eq!(group_len(&finer), Ok(16));
        assert!(!has_minima(&finer));
        assert!(has_minima(&[stored[0], Rows::Stored(Dtype::Q4K, &[])]));
        let mixed = [stored[0], Rows::F32(&[])];
        let refused = group_len(&mixed).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the int8 class needs weights in quantised blocks"
        );
        let refused = numbers(&mixed).unwrap_err().to_string();
        assert_eq!(
            refused,
            "weights in blocks of Q8_0 go into the int8 class, or are dequantised first"
        );
        assert!(numbers(&mixed[1..]).is_ok());
    }
}
