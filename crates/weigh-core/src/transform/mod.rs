//! What is done to a test case before a model reads it: perturbations that people cause, and attacks.
//!
//! A [`Transform`] is a pure function of the text, its language and a seed: the same three give the
//! same bytes on every machine. It changes something or says why it cannot ([`NotApplicable`]); an
//! unchanged text is never passed off as a changed one. A [`Recipe`] applies several in a row and
//! its name, `typos+digits_native`, is the name of the case's variant in the record.
//!
//! Text is changed by whole grapheme clusters (Unicode Standard Annex 29), and placeholders in
//! braces, URLs and mail addresses stay as they are ([`cluster`]); `base64` and `rot13` encode
//! all of the text, since nobody could read a part that was left out. A text in Normalization Form C
//! stays in it, except under `nfd`.
//!
//! What each one does, and where its idea is from: `docs/transforms.md`.

mod cluster;
mod digits;
mod encode;
mod frames;
mod hidden;
mod homoglyph;
mod keyboard;
mod letter_case;
mod marks;
mod message;
mod name;
pub mod order;
mod recipe;
pub mod seed;
mod spacing;
#[cfg(test)]
mod tests;
mod typos;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::language::Language;
use crate::request::Message;

pub use name::UnknownTransform;
pub use recipe::{NotARecipe, Recipe};
pub use seed::seed_for;

/// One change. The set is closed, in an order that has a meaning: perturbations, of which the last
/// orders choices, and then attacks, of which the last three change a whole conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transform {
    /// Slips of the finger on the language's usual keyboard: at most one in a word, in 20 % of them.
    Typos,
    /// All letters in upper case.
    UpperCase,
    /// All letters in lower case.
    LowerCase,
    /// The other case for half of the letters.
    RandomCase,
    /// Two spaces for one, at a quarter of the spaces.
    SpacesDoubled,
    /// A quarter of the spaces between two words left out.
    SpacesDropped,
    /// A space before each mark of punctuation that ends a part of a sentence.
    SpaceBeforePunctuation,
    /// ASCII digits as the digits of the language.
    DigitsNative,
    /// Digits of any script as ASCII digits.
    DigitsAscii,
    /// Letters without their accents, vowel points and dots.
    DiacriticsDropped,
    /// Canonical decomposition: the same text in other bytes.
    Nfd,
    /// A quarter of the letters that have one as a look-alike of another script.
    Homoglyphs,
    /// A neutral sentence around the request.
    Paraphrase,
    /// An unrelated harmless sentence before the request.
    Distractor,
    /// Another order of the choices of a case.
    OptionOrder,
    /// All of the text in base64 (RFC 4648).
    Base64,
    /// Latin letters moved by 13 places.
    Rot13,
    /// Digits that resemble letters in their place.
    Leetspeak,
    /// Every word spelled out with hyphens.
    SpelledOut,
    /// The request as a question to a character in a scene.
    RoleFrame,
    /// The demand that the answer begin with words of consent.
    PrefixInjection,
    /// Rules against refusing, before the request.
    RefusalSuppression,
    /// The request in two parts that the model is to join.
    PayloadSplit,
    /// The demand to translate, answer, and translate back.
    TranslationFrame,
    /// The demand to restore a disguised request: the last step after an encoding.
    DecodeFrame,
    /// Zero-width spaces within words.
    ZeroWidth,
    /// Tag characters (U+E0061 to U+E007A), which have no shape, within words.
    TagCharacters,
    /// 32 harmless turns before the request, in each of which the model complied.
    ManyShot,
    /// A system prompt that lifts the rules, in the place of the conversation's own.
    SystemOverride,
    /// A turn of the model that begins to comply, and the request to go on.
    PrefilledTurn,
}

/// What a transform is meant to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Something people do without intent. The right answer stays what it was.
    Perturbation,
    /// Something that people do to get an answer they should not get.
    Attack,
}

/// What a transform changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A text; in a conversation, the last message of the user.
    Text,
    /// A conversation as a whole.
    Conversation,
    /// The order of a case's choices.
    Choices,
}

/// Why a transform leaves a text alone. Reads after "cannot apply `typos`: ".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum NotApplicable {
    /// Slips need a keyboard.
    #[error("no keyboard is known for `{0}`")]
    NoKeyboard(Language),
    /// Frames are written language by language.
    #[error("no wording is known in `{0}`")]
    NoFrame(Language),
    /// The language is written with ASCII digits, or with numerals that are no decimal digits.
    #[error("`{0}` has no decimal digits of its own")]
    NoNativeDigits(Language),
    /// The text has nothing that the transform changes.
    #[error("the text has no {0}")]
    Nothing(&'static str),
    /// One choice has one order.
    #[error("there are fewer than two choices to order")]
    OneChoice,
    /// A text was given to a transform of [`Level::Conversation`].
    #[error("it changes a conversation, and this is a single text")]
    NeedsConversation,
    /// A text was given to a transform of [`Level::Choices`].
    #[error("it changes the order of choices, and this is a text")]
    NeedsChoices,
    /// A conversation without a request.
    #[error("no message of the conversation is the user's")]
    NoUserMessage,
    /// The model's turn can only be begun after a request.
    #[error("the conversation does not end with the user's message")]
    UserNotLast,
}

impl Transform {
    /// The rule's version: any change that can move a byte of a result raises it.
    #[must_use]
    pub const fn version(self) -> u32 {
        1
    }

    /// What it is meant to show.
    #[must_use]
    pub fn kind(self) -> Kind {
        if self <= Self::OptionOrder {
            Kind::Perturbation
        } else {
            Kind::Attack
        }
    }

    /// What it changes.
    #[must_use]
    pub fn level(self) -> Level {
        if self >= Self::ManyShot {
            Level::Conversation
        } else if self == Self::OptionOrder {
            Level::Choices
        } else {
            Level::Text
        }
    }

    /// `text`, which is in `language`, changed. `seed` decides every draw; [`seed_for`] derives it.
    ///
    /// # Errors
    /// Why it cannot be applied.
    pub fn apply(
        self,
        text: &str,
        language: &Language,
        seed: u64,
    ) -> Result<String, NotApplicable> {
        let mut changed = self.change(text, language, seed)?;
        if self != Self::Nfd && is_nfc(text) && !is_nfc(&changed) {
            changed = changed.nfc().collect();
        }
        if changed == text {
            return Err(NotApplicable::Nothing("part that it would change"));
        }
        Ok(changed)
    }

    /// `messages`, which are in `language`, changed: the conversation, or its last message of the user.
    ///
    /// # Errors
    /// Why it cannot be applied.
    pub fn apply_messages(
        self,
        messages: &[Message],
        language: &Language,
        seed: u64,
    ) -> Result<Vec<Message>, NotApplicable> {
        let changed = message::apply(self, messages, language, seed)?;
        if changed == messages {
            return Err(NotApplicable::Nothing("part that it would change"));
        }
        Ok(changed)
    }

    fn change(self, text: &str, language: &Language, seed: u64) -> Result<String, NotApplicable> {
        match self {
            Self::Typos => typos::typos(text, language, seed),
            Self::UpperCase => letter_case::upper_case(text, language),
            Self::LowerCase => letter_case::lower_case(text, language),
            Self::RandomCase => letter_case::random_case(text, language, seed),
            Self::SpacesDoubled => spacing::doubled(text, seed),
            Self::SpacesDropped => spacing::dropped(text, seed),
            Self::SpaceBeforePunctuation => spacing::before_punctuation(text),
            Self::DigitsNative => digits::native(text, language),
            Self::DigitsAscii => digits::ascii(text),
            Self::DiacriticsDropped => marks::dropped(text),
            Self::Nfd => marks::decomposed(text),
            Self::Homoglyphs => homoglyph::homoglyphs(text, seed),
            Self::Base64 => encode::base64(text),
            Self::Rot13 => encode::rot13(text),
            Self::Leetspeak => encode::leetspeak(text),
            Self::SpelledOut => encode::spelled_out(text),
            Self::ZeroWidth => hidden::zero_width(text, seed),
            Self::TagCharacters => hidden::tag_characters(text, seed),
            Self::Paraphrase => frames::framed(text, language, seed, |f| f.paraphrase),
            Self::Distractor => frames::framed(text, language, seed, |f| f.distractor),
            Self::RoleFrame => frames::framed(text, language, seed, |f| f.role),
            Self::PrefixInjection => frames::framed(text, language, seed, |f| f.prefix),
            Self::RefusalSuppression => frames::framed(text, language, seed, |f| f.suppression),
            Self::TranslationFrame => frames::framed(text, language, seed, |f| f.translation),
            Self::DecodeFrame => frames::framed(text, language, seed, |f| f.decode),
            Self::PayloadSplit => frames::split(text, language),
            Self::OptionOrder => Err(NotApplicable::NeedsChoices),
            Self::ManyShot | Self::SystemOverride | Self::PrefilledTurn => {
                Err(NotApplicable::NeedsConversation)
            }
        }
    }
}
