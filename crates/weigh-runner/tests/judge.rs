//! The second phase of a run: a judge and an embedding model in memory, their faults, interruptions and resumption.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;
use weigh_core::energy::Energy;
use weigh_core::event::{JudgeState, Timestamp};
use weigh_core::model::{Model, ModelFault};
use weigh_core::opening::Salt;
use weigh_core::plan::{Options, Plan, plan};
use weigh_core::request::{Finish, Request, Response};
use weigh_core::subject::{Subject, SubjectFile};
use weigh_core::suite::{self, SuiteFile, Tier};
use weigh_core::transcript::Transcript;
use weigh_core::{journal, json, profile, transcript};
use weigh_runner::energy::{Measuring, Nothing, resumed};
use weigh_runner::{Chance, Clock, Control, Finished, Meter, Progress, RunDir, RunFault};

const TRIALS: usize = 6;

const PROFILE: &str = r#"
format = "weighhouse-profile/1"
id = "any"
version = "1.0.0"
basis = ["This test"]
confidence = "0.95"
[title]
en = "Any"
[[requirement]]
id = "any"
[requirement.title]
en = "Any"
"#;

/// Two suites, each with half of the trials and a model of its own that is asked four times of a
/// reply: one has a judge, the other an embedding model and four references.
fn planned() -> Plan {
    let suites: Vec<_> = ["one", "two"]
        .map(|name| {
            let sha256 = Digest::of(name.as_bytes());
            let (table, rubric, expect) = if name == "one" {
                let rubric = "[judge.rubric.default]\ntemplate = \"{reply}?\"\n\
                              yes = \"Yes\"\nno = \"No\"\n";
                ("judge", rubric, "expect = \"open\"")
            } else {
                ("embedding", "", "answer = [\"0\", \"1\", \"2\", \"3\"]")
            };
            let mut text = format!(
                "language = \"en\"\ntask = \"generate\"\n[{table}]\nmodel = \"{name}\"\n\
                 sha256 = \"{sha256}\"\n{rubric}"
            );
            for case in 0..TRIALS / 2 {
                text.push_str(&format!(
                    "[[cases]]\nid = \"{case}\"\nquestion = \"{case}?\"\n{expect}\n"
                ));
            }
            let path = format!("{name}.toml");
            let file = SuiteFile {
                path: &path,
                bytes: text.as_bytes(),
            };
            suite::parse(&format!("local/{name}"), &[file])
                .unwrap()
                .suite
        })
        .into();
    let profile = profile::parse("any.toml", PROFILE.as_bytes()).unwrap();
    let options = Options {
        tier: Tier::Full,
        limit: None,
        languages: Vec::new(),
        seed: 0,
    };
    plan(&suites, &profile, &options, &BTreeMap::new(), "0.1.0").unwrap()
}

fn subject(bytes: &[u8]) -> Subject {
    Subject {
        name: String::from_utf8_lossy(bytes).into_owned(),
        files: vec![SubjectFile {
            name: "model.gguf".into(),
            size: bytes.len() as u64,
            sha256: Digest::of(bytes),
        }],
        tokenizer: Digest::of(b"tokenizer"),
        config: Digest::of(b"config"),
        chat_template: None,
        facts: BTreeMap::new(),
    }
}

/// A model whose answers depend on the request alone.
struct Fake {
    subject: Subject,
    /// After how many answers of all models the run is stopped.
    stop: Option<(&'static AtomicBool, usize)>,
    /// After how many answers it reports a fault.
    breaks: Option<usize>,
    /// Answers of all models.
    given: Rc<Cell<usize>>,
}

impl Model for Fake {
    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn conditions(&self) -> BTreeMap<String, String> {
        BTreeMap::from([("device".into(), "memory".into())])
    }

    fn answer(
        &mut self,
        requests: &[&Request],
        sink: &mut dyn FnMut(usize, Response) -> ControlFlow<()>,
    ) -> Result<(), ModelFault> {
        for (index, request) in requests.iter().enumerate().rev() {
            if self.breaks == Some(requests.len() - 1 - index) {
                return Err(ModelFault("out of memory".into()));
            }
            let byte = Digest::of(&json::canonical(request).unwrap()).as_bytes()[0];
            let response = match request {
                Request::Likelihood { .. } => Response::Likelihood {
                    log_prob: Decimal::new(-f64::from(byte)).unwrap(),
                    tokens: 1,
                    greedy: false,
                },
                Request::Similarity { .. } => Response::Similarity {
                    cosine: Decimal::new(f64::from(byte) / 256.0).unwrap(),
                },
                Request::Generate { .. } => Response::Generated {
                    text: format!("{byte}"),
                    tokens: 1,
                    finish: Finish::EndOfText,
                },
            };
            self.given.set(self.given.get() + 1);
            if let Some((stop, at)) = self.stop
                && self.given.get() >= at
            {
                stop.store(true, Ordering::Relaxed);
            }
            if sink(index, response).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }
}

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp("2026-11-24T13:02:19Z".into())
    }
}

impl Chance for Still {
    fn salt(&self) -> Result<Salt, RunFault> {
        Ok(Salt::from_bytes([7; 32]))
    }
}

impl Meter for Still {
    fn begin(&self, _: &BTreeMap<String, String>) -> Box<dyn Measuring> {
        Box::new(Nothing("there is no counter".to_owned()))
    }
}

fn control(stop: &AtomicBool) -> Control<'_> {
    Control {
        clock: &Still,
        chance: &Still,
        meter: &Still,
        stop,
        commit: Duration::from_millis(1),
    }
}

fn flag() -> &'static AtomicBool {
    Box::leak(Box::new(AtomicBool::new(false)))
}

/// What judges do in one stretch of work.
#[derive(Clone, Copy, Default)]
struct Manner {
    stop: Option<usize>,
    breaks: Option<usize>,
    /// The judge that cannot be opened.
    absent: Option<&'static str>,
    /// The judge in whose place stands another model.
    other: Option<&'static str>,
}

/// Answers the trials, unless they are, and leaves the journal unsealed.
fn answer(plan: &Plan, path: &Path) {
    let mut model = Fake {
        subject: subject(b"speaker"),
        stop: None,
        breaks: None,
        given: Rc::default(),
    };
    let dir = RunDir::create(path, plan).unwrap();
    let ended = weigh_runner::run(plan, &mut model, dir, control(flag()), &mut |_| ()).unwrap();
    let (planned, answered) = (TRIALS as u64, TRIALS as u64);
    let energy = Energy::NotMeasured("there is no counter".to_owned());
    let progress = Progress { planned, answered };
    assert_eq!(ended, Finished::Answered(progress, energy));
}

/// One stretch of judging: how it ended, what was told, which judges were opened.
type Judged = (Result<Finished, RunFault>, Vec<Progress>, Vec<String>);

fn judge(plan: &Plan, path: &Path, manner: Manner) -> Judged {
    let dir = RunDir::resume(path, plan).unwrap();
    let (mut told, mut opened) = (Vec::new(), Vec::new());
    let (stop, given) = (flag(), Rc::new(Cell::new(0)));
    let mut open = |_, name: &str| -> Result<Box<dyn Model>, String> {
        opened.push(name.to_owned());
        if manner.absent == Some(name) {
            return Err("it is not a model".to_owned());
        }
        let bytes = if manner.other == Some(name) {
            "other"
        } else {
            name
        };
        Ok(Box::new(Fake {
            subject: subject(bytes.as_bytes()),
            stop: manner.stop.map(|at| (stop, at)),
            breaks: manner.breaks,
            given: given.clone(),
        }))
    };
    let mut watch = |progress| told.push(progress);
    let ended = weigh_runner::judge(plan, dir, resumed(), &mut open, control(stop), &mut watch);
    (ended, told, opened)
}

fn read(plan: &Plan, path: &Path) -> Transcript {
    let bytes = fs::read(path.join("journal.jsonl")).unwrap();
    let mut transcript = transcript::fold(plan, &journal::parse(&bytes).unwrap()).unwrap();
    transcript.opened.clear();
    transcript
}

#[test]
fn every_reply_is_judged_once() {
    let plan = planned();
    let folder = tempfile::tempdir().unwrap();
    answer(&plan, folder.path());
    assert!(RunDir::resume(folder.path(), &plan).unwrap().is_answered());
    let (ended, told, mut opened) = judge(&plan, folder.path(), Manner::default());
    assert!(matches!(ended.unwrap(), Finished::Sealed(_)));
    let progress = |answered| Progress {
        planned: TRIALS as u64,
        answered,
    };
    assert_eq!(told.first(), Some(&progress(0)));
    assert_eq!(told.last(), Some(&progress(TRIALS as u64)));
    opened.sort();
    assert_eq!(opened, ["one", "two"]);
    let transcript = read(&plan, folder.path());
    assert_eq!(transcript.judgements.len(), TRIALS);
    let sealed = transcript.sealed.unwrap();
    assert_eq!(
        (sealed.judgements, sealed.energy),
        (TRIALS as u64, Some(resumed()))
    );
    let (again, _, opened) = judge(&plan, folder.path(), Manner::default());
    assert!(matches!(again.unwrap(), Finished::AlreadySealed(_)));
    assert!(opened.is_empty());
}

#[test]
fn a_judge_that_was_stopped_or_broke_goes_on() {
    let plan = planned();
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    answer(&plan, &whole);
    judge(&plan, &whole, Manner::default()).0.unwrap();
    let expect = read(&plan, &whole);
    for at in [1, 4, 5, 11, 12, 13, 23] {
        for stopped in [true, false] {
            let path = folder.path().join(format!("{at}-{stopped}"));
            answer(&plan, &path);
            let at = Some(at);
            let manner = if stopped {
                let stop = at;
                Manner {
                    stop,
                    ..Manner::default()
                }
            } else {
                let breaks = at;
                Manner {
                    breaks,
                    ..Manner::default()
                }
            };
            match judge(&plan, &path, manner).0 {
                Ok(Finished::Interrupted(_)) if stopped => {}
                Err(RunFault::Model { .. }) if !stopped => {}
                // Twelve answers are all that each of the two judges owes.
                Ok(Finished::Sealed(_)) if !stopped && at >= Some(12) => {}
                other => panic!("{at:?}: {other:?}"),
            }
            judge(&plan, &path, Manner::default()).0.unwrap();
            assert_eq!(read(&plan, &path), expect, "{at:?}");
        }
    }
}

/// What a power cut can leave, for every byte of the judging phase.
#[test]
fn a_journal_that_was_cut_anywhere_ends_as_the_whole_one() {
    let plan = planned();
    let shared = Path::new("/dev/shm");
    let shared = if shared.is_dir() {
        shared
    } else {
        Path::new(".")
    };
    let folder = tempfile::tempdir_in(shared).unwrap();
    let whole = folder.path().join("whole");
    answer(&plan, &whole);
    let file = whole.join("journal.jsonl");
    let answered = fs::read(&file).unwrap().len();
    judge(&plan, &whole, Manner::default()).0.unwrap();
    let (bytes, expect) = (fs::read(&file).unwrap(), read(&plan, &whole));
    let path = folder.path().join("cut");
    fs::create_dir(&path).unwrap();
    for length in (answered..bytes.len()).step_by(7) {
        fs::write(path.join("journal.jsonl"), &bytes[..length]).unwrap();
        judge(&plan, &path, Manner::default()).0.unwrap();
        assert_eq!(read(&plan, &path), expect, "cut at byte {length}");
    }
}

#[test]
fn a_judge_that_is_not_there_fails_what_it_owes() {
    let plan = planned();
    for manner in [
        Manner {
            absent: Some("two"),
            ..Manner::default()
        },
        Manner {
            other: Some("two"),
            ..Manner::default()
        },
    ] {
        let folder = tempfile::tempdir().unwrap();
        answer(&plan, folder.path());
        let ended = judge(&plan, folder.path(), manner).0.unwrap();
        assert!(matches!(ended, Finished::Sealed(_)));
        let transcript = read(&plan, folder.path());
        let lost = transcript
            .judges
            .iter()
            .find_map(|(judge, state)| match state {
                JudgeState::Missing(reason) => Some((*judge, reason.clone())),
                JudgeState::Ready { .. } => None,
            });
        let (judge, reason) = lost.unwrap();
        assert_eq!(judge, Digest::of(b"two"));
        let expect = if manner.absent.is_some() {
            "it is not a model"
        } else {
            "its identity is"
        };
        assert!(reason.starts_with(expect), "{reason}");
        let failed = transcript.judgements.values().filter(|responses| {
            let failed = |response: &Response| matches!(response, Response::Failed(_));
            responses.iter().all(failed)
        });
        assert_eq!((failed.count(), transcript.judgements.len()), (3, 6));
    }
}

#[test]
fn nothing_is_judged_before_everything_is_answered() {
    let plan = planned();
    let folder = tempfile::tempdir().unwrap();
    let mut model = Fake {
        subject: subject(b"speaker"),
        stop: None,
        breaks: Some(2),
        given: Rc::default(),
    };
    let dir = RunDir::create(folder.path(), &plan).unwrap();
    weigh_runner::run(&plan, &mut model, dir, control(flag()), &mut |_| ()).unwrap_err();
    let (ended, _, opened) = judge(&plan, folder.path(), Manner::default());
    let (planned, answered) = (TRIALS as u64, 2);
    assert_eq!(
        ended.unwrap(),
        Finished::Interrupted(Progress { planned, answered })
    );
    assert!(opened.is_empty());
}
