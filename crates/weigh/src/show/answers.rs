//! Where the answers of a case come from: a record, or a model that is asked now.

use std::collections::BTreeMap;
use std::path::Path;

use weigh_attest::record::JOURNAL;
use weigh_core::journal::{self, Journal};
use weigh_core::model::Model as _;
use weigh_core::plan::{Plan, Trial};
use weigh_core::request::Request;
use weigh_core::suite::{Case, Suite};
use weigh_core::transcript::{Transcript, fold};
use weigh_engine::Engine;

use crate::ask;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;

/// The most bytes of a journal.
const MOST_BYTES: u64 = 4 << 30;

/// The answers in the record at `folder`, which may end before its seal.
pub fn recorded(folder: &Path, plan: &Plan) -> Result<Transcript, Failure> {
    fold(plan, &journal_of(folder)?).map_err(|why| unreadable(folder, &why))
}

/// The journal of the record at `folder`, which may end before its seal.
pub fn journal_of(folder: &Path) -> Result<Journal, Failure> {
    let bytes = folder::read_file(&folder.join(JOURNAL), MOST_BYTES);
    let bytes = bytes.map_err(|why| unreadable(folder, &why))?;
    journal::parse(&bytes).map_err(|why| unreadable(folder, &why))
}

fn unreadable(folder: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Invalid,
        format!("cannot read the record {}: {why}", folder.display()),
        "`weigh verify` tells everything that is wrong with it",
    )
}

/// The answers of the model to the trial at `place` and to all that its measures compare it with:
/// its family, and its twins in other languages.
pub(super) fn asked(
    engine: &mut Engine,
    plan: &Plan,
    place: usize,
    suites: &[Suite],
) -> Result<Transcript, Failure> {
    let case = |trial: &Trial| suites.get(trial.suite)?.cases.get(trial.case);
    let wanted = plan.trials.get(place);
    let related = |trial: &Trial| {
        let (Some(wanted), Some(own), Some(other)) = (wanted, wanted.and_then(case), case(trial))
        else {
            return false;
        };
        trial.suite == wanted.suite && are_related(own, other)
    };
    let mut responses = vec![None; plan.trials.len()];
    let trials = plan.trials.iter().zip(&mut responses);
    for (trial, slot) in trials.filter(|(trial, _)| related(trial)) {
        let requests: Vec<&Request> = trial.requests.iter().collect();
        *slot = Some(ask::answers(engine, &requests)?);
    }
    Ok(Transcript {
        subject: engine.subject().clone(),
        conditions: vec![engine.conditions()],
        responses,
        judges: Vec::new(),
        judgements: BTreeMap::new(),
        opened: Vec::new(),
        sealed: None,
    })
}

fn are_related(one: &Case, other: &Case) -> bool {
    let family = one.family == other.family && one.language == other.language;
    family || one.id == other.id
}
