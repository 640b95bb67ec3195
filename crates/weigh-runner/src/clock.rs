//! The time of day as a value that is passed in, so that a test can fix it.

use std::time::{SystemTime, UNIX_EPOCH};

use weigh_core::event::Timestamp;

/// Tells the time.
pub trait Clock {
    /// Now, in UTC.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        // A clock before 1970 is wrong anyway; it says so by naming the first second.
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::of_seconds(since.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_has_a_time() {
        let now = SystemClock.now().0;
        assert!(now.as_str() > "2025", "{now}");
        assert_eq!(now.len(), 20);
    }
}
