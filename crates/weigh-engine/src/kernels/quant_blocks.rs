//! Stored blocks as codes of 8 bits with a scale and a minimum: `weight = scale * code + minimum`.
//!
//! The layouts are those of ggml's `ggml-common.h`. Every type fits: a signed code becomes an
//! unsigned one by an offset that goes into the minimum, which is exact in single precision.

use half::f16;

use crate::dtype::Dtype;

/// Weights that share a scale in the finest of the types; coarser ones repeat it.
pub(super) const GROUP: usize = 16;

/// A weight is `scale * code + minimum`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Affine {
    pub(super) scale: f32,
    pub(super) minimum: f32,
}

/// Neighbours that share a scale in a type; `None` for a type without codes.
pub(super) fn group_len(dtype: Dtype) -> Option<usize> {
    match dtype {
        Dtype::F32 | Dtype::F16 | Dtype::BF16 => None,
        Dtype::Q2K | Dtype::Q3K | Dtype::Q6K => Some(16),
        Dtype::Q4_0 | Dtype::Q4_1 | Dtype::Q5_0 | Dtype::Q5_1 | Dtype::Q8_0 => Some(32),
        Dtype::Q4K | Dtype::Q5K => Some(32),
    }
}

/// The code that stands for zero, in a type whose weights are all `scale * (code - offset)`.
pub(super) fn offset(dtype: Dtype) -> Option<u8> {
    match dtype {
        Dtype::Q3K => Some(4),
        Dtype::Q4_0 => Some(8),
        Dtype::Q5_0 => Some(16),
        Dtype::Q6K => Some(32),
        Dtype::Q8_0 => Some(128),
        Dtype::F32 | Dtype::F16 | Dtype::BF16 => None,
        Dtype::Q4_1 | Dtype::Q5_1 | Dtype::Q2K | Dtype::Q4K | Dtype::Q5K => None,
    }
}

/// Decodes a row: one code for each weight, one `Affine` for each 16. The lengths are those of
/// `dtype`: `None` when they are not.
pub(super) fn decode_row(
    dtype: Dtype,
    bytes: &[u8],
    codes: &mut [u8],
    groups: &mut [Affine],
) -> Option<()> {
    let len = dtype.block_len();
    codes.fill(0);
    let parts = codes
        .chunks_exact_mut(len)
        .zip(groups.chunks_mut(len / GROUP));
    let mut blocks = bytes.chunks_exact(dtype.block_bytes()).zip(parts);
    blocks.try_for_each(|(block, (codes, groups))| decode(dtype, block, codes, groups))
}

fn decode(dtype: Dtype, block: &[u8], codes: &mut [u8], groups: &mut [Affine]) -> Option<()> {
    match dtype {
        Dtype::F32 | Dtype::F16 | Dtype::BF16 => None,
        Dtype::Q4_0 => small(
            block,
            codes,
            groups,
            Small {
                offset: Some(8.0),
                fifth: false,
            },
        ),
        Dtype::Q4_1 => small(
            block,
            codes,
            groups,
            Small {
                offset: None,
                fifth: false,
            },
        ),
        Dtype::Q5_0 => small(
            block,
            codes,
            groups,
            Small {
                offset: Some(16.0),
                fifth: true,
            },
        ),
        Dtype::Q5_1 => small(
            block,
            codes,
            groups,
            Small {
                offset: None,
                fifth: true,
            },
        ),
        Dtype::Q8_0 => q8_0(block, codes, groups),
        Dtype::Q2K => q2_k(block, codes, groups),
        Dtype::Q3K => q3_k(block, codes, groups),
        Dtype::Q4K => q4_k(block, codes, groups),
        Dtype::Q5K => q5_k(block, codes, groups),
        Dtype::Q6K => q6_k(block, codes, groups),
    }
}

/// Takes a half-precision number off the front.
fn half(bytes: &[u8]) -> Option<(f32, &[u8])> {
    let (half, rest) = bytes.split_first_chunk::<2>()?;
    Some((f16::from_le_bytes(*half).to_f32(), rest))
}

/// Adds to the codes, in stretches as long as `source`, `width` bits of each byte: the lowest to
/// the first stretch, the next to the second. They come to lie at bit `place`.
fn add_bits(source: &[u8], width: usize, place: usize, codes: &mut [u8]) {
    let mask = (1 << width) - 1;
    for (stretch, codes) in codes.chunks_mut(source.len()).enumerate() {
        for (code, byte) in codes.iter_mut().zip(source) {
            *code |= (byte >> (stretch * width) & mask) << place;
        }
    }
}

/// A type of 32 weights in 4 or 5 bits.
struct Small {
    /// What is subtracted from a code, or none where the block has its own minimum.
    offset: Option<f32>,
    /// Whether a fifth bit follows in a word of its own.
    fifth: bool,
}

/// Scale, perhaps a minimum, perhaps 32 fifth bits, then 16 bytes: the low halves are the first 16.
fn small(block: &[u8], codes: &mut [u8], groups: &mut [Affine], how: Small) -> Option<()> {
    let (scale, rest) = half(block)?;
    let (minimum, rest) = match how.offset {
        Some(offset) => (-offset * scale, rest),
        None => half(rest)?,
    };
    groups.fill(Affine { scale, minimum });
    if !how.fifth {
        add_bits(rest, 4, 0, codes);
        return Some(());
    }
    let (fifths, rest) = rest.split_first_chunk::<4>()?;
    let fifths = u32::from_le_bytes(*fifths);
    add_bits(rest, 4, 0, codes);
    for (i, code) in codes.iter_mut().enumerate() {
        *code |= u8::from(fifths >> i & 1 == 1) << 4;
    }
    Some(())
}

/// Scale, then 32 signed bytes.
fn q8_0(block: &[u8], codes: &mut [u8], groups: &mut [Affine]) -> Option<()> {
    let (scale, rest) = half(block)?;
    groups.fill(Affine {
        scale,
        minimum: -128.0 * scale,
    });
    for (code, &signed) in codes.iter_mut().zip(rest) {
        *code = signed ^ 0x80;
    }
    Some(())
}

/// 16 pairs of 4-bit scale and minimum, 64 bytes of 2-bit codes, their two scales.
fn q2_k(block: &[u8], codes: &mut [u8], groups: &mut [Affine]) -> Option<()> {
    let (pairs, rest) = block.split_first_chunk::<16>()?;
    let (quarters, rest) = rest.split_first_chunk::<64>()?;
    let (scale, rest) = half(rest)?;
    let (minimum, _) = half(rest)?;
    for (group, &pair) in groups.iter_mut().zip(pairs) {
        group.scale = scale * f32::from(pair & 15);
        group.minimum = -(minimum * f32::from(pair >> 4));
    }
    for (codes, quarters) in codes.chunks_mut(128).zip(quarters.chunks(32)) {
        add_bits(quarters, 2, 0, codes);
    }
    Some(())
}

/// 32 bytes of third bits, 64 bytes of 2-bit codes, 16 scales of 6 bits in 12 bytes, their scale.
fn q3_k(block: &[u8], codes: &mut [u8], groups: &mut [Affine]) -> Option<()> {
    let (thirds, rest) = block.split_first_chunk::<32>()?;
    let (quarters, rest) = rest.split_first_chunk::<64>()?;
    let (low, rest) = rest.split_first_chunk::<8>()?;
    let (high, rest) = rest.split_first_chunk::<4>()?;
    let (scale, _) = half(rest)?;
    let mut sixes = [0; 16];
    add_bits(low, 4, 0, &mut sixes);
    add_bits(high, 2, 4, &mut sixes);
    for (group, six) in groups.iter_mut().zip(sixes) {
        group.scale = scale * (f32::from(six) - 32.0);
        group.minimum = -4.0 * group.scale;
    }
    for (codes, quarters) in codes.chunks_mut(128).zip(quarters.chunks(32)) {
        add_bits(quarters, 2, 0, codes);
    }
    add_bits(thirds, 1, 2, codes);
    Some(())
}

/// Two scales, 8 pairs of 6-bit scale and minimum in 12 bytes; returns what follows.
fn k_scales<'a>(block: &'a [u8], groups: &mut [Affine]) -> Option<&'a [u8]> {
    let (scale, rest) = half(block)?;
    let (minimum, rest) = half(rest)?;
    let (pairs, rest) = rest.split_first_chunk::<12>()?;
    let (scales, minima) = (pairs.get(..4)?, pairs.get(4..8)?);
    let mut sixes = [[0u8; 2]; 8];
    let (first, last) = sixes.split_at_mut(4);
    for ((six, s), m) in first.iter_mut().zip(scales).zip(minima) {
        *six = [s & 63, m & 63];
    }
    for (((six, both), s), m) in last.iter_mut().zip(pairs.get(8..)?).zip(scales).zip(minima) {
        *six = [both & 15 | s >> 6 << 4, both >> 4 | m >> 6 << 4];
    }
    for (groups, [s, m]) in groups.chunks_mut(2).zip(sixes) {
        let minimum = -(minimum * f32::from(m));
        groups.fill(Affine {
            scale: scale * f32::from(s),
            minimum,
        });
    }
    Some(rest)
}

/// `k_scales`, then 128 bytes of 4-bit codes.
fn q4_k(block: &[u8], codes: &mut [u8], groups: &mut [Affine]) -> Option<()> {
    let halves = k_scales(block, groups)?;
    for (codes, halves) in codes.chunks_mut(64).zip(halves.chunks(32)) {
        add_bits(halves, 4, 0, codes);
    }
    Some(())
}

/// `k_scales`, 32 bytes of fifth bits, then 128 bytes of 4-bit codes.
fn q5_k(block: &[u8], codes: &mut [u8], groups: &mut [Affine]) -> Option<()> {
    let (fifths, halves) = k_scales(block, groups)?.split_first_chunk::<32>()?;
    for (codes, halves) in codes.chunks_mut(64).zip(halves.chunks(32)) {
        add_bits(halves, 4, 0, codes);
    }
    add_bits(fifths, 1, 4, codes);
    Some(())
}

/// 128 bytes of low 4 bits, 64 bytes of high 2 bits, 16 signed scales, their scale.
fn q6_k(block: &[u8], codes: &mut [u8], groups: &mut [Affine]) -> Option<()> {
    let (low, rest) = block.split_first_chunk::<128>()?;
    let (high, rest) = rest.split_first_chunk::<64>()?;
    let (scales, rest) = rest.split_first_chunk::<16>()?;
    let (scale, _) = half(rest)?;
    for (group, signed) in groups.iter_mut().zip(scales) {
        group.scale = scale * f32::from(signed.cast_signed());
        group.minimum = -32.0 * group.scale;
    }
    for ((codes, low), high) in codes
        .chunks_mut(128)
        .zip(low.chunks(64))
        .zip(high.chunks(32))
    {
        add_bits(low, 4, 0, codes);
        add_bits(high, 2, 4, codes);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::quant_testing::{STORED, Stored};

    #[test]
    fn a_code_stands_for_the_weight_that_candle_reads() {
        for dtype in STORED {
            let k = 4 * dtype.block_len();
            let stored = Stored::new(dtype, 7, k);
            let expect = stored.weights();
            let (mut codes, mut groups) = (vec![9; k], vec![Affine::default(); k / GROUP]);
            decode_row(dtype, &stored.bytes, &mut codes, &mut groups).unwrap();
            for (i, (&code, expect)) in codes.iter().zip(expect).enumerate() {
                let group = groups[i / GROUP];
                let weight = group.scale * f32::from(code) + group.minimum;
                assert_eq!(weight, expect, "{dtype} {i}");
                if let Some(offset) = offset(dtype) {
                    let signed = f32::from(code) - f32::from(offset);
                    assert_eq!(group.scale * signed, expect, "{dtype} {i}");
                }
            }
        }
    }

    #[test]
    fn a_short_block_is_refused() {
        for dtype in STORED {
            let len = dtype.block_len();
            let (mut codes, mut groups) = (vec![0; len], vec![Affine::default(); len / GROUP]);
            assert_eq!(
                decode(dtype, &[0], &mut codes, &mut groups),
                None,
                "{dtype}"
            );
        }
        assert_eq!(decode(Dtype::F16, &[0; 2], &mut [0], &mut []), None);
    }
}
