//! A finite real number that every JSON reader gives back as it was written: a decimal string.
//!
//! JSON numbers become doubles in some readers and lose digits in others, so a published number is
//! a string that holds the shortest decimal form which reads back to the same `f64`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A finite `f64`. Never NaN, never infinite, and zero has no sign.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub struct Decimal(f64);

/// A number that is NaN or infinite, or text that is not the canonical form of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a finite number in its shortest decimal form")]
pub struct NotFinite;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(0.0);
    /// One.
    pub const ONE: Self = Self(1.0);

    /// `value` as a decimal.
    ///
    /// # Errors
    /// When it is NaN or infinite.
    pub fn new(value: f64) -> Result<Self, NotFinite> {
        // Adding zero turns -0.0 into 0.0 and changes nothing else.
        if value.is_finite() {
            Ok(Self(value + 0.0))
        } else {
            Err(NotFinite)
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Eq for Decimal {}

#[allow(
    clippy::derive_ord_xor_partial_ord,
    reason = "finite numbers are totally ordered"
)]
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl From<u32> for Decimal {
    fn from(value: u32) -> Self {
        Self(f64::from(value))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if size == 0.0 || (1e-6..1e16).contains(&size) {
            write!(f, "{}", self.0)
        } else {
            write!(f, "{:e}", self.0)
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Decimal {
    type Err = NotFinite;

    fn from_str(text: &str) -> Result<Self, NotFinite> {
        let value = Self::new(text.parse().map_err(|_| NotFinite)?)?;
        // One number, one text: "1.0", "+1" and "01" would let two records differ and agree.
        if value.to_string() == text {
            Ok(value)
        } else {
            Err(NotFinite)
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_forms() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-1.5, "-1.5"),
            (0.1, "0.1"),
            (1e-9, "1e-9"),
            (1e21, "1e21"),
        ] {
            assert_eq!(Decimal::new(value).unwrap().to_string(), text);
        }
        for text in ["", "NaN", "inf", "1.0", "+1", "01", "1e0", "-0", " 1"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotFinite), "{text}");
        }
        assert_eq!(Decimal::new(f64::NAN), Err(NotFinite));
        assert_eq!(Decimal::new(f64::INFINITY), Err(NotFinite));
    }

    proptest! {
        #[test]
        fn every_finite_number_reads_back(bits in any::<u64>()) {
            if let Ok(value) = Decimal::new(f64::from_bits(bits)) {
                prop_assert_eq!(value.to_string().parse(), Ok(value));
            }
        }
    }
}
