//! Turns a plan and a model into journal events: threads, clock, journal, resume.
//!
//! A run's only output is the journal in its folder. [`RunDir`] locks the folder and reads what an
//! earlier stretch of work left there; [`run`] answers what is missing and seals the journal. Where a plan has
//! replies judged, [`judge`] comes after it, with the model closed and a judge in its place.

mod carry;
pub mod chance;
pub mod clock;
mod collect;
pub mod directory;
pub mod durable;
pub mod energy;
mod fault;
mod judge;
mod merge;
mod run;
mod writer;

pub use carry::carry;
pub use chance::{Chance, SystemChance};
pub use clock::{Clock, SystemClock};
pub use directory::{Lock, RunDir};
pub use energy::{Meter, SystemMeter};
pub use fault::RunFault;
pub use judge::{OpenJudge, judge};
pub use merge::merge;
pub use run::{COMMIT, Control, Finished, Progress, run, same_subject};
