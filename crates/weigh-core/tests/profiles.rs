//! The profiles that the project ships: they ask for what the suites have, and at a limit they are
//! seldom wrong.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test over folders reads files, and fails when it cannot"
)]

mod shipped;
#[path = "../examples/coverage/simulate.rs"]
#[allow(dead_code, reason = "the example uses all of it")]
mod simulate;

use std::collections::{BTreeMap, BTreeSet};

use simulate::beta_binomial;
use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;
use weigh_core::language::Language;
use weigh_core::measure::{Scale, score};
use weigh_core::plan::{self, Options, Plan};
use weigh_core::profile::{DecisionRule, Measured, Profile, Requirement, Scope, Subject};
use weigh_core::stats::cluster::{Cluster, total};
use weigh_core::stats::power::binomial_cdf;
use weigh_core::stats::proportion::clustered;
use weigh_core::stats::random::Random;
use weigh_core::stats::{Estimate, Interval, Method, Stratum, estimate};
use weigh_core::subject;
use weigh_core::suite::{Suite, Tier};
use weigh_core::transcript::Transcript;
use weigh_core::verdict::{Verdict, decide};

fn profiles() -> Vec<Profile> {
    let read = shipped::profiles().into_iter();
    read.map(|(_, profile)| profile.unwrap()).collect()
}

/// What a run of `plan` says whose model answered nothing.
fn unanswered(plan: &Plan) -> Transcript {
    let digest = Digest::of(b"");
    Transcript {
        subject: subject::Subject {
            name: String::new(),
            files: Vec::new(),
            tokenizer: digest,
            config: digest,
            chat_template: None,
            facts: BTreeMap::new(),
        },
        conditions: Vec::new(),
        responses: vec![None; plan.trials.len()],
        judges: Vec::new(),
        judgements: BTreeMap::new(),
        opened: Vec::new(),
        sealed: None,
    }
}

#[test]
fn every_requirement_finds_cases_in_the_suites() {
    let suites: Vec<Suite> = shipped::suites()
        .into_iter()
        .map(|(_, read)| read.unwrap().suite)
        .collect();
    let options = Options {
        tier: Tier::Full,
        limit: None,
        languages: Vec::new(),
        seed: 1,
    };
    let mut complaints = Vec::new();
    let profiles = profiles();
    let plan = plan::plan(&suites, &profiles[0], &options, &BTreeMap::new(), "test").unwrap();
    let scored = score(&plan, &suites, &unanswered(&plan));
    let estimates = estimate(&scored, "0.95".parse().unwrap(), &[]);
    for profile in profiles {
        let (findings, verdict) = decide(&profile, &estimates);
        assert_eq!(verdict, Verdict::NotAssessed, "{}", profile.id);
        for finding in findings.iter().filter(|finding| finding.limit.is_some()) {
            if finding.estimate.as_ref().is_none_or(|e| e.planned < 2) {
                let (profile, id) = (&profile.id, &finding.requirement);
                complaints.push(format!("{profile}: {id}: {}", finding.reason));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn every_profile_speaks_six_languages_and_says_why_nothing_is_measured() {
    let mut said: BTreeMap<String, Texts> = BTreeMap::new();
    for profile in profiles() {
        let mut needed = vec![("", &profile.title)];
        let mut optional = vec![("", &profile.note)];
        for one in &profile.requirements {
            needed.push((&one.id, &one.title));
            optional.extend([(&*one.id, &one.note), (&one.id, &one.unverified)]);
            let steps = one.measured().map(|measured| &measured.steps);
            let names = steps.into_iter().flatten().map(|step| &step.name);
            needed.extend(names.map(|name| (&*one.id, name)));
            if let Subject::NotMeasurable(reason) = &one.subject {
                needed.push((&one.id, reason));
            }
        }
        optional.retain(|(_, texts)| !texts.is_empty());
        for (id, texts) in needed.into_iter().chain(optional) {
            let name = format!("{}: {id}", profile.id);
            in_six_languages(&name, texts);
            // One text in English is told in the same words everywhere.
            let english = texts[&"en".parse().unwrap()].clone();
            let first = said.entry(english).or_insert_with(|| texts.clone());
            assert_eq!(first, texts, "{name}");
        }
    }
}

/// A text per language.
type Texts = BTreeMap<Language, String>;

/// Every language has the text, in its own letters, and none repeats another's sentence.
fn in_six_languages(name: &str, texts: &Texts) {
    let told: Vec<&str> = texts.keys().map(Language::as_str).collect();
    assert_eq!(told, ["ar", "en", "es", "fr", "ru", "zh"], "{name}");
    let ranges = [
        ("ar", '\u{600}'..='\u{6ff}'),
        ("ru", '\u{400}'..='\u{4ff}'),
        ("zh", '\u{4e00}'..='\u{9fff}'),
    ];
    for (tag, range) in ranges {
        let text = &texts[&tag.parse().unwrap()];
        assert!(text.chars().any(|c| range.contains(&c)), "{name}: {text}");
    }
    let different: BTreeSet<&String> = texts.values().collect();
    assert_eq!(different.len(), texts.len(), "{name}");
}

/// What a requirement asks, whatever it is about.
fn rules() -> Vec<Measured> {
    let mut seen = BTreeSet::new();
    let mut rules = Vec::new();
    for profile in profiles() {
        for measured in profile
            .requirements
            .iter()
            .filter_map(Requirement::measured)
        {
            let (rule, limit) = (measured.rule, measured.limit);
            let name = format!("{}: {limit:?} {rule:?}", profile.id);
            assert!(rule != DecisionRule::Point, "{name} reads no interval");
            assert_eq!(measured.measure.scale(), Scale::Proportion, "{name}");
            assert!(profile.confidence.get() >= 0.95, "{name}");
            if seen.insert(format!("{limit:?} {rule:?} {:?}", measured.cases)) {
                rules.push(Measured {
                    scope: Scope::All,
                    steps: Vec::new(),
                    ..measured.clone()
                });
            }
        }
    }
    rules
}

/// A profile of that one requirement.
fn only(measured: &Measured) -> Profile {
    let requirement = Requirement {
        id: "only".to_owned(),
        title: BTreeMap::new(),
        clause: None,
        note: BTreeMap::new(),
        unverified: BTreeMap::new(),
        subject: Subject::Measured(measured.clone()),
    };
    Profile {
        requirements: vec![requirement],
        ..profiles().remove(0)
    }
}

/// Whether `clusters` conform.
fn conforms(profile: &Profile, measured: &Measured, clusters: &[Cluster]) -> bool {
    let all = total(clusters);
    let (lower, upper) = clustered(clusters, profile.confidence.get());
    let decimal = |value: f64| Decimal::new(value).unwrap();
    let estimate = Estimate {
        suite: measured.suite.clone(),
        measure: measured.measure,
        measure_version: 1,
        stratum: Stratum::All,
        planned: all.planned,
        scored: all.planned,
        unscored: BTreeMap::new(),
        clusters: clusters.len() as u32,
        point: Some(decimal(all.passes / f64::from(all.planned))),
        interval: Some(Interval {
            lower: decimal(lower),
            upper: decimal(upper),
            level: profile.confidence,
            method: Method::KornGraubard,
        }),
        correction: None,
    };
    decide(profile, &[estimate]).1 == Verdict::Conforms
}

/// Samples to try: the smallest one that is allowed, and some others.
fn sizes(measured: &Measured) -> BTreeSet<u32> {
    let least = measured.cases.unwrap_or(40);
    BTreeSet::from([least, least.max(150), least.max(300)])
}

/// The truth at the limit itself, every number of passes weighed by its probability: exact.
#[test]
fn a_system_at_the_limit_conforms_once_in_twenty_at_most() {
    let mut tried = 0;
    for measured in rules() {
        let (profile, truth) = (only(&measured), measured.limit.bound().get());
        for size in sizes(&measured) {
            let unit = |passed: bool| Cluster {
                planned: 1,
                passes: f64::from(u8::from(passed)),
                missing: 0,
            };
            let mut wrong = 0.0;
            for passes in 0..=size {
                let below = passes.checked_sub(1);
                let below = below.map_or(0.0, |k| binomial_cdf(k, size, truth));
                let weight = binomial_cdf(passes, size, truth) - below;
                // What is too rare to be told apart from nothing need not be judged.
                if weight > 1e-9 {
                    let clusters: Vec<Cluster> = (0..size).map(|at| unit(at < passes)).collect();
                    let conforms = conforms(&profile, &measured, &clusters);
                    wrong += weight * f64::from(u8::from(conforms));
                }
            }
            assert!(wrong <= 0.05, "{measured:?}, {size} units: {wrong}");
            tried += u32::from(wrong > 0.0);
        }
    }
    assert!(tried > 10, "only {tried} samples can conform at all");
}

/// The same where units come in families that rise and fall together, drawn by seed.
#[test]
fn families_at_the_limit_conform_once_in_twenty_at_most() {
    const RUNS: u32 = 400;
    // Three standard deviations of so many runs.
    let margin = 3.0 * (0.05 * 0.95 / f64::from(RUNS)).sqrt();
    for measured in rules() {
        let (profile, truth) = (only(&measured), measured.limit.bound().get());
        for (size, correlation) in [(2, 0.5), (16, 0.3)] {
            let units = measured.cases.unwrap_or(160);
            let wrong = (0..RUNS).filter(|run| {
                let random = &mut Random::stream(20_261_128, u64::from(*run));
                let clusters = beta_binomial(random, truth, units, size, correlation);
                conforms(&profile, &measured, &clusters)
            });
            let share = wrong.count() as f64 / f64::from(RUNS);
            let name = format!("{measured:?}, {units} units by {size}: {share}");
            assert!(share <= 0.05 + margin, "{name}");
        }
    }
}

/// The same draws under the rule that no shipped profile has: the tests above could fail.
#[test]
fn the_point_rule_is_wrong_far_more_often() {
    for measured in rules() {
        let measured = Measured {
            rule: DecisionRule::Point,
            cases: None,
            ..measured
        };
        let (profile, truth) = (only(&measured), measured.limit.bound().get());
        let wrong = (0..200).filter(|run| {
            let random = &mut Random::stream(20_261_128, *run);
            conforms(
                &profile,
                &measured,
                &beta_binomial(random, truth, 160, 2, 0.5),
            )
        });
        assert!(wrong.count() > 40, "{measured:?}");
    }
}
