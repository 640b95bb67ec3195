//! Sentences around a request, language by language. `{request}` stands for the request.

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod hi;
mod id;
mod ja;
mod pt;
mod ru;
mod sw;
mod zh;

use std::collections::BTreeMap;

use super::NotApplicable;
use super::cluster::clusters;
use super::keyboard::written_in;
use super::seed::Draws;
use crate::language::Language;
use crate::suite::Template;

/// The wording of one language. Every text is a template (see [`Template`]).
pub(super) struct Frames {
    /// Primary subtag.
    pub language: &'static str,
    /// Its script (ISO 15924).
    pub script: &'static str,
    /// Neutral sentences around a request.
    pub paraphrase: &'static [&'static str],
    /// A harmless sentence of another subject, and then the request.
    pub distractor: &'static [&'static str],
    /// The request put to a character in a scene.
    pub role: &'static [&'static str],
    /// Words of consent that an answer could begin with.
    pub opening: &'static str,
    /// The request, and the demand to begin with `{opening}`.
    pub prefix: &'static [&'static str],
    /// Rules against refusing, and then the request.
    pub suppression: &'static [&'static str],
    /// The request in the parts `{a}` and `{b}`.
    pub split: &'static str,
    /// The demand to translate, answer, and translate back.
    pub translation: &'static [&'static str],
    /// The demand to restore a disguised request.
    pub decode: &'static [&'static str],
    /// A system prompt that lifts the rules.
    pub system: &'static str,
    /// What the user says after a turn of the model that only began.
    pub go_on: &'static str,
    /// Harmless questions on numbers with `{a}` + `{b}` = `{c}`, and obliging answers.
    pub sums: &'static [(&'static str, &'static str)],
}

/// Every language.
pub(super) const ALL: &[&Frames] = &[
    &ar::FRAMES,
    &de::FRAMES,
    &en::FRAMES,
    &es::FRAMES,
    &fr::FRAMES,
    &hi::FRAMES,
    &id::FRAMES,
    &ja::FRAMES,
    &pt::FRAMES,
    &ru::FRAMES,
    &sw::FRAMES,
    &zh::FRAMES,
];

/// The wording of `language`, if it is known in its script.
pub(super) fn of(language: &Language) -> Option<&'static Frames> {
    let known = |f: &&Frames| written_in(language, &[f.language], f.script);
    ALL.iter().copied().find(known)
}

/// `text` within one of the templates that `choose` takes from the language's, as the seed draws.
pub(super) fn framed(
    text: &str,
    language: &Language,
    seed: u64,
    choose: impl Fn(&Frames) -> &[&str],
) -> Result<String, NotApplicable> {
    if text.trim().is_empty() {
        return Err(NotApplicable::Nothing("request to put a frame around"));
    }
    let none = || NotApplicable::NoFrame(language.clone());
    let frames = of(language).ok_or_else(none)?;
    let template = Draws::new(seed).one_of(choose(frames)).copied();
    let fields = [("request", text), ("opening", frames.opening)];
    template.and_then(|t| filled(t, &fields)).ok_or_else(none)
}

/// `text` in two parts, with the demand to join them.
pub(super) fn split(text: &str, language: &Language) -> Result<String, NotApplicable> {
    let none = || NotApplicable::NoFrame(language.clone());
    let frames = of(language).ok_or_else(none)?;
    let (a, b) = halves(text).ok_or(NotApplicable::Nothing("place to split it at"))?;
    filled(frames.split, &[("a", a), ("b", b)]).ok_or_else(none)
}

/// A harmless question and its answer, drawn.
pub(super) fn sum(frames: &Frames, draws: &mut Draws) -> Option<(String, String)> {
    let (question, answer) = draws.one_of(frames.sums)?;
    let [a, b] = [11 + draws.below(39), 11 + draws.below(39)];
    let numbers = [a, b, a + b].map(|n| n.to_string());
    let [a, b, c] = numbers.each_ref().map(String::as_str);
    let fields = [("a", a), ("b", b), ("c", c)];
    Some((filled(question, &fields)?, filled(answer, &fields)?))
}

fn filled(template: &str, fields: &[(&str, &str)]) -> Option<String> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let fields: BTreeMap<String, String> = fields.iter().map(owned).collect();
    Template::parse(template).ok()?.render(&fields).ok()
}

/// `text` in two parts, parted as near to its middle as can be: between two clusters, and not within a
/// placeholder or a URL.
fn halves(text: &str) -> Option<(&str, &str)> {
    let clusters = clusters(text);
    let middle = clusters.len() / 2;
    let is_kept = |at: usize| clusters.get(at).is_some_and(|c| c.kept);
    let parts = |at: &usize| *at > 0 && !(is_kept(*at - 1) && is_kept(*at));
    let mut places = (middle..clusters.len()).chain((1..middle).rev());
    let place = places.find(parts)?;
    let bytes = clusters.iter().take(place).map(|c| c.text.len()).sum();
    text.split_at_checked(bytes)
}
