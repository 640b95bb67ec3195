//! Weights, tokenizer, chat template, decoder and kernels: how a model is loaded and asked.

mod answers;
mod batch;
mod config;
mod decoder;
mod dequantise;
mod dtype;
mod embedding;
mod encode;
mod engine;
mod error;
mod estimate;
mod forecast;
mod gguf;
#[doc(hidden)]
pub mod kernels;
mod memory;
mod open;
mod options;
mod pages;
mod pass;
mod place;
mod safetensors;
mod sample;
mod schedule;
mod source;
pub mod speed;
mod spelled;
mod template;
mod tensor_name;
#[cfg(test)]
mod test_model;
pub mod tiny;
mod tokenizer;
mod trie;
pub mod twin;
mod weights;
mod windows;
mod writer;

pub use decoder::PlaceFault;
pub use dtype::Dtype;
pub use embedding::{Embedder, identity_of, is_encoder};
pub use engine::Engine;
pub use error::{OpenError, OpenFault};
pub use estimate::{Footprint, MemoryFault};
pub use forecast::{Forecast, OnCpu, Time};
pub use memory::{Megabytes, forget_peak, peak_memory};
pub use options::{Compute, DeviceChoice, NotAClass, NotADevice, OpenOptions};
pub use spelled::Spelled;
