//! Language fidelity: whether a reply is in the language and the script that it was asked in.
//!
//! The value is 1 where it is and 0 where it is not; a reply of which that cannot be told has no
//! value. [`crate::language_id::fidelity`] says what counts and how a reply in two languages is decided.

use super::Unscored;
use crate::language::Language;
use crate::language_id::{self, identify};

/// The outcome of one reply to a prompt in `asked`, and for people what the reply was found to be
/// in: a language tag with its script (`zh-Hant`), or why none was found.
///
/// The reply is what the model says to its reader: thoughts are taken out beforehand. That it was cut
/// does not matter, as every part of a reply owes the language it was asked in.
pub fn fidelity(reply: &str, asked: &Language) -> (Result<bool, Unscored>, String) {
    let fits = language_id::fidelity(reply, asked);
    let decision = match identify(reply).language {
        Ok(found) => format!("{}-{}", found.language, found.script),
        Err(reason) => reason.to_string(),
    };
    let undecided = |reason: language_id::Undecided| Unscored::Undecided(reason.to_string());
    (fits.map_err(undecided), decision)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(reply: &str, asked: &str, outcome: Result<bool, Unscored>, decision: &str) {
        let asked: Language = asked.parse().unwrap();
        assert_eq!(fidelity(reply, &asked), (outcome, decision.to_owned()));
    }

    #[test]
    fn replies_have_an_outcome_and_say_what_they_are() {
        let (yes, no) = (Ok(true), Ok(false));
        let why = |text: &str| Err(Unscored::Undecided(text.to_owned()));
        let german = "Das weiß ich leider nicht, aber meine Schwester kennt den Weg.";
        check(german, "de", yes, "de-Latn");
        check(german, "tr", Ok(false), "de-Latn");
        check("我們去買書，好不好？", "zh-Hans", no, "zh-Hant");
        let nothing = "the text has no letters besides code, addresses and numbers";
        check("`x = 1`", "de", why(nothing), nothing);
        check(
            german,
            "sm",
            why("language sm is not known here"),
            "de-Latn",
        );
    }
}
