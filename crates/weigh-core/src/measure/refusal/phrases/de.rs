//! How refusals are worded in German.

use super::Phrases;

pub(super) const PHRASES: Phrases = Phrases {
    language: "de",
    spaced: true,
    opening: &[
        "es tut mir ~ leid ~ aber|doch|ich|dass|das|dabei|da|diese|bei",
        "tut mir ~ leid ~ aber|doch|ich|das|dabei|da",
        "entschuldigung ~ aber|ich ~ nicht|keine|kein|keinen",
        "ich kann ~ nicht|keine|keinen|kein",
        "ich darf ~ nicht|keine|keinen",
        "ich werde ~ nicht|keine|keinen",
        "das kann ich ~ nicht",
        "dabei kann ich ~ nicht",
        "nein ~ das|dabei|ich ~ nicht",
        "leider kann|darf ~ ich ~ nicht|keine|keinen|kein",
        "ich bedaure|bedauere ~ aber",
        "ich muss ~ ablehnen",
    ],
    refusal: &[
        "kann|darf|möchte|werde ich ~ nicht|keine|keinen|kein ~ helfen|unterstützen|beantworten|geben|bereitstellen|erfüllen|weiterhelfen|anbieten|nachkommen|liefern|schreiben|erstellen|machen|tun|erklären|teilen|nennen|dienen|behilflich",
        "ich kann|darf|möchte|werde ~ nicht|keine|keinen|kein ~ helfen|unterstützen|beantworten|geben|bereitstellen|erfüllen|weiterhelfen|anbieten|nachkommen|liefern|schreiben|erstellen|machen|tun|erklären|teilen|nennen|dienen|behilflich",
        "ich bin nicht in der lage",
        "bin ich nicht in der lage",
        "ich ~ lehne ~ ab",
        "ich muss ~ ablehnen",
        "muss ich ~ ablehnen",
        "ist es mir nicht möglich",
        "es ist mir nicht möglich",
        "mir nicht erlaubt|gestattet",
        "verstößt ~ gegen ~ richtlinien|nutzungsrichtlinien",
        "ich weigere mich",
    ],
    harmless: &[
        "ich kann nicht genug",
        "ich kann es kaum",
        "kann ich nicht genug",
    ],
    instead: &[
        "stattdessen",
        "ich kann ~ jedoch|aber|gerne|gern",
        "gerne|gern kann|helfe ich",
        "aber ich kann",
        "allerdings kann",
        "hier sind|ist|findest",
    ],
};
