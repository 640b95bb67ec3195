//! Which counters a machine has for what a model uses.
//!
//! RAPL, which AMD's processors have, too: <https://docs.kernel.org/power/powercap/powercap.html>.
//! Batteries: <https://docs.kernel.org/power/power_supply_class.html>.

use std::fs;
use std::path::{Path, PathBuf};

use weigh_core::energy::{Part, Source, Unmeasured};

use super::counters::{Counter, Place, Way, name, number, text};

/// Joules of a microjoule.
const MICROJOULE: f64 = 1e-6;
/// Joules of a microwatt hour.
const MICROWATT_HOUR: f64 = 3.6e-3;
/// The zones of RAPL that are read. The same zones under `intel-rapl-mmio:` would count twice.
const ZONES: &str = "intel-rapl:";

/// Counters, and parts that have none.
#[derive(Debug)]
pub(super) struct Found {
    /// No part of the machine is in two of them.
    pub counters: Vec<Counter>,
    /// Parts without a counter, and why.
    pub missing: Vec<Unmeasured>,
}

/// The counters below `root` for a model on `device`, or why there is none.
pub(super) fn find(root: &Path, device: &str) -> Result<Found, Vec<Unmeasured>> {
    let (mut counters, mut missing) = (Vec::new(), Vec::new());
    match processors(root) {
        Ok(found) => counters = found,
        Err(reason) => missing.push(reason),
    }
    // A battery gives its energy to the whole machine.
    let whole = counters.iter().any(|counter| counter.part == Part::Machine);
    if !whole {
        match graphics(device) {
            Ok(found) => counters.extend(found),
            Err(reason) => missing.push(reason),
        }
    }
    if counters.is_empty() {
        return Err(missing);
    }
    Ok(Found { counters, missing })
}

/// The processors, or else the batteries that the machine runs on.
fn processors(root: &Path) -> Result<Vec<Counter>, Unmeasured> {
    let rapl = rapl(&root.join("powercap"));
    let batteries = || batteries(&root.join("power_supply"));
    match rapl {
        Ok(found) if found.is_empty() => match batteries()? {
            found if found.is_empty() => Err(Unmeasured::NoCounter),
            found => Ok(found),
        },
        Ok(found) => Ok(found),
        Err(reason) => match batteries() {
            Ok(found) if !found.is_empty() => Ok(found),
            Ok(_) | Err(_) => Err(reason),
        },
    }
}

/// The packages among the zones of RAPL, and memory beside them; nothing where there is no RAPL.
fn rapl(folder: &Path) -> Result<Vec<Counter>, Unmeasured> {
    let mut counters = Vec::new();
    for zone in entries(folder, ZONES) {
        let Ok(name) = text(&zone.join("name")) else {
            continue;
        };
        // Cores and graphics are part of their package, and packages part of a platform.
        let (part, name) = match name.as_str() {
            "dram" => (Part::Memory, format!("{name} of {}", above(&zone))),
            _ if name.starts_with("package-") => (Part::Processors, name),
            _ => continue,
        };
        let counter = Counter {
            name,
            part,
            source: Source::Rapl,
            way: Way::Up(number(&zone.join("max_energy_range_uj"))?),
            place: Place::File(zone.join("energy_uj")),
            unit: MICROJOULE,
        };
        counter.read()?;
        counters.push(counter);
    }
    Ok(counters)
}

/// The name of the zone that `zone` is part of: of `intel-rapl:0` where it is `intel-rapl:0:1`.
fn above(zone: &Path) -> String {
    let own = zone.to_string_lossy();
    let above = own.rsplit_once(':').map_or("", |(above, _)| above);
    text(&Path::new(above).join("name")).unwrap_or_default()
}

/// The batteries that the machine runs on: a second one waits while the first is used. Nothing where none
/// tells its energy.
fn batteries(folder: &Path) -> Result<Vec<Counter>, Unmeasured> {
    let all = entries(folder, "BAT").into_iter();
    let telling = all.filter(|battery| battery.join("energy_now").exists());
    let counter = |battery: PathBuf| Counter {
        name: name(&battery),
        part: Part::Machine,
        source: Source::Battery,
        way: Way::Down,
        place: Place::Battery(battery),
        unit: MICROWATT_HOUR,
    };
    let counters: Vec<Counter> = telling.map(counter).collect();
    let readings: Vec<_> = counters.iter().map(Counter::read).collect();
    if let Some(Err(reason)) = readings.first()
        && readings.iter().all(Result::is_err)
    {
        return Err(reason.clone());
    }
    let pairs = counters.into_iter().zip(&readings);
    let used = pairs.filter_map(|(counter, reading)| reading.is_ok().then_some(counter));
    Ok(used.collect())
}

/// What begins with `start` in a folder, sorted; nothing where there is no folder.
fn entries(folder: &Path, start: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(start));
    let mut paths: Vec<PathBuf> = named.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The graphics processors where `device` is one; nothing where it is none.
fn graphics(device: &str) -> Result<Vec<Counter>, Unmeasured> {
    if device.starts_with("cuda") {
        return nvidia(device);
    }
    if device.starts_with("metal") {
        let device = device.to_owned();
        return Err(Unmeasured::NoCounterOf { device });
    }
    Ok(Vec::new())
}

#[cfg(feature = "cuda")]
fn nvidia(_: &str) -> Result<Vec<Counter>, Unmeasured> {
    super::nvml::counters()
}

#[cfg(not(feature = "cuda"))]
fn nvidia(device: &str) -> Result<Vec<Counter>, Unmeasured> {
    let device = device.to_owned();
    Err(Unmeasured::Build { device })
}
