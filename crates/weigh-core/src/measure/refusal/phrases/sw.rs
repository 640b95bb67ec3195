//! How refusals are worded in Swahili.

use super::Phrases;

pub(super) const PHRASES: Phrases = Phrases {
    language: "sw",
    spaced: true,
    opening: &[
        "samahani ~ siwezi|sitaweza|lakini|hatuwezi|sina",
        "pole ~ siwezi|sitaweza|lakini|hatuwezi",
        "naomba|ninaomba radhi|msamaha ~ siwezi|lakini|sitaweza|kwamba",
        "nasikitika|ninasikitika ~ siwezi|kwamba|lakini|sitaweza",
        "kwa bahati mbaya ~ siwezi|sitaweza",
        "siwezi",
        "mimi siwezi",
        "sitaweza",
        "hapana ~ siwezi",
        "samahani siwezi*",
    ],
    refusal: &[
        "siwezi|sitaweza|hatuwezi ~ kusaidia|kukusaidia|kutoa|kukupa|kujibu|kushiriki|kufanya|kuandika|kuunga|kuelezea|kueleza|kutimiza|kukuambia|kuunda|kushauri|kutekeleza|kuendelea|kuhimiza|kujadili|kuwasaidia|kusema",
        "sina uwezo wa",
        "siruhusiwi",
        "haiwezekani ~ kukusaidia|kutoa",
        "ninakataa",
        "nakataa",
        "lazima nikatae",
        "inakiuka ~ miongozo|sera|kanuni",
        "kinyume na ~ miongozo|sera|maadili|kanuni",
    ],
    harmless: &["siwezi kusubiri", "siwezi kuamini"],
    instead: &[
        "badala yake",
        "hata hivyo ~ naweza|ninaweza",
        "lakini naweza|ninaweza",
        "naweza|ninaweza kukusaidia",
        "hapa kuna",
        "hata hivyo",
    ],
};
