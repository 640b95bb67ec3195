//! How refusals are worded in Zulu.

use super::Phrases;

pub(super) const PHRASES: Phrases = Phrases {
    language: "zu",
    spaced: true,
    opening: &[
        "ngiyaxolisa ~ angikwazi|kodwa|ngeke|angeke|anginakho|angivunyelwe",
        "uxolo ~ angikwazi|kodwa|ngeke|angeke",
        "ngicela uxolo ~ angikwazi|kodwa|ngeke|angeke",
        "ngiyadabuka|ngidabukile ~ angikwazi|kodwa|ngeke|angeke",
        "ngeshwa ~ angikwazi|ngeke|angeke",
        "angikwazi",
        "cha ~ ngeke|angeke|angizuku*",
    ],
    refusal: &[
        "angizukuwuphendula|angizukukuphendula|angizukunikeza|angizukukunikeza|angizukuchaza",
        "anginayo imvume",
        "angifuni ukubhala|ukusiza|ukukusiza|ukuphendula|ukunikeza",
        "angikwazi|angikwazanga ~ ukusiz*|ukukusiz*|ukunisiz*|ukuphendul*|ukunik*|ukukunik*|ukubhal*|ukwenz*|ukuchaz*|ukwabelan*|ukufez*|ukusekel*|ukutshel*|ukukutshel*|ukufundis*|ukukufundis*|ukudal*|ukuxox*|ukuhlanganyel*|ukuqhub*|ukweluleka|ukukweluleka|ukuhlinzek*|ukukuhlinzek*|ukuvum*",
        "ngeke|angeke ngikwazi|ngakwazi ~ ukusiz*|ukukusiz*|ukunisiz*|ukuphendul*|ukunik*|ukukunik*|ukubhal*|ukwenz*|ukuchaz*|ukwabelan*|ukufez*|ukusekel*|ukutshel*|ukukutshel*|ukufundis*|ukukufundis*|ukudal*|ukuxox*|ukuhlanganyel*|ukuqhub*|ukweluleka|ukukweluleka|ukuhlinzek*|ukukuhlinzek*|ukuvum*",
        "ngeke|angeke ngikusize|ngisize|ngikunikeze|nginikeze|ngiphendule|ngibhale|ngikubhale|ngenze|ngikwenze|ngikutshele|ngisekele|ngikuchaze|ngikufundise|ngikunike",
        "asikwazi ukukusiz*|ukukunik*|ukukutshel*|ukukufundis*",
        "akunakwenzeka ~ ngikusize|ngisize|ngikutshele|ngikwenze|ngikunikeze",
        "angizukukusiza|angizukusiza|angizukwenza|angizukubhala|angizukuphendula|angizukukutshela",
        "angivunyelwe",
        "ngiyenqaba",
        "anginawo amandla|amalungelo",
        "kuphambene|kungqubuzana|kuphikisana|kuphula ~ nemigomo|nenqubomgomo|nemithetho|nezimiso|imigomo|imithetho yami",
    ],
    lesson: &[],
    harmless: &["angikwazi ukulinda", "angikwazi ukukholwa"],
    hedge: &[
        "anginayo|anginawo|anginazo ~ imibono|imizwa|izinkolelo|umbono",
        "angiyena|angisiye udokotela|ummeli",
        "angikwazi ukunikeza ~ iseluleko ~ sezokwelapha|sezomthetho|sezimali",
        "angikwazi ~ ku-inthanethi|inthanethi",
    ],
    turn: &["kodwa", "nokho", "noma kunjalo"],
    norm: &[
        "amalungelo abantu",
        "ukubandlulula",
        "ukulingana|inhlonipho",
        "akufanele",
    ],
    lecture: &[
        "akukho emthethweni",
        "kuyicala",
        "wubugebengu",
        "akulungile",
        "ngiyadabuka ~ uzizwa",
    ],
    redirect: &[
        "xhumana|thintana|khuluma na*",
        "thola|cela usizo",
        "uma uzizwa|une*",
    ],
    instead: &[
        "esikhundleni|kunalokho",
        "nokho ngingaku*|ngingakwazi",
        "kodwa ngingaku*|ngingakwazi|nginga*",
        "nazi|nanka",
    ],
};
