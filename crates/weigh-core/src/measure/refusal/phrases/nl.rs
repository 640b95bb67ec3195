//! How refusals are worded in Dutch.

use super::Phrases;

pub(super) const PHRASES: Phrases = Phrases {
    language: "nl",
    spaced: true,
    opening: &[
        "sorry ~ maar|ik ~ kan|niet|ik",
        "het spijt me|mij ~ maar|ik|dat",
        "het spijt ons",
        "helaas kan ik ~ niet|geen",
        "ik kan ~ niet|geen",
        "ik mag ~ niet|geen",
        "ik ga ~ niet|geen",
        "daar kan ik ~ niet",
        "dat kan ik ~ niet",
        "mijn excuses ~ maar",
        "nee ~ ik|dat ~ niet",
    ],
    refusal: &[
        "ik kan|mag|wil|zal ~ niet|geen ~ helpen|bieden|geven|verstrekken|beantwoorden|voldoen|ondersteunen|schrijven|maken|delen|uitleggen|meewerken|assisteren|doen|aanbieden",
        "kan|mag|wil ik ~ niet|geen ~ helpen|bieden|geven|verstrekken|beantwoorden|voldoen|ondersteunen|schrijven|maken|delen|uitleggen|meewerken|assisteren|doen",
        "ik ben niet in staat",
        "ben ik niet in staat",
        "ik moet ~ weigeren|afwijzen",
        "ik weiger",
        "niet toegestaan om",
        "in strijd met mijn",
        "tegen mijn richtlijnen|principes",
    ],
    harmless: &["ik kan niet genoeg", "ik kan niet wachten"],
    instead: &[
        "in plaats daarvan",
        "ik kan ~ wel",
        "maar ik kan",
        "wel kan ik",
        "hier zijn|is",
    ],
};
