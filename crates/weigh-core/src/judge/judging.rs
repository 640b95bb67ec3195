//! Which replies of a plan a judge must read, and what it is asked of each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ask::{Rubric, is_silent, shown};
use crate::digest::Digest;
use crate::measure::MeasureName;
use crate::plan::Trial;
use crate::request::{Request, Response};
use crate::suite::{Case, Expectation, Suite};

/// The trials of a plan whose replies are judged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judging {
    /// By their places in the plan.
    judged: BTreeMap<usize, Asked>,
    /// The judges' names, by their identities.
    judges: BTreeMap<Digest, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    judge: Digest,
    how: How,
}

/// What is asked of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
enum How {
    /// Whether it is as the rubric wants it.
    Rubric(Arc<Rubric>),
    /// How near it is to each of these texts.
    References(Vec<String>),
}

const JUDGED: MeasureName = MeasureName::Judged;
const SIMILARITY: MeasureName = MeasureName::Similarity;

fn asks(suite: &Suite, measure: MeasureName) -> bool {
    suite.measures.contains(&measure)
}

/// The case of `trial`, if `measure` reads it.
fn read_by<'s>(suite: &'s Suite, trial: &Trial, measure: MeasureName) -> Option<&'s Case> {
    let case = suite.cases.get(trial.case);
    case.filter(|case| measure.scores(case))
}

/// What is owed for one reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Who is asked.
    pub judge: Digest,
    /// What.
    pub requests: Vec<Request>,
}

impl Judging {
    /// What the plan with `trials` judges. `suites` are sorted by id, as the trials count them.
    pub(crate) fn of(suites: &[&Suite], trials: &[Trial]) -> Self {
        let mut judging = Self::default();
        for (index, suite) in suites.iter().enumerate() {
            let of_suite = || trials.iter().enumerate().filter(|(_, t)| t.suite == index);
            if let Some(judge) = suite.judge.as_ref().filter(|_| asks(suite, JUDGED)) {
                let rubrics = judge.rubrics.iter();
                let rubrics: BTreeMap<_, _> = rubrics
                    .map(|(language, rubric)| (language, Arc::new(rubric.clone())))
                    .collect();
                for (place, trial) in of_suite() {
                    let case = read_by(suite, trial, JUDGED);
                    if let Some(rubric) = case.and_then(|case| rubrics.get(&case.language)) {
                        let how = How::Rubric(rubric.clone());
                        judging.add(place, (judge.sha256, &judge.model), how);
                    }
                }
            }
            if let Some(model) = suite.embedding.as_ref().filter(|_| asks(suite, SIMILARITY)) {
                for (place, trial) in of_suite() {
                    let case = read_by(suite, trial, SIMILARITY);
                    if let Some(Expectation::Answers(references)) = case.map(|case| &case.expect) {
                        let how = How::References(references.clone());
                        judging.add(place, (model.sha256, &model.model), how);
                    }
                }
            }
        }
        judging
    }

    fn add(&mut self, place: usize, (judge, name): (Digest, &str), how: How) {
        self.judged.insert(place, Asked { judge, how });
        self.judges.insert(judge, name.to_owned());
    }

    /// Whether nothing is judged.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.judged.is_empty()
    }

    /// The most requests that judges get: those if every reply can be judged.
    #[must_use]
    pub fn most_requests(&self) -> u64 {
        let most = self.judged.values().map(|asked| match &asked.how {
            How::Rubric(_) => 4,
            How::References(references) => references.len() as u64,
        });
        most.sum()
    }

    /// Each judge: the identity that it must have, and its name.
    #[must_use]
    pub const fn judges(&self) -> &BTreeMap<Digest, String> {
        &self.judges
    }

    /// Whether the reply of the trial at `place` is judged, if it can be.
    #[must_use]
    pub fn judges_place(&self, place: usize) -> bool {
        self.judged.contains_key(&place)
    }

    /// What a judge is asked of the reply to `trial`, which stands at `place` of the plan. None
    /// where nothing is to be judged: there is no reply, it was cut, or it is too long.
    #[must_use]
    pub fn owed(&self, place: usize, trial: &Trial, responses: &[Response]) -> Option<Owed> {
        let asked = self.judged.get(&place)?;
        let [Response::Generated { text, finish, .. }] = responses else {
            return None;
        };
        let reply = shown(text, *finish).ok()?;
        let requests = match &asked.how {
            How::Rubric(rubric) => rubric.requests(trial.asked(), reply).ok()?,
            How::References(_) if is_silent(reply) => return None,
            How::References(references) => references
                .iter()
                .map(|reference| Request::Similarity {
                    text: reply.to_owned(),
                    reference: reference.clone(),
                })
                .collect(),
        };
        Some(Owed {
            judge: asked.judge,
            requests,
        })
    }

    /// What is owed for `trials` with these responses, by place.
    #[must_use]
    pub fn all_owed(
        &self,
        trials: &[Trial],
        responses: &[Option<Vec<Response>>],
    ) -> BTreeMap<usize, Owed> {
        let places: BTreeSet<usize> = self.judged.keys().copied().collect();
        let owed = |place: usize| {
            let responses = responses.get(place)?.as_deref()?;
            Some((place, self.owed(place, trials.get(place)?, responses)?))
        };
        places.into_iter().filter_map(owed).collect()
    }
}
