//! From a file or a folder to the parts of a model, each file hashed before it is parsed.

mod folder;
mod gguf;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use weigh_core::subject::Subject;

use crate::config::DecoderConfig;
use crate::dtype::Dtype;
use crate::error::{OpenError, OpenFault};
use crate::source::{SourceFile, open_regular};
use crate::template::{ChatTemplate, TemplateFault};
use crate::tokenizer::Tokenizer;
use crate::weights::Weights;

/// The parts of an opened model.
#[derive(Debug)]
pub(crate) struct Parts {
    /// What the decoder is built from.
    pub config: DecoderConfig,
    /// The weights.
    pub weights: Weights,
    /// The tokenizer.
    pub tokenizer: Tokenizer,
    /// The chat template, if the model has one.
    pub template: Option<ChatTemplate>,
    /// Names and digests of all of it.
    pub subject: Subject,
    files: Vec<Arc<SourceFile>>,
}

impl Parts {
    /// Whether every file still has the bytes that were hashed.
    ///
    /// # Errors
    /// Whatever the operating system reports.
    pub(crate) fn still_same(&self) -> io::Result<bool> {
        for file in &self.files {
            if !file.unchanged()? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Opens a GGUF file or a folder in the Hugging Face layout.
///
/// # Errors
/// The file, and what is wrong with it.
pub(crate) fn open_parts(path: &Path) -> Result<Parts, OpenError> {
    if path.is_dir() {
        return folder::parts(path);
    }
    refuse_other_formats(path).map_err(|fault| at(path, fault))?;
    let file = source(path)?;
    gguf::parts(Arc::new(file)).map_err(|fault| at(path, fault))
}

fn at(path: &Path, fault: impl Into<OpenFault>) -> OpenError {
    let (path, fault) = (path.to_owned(), fault.into());
    OpenError { path, fault }
}

fn source(path: &Path) -> Result<SourceFile, OpenError> {
    SourceFile::open(path).map_err(|error| at(path, error))
}

/// Refuses what is no GGUF file by its first bytes, whatever its name says.
fn refuse_other_formats(path: &Path) -> Result<(), OpenFault> {
    let mut start = Vec::new();
    open_regular(path)?.take(8).read_to_end(&mut start)?;
    match start.as_slice() {
        [b'G', b'G', b'U', b'F', ..] => Ok(()),
        // Protocol 2 and later begin with the opcode PROTO and the version.
        [0x80, 2..=5, ..] => Err(OpenFault::Pickle("Python pickle")),
        [b'P', b'K', 3, 4, ..] => Err(OpenFault::Pickle("PyTorch archive (a zip with a pickle)")),
        _ => Err(OpenFault::NotAModel),
    }
}

fn chat_template(source: &str, tokenizer: &Tokenizer) -> Result<ChatTemplate, TemplateFault> {
    let text = |id: Option<u32>| {
        id.and_then(|id| tokenizer.token_text(id))
            .unwrap_or_default()
    };
    ChatTemplate::new(source, text(tokenizer.bos()), text(tokenizer.eos()))
}

fn fits(tokenizer: &Tokenizer, config: &DecoderConfig) -> Result<(), OpenFault> {
    let (tokens, rows) = (tokenizer.vocabulary(), config.vocab);
    if tokens > rows {
        Err(OpenFault::Vocabulary { tokens, rows })
    } else {
        Ok(())
    }
}

/// What a reader of a report wants to know.
fn facts(
    config: &DecoderConfig,
    weights: &Weights,
    template: Option<&ChatTemplate>,
) -> BTreeMap<String, String> {
    let mut parameters = 0;
    let mut mix: BTreeMap<Dtype, usize> = BTreeMap::new();
    for (_, dtype, shape) in weights.iter() {
        let count: usize = shape.iter().product();
        parameters += count;
        *mix.entry(dtype).or_default() += count;
    }
    let mut mix: Vec<_> = mix.into_iter().collect();
    mix.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mix: Vec<String> = mix
        .iter()
        .map(|(dtype, count)| format!("{dtype} {count}"))
        .collect();
    let facts = [
        ("architecture", config.family.to_string()),
        ("context", config.context.to_string()),
        ("parameters", parameters.to_string()),
        ("quantisation", mix.join(", ")),
    ];
    let date = template.and_then(ChatTemplate::date);
    let date = date.map(|date| ("chat template's date", date.to_owned()));
    let facts = facts.into_iter().chain(date);
    facts.map(|(name, fact)| (name.to_owned(), fact)).collect()
}

#[cfg(test)]
mod tests;
