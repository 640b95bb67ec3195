//! The signed record: statement, envelope, keys, and the verifier that derives a report again.
//!
//! Nothing here runs a model: a regulator can build and read the verifier without a line of
//! inference code.

pub mod difference;
pub mod dsse;
pub mod keys;
pub mod record;
pub mod statement;
pub mod tell;
pub mod verify;

#[cfg(test)]
mod sample;
