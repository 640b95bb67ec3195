//! Small random models, made from a seed: for tests and demonstrations.
//!
//! One model can be written as a GGUF file and as a Hugging Face folder; both hold the same
//! weights (rows of q and k in the order that each format has), the same tokenizer and the same
//! chat template, and the bytes depend on the seed alone.

mod encoder;
mod folder;
mod gguf;
mod vocabulary;

use std::io;
use std::path::Path;

use candle_core::quantized::QTensor;
use candle_core::{Device, Tensor};

use crate::config::{DecoderConfig, Family, RopeStyle};
use crate::dequantise;
use crate::dtype::Dtype;
use crate::tensor_name::{LayerTensor, TensorName};
pub use encoder::write_encoder;
use vocabulary::Vocabulary;

/// ChatML, as SmolLM2 and Qwen2.5 have it, without a system message of its own.
const CHAT_TEMPLATE: &str = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

/// Architecture of a tiny model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TinyFamily {
    /// No bias; the head is the embedding.
    Llama,
    /// A bias on q, k and v; a head of its own.
    Qwen2,
}

/// A model to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TinyModel {
    /// Its weights follow from this.
    pub seed: u64,
    /// Architecture.
    pub family: TinyFamily,
    /// How projections and embedding are stored in a GGUF file: F32, Q8_0, Q4_1 or another type
    /// with blocks of 32. A folder has them in single precision, rounded in the same way.
    pub dtype: Dtype,
    /// What was added to one layer: a degraded twin of the model without it.
    pub noise: Option<Noise>,
}

/// Noise in the weights of one layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noise {
    /// Which layer, from 0.
    pub layer: usize,
    /// Its largest value, in per cent of the weights' own spread.
    pub percent: u8,
}

impl TinyModel {
    /// A Llama in single precision.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let (family, dtype) = (TinyFamily::Llama, Dtype::F32);
        Self {
            seed,
            family,
            dtype,
            noise: None,
        }
    }

    /// Writes a GGUF file.
    ///
    /// # Errors
    /// The file cannot be written, or the type has other blocks.
    pub fn write_gguf(&self, path: &Path) -> io::Result<()> {
        std::fs::write(path, gguf::bytes(self)?)
    }

    /// Writes a folder with `config.json`, `tokenizer.json`, `tokenizer_config.json`,
    /// `generation_config.json` and `model.safetensors`, and makes it if it is not there.
    ///
    /// # Errors
    /// A file cannot be written, or the type has other blocks.
    pub fn write_folder(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        for (name, bytes) in folder::files(self)? {
            std::fs::write(folder.join(name), bytes)?;
        }
        Ok(())
    }

    /// The configuration, with q and k in the order of `rope_style`.
    fn config(&self, rope_style: RopeStyle) -> DecoderConfig {
        let qwen2 = self.family == TinyFamily::Qwen2;
        DecoderConfig {
            family: if qwen2 { Family::Qwen2 } else { Family::Llama },
            layers: 2,
            width: 64,
            heads: 4,
            kv_heads: 2,
            head_dim: 16,
            ffn_width: 96,
            vocab: Vocabulary::new().tokens.len(),
            context: 512,
            rope_theta: 10_000.0,
            rope_style,
            norm_eps: 1e-5,
            tied_head: !qwen2,
            qkv_bias: qwen2,
        }
    }

    /// A tensor's weights with rows in the order of Hugging Face, before any rounding.
    fn weights(&self, name: TensorName, config: &DecoderConfig) -> Vec<f32> {
        let count = name.shape(config).iter().product();
        let mut random = SplitMix64(self.seed ^ fnv1a(&name.in_gguf()));
        let (middle, spread) = match name {
            TensorName::FinalNorm
            | TensorName::Layer(_, LayerTensor::AttnNorm | LayerTensor::FfnNorm) => (1.0, 0.1),
            TensorName::Embedding | TensorName::Head | TensorName::Layer(..) => (0.0, 0.2),
        };
        let noise = spread * self.noise_in(name);
        let mut noises = SplitMix64(!self.seed ^ fnv1a(&name.in_gguf()));
        (0..count)
            .map(|_| middle + spread * random.symmetric() + noise * noises.symmetric())
            .collect()
    }

    /// The share of noise in a tensor.
    fn noise_in(&self, name: TensorName) -> f32 {
        match (self.noise, name) {
            (Some(noise), TensorName::Layer(layer, _)) if layer == noise.layer => {
                f32::from(noise.percent) / 100.0
            }
            _ => 0.0,
        }
    }

    /// How a tensor is stored in a GGUF file: vectors always in single precision.
    ///
    /// # Errors
    /// Its rows are no whole blocks of the model's type.
    fn dtype(&self, name: TensorName, config: &DecoderConfig) -> io::Result<Dtype> {
        let row = match name.shape(config).as_slice() {
            [_, row] => *row,
            _ => return Ok(Dtype::F32),
        };
        if row.is_multiple_of(self.dtype.block_len()) {
            return Ok(self.dtype);
        }
        let message = format!(
            "{name} has rows of {row} weights, no whole blocks of {}",
            self.dtype
        );
        Err(io::Error::other(message))
    }

    /// The blocks of some weights.
    pub(crate) fn stored(weights: &[f32], dtype: Dtype) -> io::Result<Vec<u8>> {
        if dtype == Dtype::F32 {
            return Ok(weights
                .iter()
                .flat_map(|weight| weight.to_le_bytes())
                .collect());
        }
        let stored = Tensor::new(weights, &Device::Cpu)
            .and_then(|tensor| QTensor::quantize(&tensor, dtype.to_candle()));
        let stored = stored.map_err(io::Error::other)?;
        Ok(stored.data().map_err(io::Error::other)?.into_owned())
    }

    /// The weights after they were stored once.
    fn rounded(weights: &[f32], dtype: Dtype) -> io::Result<Vec<f32>> {
        let stored = Self::stored(weights, dtype)?;
        dequantise::to_f32(dtype, &stored).map_err(io::Error::other)
    }
}

/// The generator of Steele, Lea and Flood 2014 (<https://doi.org/10.1145/2660193.2660195>).
pub(crate) struct SplitMix64(pub(crate) u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from -1 up to 1 with 24 random bits, each of which single precision can hold.
    #[allow(clippy::cast_precision_loss)]
    pub(crate) fn symmetric(&mut self) -> f32 {
        (self.next() >> 40) as f32 / 8_388_608.0 - 1.0
    }
}

/// The FNV-1a hash, so that each tensor has its own stream of numbers.
pub(crate) fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
    })
}

#[cfg(test)]
mod tests;
