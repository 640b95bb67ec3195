//! Transforms over many languages: what they write, what always holds, and what they refuse.

mod parts;
mod properties;
mod refusals;
mod samples;
mod table;
