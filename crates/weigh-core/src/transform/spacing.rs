//! Spaces: too many, too few, and before punctuation.

use super::NotApplicable;
use super::cluster::{ALL, holds, replace};

/// A quarter of the spaces.
const SOME: usize = 25;

pub(super) fn doubled(text: &str, seed: u64) -> Result<String, NotApplicable> {
    replace(text, SOME, seed, "space", |spot| {
        (spot.this.text == " ").then(|| "  ".to_owned())
    })
}

/// Only between letters: `5 6` must not become `56`.
pub(super) fn dropped(text: &str, seed: u64) -> Result<String, NotApplicable> {
    replace(text, SOME, seed, "space between two words", |spot| {
        let before = spot.before.filter(|c| c.is_letter())?;
        let after = spot.after.filter(|c| c.is_letter())?;
        let joins = spot.this.text == " " && holds(&[before.text, after.text]);
        joins.then(String::new)
    })
}

/// Not within numbers and abbreviations, where no space or end follows a mark of ASCII.
pub(super) fn before_punctuation(text: &str) -> Result<String, NotApplicable> {
    replace(text, ALL, 0, "punctuation after a word", |spot| {
        let mark = spot.this.single().filter(|c| is_mark(*c))?;
        let after_word = spot.before?;
        let ends = !mark.is_ascii()
            || spot
                .after
                .is_none_or(|c| c.text.chars().all(char::is_whitespace));
        let follows = after_word.is_letter() || after_word.is_number();
        (ends && follows).then(|| format!(" {mark}"))
    })
}

/// Marks that end a sentence or a part of one, in the scripts of the world.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '\u{60c}'
            | '\u{61b}'
            | '\u{61f}'
            | '\u{6d4}'
            | '\u{964}'
            | '\u{965}'
            | '\u{104a}'
            | '\u{104b}'
            | '\u{1362}'
            ..='\u{1367}'
                | '\u{17d4}'
                | '\u{17d5}'
                | '\u{3001}'
                | '\u{3002}'
                | '\u{ff01}'
                | '\u{ff0c}'
                | '\u{ff0e}'
                | '\u{ff1a}'
                | '\u{ff1b}'
                | '\u{ff1f}'
    )
}
