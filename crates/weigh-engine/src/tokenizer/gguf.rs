//! A tokenizer from the metadata of a GGUF file.

use std::collections::HashMap;

use super::Tokenizer;
use super::fault::TokenizerFault;
use super::rules::{Alphabet, Rules, Token, TokenKind, find_ends, find_merge};
use super::split::{GPT2, LLAMA3, QWEN2, SplitRule};
use crate::gguf::metadata::{KeyFault, Metadata};

const TOKENS: &str = "tokenizer.ggml.tokens";
const TYPES: &str = "tokenizer.ggml.token_type";
const MERGES: &str = "tokenizer.ggml.merges";

const SCORES: &str = "tokenizer.ggml.scores";

/// Bytes of the longest SentencePiece token that merging can lead to: finding all ways to split a
/// token takes the square of its length. The default limit when one is trained is 16 characters.
const MAX_PIECE: usize = 1_024;

/// What a value of `tokenizer.ggml.pre` stands for.
struct Pre {
    splits: Vec<SplitRule>,
    nfc: bool,
    ignore_merges: bool,
    add_bos: bool,
}

impl Tokenizer {
    /// Reads the tokenizer of a GGUF file.
    ///
    /// # Errors
    /// What is missing, inconsistent or not supported.
    pub(crate) fn from_gguf(metadata: &Metadata<'_>) -> Result<Self, TokenizerFault> {
        match metadata.text("tokenizer.ggml.model")? {
            "gpt2" => Self::new(byte_level(metadata)?),
            "llama" => Self::new(sentencepiece(metadata)?),
            other => Err(TokenizerFault::Unsupported {
                part: "`tokenizer.ggml.model`",
                found: other.to_owned(),
                supported: "gpt2, llama",
            }),
        }
    }
}

fn byte_level(metadata: &Metadata<'_>) -> Result<Rules, TokenizerFault> {
    let pre = pre(metadata.text("tokenizer.ggml.pre")?)?;
    let tokens = tokens(metadata)?;
    let merges = merges(metadata, &tokens)?;
    let add_bos = metadata.find_bool("tokenizer.ggml.add_bos_token")?;
    let mut rules = Rules {
        tokens,
        merges,
        alphabet: Alphabet::Bytes,
        ignore_merges: pre.ignore_merges,
        nfc: pre.nfc,
        splits: pre.splits,
        prefix: Vec::new(),
        suffix: Vec::new(),
        bos: None,
        eos: None,
        end_of_turn: Vec::new(),
    };
    ids(metadata, &mut rules, add_bos.unwrap_or(pre.add_bos))?;
    Ok(rules)
}

/// SentencePiece's BPE: no list of merges, but a score for each token.
fn sentencepiece(metadata: &Metadata<'_>) -> Result<Rules, TokenizerFault> {
    let tokens = tokens(metadata)?;
    let merges = merges_by_score(&tokens, &scores(metadata, tokens.len())?)?;
    let add_space = metadata.find_bool("tokenizer.ggml.add_space_prefix")?;
    let add_bos = metadata.find_bool("tokenizer.ggml.add_bos_token")?;
    let mut rules = Rules {
        tokens,
        merges,
        alphabet: Alphabet::Sentencepiece {
            add_space: add_space.unwrap_or(true),
        },
        ignore_merges: false,
        nfc: false,
        splits: Vec::new(),
        prefix: Vec::new(),
        suffix: Vec::new(),
        bos: None,
        eos: None,
        end_of_turn: Vec::new(),
    };
    ids(metadata, &mut rules, add_bos.unwrap_or(true))?;
    Ok(rules)
}

fn scores(metadata: &Metadata<'_>, tokens: usize) -> Result<Vec<f32>, TokenizerFault> {
    let scores = metadata.array(SCORES)?.f32s();
    let scores = scores.filter(|scores| scores.iter().all(|score| score.is_finite()));
    let scores = scores.ok_or_else(|| KeyFault::Type {
        key: SCORES.to_owned(),
        expected: "an array of finite single-precision numbers",
    })?;
    if scores.len() != tokens {
        let (what, found) = (SCORES, scores.len());
        return Err(TokenizerFault::Length {
            what,
            found,
            tokens,
        });
    }
    Ok(scores)
}

/// Every way to make a token of two others. SentencePiece always takes the pair whose whole has
/// the highest score, so the merges are in the order of their whole's scores.
fn merges_by_score(
    tokens: &[Token],
    scores: &[f32],
) -> Result<Vec<(u32, u32, u32)>, TokenizerFault> {
    let ids = by_text(tokens)?;
    let normal = |id: &u32| {
        let token = usize::try_from(*id).ok().and_then(|id| tokens.get(id));
        token.is_some_and(|token| token.kind == TokenKind::Normal)
    };
    let find = |text: &str| ids.get(text).copied().filter(normal);
    let mut merges = Vec::new();
    for ((whole, token), score) in (0_u32..).zip(tokens).zip(scores) {
        if token.kind != TokenKind::Normal || token.text.len() > MAX_PIECE {
            continue;
        }
        for (border, _) in token.text.char_indices().skip(1) {
            let (left, right) = token.text.split_at(border);
            if let (Some(left), Some(right)) = (find(left), find(right)) {
                merges.push((*score, (left, right, whole)));
            }
        }
    }
    merges.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    Ok(merges.into_iter().map(|(_, merge)| merge).collect())
}

/// How the published tokenizers of these names cut a text. An unknown name is refused: a guess
/// gives other ids.
fn pre(name: &str) -> Result<Pre, TokenizerFault> {
    let pattern = |pattern: &str| SplitRule::Pattern(pattern.to_owned());
    let plain = |splits| Pre {
        splits,
        nfc: false,
        ignore_merges: false,
        add_bos: false,
    };
    match name {
        "gpt-2" => Ok(plain(vec![pattern(GPT2)])),
        "smollm" => Ok(plain(vec![SplitRule::EachDigit, pattern(GPT2)])),
        "qwen2" => Ok(Pre {
            nfc: true,
            ..plain(vec![pattern(QWEN2)])
        }),
        "llama-bpe" => {
            let splits = vec![pattern(LLAMA3)];
            Ok(Pre {
                ignore_merges: true,
                add_bos: true,
                ..plain(splits)
            })
        }
        other => Err(TokenizerFault::Unsupported {
            part: "`tokenizer.ggml.pre`",
            found: other.to_owned(),
            supported: "gpt-2, smollm, qwen2, llama-bpe",
        }),
    }
}

/// The tokens and their kinds.
fn tokens(metadata: &Metadata<'_>) -> Result<Vec<Token>, TokenizerFault> {
    let texts = strings(metadata, TOKENS)?;
    let types = metadata.array(TYPES)?;
    let types = types.u32s().ok_or_else(|| KeyFault::Type {
        key: TYPES.to_owned(),
        expected: "an array of 32-bit integers",
    })?;
    if types.len() != texts.len() {
        let (found, tokens) = (types.len(), texts.len());
        return Err(TokenizerFault::Length {
            what: TYPES,
            found,
            tokens,
        });
    }
    let token = |(text, kind): (&str, u32)| {
        let text = text.to_owned();
        Ok(Token {
            text,
            kind: kind_of(kind)?,
        })
    };
    texts.into_iter().zip(types).map(token).collect()
}

/// The kinds of llama.cpp's `llama_token_type`.
fn kind_of(kind: u32) -> Result<TokenKind, TokenizerFault> {
    match kind {
        1 | 6 => Ok(TokenKind::Normal),
        2 | 3 => Ok(TokenKind::Special),
        4 => Ok(TokenKind::Added),
        5 => Ok(TokenKind::Unused),
        other => Err(TokenizerFault::Unsupported {
            part: "token type",
            found: other.to_string(),
            supported: "1 to 6",
        }),
    }
}

fn merges(
    metadata: &Metadata<'_>,
    tokens: &[Token],
) -> Result<Vec<(u32, u32, u32)>, TokenizerFault> {
    let ids = by_text(tokens)?;
    let merges = strings(metadata, MERGES)?;
    let parsed = merges.into_iter().enumerate().map(|(rank, merge)| {
        // The parts are written in GPT-2's alphabet, which has no space.
        let (left, right) = merge.split_once(' ').unwrap_or((merge, ""));
        find_merge(&ids, rank, left, right)
    });
    parsed.collect()
}

/// Ids by text; two tokens with one text are refused.
fn by_text(tokens: &[Token]) -> Result<HashMap<&str, u32>, TokenizerFault> {
    let mut ids = HashMap::with_capacity(tokens.len());
    for (id, token) in (0..).zip(tokens) {
        if ids.insert(token.text.as_str(), id).is_some() {
            return Err(TokenizerFault::Duplicate(token.text.clone()));
        }
    }
    Ok(ids)
}

/// The tokens with a role.
fn ids(metadata: &Metadata<'_>, rules: &mut Rules, add_bos: bool) -> Result<(), TokenizerFault> {
    let count = rules.tokens.len();
    let find = |key: &str| match metadata.find_size(key)? {
        Some(id) if id >= count => Err(TokenizerFault::NoSuchId(id as u64)),
        Some(id) => Ok(u32::try_from(id).ok()),
        None => Ok(None),
    };
    rules.bos = find("tokenizer.ggml.bos_token_id")?;
    rules.eos = find("tokenizer.ggml.eos_token_id")?;
    let named = [
        find("tokenizer.ggml.eot_token_id")?,
        find("tokenizer.ggml.eom_token_id")?,
    ];
    let named = named.into_iter().flatten().chain(rules.eos);
    rules.end_of_turn = find_ends(&rules.tokens, named);
    if add_bos {
        rules.prefix.extend(rules.bos);
    }
    if metadata.find_bool("tokenizer.ggml.add_eos_token")? == Some(true) {
        rules.suffix.extend(rules.eos);
    }
    Ok(())
}

fn strings<'a>(metadata: &Metadata<'a>, key: &str) -> Result<Vec<&'a str>, TokenizerFault> {
    let strings = metadata
        .array(key)?
        .strings()
        .ok_or_else(|| KeyFault::Type {
            key: key.to_owned(),
            expected: "an array of strings",
        })?;
    Ok(strings.collect())
}
