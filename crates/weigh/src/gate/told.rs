//! How a gate is told: newly failing cases first, for people as text and for programs as JSON.

use serde::Serialize;
use weigh_core::cases::{CaseResult, CaseState, Changes, changes};
use weigh_core::decimal::Decimal;
use weigh_core::gate::{Change, Tested, untested};
use weigh_core::measure::MeasureName;
use weigh_core::stats::Stratum;
use weigh_core::text::visible_line;
use weigh_core::verdict::{Finding, Verdict};

use super::{Against, GateArgs, Gated, Limits, Side};
use crate::exit::Exit;
use crate::output::{Output, counted};
use crate::run::{quoted, verdict};

/// Newly failing cases that are told one by one.
const TOLD: usize = 20;

/// How the gate ended, in one sentence without a full stop.
pub(super) fn end(gated: &Gated) -> String {
    let mut parts = Vec::new();
    if let Some(against) = &gated.against {
        parts.push(of_baseline(against));
    }
    if let Some(limits) = &gated.limits {
        parts.push(format!("{} ({})", verdict(limits.verdict), limits.profile));
    }
    if !gated.gaps.is_empty() {
        parts.push("incomplete".to_owned());
    }
    parts.join("; ")
}

fn of_baseline(against: &Against) -> String {
    let all = against.tested.len();
    let count = |change| {
        let some = against.tested.iter().filter(|one| one.change == change);
        some.count()
    };
    match against.verdict {
        Verdict::DoesNotConform => format!(
            "worse than the baseline in {} of {all} measures",
            count(Change::Worse)
        ),
        Verdict::Inconclusive => format!(
            "{} of {all} measures may be worse than the baseline",
            count(Change::Open)
        ),
        Verdict::NotAssessed => "no measure can be tested against the baseline".to_owned(),
        Verdict::Conforms => format!("no worse than the baseline in {all} measures"),
    }
}

/// Tells it to people.
pub(super) fn text(args: &GateArgs, gated: &Gated, output: &Output) {
    let mut next = format!("weigh verify {}", quoted(&args.asked.record));
    if let Some((against, baseline)) = gated.against.as_ref().zip(args.baseline.as_ref()) {
        let changes = changes(&against.side.cases, &gated.run.cases);
        of_changes(&gated.run, &changes, output);
        let left = against.tested.iter();
        let mut left: Vec<&Tested> = left.filter(|one| one.change != Change::Held).collect();
        left.sort_by_key(|one| std::cmp::Reverse(one.change));
        left.iter().for_each(|one| measure(one, output));
        let (old, new) = (quoted(baseline), quoted(&args.asked.record));
        next = format!("weigh compare {old} {new}");
    }
    if let Some(limits) = &gated.limits {
        of_limits(limits, output);
    }
    output.line(&visible_line(&format!("{}; next: {next}", end(gated))));
}

fn of_changes(run: &Side, changes: &Changes<'_>, output: &Output) {
    for case in changes.newly_failing.iter().take(TOLD) {
        failing(case, output);
    }
    if let Some(more @ 1..) = changes.newly_failing.len().checked_sub(TOLD) {
        output.line(&format!(
            "  and {more} more: --json, --junit and --sarif have all"
        ));
    }
    let cases = run
        .cases
        .iter()
        .filter(|case| case.state != CaseState::Skipped);
    let lost = match changes.lost.len() {
        0 => String::new(),
        lost => format!(", {lost} no longer with an outcome"),
    };
    output.line(&format!(
        "{} newly failing, {} newly passing{lost} of {} cases",
        changes.newly_failing.len(),
        changes.newly_passing.len(),
        cases.count(),
    ));
}

/// The case, its place, and what was expected and read by each measure that found it wrong.
fn failing(case: &CaseResult, output: &Output) {
    output.line(&format!(
        "newly failing {}  {}:{}",
        visible_line(&case.trial),
        visible_line(&case.path()),
        case.line
    ));
    for reading in case.failing() {
        output.line(&format!(
            "  {}: expected \"{}\", got \"{}\"",
            reading.measure,
            visible_line(&reading.expected),
            visible_line(&reading.got)
        ));
    }
}

fn measure(one: &Tested, output: &Output) {
    let compared = &one.compared;
    let number = |value: Option<Decimal>| {
        value.map_or_else(|| "-".to_owned(), |value| format!("{:.3}", value.get()))
    };
    let change = match one.change {
        Change::Worse => "worse",
        Change::Open => "open",
        Change::Held => "held",
    };
    output.line(&format!(
        "{change}: {} {} {} -> {}: {}",
        compared.suite,
        compared.measure,
        number(compared.old),
        number(compared.new),
        one.reason,
    ));
}

/// What does not conform, then what is inconclusive; what was not assessed is counted.
fn of_limits(limits: &Limits, output: &Output) {
    for wanted in [Verdict::DoesNotConform, Verdict::Inconclusive] {
        for finding in limits.findings.iter().filter(|f| f.verdict == wanted) {
            output.line(&visible_line(&format!(
                "{}: {}{}: {}",
                verdict(wanted),
                finding.title,
                part(finding),
                finding.reason
            )));
        }
    }
    let left = limits.findings.iter();
    let left = left.filter(|finding| finding.verdict == Verdict::NotAssessed);
    if let count @ 1.. = left.count() {
        let count = counted(count, "requirement", "requirements");
        output.line(&format!("not assessed: {count} of {}", limits.profile));
    }
}

/// Of which part of the suite a finding is.
fn part(finding: &Finding) -> String {
    match &finding.stratum {
        None | Some(Stratum::All) => String::new(),
        Some(Stratum::Language(language)) => format!(", {language}"),
        Some(Stratum::Tag(tag)) => format!(", {tag}"),
    }
}

/// Tells it to programs.
pub(super) fn json(gated: &Gated, output: &Output) {
    #[derive(Serialize)]
    struct Told<'a> {
        exit: Exit,
        end: String,
        run: Named<'a>,
        incomplete: &'a [String],
        cases: Counted,
        profile: Option<Held<'a>>,
        baseline: Option<Compared<'a>>,
    }
    #[derive(Serialize)]
    struct Held<'a> {
        profile: &'a str,
        verdict: Verdict,
        findings: &'a [Finding],
    }
    #[derive(Serialize)]
    struct Compared<'a> {
        run: Named<'a>,
        verdict: Verdict,
        level: Decimal,
        margin: Decimal,
        #[serde(flatten)]
        changes: Changes<'a>,
        measures: &'a [Tested],
        not_tested: Vec<(String, MeasureName)>,
    }
    let baseline = gated.against.as_ref().map(|against| Compared {
        run: Named::of(&against.side),
        verdict: against.verdict,
        level: gated.level,
        margin: gated.margin,
        changes: changes(&against.side.cases, &gated.run.cases),
        measures: &against.tested,
        not_tested: untested(&gated.run.read.scored).into_iter().collect(),
    });
    output.json(
        "weighhouse-gate/1",
        &Told {
            exit: gated.exit,
            end: end(gated),
            run: Named::of(&gated.run),
            incomplete: &gated.gaps,
            cases: Counted::of(&gated.run.cases),
            profile: gated.limits.as_ref().map(|limits| Held {
                profile: &limits.profile,
                verdict: limits.verdict,
                findings: &limits.findings,
            }),
            baseline,
        },
    );
}

#[derive(Serialize)]
struct Named<'a> {
    report: &'a str,
    model: &'a str,
}

impl<'a> Named<'a> {
    fn of(side: &'a Side) -> Self {
        Self {
            report: &side.report.id,
            model: &side.read.model,
        }
    }
}

/// How many cases are in which state.
#[derive(Default, Serialize)]
struct Counted {
    failed: u64,
    error: u64,
    passed: u64,
    skipped: u64,
}

impl Counted {
    fn of(cases: &[CaseResult]) -> Self {
        cases.iter().fold(Self::default(), |mut counted, case| {
            match case.state {
                CaseState::Failed => counted.failed += 1,
                CaseState::Error => counted.error += 1,
                CaseState::Passed => counted.passed += 1,
                CaseState::Skipped => counted.skipped += 1,
            }
            counted
        })
    }
}
