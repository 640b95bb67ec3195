//! Carrying over what an earlier run answered into the journal of the run that extends it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use weigh_core::digest::Digest;
use weigh_core::event::Event;
use weigh_core::journal::{Chain, Reader};
use weigh_core::plan::Plan;
use weigh_core::transcript::{self, FoldFault};

use crate::directory::{RunDir, journal_fault, read_fault};
use crate::durable;
use crate::fault::RunFault;

/// Begins the journal in `dir` with the plan and everything that the model did in the run whose
/// journal is at `earlier`: each opening with its time and conditions, each answer byte for byte.
/// What judges said is left out, because they read every reply of the new run.
///
/// # Errors
/// When the earlier journal is not the last one that the plan extends, does not hold together or has
/// a trial that the plan lacks, or when the new one cannot be written. Then there is none.
pub fn carry(dir: &RunDir, plan: &Plan, earlier: &Path) -> Result<RunDir, RunFault> {
    begin_with(dir, plan, |put| copy(plan, earlier, put))
}

/// Takes an event that the journal begins with.
pub(crate) type Put<'a> = dyn FnMut(&Event) -> Result<(), RunFault> + 'a;

/// Begins the journal in `dir` with the plan and what `fill` puts behind it, all of it or none.
pub(crate) fn begin_with(
    dir: &RunDir,
    plan: &Plan,
    fill: impl FnOnce(&mut Put) -> Result<(), RunFault>,
) -> Result<RunDir, RunFault> {
    let (mut fault, mut chain) = (None, Chain::new());
    let written = durable::replace(&dir.journal(), |file| {
        let mut file = io::BufWriter::new(file);
        let mut put = |event: &Event| {
            let line = chain.encode(event).ok_or(RunFault::Encode)?;
            file.write_all(&line).map_err(|source| RunFault::Write {
                path: dir.journal(),
                source,
            })
        };
        let planned = Event::Planned(Box::new(plan.header.clone()));
        let filled = put(&planned).and_then(|()| fill(&mut put));
        filled.map_err(|why| {
            fault = Some(why);
            io::Error::other("nothing is written")
        })?;
        file.flush()
    });
    match fault {
        Some(fault) => return Err(fault),
        None => written?,
    };
    RunDir::again(dir.path(), plan, dir.lock())
}

/// Puts the lines of the journal at `earlier`, which the plan must extend.
fn copy(plan: &Plan, earlier: &Path, put: &mut Put) -> Result<(), RunFault> {
    let read = |source| read_fault(earlier, source);
    let mut reader = Reader::new();
    for line in BufReader::new(File::open(earlier).map_err(read)?).split(b'\n') {
        let event = reader.line(&line.map_err(read)?);
        let event = event.map_err(|fault| journal_fault(earlier, fault))?;
        match &event {
            Event::Opened(_) => put(&event)?,
            Event::Trial(record) => {
                if transcript::place(plan, &record.trial).is_none() {
                    return Err(RunFault::Record {
                        path: earlier.to_owned(),
                        fault: FoldFault::Unplanned(record.trial.clone()),
                    });
                }
                put(&event)?;
            }
            Event::Planned(_) | Event::Judge(_) | Event::Judgement(_) | Event::Sealed(_) => {}
        }
    }
    if last(plan) == Some(reader.chain().head()) {
        return Ok(());
    }
    Err(RunFault::Extends {
        path: earlier.to_owned(),
    })
}

/// The head of the journal that the plan extends.
fn last(plan: &Plan) -> Option<Digest> {
    plan.header.look.as_ref()?.extends.last().copied()
}
