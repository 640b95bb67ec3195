//! The kinds of instructions with their parameters.

use std::fmt;

use super::verdict::{Undecided, Verdict};
use crate::language::Language;

/// One verifiable instruction. The id in suites stands beside each kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instruction {
    /// `keywords:existence`: every keyword stands in the reply.
    Keywords {
        /// What must stand there.
        keywords: Vec<String>,
    },
    /// `keywords:frequency`: how often a keyword stands in the reply.
    KeywordFrequency {
        /// What is counted.
        keyword: String,
        /// How often.
        amount: Amount,
    },
    /// `keywords:forbidden_words`: none of these words stands in the reply.
    ForbiddenWords {
        /// What must not stand there.
        words: Vec<String>,
    },
    /// `keywords:letter_frequency`: how often a letter stands in the reply.
    LetterFrequency {
        /// One user-perceived character.
        letter: String,
        /// How often.
        amount: Amount,
    },
    /// `language:response_language`: the language of the whole reply.
    ResponseLanguage {
        /// Which one.
        language: Language,
    },
    /// `length_constraints:number_sentences`.
    Sentences(Amount),
    /// `length_constraints:number_words`.
    Words(Amount),
    /// `length_constraints:number_letters`: user-perceived characters of any sort.
    Letters(Amount),
    /// `length_constraints:number_paragraphs`: so many, with `***` between them.
    Paragraphs(u64),
    /// `length_constraints:nth_paragraph_first_word`.
    NthParagraph(NthParagraph),
    /// `detectable_content:number_placeholders`: at least so many of the form `[name]`.
    Placeholders(u64),
    /// `detectable_content:postscript`.
    Postscript {
        /// What the postscript begins with.
        marker: String,
    },
    /// `detectable_format:number_bullet_lists`: exactly so many bullet points.
    Bullets {
        /// How many.
        count: u64,
        /// The characters that are bullets, where the language's own are not meant.
        marks: Option<String>,
    },
    /// `detectable_format:number_numbered_lists`: exactly so many numbered items.
    NumberedItems(u64),
    /// `detectable_format:multiple_sections`: at least so many section headings.
    Sections {
        /// The word beside the number of a section.
        splitter: String,
        /// How many.
        count: u64,
    },
    /// `detectable_format:number_highlighted_sections`: at least so many.
    Highlights(u64),
    /// `detectable_format:constrained_response`: one of these answers is given.
    ConstrainedResponse {
        /// The answers; empty for those of IFEval in the language.
        options: Vec<String>,
    },
    /// `detectable_format:json_format`.
    Json,
    /// `detectable_format:title`.
    Title,
    /// `combination:repeat_prompt`: the reply begins with the request.
    RepeatPrompt {
        /// The part of the prompt that is repeated; without it the whole prompt.
        text: Option<String>,
    },
    /// `combination:two_responses`: two different ones, with `******` between them.
    TwoResponses,
    /// `change_case:english_capital`: the reply is in its language and in upper case.
    UpperCase,
    /// `change_case:english_lowercase`: the reply is in its language and in lower case.
    LowerCase,
    /// `change_case:capital_word_frequency`: words that are wholly in upper case.
    CapitalWords(Amount),
    /// `punctuation:no_comma`.
    NoComma,
    /// `punctuation:no_period`.
    NoFullStop,
    /// `startend:end_checker`: the last words of the reply.
    EndsWith {
        /// Those words.
        phrase: String,
    },
    /// `startend:quotation`: the whole reply stands in quotation marks.
    Quotation,
    /// `startend:sentence_unified_end`: every sentence ends with the same letters.
    SentencesEndWith {
        /// Those letters.
        ending: String,
    },
    /// `detectable_format:nominal_ending`: at least so many Japanese sentences end with a noun.
    NominalEndings(u64),
    /// `letters:furigana`: every run of kanji is followed by its reading in `（）`.
    Furigana,
    /// `letters:kanji`: how many kanji stand in the reply.
    Kanji(Amount),
    /// `letters:hiragana_only`: no letter of another script.
    HiraganaOnly,
    /// `letters:katakana_only`: no letter of another script.
    KatakanaOnly,
    /// `letters:no_hiragana`.
    NoHiragana,
    /// `letters:no_katakana`.
    NoKatakana,
    /// `letters:kansuuji`: no number is written in digits.
    NumbersInKanji,
}

/// What [`Instruction::NthParagraph`] asks for: paragraphs with a blank line between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NthParagraph {
    /// How many paragraphs, exactly.
    pub paragraphs: u64,
    /// Which of them, from 1.
    pub nth: u64,
    /// The first word of that one, in any letter case.
    pub first_word: String,
}

/// Which side of the number a count must lie on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The number itself is too many (`less than`, `未満`).
    LessThan,
    /// The number itself is enough (`at least`, `以上`).
    AtLeast,
}

/// How many are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Which side of the number.
    pub relation: Relation,
    /// The number.
    pub number: u64,
}

impl Amount {
    const fn holds(self, count: u64) -> bool {
        match self.relation {
            Relation::LessThan => count < self.number,
            Relation::AtLeast => count >= self.number,
        }
    }

    /// The verdict on a count of `unit`.
    pub(super) fn judge(self, count: u64, unit: &str) -> Verdict {
        Verdict::of(self.holds(count), format!("{count} {unit}, asked: {self}"))
    }

    /// The verdict on a count that is only known to lie between two numbers.
    pub(super) fn judge_between(
        self,
        (least, most): (u64, u64),
        unit: &str,
    ) -> Result<Verdict, Undecided> {
        if least == most {
            return Ok(self.judge(least, unit));
        }
        let reason = format!("between {least} and {most} {unit}, asked: {self}");
        match (self.holds(least), self.holds(most)) {
            (true, true) => Ok(Verdict::of(true, reason)),
            (false, false) => Ok(Verdict::of(false, reason)),
            (true, false) | (false, true) => Err(Undecided(reason)),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let relation = match self.relation {
            Relation::LessThan => "less than",
            Relation::AtLeast => "at least",
        };
        write!(f, "{relation} {}", self.number)
    }
}
