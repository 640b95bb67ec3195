//! Which examples stand before a document (`lm_eval/api/samplers.py`).

use super::random::Random;

/// How examples are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sampler {
    /// Drawn anew for each document, from one generator in the order of the documents.
    Default,
    /// The first ones.
    FirstN,
}

/// There are fewer examples than a prompt wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{wanted} examples are wanted, and there are {there}")]
pub struct TooFew {
    /// How many a prompt wants.
    pub wanted: usize,
    /// How many there are.
    pub there: usize,
}

/// Chooses examples, a document after the other.
#[derive(Debug)]
pub struct Shots {
    sampler: Sampler,
    pool: usize,
    count: usize,
    random: Random,
}

impl Shots {
    /// `count` examples out of `pool` for each document; `seed` is lm-eval's few-shot seed.
    #[must_use]
    pub fn new(sampler: Sampler, pool: usize, count: usize, seed: u64) -> Self {
        Self {
            sampler,
            pool,
            count,
            random: Random::new(seed),
        }
    }

    /// The examples of the next document, as places in the pool.
    ///
    /// `is_document` says which entries of the pool equal the document, where examples come from
    /// the documents' own split; elsewhere `None`, and one example fewer is drawn.
    ///
    /// # Errors
    /// The pool is too small, which lm-eval refuses as well.
    pub fn next(
        &mut self,
        is_document: Option<&dyn Fn(usize) -> bool>,
    ) -> Result<Vec<usize>, TooFew> {
        if self.count == 0 {
            return Ok(Vec::new());
        }
        let pool = self.pool;
        let others = || -> Vec<usize> {
            let stays = |index: &usize| is_document.is_none_or(|is| !is(*index));
            (0..pool).filter(stays).collect()
        };
        match self.sampler {
            Sampler::FirstN => self.first(others()),
            Sampler::Default => self.draw(is_document, &others),
        }
    }

    fn first(&self, mut others: Vec<usize>) -> Result<Vec<usize>, TooFew> {
        self.enough(others.len(), self.count)?;
        others.truncate(self.count);
        Ok(others)
    }

    /// One more than needed is drawn, and the document itself dropped; where copies of it leave too
    /// few, lm-eval draws once more from the rest.
    fn draw(
        &mut self,
        is_document: Option<&dyn Fn(usize) -> bool>,
        others: &dyn Fn() -> Vec<usize>,
    ) -> Result<Vec<usize>, TooFew> {
        let wanted = self.count + usize::from(is_document.is_some());
        self.enough(self.pool, wanted)?;
        let mut drawn = self.random.sample(self.pool, wanted);
        drawn.retain(|index| is_document.is_none_or(|is| !is(*index)));
        drawn.truncate(self.count);
        if drawn.len() == self.count {
            return Ok(drawn);
        }
        let rest = others();
        self.enough(rest.len(), self.count)?;
        let places = self.random.sample(rest.len(), self.count);
        Ok(places
            .iter()
            .filter_map(|place| rest.get(*place).copied())
            .collect())
    }

    const fn enough(&self, there: usize, wanted: usize) -> Result<(), TooFew> {
        if there < wanted {
            return Err(TooFew { wanted, there });
        }
        Ok(())
    }
}
