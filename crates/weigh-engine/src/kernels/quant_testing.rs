//! Quantised weights for tests, made and read by candle, which knows nothing of the kernels.

use std::borrow::Cow;

use candle_core::quantized::QTensor;
use candle_core::{CpuStorage, Device, Tensor};

use super::pack::Rows;
use super::testing::noise;
use crate::dtype::Dtype;

/// Every type that holds codes.
pub(super) const STORED: [Dtype; 10] = [
    Dtype::Q4_0,
    Dtype::Q4_1,
    Dtype::Q5_0,
    Dtype::Q5_1,
    Dtype::Q8_0,
    Dtype::Q2K,
    Dtype::Q3K,
    Dtype::Q4K,
    Dtype::Q5K,
    Dtype::Q6K,
];

/// Weights as a file stores them.
pub(super) struct Stored {
    pub(super) dtype: Dtype,
    pub(super) bytes: Vec<u8>,
}

impl Stored {
    /// `count` weights around 0.3, so that minima are needed too.
    pub(super) fn new(dtype: Dtype, seed: u64, count: usize) -> Self {
        if count == 0 {
            return Self {
                dtype,
                bytes: Vec::new(),
            };
        }
        let weights: Vec<f32> = noise(seed, count).iter().map(|w| w + 0.3).collect();
        let weights = Tensor::from_vec(weights, count, &Device::Cpu).unwrap();
        let stored = QTensor::quantize(&weights, dtype.to_candle()).unwrap();
        Self {
            dtype,
            bytes: stored.data().unwrap().into_owned(),
        }
    }

    /// As they are packed.
    pub(super) fn rows(&self) -> Rows<'_> {
        Rows::Stored(self.dtype, &self.bytes)
    }

    /// The weights in single precision.
    pub(super) fn weights(&self) -> Vec<f32> {
        if self.bytes.is_empty() {
            return Vec::new();
        }
        let count = self.bytes.len() / self.dtype.block_bytes() * self.dtype.block_len();
        let stored = self.dtype.to_candle().from_data(Cow::Borrowed(&self.bytes));
        let CpuStorage::F32(weights) = stored.dequantize(count).unwrap() else {
            panic!("candle dequantises to single precision");
        };
        weights
    }
}
