//! Stored weights to single precision.

use std::borrow::Cow;

use candle_core::CpuStorage;
use half::{bf16, f16};
use rayon::prelude::*;

use crate::dtype::Dtype;

/// Blocks that one task converts; the result does not depend on it.
const BLOCKS: usize = 4_096;

/// The weights in `bytes`, which hold whole blocks; quantised ones begin at an even address.
///
/// # Errors
/// What is wrong with the bytes.
pub(crate) fn to_f32(dtype: Dtype, bytes: &[u8]) -> Result<Vec<f32>, String> {
    let mut weights = vec![0.0; bytes.len() / dtype.block_bytes() * dtype.block_len()];
    if !bytes.len().is_multiple_of(dtype.block_bytes()) {
        let bytes = bytes.len();
        return Err(format!("{bytes} bytes are no whole blocks of {dtype}"));
    }
    weights
        .par_chunks_mut(BLOCKS * dtype.block_len())
        .zip(bytes.par_chunks(BLOCKS * dtype.block_bytes()))
        .try_for_each(|(weights, bytes)| into(dtype, bytes, weights))?;
    Ok(weights)
}

/// Writes the weights in `bytes` to `weights`, on the caller's thread.
///
/// # Errors
/// What is wrong with the bytes; they hold as many weights as there is room for.
pub(crate) fn into(dtype: Dtype, bytes: &[u8], weights: &mut [f32]) -> Result<(), String> {
    if dtype.bytes_for(weights.len()) != Some(bytes.len()) {
        let (bytes, weights) = (bytes.len(), weights.len());
        return Err(format!(
            "{bytes} bytes do not hold {weights} weights in {dtype}"
        ));
    }
    match dtype {
        Dtype::F32 => each(bytes, weights, f32::from_le_bytes),
        Dtype::F16 => each(bytes, weights, |word| f16::from_le_bytes(word).to_f32()),
        Dtype::BF16 => each(bytes, weights, |word| bf16::from_le_bytes(word).to_f32()),
        Dtype::Q4_0
        | Dtype::Q4_1
        | Dtype::Q5_0
        | Dtype::Q5_1
        | Dtype::Q8_0
        | Dtype::Q2K
        | Dtype::Q3K
        | Dtype::Q4K
        | Dtype::Q5K
        | Dtype::Q6K => return blocks(dtype, bytes, weights),
    }
    Ok(())
}

fn each<const N: usize>(bytes: &[u8], weights: &mut [f32], convert: fn([u8; N]) -> f32) {
    for (weight, word) in weights.iter_mut().zip(bytes.as_chunks::<N>().0) {
        *weight = convert(*word);
    }
}

fn blocks(dtype: Dtype, bytes: &[u8], weights: &mut [f32]) -> Result<(), String> {
    // candle panics where a block's half-precision scale is not aligned.
    if !bytes.as_ptr().cast::<f16>().is_aligned() {
        return Err("the stored blocks are not aligned".to_owned());
    }
    let stored = dtype.to_candle().from_data(Cow::Borrowed(bytes));
    let floats = stored
        .dequantize(weights.len())
        .map_err(|error| error.to_string())?;
    let CpuStorage::F32(floats) = floats else {
        return Err("dequantisation gave no single-precision numbers".to_owned());
    };
    weights.copy_from_slice(&floats);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of Q4_1: scale 0.5, minimum -2, weights 0 to 15 below and 15 to 0 above.
    #[test]
    fn a_block_of_q4_1_is_read_by_its_definition() {
        let mut block = Vec::new();
        block.extend(f16::from_f32(0.5).to_le_bytes());
        block.extend(f16::from_f32(-2.0).to_le_bytes());
        block.extend((0..16_u8).map(|n| n | ((15 - n) << 4)));
        let low = (0..16).map(|n| 0.5 * f32::from(n as u8) - 2.0);
        let expect: Vec<f32> = low.clone().chain(low.rev()).collect();
        assert_eq!(to_f32(Dtype::Q4_1, &block), Ok(expect));
    }

    #[test]
    fn many_blocks_of_q8_0_are_read_by_its_definition() {
        let scale = |block: usize| f16::from_f32(0.25 + (block % 7) as f32);
        let code = |block: usize, n: usize| ((block * 31 + n * 17) % 256) as u8 as i8;
        let (mut bytes, mut expect) = (Vec::new(), Vec::new());
        for block in 0..BLOCKS * 2 + 3 {
            bytes.extend(scale(block).to_le_bytes());
            bytes.extend((0..32).map(|n| code(block, n) as u8));
            expect.extend((0..32).map(|n| scale(block).to_f32() * f32::from(code(block, n))));
        }
        assert_eq!(to_f32(Dtype::Q8_0, &bytes), Ok(expect));
    }

    #[test]
    fn plain_types_are_exact() {
        let numbers = [0.0, -1.5, 0.125, 65504.0];
        let f16s: Vec<u8> = numbers
            .iter()
            .flat_map(|x| f16::from_f32(*x).to_le_bytes())
            .collect();
        assert_eq!(to_f32(Dtype::F16, &f16s), Ok(numbers.to_vec()));
        let bf16s: Vec<u8> = [1.0, -2.5]
            .iter()
            .flat_map(|x| bf16::from_f32(*x).to_le_bytes())
            .collect();
        assert_eq!(to_f32(Dtype::BF16, &bf16s), Ok(vec![1.0, -2.5]));
        assert_eq!(to_f32(Dtype::F32, &1.1_f32.to_le_bytes()), Ok(vec![1.1]));
    }

    #[test]
    fn bytes_that_are_no_blocks_are_errors() {
        assert!(to_f32(Dtype::Q4_1, &[0; 21]).is_err());
        assert!(to_f32(Dtype::F32, &[0; 3]).is_err());
        let bytes = [0; 64];
        let odd = (0..4).filter(|start| to_f32(Dtype::Q8_0, &bytes[*start..][..34]).is_err());
        assert_eq!(odd.count(), 2);
        assert!(into(Dtype::Q8_0, &bytes[..34], &mut [0.0; 64]).is_err());
    }
}
