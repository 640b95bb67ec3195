//! How the command ends: one number for each kind of end, the same in every subcommand.

use std::process::ExitCode;

use serde::{Serialize, Serializer};
use weigh_core::verdict::Verdict;

/// How the command ended.
///
/// `weigh run` measures, so it ends with [`Exit::Success`] whenever the run is complete and its
/// report signed, whatever the verdict. With `--gate` the verdict decides. A run that lost trials,
/// left the way it was planned to go, or scored nothing in some suite ends with
/// [`Exit::Incomplete`]: never with success, with or without `--gate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: done; of a verdict: conforms.
    Success,
    /// 1: a fault of the machine or a bug. Trying again may help.
    Machine,
    /// 2: arguments, configuration, model, suite or profile cannot be used.
    Usage,
    /// 3: the verdict is inconclusive, or nothing was assessed.
    Inconclusive,
    /// 4: there is nothing to run.
    NothingToRun,
    /// 5: a record or a signature is invalid.
    Invalid,
    /// 6: a run is incomplete.
    Incomplete,
    /// 100: the model was weighed and does not conform, is worse than its baseline, or answers
    /// otherwise than its record says.
    DoesNotConform,
    /// 130: interrupted. What was answered is kept.
    Interrupted,
}

impl Exit {
    /// Every end, for the manual.
    pub const ALL: [Self; 9] = [
        Self::Success,
        Self::Machine,
        Self::Usage,
        Self::Inconclusive,
        Self::NothingToRun,
        Self::Invalid,
        Self::Incomplete,
        Self::DoesNotConform,
        Self::Interrupted,
    ];

    /// The number.
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Machine => 1,
            Self::Usage => 2,
            Self::Inconclusive => 3,
            Self::NothingToRun => 4,
            Self::Invalid => 5,
            Self::Incomplete => 6,
            Self::DoesNotConform => 100,
            Self::Interrupted => 130,
        }
    }

    /// What it means, for the manual.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Success => "done; where the verdict decides: conforms",
            Self::Machine => "a fault of the machine or a bug; trying again may help",
            Self::Usage => "arguments, configuration, model, suite or profile cannot be used",
            Self::Inconclusive => "the verdict is inconclusive, or nothing was assessed",
            Self::NothingToRun => "there is nothing to run",
            Self::Invalid => "a record or a signature is invalid",
            Self::Incomplete => "a run is incomplete, or a suite in it scored nothing",
            Self::DoesNotConform => {
                "the model does not conform, is worse than its baseline, or answers otherwise than \
                 its record says"
            }
            Self::Interrupted => "interrupted; what was answered is kept",
        }
    }

    /// The end of a command in which the verdict decides. An incomplete measurement can hide a
    /// pass but not a failure, so only a model that does not conform goes before it.
    pub const fn of_verdict(verdict: Verdict, complete: bool) -> Self {
        match (verdict, complete) {
            (Verdict::DoesNotConform, _) => Self::DoesNotConform,
            (_, false) => Self::Incomplete,
            (Verdict::Inconclusive | Verdict::NotAssessed, true) => Self::Inconclusive,
            (Verdict::Conforms, true) => Self::Success,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

impl Serialize for Exit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_documented_ones() {
        let numbers = Exit::ALL.map(Exit::code);
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 100, 130]);
    }

    #[test]
    fn only_a_complete_conforming_run_is_a_success() {
        use Verdict::{Conforms, DoesNotConform, Inconclusive, NotAssessed};
        for (verdict, complete, exit) in [
            (Conforms, true, Exit::Success),
            (Inconclusive, true, Exit::Inconclusive),
            (NotAssessed, true, Exit::Inconclusive),
            (DoesNotConform, true, Exit::DoesNotConform),
            (Conforms, false, Exit::Incomplete),
            (Inconclusive, false, Exit::Incomplete),
            (NotAssessed, false, Exit::Incomplete),
            (DoesNotConform, false, Exit::DoesNotConform),
        ] {
            assert_eq!(Exit::of_verdict(verdict, complete), exit);
        }
    }
}
