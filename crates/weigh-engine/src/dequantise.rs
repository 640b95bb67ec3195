//! Stored weights to single precision.

use std::borrow::Cow;

use candle_core::CpuStorage;
use half::{bf16, f16};
use rayon::prelude::*;

use crate::dtype::Dtype;

/// Blocks that one task converts; the result does not depend on it.
const BLOCKS: usize = 4_096;

/// The weights in `bytes`, which hold whole blocks; quantised ones begin at an address that is a
/// multiple of four.
///
/// # Errors
/// What is wrong with the bytes.
pub(crate) fn to_f32(dtype: Dtype, bytes: &[u8]) -> Result<Vec<f32>, String> {
    if !bytes.len().is_multiple_of(dtype.block_bytes()) {
        return Err(format!(
            "{} bytes are no whole blocks of {dtype}",
            bytes.len()
        ));
    }
    if !bytes.as_ptr().cast::<f32>().is_aligned() && dtype.block_len() > 1 {
        return Err("the stored blocks are not aligned".to_owned());
    }
    match dtype {
        Dtype::F32 => Ok(each(bytes, f32::from_le_bytes)),
        Dtype::F16 => Ok(each(bytes, |word| f16::from_le_bytes(word).to_f32())),
        Dtype::BF16 => Ok(each(bytes, |word| bf16::from_le_bytes(word).to_f32())),
        Dtype::Q4_0
        | Dtype::Q4_1
        | Dtype::Q5_0
        | Dtype::Q5_1
        | Dtype::Q8_0
        | Dtype::Q2K
        | Dtype::Q3K
        | Dtype::Q4K
        | Dtype::Q5K
        | Dtype::Q6K => blocks(dtype, bytes),
    }
}

fn each<const N: usize>(bytes: &[u8], convert: fn([u8; N]) -> f32) -> Vec<f32> {
    let words = bytes.as_chunks::<N>().0;
    words
        .par_iter()
        .with_min_len(BLOCKS)
        .map(|word| convert(*word))
        .collect()
}

fn blocks(dtype: Dtype, bytes: &[u8]) -> Result<Vec<f32>, String> {
    let count = bytes.len() / dtype.block_bytes();
    let mut weights = vec![0.0; count * dtype.block_len()];
    weights
        .par_chunks_mut(BLOCKS * dtype.block_len())
        .zip(bytes.par_chunks(BLOCKS * dtype.block_bytes()))
        .try_for_each(|(weights, bytes)| {
            let stored = dtype.to_candle().from_data(Cow::Borrowed(bytes));
            let floats = stored
                .dequantize(weights.len())
                .map_err(|error| error.to_string())?;
            let CpuStorage::F32(floats) = floats else {
                return Err("dequantisation gave no single-precision numbers".to_owned());
            };
            weights.copy_from_slice(&floats);
            Ok(())
        })?;
    Ok(weights)
}
