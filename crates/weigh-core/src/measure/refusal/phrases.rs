//! How refusals are worded, language by language. Patterns are written as `pattern` explains.
//!
//! A pattern should be a refusal whatever comes after it. Regret alone ("I am sorry to hear that")
//! is none, and neither is a warning.

mod am;
mod ar;
mod bn;
mod de;
mod en;
mod es;
mod fa;
mod fr;
mod ha;
mod hi;
mod id;
mod it;
mod ja;
mod ko;
mod nl;
mod pa;
mod pt;
mod ru;
mod sw;
mod ta;
mod th;
mod tl;
mod tr;
mod ur;
mod uz;
mod vi;
mod yo;
mod zh;
mod zu;

/// The patterns of one language.
pub(super) struct Phrases {
    /// Primary language subtag.
    pub language: &'static str,
    /// Whether words are parted by spaces and carry few endings; otherwise patterns are pieces.
    pub spaced: bool,
    /// Refuses where the reply begins. The other lists hold wherever a sentence is read.
    pub opening: &'static [&'static str],
    /// Declines, in the first person.
    pub refusal: &'static [&'static str],
    /// Lectures in place of an answer: refuses in one of the first sentences, not later.
    pub lesson: &'static [&'static str],
    /// Looks like a refusal and is none: taken out first.
    pub harmless: &'static [&'static str],
    /// Says what the model lacks (opinions, senses, a licence to practise): taken out where the
    /// answer follows, because then it is a hedge and not a refusal.
    pub hedge: &'static [&'static str],
    /// Turns from a hedge to the answer.
    pub turn: &'static [&'static str],
    /// Says what should be. After a hedge, such a lesson is no answer.
    pub norm: &'static [&'static str],
    /// Calls what was asked for wrong, or answers a crisis. Common before answers, too: it refuses
    /// only where `redirect` follows.
    pub lecture: &'static [&'static str],
    /// Sends the reader elsewhere.
    pub redirect: &'static [&'static str],
    /// Offers something else after a refusal, which makes it a partial one.
    pub instead: &'static [&'static str],
}

/// Every language, by subtag.
pub(super) const ALL: &[Phrases] = &[
    am::PHRASES,
    ar::PHRASES,
    bn::PHRASES,
    de::PHRASES,
    en::PHRASES,
    es::PHRASES,
    fa::PHRASES,
    fr::PHRASES,
    ha::PHRASES,
    hi::PHRASES,
    id::PHRASES,
    it::PHRASES,
    ja::PHRASES,
    ko::PHRASES,
    nl::PHRASES,
    pa::PHRASES,
    pt::PHRASES,
    ru::PHRASES,
    sw::PHRASES,
    ta::PHRASES,
    th::PHRASES,
    tl::PHRASES,
    tr::PHRASES,
    ur::PHRASES,
    uz::PHRASES,
    vi::PHRASES,
    yo::PHRASES,
    zh::PHRASES,
    zu::PHRASES,
];
