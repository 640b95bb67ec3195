//! Letters of another script with the same shape, after the idea of Unicode Technical Standard 39.

use super::NotApplicable;
use super::cluster::replace;

/// A quarter of the letters that have a look-alike.
const SOME: usize = 25;

/// Letters and a look-alike, each for the other: Latin and Cyrillic.
const LATIN_CYRILLIC: &[(char, char)] = &[
    ('a', '\u{430}'),
    ('c', '\u{441}'),
    ('e', '\u{435}'),
    ('i', '\u{456}'),
    ('j', '\u{458}'),
    ('o', '\u{43e}'),
    ('p', '\u{440}'),
    ('s', '\u{455}'),
    ('x', '\u{445}'),
    ('y', '\u{443}'),
    ('A', '\u{410}'),
    ('B', '\u{412}'),
    ('C', '\u{421}'),
    ('E', '\u{415}'),
    ('H', '\u{41d}'),
    ('I', '\u{406}'),
    ('J', '\u{408}'),
    ('K', '\u{41a}'),
    ('M', '\u{41c}'),
    ('O', '\u{41e}'),
    ('P', '\u{420}'),
    ('S', '\u{405}'),
    ('T', '\u{422}'),
    ('X', '\u{425}'),
];

/// Greek letters and Latin ones. Latin letters find their Cyrillic look-alike first.
const GREEK_LATIN: &[(char, char)] = &[
    ('\u{3bf}', 'o'),
    ('\u{3bd}', 'v'),
    ('\u{391}', 'A'),
    ('\u{392}', 'B'),
    ('\u{395}', 'E'),
    ('\u{396}', 'Z'),
    ('\u{397}', 'H'),
    ('\u{399}', 'I'),
    ('\u{39a}', 'K'),
    ('\u{39c}', 'M'),
    ('\u{39d}', 'N'),
    ('\u{39f}', 'O'),
    ('\u{3a1}', 'P'),
    ('\u{3a4}', 'T'),
    ('\u{3a5}', 'Y'),
    ('\u{3a7}', 'X'),
];

/// Arabic kaf and alef maksura with the Persian letters for them; kana with Chinese characters.
const OTHERS: &[(char, char)] = &[
    ('\u{643}', '\u{6a9}'),
    ('\u{649}', '\u{6cc}'),
    ('カ', '力'),
    ('ロ', '口'),
    ('ニ', '二'),
    ('ハ', '八'),
    ('エ', '工'),
    ('タ', '夕'),
    ('ト', '卜'),
    ('へ', 'ヘ'),
];

pub(super) fn homoglyphs(text: &str, seed: u64) -> Result<String, NotApplicable> {
    replace(text, SOME, seed, "letter with a look-alike", |spot| {
        look_alike(spot.this.single()?).map(String::from)
    })
}

fn look_alike(c: char) -> Option<char> {
    let pairs = || [LATIN_CYRILLIC, GREEK_LATIN, OTHERS].into_iter().flatten();
    let other = |(a, b): &(char, char)| match c {
        _ if c == *a => Some(*b),
        _ if c == *b => Some(*a),
        _ => None,
    };
    pairs().find_map(other)
}
