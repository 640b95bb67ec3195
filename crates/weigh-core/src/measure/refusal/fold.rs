//! Text made comparable: one spelling for what a reader takes for the same words.

use unicode_normalization::UnicodeNormalization;

/// Folds `text`: compatibility form (NFKC), lower case, one kind of apostrophe, and without accents,
/// Arabic vowel signs and tatweel, nukta, emphasis marks and invisible characters.
///
/// Letters that only differ by such a mark become one, which is more than a dictionary allows but
/// not more than readers of hasty text do.
pub(super) fn fold(text: &str) -> String {
    text.chars()
        .map(|c| if is_apostrophe(c) { '\'' } else { c })
        .nfkd()
        .filter(|&c| !is_dropped(c))
        .flat_map(char::to_lowercase)
        // Lower case of Turkish dotted capital I is `i` and a combining dot.
        .filter(|&c| !is_dropped(c))
        .map(one_letter)
        .nfc()
        .collect()
}

const fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\u{2018}'
            | '\u{2019}'
            | '\u{201b}'
            | '\u{2bb}'
            | '\u{2bc}'
            | '\u{b4}'
            | '\u{2032}'
            | '\u{ff07}'
    )
}

const fn is_dropped(c: char) -> bool {
    matches!(c,
        // Combining accents.
        '\u{300}'..='\u{36f}'
        // Arabic vowel signs, hamza above and below, superscript alef; tatweel.
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}'
        // Nukta of Devanagari, Bengali and Gurmukhi.
        | '\u{93c}' | '\u{9bc}' | '\u{a3c}'
        // Soft hyphen, joiners, marks of direction, variation selectors, byte order mark.
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        // Marks of emphasis and code in Markdown.
        | '*' | '_' | '`' | '#')
}

/// Letters that stand for each other in hasty text and have no decomposition.
const fn one_letter(c: char) -> char {
    match c {
        'ı' => 'i',
        'đ' | 'ɗ' => 'd',
        'ɓ' => 'b',
        'ƙ' => 'k',
        'ƴ' => 'y',
        // Persian and Urdu forms of yeh, kaf and heh; alef maksura; teh marbuta.
        '\u{6cc}' | '\u{649}' | '\u{6d2}' => '\u{64a}',
        '\u{6a9}' => '\u{643}',
        '\u{6c1}' | '\u{6be}' | '\u{629}' | '\u{6d5}' => '\u{647}',
        '\u{1200}'..='\u{1357}' => one_syllable(c),
        other => other,
    }
}

/// Ethiopic syllables that sound alike in Amharic and are written for each other.
const fn one_syllable(c: char) -> char {
    let code = c as u32;
    let base = match code {
        // Hha and xa as ha, sza as sa, pharyngeal a as glottal a, tzha as tsa.
        0x1210..=0x1216 => code - 0x10,
        0x1280..=0x1286 => code - 0x80,
        0x1220..=0x1227 => code + 0x10,
        0x12d0..=0x12d6 => code - 0x30,
        0x1340..=0x1346 => code - 0x8,
        _ => code,
    };
    // Ha and a in the fourth order are said as in the first.
    match base {
        0x1203 => '\u{1200}',
        0x12a3 => '\u{12a0}',
        _ => match char::from_u32(base) {
            Some(syllable) => syllable,
            None => c,
        },
    }
}

/// Whether `c` stands between words.
pub(super) fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || (c.is_ascii_punctuation() && c != '\'')
        || matches!(c,
            '\u{2010}'..='\u{205e}' | '\u{3000}'..='\u{303f}' | '\u{a1}' | '\u{bf}' | '\u{ab}'
            | '\u{bb}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}' | '\u{965}'
            | '\u{1361}'..='\u{1368}')
}

/// The sentences of folded text, without empty ones.
pub(super) fn sentences(folded: &str) -> impl Iterator<Item = &str> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c| is_separator(c) || c == '\'');
        if rest.is_empty() {
            return None;
        }
        let end = sentence_end(rest);
        let (sentence, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(sentence)
    })
}

/// Whether the first sentence of folded text has come to its end.
pub(super) fn first_sentence_is_whole(folded: &str) -> bool {
    let text = folded.trim_start_matches(is_separator);
    sentence_end(text) < text.len()
}

/// Byte offset of the end of the first sentence, before the mark that ends it.
fn sentence_end(text: &str) -> usize {
    let mut marks = text.char_indices().filter(|&(at, c)| match c {
        '!' | '?' | '\n' | '\u{3002}' | '\u{964}' | '\u{965}' | '\u{61f}' | '\u{6d4}'
        | '\u{1362}' | '\u{1367}' | '\u{1368}' => true,
        // A full stop, but not one inside a number or a name of a site.
        '.' => text
            .get(at + 1..)
            .is_none_or(|after| !after.starts_with(char::is_alphanumeric)),
        _ => false,
    });
    marks.next().map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling() {
        for (text, folded) in [
            ("I\u{2019}m SORRY", "i'm sorry"),
            ("Désolé, ça", "desole, ca"),
            ("İZİN ıslak", "izin islak"),
            ("لا أسْتَطِيـــعُ", "لا استطيع"),
            ("لا يمكننى", "لا يمكنني"),
            ("क़ानून", fold("कानून").as_str()),
            ("نمی\u{200c}توانم", "نميتوانم"),
            ("**No**", "no"),
            ("Ｉ ｃａｎ", "i can"),
            ("không đồng", "khong dong"),
            ("ሕገ ወጥ መጻፍ ሠራ ዓለም", fold("ህገ ወጥ መፃፍ ሰራ አለም").as_str()),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn sentences_of_many_scripts() {
        for (text, expect) in [
            (
                "One. Two 3.5 and x.com! Three",
                vec!["one", "two 3.5 and x.com", "three"],
            ),
            ("对不起。我不能。", vec!["对不起", "我不能"]),
            ("क्षमा करें। नहीं", vec!["क्षमा करें", "नहीं"]),
            ("\n\n...", vec![]),
        ] {
            let expect: Vec<String> = expect.into_iter().map(fold).collect();
            let folded = fold(text);
            let found: Vec<&str> = sentences(&folded).map(str::trim).collect();
            assert_eq!(found, expect, "{text}");
        }
        assert!(first_sentence_is_whole(" a. b") && !first_sentence_is_whole("a b"));
    }
}
