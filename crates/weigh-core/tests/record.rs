//! The journal and its fold: what is read back, and that nothing else is.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

mod sample;

use proptest::prelude::*;
use weigh_core::digest::Digest;
use weigh_core::event::{Event, Sealed, Timestamp, TrialRecord};
use weigh_core::journal::{self, Chain, Journal, JournalFault, Torn, parse};
use weigh_core::opening::Salt;
use weigh_core::plan::Plan;
use weigh_core::request::Response;
use weigh_core::transcript::{self, FoldFault, fold};

const SALT: Salt = Salt::from_bytes([7; 32]);

fn record(plan: &Plan, trial: usize) -> Event {
    Event::Trial(TrialRecord {
        trial: plan.trials[trial].id.clone(),
        responses: sample::answers(&plan.trials[trial]),
    })
}

fn seal(plan: &Plan) -> Event {
    let responses: Vec<_> = plan
        .trials
        .iter()
        .map(|t| Some(sample::answers(t)))
        .collect();
    Event::Sealed(Sealed {
        trials: plan.trials.len() as u64,
        judgements: 0,
        transcript: transcript::root(plan, &responses),
        salt: SALT,
        energy: None,
        at: Timestamp("2026-01-01T00:00:09Z".into()),
    })
}

/// Every event of a complete run, trials in the order given.
fn events(plan: &Plan, order: &[usize]) -> Vec<Event> {
    let mut events = vec![
        Event::Planned(Box::new(plan.header.clone())),
        Event::Opened(Box::new(sample::opened())),
    ];
    events.extend(order.iter().map(|trial| record(plan, *trial)));
    events.push(seal(plan));
    events
}

fn encode(events: &[Event]) -> Vec<u8> {
    let mut chain = Chain::new();
    let lines = events.iter().map(|event| chain.encode(event).unwrap());
    lines.collect::<Vec<_>>().concat()
}

/// The journal of `events`, whatever the order of its lines.
fn read(events: &[Event]) -> Result<Journal, JournalFault> {
    parse(&encode(events))
}

#[test]
fn the_first_line_is_as_the_format_says() {
    let plan = sample::plan(0, 1);
    let bytes = encode(&events(&plan, &[0]));
    let text = String::from_utf8(bytes).unwrap();
    insta::assert_snapshot!(text);
    let lines: Vec<&str> = text.lines().collect();
    for (line, next) in lines.iter().zip(&lines[1..]) {
        let prev = Digest::of(line.as_bytes());
        assert!(next.contains(&format!(r#""prev":"{prev}""#)), "{next}");
    }
}

#[test]
fn what_was_written_is_read() {
    let plan = sample::plan(3, 2);
    let bytes = encode(&events(&plan, &[4, 0, 2, 1, 3]));
    let journal = parse(&bytes).unwrap();
    assert_eq!(journal.header, plan.header);
    assert_eq!(journal.lines, 8);
    assert_eq!(journal.torn, None);
    let last = bytes
        .trim_ascii_end()
        .split(|b| *b == b'\n')
        .next_back()
        .unwrap();
    assert_eq!(journal.head, Digest::of(last));
    let transcript = fold(&plan, &journal).unwrap();
    let expect: Vec<_> = plan
        .trials
        .iter()
        .map(|t| Some(sample::answers(t)))
        .collect();
    assert_eq!(transcript.responses, expect);
    assert_eq!(transcript.subject, sample::subject());
}

#[test]
fn the_order_of_the_lines_changes_nothing_in_the_transcript() {
    let plan = sample::plan(3, 2);
    let sorted = fold(&plan, &read(&events(&plan, &[0, 1, 2, 3, 4])).unwrap()).unwrap();
    let shuffled = fold(&plan, &read(&events(&plan, &[3, 1, 4, 2, 0])).unwrap()).unwrap();
    assert_eq!(sorted, shuffled);
}

/// Every byte, every one of some other values: never the same meaning, never silence.
#[test]
fn one_changed_byte_fails() {
    let plan = sample::plan(1, 1);
    let bytes = encode(&events(&plan, &[0, 1]));
    for at in 0..bytes.len() {
        for flip in [0x01, 0x20, 0x80, bytes[at] ^ b'\n', bytes[at] ^ b' '] {
            let mut changed = bytes.clone();
            changed[at] ^= flip;
            if flip == 0 {
                continue;
            }
            match parse(&changed) {
                Err(_) => {}
                // The last newline: what is left is an incomplete run.
                Ok(journal) if at + 1 == bytes.len() => {
                    assert!(journal.torn.is_some() && journal.sealed.is_none());
                }
                // The seal has no successor: its own words are held by the fold or the signature.
                Ok(journal) => {
                    let head = parse(&bytes).unwrap().head;
                    assert_ne!(journal.head, head, "byte {at} ^ {flip:#x}");
                    let sealed = journal.sealed.clone().unwrap();
                    let own = (Timestamp("2026-01-01T00:00:09Z".into()), SALT);
                    assert!(fold(&plan, &journal).is_err() || (sealed.at, sealed.salt) != own);
                }
            }
        }
    }
}

#[test]
fn every_cut_is_said() {
    let plan = sample::plan(1, 1);
    let bytes = encode(&events(&plan, &[0, 1]));
    for length in 0..bytes.len() {
        let cut = &bytes[..length];
        let keep = cut.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        match parse(cut) {
            Err(fault) => assert_eq!((fault, keep), (JournalFault::Empty, 0)),
            Ok(journal) => {
                let torn = (keep < length).then_some(Torn {
                    keep: keep as u64,
                    bytes: (length - keep) as u64,
                });
                assert_eq!(journal.torn, torn);
                assert_eq!(journal.sealed, None);
            }
        }
    }
}

/// The faults of what the lines say, each line in itself well made.
#[test]
fn lines_that_cannot_follow_each_other() {
    let plan = sample::plan(1, 1);
    let [planned, opened, first, second, seal] =
        <[Event; 5]>::try_from(events(&plan, &[0, 1])).unwrap();
    let mut other = sample::opened();
    other.subject.name = "other".into();
    let other = Event::Opened(Box::new(other));
    let mut format = plan.header.clone();
    format.format = "weighhouse-journal/2".into();
    let format = Event::Planned(Box::new(format));
    let trial = plan.trials[0].id.clone();
    let check = |events: &[&Event], fault: JournalFault| {
        let events: Vec<Event> = events.iter().copied().cloned().collect();
        assert_eq!(read(&events), Err(fault.clone()));
        fault.to_string()
    };
    let messages = [
        check(&[], JournalFault::Empty),
        check(&[&opened], JournalFault::Plan { line: 1 }),
        check(&[&planned, &planned], JournalFault::Plan { line: 2 }),
        check(
            &[&format],
            JournalFault::Format("weighhouse-journal/2".into()),
        ),
        check(&[&planned, &first], JournalFault::NotOpened { line: 2 }),
        check(&[&planned, &seal], JournalFault::NotOpened { line: 2 }),
        check(
            &[&planned, &opened, &other],
            JournalFault::Subject { line: 3 },
        ),
        check(
            &[&planned, &opened, &first, &first],
            JournalFault::Duplicate { line: 4, trial },
        ),
        check(
            &[&planned, &opened, &first, &second, &seal, &opened],
            JournalFault::Sealed { line: 6 },
        ),
    ];
    insta::assert_snapshot!(messages.join("\n"));
}

/// The faults of how a line is written.
#[test]
fn lines_that_are_written_otherwise() {
    let plan = sample::plan(1, 0);
    let text = String::from_utf8(encode(&events(&plan, &[0]))).unwrap();
    let check = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        parse(text.replacen(from, to, 1).as_bytes())
            .unwrap_err()
            .to_string()
    };
    let first = text.lines().next().unwrap();
    let second = text.lines().nth(1).unwrap();
    let messages = [
        check(first, "{}"),
        check(first, "\u{feff}"),
        check(r#""seq":1"#, r#""seq":2"#),
        check(&format!("{second}\n"), ""),
        check(r#""limit":null"#, r#""limit":3"#),
        check(r#""type":"opened""#, r#""type":"closed""#),
        check(r#""name":"sample""#, r#""name":"s\u0061mple""#),
        check(r#""seq":1"#, r#""seq": 1"#),
        check(r#""seq":1"#, r#""seq":1,"seq":1"#),
        check(r#""facts":{}"#, r#""facts":{"a":"1","a":"2"}"#),
        check(r#""greedy":"#, r#""Greedy":"#),
        check(r#""seq":1"#, r#""extra":0,"seq":1"#),
    ];
    insta::assert_snapshot!(messages.join("\n"));
    let long = format!("{}\n", " ".repeat(journal::MOST_LINE + 1));
    let fault = parse(long.as_bytes()).unwrap_err();
    assert_eq!(fault.to_string(), "line 1: it has more than 16777216 bytes");
    let after_seal = format!("{text}x");
    assert_eq!(
        parse(after_seal.as_bytes()),
        Err(JournalFault::Sealed { line: 5 })
    );
    let invalid = [first.as_bytes(), b"\n\xff\n"].concat();
    assert!(matches!(
        parse(&invalid),
        Err(JournalFault::Json { line: 2, .. })
    ));
}

#[test]
fn records_that_are_not_of_the_plan() {
    let plan = sample::plan(1, 1);
    let journal = read(&events(&plan, &[0, 1])).unwrap();
    let check = |change: &dyn Fn(&mut Journal)| {
        let mut journal = journal.clone();
        change(&mut journal);
        fold(&plan, &journal).unwrap_err()
    };
    let id = |trial: usize| plan.trials[trial].id.clone();
    assert_eq!(
        check(&|j| j.trials[1].trial = "choice:en:9".into()),
        FoldFault::Unplanned("choice:en:9".into())
    );
    assert_eq!(
        check(&|j| j.trials[0].responses.truncate(1)),
        FoldFault::Count {
            trial: id(0),
            expected: 2,
            found: 1
        }
    );
    let text = sample::answer(&plan.trials[1].requests[0]);
    assert_eq!(
        check(&|j| j.trials[0].responses[1] = text.clone()),
        FoldFault::Kind {
            trial: id(0),
            index: 2
        }
    );
    assert_eq!(check(&|j| j.opened.clear()), FoldFault::NotOpened);
    assert_eq!(
        check(&|j| j.trials.truncate(1)),
        FoldFault::SealCount {
            sealed: 2,
            planned: 2,
            found: 1
        }
    );
    assert_eq!(
        check(&|j| j.sealed.as_mut().unwrap().trials = 3),
        FoldFault::SealCount {
            sealed: 3,
            planned: 2,
            found: 2
        }
    );
    let root = journal.sealed.as_ref().unwrap().transcript;
    let failed = Response::Failed(weigh_core::request::Failure::Empty);
    let FoldFault::SealRoot { sealed, found } =
        check(&|j| j.trials[0].responses[0] = failed.clone())
    else {
        panic!("a changed response gives another root");
    };
    assert_eq!(sealed, root);
    assert_ne!(found, root);
}

#[test]
fn a_number_that_json_would_round_is_not_written() {
    let mut plan = sample::plan(1, 0);
    let mut chain = Chain::new();
    for (seed, written) in [(1 << 53, false), (u64::MAX, false), ((1 << 53) - 1, true)] {
        plan.header.options.seed = seed;
        let line = chain.encode(&Event::Planned(Box::new(plan.header.clone())));
        assert_eq!(line.is_some(), written, "{seed}");
        assert_eq!(chain.lines(), u64::from(written));
    }
}

#[test]
fn an_unsealed_run_has_gaps() {
    let plan = sample::plan(1, 1);
    let mut all = events(&plan, &[1, 0]);
    all.truncate(3);
    let transcript = fold(&plan, &read(&all).unwrap()).unwrap();
    assert_eq!(transcript.sealed, None);
    assert_eq!(
        transcript.responses,
        [None, Some(sample::answers(&plan.trials[1]))]
    );
}

#[test]
fn conditions_are_told_apart() {
    let plan = sample::plan(0, 1);
    let mut moved = sample::opened();
    moved.conditions.insert("device".into(), "cuda:0".into());
    let mut all = events(&plan, &[0]);
    all.insert(2, Event::Opened(Box::new(moved.clone())));
    all.insert(3, Event::Opened(Box::new(sample::opened())));
    let transcript = fold(&plan, &read(&all).unwrap()).unwrap();
    assert_eq!(
        transcript.conditions,
        [sample::opened().conditions, moved.conditions]
    );
    assert_eq!(transcript.opened.len(), 3);
}

#[test]
fn stretches_are_those_in_which_a_trial_was_answered() {
    let plan = sample::plan(3, 0);
    let on = |device: &str| {
        let mut opened = sample::opened();
        opened.conditions.insert("device".into(), device.into());
        Event::Opened(Box::new(opened))
    };
    let trial = |place| record(&plan, place);
    let check = |between: [&[&str]; 4], expect: [&str; 3]| {
        let mut all = vec![Event::Planned(Box::new(plan.header.clone()))];
        for (place, devices) in between.iter().enumerate() {
            all.extend(devices.iter().map(|device| on(device)));
            all.extend((place < 3).then(|| trial(place)));
        }
        let journal = read(&all).unwrap();
        let found = [0, 1, 2].map(|place| {
            let stretches = journal.stretches(place).iter();
            let devices = stretches.map(|one| one.conditions["device"].as_str());
            devices.collect::<Vec<_>>().join(" ")
        });
        assert_eq!(found, expect, "{between:?}");
    };
    check([&["a"], &[], &[], &[]], ["a", "a", "a"]);
    check([&["a"], &["b"], &[], &["c"]], ["a", "b", "b"]);
    check([&["a", "b"], &[], &["c"], &[]], ["a b", "a b", "c"]);
}

#[test]
fn another_plan_is_named() {
    let plan = sample::plan(1, 1);
    let journal = read(&events(&plan, &[0, 1])).unwrap();
    let check = |change: &dyn Fn(&mut Plan)| {
        let mut here = plan.clone();
        change(&mut here);
        fold(&here, &journal).unwrap_err().to_string()
    };
    let suite = || plan.header.suites["text"].clone();
    let messages = [
        check(&|p| p.header.harness = "0.2.0".into()),
        check(&|p| drop(p.header.suites.insert("added".into(), suite()))),
        check(&|p| drop(p.header.suites.remove("text"))),
        check(&|p| p.header.suites.get_mut("text").unwrap().trials = 9),
        check(&|p| p.header.profile.id = "strict".into()),
        check(&|p| p.header.profile.digest = Digest::of(b"")),
        check(&|p| p.header.options.seed = 8),
        check(&|p| drop(p.header.laboratory.insert("name".into(), "L".into()))),
        check(&|p| p.header.digest = Digest::of(b"")),
    ];
    insta::assert_snapshot!(messages.join("\n"));
}

proptest! {
    /// Any bytes: an error or a journal, no panic.
    #[test]
    fn foreign_bytes_are_no_danger(bytes in any::<Vec<u8>>(), cut in 0..2000_usize) {
        let _ = parse(&bytes);
        let plan = sample::plan(1, 1);
        let mut journal = encode(&events(&plan, &[0, 1]));
        journal.truncate(cut);
        let complete = journal.ends_with(b"\n") || journal.is_empty();
        journal.extend(&bytes);
        if complete && bytes.contains(&b'\n') {
            prop_assert!(parse(&journal).is_err());
        }
    }
}
