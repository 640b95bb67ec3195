//! What is found about a reply: a verdict with its reason, or why there is none.

use std::collections::BTreeSet;

use super::{Exchange, Instruction};
use crate::text::visible_line;

/// Whether an instruction is followed, with a short reason for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is followed.
    pub follows: bool,
    /// What was found and what was asked. Safe to show on one line.
    pub reason: String,
}

/// Why nothing can be said about an instruction. Safe to show on one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Undecided(pub String);

/// How a reply is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// As it stands.
    Strict,
    /// Followed if one of IFEval's eight relaxed copies follows.
    Loose,
}

impl Verdict {
    /// A verdict with its reason.
    pub(super) fn of(follows: bool, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { follows, reason }
    }

    pub(super) fn yes(reason: impl Into<String>) -> Self {
        Self::of(true, reason)
    }

    pub(super) fn no(reason: impl Into<String>) -> Self {
        Self::of(false, reason)
    }

    /// The same verdict with something added to its reason.
    pub(super) fn because(mut self, more: &str) -> Self {
        self.reason.push_str(", ");
        self.reason.push_str(more);
        self
    }

    /// Exactly so many were asked for.
    pub(super) fn exactly(count: usize, asked: u64, unit: &str) -> Self {
        let count = number(count);
        Self::of(count == asked, format!("{count} {unit}, asked: {asked}"))
    }

    /// At least so many were asked for.
    pub(super) fn at_least(count: usize, asked: u64, unit: &str) -> Self {
        let count = number(count);
        let reason = format!("{count} {unit}, asked: at least {asked}");
        Self::of(count >= asked, reason)
    }
}

/// Whether the reply follows all of the instructions: IFEval's accuracy of a prompt. The accuracy
/// of instructions is the mean of [`Instruction::follows`] over them.
///
/// # Errors
/// The first undecided instruction, where no other one is broken.
pub fn all_follow(
    instructions: &[Instruction],
    on: &Exchange,
    how: Strictness,
) -> Result<Verdict, Undecided> {
    let mut undecided = None;
    for instruction in instructions {
        match instruction.follows(on, how) {
            Ok(verdict) if verdict.follows => {}
            Ok(broken) => return Ok(broken),
            Err(reason) => undecided = undecided.or(Some(reason)),
        }
    }
    let count = instructions.len();
    undecided.map_or_else(
        || Ok(Verdict::yes(format!("{count} of {count} instructions"))),
        Err,
    )
}

/// The seven relaxed copies of a reply, without those that say nothing new.
pub(super) fn relaxed(reply: &str) -> BTreeSet<String> {
    let after_first = reply.split_once('\n').map_or("", |(_, rest)| rest);
    let before_last = reply.rsplit_once('\n').map_or("", |(rest, _)| rest);
    let between = after_first.rsplit_once('\n').map_or("", |(rest, _)| rest);
    let lines = [after_first.trim(), before_last.trim(), between.trim()];
    let plain = |text: &str| text.replace('*', "");
    let mut copies: BTreeSet<String> = lines.map(plain).into();
    copies.extend(lines.map(str::to_owned));
    copies.insert(plain(reply));
    copies.retain(|copy| !copy.trim().is_empty() && copy != reply);
    copies
}

/// A count as the number it is compared with.
pub(super) fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Foreign text for a reason: one line, no hidden characters, not long.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut start: String = text.chars().take(LONGEST).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    format!("`{}`", visible_line(&start))
}
