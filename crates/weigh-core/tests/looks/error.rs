//! How often repeated looks are wrong, simulated at the limit itself: seeded, on counts, by the
//! project's own intervals and its own choice of how much more is asked.

use std::collections::{BTreeMap, BTreeSet};

use weigh_core::decimal::Decimal;
use weigh_core::measure::{MeasureName, Scale};
use weigh_core::profile::{Limit, Profile};
use weigh_core::stats::cluster::{Cluster, total};
use weigh_core::stats::proportion::clustered;
use weigh_core::stats::random::Random;
use weigh_core::stats::{Estimate, Interval, Method, Stratum};
use weigh_core::verdict::families_to_decide;

use crate::shipped::profiles;

/// Runs for each rule. One standard deviation of a share of 2.5 % is then 0.25 %.
const RUNS: u64 = 4000;
/// The same with families of several members, whose intervals take longer.
const RUNS_OF_FAMILIES: u64 = 1000;
/// Families of the first look, and the most that a suite has.
const FIRST: u32 = 40;
const MOST: u32 = 800;
/// Members of a family where there are several, and how often all of them go one way.
const MEMBERS: u32 = 4;
const TOGETHER: f64 = 0.3;

/// How a run is looked at.
struct Looks<'a> {
    limit: Limit,
    /// The confidence of each look.
    levels: &'a [Decimal],
    members: u32,
}

/// Intervals of counts that came before: simple counts come again and again.
type Known = BTreeMap<(u32, u32, u64), (f64, f64)>;

fn bound(limit: Limit) -> f64 {
    let (Limit::AtLeast(bound) | Limit::AtMost(bound)) = limit;
    bound.get()
}

/// A family of members that pass with probability `p`, alike more often than by chance.
fn family(random: &mut Random, p: f64, members: u32) -> Cluster {
    let passes = if members > 1 && random.chance(TOGETHER) {
        f64::from(members) * f64::from(u8::from(random.chance(p)))
    } else {
        (0..members).fold(0.0, |sum, _| sum + f64::from(u8::from(random.chance(p))))
    };
    Cluster {
        planned: members,
        passes,
        missing: 0,
    }
}

/// What the record would say of these families.
fn estimate(families: &[Cluster], level: Decimal, known: &mut Known) -> Estimate {
    let all = total(families);
    let independent = all.planned as usize == families.len();
    let limits = |_: &(u32, u32, u64)| clustered(families, level.get());
    let key = (all.passes as u32, all.planned, level.get().to_bits());
    let (lower, upper) = if independent {
        *known.entry(key).or_insert_with_key(limits)
    } else {
        limits(&key)
    };
    let decimal = |value: f64| Decimal::new(value).unwrap();
    Estimate {
        suite: "s".to_owned(),
        measure: MeasureName::Accuracy,
        measure_version: 1,
        stratum: Stratum::All,
        planned: all.planned,
        scored: all.planned,
        unscored: BTreeMap::new(),
        clusters: families.len() as u32,
        point: Decimal::new(all.passes / f64::from(all.planned)).ok(),
        interval: Some(Interval {
            lower: decimal(lower),
            upper: decimal(upper),
            level,
            method: Method::ClopperPearson,
        }),
        correction: None,
    }
}

impl Looks<'_> {
    /// Whether a model exactly at the limit is found conforming at some look.
    fn conforms(&self, random: &mut Random, known: &mut Known) -> bool {
        let p = bound(self.limit);
        let mut families: Vec<Cluster> = Vec::new();
        let mut wanted = FIRST;
        for (at, level) in self.levels.iter().enumerate() {
            while (families.len() as u32) < wanted {
                families.push(family(random, p, self.members));
            }
            let found = estimate(&families, *level, known);
            let interval = found.interval.as_ref().unwrap();
            let (lower, upper) = (interval.lower.get(), interval.upper.get());
            let (within, outside) = match self.limit {
                Limit::AtLeast(_) => (lower >= p, upper < p),
                Limit::AtMost(_) => (upper <= p, lower > p),
            };
            if within || outside {
                return within;
            }
            let Some(next) = self.levels.get(at + 1).filter(|_| wanted < MOST) else {
                return false;
            };
            let needed = families_to_decide(self.limit, &found, *next).unwrap_or(MOST);
            wanted = needed.max(wanted + wanted / 2).min(MOST);
        }
        false
    }

    fn runs(&self) -> u64 {
        if self.members == 1 {
            RUNS
        } else {
            RUNS_OF_FAMILIES
        }
    }

    /// Three standard deviations of a share that is truly `share`.
    fn margin(&self, share: f64) -> f64 {
        3.0 * (share * (1.0 - share) / self.runs() as f64).sqrt()
    }

    /// The share of false Conforms.
    fn error(&self, seed: u64) -> f64 {
        let mut known = Known::new();
        let wrong = (0..self.runs())
            .filter(|run| self.conforms(&mut Random::stream(seed, *run), &mut known));
        wrong.count() as f64 / self.runs() as f64
    }
}

fn shipped() -> Vec<Profile> {
    let read = profiles().into_iter().map(|(_, profile)| profile.unwrap());
    read.collect()
}

fn levels(profile: &Profile) -> Vec<Decimal> {
    let looks = 1..=profile.most_looks();
    looks
        .map(|look| profile.confidence_at(look).unwrap())
        .collect()
}

/// The limits on shares that a profile has, as texts that sort.
fn limits(profile: &Profile) -> Vec<Limit> {
    let measured = profile.requirements.iter().filter_map(|r| r.measured());
    let shares = measured.filter(|asked| asked.measure.scale() == Scale::Proportion);
    shares.map(|asked| asked.limit).collect()
}

/// One side of a two-sided interval is wrong half as often as both: at most alpha / 2 in all.
#[test]
fn looks_of_shipped_profiles_keep_their_confidence() {
    let mut seen = BTreeSet::new();
    for profile in shipped() {
        let (alpha, levels) = (1.0 - profile.confidence.get(), levels(&profile));
        for limit in limits(&profile) {
            for members in [1, MEMBERS] {
                if levels.len() < 2 || !seen.insert(format!("{limit:?} {levels:?} {members}")) {
                    continue;
                }
                let looks = Looks {
                    limit,
                    levels: &levels,
                    members,
                };
                let error = looks.error(seen.len() as u64);
                assert!(
                    error <= alpha / 2.0 + looks.margin(alpha / 2.0),
                    "{} {limit:?}, families of {members}: {error}",
                    profile.id
                );
            }
        }
    }
    assert!(seen.len() >= 10, "some shipped profile has looks");
}

/// The same looks at the full alpha each time: the test above can fail.
#[test]
fn looking_again_at_the_same_confidence_does_not_keep_it() {
    let full: Vec<Decimal> = vec!["0.95".parse().unwrap(); 8];
    for limit in ["0.5", "0.6"] {
        let limit = Limit::AtLeast(limit.parse().unwrap());
        let exceeds = |levels, share: f64| {
            let members = 1;
            let looks = Looks {
                limit,
                levels,
                members,
            };
            let error = looks.error(1);
            assert!(error > share + looks.margin(share), "{error}");
        };
        exceeds(&full[..3], 0.025);
        exceeds(&full, 0.05);
    }
}
