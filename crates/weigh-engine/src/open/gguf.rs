//! The parts of a model in one GGUF file.

use std::sync::Arc;

use weigh_core::subject::Subject;

use super::{Parts, chat_template, facts, fits};
use crate::config;
use crate::error::OpenFault;
use crate::gguf;
use crate::source::SourceFile;
use crate::template::ChatTemplate;
use crate::tensor_name::TensorName;
use crate::tokenizer::Tokenizer;
use crate::tokenizer::fault::TokenizerFault;
use crate::weights::{Directory, Weights};

/// Reads the parts.
///
/// # Errors
/// What is wrong with the file.
pub(super) fn parts(file: Arc<SourceFile>) -> Result<Parts, OpenFault> {
    let gguf = gguf::check::parse(file.bytes())?;
    let config = config::gguf::read(&gguf).map_err(OpenFault::Config)?;
    let tokenizer = Tokenizer::from_gguf(&gguf.metadata)?;
    fits(&tokenizer, &config)?;
    let template = gguf.metadata.find_text("tokenizer.chat_template");
    let template = template.map_err(TokenizerFault::from)?;
    let template = template
        .map(|text| chat_template(text, &tokenizer))
        .transpose()?;
    let directory: Directory = gguf
        .tensors
        .iter()
        .map(|(name, info)| ((*name).to_owned(), (0, info.clone())))
        .collect();
    let weights = Weights::new(&config, vec![file.clone()], directory, TensorName::in_gguf)
        .map_err(OpenFault::Weights)?;
    let mut facts = facts(&config, &weights, template.as_ref());
    facts.insert("format".to_owned(), "GGUF".to_owned());
    let text = |key| gguf.metadata.find_text(key).ok().flatten();
    if let Some(licence) = text("general.license") {
        facts.insert("licence".to_owned(), licence.to_owned());
    }
    let subject = Subject {
        name: text("general.name").map_or_else(|| file.name(), ToOwned::to_owned),
        files: vec![file.subject_file()],
        tokenizer: tokenizer.digest(),
        config: config.digest(),
        chat_template: template.as_ref().map(ChatTemplate::digest),
        facts,
    };
    Ok(Parts {
        config,
        weights,
        tokenizer,
        template,
        subject,
        files: vec![file],
    })
}
