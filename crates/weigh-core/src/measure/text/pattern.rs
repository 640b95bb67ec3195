//! Patterns: regular expressions in the syntax of the `regex` crate, which match in linear time.
//!
//! There is no look-around and there are no back-references; in exchange no pattern and no text can
//! make a match take exponential time. Length, nesting and compiled size of a pattern are limited.

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

/// The longest pattern, in bytes.
const MAX_BYTES: usize = 16 * 1024;
/// The most memory that a compiled pattern may take, in bytes.
const MAX_COMPILED: usize = 4 * 1024 * 1024;
/// The deepest nesting of groups and repetitions.
const MAX_NESTING: u32 = 64;

/// A pattern that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It breaks the syntax.
    #[error("the pattern is wrong at line {line}, column {column}, `{part}`: {problem}{hint}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// The part that is wrong.
        part: String,
        /// What is wrong with it.
        problem: String,
        /// How to mend it; empty where the problem says it.
        hint: &'static str,
    },
    /// It is too long.
    #[error("the pattern has {0} bytes; at most {MAX_BYTES} are allowed")]
    TooLong(usize),
    /// Compiled, it is too large.
    #[error(
        "the pattern takes more than {MAX_COMPILED} bytes when compiled; shorten counted \
         repetitions such as `{{1000}}` or use ASCII classes such as `[0-9]` for `\\d`"
    )]
    TooLarge,
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    anywhere: Regex,
    whole: Regex,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// When it breaks the syntax, uses look-around or back-references, or is too large.
    pub fn new(source: &str) -> Result<Self, PatternError> {
        let anywhere = compile(source)?;
        // As parsed and written again, a pattern holds no comment that could swallow the end.
        let whole = compile(&format!(r"\A(?:{})\z", parse(source)?))?;
        Ok(Self { anywhere, whole })
    }

    /// Whether the pattern matches somewhere in `text`.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.anywhere.is_match(text)
    }

    /// Whether the pattern matches all of `text`, white space around it aside.
    #[must_use]
    pub fn is_all_of(&self, text: &str) -> bool {
        self.whole.is_match(text.trim())
    }

    /// The first match: its first group where the pattern has one that took part, or all of it.
    #[must_use]
    pub fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        let found = self.anywhere.captures(text)?;
        let part = found.get(1).or_else(|| found.get(0))?;
        Some(part.as_str())
    }
}

/// A compiled regular expression within the limits of this module.
///
/// # Errors
/// As for [`Pattern::new`].
pub fn compile(source: &str) -> Result<Regex, PatternError> {
    if source.len() > MAX_BYTES {
        return Err(PatternError::TooLong(source.len()));
    }
    parse(source)?;
    // What parses fails to compile for its size only.
    RegexBuilder::new(source)
        .nest_limit(MAX_NESTING)
        .size_limit(MAX_COMPILED)
        .dfa_size_limit(MAX_COMPILED)
        .build()
        .map_err(|_| PatternError::TooLarge)
}

fn parse(source: &str) -> Result<Hir, PatternError> {
    let mut parser = ParserBuilder::new().nest_limit(MAX_NESTING).build();
    parser.parse(source).map_err(|error| syntax(source, &error))
}

fn syntax(source: &str, error: &regex_syntax::Error) -> PatternError {
    let (span, problem) = match error {
        regex_syntax::Error::Parse(error) => (Some(*error.span()), error.kind().to_string()),
        regex_syntax::Error::Translate(error) => (Some(*error.span()), error.kind().to_string()),
        other => (None, other.to_string()),
    };
    let start = span.map(|span| span.start);
    let part = span.and_then(|span| {
        let rest = source.get(span.start.offset..)?;
        // An empty span stands before the character that is in the way.
        let next = rest.chars().next().map_or(0, char::len_utf8);
        rest.get(..(span.end.offset - span.start.offset).max(next))
    });
    let hint = if problem.contains("look-around") {
        "; match more and put the part you want into a group, or use two checks"
    } else if problem.contains("backreference") {
        "; write out what may be repeated"
    } else {
        ""
    };
    PatternError::Syntax {
        line: start.map_or(1, |start| start.line),
        column: start.map_or(1, |start| start.column),
        part: part.unwrap_or_default().to_owned(),
        problem,
        hint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somewhere_all_of_it_and_the_first_group() {
        let year = Pattern::new(r"(\d{4})-\d\d").unwrap();
        assert!(year.is_in("on 2024-05 it was") && !year.is_in("24-05"));
        assert!(year.is_all_of(" 2024-05\n") && !year.is_all_of("2024-05-01"));
        assert_eq!(year.find("on 2024-05"), Some("2024"));
        assert_eq!(Pattern::new("a|b+").unwrap().find("cbb"), Some("bb"));
        let either = Pattern::new("a|b").unwrap();
        assert!(!either.is_all_of("ab") && either.is_all_of("b"));
        let verbose = Pattern::new("(?x) a b # a comment").unwrap();
        assert!(verbose.is_all_of("ab") && !verbose.is_all_of("abc"));
        let arabic = Pattern::new(r"^\d+$").unwrap();
        assert!(arabic.is_in("١٨"), "digits of every script");
    }

    #[test]
    fn errors_name_the_place() {
        let refused = |source: &str| Pattern::new(source).unwrap_err().to_string();
        insta::assert_snapshot!(
            [
                "a(b", "a\n  [z-a]", "x{3,1}", r"(?<!a)b", r"(a)\1", r"\p{Klingon}", "*a", "é)",
                &"a".repeat(20_000), r"\w{500}{50}", &format!("{}a{}", "(".repeat(100), ")".repeat(100)),
            ]
            .map(refused)
            .join("\n"),
            @r"
        the pattern is wrong at line 1, column 2, `(`: unclosed group
        the pattern is wrong at line 2, column 4, `z-a`: invalid character class range, the start must be <= the end
        the pattern is wrong at line 1, column 2, `{3,1}`: invalid repetition count range, the start must be <= the end
        the pattern is wrong at line 1, column 1, `(?<!`: look-around, including look-ahead and look-behind, is not supported; match more and put the part you want into a group, or use two checks
        the pattern is wrong at line 1, column 4, `\1`: backreferences are not supported; write out what may be repeated
        the pattern is wrong at line 1, column 1, `\p{Klingon}`: Unicode property not found
        the pattern is wrong at line 1, column 1, `*`: repetition operator missing expression
        the pattern is wrong at line 1, column 2, `)`: unopened group
        the pattern has 20000 bytes; at most 16384 are allowed
        the pattern takes more than 4194304 bytes when compiled; shorten counted repetitions such as `{1000}` or use ASCII classes such as `[0-9]` for `\d`
        the pattern is wrong at line 1, column 65, `((((((((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))))))))`: exceed the maximum number of nested parentheses/brackets (64)
        "
        );
    }
}
