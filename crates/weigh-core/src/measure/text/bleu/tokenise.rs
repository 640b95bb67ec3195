//! The tokenisers of BLEU: those of mteval-v13a and mteval-v14, sacrebleu's for Chinese, characters.

use serde::{Deserialize, Serialize};

use crate::measure::text::unicode::{NUMBER, PUNCTUATION, SYMBOL, is_python_space};

/// How a text is cut into tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tokeniser {
    /// mteval-v13a: splits at ASCII punctuation. The usual one for European languages.
    #[serde(rename = "13a")]
    Mteval13a,
    /// mteval-v14 "international": splits at the punctuation and symbols of every script.
    #[serde(rename = "intl")]
    International,
    /// Every Chinese character is a token, the rest as in 13a.
    #[serde(rename = "zh")]
    Chinese,
    /// Every character but white space is a token.
    #[serde(rename = "char")]
    Char,
    /// What stands between white space is a token.
    #[serde(rename = "none")]
    None,
}

impl Tokeniser {
    /// The name in signatures and suites.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mteval13a => "13a",
            Self::International => "intl",
            Self::Chinese => "zh",
            Self::Char => "char",
            Self::None => "none",
        }
    }

    /// The tokens of `text`.
    #[must_use]
    pub fn tokens(self, text: &str) -> Vec<String> {
        let text = text.trim_end_matches(is_python_space);
        match self {
            Self::Mteval13a => split(&ascii(&format!(" {} ", unescape(text)))),
            Self::International => split(&international(text)),
            Self::Chinese => split(&ascii(&apart(
                text.trim_matches(is_python_space),
                is_chinese,
            ))),
            Self::Char => text
                .chars()
                .filter(|&c| !is_python_space(c))
                .map(String::from)
                .collect(),
            Self::None => split(text),
        }
    }
}

fn split(text: &str) -> Vec<String> {
    text.split(is_python_space)
        .filter(|token| !token.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What mteval-v13a does before it splits: hyphenation at line ends, and entities of SGML.
fn unescape(text: &str) -> String {
    text.replace("<skipped>", "")
        .replace("-\n", "")
        .replace('\n', " ")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
}

/// mteval-v13a: ASCII punctuation apart; full stop and comma apart unless a digit stands on either
/// side; a dash after a digit apart.
fn ascii(text: &str) -> String {
    let text = apart(
        text,
        |c| matches!(c, '{'..='~' | '['..='`' | ' '..='&' | '('..='+' | ':'..='@' | '/'),
    );
    let stop = |c| c == '.' || c == ',';
    let text = after(&text, |c| !c.is_ascii_digit(), stop);
    let text = before(&text, stop, |c| !c.is_ascii_digit());
    after(&text, |c| c.is_ascii_digit(), |c| c == '-')
}

/// mteval-v14: punctuation apart unless a number stands on either side, and symbols apart.
fn international(text: &str) -> String {
    let number = |c| NUMBER.contains(c);
    let punctuation = |c| PUNCTUATION.contains(c);
    let text = after(text, |c| !number(c), punctuation);
    let text = before(&text, punctuation, |c| !number(c));
    apart(&text, |c| SYMBOL.contains(c))
}

/// Puts a space on both sides of each character that `is` accepts.
fn apart(text: &str, is: impl Fn(char) -> bool) -> String {
    let mut spaced = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if is(c) {
            spaced.extend([' ', c, ' ']);
        } else {
            spaced.push(c);
        }
    }
    spaced
}

/// A character that `mark` accepts after one that `first` accepts is set apart: `ab` is `a b `.
fn after(text: &str, first: impl Fn(char) -> bool, mark: impl Fn(char) -> bool) -> String {
    pairs(text, |a, b| first(a) && mark(b), |a, b| [a, ' ', b, ' '])
}

/// A character that `mark` accepts before one that `second` accepts is set apart: `ab` is ` a b`.
fn before(text: &str, mark: impl Fn(char) -> bool, second: impl Fn(char) -> bool) -> String {
    pairs(text, |a, b| mark(a) && second(b), |a, b| [' ', a, ' ', b])
}

/// Rewrites pairs of characters from left to right. A pair that was rewritten is passed over whole,
/// as a substitution by regular expression does it: this shows where marks follow each other.
fn pairs(
    text: &str,
    is: impl Fn(char, char) -> bool,
    write: impl Fn(char, char) -> [char; 4],
) -> String {
    let mut written = String::with_capacity(text.len() * 2);
    let mut chars = text.chars().peekable();
    while let Some(first) = chars.next() {
        match chars.next_if(|&second| is(first, second)) {
            Some(second) => written.extend(write(first, second)),
            None => written.push(first),
        }
    }
    written
}

/// What sacrebleu takes for a Chinese character. Its table means to name extension B, but reads as
/// U+2001 to U+2A6D: quotation marks, arrows and mathematical signs, not the extension.
const fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{2001}'..='\u{2a6d}' | '\u{2e80}'..='\u{2eff}' | '\u{2f00}'..='\u{2fdf}'
        | '\u{2ff0}'..='\u{303f}' | '\u{3100}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}'
        | '\u{31c0}'..='\u{31ef}' | '\u{3200}'..='\u{4db5}' | '\u{4e00}'..='\u{9fbb}'
        | '\u{f900}'..='\u{fa2d}' | '\u{fa30}'..='\u{fa6a}' | '\u{fa70}'..='\u{fad9}'
        | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_each_tokeniser() {
        for (tokeniser, text, expect) in [
            (
                Tokeniser::Mteval13a,
                "It&apos;s 1,234.5 (c. 2-3), &quot;ok&quot;...",
                "It & apos ; s 1,234.5 ( c . 2 - 3 ) , \" ok \" . . .",
            ),
            (
                Tokeniser::Mteval13a,
                "wo-\nrd — नमस्ते। a,b",
                "word — नमस्ते। a , b",
            ),
            (
                Tokeniser::International,
                "नमस्ते। 1,5 «да» 5€ 2024.",
                "नमस्ते । 1,5 « да » 5 € 2024.",
            ),
            (
                Tokeniser::Chinese,
                "我有3.5个“苹果”。ok!",
                "我 有 3.5 个 “ 苹 果 ” 。 ok !",
            ),
            (Tokeniser::Char, "ab ç", "a b ç"),
            (Tokeniser::None, " a,b\u{1c}c ", "a,b c"),
        ] {
            assert_eq!(tokeniser.tokens(text).join(" "), expect, "{text}");
        }
    }
}
