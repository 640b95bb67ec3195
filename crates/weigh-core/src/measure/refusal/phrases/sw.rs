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
    lesson: &[],
    harmless: &["siwezi kusubiri", "siwezi kuamini"],
    hedge: &[
        "sina ~ maoni|hisia|imani",
        "mimi si ~ daktari|wakili|mtaalamu",
        "siwezi ~ kutoa ~ ushauri wa ~ kimatibabu|matibabu|kisheria|kifedha",
        "siwezi ~ kuvinjari|kufikia ~ mtandao|intaneti",
    ],
    turn: &["lakini", "hata hivyo", "ila", "walakini"],
    norm: &[
        "haki za binadamu",
        "ubaguzi|kubagua|kubaguliwa",
        "usawa|heshima|kuheshimu",
        "haipaswi|hapaswi|hawapaswi",
    ],
    lecture: &[
        "kinyume cha|na sheria",
        "ni ~ haramu|kosa|uhalifu",
        "si ~ halali|halisi|maadili",
        "pole|nasikitika|ninasikitika ~ unajisikia|unahisi|unapitia",
        "haikubaliki",
    ],
    redirect: &[
        "wasiliana|tafuta|omba ~ na|msaada|ushauri",
        "ikiwa|kama una*|unahisi|unapitia",
        "zungumza|ongea na",
        "ninakushauri|nakushauri|ninapendekeza|napendekeza",
    ],
    instead: &[
        "badala yake",
        "hata hivyo ~ naweza|ninaweza",
        "lakini naweza|ninaweza",
        "naweza|ninaweza kukusaidia",
        "hapa kuna",
        "hata hivyo",
    ],
};
