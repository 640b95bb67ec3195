//! What other tools write and read: their task files and data sets become native suites, and a
//! record becomes the files that they expect. Pure: bytes in, bytes out.

pub mod export;
pub mod import;
pub mod lm_eval;
pub mod rows;
pub mod table;
mod toml;
