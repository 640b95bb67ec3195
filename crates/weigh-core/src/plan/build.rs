//! From suites and options to the trials of a run.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::render::Prompts;
use super::sample::{drawn, sample};
use super::{Earlier, Options, Plan, PlanHeader, PlannedProfile, PlannedSuite, Trial, look};
use crate::digest::Digest;
use crate::journal;
use crate::json::{GREATEST_INTEGER, canonical};
use crate::judge::Judging;
use crate::language::Language;
use crate::measure::MeasureName;
use crate::profile::Profile;
use crate::request::{Prompt, Request};
use crate::suite::Suite;

/// The most bytes that all requests of a plan take, of [`Trial::size`]: a small suite can ask for
/// gigabytes, and a plan is held whole. 6,000 prompts of 128 KiB fit, or a million short choices of four.
pub(crate) const MOST_ASKED: usize = 768 << 20;

/// What a request takes beside its texts, in bytes.
const COST: usize = 64;

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// Two suites have one id.
    #[error("two suites have the id `{0}`")]
    SameSuite(String),
    /// A seed that some JSON readers would change.
    #[error("the seed {0} is above {GREATEST_INTEGER}")]
    Seed(u64),
    /// A language that was asked for and that no suite has.
    #[error("no suite has cases in the language `{0}`")]
    NoSuchLanguage(Language),
    /// A run that cannot extend what it says it extends.
    #[error("it is no look that the profile allows: {0}")]
    Look(String),
    /// A requirement reads a measure that its suite does not have.
    #[error("`{requirement}` requires `{measure}`, which the suite `{suite}` does not score")]
    NotMeasured {
        /// The requirement's id.
        requirement: String,
        /// The suite's id.
        suite: String,
        /// The measure.
        measure: MeasureName,
    },
    /// Tier, languages and limit leave no case.
    #[error("the tier, the languages and the limit leave nothing to run")]
    NothingToRun,
    /// Two cases of a suite have one language and id. A parsed suite has no such cases.
    #[error("the trial `{0}` stands twice")]
    SameTrial(String),
    /// More is asked than a plan may hold.
    #[error(
        "what is asked takes more than {most} MiB, {COST} bytes a request included; with the trial \
         `{trial}` it is too much",
        most = MOST_ASKED >> 20
    )]
    TooLarge {
        /// The first trial for which there is no room.
        trial: String,
    },
    /// A case without a prompt that fits it. A parsed suite has no such cases.
    #[error("the trial `{trial}` has no prompt: {reason}")]
    NoPrompt {
        /// The trial's id.
        trial: String,
        /// Why.
        reason: String,
    },
}

/// Plans a run: which cases, in which order, and exactly what is asked.
///
/// The plan depends on what is in `suites` and not on their order: [`Trial::suite`] is an index
/// into the suites sorted by id.
///
/// # Errors
/// Why there is no plan.
pub fn plan(
    suites: &[Suite],
    profile: &Profile,
    options: &Options,
    laboratory: &BTreeMap<String, String>,
    harness: &str,
) -> Result<Plan, PlanFault> {
    plan_look(
        suites,
        profile,
        options,
        &Earlier::default(),
        laboratory,
        harness,
    )
}

/// Plans a run that extends what `earlier` names: all of its trials, and more of some suites.
///
/// # Errors
/// Why there is no plan.
pub fn plan_look(
    suites: &[Suite],
    profile: &Profile,
    options: &Options,
    earlier: &Earlier,
    laboratory: &BTreeMap<String, String>,
    harness: &str,
) -> Result<Plan, PlanFault> {
    let mut trials = Vec::new();
    let chosen = (options, earlier);
    let keep = |trial| trials.push(trial);
    let header = walk_look(
        suites, profile, chosen, laboratory, harness, MOST_ASKED, keep,
    )?;
    Ok(Plan {
        judging: Judging::of(&sorted(suites)?, &trials),
        header,
        trials,
    })
}

/// The same for plans that need not be held in memory: gives each trial to `sink`, in order.
///
/// # Errors
/// Why there is no plan. `sink` may have had trials before.
pub fn walk(
    suites: &[Suite],
    profile: &Profile,
    options: &Options,
    laboratory: &BTreeMap<String, String>,
    harness: &str,
    sink: impl FnMut(Trial),
) -> Result<PlanHeader, PlanFault> {
    let chosen = (options, &Earlier::default());
    walk_look(
        suites, profile, chosen, laboratory, harness, MOST_ASKED, sink,
    )
}

fn walk_look(
    suites: &[Suite],
    profile: &Profile,
    (options, earlier): (&Options, &Earlier),
    laboratory: &BTreeMap<String, String>,
    harness: &str,
    mut room: usize,
    mut sink: impl FnMut(Trial),
) -> Result<PlanHeader, PlanFault> {
    let suites = sorted(suites)?;
    check(&suites, profile, options)?;
    let look = look::look(profile, &suites, options, earlier).map_err(PlanFault::Look)?;
    let of_suite = suites.iter().map(|suite| Prompts::of(suite, options.seed));
    let prompts: Vec<Prompts<'_>> = of_suite.collect();
    let slots = slots(&suites, options, earlier)?;
    let mut planned = planned_suites(&suites);
    let mut hasher = Sha256::new();
    let mut requests = 0;
    let trials = slots.len();
    for slot in slots {
        let (Some(suite), Some(prompts)) = (suites.get(slot.suite), prompts.get(slot.suite)) else {
            continue;
        };
        let trial = prompts.trial(slot)?;
        room = match room.checked_sub(trial.size()) {
            Some(room) => room,
            None => return Err(PlanFault::TooLarge { trial: trial.id }),
        };
        // Texts and integers below 2^53 always have a canonical form.
        hasher.update(canonical(&trial).unwrap_or_default());
        hasher.update(b"\n");
        requests += count(trial.requests.len());
        if let Some(planned) = planned.get_mut(&suite.id) {
            planned.trials += 1;
        }
        sink(trial);
    }
    Ok(PlanHeader {
        format: journal::FORMAT.to_owned(),
        harness: harness.to_owned(),
        suites: planned,
        profile: PlannedProfile {
            id: profile.id.clone(),
            version: profile.version.clone(),
            digest: profile.digest,
        },
        options: normal(options),
        laboratory: laboratory.clone(),
        cards: Vec::new(),
        nonce: None,
        look,
        shard: None,
        trials: count(trials),
        requests,
        digest: Digest::from_bytes(hasher.finalize().into()),
    })
}

impl Trial {
    /// About how many bytes its requests take: [`COST`] and the texts of each, a prompt that follows
    /// itself counted once.
    fn size(&self) -> usize {
        let mut before = None;
        let mut size = 0;
        for request in &self.requests {
            let prompt = request.prompt();
            let shared = before
                .zip(prompt)
                .is_some_and(|(a, b)| Prompt::shares(a, b));
            let asked = prompt.filter(|_| !shared).map_or(0, Prompt::length);
            let scored = match request {
                Request::Likelihood { continuation, .. } => continuation.len(),
                Request::Generate { .. } | Request::Similarity { .. } => 0,
            };
            size += COST + asked + scored;
            before = prompt;
        }
        size
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn sorted(suites: &[Suite]) -> Result<Vec<&Suite>, PlanFault> {
    let mut sorted: Vec<&Suite> = suites.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    match sorted.array_windows().find(|[a, b]| a.id == b.id) {
        Some([twice, _]) => Err(PlanFault::SameSuite(twice.id.clone())),
        None => Ok(sorted),
    }
}

fn check(suites: &[&Suite], profile: &Profile, options: &Options) -> Result<(), PlanFault> {
    if options.seed > GREATEST_INTEGER {
        return Err(PlanFault::Seed(options.seed));
    }
    for language in &options.languages {
        if !suites
            .iter()
            .any(|suite| suite.prompts.contains_key(language))
        {
            return Err(PlanFault::NoSuchLanguage(language.clone()));
        }
    }
    for requirement in &profile.requirements {
        let Some(asked) = requirement.measured() else {
            continue;
        };
        let suite = suites.iter().find(|suite| suite.id == asked.suite);
        if suite.is_some_and(|suite| !suite.measures.contains(&asked.measure)) {
            return Err(PlanFault::NotMeasured {
                requirement: requirement.id.clone(),
                suite: asked.suite.clone(),
                measure: asked.measure,
            });
        }
    }
    Ok(())
}

/// The options in the one form that says the same: languages sorted, each once.
fn normal(options: &Options) -> Options {
    let languages: BTreeSet<&Language> = options.languages.iter().collect();
    Options {
        languages: languages.into_iter().cloned().collect(),
        ..options.clone()
    }
}

fn planned_suites(suites: &[&Suite]) -> BTreeMap<String, PlannedSuite> {
    let planned = |suite: &&Suite| PlannedSuite {
        version: suite.version.clone(),
        digest: suite.digest,
        trials: 0,
    };
    suites
        .iter()
        .map(|suite| (suite.id.clone(), planned(suite)))
        .collect()
}

/// A trial before its prompt is rendered.
#[derive(Debug)]
pub(super) struct Slot {
    pub id: String,
    pub suite: usize,
    pub case: usize,
}

/// What is to run, sorted by id.
fn slots(suites: &[&Suite], options: &Options, earlier: &Earlier) -> Result<Vec<Slot>, PlanFault> {
    let mut slots = Vec::new();
    for (suite_index, suite) in suites.iter().enumerate() {
        let indices = drawn(suite, options, sample(options, earlier, &suite.id));
        let cases = indices.into_iter();
        let cases = cases.filter_map(|index| Some((index, suite.cases.get(index)?)));
        slots.extend(cases.map(|(case_index, case)| Slot {
            id: format!("{}:{}:{}", suite.id, case.language, case.id),
            suite: suite_index,
            case: case_index,
        }));
    }
    if slots.is_empty() {
        return Err(PlanFault::NothingToRun);
    }
    // Stable, because that is quick where most are in order: cases are, within their suite.
    slots.sort_by(|a, b| a.id.cmp(&b.id));
    match slots.array_windows().find(|[a, b]| a.id == b.id) {
        Some([twice, _]) => Err(PlanFault::SameTrial(twice.id.clone())),
        None => Ok(slots),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile;
    use crate::suite::{self, SuiteFile, Tier};

    const PROFILE: &str = "format = \"weighhouse-profile/1\"\nid = \"p\"\nversion = \"1.0.0\"\n\
                           basis = [\"This test\"]\nconfidence = \"0.95\"\n[title]\nen = \"P\"\n\
                           [[requirement]]\nid = \"r\"\nsuite = \"a/b\"\nmeasure = \"accuracy\"\n\
                           scope = \"all\"\nat_least = \"0.5\"\nrule = \"three-way\"\n\
                           [requirement.title]\nen = \"R\"\n";

    /// Two cases, each of 12 bytes before two choices of 3 bytes.
    const CASES: &str = "{\"id\":\"1\",\"q\":\"ab\",\"choices\":[\"yes\",\"not\"],\"answer\":0}\n\
                         {\"id\":\"2\",\"q\":\"cd\",\"choices\":[\"yes\",\"not\"],\"answer\":0}\n";

    fn planned(prompt: &str, room: usize) -> Result<PlanHeader, PlanFault> {
        let head = format!(
            "format = \"weighhouse-suite/1\"\nid = \"local/x\"\nversion = \"1.0.0\"\n\
             [task]\nkind = \"choice\"\n{prompt}"
        );
        let files = [("suite.toml", head.as_str()), ("cases.en.jsonl", CASES)];
        let files = files.map(|(path, text)| SuiteFile {
            path,
            bytes: text.as_bytes(),
        });
        let suite = suite::parse("local/x", &files).unwrap().suite;
        let profile = profile::parse("p.toml", PROFILE.as_bytes()).unwrap();
        let options = Options {
            tier: Tier::Full,
            limit: None,
            languages: Vec::new(),
            seed: 1,
        };
        let chosen = (&options, &Earlier::default());
        walk_look(
            &[suite],
            &profile,
            chosen,
            &BTreeMap::new(),
            "x",
            room,
            |_| {},
        )
    }

    #[test]
    fn what_is_asked_is_counted_before_it_is_kept() {
        let texts = "[prompt.default]\ntemplate = \"Is it so? {q}\"\ndelimiter = \"\"\n";
        let chat = "[[prompt.default.turn]]\nrole = \"user\"\ncontent = \"Is it so? {q}\"\n";
        for prompt in [texts, chat] {
            let each = 12 + 2 * (COST + 3);
            assert_eq!(planned(prompt, 2 * each).map(|header| header.trials), Ok(2));
            let fault = planned(prompt, 2 * each - 1).unwrap_err();
            assert_eq!(
                fault,
                PlanFault::TooLarge {
                    trial: "local/x:en:2".to_owned()
                }
            );
            assert_eq!(
                fault.to_string(),
                "what is asked takes more than 768 MiB, 64 bytes a request included; with the trial \
                 `local/x:en:2` it is too much"
            );
        }
    }
}
