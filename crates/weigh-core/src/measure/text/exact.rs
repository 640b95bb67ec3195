//! Exact match: the answer is one of the references, letter by letter once both are normalised.

use super::normalise::{folded, normalise};
use crate::language::Language;

/// Whether the answer equals one of the references under [`normalise`]. False without a reference.
///
/// A reference of punctuation only (`?!`) is compared with its punctuation: nothing equals nothing.
#[must_use]
pub fn exact_match<S: AsRef<str>>(answer: &str, references: &[S], language: &Language) -> bool {
    let normal = normalise(answer, language);
    references.iter().map(AsRef::as_ref).any(|reference| {
        let expected = normalise(reference, language);
        if expected.is_empty() {
            let exact = folded(reference, language);
            !exact.is_empty() && exact == folded(answer, language)
        } else {
            expected == normal
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_the_references() {
        for (tag, answer, references, expect) in [
            ("en", "The Eiffel Tower!", &["Eiffel tower"][..], true),
            ("en", "Paris", &["London", "paris."], true),
            ("en", "Paris, France", &["Paris"], false),
            ("en", "-5", &["5"], false),
            ("en", "1.5", &["15"], false),
            ("en", "...", &["?"], false),
            ("en", "", &["?"], false),
            ("en", " ? ", &["?"], true),
            ("en", "", &[""], false),
            ("en", "x", &[], false),
            ("bn", "১৮।", &["18"], true),
            ("zh", "北京。", &["北京"], true),
        ] {
            let language = tag.parse().unwrap();
            assert_eq!(
                exact_match(answer, references, &language),
                expect,
                "{answer}"
            );
        }
    }
}
