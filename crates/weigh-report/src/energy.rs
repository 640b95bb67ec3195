//! What a report says of the energy that the answers took.

use weigh_core::decimal::Decimal;
use weigh_core::energy::{Charge, Energy, Measured, Source, Unmeasured};
use weigh_core::report::Report;

use crate::number;
use crate::texts::{ReportLanguage, Text};
use crate::told::{Told, Value, semicolon};

/// One suite's part.
pub(crate) struct Share<'a> {
    /// The suite's id.
    pub suite: &'a str,
    /// Tokens that were computed for it.
    pub tokens: u64,
    /// Joules for a thousand of its prompts.
    pub each: String,
}

/// How much it was, or why nobody knows. None where the record does not say.
pub(crate) fn figure(report: &Report, language: ReportLanguage) -> Option<Told> {
    let energy = report.record.energy.as_ref()?;
    Some(match energy {
        Energy::NotMeasured(words) => {
            Told::plain(Text::EnergyNotMeasured).with("reason", why(words, language))
        }
        Energy::Measured(measured) => {
            let figures = [
                ("joules", joules(measured.joules())),
                ("seconds", joules(Some(measured.seconds))),
                ("each", joules(measured.per_thousand(report.plan.trials))),
                ("counters", counters(measured, language)),
            ];
            let values = figures.each_ref().map(|(slot, value)| (*slot, &**value));
            Told::named(Text::EnergyMeasured, &values)
        }
    })
}

/// What the figure holds and what it does not.
pub(crate) fn notes(report: &Report, language: ReportLanguage) -> Vec<Told> {
    let Some(Energy::Measured(measured)) = &report.record.energy else {
        return Vec::new();
    };
    let missing = measured.missing.iter();
    let missing =
        missing.map(|words| Told::plain(Text::EnergyMissing).with("reason", why(words, language)));
    let shared = Told::plain(Text::EnergyShared);
    missing.chain([shared]).collect()
}

/// Why something was not measured. The rule is that of reasons: what is not word for word a sentence that
/// this version knows stays in the words of the record.
fn why(words: &str, language: ReportLanguage) -> Value {
    Value::of_record(words, language, |words| {
        let reasons = Unmeasured::read(words);
        let told = reasons.iter().map(|reason| Value::Told(sentence(reason)));
        (!reasons.is_empty()).then(|| Value::Several(told.collect(), semicolon(language)))
    })
}

/// What tells `reason`.
fn sentence(reason: &Unmeasured) -> Told {
    let error = |text, error: &String| Told::plain(text).with("error", Value::Kept(error.clone()));
    match reason {
        Unmeasured::Earlier => Told::plain(Text::EnergyEarlier),
        Unmeasured::Shared => Told::plain(Text::EnergySeveral),
        Unmeasured::NoThread { error: why } => error(Text::EnergyNoThread, why),
        Unmeasured::Unread => Told::plain(Text::EnergyUnread),
        Unmeasured::NoCounter => Told::plain(Text::EnergyNoCounter),
        Unmeasured::NoCounterOf { device } => {
            Told::named(Text::EnergyNoCounterOf, &[("device", device)])
        }
        Unmeasured::Build { device } => Told::named(Text::EnergyBuild, &[("device", device)]),
        Unmeasured::NoGraphics => Told::plain(Text::EnergyNoGraphics),
        Unmeasured::Nvml { error: why } => error(Text::EnergyNvml, why),
        Unmeasured::Beyond {
            counter,
            shown,
            most,
        } => Told::counted(Text::EnergyBeyond, &[("shown", *shown), ("most", *most)])
            .with("counter", Value::Foreign(counter.clone())),
        Unmeasured::Charged { battery } => {
            Told::named(Text::EnergyCharged, &[("battery", battery)])
        }
        Unmeasured::NotOnBattery { battery, status } => {
            let battery = Told::named(Text::EnergyNotOnBattery, &[("battery", battery)]);
            battery.with("status", charge(status))
        }
        Unmeasured::Forbidden { file } => Told::named(Text::EnergyForbidden, &[("file", file)]),
        Unmeasured::Unreadable { file, error: why } => {
            error(Text::EnergyUnreadable, why).with("file", Value::Foreign(file.clone()))
        }
        Unmeasured::NoNumber { file } => Told::named(Text::EnergyNoNumber, &[("file", file)]),
        Unmeasured::Gap { seconds } => Told::counted(Text::EnergyGap, &[("seconds", *seconds)]),
        Unmeasured::Still { seconds } => {
            Told::plain(Text::EnergyStill).with("seconds", Value::Figure(seconds.clone()))
        }
        Unmeasured::NotFinite => Told::plain(Text::EnergyNotFinite),
    }
}

/// The state of a battery.
fn charge(state: &Charge) -> Value {
    Value::Told(Told::plain(match state {
        Charge::Charging => Text::ChargeCharging,
        Charge::Not => Text::ChargeNot,
        Charge::Full => Text::ChargeFull,
        Charge::Unknown => Text::ChargeUnknown,
        Charge::Other(words) => return Value::Kept(words.clone()),
    }))
}

/// The suites' parts, sorted by id; none where the model did not count tokens.
pub(crate) fn shares(report: &Report) -> Vec<Share<'_>> {
    let Some(Energy::Measured(measured)) = &report.record.energy else {
        return Vec::new();
    };
    let shares = measured.computed.iter().filter_map(|(suite, tokens)| {
        let planned = report.plan.suites.get(suite)?;
        Some(Share {
            suite,
            tokens: *tokens,
            each: joules(measured.per_thousand_of(suite, planned.trials)),
        })
    });
    shares.collect()
}

/// `RAPL package-0, package-1; NVML 0: NVIDIA H100`.
fn counters(measured: &Measured, language: ReportLanguage) -> String {
    let told = measured.counters.iter().map(|counted| {
        let source = match counted.source {
            Source::Rapl => "RAPL",
            Source::Nvml => "NVML",
            Source::Battery => Text::EnergyBattery.get(language),
        };
        format!("{source} {}", counted.covers.join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}

fn joules(value: Option<Decimal>) -> String {
    value.map_or_else(|| "\u{2013}".to_owned(), number::quantity)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of every reason.
    fn all() -> Vec<Unmeasured> {
        let text = str::to_owned;
        let (device, battery) = (text("cuda:0"), text("BAT0"));
        let on_mains = |status| Unmeasured::NotOnBattery {
            battery: battery.clone(),
            status,
        };
        let file = text("/sys/class/powercap/intel-rapl:0/energy_uj");
        let error = text("No such file or directory (os error 2)");
        vec![
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
            Unmeasured::Build { device },
            Unmeasured::NoGraphics,
            Unmeasured::Nvml {
                error: text("the driver is not loaded"),
            },
            Unmeasured::Beyond {
                counter: text("dram of package-0"),
                shown: 11,
                most: 10,
            },
            Unmeasured::Charged {
                battery: battery.clone(),
            },
            on_mains(Charge::Charging),
            on_mains(Charge::Not),
            on_mains(Charge::Full),
            on_mains(Charge::Unknown),
            on_mains(Charge::Other(text("critical"))),
            Unmeasured::Forbidden { file: file.clone() },
            Unmeasured::Unreadable {
                file: file.clone(),
                error,
            },
            Unmeasured::NoNumber { file },
            Unmeasured::Gap { seconds: 120 },
            Unmeasured::Still {
                seconds: text("0.3"),
            },
            Unmeasured::NotFinite,
        ]
    }

    /// The English column, of which the others are translations, says what the record says.
    #[test]
    fn the_english_texts_are_those_of_the_record() {
        for reason in all() {
            let line = sentence(&reason).line(ReportLanguage::En, &str::to_owned);
            assert_eq!(line, reason.english());
        }
    }

    #[test]
    fn every_reason_in_every_language() {
        let two = "the machine shows no counter of energy; there is no counter of metal that could be read";
        for language in ReportLanguage::ALL {
            let told = |words: &str| {
                let reason = why(words, language);
                let told = Told::plain(Text::EnergyNotMeasured).with("reason", reason);
                told.line(language, &str::to_owned)
            };
            let words = all().into_iter().map(|reason| reason.english());
            let words = words.chain([two, "because"].map(str::to_owned));
            let lines: Vec<String> = words.map(|words| told(&words)).collect();
            let shown = lines.join("\n").replace(['\u{2068}', '\u{2069}'], "¦");
            insta::assert_snapshot!(format!("reasons_{}", language.tag()), shown);
        }
    }
}
