//! Plans for a share and its limit: how many cases, how many may fail, and who conforms.

use serde::Serialize;
use weigh_core::decimal::Decimal;
use weigh_core::profile::Limit;
use weigh_core::stats::power::{
    SampleSize, binomial_cdf, cases_for_limit, confident_failures, point_failures,
};

use super::{FORMAT, PlanArgs, decimal, percent, probability, round};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// The systems that are looked at fail at 1/5 to 8/5 of the limit.
const PARTS: u32 = 5;
const SYSTEMS: u32 = 8;

/// What a number of cases shows.
#[derive(Serialize)]
struct Report {
    about: &'static str,
    limit: Limit,
    /// One-sided.
    confidence: Decimal,
    /// The two-sided confidence of a profile that decides so.
    profile_confidence: Decimal,
    design_effect: Decimal,
    cases: u32,
    /// As many independent cases say as much.
    independent: u32,
    /// The most failures with which a system conforms.
    failures: Rules<Option<u32>>,
    /// What is wanted of a system, where a number of cases was looked for.
    wanted: Option<Wanted>,
    systems: Vec<System>,
}

/// The same under both rules.
#[derive(Serialize)]
struct Rules<T> {
    /// The observed share decides.
    point: T,
    /// The limit of confidence decides.
    confident: T,
}

#[derive(Serialize)]
struct Wanted {
    rate: Decimal,
    power: Decimal,
}

/// How probably one system conforms.
#[derive(Serialize)]
struct System {
    /// The share that truly fails, or passes where the limit is on passes.
    rate: Decimal,
    conforms: Rules<Decimal>,
}

/// Answers for `limit`.
pub fn command(args: &PlanArgs, limit: Limit, output: &Output) -> Result<(), Failure> {
    let report = report(args, limit)?;
    if output.json {
        output.json(FORMAT, &report);
    } else {
        tell(&report, output);
    }
    Ok(())
}

/// A share of passes as one of failures, and the other way round.
fn turned(limit: Limit, share: f64) -> f64 {
    match limit {
        Limit::AtMost(_) => share,
        Limit::AtLeast(_) => round(1.0 - share),
    }
}

/// The limit on failures.
fn bound(limit: Limit) -> f64 {
    let (Limit::AtMost(share) | Limit::AtLeast(share)) = limit;
    turned(limit, share.get())
}

fn report(args: &PlanArgs, limit: Limit) -> Result<Report, Failure> {
    let effect = args.design_effect();
    let (cases, independent) = match args.cases {
        Some(cases) => (cases, (f64::from(cases) / effect).floor() as u32),
        None => {
            let found = least(args, limit)?;
            ((f64::from(found.cases) * effect).ceil() as u32, found.cases)
        }
    };
    let (bound, alpha) = (bound(limit), args.alpha());
    let allowed = Rules {
        point: (independent > 0).then(|| point_failures(independent, bound)),
        confident: confident_failures(independent, bound, alpha),
    };
    let wanted = args.rate.filter(|_| args.cases.is_none());
    Ok(Report {
        about: "limit",
        limit,
        confidence: decimal(args.confidence),
        profile_confidence: decimal(1.0 - 2.0 * alpha),
        design_effect: decimal(effect),
        cases,
        independent,
        systems: systems(args, limit, independent, &allowed),
        failures: Rules {
            point: Some(point_failures(cases, bound)),
            confident: allowed.confident.map(|failures| of_all(failures, effect)),
        },
        wanted: wanted.map(|rate| Wanted {
            rate: decimal(rate),
            power: decimal(args.power),
        }),
    })
}

/// Failures among all cases for those among the independent ones.
fn of_all(failures: u32, effect: f64) -> u32 {
    (f64::from(failures) * effect).floor() as u32
}

/// The least number of independent cases.
fn least(args: &PlanArgs, limit: Limit) -> Result<SampleSize, Failure> {
    let rate = args
        .rate
        .map(|rate| turned(limit, rate))
        .unwrap_or_default();
    if rate >= bound(limit) {
        return Err(Failure::new(
            Exit::Usage,
            format!(
                "cannot plan: a system at {} is not within the limit of {}",
                percent(turned(limit, rate)),
                percent(turned(limit, bound(limit)))
            ),
            "give a --rate on the good side of the limit",
        ));
    }
    cases_for_limit(bound(limit), rate, args.alpha(), args.power).ok_or_else(|| {
        Failure::new(
            Exit::Usage,
            "cannot plan: more than ten million cases would be needed",
            "take a --rate further from the limit, or a lower --power or --confidence",
        )
    })
}

/// How systems at several true rates fare.
fn systems(
    args: &PlanArgs,
    limit: Limit,
    independent: u32,
    allowed: &Rules<Option<u32>>,
) -> Vec<System> {
    let part = bound(limit) / f64::from(PARTS);
    let mut rates: Vec<f64> = (1..=SYSTEMS).map(|n| round(part * f64::from(n))).collect();
    rates.extend(args.rate.map(|rate| turned(limit, rate)));
    rates.retain(|rate| *rate <= 1.0);
    rates.sort_by(f64::total_cmp);
    rates.dedup_by(|a, b| a.total_cmp(b).is_eq());
    let conforms = |failures: Option<u32>, rate: f64| {
        let chance = failures.map(|most| binomial_cdf(most, independent, rate));
        // Six digits are more than anybody plans with, and the same everywhere.
        decimal((chance.unwrap_or_default() * 1e6).round() / 1e6)
    };
    let system = |rate: f64| System {
        rate: decimal(turned(limit, rate)),
        conforms: Rules {
            point: conforms(allowed.point, rate),
            confident: conforms(allowed.confident, rate),
        },
    };
    rates.into_iter().map(system).collect()
}

fn tell(report: &Report, output: &Output) {
    let truly = match report.limit {
        Limit::AtMost(_) => "truly fails",
        Limit::AtLeast(_) => "truly passes",
    };
    let line = |name: &str, cells: &Rules<String>| {
        let Rules { point, confident } = cells;
        format!("{name:<16}{confident:>18}{point:>18}")
    };
    let both = |point: &str, confident: &str| Rules {
        point: point.to_owned(),
        confident: confident.to_owned(),
    };
    let mut lines = claim(report);
    lines.push(String::new());
    lines.push(line("", &both("point rule", "confident rule")));
    lines.push(line("may fail", &may_fail(report)));
    lines.push(String::new());
    lines.push(line(truly, &both("conforms", "conforms")));
    for system in &report.systems {
        let Rules { point, confident } = &system.conforms;
        let point = probability(point.get());
        let confident = match report.failures.confident {
            Some(_) => probability(confident.get()),
            None => "never".to_owned(),
        };
        let rate = percent(system.rate.get());
        lines.push(line(&rate, &both(&point, &confident)));
    }
    lines.push(String::new());
    lines.extend(notes(report));
    for line in lines {
        output.line(&line);
    }
}

fn may_fail(report: &Report) -> Rules<String> {
    let may = |failures: Option<u32>| {
        failures.map_or_else(
            || "-".to_owned(),
            |failures| {
                let share = 100.0 * f64::from(failures) / f64::from(report.cases);
                format!("{failures} ({share:.1} %)")
            },
        )
    };
    Rules {
        point: may(report.failures.point),
        confident: may(report.failures.confident),
    }
}

/// What the cases show, in words.
fn claim(report: &Report) -> Vec<String> {
    let what = match report.limit {
        Limit::AtMost(most) => format!("at most {} fail", percent(most.get())),
        Limit::AtLeast(least) => format!("at least {} pass", percent(least.get())),
    };
    let cases = if report.independent == report.cases {
        format!("{} cases", report.cases)
    } else {
        let Report {
            cases, independent, ..
        } = report;
        format!("{cases} cases, which say as much as {independent} independent ones")
    };
    let confidence = percent(report.confidence.get());
    let Some(wanted) = &report.wanted else {
        return vec![format!(
            "{cases}; the claim: {what}, with {confidence} confidence."
        )];
    };
    let (rate, power) = (percent(wanted.rate.get()), percent(wanted.power.get()));
    vec![
        format!("{cases} are needed; the claim: {what}, with {confidence} confidence."),
        format!(
            "They are the fewest with which a system truly at {rate} conforms {power} of the time or more."
        ),
    ]
}

/// What a reader should know of the table.
fn notes(report: &Report) -> Vec<String> {
    let mut notes = Vec::new();
    if report.failures.confident.is_none() {
        let bound = bound(report.limit);
        let fewest = cases_for_limit(bound, 0.0, round(1.0 - report.confidence.get()), 0.5);
        let fewest = fewest.map_or_else(String::new, |fewest| {
            let all = (f64::from(fewest.cases) * report.design_effect.get()).ceil();
            format!("; {all} are the fewest that can")
        });
        notes.push(format!(
            "So few cases show nothing even without a failure{fewest}."
        ));
    }
    if report.wanted.is_some() {
        notes.push(
            "Failures are whole numbers, so a few cases more can conform less often.".to_owned(),
        );
    }
    notes.push(format!(
        "A profile with confidence = \"{}\" decides by the confident rule as here: its intervals are two-sided.",
        report.profile_confidence
    ));
    notes
}
