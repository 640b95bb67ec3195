//! Which solved examples stand before a case: drawn by hash, so that no other case moves them.

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::language::Language;
use crate::suite::{Case, Suite};

/// The pool of a suite by language.
pub(super) struct Pool<'a> {
    suite: &'a str,
    seed: u64,
    count: usize,
    shots: BTreeMap<&'a Language, Vec<&'a Case>>,
}

impl<'a> Pool<'a> {
    pub fn of(suite: &'a Suite, seed: u64) -> Self {
        let mut shots: BTreeMap<&Language, Vec<&Case>> = BTreeMap::new();
        for shot in &suite.shots {
            shots.entry(&shot.language).or_default().push(shot);
        }
        Self {
            suite: &suite.id,
            seed,
            count: suite.few_shot.as_ref().map_or(0, |few| few.count),
            shots,
        }
    }

    /// The examples for `case` in their order: those of its language, outside of its family, whose
    /// hash of seed, suite, family and their own id is least. The members of a family get the same
    /// ones, so that only what was done to the item tells them apart.
    pub fn draw(&self, case: &Case) -> Result<Vec<&'a Case>, String> {
        if self.count == 0 {
            return Ok(Vec::new());
        }
        let pool = self.shots.get(&case.language).into_iter().flatten();
        let others = pool.filter(|shot| shot.family != case.family && shot.id != case.id);
        let mut ranked: Vec<(Digest, &Case)> =
            others.map(|shot| (self.rank(case, shot), *shot)).collect();
        if ranked.len() < self.count {
            return Err(format!(
                "it needs {} solved examples, and its language has {} of other families",
                self.count,
                ranked.len()
            ));
        }
        ranked.sort_unstable_by_key(|(rank, _)| *rank);
        let drawn = ranked.into_iter().take(self.count);
        Ok(drawn.map(|(_, shot)| shot).collect())
    }

    fn rank(&self, case: &Case, shot: &Case) -> Digest {
        let (seed, suite, family) = (self.seed, self.suite, &case.family);
        Digest::of(format!("{seed}\n{suite}\n{family}\n{}", shot.id).as_bytes())
    }
}
