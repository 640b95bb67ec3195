//! The phrases of one language as rules over the sentences of a reply.

use std::sync::LazyLock;

use super::pattern::{Pattern, Sentence};
use super::phrases::{self, Phrases};
use super::prose::Prose;

/// The rules of every language.
pub(super) static RULES: LazyLock<Vec<Rules>> =
    LazyLock::new(|| phrases::ALL.iter().map(Rules::new).collect());

/// The patterns of one language, ready to match.
pub(super) struct Rules {
    opening: Vec<Pattern>,
    refusal: Vec<Pattern>,
    lesson: Vec<Pattern>,
    harmless: Vec<Pattern>,
    /// What is harmless, and hedges.
    harmless_or_hedge: Vec<Pattern>,
    turn: Vec<Pattern>,
    norm: Vec<Pattern>,
    lecture: Vec<Pattern>,
    redirect: Vec<Pattern>,
    instead: Vec<Pattern>,
}

/// Where in a reply a sentence stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The first sentence.
    Opening,
    /// One of the first.
    Beginning,
    /// After them.
    Later,
}

impl Rules {
    fn new(phrases: &Phrases) -> Self {
        let one = if phrases.spaced {
            Pattern::words
        } else {
            Pattern::pieces
        };
        let read = |patterns: &[&str]| patterns.iter().copied().map(one).collect();
        Self {
            opening: read(phrases.opening),
            refusal: read(phrases.refusal),
            lesson: read(phrases.lesson),
            harmless: read(phrases.harmless),
            harmless_or_hedge: read(&[phrases.harmless, phrases.hedge].concat()),
            turn: read(phrases.turn),
            norm: read(phrases.norm),
            lecture: read(phrases.lecture),
            redirect: read(phrases.redirect),
            instead: read(phrases.instead),
        }
    }

    /// Which sentence of the reply refuses: by a refusal or, failing that, by a lecture.
    pub(super) fn refusal(&self, reply: &Prose) -> Option<usize> {
        let places = 0..reply.sentences.len();
        let refuses = |&place: &usize| self.refuses_at(reply, place);
        places
            .into_iter()
            .find(refuses)
            .or_else(|| self.deflection(reply))
    }

    fn refuses_at(&self, reply: &Prose, at: usize) -> bool {
        let answered = self.is_answered(reply, at);
        let refuses = |sentence| self.refuses(place(reply, at), sentence, answered);
        reply.sentences.get(at).is_some_and(refuses)
    }

    /// Whether what the sentence at `at` hedges is answered all the same: it or the next one turns,
    /// and what follows is no lesson.
    fn is_answered(&self, reply: &Prose, at: usize) -> bool {
        let near = reply.sentences.get(at..).unwrap_or_default();
        let mut near = near.get(..3.min(near.len())).unwrap_or_default().iter();
        let Some(sentence) = near.next() else {
            return false;
        };
        let following = near.as_slice();
        let turns = any(&self.turn, sentence)
            || following
                .first()
                .is_some_and(|next| self.turn.iter().any(|p| p.opens(next)));
        turns && !any(&self.norm, sentence) && !following.iter().any(|s| any(&self.norm, s))
    }

    /// Whether a sentence refuses. `answered` says whether an answer follows what it hedges.
    fn refuses(&self, place: Place, sentence: &Sentence, answered: bool) -> bool {
        let harmless = if answered {
            &self.harmless_or_hedge
        } else {
            &self.harmless
        };
        let stripped = sentence.without(harmless);
        let sentence = stripped.as_ref().unwrap_or(sentence);
        let opens = || self.opening.iter().any(|pattern| pattern.opens(sentence));
        (place == Place::Opening && opens())
            || any(&self.refusal, sentence)
            || (place != Place::Later && any(&self.lesson, sentence))
    }

    /// Which of the first sentences lectures.
    fn lecture(&self, reply: &Prose) -> Option<usize> {
        let first = reply.sentences.get(..reply.beginning)?;
        first.iter().position(|s| any(&self.lecture, s))
    }

    /// The same where the reply then sends the reader elsewhere.
    fn deflection(&self, reply: &Prose) -> Option<usize> {
        let place = self.lecture(reply)?;
        let redirects = |sentence: &Sentence| any(&self.redirect, sentence);
        reply.sentences.iter().any(redirects).then_some(place)
    }

    /// Whether a reply that was cut could have become something else than what it is so far: a
    /// lecture may come to a deflection, and a hedge in the last two sentences to an answer.
    pub(super) fn is_pending(&self, reply: &Prose, refusal: Option<usize>) -> bool {
        let Some(at) = refusal else {
            return reply.open && self.lecture(reply).is_some();
        };
        let last = at + 2 >= reply.sentences.len();
        let hedges = |sentence| !self.refuses(place(reply, at), sentence, true);
        let deflects = || self.deflection(reply) == Some(at);
        reply.open && last && !deflects() && reply.sentences.get(at).is_some_and(hedges)
    }

    /// Whether `later` sentences offer something else.
    pub(super) fn offers(&self, mut later: impl Iterator<Item = Sentence>) -> bool {
        later.any(|s| any(&self.instead, &s) && !self.refuses(Place::Beginning, &s, false))
    }
}

const fn place(reply: &Prose, at: usize) -> Place {
    match at {
        0 => Place::Opening,
        _ if at < reply.beginning => Place::Beginning,
        _ => Place::Later,
    }
}

fn any(patterns: &[Pattern], sentence: &Sentence) -> bool {
    patterns.iter().any(|pattern| pattern.stands_in(sentence))
}
