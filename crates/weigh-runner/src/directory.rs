//! A run's folder: locked by one process at a time, and what an earlier one left in it.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use weigh_core::digest::Digest;
use weigh_core::event::{Event, JudgeState, Sealed};
use weigh_core::journal::{Chain, JournalFault, Reader, Torn};
use weigh_core::judge::Owed;
use weigh_core::plan::{Plan, Trial};
use weigh_core::request::Response;
use weigh_core::subject::Subject;
use weigh_core::transcript::{self, FoldFault};

use crate::durable;
use crate::fault::RunFault;

/// Name of the journal in a run's folder.
pub const JOURNAL: &str = "journal.jsonl";

/// Name of the file that is locked. It is empty, and it stays: removing it would race.
const LOCK: &str = ".lock";

/// A run's folder, which no other process uses as long as this or its [`Lock`] lives.
#[derive(Debug)]
pub struct RunDir {
    path: PathBuf,
    pub(crate) earlier: Earlier,
    lock: Lock,
}

/// Keeps a run's folder for this process until the last copy is dropped.
#[derive(Debug, Clone)]
pub struct Lock {
    _file: Arc<File>,
}

impl Lock {
    /// Keeps `folder`, whatever is in it.
    ///
    /// # Errors
    /// When another process keeps it, or the lock file is something else than a file.
    pub fn of(folder: &Path) -> Result<Self, RunFault> {
        let file = lock_file(folder)?;
        match file.try_lock() {
            Ok(()) => Ok(Self {
                _file: Arc::new(file),
            }),
            Err(TryLockError::WouldBlock) => Err(RunFault::Locked {
                path: folder.to_owned(),
            }),
            Err(TryLockError::Error(source)) => Err(folder_fault(folder, source)),
        }
    }

    /// The same for a change of a moment: waits while another process keeps `folder`.
    ///
    /// # Errors
    /// When the lock file is something else than a file, or cannot be locked.
    pub fn when_free(folder: &Path) -> Result<Self, RunFault> {
        let file = lock_file(folder)?;
        file.lock().map_err(|source| folder_fault(folder, source))?;
        Ok(Self {
            _file: Arc::new(file),
        })
    }
}

fn lock_file(folder: &Path) -> Result<File, RunFault> {
    let path = folder.join(LOCK);
    let fault = |source| folder_fault(folder, source);
    // In a folder that came from somebody else it may be a link, or a pipe that waits for ever.
    if fs::symlink_metadata(&path).is_ok_and(|facts| !facts.is_file()) {
        let told = format!("{LOCK} is no regular file; remove it");
        return Err(fault(io::Error::other(told)));
    }
    let mut options = OpenOptions::new();
    let options = options.write(true).create(true).truncate(false);
    let file = match options.open(&path) {
        // Another user's, in a folder that both may write to: whoever can read it can lock it.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => File::open(&path),
        opened => opened,
    };
    file.map_err(fault)
}

/// What a folder held when it was opened.
#[derive(Debug)]
pub(crate) struct Earlier {
    /// Where the next line joins. At its start when there is no journal.
    pub chain: Chain,
    /// For each trial of the plan the leaf of its record, where it is answered.
    pub leaves: Vec<Option<Digest>>,
    /// The responses to the trials whose replies are judged, by place.
    pub replies: BTreeMap<usize, Vec<Response>>,
    /// The leaf of each judgement, by the place of its trial.
    pub judged: BTreeMap<usize, Digest>,
    /// Every judge that was there.
    pub judges: BTreeMap<Digest, Subject>,
    /// What was tested, once a model was opened.
    pub subject: Option<Subject>,
    /// The end, where the run is complete.
    pub sealed: Option<Sealed>,
    /// Length of the complete lines in bytes.
    pub bytes: u64,
    /// An incomplete last line.
    pub torn: Option<Torn>,
}

impl RunDir {
    /// A folder for a new run. It is made when it is not there.
    ///
    /// # Errors
    /// When another run holds it or has left a journal in it.
    pub fn create(path: &Path, plan: &Plan) -> Result<Self, RunFault> {
        let asks = |trial: &Trial| !trial.requests.is_empty();
        let empty = plan.trials.is_empty() && plan.header.shard.is_none();
        if empty || !plan.trials.iter().all(asks) {
            return Err(RunFault::NothingPlanned);
        }
        fs::create_dir_all(path).map_err(|source| folder_fault(path, source))?;
        let lock = Lock::of(path)?;
        if path.join(JOURNAL).exists() {
            return Err(RunFault::Exists {
                path: path.to_owned(),
            });
        }
        Ok(Self {
            path: path.to_owned(),
            earlier: Earlier::nothing(plan),
            lock,
        })
    }

    /// The folder of a run of `plan` that was begun before.
    ///
    /// # Errors
    /// When another run holds it, when it has no journal, or when the journal has a fault other
    /// than an incomplete last line or belongs to another plan.
    pub fn resume(path: &Path, plan: &Plan) -> Result<Self, RunFault> {
        let journal = path.join(JOURNAL);
        if !journal.exists() {
            return Err(RunFault::NoJournal {
                path: path.to_owned(),
            });
        }
        let lock = Lock::of(path)?;
        let earlier = read(&journal, plan)?;
        Ok(Self {
            path: path.to_owned(),
            earlier,
            lock,
        })
    }

    /// The folder again, after a stretch of work in it, without letting another process in.
    ///
    /// # Errors
    /// As for [`RunDir::resume`].
    pub fn again(path: &Path, plan: &Plan, lock: Lock) -> Result<Self, RunFault> {
        let earlier = read(&path.join(JOURNAL), plan)?;
        Ok(Self {
            path: path.to_owned(),
            earlier,
            lock,
        })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The lock on it, to be held beyond the run.
    #[must_use]
    pub fn lock(&self) -> Lock {
        self.lock.clone()
    }

    /// The journal in it.
    #[must_use]
    pub fn journal(&self) -> PathBuf {
        self.path.join(JOURNAL)
    }

    /// Whether the run is complete, so that no model is needed.
    #[must_use]
    pub const fn is_sealed(&self) -> bool {
        self.earlier.sealed.is_some()
    }

    /// Whether every trial is answered, so that only judges are left to ask.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.earlier.leaves.iter().all(Option::is_some)
    }

    /// Trials that the journal held when the folder was opened.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.earlier.leaves.iter().flatten().count() as u64
    }

    /// The incomplete last line that an earlier stretch of work left. [`crate::run()`] cuts it off.
    #[must_use]
    pub const fn torn(&self) -> Option<Torn> {
        self.earlier.torn
    }

    /// Puts the journal there, with `first` in it, and opens it at its end.
    pub(crate) fn begin_journal(&self, first: &[u8]) -> Result<File, RunFault> {
        durable::replace(&self.journal(), |file| file.write_all(first))
    }

    /// Puts the journal's complete lines in a file of their own and opens it at its end.
    ///
    /// They are written anew and not only cut, since after a failed sync the system may show lines
    /// that never reached the disk.
    pub(crate) fn continue_journal(&self) -> Result<File, RunFault> {
        let path = self.journal();
        let earlier = File::open(&path).map_err(|source| read_fault(&path, source))?;
        durable::replace(&path, |mut file| {
            io::copy(&mut earlier.take(self.earlier.bytes), &mut file).map(drop)
        })
    }
}

fn folder_fault(path: &Path, source: io::Error) -> RunFault {
    RunFault::Folder {
        path: path.to_owned(),
        source,
    }
}

pub(crate) fn read_fault(path: &Path, source: io::Error) -> RunFault {
    RunFault::Read {
        path: path.to_owned(),
        source,
    }
}

/// Reads a journal line by line, and of each trial keeps only the leaf.
fn read(path: &Path, plan: &Plan) -> Result<Earlier, RunFault> {
    let file = File::open(path).map_err(|source| read_fault(path, source))?;
    let mut file = BufReader::new(file);
    let mut reader = Reader::new();
    let mut earlier = Earlier::nothing(plan);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = file.read_until(b'\n', &mut line);
        let bytes = read.map_err(|source| read_fault(path, source))? as u64;
        if bytes == 0 {
            break;
        }
        let Some(complete) = line.strip_suffix(b"\n") else {
            let keep = earlier.bytes;
            earlier.torn = Some(Torn { keep, bytes });
            break;
        };
        let fault = |fault| journal_fault(path, fault);
        let event = reader.line(complete).map_err(fault)?;
        earlier
            .take(plan, event)
            .map_err(|fault| RunFault::Record {
                path: path.to_owned(),
                fault,
            })?;
        earlier.bytes += bytes;
    }
    earlier.chain = reader.chain();
    earlier.check_end(plan, path)?;
    Ok(earlier)
}

pub(crate) fn journal_fault(path: &Path, fault: JournalFault) -> RunFault {
    RunFault::Journal {
        path: path.to_owned(),
        fault,
    }
}

impl Earlier {
    fn nothing(plan: &Plan) -> Self {
        Self {
            chain: Chain::new(),
            leaves: vec![None; plan.trials.len()],
            replies: BTreeMap::new(),
            judged: BTreeMap::new(),
            judges: BTreeMap::new(),
            subject: None,
            sealed: None,
            bytes: 0,
            torn: None,
        }
    }

    fn take(&mut self, plan: &Plan, event: Event) -> Result<(), FoldFault> {
        match event {
            Event::Planned(header) => match transcript::difference(&plan.header, &header) {
                Some(difference) => return Err(FoldFault::Plan(difference)),
                None => return Ok(()),
            },
            Event::Opened(opened) => self.subject = Some(opened.subject),
            Event::Trial(record) => {
                let unplanned = || FoldFault::Unplanned(record.trial.clone());
                let place = transcript::place(plan, &record.trial).ok_or_else(unplanned)?;
                let trial = plan.trials.get(place).ok_or_else(unplanned)?;
                transcript::check_record(trial, &record)?;
                let leaf = transcript::leaf(&record.trial, &record.responses);
                *self.leaves.get_mut(place).ok_or_else(unplanned)? = Some(leaf);
                if plan.judging.judges_place(place) {
                    self.replies.insert(place, record.responses);
                }
            }
            Event::Judge(opened) => {
                transcript::check_judge(plan, &opened)?;
                if let JudgeState::Ready { subject, .. } = opened.state {
                    self.judges.insert(opened.judge, subject);
                }
            }
            Event::Judgement(judgement) => {
                let trial = &judgement.judged;
                let place = transcript::place(plan, trial);
                let place = place.ok_or_else(|| FoldFault::Unplanned(trial.clone()))?;
                let owed = self.owed_at(plan, place);
                let owed = owed.ok_or_else(|| FoldFault::NotJudged(trial.clone()))?;
                transcript::check_judgement(&owed, &judgement)?;
                let leaf = transcript::judgement_leaf(&judgement);
                self.judged.insert(place, leaf);
            }
            Event::Sealed(sealed) => self.sealed = Some(sealed),
        }
        Ok(())
    }

    fn owed_at(&self, plan: &Plan, place: usize) -> Option<Owed> {
        let (trial, responses) = (plan.trials.get(place)?, self.replies.get(&place)?);
        plan.judging.owed(place, trial, responses)
    }

    /// What judges owe for the replies that are there, by place.
    pub(crate) fn owed(&self, plan: &Plan) -> BTreeMap<usize, Owed> {
        let places = self.replies.keys();
        let owed = places.filter_map(|place| Some((*place, self.owed_at(plan, *place)?)));
        owed.collect()
    }

    fn check_end(&self, plan: &Plan, path: &Path) -> Result<(), RunFault> {
        let lines = self.chain.lines();
        if lines == 0 {
            return Err(journal_fault(path, JournalFault::Empty));
        }
        let Some(sealed) = &self.sealed else {
            return Ok(());
        };
        if self.torn.is_some() {
            return Err(journal_fault(
                path,
                JournalFault::Sealed { line: lines + 1 },
            ));
        }
        let owed = self.owed(plan).len() as u64;
        let judged = (owed, &self.judged);
        transcript::check_seal(plan, &self.leaves, judged, sealed).map_err(|fault| {
            RunFault::Record {
                path: path.to_owned(),
                fault,
            }
        })
    }
}
