//! Chance as a value that is passed in, so that a test can fix it.

use weigh_core::opening::Salt;

use crate::fault::RunFault;

/// Draws what nobody may guess.
pub trait Chance {
    /// The salt of a record.
    ///
    /// # Errors
    /// When there is no chance to be had. A record is never sealed with less.
    fn salt(&self) -> Result<Salt, RunFault>;
}

/// The operating system's.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn salt(&self) -> Result<Salt, RunFault> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|fault| RunFault::Chance(fault.to_string()))?;
        Ok(Salt::from_bytes(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_salts_are_never_the_same() {
        let salt = || SystemChance.salt().unwrap();
        assert_ne!(salt(), salt());
        assert_ne!(salt(), Salt::from_bytes([0; 32]));
    }
}
