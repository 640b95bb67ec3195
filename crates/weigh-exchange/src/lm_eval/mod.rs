//! lm-evaluation-harness 0.4.13: its task files, and its figures to the digit, defects included.
//!
//! Read from EleutherAI/lm-evaluation-harness at 4e7e0d47; each module names the file that it follows.

pub mod aggregate;
pub mod consolidate;
pub mod data;
pub mod exact_match;
pub mod export;
pub mod filter;
pub mod group;
pub mod index;
pub mod jinja;
pub mod load;
pub mod members;
pub mod message;
pub mod metric;
pub mod origin;
pub mod pipeline;
pub mod python;
pub mod random;
pub mod render;
pub mod results;
pub mod shots;
pub mod suite;
pub mod task;
pub mod ter;
pub mod translation;
pub mod yaml;

/// Whose semantics these are, as a suite cites them.
pub const LM_EVAL: &str = "lm-eval-0.4.13";
