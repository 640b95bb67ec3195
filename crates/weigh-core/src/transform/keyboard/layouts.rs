//! Keyboard layouts as data: rows of keys from the left, a space between keys.
//!
//! A key that types no letter is `-`. Numbers are quarters of a key's width from the left edge of
//! the digit `1`: the rows of a keyboard are not in line.

/// Some keys of a keyboard.
pub(super) struct Layout {
    /// Primary subtags of the languages that are typed with it.
    pub languages: &'static [&'static str],
    /// The script that it types (ISO 15924).
    pub script: &'static str,
    /// Its keys without shift, and with it where that types other letters.
    pub levels: &'static [&'static [Row]],
}

/// One row of keys.
pub(super) struct Row {
    /// Where the row begins.
    pub left: i32,
    /// What the keys type.
    pub keys: &'static str,
}

const fn digits(keys: &'static str) -> Row {
    Row { left: 0, keys }
}

const fn top(keys: &'static str) -> Row {
    Row { left: 2, keys }
}

const fn home(keys: &'static str) -> Row {
    Row { left: 3, keys }
}

const fn bottom(keys: &'static str) -> Row {
    Row { left: 5, keys }
}

/// Every layout. The first one that knows a language is its usual one.
pub(super) const ALL: &[&Layout] = &[
    &QWERTY,
    &QWERTZ,
    &AZERTY,
    &SPANISH,
    &PORTUGUESE,
    &TURKISH,
    &RUSSIAN,
    &UKRAINIAN,
    &GREEK,
    &ARABIC,
    &HEBREW,
    &PERSIAN,
    &HINDI,
    &BENGALI,
    &THAI,
    &KOREAN,
];

const QWERTY: Layout = Layout {
    languages: &[
        "en", "nl", "id", "ms", "sw", "vi", "it", "pl", "yo", "ig", "ha", "so", "zu", "xh", "af",
        "fil", "tl", "ga", "jv", "su",
    ],
    script: "Latn",
    levels: &[&[
        top("q w e r t y u i o p"),
        home("a s d f g h j k l"),
        bottom("z x c v b n m"),
    ]],
};

const QWERTZ: Layout = Layout {
    languages: &["de"],
    script: "Latn",
    levels: &[&[
        top("q w e r t z u i o p ü"),
        home("a s d f g h j k l ö ä"),
        bottom("y x c v b n m"),
    ]],
};

const AZERTY: Layout = Layout {
    languages: &["fr"],
    script: "Latn",
    levels: &[&[
        digits("- é - - - - è - ç à"),
        top("a z e r t y u i o p"),
        home("q s d f g h j k l m ù"),
        bottom("w x c v b n"),
    ]],
};

const SPANISH: Layout = Layout {
    languages: &["es", "gl", "eu"],
    script: "Latn",
    levels: &[&[
        top("q w e r t y u i o p"),
        home("a s d f g h j k l ñ"),
        bottom("z x c v b n m"),
    ]],
};

/// The keys of both ABNT2 and the layout of Portugal.
const PORTUGUESE: Layout = Layout {
    languages: &["pt"],
    script: "Latn",
    levels: &[&[
        top("q w e r t y u i o p"),
        home("a s d f g h j k l ç"),
        bottom("z x c v b n m"),
    ]],
};

const TURKISH: Layout = Layout {
    languages: &["tr"],
    script: "Latn",
    levels: &[&[
        top("q w e r t y u ı o p ğ ü"),
        home("a s d f g h j k l ş i"),
        bottom("z x c v b n m ö ç"),
    ]],
};

const RUSSIAN: Layout = Layout {
    languages: &["ru"],
    script: "Cyrl",
    levels: &[&[
        top("й ц у к е н г ш щ з х ъ"),
        home("ф ы в а п р о л д ж э"),
        bottom("я ч с м и т ь б ю"),
    ]],
};

const UKRAINIAN: Layout = Layout {
    languages: &["uk"],
    script: "Cyrl",
    levels: &[&[
        top("й ц у к е н г ш щ з х ї"),
        home("ф і в а п р о л д ж є"),
        bottom("я ч с м и т ь б ю"),
    ]],
};

const GREEK: Layout = Layout {
    languages: &["el"],
    script: "Grek",
    levels: &[&[
        top("- ς ε ρ τ υ θ ι ο π"),
        home("α σ δ φ γ η ξ κ λ"),
        bottom("ζ χ ψ ω β ν μ"),
    ]],
};

/// Arabic 101. One key types two letters, and none of them alone.
const ARABIC: Layout = Layout {
    languages: &["ar"],
    script: "Arab",
    levels: &[&[
        top("ض ص ث ق ف غ ع ه خ ح ج د"),
        home("ش س ي ب ل ا ت ن م ك ط"),
        bottom("ئ ء ؤ ر لا ى ة و ز ظ"),
    ]],
};

/// SI 1452.
const HEBREW: Layout = Layout {
    languages: &["he"],
    script: "Hebr",
    levels: &[&[
        top("- - ק ר א ט ו ן ם פ"),
        home("ש ד ג כ ע י ח ל ך ף"),
        bottom("ז ס ב ה נ מ צ ת ץ"),
    ]],
};

/// ISIRI 9147.
const PERSIAN: Layout = Layout {
    languages: &["fa"],
    script: "Arab",
    levels: &[&[
        top("ض ص ث ق ف غ ع ه خ ح ج چ"),
        home("ش س ی ب ل ا ت ن م ک گ"),
        bottom("ظ ط ز ر ذ د پ و"),
    ]],
};

/// InScript. Vowel signs are written as escapes, since they need a letter before them. Letters that
/// Hindi does not use, or that are not in Normalization Form C, are left out.
const HINDI: Layout = Layout {
    languages: &["hi", "mr"],
    script: "Deva",
    levels: &[
        &[
            top("\u{94c} \u{948} \u{93e} \u{940} \u{942} ब ह ग द ज ड"),
            home("\u{94b} \u{947} - \u{93f} \u{941} प र क त च ट"),
            bottom("- - म न व ल स - - य"),
        ],
        &[
            top("औ ऐ आ ई ऊ भ ङ घ ध झ ढ ञ"),
            home("ओ ए अ इ उ फ - ख थ छ ठ"),
            bottom("- - ण - - ळ श ष"),
        ],
    ],
};

/// InScript for Bengali, with the same omissions.
const BENGALI: Layout = Layout {
    languages: &["bn"],
    script: "Beng",
    levels: &[
        &[
            top("\u{9cc} \u{9c8} \u{9be} \u{9c0} \u{9c2} ব হ গ দ জ ড"),
            home("\u{9cb} \u{9c7} - \u{9bf} \u{9c1} প র ক ত চ ট"),
            bottom("- - ম ন - ল স - - য"),
        ],
        &[
            top("ঔ ঐ আ ঈ ঊ ভ ঙ ঘ ধ ঝ ঢ ঞ"),
            home("ও এ অ ই উ ফ - খ থ ছ ঠ"),
            bottom("- - ণ - - - শ ষ"),
        ],
    ],
};

/// Kedmanee (TIS 820). Marks above and below a letter are escapes or `-`.
const THAI: Layout = Layout {
    languages: &["th"],
    script: "Thai",
    levels: &[
        &[
            digits("- - - ภ ถ \u{e38} \u{e36} ค ต จ ข ช"),
            top("ๆ ไ \u{e33} พ ะ \u{e31} \u{e35} ร น ย บ ล"),
            home("ฟ ห ก ด เ - - า ส ว ง"),
            bottom("ผ ป แ อ \u{e34} \u{e37} ท ม ใ ฝ"),
        ],
        &[
            top("- - ฎ ฑ ธ - - ณ - ญ ฐ"),
            home("ฤ ฆ ฏ โ ฌ - - ษ ศ ซ"),
            bottom("- - ฉ ฮ - - - ฒ ฬ ฦ"),
        ],
    ],
};

/// Two-set (KS X 5002), as compatibility letters.
const KOREAN: Layout = Layout {
    languages: &["ko"],
    script: "Kore",
    levels: &[&[
        top("ㅂ ㅈ ㄷ ㄱ ㅅ ㅛ ㅕ ㅑ ㅐ ㅔ"),
        home("ㅁ ㄴ ㅇ ㄹ ㅎ ㅗ ㅓ ㅏ ㅣ"),
        bottom("ㅋ ㅌ ㅊ ㅍ ㅠ ㅜ ㅡ"),
    ]],
};
