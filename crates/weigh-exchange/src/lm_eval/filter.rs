//! What is taken out of a reply before it is scored (`lm_eval/filters/`).

use regex::Regex;

use weigh_core::measure::text::unicode::is_python_space;

/// One step. Each takes the replies to one document and gives what the next one takes.
#[derive(Debug, Clone)]
pub enum Filter {
    /// `regex`: one of all matches.
    Regex(Extract),
    /// `remove_whitespace`: none before and behind.
    RemoveWhitespace,
    /// `lowercase`.
    Lowercase,
    /// `uppercase`.
    Uppercase,
    /// `map`: another text for each, and `None` is Python's.
    Map {
        /// From what to what, in the order of the file.
        pairs: Vec<(String, String)>,
        /// For every other text.
        default: Option<String>,
    },
    /// `take_first`.
    TakeFirst,
    /// `take_first_k`.
    TakeFirstK(usize),
    /// `majority_vote`: the commonest, the first of several.
    MajorityVote,
}

/// What `regex` takes out.
#[derive(Debug, Clone)]
pub struct Extract {
    /// With no group the whole match counts, with several the first that is not empty.
    pub pattern: Regex,
    /// Which match; negative from the end.
    pub group_select: i64,
    /// Where nothing matches.
    pub fallback: String,
}

/// Which match `group_select` asks for where there are too few: Python ends with an `IndexError`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterFault {
    /// There is no such match.
    #[error("match {wanted} is wanted, and there are {there}")]
    NoSuchMatch {
        /// `group_select`.
        wanted: i64,
        /// How many matches there are.
        there: usize,
    },
    /// There are fewer replies than `take_first_k` wants.
    #[error("{wanted} replies are wanted, and there are {there}")]
    TooFewReplies {
        /// `k`.
        wanted: usize,
        /// How many replies there are.
        there: usize,
    },
}

impl Filter {
    /// What is left of the replies to one document.
    ///
    /// # Errors
    /// Where lm-eval itself ends: a match or a reply that is not there.
    pub fn apply(&self, replies: Vec<String>) -> Result<Vec<String>, FilterFault> {
        let each = |change: &dyn Fn(&str) -> String| replies.iter().map(|r| change(r)).collect();
        Ok(match self {
            Self::Regex(extract) => replies
                .iter()
                .map(|reply| extract.from(reply))
                .collect::<Result<_, _>>()?,
            Self::RemoveWhitespace => each(&|reply| reply.trim_matches(is_python_space).to_owned()),
            Self::Lowercase => each(&|reply| reply.to_lowercase()),
            Self::Uppercase => each(&|reply| reply.to_uppercase()),
            Self::Map { pairs, default } => each(&|reply| mapped(reply, pairs, default.as_deref())),
            Self::TakeFirst => replies.into_iter().take(1).collect(),
            Self::TakeFirstK(wanted) => first_k(replies, *wanted)?,
            Self::MajorityVote => commonest(&replies).into_iter().collect(),
        })
    }
}

impl Extract {
    fn from(&self, reply: &str) -> Result<String, FilterFault> {
        let found: Vec<_> = self.pattern.captures_iter(reply).collect();
        if found.is_empty() {
            return Ok(self.fallback.clone());
        }
        let fault = || FilterFault::NoSuchMatch {
            wanted: self.group_select,
            there: found.len(),
        };
        let count = i64::try_from(found.len()).map_err(|_| fault())?;
        let place = if self.group_select < 0 {
            self.group_select + count
        } else {
            self.group_select
        };
        let place = usize::try_from(place).map_err(|_| fault())?;
        let captures = found.get(place).ok_or_else(fault)?;
        let group = |index: usize| captures.get(index).map_or("", |group| group.as_str());
        let taken = match captures.len() {
            1 => group(0),
            2 => group(1),
            groups => (1..groups)
                .map(group)
                .find(|text| !text.is_empty())
                .unwrap_or(&self.fallback),
        };
        Ok(taken.trim_matches(is_python_space).to_owned())
    }
}

fn mapped(reply: &str, pairs: &[(String, String)], default: Option<&str>) -> String {
    let mut found = pairs.iter().rev();
    let found = found.find(|(from, _)| from == reply);
    let text = found.map(|(_, to)| to.as_str()).or(default);
    text.unwrap_or("None").to_owned()
}

fn first_k(mut replies: Vec<String>, wanted: usize) -> Result<Vec<String>, FilterFault> {
    let there = replies.len();
    if there < wanted {
        return Err(FilterFault::TooFewReplies { wanted, there });
    }
    replies.truncate(wanted);
    Ok(replies)
}

fn commonest(replies: &[String]) -> Option<String> {
    let votes = |reply: &String| replies.iter().filter(|other| *other == reply).count();
    let most = replies.iter().map(votes).max()?;
    replies.iter().find(|reply| votes(reply) == most).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_python_would() {
        let check = |pattern: &str, reply: &str, group_select: i64, expect: Option<&str>| {
            let Ok(pattern) = Regex::new(pattern) else {
                return assert_eq!(expect, None);
            };
            let fallback = "[invalid]".to_owned();
            let filter = Filter::Regex(Extract {
                pattern,
                group_select,
                fallback,
            });
            let taken = filter.apply(vec![reply.to_owned()]).ok();
            assert_eq!(taken, expect.map(|text| vec![text.to_owned()]), "{reply}");
        };
        check(r"(-?[$0-9.,]{2,})|(-?[0-9]+)", "is 7", -1, Some("7"));
        check(r"#### (\-?[0-9\.\,]+)", "#### 5\n#### 6", 0, Some("5"));
        check("[0-9]+", "a", 0, Some("[invalid]"));
        check("[0-9]+", "1 2", 2, None);
        check("[0-9]+", "1 2", -3, None);
        check("([a-z]*)1", "1", 0, Some(""));
        check("(a)|(b)|()", "c", 0, Some("[invalid]"));
    }

    #[test]
    fn steps_between_replies() {
        let check = |filter: &Filter, replies: &[&str], expect: &[&str]| {
            let replies = replies.iter().map(ToString::to_string).collect();
            assert_eq!(
                filter.apply(replies),
                Ok(expect.iter().map(ToString::to_string).collect())
            );
        };
        check(&Filter::MajorityVote, &["a", "b", "b", "a"], &["a"]);
        check(&Filter::TakeFirst, &["a", "b"], &["a"]);
        check(&Filter::TakeFirstK(2), &["a", "b", "c"], &["a", "b"]);
        check(&Filter::RemoveWhitespace, &[" a\u{1f}\n", "b"], &["a", "b"]);
        check(&Filter::Uppercase, &["straße"], &["STRASSE"]);
        let pairs = vec![("A".to_owned(), "0".to_owned())];
        check(
            &Filter::Map {
                pairs,
                default: None,
            },
            &["A", "B"],
            &["0", "None"],
        );
        assert!(Filter::TakeFirstK(2).apply(vec!["a".to_owned()]).is_err());
    }
}
