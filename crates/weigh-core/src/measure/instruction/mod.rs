//! Verifiable instructions: whether a reply does what a prompt asked for, found by rules alone.
//!
//! The kinds are those of IFEval (Zhou et al. 2023, arXiv 2311.07911) and of its Japanese sibling
//! in M-IFEval (Dussolle et al. 2025, arXiv 2502.04688). English and Japanese replies are read as
//! the two reference implementations read them, so that figures can be compared; every other
//! language is read by the conventions of its writing. What a rule cannot know is undecided.

mod case;
mod combination;
mod content;
mod format;
mod japanese;
mod keywords;
mod kind;
mod language;
mod length;
mod parse;
mod punctuation;
mod sentence;
mod start_end;
mod structure;
#[cfg(test)]
mod tests;
mod verdict;
mod writing;

pub use self::kind::{Amount, Instruction, NthParagraph, Relation};
pub use self::parse::{InstructionFault, Problem, kinds};
pub use self::verdict::{Strictness, Undecided, Verdict, all_follow};

use self::writing::Writing;
use crate::language::Language;

/// A prompt and the reply to it, with what is needed to read them.
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    /// What was asked, without the chat template.
    pub prompt: &'a str,
    /// What was answered, without the model's thoughts.
    pub reply: &'a str,
    /// The language that the prompt asks for an answer in.
    pub language: &'a Language,
    /// Tells the language of a text, where it can.
    pub identify: &'a dyn Fn(&str) -> Option<Language>,
}

/// One copy of a reply, as a rule reads it.
#[derive(Clone, Copy)]
struct Reply<'a> {
    text: &'a str,
    prompt: &'a str,
    writing: Writing<'a>,
    identify: &'a dyn Fn(&str) -> Option<Language>,
}

impl Instruction {
    /// Whether the reply follows this instruction, and why.
    ///
    /// An empty reply follows nothing. Read loosely, the reply follows when one of the eight copies
    /// of IFEval does: with and without its first line, its last line, and its asterisks.
    ///
    /// # Errors
    /// Why nothing can be decided. Read loosely: no copy follows and one of them is undecided.
    pub fn follows(&self, on: &Exchange, how: Strictness) -> Result<Verdict, Undecided> {
        let read = |text: &str| match text.trim() {
            "" => Ok(Verdict::no("the reply is empty")),
            _ => self.check(&Reply {
                text,
                prompt: on.prompt,
                writing: Writing::of(on.language),
                identify: on.identify,
            }),
        };
        let strict = read(on.reply);
        let follows = |found: &Result<Verdict, Undecided>| found.as_ref().is_ok_and(|v| v.follows);
        if how == Strictness::Strict || follows(&strict) {
            return strict;
        }
        let mut undecided = None;
        for copy in verdict::relaxed(on.reply) {
            match read(&copy) {
                Ok(verdict) if verdict.follows => {
                    return Ok(verdict.because("without its first line, last line or asterisks"));
                }
                Ok(_) => {}
                Err(reason) => undecided = undecided.or(Some(reason)),
            }
        }
        match undecided {
            Some(reason) => strict.and(Err(reason)),
            None => strict,
        }
    }

    /// Whether it forbids something, so that what follows can only break it.
    #[must_use]
    pub const fn is_prohibition(&self) -> bool {
        matches!(
            self,
            Self::ForbiddenWords { .. } | Self::NoComma | Self::NoFullStop
        )
    }

    fn check(&self, reply: &Reply) -> Result<Verdict, Undecided> {
        match self {
            Self::Keywords { keywords } => Ok(keywords::existence(reply, keywords)),
            Self::KeywordFrequency { keyword, amount } => {
                keywords::frequency(reply, keyword, *amount)
            }
            Self::ForbiddenWords { words } => Ok(keywords::forbidden(reply, words)),
            Self::LetterFrequency { letter, amount } => keywords::letter(reply, letter, *amount),
            Self::ResponseLanguage { language } => language::response_language(reply, language),
            Self::Sentences(amount) => length::sentences(reply, *amount),
            Self::Words(amount) => length::words(reply, *amount),
            Self::Letters(amount) => length::letters(reply, *amount),
            Self::Paragraphs(count) => Ok(length::paragraphs(reply, *count)),
            Self::NthParagraph(asked) => Ok(length::nth_paragraph(reply, asked)),
            Self::Placeholders(count) => Ok(content::placeholders(reply, *count)),
            Self::Postscript { marker } => Ok(content::postscript(reply, marker)),
            Self::Bullets { count, marks } => {
                Ok(structure::bullets(reply, *count, marks.as_deref()))
            }
            Self::NumberedItems(count) => Ok(structure::numbered(reply, *count)),
            Self::Sections { splitter, count } => Ok(structure::sections(reply, splitter, *count)),
            Self::Highlights(count) => Ok(structure::highlights(reply, *count)),
            Self::ConstrainedResponse { options } => format::constrained(reply, options),
            Self::Json => format::json(reply),
            Self::Title => Ok(format::title(reply)),
            Self::RepeatPrompt { text } => Ok(combination::repeats(reply, text.as_deref())),
            Self::TwoResponses => Ok(combination::two_responses(reply)),
            Self::UpperCase => case::upper(reply),
            Self::LowerCase => case::lower(reply),
            Self::CapitalWords(amount) => case::capital_words(reply, *amount),
            Self::NoComma => Ok(punctuation::no_comma(reply)),
            Self::NoFullStop => Ok(punctuation::no_full_stop(reply)),
            Self::EndsWith { phrase } => Ok(start_end::ends_with(reply, phrase)),
            Self::Quotation => Ok(start_end::quotation(reply)),
            Self::SentencesEndWith { ending } => Ok(start_end::sentences_end_with(reply, ending)),
            Self::NominalEndings(count) => japanese::nominal_endings(reply, *count),
            Self::Furigana => Ok(japanese::furigana(reply)),
            Self::Kanji(amount) => japanese::kanji(reply, *amount),
            Self::HiraganaOnly => Ok(japanese::hiragana_only(reply)),
            Self::KatakanaOnly => Ok(japanese::katakana_only(reply)),
            Self::NoHiragana => Ok(japanese::no_hiragana(reply)),
            Self::NoKatakana => Ok(japanese::no_katakana(reply)),
            Self::NumbersInKanji => Ok(japanese::numbers_in_kanji(reply)),
        }
    }
}
