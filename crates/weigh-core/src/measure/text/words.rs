//! Text cut into words: at white space, and one character at a time where a script has no spaces.

use unicode_segmentation::UnicodeSegmentation;

use super::unicode::is_unspaced;

/// The words of normalised text. In a script without spaces each user-perceived character is one.
pub(super) fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().flat_map(pieces).collect()
}

/// The runs of spaced characters, and the unspaced characters one by one, of text without spaces.
fn pieces(chunk: &str) -> Vec<&str> {
    let (mut pieces, mut run) = (Vec::new(), 0);
    for (at, grapheme) in chunk.grapheme_indices(true) {
        if grapheme.starts_with(is_unspaced) {
            pieces.extend(chunk.get(run..at));
            pieces.push(grapheme);
            run = at + grapheme.len();
        }
    }
    pieces.extend(chunk.get(run..));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_spaced_and_unspaced_scripts() {
        for (text, expect) in [
            ("the cat  sat", vec!["the", "cat", "sat"]),
            ("用python编程", vec!["用", "python", "编", "程"]),
            ("น้ำ ดี", vec!["น้ำ", "ดี"]),
            ("नमस्ते दुनिया", vec!["नमस्ते", "दुनिया"]),
            ("안녕 하세요", vec!["안녕", "하세요"]),
            ("  ", vec![]),
        ] {
            assert_eq!(words(text), expect, "{text}");
        }
    }
}
