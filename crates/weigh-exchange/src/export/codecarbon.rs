//! The energy of a run as a row of CodeCarbon's emissions.csv.
//!
//! The columns are those of CodeCarbon 3.3.2 (`EmissionsData`), in its order: energy in kWh, power in W,
//! duration in s. What a record does not know is left empty: a place, what its electricity emits,
//! how busy the machine was.

use std::io::{self, Write};

use weigh_core::decimal::Decimal;
use weigh_core::energy::{Measured, Part};
use weigh_core::event::Timestamp;

use super::csv::quoted;

/// Joules of a kilowatt hour.
const KILOWATT_HOUR: f64 = 3.6e6;

/// The columns.
pub const COLUMNS: [&str; 38] = [
    "timestamp",
    "project_name",
    "run_id",
    "experiment_id",
    "duration",
    "emissions",
    "emissions_rate",
    "cpu_power",
    "gpu_power",
    "ram_power",
    "cpu_energy",
    "gpu_energy",
    "ram_energy",
    "energy_consumed",
    "water_consumed",
    "country_name",
    "country_iso_code",
    "region",
    "cloud_provider",
    "cloud_region",
    "os",
    "python_version",
    "codecarbon_version",
    "cpu_count",
    "cpu_model",
    "gpu_count",
    "gpu_model",
    "longitude",
    "latitude",
    "ram_total_size",
    "tracking_mode",
    "cpu_utilization_percent",
    "gpu_utilization_percent",
    "ram_utilization_percent",
    "ram_used_gb",
    "on_cloud",
    "pue",
    "wue",
];

/// What a row is about.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The report's id: the run's, too.
    pub id: &'a str,
    /// The model's name: the project's, too.
    pub model: &'a str,
    /// When the run ended.
    pub at: &'a Timestamp,
    /// What it took.
    pub energy: &'a Measured,
}

/// Writes the columns' names and one row, in UTF-8.
///
/// # Errors
/// When `out` cannot be written.
pub fn write<W: Write>(run: Run<'_>, out: W) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    writer.write_record(COLUMNS.map(|column| cell(run, column)))?;
    writer.flush()
}

fn cell(run: Run<'_>, column: &str) -> String {
    let energy = run.energy;
    match column {
        // CodeCarbon writes no zone.
        "timestamp" => run.at.0.trim_end_matches('Z').to_owned(),
        "project_name" => quoted(run.model),
        "run_id" => quoted(run.id),
        "duration" => energy.seconds.to_string(),
        "cpu_power" => watts(energy, Part::Processors),
        "gpu_power" => watts(energy, Part::Graphics),
        "ram_power" => watts(energy, Part::Memory),
        "cpu_energy" => kilowatt_hours(energy.of_part(Part::Processors)),
        "gpu_energy" => kilowatt_hours(energy.of_part(Part::Graphics)),
        "ram_energy" => kilowatt_hours(energy.of_part(Part::Memory)),
        "energy_consumed" => kilowatt_hours(energy.joules()),
        // Counters are of the machine, whoever else used it.
        "tracking_mode" => "machine".to_owned(),
        _ => String::new(),
    }
}

fn kilowatt_hours(joules: Option<Decimal>) -> String {
    number(joules.map(|joules| joules.get() / KILOWATT_HOUR))
}

/// The mean power of a part.
fn watts(energy: &Measured, part: Part) -> String {
    let joules = energy.of_part(part);
    number(joules.map(|joules| joules.get() / energy.seconds.get()))
}

/// Empty for what is no finite number.
fn number(value: Option<f64>) -> String {
    let value = value.and_then(|value| Decimal::new(value).ok());
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use weigh_core::energy::{Counted, Source};

    use super::*;

    fn told(parts: &[(Part, &str)], model: &str) -> Vec<(String, String)> {
        let counted = |(part, joules): &(Part, &str)| Counted {
            covers: vec!["package-0".to_owned()],
            joules: joules.parse().unwrap(),
            part: *part,
            source: Source::Rapl,
        };
        let mut text = Vec::new();
        let run = Run {
            id: "WH-0123456789abcdef",
            model,
            at: &Timestamp("2026-11-24T14:31:40Z".to_owned()),
            energy: &Measured {
                computed: [("a/b".to_owned(), 7)].into(),
                counters: parts.iter().map(counted).collect(),
                missing: Vec::new(),
                seconds: "120".parse().unwrap(),
            },
        };
        write(run, &mut text).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_slice());
        let names = reader.headers().unwrap().clone();
        let mut rows = reader.records().map(Result::unwrap);
        let row = rows.next().unwrap();
        assert!(rows.next().is_none());
        let cells = names.iter().zip(&row).filter(|(_, cell)| !cell.is_empty());
        let own = |(name, cell): (&str, &str)| (name.to_owned(), cell.to_owned());
        cells.map(own).collect()
    }

    #[test]
    fn what_is_known_stands_in_its_column() {
        let check = |parts: &[(Part, &str)], expect: &[(&str, &str)]| {
            let known = [
                ("timestamp", "2026-11-24T14:31:40"),
                ("project_name", "m"),
                ("run_id", "WH-0123456789abcdef"),
                ("duration", "120"),
            ];
            let told = told(parts, "m");
            let told = told.iter().map(|(name, cell)| (&**name, &**cell));
            let expect = known.iter().chain(expect).copied();
            let told: Vec<_> = told.filter(|(name, _)| *name != "tracking_mode").collect();
            assert_eq!(told, expect.collect::<Vec<_>>());
        };
        let all = [
            (Part::Processors, "3600000"),
            (Part::Graphics, "7200000"),
            (Part::Memory, "900000"),
        ];
        let expect = [
            ("cpu_power", "30000"),
            ("gpu_power", "60000"),
            ("ram_power", "7500"),
            ("cpu_energy", "1"),
            ("gpu_energy", "2"),
            ("ram_energy", "0.25"),
            ("energy_consumed", "3.25"),
        ];
        check(&all, &expect);
        check(&[(Part::Machine, "1800000")], &[("energy_consumed", "0.5")]);
    }

    #[test]
    fn a_name_stays_one_cell() {
        let name = |model: &str| told(&[], model)[1].1.clone();
        assert_eq!(name("a,\"b\"\nc"), "a,\"b\"\nc");
        assert_eq!(name("=1+1"), "'=1+1");
        assert_eq!(name("-a,b"), "'-a,b");
    }
}
