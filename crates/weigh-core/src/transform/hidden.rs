//! Invisible characters within words: a reader sees the same text, a tokenizer another one.

use super::NotApplicable;
use super::cluster::{Spot, replace};
use super::seed::Draws;

/// A third of the places between two letters.
const SOME: usize = 33;

/// Zero-width space.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Tag small letter a: the tags repeat ASCII from U+E0000 on.
const TAG_A: u32 = 0xe_0061;

pub(super) fn zero_width(text: &str, seed: u64) -> Result<String, NotApplicable> {
    replace(text, SOME, seed, "word of two letters", |spot| {
        within_word(spot).then(|| format!("{}{ZERO_WIDTH_SPACE}", spot.this.text))
    })
}

/// The tag that follows a letter is drawn from the seed and from the letter.
pub(super) fn tag_characters(text: &str, seed: u64) -> Result<String, NotApplicable> {
    replace(text, SOME, seed, "word of two letters", |spot| {
        let letter = spot.this.text.chars().next().map_or(0, u64::from);
        let drawn = Draws::new(seed ^ letter).below(26);
        let tag = char::from_u32(TAG_A + u32::try_from(drawn).ok()?)?;
        within_word(spot).then(|| format!("{}{tag}", spot.this.text))
    })
}

fn within_word(spot: Spot) -> bool {
    spot.this.is_letter() && spot.after.is_some_and(|c| c.is_letter())
}
