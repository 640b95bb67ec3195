//! Machines made of files: which counters are found, and a whole measurement.

use std::fs;
use std::path::Path;

use weigh_core::energy::{Part, Source};

use super::find::find;
use super::*;

/// A folder as the kernel shows it.
pub(super) fn machine(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// A zone of RAPL that shows 5 J.
fn zone<'a>(files: &mut Vec<(String, &'a str)>, folder: &str, name: &'a str) {
    for (file, text) in [
        ("name", name),
        ("energy_uj", "5000000"),
        ("max_energy_range_uj", "262143328850"),
    ] {
        files.push((format!("powercap/{folder}/{file}"), text));
    }
}

fn server() -> tempfile::TempDir {
    let mut files = Vec::new();
    for (folder, name) in [
        ("intel-rapl:1", "package-1"),
        ("intel-rapl:0", "package-0"),
        ("intel-rapl:0:0", "core"),
        ("intel-rapl:0:1", "dram"),
        ("intel-rapl:1:0", "dram"),
        ("intel-rapl:2", "psys"),
        ("intel-rapl-mmio:0", "package-0"),
    ] {
        zone(&mut files, folder, name);
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, *text)).collect();
    machine(&files)
}

fn names(folder: &Path, device: &str) -> Result<Vec<String>, String> {
    let found = find(folder, device).map_err(|reasons| in_english(&reasons))?;
    let names = found.counters.into_iter().map(|counter| counter.name);
    let missing = found.missing.iter().map(Unmeasured::english);
    Ok(names.chain(missing).collect())
}

#[test]
fn every_part_is_counted_once() {
    let expect = [
        "package-0",
        "dram of package-0",
        "package-1",
        "dram of package-1",
    ];
    assert_eq!(names(server().path(), "cpu").unwrap(), expect);
    let found = names(server().path(), "metal").unwrap();
    assert_eq!(found[4], "there is no counter of metal that could be read");
}

#[test]
fn a_battery_stands_in_for_counters_that_cannot_be_read() {
    let battery = [
        ("power_supply/AC/online", "0"),
        ("power_supply/BAT0/energy_now", "50000000"),
        ("power_supply/BAT0/status", "Discharging"),
        ("power_supply/BAT1/energy_now", "50000000"),
        ("power_supply/BAT1/status", "Not charging"),
        ("power_supply/hidpp_battery_0/energy_now", "7"),
    ];
    let files = [&battery[..], &[("powercap/intel-rapl:0/name", "package-0")]].concat();
    // It gives to all devices; the second one waits.
    for device in ["cpu", "metal"] {
        assert_eq!(names(machine(&files).path(), device).unwrap(), ["BAT0"]);
    }
}

#[test]
fn what_cannot_be_read_is_a_reason() {
    let check = |files: &[(&str, &str)], device: &str, expect: &str| {
        let folder = machine(files);
        let reason = names(folder.path(), device).unwrap_err();
        assert!(reason.contains(expect), "{reason}");
    };
    let package = ("powercap/intel-rapl:0/name", "package-0");
    let range = ("powercap/intel-rapl:0/max_energy_range_uj", "10");
    let charge = ("power_supply/BAT0/energy_now", "5");
    check(&[], "cpu", "no counter of energy");
    check(
        &[],
        "metal",
        "no counter of energy; there is no counter of metal",
    );
    check(
        &[("powercap/intel-rapl:0/name", "core")],
        "cpu",
        "no counter",
    );
    check(&[package], "cpu", "max_energy_range_uj: No such file");
    check(&[package, range], "cpu", "energy_uj: No such file");
    let many = ("powercap/intel-rapl:0/energy_uj", "many");
    check(&[package, range, many], "cpu", "holds no number");
    check(&[charge], "cpu", "status: No such file");
    let full = ("power_supply/BAT0/status", "Full");
    check(
        &[charge, full],
        "cpu",
        "does not run on its battery: BAT0 is full",
    );
}

#[cfg(unix)]
#[test]
fn without_permission_there_is_a_reason() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = server();
    let file = folder.path().join("powercap/intel-rapl:0/energy_uj");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    // An administrator reads it all the same.
    let found = names(folder.path(), "cpu");
    let readable = fs::read(&file).is_ok();
    assert_eq!(found.is_ok(), readable);
    assert!(readable || found.unwrap_err().contains("energy_uj: Permission denied"));
}

#[test]
fn a_session_measures_parts_and_time() {
    let folder = server();
    let meter = SystemMeter::at(folder.path());
    let measuring = meter.begin(&BTreeMap::from([("device".into(), "cpu".into())]));
    let counter = folder.path().join("powercap/intel-rapl:0/energy_uj");
    fs::write(counter, "7500000").unwrap();
    let Energy::Measured(measured) = measuring.end() else {
        panic!("it has counters");
    };
    let parts = measured.counters.iter();
    let parts: Vec<_> = parts.map(|c| (c.source, c.part, c.joules.get())).collect();
    let (source, expect) = (Source::Rapl, [(Part::Processors, 2.5), (Part::Memory, 0.0)]);
    assert_eq!(parts, expect.map(|(part, joules)| (source, part, joules)));
    assert_eq!(measured.counters[0].covers, ["package-0", "package-1"]);
    assert_eq!(meter.covers().unwrap().len(), 4);
}
