//! How languages write numbers, and the words that announce an answer.
//!
//! Sources: the number patterns of CLDR 45 by language and region.

use crate::language::Language;

/// What a language decides where the shape of a number does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Notation {
    /// The decimal mark is a comma: `1.234` is a thousand and more, `1,234` one and more.
    pub(super) decimal_comma: bool,
    /// A plain space groups digits: `12 345` is one number.
    pub(super) grouping_space: bool,
}

/// Languages with a decimal comma.
const COMMA: &[&str] = &[
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fo", "fr",
    "gl", "hr", "hu", "hy", "id", "is", "it", "ka", "kk", "ky", "lb", "lt", "lv", "mk", "nb", "nl",
    "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tk", "tr", "tt", "uk", "uz",
    "vi",
];
/// Of these, languages that group by a space.
const SPACE: &[&str] = &[
    "af", "be", "bg", "cs", "eo", "et", "fi", "fr", "hu", "hy", "ka", "kk", "ky", "lt", "lv", "nb",
    "nn", "no", "pl", "ru", "sk", "sq", "sv", "tk", "tt", "uk", "uz",
];
/// Regions that write a point although their language has a comma elsewhere.
const POINT: &[&str] = &[
    "de-CH", "de-LI", "it-CH", "es-419", "es-MX", "es-US", "es-PR", "es-DO", "es-GT", "es-HN",
    "es-NI", "es-PA", "es-PE", "es-SV", "es-CU",
];
/// Regions that write a comma although their language has a point elsewhere.
const COMMA_REGIONS: &[&str] = &["en-ZA", "sw-CD"];

impl Notation {
    pub(super) fn of(language: &Language) -> Self {
        let (tag, primary) = (language.as_str(), language.primary());
        let comma = COMMA.contains(&primary) || COMMA_REGIONS.contains(&tag);
        Self {
            decimal_comma: comma && !POINT.contains(&tag),
            grouping_space: SPACE.contains(&primary) || tag == "en-ZA",
        }
    }
}

/// Words that announce an answer, in lower case.
pub(super) const fn markers(primary: &str) -> &'static [&'static str] {
    match primary.as_bytes() {
        b"en" => &["the answer is", "answer is", "answer:", "answer**:"],
        b"de" => &[
            "die antwort ist",
            "die antwort lautet",
            "antwort:",
            "ergebnis:",
        ],
        b"fr" => &["la réponse est", "réponse :", "réponse:"],
        b"es" => &["la respuesta es", "respuesta:"],
        b"it" => &["la risposta è", "risposta:"],
        b"pt" => &["a resposta é", "resposta:"],
        b"nl" => &["het antwoord is", "antwoord:"],
        b"ru" => &["ответ —", "ответ –", "ответ -", "ответ:"],
        b"uk" => &["відповідь —", "відповідь –", "відповідь:"],
        b"pl" => &["odpowiedź to", "odpowiedź:"],
        b"tr" => &["cevap:", "yanıt:", "cevap"],
        b"id" => &["jawabannya adalah", "jawaban:"],
        b"vi" => &["đáp án là", "câu trả lời là", "đáp số:", "đáp án:"],
        b"sw" => &["jibu ni", "jibu:"],
        b"ar" => &["الإجابة هي", "الجواب هو", "الإجابة:", "الجواب:"],
        b"fa" => &["پاسخ:", "جواب:", "پاسخ برابر است با"],
        b"ur" => &["جواب ہے", "جواب:"],
        b"hi" => &["उत्तर है", "उत्तर:", "जवाब है", "जवाब:"],
        b"bn" => &["উত্তর হল", "উত্তর হলো", "উত্তর:"],
        b"te" => &["సమాధానం"],
        b"ta" => &["விடை:", "பதில்:"],
        b"th" => &["คำตอบคือ", "คำตอบ:"],
        b"zh" => &["答案是", "答案为", "答案：", "答案:"],
        b"ja" => &["答えは", "答え：", "答え:"],
        b"ko" => &["답은", "정답은", "답:"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notation_by_language_and_region() {
        for (tag, decimal_comma, grouping_space) in [
            ("en", false, false),
            ("en-ZA", true, true),
            ("de", true, false),
            ("de-CH", false, false),
            ("es", true, false),
            ("es-MX", false, false),
            ("ru", true, true),
            ("fr-CA", true, true),
            ("sw", false, false),
            ("zh-Hant", false, false),
            ("ar", false, false),
        ] {
            let expect = Notation {
                decimal_comma,
                grouping_space,
            };
            assert_eq!(Notation::of(&tag.parse().unwrap()), expect, "{tag}");
        }
    }

    #[test]
    fn markers_are_in_lower_case() {
        for primary in ["en", "de", "fr", "ru", "tr", "vi", "zh", "te"] {
            assert!(!markers(primary).is_empty());
            assert!(
                markers(primary).iter().all(|m| m.to_lowercase() == **m),
                "{primary}"
            );
        }
        assert!(markers("xx").is_empty());
    }
}
