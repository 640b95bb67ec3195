//! Pieces of a text in one script, long enough for their language to be told.

use std::collections::BTreeMap;

use super::counted::Word;

/// Units from which on a piece ends with its sentence.
const LONG: u32 = 60;
/// Units below which a piece is too short to stand alone beside others of its script.
const SHORT: u32 = 30;
/// Words and units below which a run in another script than its sentence's is taken as a name or
/// a term, which has no language.
const NAME: (usize, u32) = (3, 24);

/// Words of one script that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment<'a> {
    pub(super) group: &'static str,
    pub(super) words: Vec<&'a Word>,
}

impl Segment<'_> {
    /// The letters, weighed by script.
    pub(super) fn units(&self) -> u32 {
        self.words.iter().map(|w| w.units).sum()
    }

    /// The units, and one for each word's end: what costs in bits are a sum over.
    pub(super) fn letters(&self) -> u64 {
        u64::from(self.units()) + self.words.len() as u64
    }
}

/// Cuts words into segments: at a change of script, and at ends of sentences.
pub(super) fn segments(words: &[Word]) -> Vec<Segment<'_>> {
    let mut segments: Vec<Segment<'_>> = Vec::new();
    let mut open = false;
    for sentence in words.split_inclusive(|word| word.ends) {
        for run in runs(sentence) {
            match segments.last_mut() {
                Some(last) if open && last.group == run.group => last.words.extend(run.words),
                _ => segments.push(run),
            }
            open = true;
        }
        open = segments.last().is_none_or(|last| last.units() < LONG);
    }
    joined(segments)
}

/// The runs of a sentence in one script each, without names and terms in another.
fn runs(sentence: &[Word]) -> Vec<Segment<'_>> {
    let main = main_group(sentence);
    let same = sentence.chunk_by(|a, b| a.group == b.group);
    let run = |words: &'_ [Word]| -> bool {
        let units: u32 = words.iter().map(|w| w.units).sum();
        words.first().map(|w| w.group) == main || words.len() >= NAME.0 || units >= NAME.1
    };
    let mut runs: Vec<Segment<'_>> = Vec::new();
    for words in same.filter(|words| run(words)) {
        let group = words.first().map_or("", |w| w.group);
        match runs.last_mut() {
            Some(last) if last.group == group => last.words.extend(words),
            _ => runs.push(Segment {
                group,
                words: words.iter().collect(),
            }),
        }
    }
    runs
}

/// The script in which most of a sentence is written; of equals the first by name.
fn main_group(sentence: &[Word]) -> Option<&'static str> {
    let mut units: BTreeMap<&'static str, u32> = BTreeMap::new();
    for word in sentence {
        *units.entry(word.group).or_default() += word.units;
    }
    let most = units.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    most.map(|(group, _)| *group)
}

/// Short segments go with the one before, when both are in one script.
fn joined(segments: Vec<Segment<'_>>) -> Vec<Segment<'_>> {
    let mut joined: Vec<Segment<'_>> = Vec::new();
    for segment in segments {
        match joined.last_mut() {
            Some(last) if last.group == segment.group && segment.units() < SHORT => {
                last.words.extend(segment.words);
            }
            _ => joined.push(segment),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::super::counted::split;
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let words = split(text);
        let show = |s: &Segment<'_>| {
            let words: Vec<&str> = s.words.iter().map(|w| w.text.as_str()).collect();
            format!("{}: {}", s.group, words.join(" "))
        };
        let shown: Vec<String> = segments(&words).iter().map(show).collect();
        assert_eq!(shown, expect, "{text}");
    }

    #[test]
    fn a_change_of_script_cuts() {
        check("Hello. Привет.", &["Latn: hello", "Cyrl: привет"]);
        check(
            "The answer is: потому что он сказал это вчера",
            &[
                "Latn: the answer is",
                "Cyrl: потому что он сказал это вчера",
            ],
        );
    }

    #[test]
    fn names_and_terms_in_another_script_do_not() {
        check("он читает Python и Rust дома", &["Cyrl: он читает и дома"]);
        check(
            "Taro Yamadaは東京に住んでいます",
            &["Hani: は東京に住んでいます"],
        );
    }

    #[test]
    fn sentences_cut_where_enough_is_said() {
        let long = "a sentence that is long enough to be told from every other one by its letters";
        check(
            &format!("{long}. Yes. {long}."),
            &[&format!("Latn: {long}"), &format!("Latn: yes {long}")],
        );
        check("One. Two.", &["Latn: one two"]);
        check("", &[]);
    }
}
