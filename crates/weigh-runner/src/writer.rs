//! The journal's only writer: a thread that puts lines together and syncs them.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use weigh_core::digest::Digest;
use weigh_core::event::{Event, Judgement, TrialRecord};
use weigh_core::journal::Chain;
use weigh_core::transcript;

use crate::fault::RunFault;

/// The journal, open at its end.
pub(crate) struct Writer<'a> {
    pub file: File,
    pub path: PathBuf,
    pub chain: Chain,
    /// For each trial of the plan, or each reply to be judged, the leaf of its record, where it is
    /// written.
    pub leaves: Vec<Option<Digest>>,
    /// Trials whose lines are synced.
    pub synced: &'a AtomicU64,
    /// Trials whose lines are written.
    pub written: u64,
    /// As what records are written.
    pub kind: Kind,
}

/// As what a record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The model's answers to a trial.
    Trial,
    /// A judge's answers to what is asked of a reply.
    Judgement,
}

/// A trial's place in the plan and its record.
pub(crate) type Answered = (usize, TrialRecord);

impl Writer<'_> {
    /// Writes every trial that comes, until all senders are gone. A line is synced at most `commit`
    /// after it was written, together with the others that came by then.
    pub(crate) fn work(
        mut self,
        trials: &Receiver<Answered>,
        commit: Duration,
    ) -> Result<Self, RunFault> {
        while let Ok(first) = trials.recv() {
            self.trial(first)?;
            let due = Instant::now() + commit;
            let last = loop {
                let left = due.saturating_duration_since(Instant::now());
                match trials.recv_timeout(left) {
                    Ok(next) => self.trial(next)?,
                    Err(RecvTimeoutError::Timeout) => break false,
                    Err(RecvTimeoutError::Disconnected) => break true,
                }
            };
            self.sync()?;
            if last {
                break;
            }
        }
        Ok(self)
    }

    pub(crate) fn trial(&mut self, (place, record): Answered) -> Result<(), RunFault> {
        let leaf = match self.kind {
            Kind::Trial => {
                let leaf = transcript::leaf(&record.trial, &record.responses);
                self.write(&Event::Trial(record))?;
                leaf
            }
            Kind::Judgement => {
                let TrialRecord { trial, responses } = record;
                let judgement = Judgement {
                    judged: trial,
                    responses,
                };
                let leaf = transcript::judgement_leaf(&judgement);
                self.write(&Event::Judgement(judgement))?;
                leaf
            }
        };
        if let Some(slot) = self.leaves.get_mut(place) {
            *slot = Some(leaf);
        }
        self.written += 1;
        Ok(())
    }

    /// Writes one line.
    pub(crate) fn write(&mut self, event: &Event) -> Result<(), RunFault> {
        let line = self.chain.encode(event).ok_or(RunFault::Encode)?;
        self.file
            .write_all(&line)
            .map_err(|source| RunFault::Write {
                path: self.path.clone(),
                source,
            })
    }

    /// Makes every line durable, and only then counts its trials.
    pub(crate) fn sync(&mut self) -> Result<(), RunFault> {
        self.file.sync_data().map_err(|source| RunFault::Sync {
            path: self.path.clone(),
            source,
        })?;
        self.synced.store(self.written, Ordering::Release);
        Ok(())
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::fd::OwnedFd;
    use std::sync::mpsc::sync_channel;

    use weigh_core::request::{Failure, Response};

    use super::*;

    /// Lets a writer work on `file` until it has seen one trial.
    fn work(file: File, commit: Duration) -> (Option<RunFault>, u64) {
        let synced = AtomicU64::new(0);
        let writer = Writer {
            file,
            path: "journal.jsonl".into(),
            chain: Chain::new(),
            leaves: vec![None],
            synced: &synced,
            written: 0,
            kind: Kind::Trial,
        };
        let (sender, receiver) = sync_channel(1);
        let record = TrialRecord {
            trial: "text:en:0".into(),
            responses: vec![Response::Failed(Failure::Empty)],
        };
        sender.send((0, record)).unwrap();
        drop(sender);
        let fault = writer.work(&receiver, commit).err();
        (fault, synced.into_inner())
    }

    /// A pipe takes bytes and cannot be synced: the trial is written and must not count.
    #[test]
    fn a_trial_that_was_not_synced_is_not_counted() {
        let (_reader, writer) = std::io::pipe().unwrap();
        let (fault, synced) = work(File::from(OwnedFd::from(writer)), Duration::ZERO);
        assert!(matches!(fault, Some(RunFault::Sync { .. })), "{fault:?}");
        assert_eq!(synced, 0);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_device_is_a_fault() {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let (fault, synced) = work(full, Duration::ZERO);
        assert!(matches!(fault, Some(RunFault::Write { .. })), "{fault:?}");
        assert_eq!(synced, 0);
    }

    #[test]
    fn a_trial_that_was_synced_counts() {
        let folder = tempfile::tempdir().unwrap();
        let file = File::create(folder.path().join("journal.jsonl")).unwrap();
        assert_eq!(work(file, Duration::from_secs(60)).1, 1);
    }
}
