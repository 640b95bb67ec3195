//! Every kind of instruction by its id, and which parameters it has.

use super::Parameters;
use super::value::{TEXT, TEXTS};
use crate::measure::instruction::kind::Instruction;

/// Reads the parameters of a kind.
pub(super) type Build = fn(&mut Parameters) -> Option<Instruction>;

/// Every id with the function that reads its parameters.
pub(super) const KINDS: [(&str, Build); 37] = [
    ("keywords:existence", |p| {
        let keywords = p.texts("keywords")?;
        Some(Instruction::Keywords { keywords })
    }),
    ("keywords:frequency", |p| {
        let (keyword, amount) = (p.text("keyword"), p.amount("relation", "frequency"));
        let (keyword, amount) = keyword.zip(amount)?;
        Some(Instruction::KeywordFrequency { keyword, amount })
    }),
    ("keywords:forbidden_words", |p| {
        let words = p.texts("forbidden_words")?;
        Some(Instruction::ForbiddenWords { words })
    }),
    ("keywords:letter_frequency", |p| {
        let (letter, amount) = (
            p.letter("letter"),
            p.amount("let_relation", "let_frequency"),
        );
        let (letter, amount) = letter.zip(amount)?;
        Some(Instruction::LetterFrequency { letter, amount })
    }),
    ("language:response_language", |p| {
        let language = p.language("language")?;
        Some(Instruction::ResponseLanguage { language })
    }),
    ("length_constraints:number_sentences", |p| {
        p.amount("relation", "num_sentences")
            .map(Instruction::Sentences)
    }),
    ("length_constraints:number_words", |p| {
        p.amount("relation", "num_words").map(Instruction::Words)
    }),
    ("length_constraints:number_letters", |p| {
        p.amount("relation", "num_letters")
            .map(Instruction::Letters)
    }),
    ("length_constraints:number_paragraphs", |p| {
        p.count("num_paragraphs").map(Instruction::Paragraphs)
    }),
    ("length_constraints:nth_paragraph_first_word", |p| {
        p.nth_paragraph()
    }),
    ("detectable_content:number_placeholders", |p| {
        p.count("num_placeholders").map(Instruction::Placeholders)
    }),
    ("detectable_content:postscript", |p| {
        let marker = p.text("postscript_marker")?;
        Some(Instruction::Postscript { marker })
    }),
    ("detectable_format:number_bullet_lists", |p| {
        let (count, marks) = (p.count("num_bullets"), p.optional("bullets", TEXT));
        let count = count?;
        Some(Instruction::Bullets { count, marks })
    }),
    ("detectable_format:number_numbered_lists", |p| {
        p.count("num_items").map(Instruction::NumberedItems)
    }),
    ("detectable_format:multiple_sections", |p| {
        let (splitter, count) = p.text("section_spliter").zip(p.count("num_sections"))?;
        Some(Instruction::Sections { splitter, count })
    }),
    ("detectable_format:number_highlighted_sections", |p| {
        p.count("num_highlights").map(Instruction::Highlights)
    }),
    ("detectable_format:constrained_response", |p| {
        let options = p.optional("options", TEXTS).unwrap_or_default();
        Some(Instruction::ConstrainedResponse { options })
    }),
    ("detectable_format:json_format", |_| Some(Instruction::Json)),
    ("detectable_format:title", |_| Some(Instruction::Title)),
    ("detectable_format:nominal_ending", |p| {
        p.count("count").map(Instruction::NominalEndings)
    }),
    ("combination:repeat_prompt", |p| {
        let text = p.optional("prompt_to_repeat", TEXT);
        Some(Instruction::RepeatPrompt { text })
    }),
    ("combination:two_responses", |_| {
        Some(Instruction::TwoResponses)
    }),
    ("change_case:english_capital", |_| {
        Some(Instruction::UpperCase)
    }),
    ("change_case:english_lowercase", |_| {
        Some(Instruction::LowerCase)
    }),
    ("change_case:capital_word_frequency", |p| {
        p.amount("capital_relation", "capital_frequency")
            .map(Instruction::CapitalWords)
    }),
    ("punctuation:no_comma", |_| Some(Instruction::NoComma)),
    ("punctuation:no_period", |_| Some(Instruction::NoFullStop)),
    ("startend:end_checker", |p| {
        let phrase = p.text("end_phrase")?;
        Some(Instruction::EndsWith { phrase })
    }),
    ("startend:quotation", |_| Some(Instruction::Quotation)),
    ("startend:sentence_unified_end", |p| {
        let ending = p.text("ending")?;
        Some(Instruction::SentencesEndWith { ending })
    }),
    ("letters:furigana", |_| Some(Instruction::Furigana)),
    ("letters:kanji", |p| {
        p.amount("relation", "kanji_limit").map(Instruction::Kanji)
    }),
    ("letters:hiragana_only", |_| Some(Instruction::HiraganaOnly)),
    ("letters:katakana_only", |_| Some(Instruction::KatakanaOnly)),
    ("letters:no_hiragana", |_| Some(Instruction::NoHiragana)),
    ("letters:no_katakana", |_| Some(Instruction::NoKatakana)),
    ("letters:kansuuji", |_| Some(Instruction::NumbersInKanji)),
];
