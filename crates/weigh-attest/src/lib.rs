//! The signed record: statements, envelopes, keys, and the verifier that derives a report again.
//!
//! Nothing here runs a model: a regulator can build and read the verifier without a line of
//! inference code. Whoever only verifies leaves the feature `sign` out, and with it private keys.

pub mod amend;
pub mod ask;
pub mod bundle;
#[cfg(feature = "sign")]
pub mod countersign;
pub mod difference;
pub mod dsse;
pub mod file;
#[cfg(feature = "sign")]
pub mod issue;
pub mod keys;
pub mod record;
pub mod statement;
pub mod svr;
pub mod tell;
pub mod test_result;
pub mod trust;
pub mod verify;

#[cfg(test)]
mod sample;
