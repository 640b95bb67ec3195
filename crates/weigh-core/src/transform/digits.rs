//! Decimal digits of ASCII and of the language's own script.

use super::NotApplicable;
use super::cluster::{ALL, replace};
use super::keyboard::written_in;
use crate::language::Language;

/// A script's decimal digits: `zero` and the nine code points after it (Unicode, `Nd`).
struct Digits {
    zero: u32,
    /// Primary subtags of the languages.
    languages: &'static [&'static str],
    /// The script that they must be written in; empty where it does not matter.
    script: &'static str,
}

impl Digits {
    fn are_of(&self, language: &Language) -> bool {
        if self.script.is_empty() {
            self.languages.contains(&language.primary())
        } else {
            written_in(language, self.languages, self.script)
        }
    }
}

/// By zero, with the languages that are commonly written with them. Full-width digits stand for
/// Chinese, Japanese and Korean, whose own numerals are not decimal digits.
const SCRIPTS: &[Digits] = &[
    digits(0x0660, &["ar", "ckb"], "Arab"),
    digits(0x06f0, &["fa", "ur", "ps", "sd", "ks", "ug"], "Arab"),
    digits(0x0966, &["hi", "mr", "ne", "sa", "mai", "bho"], "Deva"),
    digits(0x09e6, &["bn", "as"], "Beng"),
    digits(0x0a66, &["pa"], "Guru"),
    digits(0x0ae6, &["gu"], "Gujr"),
    digits(0x0b66, &["or"], "Orya"),
    digits(0x0be6, &["ta"], "Taml"),
    digits(0x0c66, &["te"], "Telu"),
    digits(0x0ce6, &["kn"], "Knda"),
    digits(0x0d66, &["ml"], "Mlym"),
    digits(0x0e50, &["th"], "Thai"),
    digits(0x0ed0, &["lo"], "Laoo"),
    digits(0x0f20, &["bo", "dz"], "Tibt"),
    digits(0x1040, &["my"], "Mymr"),
    digits(0x17e0, &["km"], "Khmr"),
    digits(0x1c50, &["sat"], "Olck"),
    digits(0x07c0, &["nqo"], "Nkoo"),
    digits(0xff10, &["zh", "ja", "ko"], ""),
];

const fn digits(zero: u32, languages: &'static [&'static str], script: &'static str) -> Digits {
    Digits {
        zero,
        languages,
        script,
    }
}

pub(super) fn native(text: &str, language: &Language) -> Result<String, NotApplicable> {
    let Some(Digits { zero, .. }) = SCRIPTS.iter().find(|d| d.are_of(language)) else {
        return Err(NotApplicable::NoNativeDigits(language.clone()));
    };
    replace(text, ALL, 0, "ASCII digit", |spot| {
        let value = spot.this.single()?.to_digit(10)?;
        char::from_u32(zero + value).map(String::from)
    })
}

pub(super) fn ascii(text: &str) -> Result<String, NotApplicable> {
    replace(text, ALL, 0, "digit of another script than ASCII", |spot| {
        let code = u32::from(spot.this.single()?);
        let mut values = SCRIPTS.iter().filter_map(|d| code.checked_sub(d.zero));
        let value = values.find(|value| *value < 10)?;
        char::from_digit(value, 10).map(String::from)
    })
}
