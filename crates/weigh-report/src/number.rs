//! Numbers for people: shares as percentages, sizes, counts. Nothing here can print NaN.

use weigh_core::decimal::Decimal;
use weigh_core::measure::{MeasureName, Scale};
use weigh_core::profile::Limit;
use weigh_core::stats::mean::Range;
use weigh_core::stats::{Correction, Estimate, Interval};
use weigh_core::verdict::Finding;

/// Groups of three digits are kept together and apart by a narrow no-break space (SI brochure, 5.4.4).
const GROUP: char = '\u{202f}';

/// The most decimals of a percentage.
const MOST_PLACES: usize = 6;

/// `78.3 % [70.1, 85.0]`, with more digits where fewer would read like the limit beside it.
/// `None` where nothing was scored.
pub(crate) fn estimate(estimate: &Estimate, limit: Option<Limit>) -> Option<String> {
    let (point, interval) = parts(estimate, limit)?;
    Some(match interval {
        Some(interval) => format!("{point} {interval}"),
        None => point,
    })
}

/// The point and the interval of [`estimate`]: `78.3 %` and `[70.1, 85.0]`.
pub(crate) fn parts(estimate: &Estimate, limit: Option<Limit>) -> Option<(String, Option<String>)> {
    let share = is_share(estimate.measure);
    let digits = |value| {
        if share {
            digits(value, limit)
        } else {
            amount(value, limit)
        }
    };
    let unit = if share { " %" } else { "" };
    let point = format!("{}{unit}", digits(estimate.point?));
    let interval = estimate.interval.as_ref().map(|interval| {
        let (lower, upper) = (digits(interval.lower), digits(interval.upper));
        format!("[{lower}, {upper}]")
    });
    Some((point, interval))
}

/// `91.0 %`, or `91.0 % [86.2, 95.7]` with an interval.
pub(crate) fn share(share: Decimal, interval: Option<&Interval>) -> String {
    let point = format!("{} %", digits(share, None));
    match interval {
        Some(interval) => {
            let [lower, upper] = [interval.lower, interval.upper].map(|end| digits(end, None));
            format!("{point} [{lower}, {upper}]")
        }
        None => point,
    }
}

/// `91.0 % [86.2, 95.7]`: the share without the scorer's errors, or why there is none.
pub(crate) fn correction(correction: &Correction) -> Result<String, &str> {
    match correction {
        Correction::Corrected {
            point,
            lower,
            upper,
            ..
        } => {
            let [point, lower, upper] = [*point, *lower, *upper].map(|share| digits(share, None));
            Ok(format!("{point} % [{lower}, {upper}]"))
        }
        Correction::Undefined { reason, .. } => Err(reason),
    }
}

/// `≥ 95 %`, `≤ 5 %` or, for figures that are no shares, `≤ 1.25`: as many digits as the profile
/// gave. Without a measure the limit is read as a share.
pub(crate) fn limit(limit: Limit, measure: Option<MeasureName>) -> String {
    let said = |bound: Decimal| {
        if measure.is_none_or(is_share) {
            format!("{} %", plain(bound))
        } else {
            bound.to_string()
        }
    };
    match limit {
        Limit::AtLeast(least) => format!("≥ {}", said(least)),
        Limit::AtMost(most) => format!("≤ {}", said(most)),
    }
}

/// The measure of a finding, where something was planned for it.
pub(crate) fn measure(finding: &Finding) -> Option<MeasureName> {
    finding.estimate.as_ref().map(|estimate| estimate.measure)
}

/// Whether a figure lies between 0 and 1 and is told in percent.
pub(crate) fn is_share(measure: MeasureName) -> bool {
    match measure.scale() {
        Scale::Proportion | Scale::Calibration | Scale::Selective | Scale::Corpus => true,
        Scale::Mean(range) => range == Range::UNIT,
        Scale::Ratio | Scale::Exponential => false,
    }
}

/// A figure that is no share: three decimals, or every digit where three would read like the limit.
fn amount(value: Decimal, limit: Option<Limit>) -> String {
    let rounded = |value: Decimal| format!("{:.3}", value.get());
    let bound = limit.map(|(Limit::AtLeast(bound) | Limit::AtMost(bound))| bound);
    if value.get().abs() > 1e6 || bound.is_some_and(|b| b != value && rounded(b) == rounded(value))
    {
        return value.to_string();
    }
    rounded(value)
}

/// `95 %`: a share without needless digits, for confidence levels.
pub(crate) fn level(level: Decimal) -> String {
    format!("{} %", plain(level))
}

/// Where `share` lies on an axis from 0 to 100, with two decimals; values beyond it at its ends.
pub(crate) fn position(share: Decimal) -> String {
    format!("{:.2}", share.get().clamp(0.0, 1.0) * 100.0)
}

/// `98 362 432`.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(GROUP);
        }
        grouped.push(digit);
    }
    grouped
}

/// A quantity of a physical unit, with three or more digits that count: `0.125`, `12.5`, `98 362`.
pub(crate) fn quantity(value: Decimal) -> String {
    let size = value.get();
    if (9_999.5..1e15).contains(&size) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it lies between these bounds"
        )]
        return count(size.round() as u64);
    }
    match size {
        0.0005..10.0 => format!("{size:.3}"),
        10.0..9_999.5 => format!("{size:.1}"),
        _ => value.to_string(),
    }
}

/// A number of a model file in groups of three digits; any other text as it is.
pub(crate) fn readable(text: &str) -> String {
    match text.parse() {
        Ok(number) if text == u64::to_string(&number) => count(number),
        Ok(_) | Err(_) => text.to_owned(),
    }
}

/// `98.4 MB`, in powers of ten; `None` where the bytes themselves are short enough.
pub(crate) fn size(bytes: u64) -> Option<String> {
    let units = [
        (1_000_000_000_000, "TB"),
        (1_000_000_000, "GB"),
        (1_000_000, "MB"),
        (1_000, "kB"),
    ];
    let (unit, name) = units.into_iter().find(|(unit, _)| bytes >= *unit)?;
    let tenths = (u128::from(bytes) * 10 + u128::from(unit) / 2) / u128::from(unit);
    Some(format!("{}.{} {name}", tenths / 10, tenths % 10))
}

/// A share times one hundred with one decimal, or more where one would mislead: short of everything
/// is never shown as everything, and a little never as nothing, unless six decimals cannot tell.
fn digits(share: Decimal, limit: Option<Limit>) -> String {
    if share.get().abs() > 1e4 {
        return share.to_string();
    }
    let rounded = |value: Decimal, places: usize| format!("{:.places$}", value.get() * 100.0);
    let bound = limit.map(|(Limit::AtLeast(bound) | Limit::AtMost(bound))| bound);
    let others = [Some(Decimal::ZERO), Some(Decimal::ONE), bound];
    let nearest = rounded(share, MOST_PLACES);
    if bound.is_none_or(|bound| bound == share || rounded(bound, MOST_PLACES) != nearest)
        && [Decimal::ZERO, Decimal::ONE]
            .iter()
            .any(|end| rounded(*end, MOST_PLACES) == nearest)
    {
        return rounded(share, 1);
    }
    let misleads = |places: usize| {
        let mut others = others.iter().flatten().filter(|other| **other != share);
        others.any(|other| rounded(*other, places) == rounded(share, places))
    };
    (1..=MOST_PLACES)
        .find(|places| !misleads(*places))
        .map_or_else(|| share.to_string(), |places| rounded(share, places))
}

/// A share times one hundred without trailing zeros.
fn plain(share: Decimal) -> String {
    if share.get().abs() > 1e4 {
        return share.to_string();
    }
    let digits = format!("{:.6}", share.get() * 100.0);
    let short = digits.trim_end_matches('0').trim_end_matches('.');
    short.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(value: f64) -> Decimal {
        Decimal::new(value).unwrap()
    }

    #[test]
    fn percentages() {
        for (value, expect) in [
            (0.0, "0.0 %"),
            (1.0, "100.0 %"),
            (0.783, "78.3 %"),
            (0.285, "28.5 %"),
            (0.9996, "99.96 %"),
            (0.999_999_9, "99.99999 %"),
            (1e-12, "0.0 %"),
            (0.999_999_999_9, "100.0 %"),
            (0.0004, "0.04 %"),
            (1e300, "1e300 %"),
        ] {
            assert_eq!(format!("{} %", digits(share(value), None)), expect);
        }
    }

    #[test]
    fn a_value_beside_its_limit_never_reads_like_it() {
        let limit = Some(Limit::AtLeast(share(0.95)));
        for (value, expect) in [
            (0.95, "95.0"),
            (0.949_9, "94.99"),
            (0.949_999, "94.9999"),
            (0.955, "95.5"),
        ] {
            assert_eq!(digits(share(value), limit), expect);
        }
    }

    #[test]
    fn limits_counts_and_sizes() {
        assert_eq!(limit(Limit::AtLeast(share(0.95)), None), "≥ 95 %");
        assert_eq!(limit(Limit::AtMost(share(0.0525)), None), "≤ 5.25 %");
        let bits = Some(MeasureName::BitsPerByte);
        assert_eq!(limit(Limit::AtMost(share(1.25)), bits), "≤ 1.25");
        assert_eq!(level(share(0.95)), "95 %");
        assert_eq!(count(9999), "9999");
        assert_eq!(count(98_362_432), "98\u{202f}362\u{202f}432");
        let quantities = [0.0, 0.125, 12.5, 1234.56, 98_362.4, -2.5, 1e300];
        let texts = [
            "0",
            "0.125",
            "12.5",
            "1234.6",
            "98\u{202f}362",
            "-2.5",
            "1e300",
        ];
        assert_eq!(quantities.map(|value| quantity(share(value))), texts);
        assert_eq!(readable("134515008"), "134\u{202f}515\u{202f}008");
        assert_eq!(readable("007"), "007");
        assert_eq!(readable("Q4_1"), "Q4_1");
        assert_eq!(size(98_362_432).as_deref(), Some("98.4 MB"));
        assert_eq!(size(999), None);
        assert_eq!(size(u64::MAX).as_deref(), Some("18446744.1 TB"));
        assert_eq!(position(share(-3.0)), "0.00");
        assert_eq!(position(share(2.0)), "100.00");
    }

    proptest! {
        #[test]
        fn every_number_has_a_text_that_is_one(bits in any::<u64>(), bound in 0.0..1.0f64) {
            let Ok(value) = Decimal::new(f64::from_bits(bits)) else { return Ok(()) };
            let limit = Limit::AtMost(share(bound));
            for text in [digits(value, Some(limit)), plain(value), position(value), quantity(value).replace(GROUP, "")] {
                prop_assert!(text.parse::<f64>().is_ok_and(f64::is_finite), "{}", text);
            }
        }
    }
}
