//! Moments as records write them, and as seconds since 1970. Core reads no clock.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A moment in UTC as RFC 3339 with seconds: `2026-11-24T13:02:19Z`. Such texts sort as the moments do.
/// What is read has this form, or is a fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Timestamp(pub String);

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Self(String::deserialize(deserializer)?);
        match read.seconds() {
            Some(_) => Ok(read),
            None => Err(D::Error::custom(
                "expected a moment in UTC, as `2026-11-24T13:02:19Z`",
            )),
        }
    }
}

impl Timestamp {
    /// `seconds` after 1970-01-01T00:00:00Z, in the proleptic Gregorian calendar.
    #[must_use]
    pub fn of_seconds(seconds: u64) -> Self {
        let (days, second) = (seconds / 86_400, seconds % 86_400);
        let (year, month, day) = date(days);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        Self(format!(
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
        ))
    }

    /// Seconds since 1970; none where the text has not the one form, names a day that the calendar has not, or an
    /// earlier year.
    #[must_use]
    pub fn seconds(&self) -> Option<i64> {
        let bytes = self.0.as_bytes();
        let form = b"0000-00-00T00:00:00Z";
        let alike = |(have, form): (&u8, &u8)| match form {
            b'0' => have.is_ascii_digit(),
            other => have == other,
        };
        if bytes.len() != form.len() || !bytes.iter().zip(form).all(alike) {
            return None;
        }
        let number = |at: std::ops::Range<usize>| self.0.get(at)?.parse::<i64>().ok();
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
        if !(1..=12).contains(&month) || hour >= 24 || minute >= 60 || second >= 60 {
            return None;
        }
        let seconds = days(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
        let back = Self::of_seconds(u64::try_from(seconds).ok()?);
        (back == *self).then_some(seconds)
    }
}

/// Year, month and day of the day `days` after 1970-01-01.
///
/// Counts from 1 March of year 0, so that the leap day is the last of its year: 400 years have
/// 146,097 days, 100 years 36,524, four years 1,461, and five months from March on 153.
const fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    (400 * era + year + next, month, day)
}

/// The same backwards: days from 1970-01-01 to a day.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * month + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds and times from GNU `date -u -d @SECONDS +%FT%TZ`.
    #[test]
    fn times_are_those_of_the_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_800, "2000-03-01T00:00:00Z"),
            (1_735_689_599, "2024-12-31T23:59:59Z"),
            (1_795_525_339, "2026-11-24T13:02:19Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            let time = Timestamp::of_seconds(seconds);
            assert_eq!(time.0, text, "{seconds}");
            assert_eq!(time.seconds(), i64::try_from(seconds).ok());
        }
    }

    /// Walks four centuries day by day with the rule as people say it.
    #[test]
    fn every_day_follows_the_one_before() {
        let leap =
            |y: u64| y.is_multiple_of(4) && (!y.is_multiple_of(100) || y.is_multiple_of(400));
        let (mut year, mut month, mut day) = (1970, 1, 1);
        for day_number in 0..146_097 {
            assert_eq!(date(day_number), (year, month, day));
            let signed = |n: u64| i64::try_from(n).unwrap();
            let back = days(signed(year), signed(month), signed(day));
            assert_eq!(back, signed(day_number));
            let length = match month {
                2 => 28 + u64::from(leap(year)),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            day += 1;
            if day > length {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
    }

    #[test]
    fn other_forms_are_no_moments() {
        for text in [
            "",
            "2026-11-28",
            "2026-11-28 05:53:22Z",
            "2026-13-28T05:53:22Z",
            "2026-00-28T05:53:22Z",
            "2026-11-28T05:53:22+00:00",
            "2026-11-28T24:00:00Z",
            "2026-11-28T05:53:22.0Z",
            "+026-11-28T05:53:22Z",
            "2026-02-29T00:00:00Z",
            "2026-02-00T00:00:00Z",
            "2026-01-32T00:00:00Z",
            "1969-12-31T23:59:59Z",
        ] {
            assert_eq!(Timestamp(text.to_owned()).seconds(), None, "{text}");
            assert!(serde_json::from_value::<Timestamp>(text.into()).is_err());
        }
    }
}
