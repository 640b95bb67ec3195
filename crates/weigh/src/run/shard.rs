//! `weigh run --shard`: which share of the plan this machine asks, as it is typed or as a scheduler
//! says it.

use std::str::FromStr;

use weigh_core::plan::{Shard, ShardFault};

use crate::exit::Exit;
use crate::failure::Failure;

/// The word that reads the scheduler's variables.
const AUTO: &str = "auto";

/// Which share of the plan, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShardArg {
    /// What the variables of the scheduler say.
    Auto,
    /// This one.
    One(Shard),
}

impl FromStr for ShardArg {
    type Err = ShardFault;

    fn from_str(text: &str) -> Result<Self, ShardFault> {
        if text == AUTO {
            return Ok(Self::Auto);
        }
        text.parse().map(Self::One)
    }
}

impl ShardArg {
    /// The shard. `variable` gives the value of an environment variable.
    pub fn chosen(self, variable: &dyn Fn(&str) -> Option<String>) -> Result<Shard, Failure> {
        match self {
            Self::One(shard) => Ok(shard),
            Self::Auto => from_scheduler(variable).map_err(|faults| {
                Failure::new(
                    Exit::Usage,
                    format!("cannot tell which shard this is: {}", faults.join("; ")),
                    "set what is named above, or give the shard itself, such as --shard 2/4",
                )
            }),
        }
    }
}

type Variable<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// A scheduler: the variable by which it is known, and what its variables say.
type Scheduler = (&'static str, fn(&Variable) -> Result<Shard, String>);

const SCHEDULERS: [Scheduler; 3] = [
    ("SLURM_ARRAY_TASK_ID", slurm),
    ("JOB_COMPLETION_INDEX", kubernetes),
    ("CI_NODE_INDEX", ci),
];

/// What every scheduler that is there says, if all say the same.
fn from_scheduler(variable: &Variable) -> Result<Shard, Vec<String>> {
    let mut found: Option<(&str, Shard)> = None;
    let mut faults = Vec::new();
    for (name, read) in SCHEDULERS {
        if variable(name).is_none() {
            continue;
        }
        match (read(variable), found) {
            (Ok(shard), Some((other, before))) if shard != before => {
                faults.push(format!("{other} makes it {before}, and {name} {shard}"));
            }
            (Ok(shard), _) => found = Some((name, shard)),
            (Err(fault), _) => faults.push(fault),
        }
    }
    match found {
        Some((_, shard)) if faults.is_empty() => Ok(shard),
        None if faults.is_empty() => {
            let names = SCHEDULERS.map(|(name, _)| name);
            Err(vec![format!("none of {} is set", names.join(", "))])
        }
        Some(_) | None => Err(faults),
    }
}

/// An array of jobs: <https://slurm.schedmd.com/job_array.html>. Its numbers begin anywhere and go
/// on by a step.
fn slurm(variable: &Variable) -> Result<Shard, String> {
    let task = number(variable, "SLURM_ARRAY_TASK_ID")?;
    let count = number(variable, "SLURM_ARRAY_TASK_COUNT")?;
    let first = number(variable, "SLURM_ARRAY_TASK_MIN")?;
    let or = |name: &str, usual| match variable(name) {
        Some(_) => number(variable, name),
        None => Ok(usual),
    };
    let step = or("SLURM_ARRAY_TASK_STEP", 1)?.max(1);
    let last = first.saturating_add(count.saturating_sub(1).saturating_mul(step));
    let told = or("SLURM_ARRAY_TASK_MAX", last)?;
    if told != last || task < first || task > last || !(task - first).is_multiple_of(step) {
        return Err(format!(
            "SLURM_ARRAY_TASK_ID is {task} in an array of {count} from {first} to {told}: its \
             numbers must have no gaps, as in --array=0-3"
        ));
    }
    shard(((task - first) / step).saturating_add(1), count)
}

/// An Indexed Job, which counts from 0 and does not say how many there are.
fn kubernetes(variable: &Variable) -> Result<Shard, String> {
    let index = number(variable, "JOB_COMPLETION_INDEX")?;
    let of = number(variable, "JOB_COMPLETION_COUNT")?;
    shard(index.saturating_add(1), of)
}

/// GitLab's `parallel`, which counts from 1; others have taken it over.
fn ci(variable: &Variable) -> Result<Shard, String> {
    let index = number(variable, "CI_NODE_INDEX")?;
    shard(index, number(variable, "CI_NODE_TOTAL")?)
}

fn number(variable: &Variable, name: &str) -> Result<u32, String> {
    let value = variable(name).ok_or_else(|| format!("{name} is not set"))?;
    let plain = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let number = plain.then(|| value.parse().ok()).flatten();
    number.ok_or_else(|| format!("{name} is `{value}` and no number"))
}

fn shard(index: u32, of: u32) -> Result<Shard, String> {
    Shard::new(index, of).map_err(|fault| fault.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `auto` gives with variables such as `A=1 B=2`.
    fn check(variables: &str, expect: Result<(u32, u32), &str>) {
        let pairs = || variables.split(' ').filter_map(|pair| pair.split_once('='));
        let variable = |name: &str| {
            let pair = pairs().find(|(known, _)| *known == name)?;
            Some(pair.1.to_owned())
        };
        let chosen = ShardArg::Auto.chosen(&variable);
        match (chosen, expect) {
            (Ok(shard), Ok(expect)) => {
                assert_eq!((shard.index(), shard.of()), expect, "{variables}");
            }
            (Err(failure), Err(expect)) => {
                assert_eq!(failure.exit, Exit::Usage);
                assert!(failure.message.contains(expect), "{}", failure.message);
            }
            (chosen, expect) => panic!("{variables}: {chosen:?} where {expect:?} is right"),
        }
    }

    #[test]
    fn schedulers_say_which_shard_it_is() {
        let slurm = |task: u32, of: u32, first: u32| {
            format!(
                "SLURM_ARRAY_TASK_ID={task} SLURM_ARRAY_TASK_COUNT={of} SLURM_ARRAY_TASK_MIN={first}"
            )
        };
        check(&slurm(0, 4, 0), Ok((1, 4)));
        check(&slurm(4, 4, 1), Ok((4, 4)));
        let step = "SLURM_ARRAY_TASK_STEP=3 SLURM_ARRAY_TASK_MAX=16";
        check(&format!("{} {step}", slurm(13, 3, 10)), Ok((2, 3)));
        check("JOB_COMPLETION_INDEX=0 JOB_COMPLETION_COUNT=8", Ok((1, 8)));
        check("CI_NODE_INDEX=2 CI_NODE_TOTAL=2", Ok((2, 2)));
        let both = format!("{} CI_NODE_INDEX=2 CI_NODE_TOTAL=4", slurm(1, 4, 0));
        check(&both, Ok((2, 4)));
    }

    #[test]
    fn schedulers_that_say_too_little_or_two_things_are_refused() {
        let none = "none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX, CI_NODE_INDEX is set";
        check("", Err(none));
        check("CI_NODE_TOTAL=1", Err(none));
        let count = "SLURM_ARRAY_TASK_COUNT is not set";
        check("SLURM_ARRAY_TASK_ID=0", Err(count));
        let array = "SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1";
        check(array, Err("no gaps"));
        check(&format!("{array} SLURM_ARRAY_TASK_MAX=7"), Err("no gaps"));
        check(
            "JOB_COMPLETION_INDEX=0",
            Err("JOB_COMPLETION_COUNT is not set"),
        );
        let past = "JOB_COMPLETION_INDEX=4 JOB_COMPLETION_COUNT=4";
        check(past, Err("there is no shard 5 of 4"));
        check("CI_NODE_INDEX=0 CI_NODE_TOTAL=4", Err("no shard 0 of 4"));
        check("CI_NODE_INDEX=a CI_NODE_TOTAL=4", Err("`a` and no number"));
        check("CI_NODE_INDEX= CI_NODE_TOTAL=4", Err("`` and no number"));
        let two = "JOB_COMPLETION_INDEX=1 JOB_COMPLETION_COUNT=4 CI_NODE_INDEX=1 CI_NODE_TOTAL=4";
        let why = "JOB_COMPLETION_INDEX makes it shard 2 of 4, and CI_NODE_INDEX shard 1 of 4";
        check(two, Err(why));
        let every = "SLURM_ARRAY_TASK_ID=0 JOB_COMPLETION_INDEX=0";
        check(
            every,
            Err("COUNT is not set; JOB_COMPLETION_COUNT is not set"),
        );
    }
}
