//! Why energy was not measured, as data: one variant a sentence. In English it is the record's text.

use super::Charge;
use crate::text::slots;

/// Why a counter was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmeasured {
    /// The model worked before this stretch of work.
    Earlier,
    /// Several machines shared the run.
    Shared,
    /// No thread could be started for it.
    NoThread {
        /// Why, in the system's words.
        error: String,
    },
    /// Whatever read the counters failed.
    Unread,
    /// The machine shows no counter.
    NoCounter,
    /// The device has no counter.
    NoCounterOf {
        /// The device.
        device: String,
    },
    /// This build reads none of the device.
    Build {
        /// The device.
        device: String,
    },
    /// NVIDIA's library shows no graphics processor.
    NoGraphics,
    /// NVIDIA's library gives no counter.
    Nvml {
        /// Why, in its words.
        error: String,
    },
    /// A counter shows more than it can.
    Beyond {
        /// What it counts.
        counter: String,
        /// What it shows.
        shown: u64,
        /// The most that it can show.
        most: u64,
    },
    /// A battery was charged.
    Charged {
        /// The battery.
        battery: String,
    },
    /// The machine runs on something else than its battery.
    NotOnBattery {
        /// The battery.
        battery: String,
        /// Its state.
        status: Charge,
    },
    /// A file may not be read.
    Forbidden {
        /// The file.
        file: String,
    },
    /// A file cannot be read.
    Unreadable {
        /// The file.
        file: String,
        /// Why, in the system's words.
        error: String,
    },
    /// A file holds no number.
    NoNumber {
        /// The file.
        file: String,
    },
    /// The counters were not read for so long that they may have begun again.
    Gap {
        /// Seconds.
        seconds: u64,
    },
    /// No counter moved.
    Still {
        /// Seconds, to a tenth.
        seconds: String,
    },
    /// What was counted is no finite number.
    NotFinite,
}

/// Linux's and macOS's words for a file that may not be read.
const FORBIDDEN: &str = "Permission denied (os error 13)";

impl Unmeasured {
    /// That `file` cannot be read, and why in the system's words.
    #[must_use]
    pub fn unreadable(file: String, error: String) -> Self {
        if error == FORBIDDEN {
            return Self::Forbidden { file };
        }
        Self::Unreadable { file, error }
    }

    /// The sentence in English, as it stands in a record.
    #[must_use]
    pub fn english(&self) -> String {
        match self {
            Self::Earlier => "an earlier stretch of work is part of the run".to_owned(),
            Self::Shared => {
                "several machines shared the run; each shard's journal has its own".to_owned()
            }
            Self::NoThread { error } => format!("no thread reads the counters: {error}"),
            Self::Unread => "the counters could not be read".to_owned(),
            Self::NoCounter => "the machine shows no counter of energy".to_owned(),
            Self::NoCounterOf { device } => {
                format!("there is no counter of {device} that could be read")
            }
            Self::Build { device } => format!("this build reads no counter of {device}"),
            Self::NoGraphics => "NVML shows no graphics processor".to_owned(),
            Self::Nvml { error } => format!("NVML gives no counter: {error}"),
            Self::Beyond {
                counter,
                shown,
                most,
            } => format!(
                "the counter of {counter} shows {shown}, and {most} is the most that it can show"
            ),
            Self::Charged { battery } => {
                format!("{battery} holds more than before: the machine was not running on it")
            }
            Self::NotOnBattery { battery, status } => {
                format!("the machine does not run on its battery: {battery} is {status}")
            }
            Self::Forbidden { file } => format!("cannot read {file}: {FORBIDDEN}"),
            Self::Unreadable { file, error } => format!("cannot read {file}: {error}"),
            Self::NoNumber { file } => format!("cannot read {file}: it holds no number"),
            Self::Gap { seconds } => format!(
                "the counters were not read for {seconds} seconds, and may have begun again meanwhile"
            ),
            Self::Still { seconds } => format!("no counter moved in {seconds} seconds"),
            Self::NotFinite => "not a finite number in its shortest decimal form".to_owned(),
        }
    }

    /// What `words` of a record say; nothing where they are not word for word what this version writes.
    #[must_use]
    pub fn read(words: &str) -> Vec<Self> {
        // One of the processors and one of the graphics processors. A sentence may hold a semicolon, too.
        let pairs = words.match_indices(BETWEEN).filter_map(|(at, _)| {
            let (first, second) = (words.get(..at)?, words.get(at + BETWEEN.len()..)?);
            Some(vec![one(first)?, one(second)?])
        });
        let mut all = pairs.chain(one(words).map(|one| vec![one]));
        all.next().unwrap_or_default()
    }
}

/// What stands between two reasons.
const BETWEEN: &str = "; ";

/// Several reasons in English, as they stand in a record.
#[must_use]
pub fn in_english(reasons: &[Unmeasured]) -> String {
    let sentences: Vec<String> = reasons.iter().map(Unmeasured::english).collect();
    sentences.join(BETWEEN)
}

/// The one reason that `words` are in English.
fn one(words: &str) -> Option<Unmeasured> {
    let mut readings = [
        fixed(words),
        of_a_device(words),
        of_a_counter(words),
        of_a_file(words),
    ]
    .into_iter()
    .flatten();
    // Numbers can be written in more than one way.
    readings.find(|reading| reading.english() == words)
}

fn fixed(words: &str) -> Option<Unmeasured> {
    use Unmeasured::{Earlier, NoCounter, NoGraphics, NotFinite, Shared, Unread};
    let mut all = [Earlier, Shared, Unread, NoCounter, NoGraphics, NotFinite].into_iter();
    all.find(|reason| reason.english() == words)
}

/// What stands in `words` between `before` and `after`.
fn between(words: &str, before: &str, after: &str) -> Option<String> {
    slots(words, [before], after).map(|[slot]| slot)
}

fn of_a_device(words: &str) -> Option<Unmeasured> {
    let none = between(words, "there is no counter of ", " that could be read");
    let none = none.map(|device| Unmeasured::NoCounterOf { device });
    let build = between(words, "this build reads no counter of ", "");
    let build = build.map(|device| Unmeasured::Build { device });
    let nvml = between(words, "NVML gives no counter: ", "");
    none.or(build)
        .or(nvml.map(|error| Unmeasured::Nvml { error }))
}

fn of_a_counter(words: &str) -> Option<Unmeasured> {
    let gap = || {
        let after = " seconds, and may have begun again meanwhile";
        let seconds = between(words, "the counters were not read for ", after)?;
        let seconds = seconds.parse().ok()?;
        Some(Unmeasured::Gap { seconds })
    };
    let beyond = || {
        let all = between(words, "the counter of ", " is the most that it can show")?;
        let (counter, figures) = all.rsplit_once(" shows ")?;
        let (shown, most) = figures.split_once(", and ")?;
        Some(Unmeasured::Beyond {
            counter: counter.to_owned(),
            shown: shown.parse().ok()?,
            most: most.parse().ok()?,
        })
    };
    let charged = || {
        let after = " holds more than before: the machine was not running on it";
        let battery = between(words, "", after)?;
        Some(Unmeasured::Charged { battery })
    };
    let thread = || {
        let error = between(words, "no thread reads the counters: ", "")?;
        Some(Unmeasured::NoThread { error })
    };
    let still = || {
        let seconds = between(words, "no counter moved in ", " seconds")?;
        let figure = |c: char| c.is_ascii_digit() || c == '.';
        let seconds = Some(seconds).filter(|seconds| seconds.chars().all(figure))?;
        Some(Unmeasured::Still { seconds })
    };
    gap()
        .or_else(beyond)
        .or_else(charged)
        .or_else(thread)
        .or_else(still)
}

fn of_a_file(words: &str) -> Option<Unmeasured> {
    let battery = || {
        let before = ["the machine does not run on its battery: ", " is "];
        let [battery, status] = slots(words, before, "")?;
        let status = Charge::of(status);
        Some(Unmeasured::NotOnBattery { battery, status })
    };
    let number = || {
        let file = between(words, "cannot read ", ": it holds no number")?;
        Some(Unmeasured::NoNumber { file })
    };
    let file = || {
        let (file, error) = words.strip_prefix("cannot read ")?.split_once(": ")?;
        Some(Unmeasured::unreadable(file.to_owned(), error.to_owned()))
    };
    battery().or_else(number).or_else(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_record_are_read_or_stay() {
        let check = |words: &str, expect: &[Unmeasured]| {
            assert_eq!(Unmeasured::read(words), expect, "{words}");
            assert!(expect.is_empty() || in_english(expect) == words, "{words}");
        };
        let text = str::to_owned;
        let (device, file) = (
            text("cuda:0"),
            text("/sys/class/powercap/intel-rapl:0/name"),
        );
        let (battery, error) = (text("BAT0"), text("No such file or directory (os error 2)"));
        for reason in [
            Unmeasured::Earlier,
            Unmeasured::Shared,
            Unmeasured::NoThread {
                error: error.clone(),
            },
            Unmeasured::Unread,
            Unmeasured::NoCounter,
            Unmeasured::NoCounterOf {
                device: device.clone(),
            },
            Unmeasured::Build {
                device: device.clone(),
            },
            Unmeasured::NoGraphics,
            Unmeasured::Nvml {
                error: text("the driver is not loaded; load it"),
            },
            Unmeasured::Beyond {
                counter: text("dram of package-0"),
                shown: 11,
                most: 10,
            },
            Unmeasured::Charged {
                battery: battery.clone(),
            },
            Unmeasured::NotOnBattery {
                battery,
                status: Charge::Not,
            },
            Unmeasured::Forbidden { file: file.clone() },
            Unmeasured::Unreadable {
                file: file.clone(),
                error,
            },
            Unmeasured::NoNumber { file: file.clone() },
            Unmeasured::Gap { seconds: 120 },
            Unmeasured::Still {
                seconds: text("0.3"),
            },
            Unmeasured::NotFinite,
        ] {
            let words = reason.english();
            check(&words, std::slice::from_ref(&reason));
            let graphics = Unmeasured::Build {
                device: device.clone(),
            };
            check(
                &format!("{words}; {}", graphics.english()),
                &[reason, graphics],
            );
        }
        assert_eq!(
            Unmeasured::unreadable(file.clone(), text("Permission denied (os error 13)")),
            Unmeasured::Forbidden { file }
        );
        check("", &[]);
        check("because", &[]);
        check("the machine shows no counter of energy.", &[]);
        check("because; the machine shows no counter of energy", &[]);
        check("no counter moved in a few seconds", &[]);
        check(
            "the counters were not read for 0120 seconds, and may have begun again meanwhile",
            &[],
        );
        check(
            "the counter of a shows +11, and 10 is the most that it can show",
            &[],
        );
    }
}
