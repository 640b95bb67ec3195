//! Scripts: which one a character belongs to, and how much of a text is written in each.

use std::collections::BTreeMap;

use unicode_script::{Script, UnicodeScript};

/// A script with its share of the letters that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptShare {
    /// ISO 15924 code: `Latn`, `Cyrl`, `Hani`, `Hira`.
    pub script: &'static str,
    /// Thousandths of the letters. Shares are rounded down, so their sum may fall short of 1000.
    pub share: u32,
}

/// The script of a letter or of a sign that belongs to a letter; none for what scripts share:
/// digits, punctuation, symbols, marks that any script may carry.
pub(super) fn of(c: char) -> Option<&'static str> {
    if c.is_ascii_alphabetic() {
        return Some("Latn");
    }
    if c.is_ascii() || c.is_numeric() {
        return None;
    }
    let script = c.script();
    let shared = matches!(script, Script::Common | Script::Inherited | Script::Unknown);
    (!shared).then(|| script.short_name())
}

/// Scripts that are written together in one language count as one: ideographs with kana.
pub(super) fn group(script: &'static str) -> &'static str {
    match script {
        "Hira" | "Kana" | "Bopo" => "Hani",
        _ => script,
    }
}

/// How many letters of an alphabet a letter is worth: an ideograph says about as much as three,
/// a syllable as two.
pub(super) fn units(script: &str) -> u32 {
    match script {
        "Hani" => 3,
        "Hang" | "Hira" | "Kana" | "Ethi" | "Bopo" | "Yiii" => 2,
        _ => 1,
    }
}

/// The shares of counts by script, the largest first.
pub(super) fn shares(letters: &BTreeMap<&'static str, u32>) -> Vec<ScriptShare> {
    let total: u32 = letters.values().sum();
    let share = |(&script, &n): (&&'static str, &u32)| ScriptShare {
        script,
        share: n * 1000 / total.max(1),
    };
    let mut shares: Vec<ScriptShare> = letters.iter().map(share).collect();
    shares.sort_by(|a, b| b.share.cmp(&a.share).then(a.script.cmp(b.script)));
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_a_script_and_the_rest_has_none() {
        for (c, script) in [
            ('a', Some("Latn")),
            ('ñ', Some("Latn")),
            ('ж', Some("Cyrl")),
            ('क', Some("Deva")),
            ('्', Some("Deva")),
            ('漢', Some("Hani")),
            ('あ', Some("Hira")),
            ('ሀ', Some("Ethi")),
            ('7', None),
            ('७', None),
            ('-', None),
            ('。', None),
            ('\u{301}', None),
            ('😀', None),
        ] {
            assert_eq!(of(c), script, "{c}");
        }
    }

    #[test]
    fn shares_are_thousandths() {
        let letters = BTreeMap::from([("Latn", 1), ("Hani", 2)]);
        let row = |s: &ScriptShare| (s.script, s.share);
        let rows: Vec<_> = shares(&letters).iter().map(row).collect();
        assert_eq!(rows, [("Hani", 666), ("Latn", 333)]);
        assert_eq!(shares(&BTreeMap::new()), []);
    }
}
