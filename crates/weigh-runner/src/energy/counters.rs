//! One counter of energy: what it counts, how it is read, and what two readings say.

use std::fs;
use std::path::{Path, PathBuf};

use weigh_core::energy::{Charge, Part, Source, Unmeasured};

/// A counter of energy.
#[derive(Debug, Clone)]
pub(super) struct Counter {
    /// What it counts, as the machine names it.
    pub name: String,
    /// Which part of the machine that is.
    pub part: Part,
    /// Whose it is.
    pub source: Source,
    /// Where it is read.
    pub place: Place,
    /// Which way it goes.
    pub way: Way,
    /// Joules of one.
    pub unit: f64,
}

/// Where a counter is read.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// A file with a number.
    File(PathBuf),
    /// A battery's folder: what is left in it says nothing while the machine is not running on it.
    Battery(PathBuf),
    /// A graphics processor.
    #[cfg(feature = "cuda")]
    Graphics(super::nvml::Graphics),
}

/// Which way a counter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// It rises, and begins again at 0 behind this value.
    Up(u64),
    /// It falls.
    Down,
}

impl Counter {
    /// What it shows.
    pub fn read(&self) -> Result<u64, Unmeasured> {
        let shown = match &self.place {
            Place::File(file) => number(file)?,
            Place::Battery(folder) => left(folder)?,
            #[cfg(feature = "cuda")]
            Place::Graphics(graphics) => graphics.millijoules()?,
        };
        match self.way {
            Way::Up(most) if shown > most => Err(Unmeasured::Beyond {
                counter: self.name.clone(),
                shown,
                most,
            }),
            Way::Up(_) | Way::Down => Ok(shown),
        }
    }

    /// Joules between two readings.
    pub fn between(&self, before: u64, after: u64) -> Result<f64, Unmeasured> {
        let units = match self.way {
            Way::Up(last) if after < before => last.saturating_sub(before).saturating_add(after),
            Way::Up(_) => after - before,
            Way::Down => before.checked_sub(after).ok_or_else(|| {
                let battery = self.name.clone();
                Unmeasured::Charged { battery }
            })?,
        };
        #[expect(
            clippy::cast_precision_loss,
            reason = "the energy between two readings has fewer than 53 bits"
        )]
        Ok(units as f64 * self.unit)
    }
}

/// What is left in a battery, in microwatt hours.
fn left(folder: &Path) -> Result<u64, Unmeasured> {
    match text(&folder.join("status"))?.as_str() {
        "Discharging" => number(&folder.join("energy_now")),
        status => Err(Unmeasured::NotOnBattery {
            battery: name(folder),
            status: Charge::of(status.to_lowercase()),
        }),
    }
}

/// The name of a folder or a file.
pub(super) fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The text of a file, without white space around it.
pub(super) fn text(file: &Path) -> Result<String, Unmeasured> {
    let text = fs::read_to_string(file)
        .map_err(|error| Unmeasured::unreadable(file.display().to_string(), error.to_string()))?;
    Ok(text.trim().to_owned())
}

/// The number in a file.
pub(super) fn number(file: &Path) -> Result<u64, Unmeasured> {
    let text = text(file)?;
    text.parse().map_err(|_| Unmeasured::NoNumber {
        file: file.display().to_string(),
    })
}
