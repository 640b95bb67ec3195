//! Weights as a file has them, and what every packed layout shares.

use super::quant_blocks::{self, Affine};
use crate::dequantise;
use crate::dtype::Dtype;

/// Columns of a product (rows of the weight) in one panel.
pub const PANEL: usize = 32;

/// Rows of one weight of a layer, row-major, as the file has them.
#[derive(Debug, Clone, Copy)]
pub enum Rows<'a> {
    /// Single precision.
    F32(&'a [f32]),
    /// As a file stores them.
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
    /// The bytes cannot be converted.
    #[error("weights in {dtype} cannot be read: {reason}")]
    Unreadable {
        /// How the weights are stored.
        dtype: Dtype,
        /// What is wrong with the bytes.
        reason: String,
    },
}

impl Rows<'_> {
    /// How many rows of `k` weights there are.
    pub(super) fn count(&self, k: usize) -> Result<usize, PackError> {
        let values = match *self {
            Self::F32(v) => v.len(),
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

    /// The rows from `first` on, in single precision, into `out`, which holds whole rows of `k`.
    fn read(&self, first: usize, k: usize, out: &mut [f32]) -> Result<(), PackError> {
        match *self {
            Self::F32(values) => {
                let rows = values.get(first * k..first * k + out.len());
                out.copy_from_slice(rows.unwrap_or_default());
                Ok(())
            }
            Self::Stored(dtype, bytes) => {
                let row = dtype.bytes_for(k).unwrap_or(0);
                let rows = bytes.get(first * row..(first + out.len() / k) * row);
                dequantise::into(dtype, rows.unwrap_or_default(), out)
                    .map_err(|reason| PackError::Unreadable { dtype, reason })
            }
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
        Rows::F32(_) => Err(PackError::NotQuantised),
    });
    each.min_by_key(|len| len.clone().unwrap_or(0))
        .unwrap_or(Ok(32))
}

/// Whether some weight needs a minimum besides its scale.
pub(super) fn has_minima(parts: &[Rows<'_>]) -> bool {
    parts.iter().any(|part| match part {
        Rows::Stored(dtype, _) => quant_blocks::offset(*dtype).is_none(),
        Rows::F32(_) => true,
    })
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

/// The rows from `first` on of all parts, one below the other, in single precision, into `out`,
/// which holds whole rows of `k`.
pub(super) fn read(
    parts: &[Rows<'_>],
    mut first: usize,
    k: usize,
    mut out: &mut [f32],
) -> Result<(), PackError> {
    while let Some((part, row)) = find(parts, first, k) {
        let rows = (part.count(k)? - row).min(out.len() / k);
        if rows == 0 {
            break;
        }
        let (now, rest) = out.split_at_mut(rows * k);
        part.read(row, k, now)?;
        (first, out) = (first + rows, rest);
    }
    Ok(())
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
        let halves = [5.0, 6.0]
            .map(half::f16::from_f32)
            .map(half::f16::to_le_bytes);
        let brains = [7.0, 8.0]
            .map(half::bf16::from_f32)
            .map(half::bf16::to_le_bytes);
        let parts = [
            Rows::F32(&[1.0, 2.0, 3.0, 4.0]),
            Rows::Stored(Dtype::F16, halves.as_flattened()),
            Rows::Stored(Dtype::BF16, brains.as_flattened()),
        ];
        assert_eq!(count(&parts, 2), Ok(4));
        let all = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
        for first in 0..4 {
            for rows in 0..=4 - first {
                let mut out = vec![0.0; 2 * rows];
                read(&parts, first, 2, &mut out).unwrap();
                assert_eq!(out, all[2 * first..2 * (first + rows)]);
            }
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
        let bytes = [0; 36];
        let odd = bytes.as_ptr().align_offset(2) ^ 1;
        let odd = [Rows::Stored(Dtype::Q8_0, &bytes[odd..odd + 34])];
        let refused = read(&odd, 0, 32, &mut [0.0; 32]).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "weights in Q8_0 cannot be read: the stored blocks are not aligned"
        );
    }
}
