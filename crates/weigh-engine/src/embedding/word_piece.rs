//! WordPiece: words in lower case without accents, cut into the longest pieces that the vocabulary has.
//!
//! The rules are those of BERT's uncased tokenizer, and Hugging Face's library is the oracle of the
//! tests. One thing is otherwise: `[SEP]` in a text is text. No text may end itself.

use std::collections::HashMap;

use regex_automata::meta::Regex;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a word; a longer one is unknown.
const LONGEST_WORD: usize = 100;
/// What begins the pieces that go on with a word.
const GOES_ON: &str = "##";

/// A tokenizer.
#[derive(Debug)]
pub(super) struct WordPiece {
    pieces: HashMap<Box<str>, u32>,
    unknown: u32,
    first: u32,
    last: u32,
    kinds: Kinds,
}

/// Sets of characters that Unicode knows and the standard library does not.
#[derive(Debug)]
struct Kinds {
    /// Control, format and private characters.
    other: Regex,
    /// Marks that take no room.
    mark: Regex,
    punctuation: Regex,
}

impl Kinds {
    fn new() -> Result<Self, String> {
        let class = |class: &str| Regex::new(class).map_err(|fault| fault.to_string());
        Ok(Self {
            other: class(r"^[\p{Cc}\p{Cf}\p{Co}]$")?,
            mark: class(r"^\p{Mn}$")?,
            punctuation: class(r"^\p{P}$")?,
        })
    }

    fn has(class: &Regex, c: char) -> bool {
        class.is_match(c.encode_utf8(&mut [0; 4]).as_bytes())
    }

    /// Whether a character is left out: it controls, or stands for none.
    fn is_left_out(&self, c: char) -> bool {
        let space = matches!(c, '\t' | '\n' | '\r');
        matches!(c, '\0' | '\u{fffd}')
            || !space && !c.is_ascii_graphic() && c != ' ' && Self::has(&self.other, c)
    }

    fn is_mark(&self, c: char) -> bool {
        is_combining_mark(c) && Self::has(&self.mark, c)
    }

    fn is_punctuation(&self, c: char) -> bool {
        c.is_ascii_punctuation() || !c.is_ascii() && Self::has(&self.punctuation, c)
    }
}

impl WordPiece {
    /// Reads a vocabulary: a piece on each line, whose number is the token's.
    pub fn read(bytes: &[u8], most: usize) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes).map_err(|fault| fault.to_string())?;
        let mut pieces = HashMap::new();
        for (id, piece) in text.lines().enumerate() {
            let id = u32::try_from(id).ok().filter(|id| (*id as usize) < most);
            let id = id.ok_or_else(|| format!("more than {most} pieces"))?;
            if is_cased(piece) {
                let line = id + 1;
                return Err(format!(
                    "the piece in line {line} has capital letters: it is the vocabulary of a cased \
                     model, and only texts in lower case are read here"
                ));
            }
            if pieces.insert(piece.into(), id).is_some() {
                return Err(format!("the piece in line {} stands twice", id + 1));
            }
        }
        let role = |name: &str| {
            let id = pieces.get(name).copied();
            id.ok_or_else(|| format!("it has no `{name}`"))
        };
        Ok(Self {
            unknown: role("[UNK]")?,
            first: role("[CLS]")?,
            last: role("[SEP]")?,
            kinds: Kinds::new()?,
            pieces,
        })
    }

    /// The tokens of a text, between the two that begin and end it.
    pub fn tokens(&self, text: &str) -> Vec<u32> {
        let mut tokens = vec![self.first];
        for word in self.words(text) {
            self.cut(&word, &mut tokens);
        }
        tokens.push(self.last);
        tokens
    }

    /// Words and single punctuation marks, in lower case and without accents.
    fn words(&self, text: &str) -> Vec<String> {
        let kept = text.chars().filter(|c| !self.kinds.is_left_out(*c));
        let spaced = kept.flat_map(|c| {
            let c = if c.is_whitespace() { ' ' } else { c };
            let room = is_ideograph(c).then_some(' ');
            room.into_iter().chain([c]).chain(room)
        });
        let plain: String = spaced.nfd().filter(|c| !self.kinds.is_mark(*c)).collect();
        let lower = plain.chars().flat_map(char::to_lowercase);
        let (mut words, mut word) = (Vec::new(), String::new());
        for c in lower {
            let alone = self.kinds.is_punctuation(c);
            if (alone || c.is_whitespace()) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if alone {
                words.push(c.to_string());
            } else if !c.is_whitespace() {
                word.push(c);
            }
        }
        if !word.is_empty() {
            words.push(word);
        }
        words
    }

    /// The longest piece first; a word of which a part is in no piece is unknown as a whole.
    fn cut(&self, word: &str, tokens: &mut Vec<u32>) {
        let begun = tokens.len();
        if word.chars().count() > LONGEST_WORD {
            tokens.push(self.unknown);
            return;
        }
        let mut rest = word;
        while !rest.is_empty() {
            let prefix = if tokens.len() == begun { "" } else { GOES_ON };
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            let found = ends.into_iter().find_map(|end| {
                let (piece, rest) = rest.split_at(end);
                let id = self.pieces.get(format!("{prefix}{piece}").as_str())?;
                Some((*id, rest))
            });
            let Some((id, after)) = found else {
                tokens.truncate(begun);
                tokens.push(self.unknown);
                return;
            };
            tokens.push(id);
            rest = after;
        }
    }
}

/// Whether no text in lower case has the piece. Roles stand in brackets, and in capitals.
fn is_cased(piece: &str) -> bool {
    let role = piece.starts_with('[') && piece.ends_with(']');
    !role && piece.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// A character of the CJK Unified Ideographs blocks, as BERT lists them.
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x2_0000..=0x2_A6DF | 0x2_A700..=0x2_B73F
        | 0x2_B740..=0x2_B81F | 0x2_B920..=0x2_CEAF | 0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F)
}
