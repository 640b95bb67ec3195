//! What can end a run, by whose fault it is.

use std::io;
use std::path::PathBuf;

use weigh_core::journal::JournalFault;
use weigh_core::model::ModelFault;
use weigh_core::transcript::FoldFault;

/// Why a run could not begin, go on or end. Whatever was answered and synced before stays.
#[derive(Debug, thiserror::Error)]
pub enum RunFault {
    /// The folder cannot be made or its lock file cannot be opened.
    #[error("cannot use the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another process works in the folder.
    #[error("cannot use the folder {}: another run is at work there", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// A new run where an old one is.
    #[error("cannot begin a run in {}: it holds the journal of another one", path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// Nothing to resume.
    #[error("cannot resume a run in {}: it holds no journal", path.display())]
    NoJournal {
        /// The folder.
        path: PathBuf,
    },
    /// A plan without a trial, or with one that asks nothing.
    #[error("cannot run a plan without a trial or with a trial that asks nothing")]
    NothingPlanned,
    /// The journal cannot be read from the disk.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The journal.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The journal's bytes are not a journal.
    #[error("cannot read the journal {}: {fault}", path.display())]
    Journal {
        /// The journal.
        path: PathBuf,
        /// Why.
        fault: JournalFault,
    },
    /// The journal is not the record of this plan.
    #[error("cannot use the journal {}: {fault}", path.display())]
    Record {
        /// The journal.
        path: PathBuf,
        /// Why.
        fault: FoldFault,
    },
    /// Another model than the one that the run began with.
    #[error("cannot go on with `{now}`: the run began with `{began}`, whose {differs} is another")]
    Subject {
        /// Name of the model in the journal.
        began: String,
        /// Name of the model that was opened now.
        now: String,
        /// What differs first.
        differs: String,
    },
    /// The journal to be extended is not the one that the plan names.
    #[error("cannot extend the run of {}: its journal is another one than the plan extends", path.display())]
    Extends {
        /// The journal.
        path: PathBuf,
    },
    /// The journal could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What was written could not be made durable.
    #[error("cannot sync {} to the disk: {source}", path.display())]
    Sync {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The operating system gives no random bytes.
    #[error("cannot seal the run: no random bytes are to be had: {0}")]
    Chance(String),
    /// An event with a number that JSON would round, or longer than a line may be.
    #[error(
        "cannot write an entry of the journal: an integer in it is above 2^53, or it has more than {} bytes",
        weigh_core::journal::MOST_LINE
    )]
    Encode,
    /// The model or the machine gave up.
    #[error("cannot go on: the model stopped with {kept} of {planned} trials answered: {fault}")]
    Model {
        /// What it said.
        fault: ModelFault,
        /// Trials that the journal holds.
        kept: u64,
        /// Trials that were planned.
        planned: u64,
    },
    /// The model ended without a fault and without all answers.
    #[error("cannot seal the run: the model left {count} requests unanswered, first of `{trial}`")]
    Unanswered {
        /// How many.
        count: usize,
        /// The first one's trial.
        trial: String,
    },
    /// The model answered a request that was not asked.
    #[error("cannot use the model's answers: it answered request {index} of {asked}")]
    UnknownRequest {
        /// The index that it gave.
        index: usize,
        /// How many were asked.
        asked: usize,
    },
    /// The model answered a request again.
    #[error("cannot use the model's answers: it answered a request of `{trial}` twice")]
    AnsweredTwice {
        /// The trial.
        trial: String,
    },
    /// The model gave a likelihood for a text or a text for a likelihood.
    #[error("cannot use the model's answers: one of `{trial}` is of another kind than its request")]
    WrongKind {
        /// The trial.
        trial: String,
    },
}
