//! Keyboards: which keys lie beside each other, worked out from their rows.

mod hangul;
mod layouts;

use unicode_segmentation::UnicodeSegmentation;

use self::layouts::{Layout, Row};
use super::letter_case::{lower, upper};
use crate::language::Language;

/// The usual keyboard of a language.
pub(super) struct Keyboard<'a> {
    layout: &'static Layout,
    language: &'a Language,
    /// Whether words are parted by spaces.
    pub spaced: bool,
    /// Whether a cluster is a Hangul syllable, typed letter by letter.
    pub syllables: bool,
}

/// The keyboard of `language`, if one is known.
pub(super) fn of(language: &Language) -> Option<Keyboard<'_>> {
    let known = |layout: &&Layout| written_in(language, layout.languages, layout.script);
    let layout = layouts::ALL.iter().copied().find(known)?;
    Some(Keyboard {
        layout,
        language,
        spaced: layout.script != "Thai",
        syllables: layout.script == "Kore",
    })
}

/// Whether `language` is one of `primaries` in `script`, its usual one: a script that the tag names
/// must be that one. Chinese of Taiwan, Hong Kong and Macao is in traditional characters.
pub(super) fn written_in(language: &Language, primaries: &[&str], script: &str) -> bool {
    let mut subtags = language.as_str().split('-').skip(1);
    let named = subtags.clone().find(|tag| tag.len() == 4);
    let traditional = subtags.any(|tag| matches!(tag, "TW" | "HK" | "MO"));
    let implied = (language.primary() == "zh" && traditional).then_some("Hant");
    primaries.contains(&language.primary()) && named.or(implied).is_none_or(|named| named == script)
}

impl Keyboard<'_> {
    /// What a finger on a neighbouring key would have made of the cluster, which stays one cluster.
    pub fn near(&self, cluster: &str) -> Vec<String> {
        if self.syllables {
            return hangul::near(cluster, |c| self.layout.near(c));
        }
        let mut all = Vec::new();
        for (at, c) in cluster.char_indices() {
            let (before, rest) = cluster.split_at_checked(at).unwrap_or_default();
            let after = rest.get(c.len_utf8()..).unwrap_or_default();
            let new = self.near_char(c).into_iter();
            all.extend(new.map(|c| format!("{before}{c}{after}")));
        }
        all.retain(|new| new.graphemes(true).count() == 1);
        all
    }

    /// How many keys type the cluster, as far as its letters tell: an accented letter counts as one.
    pub fn keys(&self, cluster: &str) -> usize {
        if self.syllables {
            hangul::letters(cluster)
        } else {
            cluster.chars().count()
        }
    }

    /// The cluster of several keys without the last one, as far as it stays one cluster.
    pub fn without_last_key(&self, cluster: &str) -> Option<String> {
        if self.syllables {
            return hangul::without_final(cluster);
        }
        let mut chars = cluster.chars();
        chars.next_back();
        let rest = chars.as_str();
        (rest.graphemes(true).count() == 1).then(|| rest.to_owned())
    }

    /// Whether one key types all of the cluster.
    pub fn has_key(&self, cluster: &str) -> bool {
        let small = only(&lower(cluster, self.language));
        !self.syllables && small.is_some_and(|c| !self.layout.near(c).is_empty())
    }

    /// The neighbours of one letter, in its case.
    fn near_char(&self, c: char) -> Vec<String> {
        let small = only(&lower(&c.to_string(), self.language));
        let near = small.map(|c| self.layout.near(c)).unwrap_or_default();
        let near = near.into_iter().map(String::from);
        if small == Some(c) {
            near.collect()
        } else {
            near.map(|c| upper(&c, self.language)).collect()
        }
    }
}

/// The character of a text that has only one.
fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

impl Layout {
    /// The letters on the keys around the one that types `letter`, with or without shift as that one.
    fn near(&self, letter: char) -> Vec<char> {
        let around = |level: &[Row]| {
            let place = |(number, row): (i32, &Row)| row.find(letter).map(|at| (number, at));
            let (number, at) = (0..).zip(level).find_map(place)?;
            let beside = (0..).zip(level).flat_map(move |(other, row): (i32, &Row)| {
                // Beside it in its row, or touching it in the next one.
                let close = move |(_, x): &(char, i32)| match (other - number).abs() {
                    0 => (x - at).abs() == 4,
                    rows => rows == 1 && (x - at).abs() < 4,
                };
                row.letters().filter(close)
            });
            Some(beside.map(|(letter, _)| letter).collect())
        };
        self.levels
            .iter()
            .find_map(|level| around(level))
            .unwrap_or_default()
    }
}

impl Row {
    /// The letters of the row, and where each stands in quarters of a key's width.
    fn letters(&self) -> impl Iterator<Item = (char, i32)> {
        let key = |(at, text): (i32, &str)| {
            let letter = only(text).filter(|c| c.is_alphabetic())?;
            Some((letter, self.left + 4 * at))
        };
        (0..).zip(self.keys.split(' ')).filter_map(key)
    }

    fn find(&self, letter: char) -> Option<i32> {
        self.letters().find(|(c, _)| *c == letter).map(|(_, x)| x)
    }
}
