//! The fold of a journal: exactly one record for each planned trial.

use std::collections::BTreeMap;

use crate::event::{Sealed, Timestamp};
use crate::request::Response;
use crate::subject::Subject;

/// What a run's journal says, in the order of the plan and without time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// What was tested.
    pub subject: Subject,
    /// Every different set of conditions, in the order in which they came.
    pub conditions: Vec<BTreeMap<String, String>>,
    /// For each trial of the plan its responses, or nothing where the record has none.
    pub responses: Vec<Option<Vec<Response>>>,
    /// When each stretch of work began.
    pub opened: Vec<Timestamp>,
    /// The end, where the run is complete.
    pub sealed: Option<Sealed>,
}
