//! Weights, tokenizer, chat template, decoder and kernels: how a model is loaded and asked.

#![allow(dead_code)] // until the decoder reads the parts

mod config;
mod dequantise;
mod dtype;
mod error;
mod gguf;
#[doc(hidden)]
pub mod kernels;
mod open;
mod safetensors;
mod source;
mod template;
mod tensor_name;
#[cfg(test)]
mod test_model;
pub mod tiny;
mod tokenizer;
mod weights;

pub use dtype::Dtype;
pub use error::{OpenError, OpenFault};
