//! The parts of a model in a folder of the Hugging Face layout.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Map, Value};
use weigh_core::json;
use weigh_core::subject::{GENERATION_SETTINGS, INDEX, Subject, TEMPLATE, TOKENIZER_SETTINGS};

use super::{Parts, at, chat_template, facts, fits, source};
use crate::config;
use crate::error::{OpenError, OpenFault};
use crate::safetensors::{self, SafetensorsFault};
use crate::source::SourceFile;
use crate::template::ChatTemplate;
use crate::tensor_name::TensorName;
use crate::tokenizer::Tokenizer;
use crate::tokenizer::json::Roles;
use crate::weights::{Directory, Weights};

const SINGLE: &str = "model.safetensors";

/// The largest JSON file beside the tokenizer's that is read.
const MAX_JSON: u64 = 16 << 20;

/// A JSON file's fields.
type Fields = Map<String, Value>;

/// Reads the parts.
///
/// # Errors
/// The file, and what is wrong with it.
pub(super) fn parts(folder: &Path) -> Result<Parts, OpenError> {
    let mut files = Files {
        folder,
        read: Vec::new(),
    };
    let config_fields = files.fields("config.json")?;
    let config_fields = config_fields.ok_or_else(|| at(folder, no_file(folder, "config.json")))?;
    let config = config::hf::read(&config_fields)
        .map_err(|faults| at(&folder.join("config.json"), OpenFault::Config(faults)))?;
    let settings = files.fields(TOKENIZER_SETTINGS)?.unwrap_or_default();
    let generation = files.fields(GENERATION_SETTINGS)?.unwrap_or_default();
    let tokenizer_file = files.required("tokenizer.json")?;
    let roles = roles(&settings, &[&generation, &config_fields]);
    let tokenizer = Tokenizer::from_json(tokenizer_file.bytes(), &roles)
        .map_err(|fault| at(&tokenizer_file.path, fault))?;
    fits(&tokenizer, &config).map_err(|fault| at(&tokenizer_file.path, fault))?;
    let template = files.template(&settings)?;
    let template = template
        .map(|(path, text)| chat_template(&text, &tokenizer).map_err(|fault| at(&path, fault)))
        .transpose()?;
    let (weight_files, directory) = files.weights()?;
    let weights = Weights::new(&config, weight_files, directory, TensorName::in_hf)
        .map_err(|faults| at(folder, OpenFault::Weights(faults)))?;
    let mut facts = facts(&config, &weights, template.as_ref());
    facts.insert("format".to_owned(), "safetensors".to_owned());
    let files = files.read;
    let mut subject_files: Vec<_> = files.iter().map(|file| file.subject_file()).collect();
    subject_files.sort();
    let subject = Subject {
        name: name(&config_fields, folder),
        files: subject_files,
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
        files,
    })
}

/// Why a folder without this file is no model: it may have the weights in a format that is refused.
fn no_file(folder: &Path, name: &'static str) -> OpenFault {
    let pickles = [
        "pytorch_model.bin",
        "pytorch_model.bin.index.json",
        "consolidated.00.pth",
    ];
    let has = |name: &&str| folder.join(name).exists();
    if pickles.iter().any(has) && ![SINGLE, INDEX].iter().any(has) {
        return OpenFault::Pickle("PyTorch checkpoint");
    }
    OpenFault::NoFile(name)
}

/// The name that the configuration gives, or the folder's.
fn name(config: &Fields, folder: &Path) -> String {
    let given = config.get("_name_or_path").and_then(Value::as_str);
    let given = given.filter(|name| !name.is_empty() && !name.starts_with(['/', '.']));
    let own = || {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let name = folder.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    };
    given.map_or_else(own, ToOwned::to_owned)
}

/// The files of a folder, each opened and hashed once.
struct Files<'a> {
    folder: &'a Path,
    read: Vec<Arc<SourceFile>>,
}

impl Files<'_> {
    /// A file, if it is there.
    fn find(&mut self, name: &str) -> Result<Option<Arc<SourceFile>>, OpenError> {
        let path = self.folder.join(name);
        if !path.exists() {
            return Ok(None);
        }
        let file = Arc::new(source(&path)?);
        self.read.push(file.clone());
        Ok(Some(file))
    }

    fn required(&mut self, name: &'static str) -> Result<Arc<SourceFile>, OpenError> {
        let found = self.find(name)?;
        found.ok_or_else(|| at(self.folder, no_file(self.folder, name)))
    }

    /// The fields of a JSON file, if it is there.
    fn fields(&mut self, name: &str) -> Result<Option<Fields>, OpenError> {
        let Some(file) = self.find(name)? else {
            return Ok(None);
        };
        small(&file)?;
        let fields = json::parse(file.bytes());
        let fields = fields.map_err(|fault| at(&file.path, OpenFault::Json(fault.to_string())))?;
        Ok(Some(fields))
    }

    /// The chat template: a file of its own, else the tokenizer's settings have it, alone or as
    /// the one named `default`.
    fn template(&mut self, settings: &Fields) -> Result<Option<(PathBuf, String)>, OpenError> {
        if let Some(file) = self.find(TEMPLATE)? {
            small(&file)?;
            let text = std::str::from_utf8(file.bytes());
            let text = text.map_err(|error| at(&file.path, OpenFault::Json(error.to_string())))?;
            return Ok(Some((file.path.clone(), text.to_owned())));
        }
        let named = |list: &Vec<Value>| {
            let default = list
                .iter()
                .find(|entry| text(entry, "name") == Some("default"));
            default
                .and_then(|entry| text(entry, "template"))
                .map(ToOwned::to_owned)
        };
        let template = match settings.get("chat_template") {
            Some(Value::String(template)) => Some(template.clone()),
            Some(Value::Array(list)) => named(list),
            Some(_) | None => None,
        };
        Ok(template.map(|template| (self.folder.join(TOKENIZER_SETTINGS), template)))
    }

    /// The weight files and their tensors.
    fn weights(&mut self) -> Result<(Vec<Arc<SourceFile>>, Directory), OpenError> {
        let Some(index) = self.find(INDEX)? else {
            let file = self.required(SINGLE)?;
            return directory(vec![file], None);
        };
        small(&index)?;
        let places =
            safetensors::parse_index(index.bytes()).map_err(|fault| at(&index.path, fault))?;
        let mut names: Vec<&String> = places.values().collect();
        names.sort();
        names.dedup();
        let opened: Result<Vec<_>, _> = names
            .into_par_iter()
            .map(|name| source(&self.folder.join(name)).map(Arc::new))
            .collect();
        let opened = opened?;
        self.read.extend(opened.iter().cloned());
        directory(opened, Some((&index.path, &places)))
    }
}

/// The tensors of all files; with an index, they are where it says.
fn directory(
    files: Vec<Arc<SourceFile>>,
    index: Option<(&Path, &BTreeMap<String, String>)>,
) -> Result<(Vec<Arc<SourceFile>>, Directory), OpenError> {
    let mut directory = Directory::new();
    for (place, file) in files.iter().enumerate() {
        let tensors = safetensors::parse(file.bytes()).map_err(|fault| at(&file.path, fault))?;
        for (name, info) in tensors {
            if directory.insert(name.clone(), (place, info)).is_some() {
                return Err(at(&file.path, SafetensorsFault::Twice(name)));
            }
        }
    }
    let Some((path, places)) = index else {
        return Ok((files, directory));
    };
    let found = |name: &str| directory.get(name).and_then(|(place, _)| files.get(*place));
    let names: std::collections::BTreeSet<&String> =
        places.keys().chain(directory.keys()).collect();
    for name in names {
        let found = found(name).map_or_else(|| "no file".to_owned(), |file| file.name());
        let said = places.get(name).map_or("no file", String::as_str);
        if said != found {
            let (name, said) = (name.clone(), said.to_owned());
            return Err(at(path, SafetensorsFault::Misplaced { name, said, found }));
        }
    }
    Ok((files, directory))
}

fn small(file: &SourceFile) -> Result<(), OpenError> {
    let size = file.bytes().len() as u64;
    if size > MAX_JSON {
        return Err(at(
            &file.path,
            OpenFault::TooLarge {
                size,
                most: MAX_JSON,
            },
        ));
    }
    Ok(())
}

fn text<'a>(object: &'a Value, field: &str) -> Option<&'a str> {
    object.get(field).and_then(Value::as_str)
}

/// What the files beside the tokenizer's say about tokens. `add_bos_token` is heard by the
/// classes that rebuild their post-processor from it, as in transformers.
fn roles(settings: &Fields, configs: &[&Fields]) -> Roles {
    let token = |field: &str| {
        let token = settings.get(field)?;
        token
            .as_str()
            .or_else(|| text(token, "content"))
            .map(ToOwned::to_owned)
    };
    let class = settings
        .get("tokenizer_class")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let listens = ["LlamaTokenizer", "LlamaTokenizerFast"].contains(&class);
    let add_bos = settings.get("add_bos_token").and_then(Value::as_bool);
    let ends = configs
        .iter()
        .filter_map(|config| config.get("eos_token_id"));
    let ends = ends.flat_map(|value| {
        value
            .as_array()
            .map_or(std::slice::from_ref(value), |ids| ids)
    });
    let id = |value: &Value| value.as_u64().and_then(|id| u32::try_from(id).ok());
    Roles {
        bos: token("bos_token"),
        eos: token("eos_token"),
        add_bos: add_bos.filter(|_| listens),
        ends: ends.filter_map(id).collect(),
    }
}
