//! How refusals are worded, language by language. Patterns are written as `pattern` explains.
//!
//! A pattern should be a refusal whatever comes after it. Regret alone ("I am sorry to hear that")
//! is none, and neither is a warning.

mod ar;
mod bn;
mod de;
mod en;
mod es;
mod fa;
mod fr;
mod hi;
mod id;
mod it;
mod ja;
mod ko;
mod nl;
mod pt;
mod ru;
mod sw;
mod th;
mod tr;
mod ur;
mod vi;
mod zh;

/// The patterns of one language.
pub(super) struct Phrases {
    /// Primary language subtag.
    pub language: &'static str,
    /// Whether words are parted by spaces and carry few endings; otherwise patterns are pieces.
    pub spaced: bool,
    /// Refuses where the reply begins.
    pub opening: &'static [&'static str],
    /// Refuses in any of the first sentences.
    pub refusal: &'static [&'static str],
    /// Looks like a refusal and is none: taken out first. Literal texts where nothing is spaced.
    pub harmless: &'static [&'static str],
    /// Offers something else after a refusal, which makes it a partial one.
    pub instead: &'static [&'static str],
}

/// Every language, by subtag.
pub(super) const ALL: &[Phrases] = &[
    ar::PHRASES,
    bn::PHRASES,
    de::PHRASES,
    en::PHRASES,
    es::PHRASES,
    fa::PHRASES,
    fr::PHRASES,
    hi::PHRASES,
    id::PHRASES,
    it::PHRASES,
    ja::PHRASES,
    ko::PHRASES,
    nl::PHRASES,
    pt::PHRASES,
    ru::PHRASES,
    sw::PHRASES,
    th::PHRASES,
    tr::PHRASES,
    ur::PHRASES,
    vi::PHRASES,
    zh::PHRASES,
];
