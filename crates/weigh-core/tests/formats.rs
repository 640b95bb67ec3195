//! What a suite can say, and exactly what is then asked of a model.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

mod good;

use std::collections::{BTreeMap, BTreeSet};

use weigh_core::diagnostic::render;
use weigh_core::plan::{Options, Plan, plan};
use weigh_core::profile;
use weigh_core::request::{Prompt, Request};
use weigh_core::suite::{self, Case, Expectation, Suite, SuiteFile, Tier};

const HEAD: &str = "suite.toml";
const CASES: &str = "cases.en.jsonl";

#[track_caller]
fn read(id: &str, files: &[(&str, &str)]) -> Suite {
    let files: Vec<SuiteFile<'_>> = files
        .iter()
        .map(|(path, text)| SuiteFile {
            path,
            bytes: text.as_bytes(),
        })
        .collect();
    match suite::parse(id, &files) {
        Ok(parsed) => parsed.suite,
        Err(found) => panic!("{}", render(&found, |_| None)),
    }
}

/// The suite `local/t` in the file `name`.
#[track_caller]
fn local(name: &str, text: &str) -> Suite {
    read("local/t", &[(name, text)])
}

fn planned(suite: &Suite, seed: u64) -> Plan {
    let mut profile = profile::parse("demo.toml", good::PROFILE.as_bytes()).unwrap();
    profile.requirements.clear();
    let options = Options {
        tier: Tier::Full,
        limit: None,
        languages: vec![],
        seed,
    };
    plan(
        std::slice::from_ref(suite),
        &profile,
        &options,
        &BTreeMap::new(),
        "test",
    )
    .unwrap()
}

fn prompt_text(prompt: &Prompt) -> String {
    match prompt {
        Prompt::Text(text) => format!("{text:?}"),
        Prompt::Chat(messages) => {
            let message =
                |m: &weigh_core::request::Message| format!("{:?}: {:?}", m.role, m.content);
            messages.iter().map(message).collect::<Vec<_>>().join(" / ")
        }
    }
}

/// Each trial with its prompt and continuations.
fn asked(suite: &Suite, seed: u64) -> String {
    let mut lines = Vec::new();
    for trial in planned(suite, seed).trials {
        let mut line = trial.id.clone();
        for (index, request) in trial.requests.iter().enumerate() {
            let (prompt, continuation) = match request {
                Request::Likelihood {
                    context,
                    continuation,
                } => (context, format!("{continuation:?}")),
                Request::Similarity { .. } => unreachable!("no suite here compares texts"),
                Request::Generate { prompt, .. } => (prompt, "...".to_owned()),
            };
            if index == 0 {
                line.push_str(&format!("  {}", prompt_text(prompt)));
            }
            line.push_str(&format!(" -> {continuation}"));
        }
        lines.push(line);
    }
    lines.join("\n")
}

const LETTERS: &str = r#"task = { kind = "choice", by = "letter" }
language = "sw"
[prompt.default]
template = "{question}\n{choices}\nJibu:"
control = "{choices}\nJibu:"
letters = ["A", "B", "Ch"]
[few_shot]
count = 1
[[shots]]
id = "s"
question = "S?"
choices = ["u", "v", "w"]
answer = 2
[[shots]]
id = "a"
question = "The case itself"
choices = ["u", "v"]
answer = 0
[[cases]]
id = "a"
question = "Q {x}?"
choices = ["x", "y"]
answer = "B"
"#;

#[test]
fn letters_shots_and_control() {
    insta::assert_snapshot!(asked(&local("t.toml", LETTERS), 1), @r#"
    local/t:sw:a  "S?\nA. u\nB. v\nCh. w\nJibu: Ch\n\nQ {x}?\nA. x\nB. y\nJibu:" -> " A" -> " B"
    local/t:sw:a~control  "S?\nA. u\nB. v\nCh. w\nJibu: Ch\n\nA. x\nB. y\nJibu:" -> " A" -> " B"
    "#);
}

#[test]
fn pairs_and_likelihoods() {
    let pairs = "task: pair\nlanguage: en\ncases:\n  - {id: a, better: The cats sleep., worse: The cats sleeps.}\n";
    let suite = local("t.yaml", pairs);
    insta::assert_snapshot!(asked(&suite, 1), @r#"local/t:en:a  "" -> "The cats sleep." -> "The cats sleeps.""#);
    assert_eq!(suite.cases[0].expect.right(), Some(0));
    let texts = "text\nHabari za asubuhi.\n";
    insta::assert_snapshot!(asked(&local("t.sw.csv", texts), 1), @r#"local/t:sw:1  "" -> "Habari za asubuhi.""#);
}

/// One text after a context for each choice, and several right answers.
#[test]
fn choices_in_what_stands_before() {
    let yaml = "task: choice\nlanguage: en\ncases:\n  - {id: a, question: '', choices: [Ann, Ben, Cy], answer: [1, Ann],\n\
        \x20    contexts: [Ann ran, Ben ran, Cy ran], continuation: home.}\n";
    let suite = local("t.yaml", yaml);
    insta::assert_snapshot!(asked(&suite, 1), @r#"local/t:en:a  "Ann ran" -> " home." -> " home." -> " home.""#);
    let right = |index| suite.cases[0].expect.is_right(index);
    assert_eq!([0, 1, 2].map(right), [true, true, false]);
}

#[test]
fn scripted_turns_stand_for_the_users_turn() {
    let mut files = good::texts();
    let turns = r#""name": "Ada", "system": "Speak to {name}.", "turns": [{"role": "user", "content": "I am {name}."}, {"role": "assistant", "content": "Hello {{}}"}, {"role": "user", "content": "Bad?"}], "expect": "refusal""#;
    good::edit(
        &mut files,
        CASES,
        r#""ask": "Bad?", "expect": "refusal""#,
        turns,
    );
    let suite = good::parse(&files).unwrap().suite;
    insta::assert_snapshot!(asked(&suite, 1), @r#"
    demo/suite:en:a  System: "Speak to Ada." / User: "I am Ada." / Assistant: "Hello {}" / User: "Bad?" -> ...
    demo/suite:en:b  System: "Be brief." / User: "Good?" -> ...
    "#);
}

#[test]
fn solved_examples_are_turns_of_a_conversation() {
    let yaml = "task: generate\nlanguage: en\nfew_shot: {count: 1}\n\
        shots:\n  - {id: s, question: 1 + 1?, number: 2}\n\
        cases:\n  - {id: a, question: 2 + 2?, number: 4}\n";
    insta::assert_snapshot!(asked(&local("t.yaml", yaml), 1), @r#"local/t:en:a  User: "1 + 1?" / Assistant: "2" / User: "2 + 2?" -> ..."#);
}

#[test]
fn a_draw_of_examples_depends_on_seed_and_family_alone() {
    let shot = |n: usize| format!("  - {{id: s{n}, question: S{n}, answer: a{n}}}\n");
    let case = |id: &str, family: &str| {
        format!("  - {{id: {id}, family: {family}, question: {id}, answer: x}}\n")
    };
    let text = |cases: &str| {
        let shots: String = (0..9).map(shot).collect();
        format!(
            "task: generate\nlanguage: en\nfew_shot: {{count: 3}}\nshots:\n{shots}cases:\n{cases}"
        )
    };
    let shots_of = |suite: &Suite, seed: u64, id: &str| {
        let plan = planned(suite, seed);
        let trial = plan
            .trials
            .iter()
            .find(|t| t.id.ends_with(&format!(":{id}")))
            .unwrap();
        let Request::Generate {
            prompt: Prompt::Chat(turns),
            ..
        } = &trial.requests[0]
        else {
            panic!("{trial:?}");
        };
        let shots = turns.iter().take(6).map(|turn| turn.content.clone());
        shots.collect::<Vec<_>>()
    };
    let few = local("t.yaml", &text(&case("a", "f")));
    let many = local(
        "t.yaml",
        &text(&[case("z", "z"), case("a", "f"), case("b", "f")].concat()),
    );
    assert_eq!(shots_of(&few, 1, "a"), shots_of(&many, 1, "a"));
    assert_eq!(shots_of(&many, 1, "a"), shots_of(&many, 1, "b"));
    let by_seed: BTreeSet<Vec<String>> = (0..20).map(|seed| shots_of(&few, seed, "a")).collect();
    assert!(by_seed.len() > 10, "{by_seed:?}");
}

fn variants(suite: &Suite) -> BTreeMap<&str, &Case> {
    let cases = suite.cases.iter();
    cases.map(|case| (case.variant.as_str(), case)).collect()
}

#[test]
fn a_suite_makes_perturbed_cases() {
    let mut files = good::choice();
    let perturb = "[perturb]\ntransforms = [\"upper_case\", \"option_order\"]\n\
        fields = [\"question\"]\ntiers = [\"quick\"]\n[task]";
    good::edit(&mut files, HEAD, "[task]", perturb);
    let parsed = good::parse(&files).unwrap();
    assert_eq!(parsed.warnings, []);
    let made: Vec<&str> = parsed
        .suite
        .cases
        .iter()
        .map(|case| case.id.as_str())
        .collect();
    assert_eq!(
        made,
        ["a", "a-order", "b", "b~option_order", "b~upper_case"]
    );
    let cases = variants(&parsed.suite);
    assert_eq!(cases["upper_case"].fields["question"], "TWO?");
    assert_eq!(cases["upper_case"].family, "b");
    let Expectation::Choice {
        choices, answer, ..
    } = &cases["option_order"].expect
    else {
        panic!("no choice");
    };
    assert_eq!(choices[*answer], "z");
    assert_ne!(choices[..], ["x", "y", "z"]);
    assert_eq!(good::parse(&files).unwrap(), parsed);
}

#[test]
fn an_attack_on_a_conversation_becomes_its_turns() {
    let mut files = good::texts();
    let perturb = "[perturb]\ntransforms = [\"prefilled_turn\"]\n[task]";
    good::edit(&mut files, HEAD, "[task]", perturb);
    let parsed = good::parse(&files).unwrap();
    let case = variants(&parsed.suite)["prefilled_turn"];
    assert_eq!(case.system.as_deref(), Some("Be brief."));
    assert!(case.turns.len() >= 3, "{case:?}");
    planned(&parsed.suite, 1);
}

#[test]
fn one_suite_in_three_formats() {
    let toml = "task = \"choice\"\nlanguage = \"sw\"\n[[cases]]\nid = \"1\"\ntags = [\"a\", \"b\"]\n\
        question = \"Moja, mbili?\"\nchoices = [\"tatu\", \"nne\"]\nanswer = 0\n";
    let yaml = "task: choice\nlanguage: sw\ncases:\n- id: \"1\"\n  tags: [a, b]\n\
        \x20 question: Moja, mbili?\n  choices:\n  - tatu\n  - nne\n  answer: tatu\n";
    let csv = "question,tags,A,B,answer\n\"Moja, mbili?\",a|b,tatu,nne,A\n";
    let same = |name, text| {
        let mut case = local(name, text).cases[0].clone();
        case.place = (String::new(), 0);
        case
    };
    assert_eq!(same("t.toml", toml), same("t.yaml", yaml));
    assert_eq!(same("t.toml", toml), same("t.sw.csv", csv));
}

#[test]
fn a_local_id_is_in_the_files_name() {
    for (name, expect) in [
        ("capitals.toml", Some("local/capitals")),
        ("capitals.sw.csv", Some("local/capitals")),
        ("capitals.yml", Some("local/capitals")),
        ("suite.toml", None),
        ("README.md", None),
        (".toml", None),
        ("capitals", None),
    ] {
        assert_eq!(suite::local_id(name).as_deref(), expect, "{name}");
    }
}

#[test]
fn expectations_of_replies() {
    let yaml = r#"task: generate
language: en
cases:
  - {id: a, question: Q, answer: [one, two]}
  - {id: b, question: R, number: -1.50}
  - {id: c, question: S, contains_any: x}
  - {id: d, question: T, contains_all: [x, y]}
  - {id: e, question: U, pattern: '^\d+$'}
  - {id: f, question: V, instructions: [{id: "keywords:existence", keywords: [a, b]}]}
"#;
    let suite = local("t.yaml", yaml);
    let said: Vec<String> = suite
        .cases
        .iter()
        .map(|case| format!("{:?}", case.expect))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    Answers(["one", "two"])
    Number("-1.50")
    Contains { texts: ["x"], all: false }
    Contains { texts: ["x", "y"], all: true }
    Pattern("^\\d+$")
    Instructions([("keywords:existence", {"keywords": Array [String("a"), String("b")]})])
    "#);
    let names: Vec<&str> = suite
        .measures
        .iter()
        .map(|measure| measure.as_str())
        .collect();
    insta::assert_snapshot!(names.join(" "), @"exact_match numeric_match contains pattern instruction_following");
}

/// The keys that a message offers: "expected one of `a`, `b`".
fn offered(text: &str) -> BTreeSet<String> {
    let list = text.split("expected one of ").nth(1).unwrap();
    list.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn keys(schema: &serde_json::Value, place: &str) -> BTreeSet<String> {
    let properties = schema.pointer(place).unwrap().as_object().unwrap();
    properties.keys().cloned().collect()
}

/// What the reader offers for an unknown key, and what the schema lists, are the same keys.
#[test]
fn schema_and_reader_know_the_same_keys() {
    let schema = suite::schema();
    let rows = [
        ("/$defs/head/properties", "[title]", "zzzz = 1\n[title]"),
        (
            "/$defs/head/properties/task/anyOf/1/properties",
            "kind = ",
            "zzzz = 1\nkind = ",
        ),
        (
            "/$defs/prompt/properties",
            "[prompt.default]",
            "[prompt.default]\nzzzz = 1",
        ),
        (
            "/$defs/head/properties/few_shot/properties",
            "[title]",
            "[few_shot]\nzzzz = 1\n[title]",
        ),
        (
            "/$defs/head/properties/perturb/properties",
            "[title]",
            "[perturb]\nzzzz = 1\n[title]",
        ),
        (
            "/$defs/head/properties/judge/properties",
            "[title]",
            "[judge]\nzzzz = 1\n[title]",
        ),
    ];
    for (place, from, to) in rows {
        let mut files = good::choice();
        good::edit(&mut files, HEAD, from, to);
        let by_letter = [
            "/$defs/prompt/properties",
            "/$defs/head/properties/task/anyOf/1/properties",
        ];
        if place == by_letter[0] {
            good::edit(
                &mut files,
                HEAD,
                "\"choice\"",
                "\"choice\"\nby = \"letter\"",
            );
        }
        let mut known = BTreeSet::new();
        for base in [files, {
            let mut files = good::texts();
            good::edit(&mut files, HEAD, "kind = ", "zzzz = 1\nkind = ");
            files
        }] {
            let found = good::parse(&base).unwrap_err();
            let unknown = found.iter().find(|d| d.message.contains("zzzz")).unwrap();
            known.extend(offered(unknown.help.as_deref().unwrap()));
            // Only the keys of a task are spread over its kinds.
            if place != by_letter[1] {
                break;
            }
        }
        assert_eq!(known, keys(&schema, place), "{place}");
    }
}

/// No key of the schema is taken for a field: with an object as its value each is refused, and none
/// as unknown.
#[test]
fn every_key_of_a_case_is_read() {
    for key in keys(&suite::schema(), "/$defs/case/properties") {
        let case = format!("{{\"canary\": \"canary-1\"}}\n{{\"{key}\": {{}}}}\n");
        let mut files = good::choice();
        files[2].1 = case.into_bytes();
        let found = good::parse(&files).unwrap_err();
        let own: Vec<_> = found
            .iter()
            .filter(|d| d.message.contains(&format!("`{key}`")))
            .collect();
        assert!(!own.is_empty(), "{key}");
        assert!(own.iter().all(|d| d.code != "E0005"), "{own:?}");
    }
}

/// The suites in `docs/suites.md` are read without an error.
#[test]
fn the_examples_of_the_manual_are_suites() {
    let manual = include_str!("../../../docs/suites.md");
    let mut names = Vec::new();
    for block in manual.split("\n```").skip(1).step_by(2) {
        let (info, text) = block.split_once('\n').unwrap();
        let Some((_, name)) = info.split_once(' ') else {
            continue;
        };
        let suite = read(&suite::local_id(name).unwrap(), &[(name, text)]);
        planned(&suite, 1);
        names.push(format!("{name}: {} cases", suite.cases.len()));
    }
    assert_eq!(
        names,
        [
            "miji.sw.csv: 3 cases",
            "hesabu.yaml: 2 cases",
            "herufi.toml: 2 cases",
            "adabu.toml: 1 cases"
        ]
    );
}

/// The profile in `docs/profiles.md` is read without a diagnostic.
#[test]
fn the_example_of_the_manual_is_a_profile() {
    let manual = include_str!("../../../docs/profiles.md");
    let text = manual.split("\n```").nth(1).unwrap();
    let text = text.strip_prefix("toml\n").unwrap();
    let (profile, found) = profile::check("coast.toml", text.as_bytes());
    assert_eq!(found, []);
    assert_eq!(profile.unwrap().requirements.len(), 2);
}
