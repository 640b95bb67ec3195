//! Where sentences end, by the marks of each script and without a trained model.

mod english;

use super::verdict::number;
use super::writing::{Spacing, Writing};

/// How many sentences `text` has, as the least and the most that there can be. The two differ in
/// Thai and Lao only, where a space may end a sentence or a phrase.
pub(super) fn count(text: &str, writing: Writing) -> (u64, u64) {
    if writing.is("en") {
        let count = number(english::count(text));
        return (count, count);
    }
    let sentences = |line| number(in_line(line, writing));
    let least = text.lines().map(sentences).sum();
    if writing.is("th") || writing.is("lo") {
        let spoken = |piece: &&str| piece.contains(char::is_alphanumeric);
        let most = number(text.split_whitespace().filter(spoken).count());
        return (least, most.max(least));
    }
    (least, least)
}

/// Sentences of one line: a line break always ends a sentence.
fn in_line(line: &str, writing: Writing) -> usize {
    let mut count = 0;
    let mut start = 0;
    let mut quoted = 0_usize;
    let mut spoken = |from: usize, to: usize| {
        let sentence = line.get(from..to).unwrap_or_default();
        count += usize::from(sentence.contains(char::is_alphanumeric));
    };
    for (at, c) in line.char_indices() {
        let after = at + c.len_utf8();
        if writing.spacing == Spacing::Characters {
            match c {
                '「' | '（' | '(' => quoted += 1,
                '」' | '）' | ')' => quoted = quoted.saturating_sub(1),
                _ => {}
            }
        }
        let rest = line.get(after..).unwrap_or_default();
        let said = line.get(start..at).unwrap_or_default();
        if quoted == 0 && ends(c, said, rest, writing) {
            spoken(start, after);
            start = after;
        }
    }
    spoken(start, line.len());
    count
}

/// Whether `mark` ends a sentence, after `said` of it and before `rest`.
fn ends(mark: char, said: &str, rest: &str, writing: Writing) -> bool {
    match mark {
        // Marks of scripts that leave no space after them.
        '。' | '｡' | '！' | '？' | '।' | '॥' | '۔' | '؟' | '։' | '።' | '፧' | '။' | '។' | '៕'
        | '།' | '᠃' | '⸮' => true,
        // Greek asks with a semicolon.
        ';' | '\u{37e}' if writing.is("el") => stands_before_space(rest),
        '!' | '?' | '‽' => writing.spacing == Spacing::Characters || stands_before_space(rest),
        '…' => stands_before_space(rest) && !goes_on(rest),
        '.' if writing.is("ja") => false,
        '.' => stands_before_space(rest) && !goes_on(rest) && !is_shortened(said, writing),
        _ => false,
    }
}

/// Whether only closing marks stand between here and a space or the end.
fn stands_before_space(rest: &str) -> bool {
    let rest = rest.trim_start_matches(is_closing);
    rest.is_empty() || rest.starts_with(char::is_whitespace)
}

const fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | ')'
            | ']'
            | '}'
            | '”'
            | '’'
            | '“'
            | '»'
            | '›'
            | '«'
            | '」'
            | '』'
            | '*'
            | '_'
    )
}

/// Whether the next word begins in lower case.
fn goes_on(rest: &str) -> bool {
    // The marks between two sentences are few.
    let next = rest.chars().take(16).find(|c| c.is_alphanumeric());
    next.is_some_and(char::is_lowercase)
}

/// Whether the full stop after `said` belongs to a short form: an initial, the number of a list
/// item, an ordinal number, or a title.
fn is_shortened(said: &str, writing: Writing) -> bool {
    const ORDINALS: [&str; 22] = [
        "de", "cs", "sk", "pl", "da", "nb", "nn", "no", "fi", "hu", "tr", "az", "hr", "sr", "bs",
        "sl", "et", "lv", "is", "fo", "lb", "eu",
    ];
    const TITLES: [&str; 24] = [
        "dr", "dra", "mr", "mrs", "ms", "prof", "sr", "sra", "srta", "st", "ste", "mme", "mlle",
        "hr", "fr", "nr", "no", "bzw", "ca", "vgl", "ul", "ул", "проф", "гр",
    ];
    let word = said.rsplit(|c: char| c.is_whitespace() || c == '(').next();
    let word = word.unwrap_or_default();
    if !word.is_empty() && word.chars().all(char::is_numeric) {
        let item = said.trim_start() == word;
        return item || ORDINALS.contains(&writing.language.primary());
    }
    let last = word.rsplit('.').next().unwrap_or_default();
    let mut letters = last.chars();
    let initial = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    (initial && writing.cased) || TITLES.contains(&writing.fold(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_many_scripts() {
        for (language, text, expect) in [
            (
                "de",
                "Am 3. Oktober kam Dr. Weber. Er blieb z. B. hier.",
                (2, 2),
            ),
            ("fr", "« Bonjour ! » dit-il. Puis… rien. Voilà.", (4, 4)),
            ("hi", "यह पहला है। यह दूसरा है! क्या यह तीसरा है?", (3, 3)),
            ("ur", "یہ پہلا ہے۔ کیا یہ دوسرا ہے؟", (2, 2)),
            ("zh", "他说：「你好。再见！」然后走了。真的?是", (3, 3)),
            ("ja", "一つ。二つ！\n\n三つ（本当。）です", (3, 3)),
            ("am", "ሰላም ነው። ደህና ነህ፧", (2, 2)),
            ("my", "ဤသည်ပထမ။ ဤသည်ဒုတိယ။", (2, 2)),
            ("th", "ฉันไปตลาด แล้วกลับบ้าน ฉันนอน", (1, 3)),
            ("el", "Τι κάνεις; Καλά.", (2, 2)),
            ("es", "1. Uno\n2. Dos\n---\n", (2, 2)),
            ("hy", "Բարև։ Ինչպես ես։", (2, 2)),
            ("sw", "Habari 3.5 za leo. Nzuri", (2, 2)),
            ("sw", "", (0, 0)),
        ] {
            let language = language.parse().unwrap();
            assert_eq!(count(text, Writing::of(&language)), expect, "{text}");
        }
    }
}
