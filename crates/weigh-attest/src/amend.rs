//! Amended reports: each is derived from the one that it replaces, down to the record itself.

use weigh_core::digest::Digest;
use weigh_core::report::{Amendment, Report, amend};

use crate::statement::{self, StatementFault};

/// The report that follows from `report`, the record's own, by `amendments` in their order. What
/// each replaces is named by the digest of the statement that would be signed of it.
///
/// # Errors
/// When a report on the way cannot be stated: see [`statement::bytes`].
pub fn follow(report: Report, amendments: &[Amendment]) -> Result<Report, StatementFault> {
    amendments.iter().try_fold(report, |report, amendment| {
        let replaced = Digest::of(&statement::bytes(&report)?);
        amend(report, amendment.clone(), replaced).ok_or(StatementFault::NotCanonical)
    })
}
