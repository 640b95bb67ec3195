//! The word that somebody probably meant.

/// Words longer than this are not compared.
const LONGEST: usize = 64;

/// The candidate nearest to `word` by edit distance, if at most a third of the letters differ.
/// The first one on a tie.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(LONGEST + 1).collect();
    if word.len() > LONGEST {
        return None;
    }
    let limit = (word.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().take(LONGEST).collect();
        let distance = distance(&word, &letters);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Edit distance with swaps of neighbours (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut left_a = None;
    for (row, &ca) in a.iter().enumerate() {
        let mut this = vec![row + 1];
        let mut left_b = None;
        for (column, &cb) in b.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX);
            let change = at(&last, column) + usize::from(ca != cb);
            let mut least = change
                .min(at(&last, column + 1) + 1)
                .min(at(&this, column) + 1);
            if left_a == Some(cb) && left_b == Some(ca) {
                least = least.min(at(&before, column.saturating_sub(1)) + 1);
            }
            this.push(least);
            left_b = Some(cb);
        }
        before = std::mem::replace(&mut last, this);
        left_a = Some(ca);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expect) in [
            ("", "", 0),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("ab", "ba", 1),
            ("anwser", "answer", 1),
            ("ca", "abc", 3),
            ("licence", "license", 1),
        ] {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            assert_eq!(distance(&a, &b), expect, "{a:?} {b:?}");
            assert_eq!(distance(&b, &a), expect, "{b:?} {a:?}");
        }
    }

    #[test]
    fn only_a_near_word_is_offered() {
        let words = ["accuracy", "refusal", "over_refusal", "id"];
        for (word, expect) in [
            ("acuracy", Some("accuracy")),
            ("refusla", Some("refusal")),
            ("overrefusal", Some("over_refusal")),
            ("di", Some("id")),
            ("wer", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, words), expect, "{word}");
        }
        assert_eq!(nearest(&"a".repeat(1000), words), None);
    }
}
