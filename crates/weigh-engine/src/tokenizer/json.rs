//! A tokenizer from a Hugging Face folder: `tokenizer.json` and what the files beside it add.

use std::collections::{BTreeMap, HashMap};

use weigh_core::json;

use super::Tokenizer;
use super::fault::TokenizerFault;
use super::file::{
    AddedToken, Decoder, Merge, Model, Normalizer, Pattern, PostProcessor, PreTokenizer,
    TemplatePiece, TokenizerFile,
};
use super::rules::{Alphabet, Rules, Token, TokenKind, find_ends};
use super::split::{GPT2, SplitRule};
use super::tables::LOWER_BLOCK;

const MAX_BYTES: u64 = 64 << 20;

/// What `tokenizer_config.json`, `generation_config.json` and `config.json` say about tokens.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Roles {
    /// Text of the beginning-of-text token.
    pub bos: Option<String>,
    /// Text of the end-of-text token.
    pub eos: Option<String>,
    /// Whether the first is put before texts, where the tokenizer's class listens to that.
    pub add_bos: Option<bool>,
    /// Ids that end an answer.
    pub ends: Vec<u32>,
}

impl Tokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// # Errors
    /// What is inconsistent or not supported.
    pub(crate) fn from_json(bytes: &[u8], roles: &Roles) -> Result<Self, TokenizerFault> {
        let found = bytes.len() as u64;
        if found > MAX_BYTES {
            let (what, most) = ("bytes", MAX_BYTES);
            return Err(TokenizerFault::TooLarge { what, found, most });
        }
        let file: TokenizerFile =
            json::parse(bytes).map_err(|fault| TokenizerFault::Json(fault.to_string()))?;
        Self::new(rules(&file, roles)?)
    }
}

fn rules(file: &TokenizerFile, roles: &Roles) -> Result<Rules, TokenizerFault> {
    model_is_plain(&file.model)?;
    let mut text = TextRules::default();
    if let Some(normalizer) = &file.normalizer {
        text.normalizer(normalizer)?;
    }
    if let Some(pre_tokenizer) = &file.pre_tokenizer {
        text.pre_tokenizer(pre_tokenizer)?;
    }
    let alphabet = text.alphabet(file.model.byte_fallback)?;
    decoder_fits(file.decoder.as_ref(), alphabet)?;
    let tokens = tokens(file, text.nfc)?;
    let ids: HashMap<&str, u32> = (0..)
        .zip(&tokens)
        .map(|(id, token)| (token.text.as_str(), id))
        .collect();
    let role = |text: &Option<String>| {
        text.as_ref()
            .and_then(|text| ids.get(text.as_str()).copied())
    };
    let (bos, eos) = (role(&roles.bos), role(&roles.eos));
    let merges = merges(&file.model, &ids)?;
    let (mut prefix, mut suffix) = (Vec::new(), Vec::new());
    if let Some(processor) = &file.post_processor {
        post_processor(processor, &mut prefix, &mut suffix)?;
    }
    match roles.add_bos {
        Some(true) if prefix.is_empty() => prefix.extend(bos),
        Some(false) => prefix.retain(|id| Some(*id) != bos),
        Some(true) | None => {}
    }
    let ends = roles.ends.iter().copied().chain(eos);
    let end_of_turn = find_ends(&tokens, ends);
    let count = tokens.len();
    for id in prefix.iter().chain(&suffix).chain(&end_of_turn) {
        if usize::try_from(*id).is_ok_and(|id| id >= count) {
            return Err(TokenizerFault::NoSuchId(u64::from(*id)));
        }
    }
    Ok(Rules {
        merges,
        alphabet,
        ignore_merges: file.model.ignore_merges,
        nfc: text.nfc,
        splits: text.splits,
        prefix,
        suffix,
        bos,
        eos,
        end_of_turn,
        tokens,
    })
}

fn unsupported(
    part: &'static str,
    found: impl ToString,
    supported: &'static str,
) -> TokenizerFault {
    let found = found.to_string();
    TokenizerFault::Unsupported {
        part,
        found,
        supported,
    }
}

/// Refuses the options of a BPE model that no supported model uses.
fn model_is_plain(model: &Model) -> Result<(), TokenizerFault> {
    if model.kind != "BPE" {
        return Err(unsupported("model", &model.kind, "BPE"));
    }
    if let Some(dropout) = model.dropout.filter(|dropout| *dropout > 0.0) {
        return Err(unsupported("dropout", dropout, "none"));
    }
    let affixes = [&model.continuing_subword_prefix, &model.end_of_word_suffix];
    match affixes
        .into_iter()
        .flatten()
        .find(|affix| !affix.is_empty())
    {
        Some(affix) => Err(unsupported("subword prefix or word suffix", affix, "none")),
        None => Ok(()),
    }
}

/// What the normaliser and the pre-tokeniser come to.
#[derive(Debug, Default)]
struct TextRules {
    nfc: bool,
    /// U+2581 is put before the text.
    mark_start: bool,
    /// Spaces become U+2581.
    mark_spaces: bool,
    byte_level: bool,
    splits: Vec<SplitRule>,
}

impl TextRules {
    fn normalizer(&mut self, normalizer: &Normalizer) -> Result<(), TokenizerFault> {
        match normalizer {
            Normalizer::Nfc {} => self.nfc = true,
            Normalizer::Sequence { normalizers } => {
                return normalizers
                    .iter()
                    .try_for_each(|part| self.normalizer(part));
            }
            Normalizer::Prepend { prepend } if prepend == LOWER_BLOCK && !self.mark_spaces => {
                self.mark_start = true;
            }
            Normalizer::Replace {
                pattern: Pattern::String(space),
                content,
            } if space == " " && content == LOWER_BLOCK => {
                self.mark_spaces = true;
            }
            Normalizer::Prepend { .. } | Normalizer::Replace { .. } => {
                let supported = "NFC, or U+2581 before the text and for spaces";
                return Err(unsupported(
                    "normalizer",
                    format!("{normalizer:?}"),
                    supported,
                ));
            }
        }
        Ok(())
    }

    fn pre_tokenizer(&mut self, part: &PreTokenizer) -> Result<(), TokenizerFault> {
        if self.byte_level {
            let supported = "nothing after ByteLevel";
            return Err(unsupported("pre-tokenizer", format!("{part:?}"), supported));
        }
        match part {
            PreTokenizer::Sequence { pretokenizers } => {
                return pretokenizers
                    .iter()
                    .try_for_each(|part| self.pre_tokenizer(part));
            }
            PreTokenizer::Digits {
                individual_digits: true,
            } => {
                self.splits.push(SplitRule::EachDigit);
            }
            PreTokenizer::Digits {
                individual_digits: false,
            } => {
                self.splits.push(SplitRule::DigitRuns);
            }
            PreTokenizer::Split {
                pattern: Pattern::Regex(pattern),
                behavior,
                invert: false,
            } if behavior == "Isolated" => {
                self.splits.push(SplitRule::Pattern(pattern.clone()));
            }
            PreTokenizer::ByteLevel {
                add_prefix_space: false,
                use_regex,
                ..
            } => {
                self.byte_level = true;
                let gpt2 = use_regex.then(|| SplitRule::Pattern(GPT2.to_owned()));
                self.splits.extend(gpt2);
            }
            PreTokenizer::Split { .. } | PreTokenizer::ByteLevel { .. } => {
                let supported = "isolated regex matches, and ByteLevel without a prefix space";
                return Err(unsupported("pre-tokenizer", format!("{part:?}"), supported));
            }
        }
        Ok(())
    }

    /// The alphabet that these rules and the model's `byte_fallback` go with.
    fn alphabet(&self, byte_fallback: bool) -> Result<Alphabet, TokenizerFault> {
        let (add_space, splits) = (self.mark_start, self.splits.len());
        match (self.byte_level, self.mark_spaces, byte_fallback) {
            (true, false, false) if !add_space => Ok(Alphabet::Bytes),
            (false, true, true) if splits == 0 && !self.nfc => {
                Ok(Alphabet::Sentencepiece { add_space })
            }
            _ => Err(unsupported(
                "combination of normalizer, pre-tokenizer and byte_fallback",
                format!("{self:?} with byte_fallback {byte_fallback}"),
                "byte-level BPE, or SentencePiece with byte fallback",
            )),
        }
    }
}

/// Refuses a decoder that gives other text than the alphabet's bytes do.
fn decoder_fits(decoder: Option<&Decoder>, alphabet: Alphabet) -> Result<(), TokenizerFault> {
    let fits = match (decoder, alphabet) {
        (Some(Decoder::ByteLevel {}), Alphabet::Bytes) => true,
        (Some(Decoder::Sequence { decoders }), Alphabet::Sentencepiece { add_space }) => {
            match decoders.as_slice() {
                [replace, Decoder::ByteFallback {}, Decoder::Fuse {}] => {
                    unmarks_spaces(replace) && !add_space
                }
                [replace, Decoder::ByteFallback {}, Decoder::Fuse {}, strip] => {
                    unmarks_spaces(replace) && strips_one_space(strip) && add_space
                }
                _ => false,
            }
        }
        (Some(_) | None, _) => false,
    };
    let supported = "ByteLevel, or U+2581 to space, ByteFallback, Fuse and Strip";
    fits.then_some(())
        .ok_or_else(|| unsupported("decoder", format!("{decoder:?}"), supported))
}

fn unmarks_spaces(decoder: &Decoder) -> bool {
    matches!(decoder, Decoder::Replace { pattern: Pattern::String(mark), content }
        if mark == LOWER_BLOCK && content == " ")
}

fn strips_one_space(decoder: &Decoder) -> bool {
    matches!(decoder, Decoder::Strip { content, start: 1, stop: 0 } if content == " ")
}

/// Every token in the order of the ids.
fn tokens(file: &TokenizerFile, nfc: bool) -> Result<Vec<Token>, TokenizerFault> {
    let mut by_id: BTreeMap<u32, Token> = BTreeMap::new();
    for (text, id) in &file.model.vocab {
        let token = Token {
            text: text.clone(),
            kind: TokenKind::Normal,
        };
        if by_id.insert(*id, token).is_some() {
            return Err(TokenizerFault::Duplicate(text.clone()));
        }
    }
    for added in &file.added_tokens {
        let token = added_token(added, nfc)?;
        let elsewhere = file
            .model
            .vocab
            .get(&added.content)
            .is_some_and(|id| *id != added.id);
        let before = by_id.insert(added.id, token);
        let other = before.is_some_and(|before| before.text != added.content);
        if elsewhere || other {
            return Err(TokenizerFault::Duplicate(added.content.clone()));
        }
    }
    let last = by_id.keys().next_back().copied().unwrap_or(0);
    let hole = (0..)
        .zip(by_id.keys())
        .find(|(expected, id)| expected != *id);
    match hole {
        Some((missing, _)) => Err(TokenizerFault::Hole { last, missing }),
        None => Ok(by_id.into_values().collect()),
    }
}

fn added_token(added: &AddedToken, nfc: bool) -> Result<Token, TokenizerFault> {
    let normalized = added.normalized && nfc;
    if added.single_word || added.lstrip || added.rstrip || normalized {
        let supported = "added tokens that are taken as they are";
        return Err(unsupported("added token", format!("{added:?}"), supported));
    }
    let kind = if added.special {
        TokenKind::Special
    } else {
        TokenKind::Added
    };
    Ok(Token {
        text: added.content.clone(),
        kind,
    })
}

fn merges(model: &Model, ids: &HashMap<&str, u32>) -> Result<Vec<(u32, u32, u32)>, TokenizerFault> {
    let parsed = model.merges.iter().enumerate().map(|(rank, merge)| {
        let (left, right) = match merge {
            Merge::Line(line) => line.split_once(' ').unwrap_or((line, "")),
            Merge::Pair(left, right) => (left.as_str(), right.as_str()),
        };
        super::rules::find_merge(ids, rank, left, right)
    });
    parsed.collect()
}

/// The ids that a post-processor puts before and after a text.
fn post_processor(
    processor: &PostProcessor,
    prefix: &mut Vec<u32>,
    suffix: &mut Vec<u32>,
) -> Result<(), TokenizerFault> {
    let (single, tokens) = match processor {
        PostProcessor::ByteLevel {} => return Ok(()),
        PostProcessor::Sequence { processors } => {
            return processors
                .iter()
                .try_for_each(|part| post_processor(part, prefix, suffix));
        }
        PostProcessor::TemplateProcessing {
            single,
            special_tokens,
        } => (single, special_tokens),
    };
    let mut sequences = 0;
    for piece in single {
        match piece {
            TemplatePiece::Sequence { id } if id == "A" => sequences += 1,
            TemplatePiece::Sequence { id } => {
                return Err(unsupported(
                    "post-processor",
                    format!("sequence {id}"),
                    "sequence A",
                ));
            }
            TemplatePiece::SpecialToken { id } => {
                let token = tokens.get(id).ok_or_else(|| {
                    TokenizerFault::Json(format!(
                        "the post-processor names the token {id:?} and does not define it"
                    ))
                })?;
                let side = if sequences == 0 {
                    &mut *prefix
                } else {
                    &mut *suffix
                };
                side.extend(&token.ids);
            }
        }
    }
    match sequences {
        1 => Ok(()),
        other => Err(unsupported(
            "post-processor",
            format!("{other} sequences"),
            "one sequence",
        )),
    }
}
