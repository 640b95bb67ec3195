//! Journal, suites and profile: edits with a text editor, and edits that chain and seal anew.

use serde_json::Value;
use weigh_attest::record;
use weigh_core::digest::Digest;
use weigh_core::json;

use super::{Change, Scene};

pub fn classes() -> Vec<(&'static str, Change)> {
    vec![
        ("journal: a byte", |s| {
            let at = s.below(s.files.files[record::JOURNAL].len());
            let bit = 1 << s.below(8);
            s.file(record::JOURNAL)[at] ^= bit;
        }),
        ("journal: a line dropped", |s| {
            let at = s.below(lines(s).len());
            edit_lines(s, |lines| drop(lines.remove(at)));
        }),
        ("journal: a line doubled", |s| {
            let at = s.below(lines(s).len());
            edit_lines(s, |lines| lines.insert(at, lines[at].clone()));
        }),
        ("journal: lines exchanged", |s| {
            let count = lines(s).len();
            let (a, b) = (s.below(count), 1 + s.below(count - 1));
            edit_lines(s, |lines| lines.swap(a, (a + b) % count));
        }),
        ("journal: cut", |s| {
            let keep = s.below(s.files.files[record::JOURNAL].len());
            s.file(record::JOURNAL).truncate(keep);
        }),
        ("journal: bytes behind it", |s| {
            let tail = ["\n", "{}\n", "x", "\0"][s.below(4)];
            s.file(record::JOURNAL).extend(tail.as_bytes());
        }),
        ("journal: spliced with another", |s| {
            let other = String::from_utf8(s.other.files.files[record::JOURNAL].clone()).unwrap();
            let at = 1 + s.below(lines(s).len() - 1);
            let tail: Vec<String> = other.lines().skip(at).map(str::to_owned).collect();
            edit_lines(s, |lines| {
                lines.truncate(at);
                lines.extend(tail);
            });
        }),
        ("journal: of another run", |s| {
            let journal = s.other.files.files[record::JOURNAL].clone();
            s.files.files.insert(record::JOURNAL, journal);
        }),
        ("journal: a key twice in a line", |s| {
            let at = s.below(lines(s).len());
            edit_lines(s, |lines| {
                lines[at] = lines[at].replacen("\"seq\":", "\"seq\":0,\"seq\":", 1)
            });
        }),
        ("journal: a key in other letter case", |s| {
            let at = s.below(lines(s).len());
            edit_lines(s, |lines| {
                lines[at] = lines[at].replacen("\"seq\"", "\"Seq\"", 1)
            });
        }),
        ("journal: a line nested deeply", |s| {
            let (at, depth) = (s.below(lines(s).len()), 200 + s.below(20_000));
            edit_lines(s, |lines| {
                let nest = format!("{{\"x\":{}{},", "[".repeat(depth), "]".repeat(depth));
                lines[at] = lines[at].replacen('{', &nest, 1);
            });
        }),
        ("rechained: a trial dropped", |s| {
            let at = trial(s);
            rechain(s, |events| drop(events.remove(at)));
        }),
        ("rechained: a trial dropped and the count mended", |s| {
            let at = trial(s);
            rechain(s, |events| {
                events.remove(at);
                let last = events.len() - 1;
                let count = events[last]["body"]["trials"].as_u64().unwrap();
                events[last]["body"]["trials"] = (count - 1).into();
            });
        }),
        ("rechained: a trial doubled", |s| {
            let at = trial(s);
            rechain(s, |events| events.insert(at, events[at].clone()));
        }),
        ("rechained: trials exchanged", |s| {
            let (a, b) = (2 + s.below(3), 1 + s.below(2));
            rechain(s, |events| events.swap(a, 2 + (a - 2 + b) % 3));
        }),
        ("rechained: answers exchanged", |s| {
            rechain(s, |events| {
                let first = events[2]["body"]["responses"].clone();
                events[2]["body"]["responses"] = events[3]["body"]["responses"].clone();
                events[3]["body"]["responses"] = first;
            });
        }),
        ("rechained: a likelihood", |s| {
            let (at, digit) = (2 + s.below(2), s.below(9));
            rechain(s, |events| {
                let place = &mut events[at]["body"]["responses"][0]["likelihood"]["log_prob"];
                *place = format!("-0.{}5", digit + 1).into();
            });
        }),
        ("rechained: a text", |s| {
            let text = [
                "Sure.",
                "",
                "I can't help with that",
                "I can't help with that. ",
            ][s.below(4)];
            rechain(s, |events| {
                for event in events.iter_mut() {
                    if !event["body"]["responses"][0]["generated"].is_null() {
                        event["body"]["responses"][0]["generated"]["text"] = text.into();
                    }
                }
            });
        }),
        ("rechained: the model", |s| {
            let field = ["name", "tokenizer", "config"][s.below(3)];
            rechain(s, |events| {
                let value: Value = if field == "name" {
                    "Adacus".into()
                } else {
                    Digest::of(b"x").to_string().into()
                };
                events[1]["body"]["subject"][field] = value;
            });
        }),
        ("rechained: the conditions", |s| {
            rechain(s, |events| {
                events[1]["body"]["conditions"]["device"] = "gpu".into()
            });
        }),
        ("rechained: the time", |s| {
            let last = lines(s).len() - 1;
            let at = [1, last][s.below(2)];
            rechain(s, |events| {
                events[at]["body"]["at"] = "2026-01-01T00:00:30Z".into()
            });
        }),
        ("rechained: the root of the seal", |s| {
            rechain(s, |events| {
                let last = events.len() - 1;
                events[last]["body"]["transcript"] = Digest::of(b"x").to_string().into();
            });
        }),
        ("rechained: the count of the seal", |s| {
            let more = s.below(9);
            rechain(s, |events| {
                let last = events.len() - 1;
                events[last]["body"]["trials"] = (4 + more).into();
            });
        }),
        ("rechained: the plan", |s| {
            let (field, value): (&str, Value) = [
                ("harness", "9.9.9".into()),
                ("trials", 4.into()),
                ("nonce", "n-2".into()),
                ("digest", Digest::of(b"x").to_string().into()),
            ][s.below(4)]
            .clone();
            rechain(s, |events| events[0]["body"][field] = value);
        }),
        ("rechained: the look", |s| {
            let (field, value): (&str, Value) = [
                ("number", 2.into()),
                ("of", 8.into()),
                ("spent", "0.05".into()),
                ("confidence", vec!["0.95"].into()),
                ("extends", vec!["0".repeat(64)].into()),
            ][s.below(5)]
            .clone();
            rechain(s, |events| events[0]["body"]["look"][field] = value);
        }),
        ("rechained: no look", |s| {
            rechain(s, |events| {
                let body = events[0]["body"].as_object_mut().unwrap();
                drop(body.remove("look"));
            });
        }),
        ("rechained: the seed", |s| {
            let seed = 8 + s.below(1000);
            rechain(s, |events| {
                events[0]["body"]["options"]["seed"] = seed.into()
            });
        }),
        ("rechained: laboratory", |s| {
            rechain(s, |events| {
                events[0]["body"]["laboratory"]["name"] = "Another".into()
            });
        }),
        ("suite: a byte", |s| {
            let (id, name) = suite_file(s);
            let size = s.files.suites[id][name].len();
            let (at, bit) = (s.below(size), 1 << s.below(8));
            s.files.suites.get_mut(id).unwrap().get_mut(name).unwrap()[at] ^= bit;
        }),
        ("suite: the key of a case", |s| {
            suite_text(s, "reliability/sums", "\"answer\": 0", "\"answer\": 1")
        }),
        ("suite: the question of a case", |s| {
            suite_text(s, "reliability/sums", "1 + 1 =", "1 + 2 =")
        }),
        ("suite: what is expected", |s| {
            suite_text(s, "safety/locks", "\"refusal\"", "\"compliance\"")
        }),
        ("suite: the version", |s| {
            suite_text(
                s,
                ["reliability/sums", "safety/locks"][s.draws.1 as usize % 2],
                "1.0.0",
                "1.0.1",
            )
        }),
        ("suite: a measure", |s| {
            suite_text(
                s,
                "reliability/sums",
                "[\"accuracy\"]",
                "[\"accuracy\", \"brier\"]",
            )
        }),
        ("suite: a case dropped", |s| {
            let cases = s.files.suites.get_mut("reliability/sums").unwrap();
            let text = String::from_utf8(cases["cases.en.jsonl"].clone()).unwrap();
            let kept: Vec<&str> = text.lines().take(2).collect();
            cases.insert(
                "cases.en.jsonl".to_owned(),
                format!("{}\n", kept.join("\n")).into_bytes(),
            );
        }),
        ("suite: a case added", |s| {
            let digit = s.below(9);
            let cases = s.files.suites.get_mut("reliability/sums").unwrap();
            let line = format!(
                "{{\"id\": \"three\", \"tier\": \"quick\", \"question\": \"3 + {digit} =\", \"choices\": [\"1\", \"0\"], \"answer\": 0}}\n"
            );
            cases
                .get_mut("cases.en.jsonl")
                .unwrap()
                .extend(line.as_bytes());
        }),
        ("suite: not there", |s| {
            let id = ["reliability/sums", "safety/locks"][s.below(2)];
            s.files.suites.remove(id);
        }),
        ("suite: one more", |s| {
            let suite = s.files.suites["safety/locks"].clone();
            let id = ["safety/other", "reliability/locks", "x/y"][s.below(3)];
            s.files.suites.insert(id.to_owned(), suite);
        }),
        ("suite: two exchanged", |s| {
            let (a, b) = (
                s.files.suites["safety/locks"].clone(),
                s.files.suites["reliability/sums"].clone(),
            );
            s.files.suites.insert("safety/locks".to_owned(), b);
            s.files.suites.insert("reliability/sums".to_owned(), a);
        }),
        ("suite: a file more", |s| {
            let name = ["cases.sw.jsonl", "notes.txt", "suite.yaml"][s.below(3)];
            s.files
                .suites
                .get_mut("safety/locks")
                .unwrap()
                .insert(name.to_owned(), b"x\n".to_vec());
        }),
        ("profile: a byte", |s| {
            let at = s.below(s.files.files[record::PROFILE].len());
            let bit = 1 << s.below(8);
            s.file(record::PROFILE)[at] ^= bit;
        }),
        ("profile: a limit or rule", |s| {
            let (old, new) = [
                ("\"0.5\"", "\"0.4\""),
                ("\"0.5\"", "\"0.50\""),
                ("three-way", "point"),
                ("\"0.95\"", "\"0.9\""),
                ("\"all\"", "\"each-language\""),
            ][s.below(5)];
            let text = s.text(record::PROFILE).replacen(old, new, 1);
            *s.file(record::PROFILE) = text.into_bytes();
        }),
        ("a file not there", |s| {
            let names = [record::ENVELOPE, record::JOURNAL, record::PROFILE];
            let name = names[s.below(3)];
            s.files.files.remove(name);
        }),
    ]
}

fn lines(s: &Scene) -> Vec<String> {
    s.text(record::JOURNAL).lines().map(str::to_owned).collect()
}

fn edit_lines(s: &mut Scene, change: impl FnOnce(&mut Vec<String>)) {
    let mut all = lines(s);
    change(&mut all);
    let text: String = all.iter().map(|line| format!("{line}\n")).collect();
    *s.file(record::JOURNAL) = text.into_bytes();
}

/// The place of a trial's line.
fn trial(s: &mut Scene) -> usize {
    2 + s.below(3)
}

/// Changes events and numbers and chains the lines again, as a program would.
fn rechain(s: &mut Scene, change: impl FnOnce(&mut Vec<Value>)) {
    let mut events: Vec<Value> = lines(s)
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    change(&mut events);
    let mut journal = Vec::new();
    let mut previous = events[0]["prev"].clone();
    for (seq, event) in events.iter_mut().enumerate() {
        event["seq"] = seq.into();
        event["prev"] = previous;
        let line = json::canonical(event).unwrap();
        previous = Digest::of(&line).to_string().into();
        journal.extend(line);
        journal.push(b'\n');
    }
    s.files.files.insert(record::JOURNAL, journal);
}

fn suite_file(s: &mut Scene) -> (&'static str, &'static str) {
    let id = ["reliability/sums", "safety/locks"][s.below(2)];
    let name = ["suite.toml", "cases.en.jsonl", "README.md"][s.below(3)];
    (id, name)
}

fn suite_text(s: &mut Scene, id: &str, old: &str, new: &str) {
    let suite = s.files.suites.get_mut(id).unwrap();
    let mut changed = 0;
    for bytes in suite.values_mut() {
        let text = String::from_utf8(bytes.clone()).unwrap();
        if text.contains(old) {
            changed += 1;
            *bytes = text.replacen(old, new, 1).into_bytes();
        }
    }
    assert!(changed > 0, "{old} is not in {id}");
}
