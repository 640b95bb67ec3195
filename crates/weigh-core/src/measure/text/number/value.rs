//! An exact number: a decimal over a whole number. Never a float.

use std::fmt;
use std::str::FromStr;

/// A number as written: `digits` with `scale` of them after the point, divided by `over`.
#[derive(Debug, Clone)]
pub struct Number {
    negative: bool,
    /// ASCII digits.
    digits: String,
    /// How many of them stand after the point.
    scale: usize,
    /// The divisor, not 0. 1 for a decimal.
    over: u64,
}

/// Text that is no plain number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a number in plain notation, such as `-1234.5` or `3/4`: ASCII digits, a point, \
     no grouping"
)]
pub struct NotANumber(pub String);

impl Number {
    /// A decimal of ASCII digits, those of `fraction` after the point.
    pub(super) fn decimal(negative: bool, whole: &str, fraction: &str) -> Self {
        Self {
            negative,
            digits: format!("{whole}{fraction}"),
            scale: fraction.len(),
            over: 1,
        }
    }

    /// A fraction of whole numbers; none where the divisor is 0.
    pub(super) fn fraction(negative: bool, above: u64, over: u64) -> Option<Self> {
        (over != 0).then(|| Self {
            negative,
            digits: above.to_string(),
            scale: 0,
            over,
        })
    }

    /// This number times ten to the power `power`.
    pub(super) fn shifted(mut self, power: i16) -> Self {
        let places = usize::from(power.unsigned_abs());
        if power < 0 {
            self.scale += places;
        } else {
            let fewer = self.scale.min(places);
            self.scale -= fewer;
            self.digits.push_str(&"0".repeat(places - fewer));
        }
        self
    }

    /// The sign and the size, where this is written as a whole number.
    pub(super) fn whole(&self) -> Option<(bool, u64)> {
        let plain = self.scale == 0 && self.over == 1;
        let size = plain.then(|| self.digits.parse().ok())?;
        size.map(|size| (self.negative, size))
    }

    /// Whether the number is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.negative && self.digits.bytes().any(|digit| digit != b'0')
    }

    /// The value times `by` without leading or trailing zeros: digits before and after the point.
    fn times(&self, by: u64) -> (String, String) {
        let digits = multiply(&self.digits, by);
        let padded = format!("{digits:0>width$}", width = self.scale + 1);
        let (whole, fraction) = padded
            .split_at_checked(padded.len() - self.scale)
            .unwrap_or_default();
        let trim = |text: &str| text.trim_start_matches('0').to_owned();
        (trim(whole), fraction.trim_end_matches('0').to_owned())
    }
}

/// The product of a row of ASCII digits and a number, as digits.
fn multiply(digits: &str, by: u64) -> String {
    if by == 1 {
        return digits.to_owned();
    }
    let mut product = Vec::with_capacity(digits.len() + 20);
    let mut carry = 0_u128;
    for digit in digits.bytes().rev() {
        carry += u128::from(digit - b'0') * u128::from(by);
        product.push(last_digit(carry));
        carry /= 10;
    }
    while carry > 0 {
        product.push(last_digit(carry));
        carry /= 10;
    }
    product.iter().rev().collect()
}

fn last_digit(number: u128) -> char {
    u32::try_from(number % 10)
        .ok()
        .and_then(|digit| char::from_digit(digit, 10))
        .unwrap_or('0')
}

impl PartialEq for Number {
    /// Equality of values: `1.50` is `3/2`, and zero has no sign.
    fn eq(&self, other: &Self) -> bool {
        self.is_negative() == other.is_negative()
            && self.times(other.over) == other.times(self.over)
    }
}

impl Eq for Number {}

impl FromStr for Number {
    type Err = NotANumber;

    /// Reads plain notation: `-1234.5`, `3/4`. ASCII digits, a point, no grouping.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let refuse = || NotANumber(text.to_owned());
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let negative = unsigned.len() < text.len();
        if let Some((above, over)) = unsigned.split_once('/') {
            let number = |s: &str| s.parse::<u64>().ok().filter(|_| digits(s));
            return number(above)
                .zip(number(over))
                .and_then(|(above, over)| Self::fraction(negative, above, over))
                .ok_or_else(refuse);
        }
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let dangling = unsigned.ends_with('.');
        if digits(whole) && !dangling && (fraction.is_empty() || digits(fraction)) {
            Ok(Self::decimal(negative, whole, fraction))
        } else {
            Err(refuse())
        }
    }
}

impl fmt::Display for Number {
    /// Plain notation without needless zeros. Reads back as an equal number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = self.times(1);
        let sign = if self.is_negative() { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { &whole };
        write!(f, "{sign}{whole}")?;
        if !fraction.is_empty() {
            write!(f, ".{fraction}")?;
        }
        if self.over != 1 {
            write!(f, "/{}", self.over)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn values_are_equal_not_texts() {
        for (a, b) in [
            ("1.50", "3/2"),
            ("007", "7"),
            ("-0.0", "0"),
            ("2/4", "1/2"),
            ("0.1", "10/100"),
            ("-6/3", "-2"),
        ] {
            assert_eq!(number(a), number(b), "{a} {b}");
        }
        for (a, b) in [
            ("5", "-5"),
            ("1.5", "15"),
            ("1/3", "0.3333333333333333"),
            ("1", "10"),
        ] {
            assert_ne!(number(a), number(b), "{a} {b}");
        }
        assert_eq!(number("1.5").shifted(4), number("15000"));
        assert_eq!(number("15").shifted(-3), number("0.015"));
    }

    #[test]
    fn plain_notation_only() {
        for text in [
            "", "-", "1,5", "1.", ".5", "+1", " 1", "1e3", "१", "1/0", "1/", "-/2", "1.2.3",
        ] {
            assert_eq!(
                text.parse::<Number>(),
                Err(NotANumber(text.to_owned())),
                "{text}"
            );
        }
        assert!(NotANumber("x".to_owned()).to_string().contains("`x`"));
        for (text, shown) in [
            ("-0", "0"),
            ("01.50", "1.5"),
            ("6/4", "6/4"),
            ("-0.05", "-0.05"),
        ] {
            assert_eq!(number(text).to_string(), shown);
        }
    }

    proptest! {
        #[test]
        fn fractions_are_equal_as_products_say(
            a in 0_u64..60, b in 1_u64..60, c in 0_u64..60, d in 1_u64..60
        ) {
            let equal = number(&format!("{a}/{b}")) == number(&format!("{c}/{d}"));
            prop_assert_eq!(equal, a * d == c * b);
        }

        #[test]
        fn decimals_are_equal_as_their_units_say(a in 0_u32..3000, b in 0_u32..3000, scale in 0_usize..4) {
            let write = |units: u32| {
                let digits = format!("{units:04}");
                let (whole, fraction) = digits.split_at(4 - scale);
                let whole = if whole.is_empty() { "0" } else { whole };
                if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
            };
            prop_assert_eq!(number(&write(a)) == number(&write(b)), a == b);
        }
    }
}
