//! The energy that a model's answers took, or why nobody knows.

mod charge;
mod unmeasured;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;

pub use charge::Charge;
pub use unmeasured::{Unmeasured, in_english};

/// What a machine's counters say of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Energy {
    /// Counters were read before and after all answers.
    Measured(Measured),
    /// They were not, and why: [`Unmeasured::read`] has it as data.
    NotMeasured(String),
}

/// What counters counted while the model answered, whoever else used the machine meanwhile. Neither
/// the loading of the model nor the work of judges is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Tokens that were computed for each suite, generated ones included. A beginning that several
    /// suites have in common is computed once, and counted for the one that came to it first. Not
    /// written where the model does not count them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub computed: BTreeMap<String, u64>,
    /// What was counted. No part of the machine is in two of them.
    pub counters: Vec<Counted>,
    /// Parts that the model used and that no counter was read of, and why. Not written where there
    /// is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Between the first and the last reading, in seconds.
    pub seconds: Decimal,
}

/// The energy of one part of a machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// What is counted, as the machine names it, for instance `package-0`.
    pub covers: Vec<String>,
    /// The energy, in joules.
    pub joules: Decimal,
    /// Which part of the machine that is.
    pub part: Part,
    /// Whose counters these are.
    pub source: Source,
}

/// A part of a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Processors.
    Processors,
    /// Memory.
    Memory,
    /// Graphics processors.
    Graphics,
    /// All of it.
    Machine,
}

/// Whose counters they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The processors' own, through Linux's power capping framework.
    Rapl,
    /// NVIDIA's management library.
    Nvml,
    /// What is left in the batteries that the machine runs on.
    Battery,
}

impl Measured {
    /// All counters together, in joules. None where the sum is no finite number.
    #[must_use]
    pub fn joules(&self) -> Option<Decimal> {
        sum(&self.counters)
    }

    /// The counters of `part`, in joules. None where it has none.
    #[must_use]
    pub fn of_part(&self, part: Part) -> Option<Decimal> {
        let counters = self.counters.iter().filter(|counted| counted.part == part);
        let counters: Vec<&Counted> = counters.collect();
        if counters.is_empty() {
            return None;
        }
        sum(counters)
    }

    /// Joules for a thousand of `prompts`. None where there are none.
    #[must_use]
    pub fn per_thousand(&self, prompts: u64) -> Option<Decimal> {
        thousand(self.joules()?.get(), prompts)
    }

    /// Joules for a thousand of the `prompts` of a suite, with the energy apportioned by computed
    /// tokens. None where these were not counted.
    #[must_use]
    pub fn per_thousand_of(&self, suite: &str, prompts: u64) -> Option<Decimal> {
        let all: f64 = self.computed.values().copied().map(real).sum();
        let share = real(*self.computed.get(suite)?) / all;
        thousand(self.joules()?.get() * share, prompts)
    }
}

fn sum<'a>(counters: impl IntoIterator<Item = &'a Counted>) -> Option<Decimal> {
    let counters = counters.into_iter();
    Decimal::new(counters.map(|counted| counted.joules.get()).sum()).ok()
}

/// None where there are no prompts, or too much energy for a number.
fn thousand(joules: f64, prompts: u64) -> Option<Decimal> {
    Decimal::new(1000.0 * joules / real(prompts)).ok()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "nobody has 2^53 prompts or tokens"
)]
const fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(part: Part, joules: f64) -> Counted {
        Counted {
            covers: vec!["package-0".to_owned()],
            joules: Decimal::new(joules).unwrap(),
            part,
            source: Source::Rapl,
        }
    }

    #[test]
    fn energy_is_shared_out() {
        let decimal = |value: f64| Decimal::new(value).ok();
        let measured = Measured {
            computed: [("a".to_owned(), 300), ("b".to_owned(), 100)].into(),
            counters: vec![counted(Part::Processors, 50.0), counted(Part::Memory, 14.0)],
            missing: Vec::new(),
            seconds: Decimal::ONE,
        };
        assert_eq!(measured.joules(), decimal(64.0));
        assert_eq!(measured.of_part(Part::Memory), decimal(14.0));
        assert_eq!(measured.of_part(Part::Graphics), None);
        assert_eq!(measured.per_thousand(200), decimal(320.0));
        assert_eq!(measured.per_thousand(0), None);
        assert_eq!(measured.per_thousand_of("a", 100), decimal(480.0));
        assert_eq!(measured.per_thousand_of("b", 100), decimal(160.0));
        assert_eq!(measured.per_thousand_of("c", 100), None);
    }

    #[test]
    fn nothing_computed_has_no_share() {
        let mut measured = Measured {
            computed: [("a".to_owned(), 0)].into(),
            counters: vec![counted(Part::Processors, 1e308)],
            missing: Vec::new(),
            seconds: Decimal::ONE,
        };
        assert_eq!(measured.per_thousand_of("a", 1), None);
        measured.counters.push(counted(Part::Processors, 1e308));
        assert_eq!(measured.joules(), None);
    }
}
