//! Diacritics: left out, or as characters of their own.

use unicode_normalization::UnicodeNormalization;

use super::NotApplicable;
use super::cluster::{ALL, replace};

/// A cluster without its accents, vowel points and dots. Marks that make another letter in the minds
/// of those who write it stay: Cyrillic `й` and `ї`, nukta, voicing marks of kana.
pub(super) fn dropped(text: &str) -> Result<String, NotApplicable> {
    replace(text, ALL, 0, "diacritic", |spot| {
        let mut base = None;
        let mut marks = 0;
        let mut bare = String::new();
        for c in spot.this.text.nfd() {
            let drop = base.is_some_and(|base| is_dropped(base, c));
            marks += usize::from(drop);
            if !drop {
                base = base.or(Some(c));
                bare.push(c);
            }
        }
        let plain: String = bare.nfc().map(without_stroke).collect();
        (marks > 0 || plain.chars().ne(bare.nfc())).then_some(plain)
    })
}

const fn is_dropped(base: char, mark: char) -> bool {
    let is_accent = matches!(mark, '\u{300}'..='\u{36f}');
    match base {
        // Stress marks, and the dots of `ё`, which are mostly left out in print as well.
        '\u{400}'..='\u{52f}' => {
            matches!(mark, '\u{300}' | '\u{301}')
                || (matches!(base, 'е' | 'Е') && matches!(mark, '\u{308}'))
        }
        '\u{590}'..='\u{5ff}' => {
            matches!(
                mark,
                '\u{591}'
                    ..='\u{5bd}'
                        | '\u{5bf}'
                        | '\u{5c1}'
                        | '\u{5c2}'
                        | '\u{5c4}'
                        | '\u{5c5}'
                        | '\u{5c7}'
            )
        }
        // Vowel signs; hamza and madda from alef alone, as in hasty text.
        '\u{600}'..='\u{6ff}' => {
            matches!(mark, '\u{64b}'..='\u{652}' | '\u{656}'..='\u{65f}' | '\u{670}')
                || (base == '\u{627}' && matches!(mark, '\u{653}'..='\u{655}'))
        }
        _ => is_accent,
    }
}

/// Letters whose stroke or dot is no combining mark.
const fn without_stroke(c: char) -> char {
    match c {
        'đ' => 'd',
        'Đ' => 'D',
        'ł' => 'l',
        'Ł' => 'L',
        'ø' => 'o',
        'Ø' => 'O',
        'ı' => 'i',
        'ħ' => 'h',
        'Ħ' => 'H',
        other => other,
    }
}

/// Normalization Form D of everything that may be changed.
pub(super) fn decomposed(text: &str) -> Result<String, NotApplicable> {
    replace(text, ALL, 0, "character that decomposes", |spot| {
        Some(spot.this.text.nfd().collect())
    })
}
