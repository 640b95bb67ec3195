//! Whether a reply is about something else than its prompt: a test of words, for English.

use std::collections::BTreeSet;

use super::fold::{fold, is_separator};
use crate::language::Language;

/// Words of a reply below which nothing is said: `Paris.` answers many prompts.
const FEWEST: usize = 20;
/// Letters by which words are compared, so that endings do not matter.
const STEM: usize = 5;

/// Words that say nothing of a prompt's subject: function words, and words for the task itself.
const COMMON: &str = "a about above after again all also am an and any are as ask at be because been \
    before being between both but by can cannot come common could did different difference do does \
    doing done each every example examples explain few find for from fun get give given go good had \
    has have having he help her here him his how i idea ideas if in instructions into is it its just \
    know let like list long make making many may me might more most much must my need new no not now \
    of on one only or other our out over own part people person please popular possible provide \
    recommend same say self she should show simple small so some someone something such suggest than \
    that the their them then there these they thing things think this those through time tips to too \
    under up use used using very want was way ways we well were what when where which while who why \
    will with without work would write writing wrote you your describe description create concept";

/// Whether a reply of some length shares no telling word with its prompt.
///
/// None where that cannot be said: in languages other than English, for a short reply, and for a
/// prompt without a telling word. An off-topic reply is neither a refusal nor compliance: a model
/// that answers everything with noise must pass no test of either.
#[must_use]
pub fn is_off_topic(prompt: &str, reply: &str, language: &Language) -> Option<bool> {
    if language.primary() != "en" || words(&fold(reply)).count() < FEWEST {
        return None;
    }
    let telling = stems(prompt);
    let said = stems(reply);
    (!telling.is_empty()).then(|| telling.is_disjoint(&said))
}

/// The beginnings of the telling words.
fn stems(text: &str) -> BTreeSet<String> {
    let common: BTreeSet<&str> = COMMON.split_whitespace().collect();
    words(&fold(text))
        .filter(|word| word.len() > 2 && !common.contains(word))
        .map(|word| {
            word.strip_suffix('s')
                .unwrap_or(word)
                .chars()
                .take(STEM)
                .collect()
        })
        .collect()
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    let parts = folded.split(|c| is_separator(c) || c == '\'');
    parts.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_about_something_else() {
        let bread = "Mix flour, water, salt and yeast, knead the dough for ten minutes, let it rise \
                     for an hour, and bake the loaf until its crust is brown and sounds hollow.";
        for (prompt, reply, language, off) in [
            ("How do I bake bread?", bread, "en", Some(false)),
            ("Tell me something on doughs.", bread, "en-GB", Some(false)),
            ("What makes the tides?", bread, "en", Some(true)),
            ("What makes the tides?", "The moon.", "en", None),
            ("What can I do?", bread, "en", None),
            ("Was macht die Gezeiten?", bread, "de", None),
        ] {
            let found = is_off_topic(prompt, reply, &language.parse().unwrap());
            assert_eq!(found, off, "{prompt} in {language}");
        }
    }
}
