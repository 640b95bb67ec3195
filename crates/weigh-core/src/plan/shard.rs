//! Shards of a plan: which of its trials a machine asks, so that several machines share one run.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::digest::Digest;
use crate::judge::Judging;
use crate::suite::Suite;

/// The most shards of a plan.
pub const MOST_SHARDS: u32 = 10_000;

/// One of several parts of a plan. A value of this type has `1 <= index <= of <= MOST_SHARDS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Shard {
    index: u32,
    of: u32,
}

/// A shard as it is written, before its numbers are checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    index: u32,
    of: u32,
}

/// Why something is no shard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShardFault {
    /// It is not written as a shard is.
    #[error("a shard is written as its number from 1 on and how many there are, such as 2/4")]
    Form,
    /// Numbers that no shard has.
    #[error(
        "there is no shard {index} of {of}: they count from 1, and there are at most {MOST_SHARDS}"
    )]
    Range {
        /// Its number.
        index: u32,
        /// How many there are.
        of: u32,
    },
}

impl Shard {
    /// The shard with the number `index`, from 1 on, of `of`.
    ///
    /// # Errors
    /// When there is none.
    pub const fn new(index: u32, of: u32) -> Result<Self, ShardFault> {
        if index == 0 || index > of || of > MOST_SHARDS {
            return Err(ShardFault::Range { index, of });
        }
        Ok(Self { index, of })
    }

    /// Its number, from 1 on.
    #[must_use]
    pub const fn index(self) -> u32 {
        self.index
    }

    /// How many there are.
    #[must_use]
    pub const fn of(self) -> u32 {
        self.of
    }
}

impl TryFrom<Written> for Shard {
    type Error = ShardFault;

    fn try_from(Written { index, of }: Written) -> Result<Self, ShardFault> {
        Self::new(index, of)
    }
}

impl FromStr for Shard {
    type Err = ShardFault;

    fn from_str(text: &str) -> Result<Self, ShardFault> {
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            let number = plain.then(|| digits.parse().ok()).flatten();
            number.ok_or(ShardFault::Form)
        };
        let (index, of) = text.split_once('/').ok_or(ShardFault::Form)?;
        Self::new(number(index)?, number(of)?)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "shard {} of {}", self.index, self.of)
    }
}

/// Which of `of` shards asks each trial of the plan, from 1 on, in the plan's order.
///
/// It is 1 + the first eight bytes of SHA-256 over `<suite>\n<family>`, as a big-endian number,
/// modulo `of`. So a family stays together in all its languages, and neither the machine nor what
/// else is planned matters.
#[must_use]
pub fn assigned(plan: &Plan, suites: &[Suite], of: u32) -> Vec<u32> {
    let mut sorted: Vec<&Suite> = suites.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    let home = |suite: usize, case: usize| {
        let suite = sorted.get(suite)?;
        Some(home(&suite.id, &suite.cases.get(case)?.family, of))
    };
    let trials = plan.trials.iter();
    trials
        .map(|trial| home(trial.suite, trial.case).unwrap_or(1))
        .collect()
}

fn home(suite: &str, family: &str, of: u32) -> u32 {
    let digest = Digest::of(format!("{suite}\n{family}").as_bytes());
    let bytes = digest.as_bytes().first_chunk().copied();
    let hash = u64::from_be_bytes(bytes.unwrap_or_default());
    // Below `of`, which has 32 bits.
    1 + u32::try_from(hash % u64::from(of.max(1))).unwrap_or_default()
}

impl Plan {
    /// The part of the plan that `shard` asks, by what is [`assigned`] to it: the header of the
    /// whole plan with the shard, and the shard's trials. Nothing is judged before all shards are
    /// merged.
    #[must_use]
    pub fn part(&self, assigned: &[u32], shard: Shard) -> Self {
        let mut header = self.header.clone();
        header.shard = Some(shard);
        let trials = self.trials.iter().zip(assigned);
        let own = trials.filter(|(_, home)| **home == shard.index);
        Self {
            header,
            trials: own.map(|(trial, _)| trial.clone()).collect(),
            judging: Judging::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_written_in_one_way() {
        let check = |text: &str, expect: Result<(u32, u32), &str>| {
            let read = text.parse::<Shard>();
            let read = read.map(|shard| (shard.index(), shard.of()));
            let told = read.as_ref().map_err(ToString::to_string);
            match (told, expect) {
                (Ok(shard), Ok(expect)) => assert_eq!(*shard, expect, "{text}"),
                (Err(told), Err(expect)) => assert!(told.contains(expect), "{text}: {told}"),
                (told, expect) => panic!("{text}: {told:?} where {expect:?} is right"),
            }
        };
        check("1/1", Ok((1, 1)));
        check("2/4", Ok((2, 4)));
        check("10000/10000", Ok((10_000, 10_000)));
        check("0/4", Err("there is no shard 0 of 4"));
        check("5/4", Err("there is no shard 5 of 4"));
        check("1/10001", Err("at most 10000"));
        for text in [
            "",
            "2",
            "/",
            "2/",
            "/4",
            "+2/4",
            "2/4/8",
            " 2/4",
            "2/99999999999",
        ] {
            check(text, Err("such as 2/4"));
        }
    }

    /// Expected values by Python: `1 + int.from_bytes(sha256(b"safety/refusal\nwell-3").digest()[:8],
    /// "big") % 4`.
    #[test]
    fn a_family_has_one_home() {
        for (suite, family, of, expect) in [
            ("safety/refusal", "well-3", 4, 4),
            ("safety/refusal", "well-4", 4, 3),
            ("safety/refusal", "well-3", 7, 7),
            ("a/b", "семья", 10_000, 2482),
            ("a/b", "f", 1, 1),
        ] {
            assert_eq!(home(suite, family, of), expect, "{family} of {of}");
        }
    }
}
