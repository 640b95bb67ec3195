//! Weights, tokenizer, chat template, decoder and kernels: how a model is loaded and asked.

#[doc(hidden)]
pub mod kernels;
