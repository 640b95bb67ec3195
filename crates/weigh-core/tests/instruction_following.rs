//! The verdicts on verifiable instructions against those of a reference implementation, for English
//! (the 541 prompts of IFEval) and Japanese (M-IFEval). Every difference is in the snapshots.
//!
//! The texts are not part of the project; without them the comparison is skipped.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads files outside the project, may panic, and prints what it skips"
)]

use std::fmt::Write;
use std::path::PathBuf;

use weigh_core::json::{MAX_DEPTH, Member, Node, Value, read};
use weigh_core::language::Language;
use weigh_core::measure::instruction::{Exchange, Instruction, Strictness};

/// The text of a file of the shared data, where that folder is there.
fn shared(path: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let root = std::env::var("WEIGH_SHARED").unwrap_or_else(|_| beside.to_owned());
    let file = PathBuf::from(root).join("data/ifeval").join(path);
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        println!("skipped: {} is not there", file.display());
    }
    text
}

fn members<'a>(node: &'a Node) -> &'a [Member<'a>] {
    match &node.value {
        Value::Object(members) => members,
        other => panic!("{other:?}"),
    }
}

fn field<'a>(node: &'a Node, key: &str) -> &'a Value<'a> {
    &members(node)
        .iter()
        .find(|m| m.key == key)
        .unwrap()
        .node
        .value
}

fn list<'a>(node: &'a Node, key: &str) -> &'a [Node<'a>] {
    match field(node, key) {
        Value::Array(nodes) => nodes,
        other => panic!("{other:?}"),
    }
}

fn text<'a>(value: &'a Value) -> &'a str {
    match value {
        Value::Text(text) => text,
        other => panic!("{other:?}"),
    }
}

/// A stand-in that tells the languages of these two sets apart and no others: by script, then by a
/// few frequent words. The real identification is another part of the project.
fn identify(text: &str) -> Option<Language> {
    const SCRIPTS: [(char, char, &str); 14] = [
        ('\u{3040}', '\u{30ff}', "ja"),
        ('\u{ac00}', '\u{d7a3}', "ko"),
        ('\u{4e00}', '\u{9fff}', "zh"),
        ('\u{c80}', '\u{cff}', "kn"),
        ('\u{a00}', '\u{a7f}', "pa"),
        ('\u{980}', '\u{9ff}', "bn"),
        ('\u{b80}', '\u{bff}', "ta"),
        ('\u{c00}', '\u{c7f}', "te"),
        ('\u{a80}', '\u{aff}', "gu"),
        ('\u{d00}', '\u{d7f}', "ml"),
        ('\u{e00}', '\u{e7f}', "th"),
        ('\u{590}', '\u{5ff}', "he"),
        ('\u{900}', '\u{97f}', "hi"),
        ('\u{600}', '\u{6ff}', "ar"),
    ];
    const WORDS: [(&str, &str); 20] = [
        (
            "en",
            "the of and to is you in that it for with a i be this your",
        ),
        ("de", "der die und das ist nicht ich ein zu mit"),
        ("it", "il di che non per una è con del sono"),
        ("pt", "o de que não uma para com os da em"),
        ("es", "el de que y los una para con las por"),
        ("fr", "le la les de et des une est dans que"),
        ("sw", "ya na kwa ni wa katika za la kama"),
        ("vi", "là của và có không những một được"),
        ("fi", "ja on että se ei oli hän ovat"),
        ("pl", "i w nie na się że jest do"),
        ("nl", "de het een en van is dat niet"),
        ("hi", "है के में की और से को"),
        ("mr", "आहे आणि च्या या ते आहेत"),
        ("ne", "छ र को मा छन् हो"),
        ("fa", "است و در که این را به"),
        ("ur", "ہے کے میں کی اور سے کو"),
        ("ar", "في من على إلى أن هذا"),
        ("ru", "и в не на что с это"),
        ("bg", "и на е да се за от"),
        ("uk", "і в не на що з це"),
    ];
    let count = |from: char, to: char| text.chars().filter(|c| (from..=to).contains(c)).count();
    let latin = text.chars().filter(|c| c.is_ascii_alphabetic()).count();
    let script = SCRIPTS
        .iter()
        .max_by_key(|(from, to, _)| count(*from, *to))?;
    let found = match script {
        (from, to, language) if count(*from, *to) > latin => *language,
        _ => "",
    };
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && !('\u{900}'..='\u{97f}').contains(&c))
        .map(str::to_lowercase)
        .collect();
    let score = |list: &str| {
        words
            .iter()
            .filter(|w| list.split(' ').any(|x| x == *w))
            .count()
    };
    let language = match found {
        "" | "hi" | "ar" => {
            let same = |(language, _): &&(&str, &str)| match found {
                "hi" => ["hi", "mr", "ne"].contains(language),
                "ar" => ["ar", "fa", "ur"].contains(language),
                _ => !["hi", "mr", "ne", "ar", "fa", "ur"].contains(language),
            };
            let best = WORDS
                .iter()
                .filter(same)
                .max_by_key(|(_, list)| score(list))?;
            match (found, score(best.1)) {
                // The one language here that writes this letter of Devanagari.
                ("hi", _) if text.contains('ळ') => "mr",
                // Names and single words: English, as most of the texts are.
                ("", 0) => "en",
                _ => best.0,
            }
        }
        other => other,
    };
    language.parse().ok()
}

/// Instructions, equal verdicts, and a line for each difference.
fn compare(name: &str, how: Strictness) -> Option<(usize, usize, String)> {
    let file = match how {
        Strictness::Strict => "eval_results_strict.jsonl",
        Strictness::Loose => "eval_results_loose.jsonl",
    };
    let asked = shared(&format!("{name}_input_data.jsonl"))?;
    let judged = shared(&format!("reference_{name}/{file}"))?;
    let language: Language = name.parse().unwrap();
    let (mut all, mut equal, mut lines) = (0, 0, String::new());
    for (place, (asked, judged)) in asked.lines().zip(judged.lines()).enumerate() {
        let (asked, judged) = (
            read(asked, MAX_DEPTH).unwrap(),
            read(judged, MAX_DEPTH).unwrap(),
        );
        let on = Exchange {
            prompt: text(field(&asked, "prompt")),
            reply: text(field(&judged, "response")),
            language: &language,
            identify: &identify,
        };
        let ids = list(&asked, "instruction_id_list").iter();
        let given = list(&judged, "follow_instruction_list").iter();
        for ((id, parameters), given) in ids.zip(list(&asked, "kwargs")).zip(given) {
            let id = text(&id.value).split_once(':').unwrap().1;
            let instruction = Instruction::parse(id, members(parameters)).unwrap();
            let found = instruction.follows(&on, how);
            let given = given.value == Value::Bool(true);
            all += 1;
            if found.as_ref().is_ok_and(|verdict| verdict.follows == given) {
                equal += 1;
                continue;
            }
            let said = match &found {
                Ok(verdict) => &verdict.reason,
                Err(reason) => &reason.0,
            };
            let kind = match &found {
                Ok(verdict) => verdict.follows.to_string(),
                Err(_) => "undecided".to_owned(),
            };
            writeln!(
                lines,
                "{place:3} {id}: reference {given}, here {kind} ({said})"
            )
            .unwrap();
        }
    }
    Some((all, equal, lines))
}

/// The lines without their reasons, in which foreign text may stand.
fn without_reasons(lines: &str) -> String {
    let bare = |line: &str| line.split(" (").next().unwrap().to_owned() + "\n";
    lines.lines().map(bare).collect()
}

fn check(name: &str, how: Strictness, least: f64) {
    let Some((all, equal, differences)) = compare(name, how) else {
        return;
    };
    println!("{name} {how:?}: {equal} of {all}\n{differences}");
    let share = f64::from(u32::try_from(equal).unwrap()) / f64::from(u32::try_from(all).unwrap());
    insta::assert_snapshot!(
        format!("{name}_{how:?}").to_lowercase(),
        format!(
            "{equal} of {all} verdicts are equal\n{}",
            without_reasons(&differences)
        )
    );
    assert!(share >= least, "{share}");
}

#[test]
fn english_read_strictly() {
    check("en", Strictness::Strict, 0.99);
}

#[test]
fn english_read_loosely() {
    check("en", Strictness::Loose, 0.99);
}

#[test]
fn japanese_read_strictly() {
    check("ja", Strictness::Strict, 0.97);
}

#[test]
fn japanese_read_loosely() {
    check("ja", Strictness::Loose, 0.97);
}
