//! What Weighhouse means, as plain data and pure functions: no I/O, no clock, no unseeded chance.
//!
//! The way of the data is the way through the modules: [`suite`] -> [`plan`] -> [`request`] ->
//! (a [`model::Model`] answers) -> [`event`] -> [`journal`] -> [`transcript`] -> [`measure`] ->
//! [`stats`] -> [`verdict`] under a [`profile`] -> [`report`]. Beside it, a [`recipe`] says where a model
//! comes from, a [`card`] how often a scorer errs, an [`opening`] shows one case of a report, and a
//! [`laboratory`] what it is asked to state; [`merge`] puts the shards of a run together.

pub mod card;
pub mod cases;
pub mod comparison;
pub mod decimal;
pub mod diagnostic;
pub mod digest;
pub mod energy;
pub mod event;
mod fields;
pub mod gate;
pub mod items;
pub mod journal;
pub mod json;
pub mod judge;
pub mod laboratory;
pub mod language;
pub mod language_id;
pub mod measure;
pub mod merge;
pub mod merkle;
pub mod model;
pub mod names;
pub mod opening;
pub mod plan;
pub mod profile;
pub mod recheck;
pub mod recipe;
pub mod report;
pub mod request;
pub mod stats;
pub mod subject;
pub mod suite;
pub mod text;
pub mod time;
pub mod transcript;
pub mod transform;
pub mod trust;
pub mod twin;
pub mod verdict;
