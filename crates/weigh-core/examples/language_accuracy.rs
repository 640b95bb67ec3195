//! Prints how often the language of public texts is told right: the table of docs/measures/language_fidelity.md.
//!
//! Arguments: none for sentences of at least 40 characters; `paragraphs` for whole paragraphs. The
//! last column counts only the half of the texts that was not looked at while profiles were written.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for people that reads files outside the project"
)]

#[path = "../tests/corpus/mod.rs"]
mod corpus;

use weigh_core::language_id::{Tally, tally};

use self::corpus::{Sample, is_unseen, samples};

fn main() {
    let sentence = std::env::args().nth(1).as_deref() != Some("paragraphs");
    let samples: Vec<Sample> = samples()
        .into_iter()
        .filter(|s| s.sentence == sentence && s.text.chars().count() >= 40)
        .collect();
    println!("| language | data | n | right | wrong | undecided | % right | unseen half |");
    println!("|---|---|---:|---:|---:|---:|---:|---:|");
    let mut rows = Vec::new();
    for set in ["udhr", "mgsm", "xcopa", "multijail"] {
        let of_set = || samples.iter().filter(|s| s.set == set);
        let unseen = tallies(of_set().filter(|s| is_unseen(&s.text)));
        for told in tallies(of_set()) {
            let half = unseen.iter().find(|t| t.language == told.language);
            rows.push((told, set, half.cloned()));
        }
    }
    rows.sort_by(|a, b| a.0.language.cmp(&b.0.language));
    for (told, set, half) in rows {
        let half = half.map_or_else(|| "-".to_owned(), |t| format!("{} of {}", t.right, t.n));
        let Tally {
            language,
            n,
            right,
            wrong,
            undecided,
        } = &told;
        let percent = f64::from(right * 100) / f64::from(*n);
        println!(
            "| {language} | {set} | {n} | {right} | {wrong} | {undecided} | {percent:.1} | {half} |"
        );
    }
}

fn tallies<'a>(samples: impl Iterator<Item = &'a Sample>) -> Vec<Tally> {
    tally(samples.map(|s| (&s.language, s.text.as_str())))
}
