//! Runs in processes of their own: killed at any instant, and with a disk that is full.
//!
//! The child is this test program again, asked for [`child`] alone and told by the environment in
//! which folder to work. It prints each acknowledged number of trials.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::print_stdout,
    dead_code,
    reason = "a test may stop where it stands, and the sample serves other tests, too"
)]

#[path = "../../weigh-core/tests/sample/mod.rs"]
mod sample;
mod support;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use support::{Sample, Stopped, begin, resume, transcript};
use weigh_core::digest::Digest;
use weigh_core::journal::{self, Journal};
use weigh_core::plan::Plan;
use weigh_runner::{Control, Finished, RunDir};

const FOLDER: &str = "WEIGH_RUNNER_TEST_FOLDER";

fn plan() -> Plan {
    sample::plan(120, 40)
}

/// The child's work, or a small run of its own when nobody asks for a child.
#[test]
fn child() {
    let asked = std::env::var_os(FOLDER);
    let own = tempfile::tempdir().unwrap();
    let path = asked.as_ref().map_or(own.path(), Path::new);
    let plan = plan();
    let dir = match RunDir::resume(path, &plan) {
        Ok(dir) => dir,
        Err(_) => RunDir::create(path, &plan).unwrap(),
    };
    let mut model = Sample::new();
    model.effort = if asked.is_some() { 300 } else { 0 };
    let control = Control {
        clock: &Stopped,
        chance: &Stopped,
        meter: &Stopped,
        stop: &AtomicBool::new(false),
        commit: Duration::from_millis(2),
    };
    let finished = weigh_runner::run(&plan, &mut model, dir, control, &mut |progress| {
        println!("acknowledged {}", progress.answered);
    });
    match finished {
        Ok(finished) => assert!(matches!(finished, Finished::Sealed(_)), "{finished:?}"),
        // The parent reads why from here.
        Err(fault) if asked.is_some() => println!("fault {fault}"),
        Err(fault) => panic!("{fault}"),
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// The number in a line that the child printed. The test harness may write before it.
fn acknowledged(line: &str) -> Option<u64> {
    line.split_once("acknowledged ")?.1.parse().ok()
}

fn read(folder: &Path) -> Option<Journal> {
    let bytes = fs::read(folder.join("journal.jsonl")).ok()?;
    Some(journal::parse(&bytes).unwrap())
}

/// Starts a child and kills it once it has told of `patience` more groups of trials and then done
/// `delay` rounds more. Gives the last number of trials that it told of.
fn start_and_kill(folder: &Path, patience: usize, delay: u32) -> u64 {
    let mut child = command(folder).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut told = lines
        .map_while(Result::ok)
        .filter_map(|line| acknowledged(&line));
    let mut last = told.by_ref().take(patience).last().unwrap_or(0);
    for round in 0..delay {
        std::hint::black_box(Digest::of(&round.to_le_bytes()));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it had told before it died is still in the pipe.
    last = told.last().unwrap_or(last);
    last
}

#[test]
fn no_acknowledged_trial_is_lost_or_doubled_by_kill_9() {
    let plan = plan();
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    begin(&plan, &mut Sample::new(), &whole).unwrap();
    let (mut kills, mut torn) = (0, 0);
    for round in 0_u32.. {
        if kills >= 24 {
            break;
        }
        let path = folder.path().join(format!("run-{round}"));
        fs::create_dir(&path).unwrap();
        let mut before = 0;
        for attempt in 0_u32..6 {
            // Any number will do that is spread and the same in every run of the test.
            let chance = Digest::of(&[round.to_le_bytes(), attempt.to_le_bytes()].concat());
            let [patience, low, high, ..] = *chance.as_bytes();
            let delay = u32::from(u16::from_le_bytes([low, high])) / 8;
            let told = start_and_kill(&path, usize::from(patience % 5), delay);
            let Some(journal) = read(&path) else {
                assert_eq!(told, 0);
                continue;
            };
            let kept = journal.trials.len() as u64;
            assert!(
                kept >= told && kept >= before,
                "{kept} kept of {told} told, {before} before"
            );
            torn += u32::from(journal.torn.is_some());
            before = kept;
            if journal.sealed.is_some() {
                break;
            }
            kills += 1;
        }
        if read(&path).is_none() {
            begin(&plan, &mut Sample::new(), &path).unwrap();
        } else {
            resume(&plan, &mut Sample::new(), &path).unwrap();
        }
        assert_eq!(transcript(&plan, &path), transcript(&plan, &whole));
    }
    println!("{kills} kills in the middle of a run, {torn} torn lines");
}

/// A file may not grow beyond a limit: the write fails as it does on a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_run_and_loses_nothing() {
    let plan = plan();
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    begin(&plan, &mut Sample::new(), &whole).unwrap();
    let length = fs::metadata(whole.join("journal.jsonl")).unwrap().len();
    for blocks in [0, 1, 8, 20, length / 512] {
        let path = folder.path().join(format!("limit-{blocks}"));
        let inner = command(&path);
        // The limit counts blocks of 512 bytes. Without the signal, the write itself fails.
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, "sh"]);
        shell.arg(inner.get_program()).args(inner.get_args());
        // The child's standard output is a pipe and has no limit.
        let output = shell.env(FOLDER, &path).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("fault cannot write "), "{blocks}: {text}");
        let told = text.lines().rev().find_map(acknowledged).unwrap();
        match read(&path) {
            None => assert_eq!(told, 0),
            Some(journal) => {
                assert!(journal.trials.len() as u64 >= told && journal.sealed.is_none());
                resume(&plan, &mut Sample::new(), &path).unwrap();
                assert_eq!(transcript(&plan, &path), transcript(&plan, &whole));
            }
        }
        let left: Vec<_> = fs::read_dir(&path)
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        assert!(
            !left.iter().any(|name| name == "journal.jsonl.part"),
            "{left:?}"
        );
    }
}
