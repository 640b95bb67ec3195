//! Runs, their interruptions and their ends: in one process, with models in memory.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    dead_code,
    reason = "a test may stop where it stands, and the sample serves other tests, too"
)]

#[path = "../../weigh-core/tests/sample/mod.rs"]
mod sample;
mod support;

use std::fs::{self, File};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use support::{Misdeed, Sample, begin, energy, resume, transcript, work};
use weigh_core::digest::Digest;
use weigh_core::energy::Energy;
use weigh_core::journal::{self, JournalFault};
use weigh_core::subject::Subject;
use weigh_core::transcript::FoldFault;
use weigh_runner::energy::resumed;
use weigh_runner::{Finished, Progress, RunDir, RunFault};

const JOURNAL: &str = "journal.jsonl";

fn progress(planned: u64, answered: u64) -> Progress {
    Progress { planned, answered }
}

#[test]
fn a_run_is_complete_and_sealed() {
    let plan = sample::plan(3, 2);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/run");
    let dir = RunDir::create(&path, &plan).unwrap();
    assert_eq!(dir.journal(), path.join(JOURNAL));
    let mut model = Sample::new();
    let (finished, told) = work(&plan, &mut model, dir, &AtomicBool::new(false));
    assert_eq!(finished.unwrap(), Finished::Sealed(progress(5, 5)));
    assert_eq!(told.first(), Some(&progress(5, 0)));
    assert_eq!(told.last(), Some(&progress(5, 5)));
    assert!(
        told.is_sorted_by(|a, b| a.answered < b.answered),
        "{told:?}"
    );
    assert_eq!(model.asked, 9);
    let transcript = transcript(&plan, &path);
    assert_eq!(transcript.sealed.map(|sealed| sealed.trials), Some(5));
    let expect: Vec<_> = plan
        .trials
        .iter()
        .map(|t| Some(sample::answers(t)))
        .collect();
    assert_eq!(transcript.responses, expect);
}

#[test]
fn the_order_of_the_answers_changes_nothing() {
    let plan = sample::plan(7, 3);
    let folder = tempfile::tempdir().unwrap();
    let transcripts = [1, 2, 5, 100].map(|stride| {
        let path = folder.path().join(stride.to_string());
        let mut model = Sample::new();
        model.stride = stride;
        begin(&plan, &mut model, &path).unwrap();
        transcript(&plan, &path)
    });
    assert!(transcripts.iter().all(|t| *t == transcripts[0]));
}

/// What a power cut can leave, for every byte of a run's journal.
#[test]
fn a_run_that_was_cut_anywhere_ends_as_the_whole_one() {
    let plan = sample::plan(1, 1);
    let folder = tempfile::tempdir_in(memory()).unwrap();
    let whole = folder.path().join("whole");
    begin(&plan, &mut Sample::new(), &whole).unwrap();
    let bytes = fs::read(whole.join(JOURNAL)).unwrap();
    let expect = transcript(&plan, &whole);
    let planned = bytes.iter().position(|b| *b == b'\n').unwrap() + 1;
    let path = folder.path().join("cut");
    fs::create_dir(&path).unwrap();
    for length in 0..bytes.len() {
        fs::write(path.join(JOURNAL), &bytes[..length]).unwrap();
        let mut model = Sample::new();
        if length < planned {
            let fault = resume(&plan, &mut model, &path).unwrap_err();
            let RunFault::Journal { fault, .. } = fault else {
                panic!("{fault}");
            };
            assert_eq!(fault, JournalFault::Empty);
            continue;
        }
        let kept = journal::parse(&bytes[..length]).unwrap();
        let dir = RunDir::resume(&path, &plan).unwrap();
        assert_eq!(dir.torn(), kept.torn);
        let finished = work(&plan, &mut model, dir, &AtomicBool::new(false)).0;
        assert_eq!(finished.unwrap(), Finished::Sealed(progress(2, 2)));
        let ids = |id: &str| kept.trials.iter().any(|record| record.trial == id);
        let missing = plan.trials.iter().filter(|trial| !ids(&trial.id));
        assert_eq!(
            model.asked,
            missing.map(|t| t.requests.len()).sum::<usize>()
        );
        assert_eq!(transcript(&plan, &path), expect, "cut at byte {length}");
    }
}

/// A folder in memory where there is one: thousands of syncs cost nothing there.
fn memory() -> &'static Path {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        memory
    } else {
        Path::new(".")
    }
}

#[test]
fn a_stopped_run_keeps_what_it_has_and_goes_on() {
    let plan = sample::plan(5, 5);
    let folder = tempfile::tempdir().unwrap();
    let expect = folder.path().join("whole");
    begin(&plan, &mut Sample::new(), &expect).unwrap();
    for answers in 1..16 {
        let path = folder.path().join(answers.to_string());
        let stop = AtomicBool::new(false);
        let mut model = Sample::new();
        model.stop = Some((&stop, answers));
        let dir = RunDir::create(&path, &plan).unwrap();
        let (finished, told) = work(&plan, &mut model, dir, &stop);
        let Ok(Finished::Interrupted(kept)) = finished else {
            panic!("{answers}: {finished:?}");
        };
        assert_eq!(told.last(), Some(&kept));
        let journal = journal::parse(&fs::read(path.join(JOURNAL)).unwrap()).unwrap();
        assert_eq!(
            (journal.trials.len() as u64, journal.sealed),
            (kept.answered, None)
        );
        let mut again = Sample::new();
        assert_eq!(
            resume(&plan, &mut again, &path).unwrap(),
            Finished::Sealed(progress(10, 10))
        );
        assert!(model.asked > again.asked || kept.answered == 0);
        assert_eq!(transcript(&plan, &path), transcript(&plan, &expect));
    }
}

#[test]
fn a_stop_before_the_first_answer_asks_nothing() {
    let plan = sample::plan(1, 1);
    let folder = tempfile::tempdir().unwrap();
    let dir = RunDir::create(folder.path(), &plan).unwrap();
    let mut model = Sample::new();
    let finished = work(&plan, &mut model, dir, &AtomicBool::new(true)).0;
    assert_eq!(finished.unwrap(), Finished::Interrupted(progress(2, 0)));
    assert_eq!(model.asked, 0);
}

#[test]
fn a_stop_with_the_last_answer_still_seals() {
    let plan = sample::plan(0, 3);
    let folder = tempfile::tempdir().unwrap();
    let stop = AtomicBool::new(false);
    let mut model = Sample::new();
    model.stop = Some((&stop, 3));
    let dir = RunDir::create(folder.path(), &plan).unwrap();
    let finished = work(&plan, &mut model, dir, &stop).0;
    assert_eq!(finished.unwrap(), Finished::Sealed(progress(3, 3)));
}

#[test]
fn resuming_a_sealed_run_does_nothing() {
    let plan = sample::plan(1, 1);
    let folder = tempfile::tempdir().unwrap();
    begin(&plan, &mut Sample::new(), folder.path()).unwrap();
    let before = fs::read(folder.path().join(JOURNAL)).unwrap();
    assert!(RunDir::resume(folder.path(), &plan).unwrap().is_sealed());
    let mut model = Sample::new();
    let finished = resume(&plan, &mut model, folder.path()).unwrap();
    assert_eq!(finished, Finished::AlreadySealed(progress(2, 2)));
    assert_eq!(model.asked, 0);
    assert_eq!(fs::read(folder.path().join(JOURNAL)).unwrap(), before);
}

#[test]
fn one_process_at_a_time() {
    let plan = sample::plan(1, 0);
    let folder = tempfile::tempdir().unwrap();
    let first = RunDir::create(folder.path(), &plan).unwrap();
    let beyond = first.lock();
    let locked = |result: Result<RunDir, RunFault>| matches!(result, Err(RunFault::Locked { .. }));
    assert!(locked(RunDir::create(folder.path(), &plan)));
    work(&plan, &mut Sample::new(), first, &AtomicBool::new(false))
        .0
        .unwrap();
    assert!(locked(RunDir::resume(folder.path(), &plan)));
    drop(beyond);
    assert!(RunDir::resume(folder.path(), &plan).is_ok());
}

/// Faults of the model. What it answered before is kept, and a good model can go on.
#[test]
fn misdeeds_of_a_model_end_the_run() {
    let plan = sample::plan(0, 4);
    let check = |misdeed: Misdeed| {
        let folder = tempfile::tempdir().unwrap();
        let mut model = Sample::new();
        model.misdeed = Some((2, misdeed));
        let fault = begin(&plan, &mut model, folder.path()).unwrap_err();
        let journal = journal::parse(&fs::read(folder.path().join(JOURNAL)).unwrap()).unwrap();
        assert_eq!((journal.trials.len(), journal.sealed), (2, None));
        let mut good = Sample::new();
        let finished = resume(&plan, &mut good, folder.path()).unwrap();
        assert_eq!(
            (finished, good.asked),
            (Finished::Sealed(progress(4, 4)), 2)
        );
        fault.to_string()
    };
    let messages = [
        check(Misdeed::Fault),
        check(Misdeed::Leave),
        check(Misdeed::Again),
        check(Misdeed::Unknown),
        check(Misdeed::OtherKind),
    ];
    insta::assert_snapshot!(messages.join("\n"));
}

/// Energy is told of whole runs only, with the tokens of each suite.
#[test]
fn energy_is_measured_over_all_answers_or_not() {
    let plan = sample::plan(2, 1);
    let folder = tempfile::tempdir().unwrap();
    let (whole, cut) = (folder.path().join("whole"), folder.path().join("cut"));
    begin(&plan, &mut Sample::new(), &whole).unwrap();
    let Some(Energy::Measured(measured)) = energy(&whole) else {
        panic!("it was measured");
    };
    // The model counts one token more for each request: 1 + 2 + 3 + 4 + 5 for choices, 6 for the text.
    let computed = measured.computed.iter().map(|(id, n)| (id.as_str(), *n));
    assert_eq!(computed.collect::<Vec<_>>(), [("choice", 15), ("text", 6)]);
    assert_eq!(measured.joules(), Some(3.into()));
    for after in 0..3 {
        let mut model = Sample::new();
        model.misdeed = Some((after, Misdeed::Fault));
        begin(&plan, &mut model, &cut).unwrap_err();
        resume(&plan, &mut Sample::new(), &cut).unwrap();
        assert_eq!(energy(&cut), Some(resumed()), "cut after {after}");
        fs::remove_dir_all(&cut).unwrap();
    }
}

#[test]
fn folders_that_do_not_fit() {
    let plan = sample::plan(1, 1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let fault = |result: Result<Finished, RunFault>| result.unwrap_err();
    let mut model = Sample::new();

    let none = fault(resume(&plan, &mut model, path));
    assert!(matches!(none, RunFault::NoJournal { .. }));
    let empty = fault(begin(&sample::plan(0, 0), &mut model, path));
    assert!(matches!(empty, RunFault::NothingPlanned));

    model.misdeed = Some((2, Misdeed::Fault));
    assert!(matches!(
        fault(begin(&plan, &mut model, path)),
        RunFault::Model { .. }
    ));
    let exists = fault(begin(&plan, &mut Sample::new(), path));
    assert!(matches!(exists, RunFault::Exists { .. }));
    let other = fault(resume(&sample::plan(1, 2), &mut Sample::new(), path));
    assert!(matches!(
        other,
        RunFault::Record {
            fault: FoldFault::Plan(_),
            ..
        }
    ));

    let file = path.join("file");
    File::create(&file).unwrap();
    let not_a_folder = fault(begin(&plan, &mut model, &file));
    assert!(matches!(not_a_folder, RunFault::Folder { .. }));

    fs::remove_file(path.join(JOURNAL)).unwrap();
    fs::create_dir(path.join(JOURNAL)).unwrap();
    let unreadable = fault(resume(&plan, &mut Sample::new(), path));
    assert!(matches!(unreadable, RunFault::Read { .. }));
}

/// A run goes on with the model that it began with or not at all.
#[test]
fn another_model_is_named() {
    let plan = sample::plan(1, 1);
    let folder = tempfile::tempdir().unwrap();
    let mut model = Sample::new();
    model.misdeed = Some((2, Misdeed::Fault));
    begin(&plan, &mut model, folder.path()).unwrap_err();
    let check = |change: &dyn Fn(&mut Subject)| {
        let mut other = Sample::new();
        change(&mut other.subject);
        let fault = resume(&plan, &mut other, folder.path()).unwrap_err();
        assert!(matches!(fault, RunFault::Subject { .. }));
        assert_eq!(other.asked, 0);
        fault.to_string()
    };
    let messages = [
        check(&|s| s.files[0].sha256 = Digest::of(b"")),
        check(&|s| s.files.push(s.files[0].clone())),
        check(&|s| s.tokenizer = Digest::of(b"")),
        check(&|s| s.config = Digest::of(b"")),
        check(&|s| s.chat_template = Some(Digest::of(b""))),
        check(&|s| s.name = "other".into()),
    ];
    insta::assert_snapshot!(messages.join("\n"));
}

/// Changes of a complete journal that a resumed run must not accept.
#[test]
fn journals_that_do_not_fit() {
    let plan = sample::plan(1, 1);
    let folder = tempfile::tempdir().unwrap();
    begin(&plan, &mut Sample::new(), folder.path()).unwrap();
    let path = folder.path().join(JOURNAL);
    let good = fs::read_to_string(&path).unwrap();
    let check = |text: &str| {
        fs::write(&path, text).unwrap();
        let fault = RunDir::resume(folder.path(), &plan)
            .unwrap_err()
            .to_string();
        fault.replace(&folder.path().display().to_string(), "RUN")
    };
    let sealed = journal::parse(good.as_bytes()).unwrap().sealed.unwrap();
    let root = sealed.transcript.to_string();
    let messages = [
        check(&good.replacen("baseline", "baseLine", 1)),
        check(&good.replacen("\"trials\":2}", "\"trials\":3}", 2)),
        check(&format!("{good}x")),
        check(&good.replacen("\"seq\":2", "\"seq\":3", 1)),
        check(&good.replace(&root, &root.replace(['0', '1', '2'], "3"))),
    ];
    insta::assert_snapshot!(messages.join("\n"));
}
