//! `weigh doctor`: what this machine and this installation have.

use std::thread;

use serde::Serialize;
use weigh_attest::keys;
use weigh_runner::SystemMeter;

use crate::failure::Failure;
use crate::home::Home;
use crate::output::Output;

/// What was found.
#[derive(Serialize)]
struct Found {
    version: &'static str,
    system: String,
    threads: usize,
    project: Option<String>,
    suites: usize,
    profiles: Vec<String>,
    key: Option<String>,
    /// Counters of energy that a run on the CPU would read.
    energy: Option<Vec<String>>,
    /// Why there is none.
    no_energy: Option<String>,
}

/// Looks around and tells.
pub fn command(output: &Output) -> Result<(), Failure> {
    let home = Home::find()?;
    let key = keys::default_path().ok().filter(|path| path.exists());
    let counters = SystemMeter::default().covers();
    let found = Found {
        version: env!("CARGO_PKG_VERSION"),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        threads: thread::available_parallelism().map_or(1, usize::from),
        project: home.project().map(|path| path.display().to_string()),
        suites: home.suites().len(),
        profiles: home.profiles(),
        key: key.map(|path| path.display().to_string()),
        energy: counters.as_ref().ok().cloned(),
        no_energy: counters.err(),
    };
    if output.json {
        output.json("weighhouse-doctor/1", &found);
        return Ok(());
    }
    let or_none =
        |text: &Option<String>, none: &str| text.clone().unwrap_or_else(|| none.to_owned());
    for (name, value) in [
        ("weigh", found.version.to_owned()),
        ("system", found.system.clone()),
        ("threads", found.threads.to_string()),
        (
            "project",
            or_none(&found.project, "none; what the binary holds is used"),
        ),
        ("suites", found.suites.to_string()),
        ("profiles", found.profiles.join(", ")),
        ("key", or_none(&found.key, "none; the first run makes one")),
        (
            "energy",
            match (&found.energy, &found.no_energy) {
                (Some(counters), _) => counters.join(", "),
                (None, reason) => or_none(reason, "none"),
            },
        ),
    ] {
        output.line(&format!("{name:<9} {value}"));
    }
    Ok(())
}
