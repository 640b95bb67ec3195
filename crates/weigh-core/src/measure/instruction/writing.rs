//! How a language is written: letter case, spaces, and the marks that it uses.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language::Language;

/// The conventions of one language.
#[derive(Clone, Copy)]
pub(super) struct Writing<'a> {
    /// The language.
    pub language: &'a Language,
    /// What stands between spaces.
    pub spacing: Spacing,
    /// Whether its script tells upper from lower case.
    pub cased: bool,
}

/// What stands between spaces in a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spacing {
    /// Words.
    Words,
    /// Nothing of interest: length is told in characters (Chinese, Japanese).
    Characters,
    /// Phrases; only a dictionary tells the words (Thai, Lao, Khmer, Burmese).
    Phrases,
}

const CHARACTERS: &[&str] = &[
    "zh", "ja", "yue", "cmn", "wuu", "nan", "hak", "gan", "hsn", "lzh", "ryu", "ii",
];
const PHRASES: &[&str] = &["th", "lo", "km", "my", "shn", "mnw", "nod", "tts", "khb"];
/// Written in scripts without letter case, beside those of the two lists above. Georgian is among
/// them: its capitals are a manner of printing headlines, not of writing.
const UNCASED: &[&str] = &[
    "ar", "arz", "ary", "apc", "fa", "prs", "ur", "ps", "sd", "ug", "ckb", "ks", "dv", "he", "yi",
    "hi", "mr", "ne", "sa", "mai", "bho", "kok", "doi", "bn", "as", "mni", "gu", "pa", "pnb", "or",
    "ta", "te", "kn", "ml", "si", "ko", "ka", "am", "ti", "bo", "dz", "syr", "sat", "zgh", "nqo",
    "tcy", "brx", "hne", "awa", "mag", "new",
];
/// Scripts with letter case (ISO 15924).
const CASED_SCRIPTS: &[&str] = &[
    "Latn", "Cyrl", "Grek", "Armn", "Copt", "Glag", "Adlm", "Cher",
];

impl<'a> Writing<'a> {
    /// The conventions of `language`. A script subtag that names a cased script decides: `sr-Latn`,
    /// `hi-Latn`.
    pub(super) fn of(language: &'a Language) -> Self {
        let primary = language.primary();
        let is_script = |subtag: &&str| subtag.len() == 4 && !subtag.starts_with(char::is_numeric);
        let script = language.as_str().split('-').skip(1).find(is_script);
        let other = script.is_some_and(|script| CASED_SCRIPTS.contains(&script));
        let spacing = match primary {
            _ if other => Spacing::Words,
            _ if CHARACTERS.contains(&primary) => Spacing::Characters,
            _ if PHRASES.contains(&primary) => Spacing::Phrases,
            _ => Spacing::Words,
        };
        let uncased = script.is_some() || UNCASED.contains(&primary) || spacing != Spacing::Words;
        Self {
            language,
            spacing,
            cased: other || !uncased,
        }
    }

    /// Whether this is the language with that primary subtag, in its usual script.
    pub(super) fn is(&self, primary: &str) -> bool {
        self.language.primary() == primary
    }

    /// Composed and in lower case, so that spellings of one text are equal.
    pub(super) fn fold(&self, text: &str) -> String {
        let composed: Cow<str> = if text.is_ascii() {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.nfc().collect())
        };
        if self.is("tr") || self.is("az") {
            return composed.replace('I', "ı").replace('İ', "i").to_lowercase();
        }
        composed.to_lowercase()
    }

    /// Marks that are commas.
    pub(super) fn commas(&self) -> &'static [char] {
        match self.language.primary() {
            "en" => &[','],
            "ja" => &['、', '､'],
            _ => &[
                ',', '，', '﹐', '、', '､', '﹑', '،', '٬', '՝', '፣', '၊', '᠂', '꓾',
            ],
        }
    }

    /// Marks that are full stops.
    pub(super) fn full_stops(&self) -> &'static [char] {
        match self.language.primary() {
            "ja" => &['。', '｡'],
            _ => &[
                '.', '。', '｡', '．', '।', '॥', '۔', '։', '።', '။', '។', '៕', '།', '᠃', '꓿',
            ],
        }
    }

    /// Pairs of quotation marks that may stand around a text.
    pub(super) fn quotes(&self) -> &'static [(char, char)] {
        match self.language.primary() {
            "en" => &[('"', '"')],
            "ja" => &[('「', '」')],
            _ => &[
                ('"', '"'),
                ('“', '”'),
                ('„', '“'),
                ('„', '”'),
                ('”', '”'),
                ('«', '»'),
                ('»', '«'),
                ('「', '」'),
                ('『', '』'),
                ('＂', '＂'),
            ],
        }
    }
}

/// Whether `c` is part of a word in any script: a letter, a mark on it, a digit, or a joiner.
pub(super) fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether `c` has an upper and a lower case and this is the upper one; None without case.
pub(super) fn upper_case(c: char) -> Option<bool> {
    match (c.is_uppercase(), c.is_lowercase()) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        (false, false) => None,
    }
}
