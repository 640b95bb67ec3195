//! Whole runs with a model in memory: record, report, signature, verification.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use weigh_attest::ask::Asked;
use weigh_attest::keys::Algorithm;
use weigh_attest::verify::{Wanted, verify};
use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;
use weigh_core::energy::{Counted, Energy, Measured, Part, Source};
use weigh_core::json;
use weigh_core::model::{FALLBACK, ModelFault};
use weigh_core::report::Report;
use weigh_core::request::{Failure as Unanswered, Finish, Request, Response};
use weigh_core::subject::{Subject, SubjectFile};
use weigh_runner::energy::Measuring;

use super::*;
use crate::exchange::export_args::FileArgs;
use crate::exchange::{ExportCommand, export};

/// How a model in memory behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Answers everything.
    Well,
    /// Fails at every text that is asked for.
    Mute,
    /// Says that it fell back to something slower.
    FellBack,
    /// Stops the run after so many answers.
    Stopped(usize),
    /// Reports a fault after so many answers.
    Breaks(usize),
}

/// A model whose answers depend on the request alone.
struct Fake<'a> {
    subject: Subject,
    manner: Manner,
    stop: &'a AtomicBool,
}

fn subject() -> Subject {
    Subject {
        name: "fake".into(),
        files: vec![SubjectFile {
            name: "fake.gguf".into(),
            size: 3,
            sha256: Digest::of(b"abc"),
        }],
        tokenizer: Digest::of(b"tokenizer"),
        config: Digest::of(b"config"),
        chat_template: Some(Digest::of(b"template")),
        facts: BTreeMap::new(),
    }
}

fn answer(request: &Request, manner: Manner) -> Response {
    let byte = Digest::of(&json::canonical(request).unwrap()).as_bytes()[0];
    match request {
        Request::Likelihood { .. } => Response::Likelihood {
            log_prob: Decimal::new(-f64::from(byte)).unwrap(),
            tokens: 1,
            greedy: false,
        },
        Request::Similarity { .. } => unreachable!("no suite here compares texts"),
        Request::Generate { .. } if manner == Manner::Mute => {
            Response::Failed(Unanswered::NotFinite)
        }
        Request::Generate { .. } => Response::Generated {
            text: "\u{1b}[2J<script>I'm sorry, but I can't help with that.".into(),
            tokens: 9,
            finish: Finish::EndOfText,
        },
    }
}

impl Model for Fake<'_> {
    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn conditions(&self) -> BTreeMap<String, String> {
        let mut conditions = BTreeMap::from([("device".into(), "memory".into())]);
        if self.manner == Manner::FellBack {
            conditions.insert(FALLBACK.into(), "the device was not there".into());
        }
        conditions
    }

    fn answer(
        &mut self,
        requests: &[&Request],
        sink: &mut dyn FnMut(usize, Response) -> ControlFlow<()>,
    ) -> Result<(), ModelFault> {
        for (index, request) in requests.iter().enumerate() {
            if self.manner == Manner::Breaks(index) {
                return Err(ModelFault("out of memory".into()));
            }
            if self.manner == Manner::Stopped(index) {
                self.stop.store(true, Ordering::Relaxed);
            }
            if sink(index, answer(request, self.manner)).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Counts 36 joules in two seconds.
struct Steady;

impl Meter for Steady {
    fn begin(&self, _: &BTreeMap<String, String>) -> Box<dyn Measuring> {
        Box::new(Self)
    }
}

impl Measuring for Steady {
    fn end(self: Box<Self>) -> Energy {
        Energy::Measured(Measured {
            computed: BTreeMap::new(),
            counters: vec![Counted {
                covers: vec!["package-0".into()],
                joules: 36.into(),
                part: Part::Processors,
                source: Source::Rapl,
            }],
            missing: Vec::new(),
            seconds: 2.into(),
        })
    }
}

/// A folder for records and a key, for as long as a test takes.
struct World {
    folder: tempfile::TempDir,
    key: PrivateKey,
}

impl World {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            key: PrivateKey::generate(Algorithm::P256).unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `weigh run` with a small limit and further arguments.
    fn run(
        &self,
        name: &str,
        manner: Manner,
        change: impl Fn(&mut RunArgs),
    ) -> Result<Exit, Failure> {
        let mut args = RunArgs {
            limit: Some(2),
            out: Some(self.path(name)),
            ..RunArgs::default()
        };
        change(&mut args);
        let stop = AtomicBool::new(false);
        let pem = self.key.to_pem(None).unwrap();
        // A test's flag lives as long as the model, and the model is the run's own.
        let stop: &'static AtomicBool = Box::leak(Box::new(stop));
        let run = Run {
            args: &args,
            output: &Output::mute(),
            home: Home::find()?,
            key: &|| Ok(PrivateKey::from_pem(&pem, None).unwrap()),
            judges: &|_| Ok(Box::new(|_, _| Err("there is none".to_owned()))),
            meter: &Steady,
            open: &|| {
                Ok(Box::new(Fake {
                    subject: subject(),
                    manner,
                    stop,
                }))
            },
            stop,
        };
        match args.resume {
            true => run.resume(&self.path(name)),
            false => run.start(),
        }
    }

    fn resume(&self, name: &str, manner: Manner) -> Result<Exit, Failure> {
        self.run(name, manner, |args| args.resume = true)
    }

    fn verified(&self, name: &str) -> Report {
        verify(
            &self.path(name),
            &Wanted {
                key: Some(&self.key.public()),
                ..Wanted::default()
            },
        )
        .unwrap()
        .report
    }
}

/// What a repetition must give again: the report without time and order.
fn lasting(mut report: Report) -> Report {
    let record = &mut report.record;
    record.commitment = Digest::of(b"");
    (record.journal_head, record.journal_lines) = (Digest::of(b""), 0);
    record.opened.clear();
    record.sealed = weigh_core::event::Timestamp(String::new());
    record.energy = None;
    report.id.clear();
    report
}

#[test]
fn a_record_stands_for_itself() {
    let world = World::new();
    assert_eq!(
        world.run("run", Manner::Well, |_| {}).unwrap(),
        Exit::Success
    );
    let report = world.verified("run");
    assert_eq!(report.subject, subject());
    let names = |path: &Path| {
        let entries = fs::read_dir(path).unwrap();
        let mut names: Vec<_> = entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(
        names(&world.path("run")),
        [
            ".lock",
            "journal.jsonl",
            "profile.toml",
            "report.dsse.json",
            "report.html",
            "report.intoto.jsonl",
            "report.json",
            "report.pub.pem",
            "report.sigstore.json",
            "suites",
            "summary.md",
        ]
    );
    for id in report.plan.suites.keys() {
        let copy = world.path("run").join("suites").join(id);
        let original = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../suites")
            .join(id);
        assert_eq!(names(&copy), names(&original));
        for name in names(&copy) {
            assert_eq!(
                fs::read(copy.join(&name)).unwrap(),
                fs::read(original.join(&name)).unwrap()
            );
        }
    }
    let page = fs::read_to_string(world.path("run/report.html")).unwrap();
    assert!(!page.contains("<script") && !page.contains('\u{1b}'));
}

#[test]
fn energy_is_exported_where_it_was_measured() {
    let world = World::new();
    let exported = |name: &str, out: &str| {
        let asked = Asked {
            record: world.path(name),
            ..Asked::default()
        };
        let out = world.path(out);
        let args = FileArgs { asked, out };
        export(&ExportCommand::Codecarbon(args), &Output::mute())
    };
    world.run("whole", Manner::Well, |_| {}).unwrap();
    exported("whole", "whole.csv").unwrap();
    let text = fs::read_to_string(world.path("whole.csv")).unwrap();
    let row: Vec<&str> = text.lines().nth(1).unwrap().split(',').collect();
    let report = world.verified("whole");
    assert_eq!((row[1], row[2], row[4]), ("fake", &*report.id, "2"));
    assert_eq!((row[7], row[10], row[13]), ("18", "0.00001", "0.00001"));
    let fault = exported("whole", "whole.csv").unwrap_err();
    assert_eq!(fault.exit, Exit::Usage, "{}", fault.message);

    world.run("cut", Manner::Stopped(3), |_| {}).unwrap();
    world.resume("cut", Manner::Well).unwrap();
    let fault = exported("cut", "cut.csv").unwrap_err();
    assert_eq!(fault.exit, Exit::NothingToRun);
    assert!(
        fault.message.contains("earlier stretch"),
        "{}",
        fault.message
    );
}

#[test]
fn the_order_of_suites_changes_nothing() {
    let world = World::new();
    let suites = [
        "safety/refusal",
        "reliability/choices",
        "multilingual/knowledge",
    ];
    world
        .run("one", Manner::Well, |args| {
            args.suites = suites.map(String::from).to_vec()
        })
        .unwrap();
    world
        .run("two", Manner::Well, |args| {
            args.suites = suites.into_iter().rev().map(String::from).collect();
        })
        .unwrap();
    assert_eq!(
        lasting(world.verified("one")),
        lasting(world.verified("two"))
    );
}

#[test]
fn an_interrupted_run_goes_on_to_the_same_report() {
    let world = World::new();
    world.run("whole", Manner::Well, |_| {}).unwrap();
    let expect = lasting(world.verified("whole"));
    for at in [0, 1, 7, 20] {
        let name = format!("cut-{at}");
        assert_eq!(
            world.run(&name, Manner::Stopped(at), |_| {}).unwrap(),
            Exit::Interrupted
        );
        assert!(!world.path(&name).join("report.json").exists());
        assert_eq!(world.resume(&name, Manner::Well).unwrap(), Exit::Success);
        assert_eq!(lasting(world.verified(&name)), expect, "stopped at {at}");
    }
}

#[test]
fn an_interrupted_extension_goes_on_to_the_same_report() {
    let world = World::new();
    world
        .run("one", Manner::Well, |args| {
            args.suites = ["reliability/choices", "safety/refusal"]
                .map(String::from)
                .to_vec();
        })
        .unwrap();
    let extend = |name: &str, manner| {
        world.run(name, manner, |args| {
            args.limit = None;
            args.extend = Some(world.path("one"));
        })
    };
    extend("whole", Manner::Well).unwrap();
    let whole = world.verified("whole");
    assert_eq!(whole.plan.look.as_ref().unwrap().number, 2);
    assert!(whole.plan.trials > world.verified("one").plan.trials);
    for at in [0, 7] {
        let name = format!("cut-{at}");
        assert_eq!(
            extend(&name, Manner::Stopped(at)).unwrap(),
            Exit::Interrupted
        );
        world.resume(&name, Manner::Well).unwrap();
        assert_eq!(
            lasting(world.verified(&name)),
            lasting(whole.clone()),
            "{at}"
        );
        let wanted = Wanted {
            extends: Some(&world.path("one")),
            ..Wanted::default()
        };
        verify(&world.path(&name), &wanted).unwrap();
    }
}

#[test]
fn resuming_a_complete_run_derives_the_same_report() {
    let world = World::new();
    world.run("run", Manner::Well, |_| {}).unwrap();
    let before = fs::read(world.path("run/report.json")).unwrap();
    for name in ["report.json", "report.dsse.json", "report.html"] {
        fs::remove_file(world.path("run").join(name)).unwrap();
    }
    assert_eq!(
        world.resume("run", Manner::Breaks(0)).unwrap(),
        Exit::Success
    );
    assert_eq!(fs::read(world.path("run/report.json")).unwrap(), before);
}

#[test]
fn a_suite_that_scored_nothing_is_no_success() {
    let world = World::new();
    assert_eq!(
        world.run("mute", Manner::Mute, |_| {}).unwrap(),
        Exit::Incomplete
    );
    world.verified("mute");
    let fell = world.run("fell", Manner::FellBack, |_| {}).unwrap();
    assert_eq!(fell, Exit::Incomplete);
}

#[test]
fn the_gate_ends_with_the_verdict() {
    let world = World::new();
    let gated = |name: &str, manner| world.run(name, manner, |args| args.gate = true).unwrap();
    let exit = gated("run", Manner::Well);
    assert_eq!(exit, Exit::of_verdict(world.verified("run").verdict, true));
    assert_ne!(exit, Exit::Success);
    assert_ne!(gated("mute", Manner::Mute), Exit::Success);
}

#[test]
fn a_fault_of_the_model_keeps_what_was_answered() {
    let world = World::new();
    let failure = world.run("run", Manner::Breaks(12), |_| {}).unwrap_err();
    assert_eq!(failure.exit, Exit::Incomplete);
    assert!(
        failure.help.contains("weigh run --resume --out"),
        "{}",
        failure.help
    );
    assert_eq!(world.resume("run", Manner::Well).unwrap(), Exit::Success);
    world.verified("run");
}

#[test]
fn records_that_were_changed_are_not_resumed() {
    let world = World::new();
    world.run("run", Manner::Stopped(9), |_| {}).unwrap();
    let check = |file: &str, from: &str, to: &str| {
        let path = world.path("run").join(file);
        let good = fs::read_to_string(&path).unwrap();
        assert!(good.contains(from), "{file}: {from}");
        fs::write(&path, good.replacen(from, to, 1)).unwrap();
        let failure = world.resume("run", Manner::Well).unwrap_err();
        fs::write(&path, good).unwrap();
        failure.exit
    };
    assert_eq!(
        check("journal.jsonl", "\"seq\":1,", "\"seq\":2,"),
        Exit::Invalid
    );
    assert_eq!(
        check("journal.jsonl", "\"seq\":0,", "\"seq\":9,"),
        Exit::Invalid
    );
    assert_eq!(
        check("journal.jsonl", "safety/refusal", "../../escape"),
        Exit::Invalid
    );
    assert_eq!(check("profile.toml", "0.95", "0.90"), Exit::Invalid);
    let cases = "suites/safety/refusal/cases.en.jsonl";
    assert_eq!(check(cases, "\"id\":", "\"id\" :"), Exit::Invalid);
    assert_eq!(
        check("suites/safety/refusal/suite.toml", "format", "farmat"),
        Exit::Usage
    );
    assert_eq!(world.resume("run", Manner::Well).unwrap(), Exit::Success);
}

#[test]
fn nothing_is_written_without_a_model() {
    let world = World::new();
    let args = RunArgs {
        out: Some(world.path("run")),
        ..RunArgs::default()
    };
    let run = Run {
        args: &args,
        output: &Output::mute(),
        home: Home::find().unwrap(),
        key: &|| Ok(PrivateKey::generate(Algorithm::P256).unwrap()),
        judges: &|_| Ok(Box::new(|_, _| Err("there is none".to_owned()))),
        meter: &Steady,
        open: &|| Err(Failure::new(Exit::Usage, "cannot open it", "give another")),
        stop: &AtomicBool::new(false),
    };
    assert_eq!(run.start().unwrap_err().exit, Exit::Usage);
    assert!(!world.path("run").exists());
}
