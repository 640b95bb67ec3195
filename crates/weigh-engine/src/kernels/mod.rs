//! The arithmetic of a decoder: every loop over weights or activations, and all of the unsafe code.
//!
//! Rules that hold in every kernel here:
//! - The result for one row depends on that row and on the weights, never on how many rows are in
//!   the call, where a row sits in a tile, or how many threads share the work.
//! - A reduction runs in one fixed order, from index 0 upwards.
//! - A function that is safe to call checks the lengths of its slices before it enters a kernel.

pub mod attention;
mod bf16_pair;
pub mod elementwise;
mod exp;
pub mod isa;
pub mod kv_pages;
mod kv_word;
mod lanes;
#[cfg(target_arch = "x86_64")]
mod lanes_x86;
pub mod matmul;
mod matmul_bf16;
mod matmul_f32;
mod matmul_grid;
mod matmul_int8;
#[cfg(test)]
mod matmul_tests;
pub mod pack;
mod pack_int8;
mod pack_memory;
mod pack_panels;
mod quant_blocks;
mod quant_rows;
#[cfg(test)]
mod quant_testing;
pub mod rope;
pub mod softmax;
#[cfg(test)]
mod testing;

pub use isa::{Isa, IsaError};
pub use matmul::{Activations, Class, Output, Packed, Workspace, matmul};
pub use pack::{PackError, Rows};
