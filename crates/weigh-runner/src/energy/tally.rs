//! The energy that counters count, added up from reading to reading.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use weigh_core::decimal::Decimal;
use weigh_core::energy::{Counted, Part, Source, Unmeasured};

use super::counters::Counter;

/// The longest time between two readings in which no counter begins again unseen: the smallest range
/// of RAPL, 65 kJ, is a minute of more than a kilowatt.
const MOST_APART: Duration = Duration::from_mins(1);

/// Counters with what they have counted.
#[derive(Debug)]
pub(super) struct Tally {
    tallied: Vec<Tallied>,
    began: Instant,
    last: Instant,
}

#[derive(Debug)]
struct Tallied {
    counter: Counter,
    shown: u64,
    joules: f64,
}

impl Tally {
    /// Reads all counters for the first time.
    pub fn begin(counters: Vec<Counter>, now: Instant) -> Result<Self, Unmeasured> {
        let first = |counter: Counter| {
            let shown = counter.read()?;
            Ok(Tallied {
                counter,
                shown,
                joules: 0.0,
            })
        };
        Ok(Self {
            tallied: counters
                .into_iter()
                .map(first)
                .collect::<Result<_, Unmeasured>>()?,
            began: now,
            last: now,
        })
    }

    /// Reads them again.
    pub fn step(&mut self, now: Instant) -> Result<(), Unmeasured> {
        let apart = now.duration_since(self.last);
        if apart > MOST_APART {
            let seconds = apart.as_secs();
            return Err(Unmeasured::Gap { seconds });
        }
        self.last = now;
        for one in &mut self.tallied {
            let shown = one.counter.read()?;
            one.joules += one.counter.between(one.shown, shown)?;
            one.shown = shown;
        }
        Ok(())
    }

    /// What was counted of each part, and in how many seconds; both to a thousandth.
    ///
    /// # Errors
    /// No counter moved: a battery tells its charge a few times a minute, and some virtual machines
    /// show counters that stand still.
    pub fn counted(self) -> Result<(Vec<Counted>, Decimal), Unmeasured> {
        let seconds = self.last.duration_since(self.began).as_secs_f64();
        if self.tallied.iter().all(|one| one.joules <= 0.0) {
            let seconds = format!("{seconds:.1}");
            return Err(Unmeasured::Still { seconds });
        }
        let mut parts: BTreeMap<(Source, Part), (Vec<String>, f64)> = BTreeMap::new();
        for one in self.tallied {
            let key = (one.counter.source, one.counter.part);
            let (covers, joules) = parts.entry(key).or_default();
            covers.push(one.counter.name);
            *joules += one.joules;
        }
        let counted = parts.into_iter().map(|((source, part), (covers, joules))| {
            Ok(Counted {
                covers,
                joules: rounded(joules)?,
                part,
                source,
            })
        });
        Ok((
            counted.collect::<Result<_, Unmeasured>>()?,
            rounded(seconds)?,
        ))
    }
}

fn rounded(value: f64) -> Result<Decimal, Unmeasured> {
    Decimal::new((value * 1000.0).round() / 1000.0).map_err(|_| Unmeasured::NotFinite)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use weigh_core::energy::in_english;

    use super::*;
    use crate::energy::find::find;
    use crate::energy::tests::machine;

    const PACKAGE: [(&str, &str); 4] = [
        ("powercap/intel-rapl:0/name", "package-0\n"),
        ("powercap/intel-rapl:0/energy_uj", "9000000\n"),
        ("powercap/intel-rapl:0/max_energy_range_uj", "10000000\n"),
        ("powercap/intel-rapl:0:0/name", "core\n"),
    ];
    const COUNTER: &str = "powercap/intel-rapl:0/energy_uj";
    const CHARGE: &str = "power_supply/BAT0/energy_now";

    /// What is counted while a file's text becomes each of `texts`, a second apart.
    fn counted(folder: &Path, file: &str, texts: &[&str]) -> Result<f64, String> {
        let counted = try_counted(folder, file, texts);
        counted.map_err(|reasons| in_english(&reasons))
    }

    fn try_counted(folder: &Path, file: &str, texts: &[&str]) -> Result<f64, Vec<Unmeasured>> {
        let began = Instant::now();
        let found = find(folder, "cpu")?;
        let mut tally = Tally::begin(found.counters, began).map_err(|reason| vec![reason])?;
        for (second, text) in (1..).zip(texts) {
            fs::write(folder.join(file), text).unwrap();
            let now = began + Duration::from_secs(second);
            tally.step(now).map_err(|reason| vec![reason])?;
        }
        let (counted, seconds) = tally.counted().map_err(|reason| vec![reason])?;
        assert_eq!(seconds, Decimal::from(u32::try_from(texts.len()).unwrap()));
        Ok(counted.iter().map(|counted| counted.joules.get()).sum())
    }

    #[test]
    fn counters_rise_and_begin_again() {
        let check = |texts: &[&str], expect: Result<f64, &str>| {
            let folder = machine(&PACKAGE);
            match (counted(folder.path(), COUNTER, texts), expect) {
                (Ok(joules), Ok(expect)) => assert!((joules - expect).abs() < 1e-9, "{texts:?}"),
                (Err(reason), Err(expect)) => assert!(reason.contains(expect), "{reason}"),
                (got, expect) => panic!("{texts:?}: {got:?} where {expect:?} is expected"),
            }
        };
        check(&["9000000"], Err("no counter moved in 1.0 seconds"));
        check(&["9500000\n"], Ok(0.5));
        check(&["250000"], Ok(1.25));
        check(&["9999999", "8000000", "7999999", "0"], Ok(21.0));
        check(&["10000001"], Err("10000000 is the most that it can show"));
        check(&["9500000", "many"], Err("it holds no number"));
        check(&["-1"], Err("it holds no number"));
        check(&["9500000", ""], Err("it holds no number"));
    }

    #[test]
    fn a_battery_counts_while_the_machine_runs_on_it() {
        let status = "power_supply/BAT0/status";
        let folder = machine(&[(CHARGE, "50000000\n"), (status, "Discharging\n")]);
        let joules = counted(folder.path(), CHARGE, &["49500000", "49000000"]).unwrap();
        assert!((joules - 3600.0).abs() < 1e-6);
        let fault = counted(folder.path(), CHARGE, &["49000001"]).unwrap_err();
        assert!(fault.contains("BAT0 holds more than before"), "{fault}");
        let fault = counted(folder.path(), status, &["Charging\n"]).unwrap_err();
        assert!(fault.contains("BAT0 is charging"), "{fault}");
    }

    #[test]
    fn a_long_sleep_spoils_the_measurement() {
        let folder = machine(&PACKAGE);
        let (now, found) = (Instant::now(), find(folder.path(), "cpu").unwrap());
        let mut tally = Tally::begin(found.counters, now).unwrap();
        tally.step(now + MOST_APART).unwrap();
        let fault = tally.step(now + 3 * MOST_APART).unwrap_err().english();
        assert!(fault.contains("not read for 120 seconds"), "{fault}");
    }
}
