//! The journal of a run that several machines shared: what its shards hold, in one.

use std::collections::BTreeMap;

use weigh_core::energy::{Energy, Unmeasured};
use weigh_core::event::Event;
use weigh_core::merge::Merged;
use weigh_core::plan::Plan;
use weigh_core::transcript;

use crate::carry::begin_with;
use crate::directory::RunDir;
use crate::fault::RunFault;
use crate::run::{Control, sealed};

/// Begins the journal in `dir` with the plan, every stretch of work and every answer, and seals it
/// unless replies are to be judged: then [`crate::judge()`] goes on. The journal is there whole or
/// not at all.
///
/// # Errors
/// When it cannot be written, or is not the record of `plan`.
pub fn merge(
    dir: &RunDir,
    plan: &Plan,
    merged: Merged,
    control: Control,
) -> Result<RunDir, RunFault> {
    begin_with(dir, plan, |put| {
        for opened in merged.opened {
            put(&Event::Opened(Box::new(opened)))?;
        }
        let mut leaves = Vec::new();
        for record in merged.trials {
            leaves.push(Some(transcript::leaf(&record.trial, &record.responses)));
            put(&Event::Trial(record))?;
        }
        if plan.judging.is_empty() {
            put(&sealed((&leaves, &BTreeMap::new()), shared(), control)?)?;
        }
        Ok(())
    })
}

/// What several machines took together: their counters may have counted one another's work where they
/// are one machine, so that a sum would say too much.
fn shared() -> Energy {
    Energy::NotMeasured(Unmeasured::Shared.english())
}
