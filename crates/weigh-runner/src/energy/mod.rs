//! The machine's energy counters as a value that is passed in, so that a test can fix it.

mod counters;
mod find;
#[cfg(feature = "cuda")]
mod nvml;
mod tally;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use weigh_core::energy::{Energy, Measured, Unmeasured, in_english};

use self::find::Found;
use self::tally::Tally;

/// How often counters are read: under load they begin again after some minutes.
const EVERY: Duration = Duration::from_secs(5);

/// Measures energy.
pub trait Meter {
    /// Begins to measure what a model under these conditions takes.
    fn begin(&self, conditions: &BTreeMap<String, String>) -> Box<dyn Measuring>;
}

/// A measurement that has begun.
pub trait Measuring {
    /// Ends it.
    fn end(self: Box<Self>) -> Energy;
}

/// The energy of a run whose model has worked before, so that nobody saw all of it.
#[must_use]
pub fn resumed() -> Energy {
    Energy::NotMeasured(Unmeasured::Earlier.english())
}

/// The machine's counters: of its processors and their memory or else of its batteries, and of the
/// graphics processors where the model is computed there.
#[derive(Debug, Clone)]
pub struct SystemMeter {
    /// Where the kernel shows its devices.
    root: PathBuf,
}

impl Default for SystemMeter {
    fn default() -> Self {
        Self::at(Path::new("/sys/class"))
    }
}

impl SystemMeter {
    /// The counters below another folder than `/sys/class`.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// What would be read for a model on the CPU.
    ///
    /// # Errors
    /// Why nothing would be.
    pub fn covers(&self) -> Result<Vec<String>, String> {
        let found = find::find(&self.root, "cpu").map_err(|reasons| in_english(&reasons))?;
        let names = found.counters.iter().map(|counter| counter.name.clone());
        Ok(names.collect())
    }
}

impl Meter for SystemMeter {
    fn begin(&self, conditions: &BTreeMap<String, String>) -> Box<dyn Measuring> {
        let device = conditions.get("device").map_or("", String::as_str);
        let found = find::find(&self.root, device);
        match found.and_then(|found| Session::begin(found).map_err(|reason| vec![reason])) {
            Ok(session) => Box::new(session),
            Err(reasons) => Box::new(Nothing(in_english(&reasons))),
        }
    }
}

/// No counter, and why.
#[derive(Debug, Clone)]
pub struct Nothing(pub String);

impl Measuring for Nothing {
    fn end(self: Box<Self>) -> Energy {
        Energy::NotMeasured(self.0)
    }
}

impl Meter for Nothing {
    fn begin(&self, _: &BTreeMap<String, String>) -> Box<dyn Measuring> {
        Box::new(self.clone())
    }
}

/// Reads counters until it is ended or dropped.
struct Session {
    missing: Vec<Unmeasured>,
    stop: Sender<()>,
    reader: JoinHandle<Result<Tally, Unmeasured>>,
}

impl Session {
    fn begin(Found { counters, missing }: Found) -> Result<Self, Unmeasured> {
        let mut tally = Tally::begin(counters, Instant::now())?;
        let (stop, stopped) = channel();
        let read = move || loop {
            let ended = stopped.recv_timeout(EVERY) != Err(RecvTimeoutError::Timeout);
            tally.step(Instant::now())?;
            if ended {
                return Ok(tally);
            }
        };
        let reader = thread::Builder::new().spawn(read);
        let reader = reader.map_err(|error| Unmeasured::NoThread {
            error: error.to_string(),
        })?;
        Ok(Self {
            missing,
            stop,
            reader,
        })
    }
}

impl Measuring for Session {
    fn end(self: Box<Self>) -> Energy {
        let Self {
            missing,
            stop,
            reader,
        } = *self;
        // A reader that is gone has a reason of its own.
        let _ = stop.send(());
        let tally = reader.join().unwrap_or(Err(Unmeasured::Unread));
        let measured = tally.and_then(|tally| {
            let (counters, seconds) = tally.counted()?;
            Ok(Measured {
                computed: BTreeMap::new(),
                counters,
                missing: missing.iter().map(Unmeasured::english).collect(),
                seconds,
            })
        });
        measured.map_or_else(
            |reason| Energy::NotMeasured(reason.english()),
            Energy::Measured,
        )
    }
}
