//! NVIDIA's graphics processors. The library is loaded when it is asked for, and comes with the driver.
//!
//! <https://docs.nvidia.com/deploy/nvml-api/>: `nvmlDeviceGetTotalEnergyConsumption`, from Volta on.

use std::sync::Arc;

use nvml_wrapper::Nvml;
use nvml_wrapper::error::NvmlError;
use weigh_core::energy::{Part, Source, Unmeasured};

use super::counters::{Counter, Place, Way};

/// Joules of a millijoule.
const MILLIJOULE: f64 = 1e-3;

/// A graphics processor by its number.
#[derive(Debug, Clone)]
pub(super) struct Graphics {
    library: Arc<Nvml>,
    number: u32,
}

impl Graphics {
    /// What it took since the driver was loaded, in millijoules.
    pub fn millijoules(&self) -> Result<u64, Unmeasured> {
        let device = self.library.device_by_index(self.number);
        device
            .and_then(|device| device.total_energy_consumption())
            .map_err(|error| told(&error))
    }
}

/// All of them: numbers of CUDA are not those of the library, so that one of several cannot be told.
pub(super) fn counters() -> Result<Vec<Counter>, Unmeasured> {
    let library = Arc::new(Nvml::init().map_err(|error| told(&error))?);
    let count = library.device_count().map_err(|error| told(&error))?;
    let mut counters = Vec::new();
    for number in 0..count {
        let name = library.device_by_index(number);
        let name = name.and_then(|device| device.name());
        let counter = Counter {
            name: format!("{number}: {}", name.map_err(|error| told(&error))?),
            part: Part::Graphics,
            source: Source::Nvml,
            way: Way::Up(u64::MAX),
            place: Place::Graphics(Graphics {
                library: Arc::clone(&library),
                number,
            }),
            unit: MILLIJOULE,
        };
        counter.read()?;
        counters.push(counter);
    }
    if counters.is_empty() {
        return Err(Unmeasured::NoGraphics);
    }
    Ok(counters)
}

fn told(error: &NvmlError) -> Unmeasured {
    let error = error.to_string();
    Unmeasured::Nvml { error }
}
