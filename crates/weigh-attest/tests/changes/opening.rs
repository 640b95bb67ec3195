//! Openings of single cases, changed: held to the whole record, or to the signed report alone.

use serde_json::{Value, json};
use weigh_attest::record;
use weigh_core::digest::Digest;

use super::{Change, Scene};
use crate::town::opening_line as line;

pub fn classes() -> Vec<(&'static str, Change)> {
    [proof(), form(), withheld()].concat()
}

/// What no longer leads to the commitment, or to another report's.
fn proof() -> Vec<(&'static str, Change)> {
    vec![
        ("opening: another salt", |s| {
            let salt = Digest::of(&[s.below(256) as u8]).to_string();
            let seal = Digest::of(b"Abacus").to_string();
            let neighbour = s.town.opening((s.place + 1) % 3)["salt"].clone();
            let salt = [salt.into(), seal.into(), neighbour][s.below(3)].clone();
            opened(s, |o| o["salt"] = salt);
        }),
        ("opening: another case's entry", |s| {
            let neighbour = s.town.opening((s.place + 1) % 3);
            let salt = s.below(2) == 0;
            opened(s, |o| {
                o["entry"] = neighbour["entry"].clone();
                if salt {
                    o["salt"] = neighbour["salt"].clone();
                }
            });
        }),
        ("opening: another answer", |s| {
            let answer = format!("-0.{}", 1 + s.below(9));
            opened(s, |o| {
                let response = &mut o["entry"]["trial"]["responses"][0];
                let (kind, field) = if response["likelihood"].is_null() {
                    ("generated", "text")
                } else {
                    ("likelihood", "log_prob")
                };
                response[kind][field] = answer.into();
            });
        }),
        ("opening: another key", |s| {
            opened(s, |o| {
                let expect = &mut o["entry"]["case"]["expect"];
                match expect["choice"]["answer"].as_u64() {
                    Some(answer) => expect["choice"]["answer"] = (1 - answer).into(),
                    None => *expect = "compliance".into(),
                }
            });
        }),
        ("opening: another question", |s| {
            let asked = format!("3 + {} =", s.below(99));
            opened(s, |o| {
                let fields = o["entry"]["case"]["fields"].as_object_mut().unwrap();
                fields
                    .values_mut()
                    .for_each(|field| *field = asked.clone().into());
            });
        }),
        ("opening: another prompt", |s| {
            let (request, most) = (0, 17 + s.below(99));
            opened(s, |o| {
                let request = &mut o["entry"]["requests"][request];
                if request["generate"].is_null() {
                    request["likelihood"]["continuation"] = format!(" {most}").into();
                } else {
                    request["generate"]["max_tokens"] = most.into();
                }
            });
        }),
        ("opening: a judgement more", |s| {
            opened(s, |o| {
                let trial = o["entry"]["trial"]["trial"].clone();
                o["entry"]["judgement"] = json!({"judged": trial, "responses": []});
            });
        }),
        ("opening: another case's name", |s| {
            let id = ["three", "one ", "One", "b", "~"][s.below(5)];
            let both = s.below(2) == 0;
            opened(s, |o| {
                o["entry"]["case"]["id"] = id.into();
                if both {
                    let trial = o["entry"]["trial"]["trial"].as_str().unwrap();
                    let (before, _) = trial.rsplit_once(':').unwrap();
                    o["entry"]["trial"]["trial"] = format!("{before}:{id}").into();
                }
            });
        }),
        ("opening: another place", |s| {
            let index = [(s.place + 1) % 3, (s.place + 2) % 3, 3, 1_usize << 40][s.below(4)];
            opened(s, |o| o["index"] = index.into());
        }),
        ("opening: another number of cases", |s| {
            let count = [0, 1, 2, 4, 5, 1_u64 << 40][s.below(6)];
            opened(s, |o| o["count"] = count.into());
        }),
        ("opening: the path of another tree", |s| {
            let path = s.other.opening(s.place)["path"].clone();
            opened(s, |o| o["path"] = path);
        }),
        ("opening: of another report", |s| {
            let other = s.other.opening(s.place);
            opened(s, |o| *o = other);
        }),
        ("opening: of another report, with this one's name", |s| {
            let other = s.other.opening(s.place);
            opened(s, |o| {
                for key in ["entry", "salt", "path"] {
                    o[key] = other[key].clone();
                }
            });
        }),
        ("opening: this report's, with another one's name", |s| {
            let other = s.other.opening(s.place);
            let keys = [
                ["report", "report"],
                ["payload", "payload"],
                ["report", "payload"],
            ];
            let keys = keys[s.below(3)];
            opened(s, |o| {
                keys.iter().for_each(|key| o[*key] = other[*key].clone())
            });
        }),
        ("opening: a path too short or too long", |s| {
            let shorter = s.below(2) == 0;
            opened(s, |o| {
                let path = o["path"].as_array_mut().unwrap();
                if shorter {
                    path.pop();
                } else {
                    path.push(path[0].clone());
                }
            });
        }),
        ("opening: a step of the path", |s| {
            let (step, digit) = (s.below(2), s.below(64));
            opened(s, |o| {
                let path = o["path"].as_array_mut().unwrap();
                let step = step % path.len();
                let mut digits = path[step].as_str().unwrap().as_bytes().to_vec();
                digits[digit] = if digits[digit] == b'0' { b'1' } else { b'0' };
                path[step] = String::from_utf8(digits).unwrap().into();
            });
        }),
        ("opening: a case twice", |s| {
            opened(s, |_| {});
            let line = s.opening.clone().unwrap();
            s.opening = Some(line.repeat(2 + s.below(3)));
        }),
        ("opening: the commitment forged", |s| {
            opened(s, |_| {});
            let payload = s.text(record::STATEMENT);
            let at = payload.find("\"commitment\":\"").unwrap() + 14 + s.below(64);
            let mut payload = payload.into_bytes();
            payload[at] = if payload[at] == b'0' { b'1' } else { b'0' };
            let town = s.town.clone();
            s.sign(&payload, &town.key);
        }),
    ]
}

/// What is written otherwise.
fn form() -> Vec<(&'static str, Change)> {
    vec![
        ("opening: a byte", |s| {
            opened(s, |_| {});
            let mut line = s.opening.clone().unwrap();
            let at = s.below(line.len() - 1);
            line[at] ^= 1 << s.below(8);
            s.opening = Some(line);
        }),
        ("opening: cut", |s| {
            opened(s, |_| {});
            let mut line = s.opening.clone().unwrap();
            line.truncate(s.below(line.len() - 1));
            s.opening = Some(line);
        }),
        ("opening: a key twice", |s| {
            let key = ["salt", "index", "entry", "path", "answer", "trial"][s.below(6)];
            rewritten(
                s,
                &format!("\"{key}\":"),
                &format!("\"{key}\":0,\"{key}\":"),
            );
        }),
        ("opening: a key in other letter case", |s| {
            let key = ["salt", "index", "entry", "path", "requests", "trial"][s.below(6)];
            rewritten(
                s,
                &format!("\"{key}\":"),
                &format!("\"{}\":", key.to_uppercase()),
            );
        }),
        ("opening: a key more", |s| {
            let before = ["\"salt\":", "\"case\":{", "\"trial\":{"][s.below(3)];
            let (key, rest) = before.split_once(':').unwrap();
            rewritten(s, before, &format!("{key}:{rest}\"aside\":1,"));
        }),
        ("opening: white space", |s| {
            let space = [" ", "\t", "\r\n"][s.below(3)];
            rewritten(s, "\"salt\":", &format!("\"salt\":{space}"));
        }),
        ("opening: bytes behind it", |s| {
            opened(s, |_| {});
            let tail = ["\n", "{}\n", "x", "\0", " "][s.below(5)];
            s.opening.as_mut().unwrap().extend(tail.as_bytes());
        }),
        ("opening: a number for a text", |s| {
            rewritten(s, "\"format\":\"weighhouse-opening/1\"", "\"format\":1")
        }),
        ("opening: another format", |s| {
            let format = ["opening/2", "Opening/1", "journal/1"][s.below(3)];
            rewritten(s, "opening/1", format);
        }),
        ("opening: nested deeply", |s| {
            let depth = 100 + s.below(100_000);
            let nest = format!("\"path\":[{}{},", "[".repeat(depth), "]".repeat(depth));
            rewritten(s, "\"path\":[", &nest);
        }),
        ("opening: very large", |s| {
            let many = 1 << (8 + s.below(6));
            match s.below(2) {
                0 => {
                    let step = format!("\"{}\",", Digest::of(b"x"));
                    rewritten(s, "\"path\":[", &format!("\"path\":[{}", step.repeat(many)));
                }
                _ => {
                    let text = "x".repeat(16 * many);
                    rewritten(s, "\"report\":\"", &format!("\"report\":\"{text}"));
                }
            }
        }),
        ("opening: none in the file", |s| {
            opened(s, |_| {});
            s.opening = Some(["", "\n", "{}", "null", "[]"][s.below(5)].into());
        }),
    ]
}

/// What a record that is withheld must not get by with.
fn withheld() -> Vec<(&'static str, Change)> {
    vec![
        ("withheld: without an opening", |s| {
            withhold(s);
            s.opening = None;
        }),
        ("withheld: in part", |s| {
            let journal = s.files.files[record::JOURNAL].clone();
            let suites = s.files.suites.clone();
            withhold(s);
            if s.below(2) == 0 {
                s.files.files.insert(record::JOURNAL, journal);
            } else {
                s.files.suites = suites;
            }
        }),
        ("withheld: a byte of the payload", |s| {
            withhold(s);
            let at = s.below(s.files.files[record::STATEMENT].len());
            let mut payload = s.files.files[record::STATEMENT].clone();
            payload[at] ^= 1 << s.below(8);
            super::payload::unsigned(s, &payload);
        }),
        ("withheld: signed by a stranger", |s| {
            withhold(s);
            let payload = s.files.files[record::STATEMENT].clone();
            let stranger = s.stranger.clone();
            s.sign(&payload, &stranger);
        }),
        ("withheld: an id that does not follow", |s| {
            withhold(s);
            let digit = s.below(10).to_string();
            let payload = s.text(record::STATEMENT);
            let at = payload.find("\"id\":\"WH-").unwrap() + 9;
            let digit = if payload[at..].starts_with(&digit) {
                "a"
            } else {
                &digit
            };
            let digit = if payload[at..].starts_with(digit) {
                "b"
            } else {
                digit
            };
            let forged = format!("{}{digit}{}", &payload[..at], &payload[at + 1..]);
            let id = &forged[at - 3..at + 16].to_owned();
            let town = s.town.clone();
            s.sign(forged.as_bytes(), &town.key);
            readdress(s, |o| o["report"] = id.as_str().into());
        }),
        ("withheld: another verdict", |s| {
            withhold(s);
            let payload = s.text(record::STATEMENT);
            let words = ["conforms", "does_not_conform", "not_assessed"];
            let (old, new) = ("\"verdict\":\"inconclusive\"}", words[s.below(3)]);
            let forged = payload.replace(old, &format!("\"verdict\":\"{new}\"}}"));
            assert_ne!(forged, payload);
            let town = s.town.clone();
            s.sign(forged.as_bytes(), &town.key);
        }),
        ("withheld: a number that has no canonical form", |s| {
            withhold(s);
            let payload = s.text(record::STATEMENT);
            let number = (1_u64 << 53) + s.below(1 << 20) as u64;
            let forged = payload.replace("\"trials\":3", &format!("\"trials\":{number}"));
            assert_ne!(forged, payload);
            let town = s.town.clone();
            s.sign(forged.as_bytes(), &town.key);
        }),
        ("withheld: another profile", |s| {
            withhold(s);
            let profile = s.text(record::PROFILE).replace("0.5", "0.4");
            *s.file(record::PROFILE) = profile.into_bytes();
        }),
    ]
}

/// Kinds of openings that are as good as the first one.
pub fn benign() -> Vec<(&'static str, Change)> {
    vec![
        ("opening: of the whole record", |s| {
            let place = s.below(3);
            let line = line(&s.town.opening(place));
            s.opening = Some(line);
        }),
        ("opening: every case in one file", |s| {
            let places = [[0, 1, 2], [2, 0, 1], [1, 2, 0]][s.below(3)];
            let lines = places.map(|place| line(&s.town.opening(place)));
            s.opening = Some(lines.concat());
        }),
        ("opening: all else is withheld", |s| withhold(s)),
        ("opening: all else and the profile are withheld", |s| {
            withhold(s);
            s.files.files.remove(record::PROFILE);
        }),
    ]
}

/// Opens the scene's case, with a change; in half of all scenes all else is withheld.
fn opened(s: &mut Scene, change: impl FnOnce(&mut Value)) {
    if s.below(2) == 0 {
        withhold(s);
    }
    let mut opening = s.town.opening(s.place);
    change(&mut opening);
    s.opening = Some(line(&opening));
}

/// The same, with a change of the text.
fn rewritten(s: &mut Scene, old: &str, new: &str) {
    opened(s, |_| {});
    let text = String::from_utf8(s.opening.clone().unwrap()).unwrap();
    let changed = if text.contains(old) {
        text.replacen(old, new, 1)
    } else {
        text.replacen("\"salt\":", "\"Salt\":", 1)
    };
    s.opening = Some(changed.into_bytes());
}

/// Leaves the signed report and the profile, and opens a case.
fn withhold(s: &mut Scene) {
    s.files.files.remove(record::JOURNAL);
    s.files.suites.clear();
    let opening = s.town.opening(s.place);
    s.opening = Some(line(&opening));
}

/// Makes the opening one of what is signed now.
pub fn readdress(s: &mut Scene, change: impl FnOnce(&mut Value)) {
    let Some(line_of) = &s.opening else {
        return;
    };
    let Ok(mut opening) = serde_json::from_slice::<Value>(line_of) else {
        return;
    };
    opening["payload"] = Digest::of(&s.files.files[record::STATEMENT])
        .to_string()
        .into();
    change(&mut opening);
    s.opening = Some(line(&opening));
}
