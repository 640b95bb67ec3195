//! A model that makes embeddings: how near two texts are in meaning.
//!
//! A BERT encoder whose tokens' last states are averaged and brought to length one, as in
//! Sentence-BERT (Reimers and Gurevych, 2019, arXiv 1908.10084). Each text is computed alone, by the
//! project's own kernels in f32, so that neither batch nor order nor threads change a bit.

mod config;
mod encoder;
mod word_piece;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;
use weigh_core::model::{Model, ModelFault};
use weigh_core::request::{Failure, Request, Response};
use weigh_core::subject::{Subject, identity};

use self::config::Config;
use self::encoder::Encoder;
use self::word_piece::WordPiece;
use crate::engine::pool;
use crate::error::{OpenError, OpenFault};
use crate::kernels::Isa;
use crate::open::open_parts;
use crate::options::OpenOptions;
use crate::pass::Sink;
use crate::safetensors;
use crate::source::SourceFile;

const CONFIG: &str = "config.json";
const SENTENCES: &str = "sentence_bert_config.json";
const VOCABULARY: &str = "vocab.txt";
const MODULES: &str = "modules.json";
const POOLING: &str = "1_Pooling/config.json";
const WEIGHTS: &str = "model.safetensors";
/// The files that every figure depends on.
const FILES: [&str; 4] = [CONFIG, WEIGHTS, SENTENCES, VOCABULARY];

/// Files that may be there, and must then ask for what is done here.
const CHECKS: [(&str, Check); 2] = [
    (MODULES, config::check_steps),
    (POOLING, config::check_pooling),
];

/// Says what in a file asks for something else.
type Check = fn(&[u8]) -> Result<(), String>;

/// Requests between which somebody may stop the work.
const BATCH: usize = 256;

/// A loaded embedding model.
pub struct Embedder {
    subject: Subject,
    conditions: BTreeMap<String, String>,
    files: Vec<SourceFile>,
    tokenizer: WordPiece,
    encoder: Encoder,
    isa: Isa,
    threads: rayon::ThreadPool,
    /// The most tokens of a text.
    limit: usize,
}

/// Whether the folder at `path` has the configuration of an encoder, and not of a model that writes.
#[must_use]
pub fn is_encoder(path: &Path) -> bool {
    let text = std::fs::read(path.join(CONFIG)).unwrap_or_default();
    config::is_bert(&text)
}

/// The [identity](Subject::identity) of the model at `path`, without loading its weights.
///
/// # Errors
/// What is wrong with its files.
pub fn identity_of(path: &Path) -> Result<Digest, OpenError> {
    if !is_encoder(path) {
        return Ok(open_parts(path)?.subject.identity());
    }
    let mut files = Vec::new();
    for name in FILES {
        let path = path.join(name);
        let file = SourceFile::open(&path);
        let file = file.map_err(|error| OpenError {
            path,
            fault: error.into(),
        })?;
        files.push(file.subject_file());
    }
    files.sort();
    Ok(identity(&files))
}

impl Embedder {
    /// Opens the model in the folder at `path`: `config.json`, `sentence_bert_config.json`,
    /// `vocab.txt` and `model.safetensors`. It computes on the CPU, in f32, whatever the options say.
    ///
    /// # Errors
    /// The file, and what is wrong with it.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, OpenError> {
        let at = |name: &'static str| {
            let path = path.join(name);
            move |fault: OpenFault| OpenError { path, fault }
        };
        let read = |name: &'static str| {
            SourceFile::open(&path.join(name)).map_err(|error| {
                if error.kind() == std::io::ErrorKind::NotFound {
                    let (path, fault) = (path.to_owned(), OpenFault::NoFile(name));
                    return OpenError { path, fault };
                }
                at(name)(error.into())
            })
        };
        let [settings, weights, sentences, vocabulary] = FILES.map(read);
        let files = [settings?, weights?, sentences?, vocabulary?];
        let [settings, weights, sentences, vocabulary] = &files;
        let config = Config::read(settings.bytes(), sentences.bytes())
            .map_err(|why| at(CONFIG)(OpenFault::Embedding(why)))?;
        let tokenizer = WordPiece::read(vocabulary.bytes(), config.vocabulary)
            .map_err(|why| at(VOCABULARY)(OpenFault::Embedding(why)))?;
        for (name, check) in CHECKS {
            let path = path.join(name);
            if path.exists() {
                let file = SourceFile::open(&path).map_err(|error| at(name)(error.into()))?;
                check(file.bytes()).map_err(|why| at(name)(OpenFault::Embedding(why)))?;
            }
        }
        let tensors = safetensors::parse_floats(weights.bytes())
            .map_err(|fault| at(WEIGHTS)(fault.into()))?;
        let encoder = Encoder::new(&config, &tensors, weights.bytes())
            .map_err(|why| at(WEIGHTS)(OpenFault::Embedding(why)))?;
        let isa = Isa::choose(options.isa.as_deref()).map_err(|fault| at(CONFIG)(fault.into()))?;
        let threads = pool(options).map_err(at(CONFIG))?;
        let subject = subject(path, &files, &config);
        let conditions = [
            ("device", "cpu".to_owned()),
            ("compute", "f32".to_owned()),
            ("instructions", isa.name().to_owned()),
            ("threads", threads.current_num_threads().to_string()),
        ];
        let conditions = conditions.map(|(name, value)| (name.to_owned(), value));
        Ok(Self {
            subject,
            conditions: conditions.into(),
            files: files.into(),
            tokenizer,
            encoder,
            isa,
            threads,
            limit: config.longest,
        })
    }

    /// Whether the model's files still have the bytes that were hashed when they were opened.
    ///
    /// # Errors
    /// Whatever the operating system reports.
    pub fn unchanged(&self) -> std::io::Result<bool> {
        for file in &self.files {
            if !file.unchanged()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The embedding of a text, of length one.
    ///
    /// # Errors
    /// Why there is none. A text that is too long is never cut.
    pub fn embedding(&self, text: &str) -> Result<Vec<f32>, Failure> {
        let tokens = self.tokenizer.tokens(text);
        if tokens.len() > self.limit {
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            return Err(Failure::TooLong {
                needed: count(tokens.len()),
                limit: count(self.limit),
            });
        }
        self.encoder
            .embedding(self.isa, &tokens)
            .ok_or(Failure::NotFinite)
    }

    fn response(&self, known: &Known, request: &Request) -> Response {
        let Request::Similarity { text, reference } = request else {
            let why = "this model makes embeddings; it writes nothing";
            return Response::Failed(Failure::Model(why.to_owned()));
        };
        let of = |text: &String| known.get(text).cloned().unwrap_or(Err(Failure::Empty));
        match (of(text), of(reference)) {
            (Ok(one), Ok(other)) => cosine(&one, &other),
            (Err(failure), _) | (_, Err(failure)) => Response::Failed(failure),
        }
    }
}

/// Embeddings by their texts.
type Known = BTreeMap<String, Result<Arc<[f32]>, Failure>>;

/// The cosine of two embeddings of length one, summed in f64 from the first number to the last.
fn cosine(one: &[f32], other: &[f32]) -> Response {
    let products = one
        .iter()
        .zip(other)
        .map(|(a, b)| f64::from(*a) * f64::from(*b));
    match Decimal::new(products.sum()) {
        Ok(cosine) => Response::Similarity { cosine },
        Err(_) => Response::Failed(Failure::NotFinite),
    }
}

impl Model for Embedder {
    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn conditions(&self) -> BTreeMap<String, String> {
        self.conditions.clone()
    }

    fn answer(&mut self, requests: &[&Request], sink: &mut Sink<'_>) -> Result<(), ModelFault> {
        let mut known = Known::new();
        let numbered: Vec<(usize, &Request)> = requests.iter().copied().enumerate().collect();
        for batch in numbered.chunks(BATCH) {
            let texts = batch.iter().filter_map(|(_, request)| match request {
                Request::Similarity { text, reference } => Some([text, reference]),
                Request::Likelihood { .. } | Request::Generate { .. } => None,
            });
            let mut new: Vec<&String> = texts
                .flatten()
                .filter(|t| !known.contains_key(*t))
                .collect();
            new.sort_unstable();
            new.dedup();
            let embed = |text: &&String| {
                let embedding = self.embedding(text).map(Arc::from);
                ((*text).clone(), embedding)
            };
            let made: Vec<_> = self.threads.install(|| new.par_iter().map(embed).collect());
            known.extend(made);
            for (index, request) in batch {
                if sink(*index, self.response(&known, request)) == ControlFlow::Break(()) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

fn subject(path: &Path, files: &[SourceFile], config: &Config) -> Subject {
    let mut listed: Vec<_> = files.iter().map(SourceFile::subject_file).collect();
    listed.sort();
    let digest = |name: &str| {
        let file = listed.iter().find(|file| file.name == name);
        file.map_or_else(|| Digest::of(b""), |file| file.sha256)
    };
    let folder = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let own = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let facts = [
        ("architecture", "bert, mean of the tokens".to_owned()),
        ("context", config.longest.to_string()),
        ("dimensions", config.width.to_string()),
        ("format", "safetensors".to_owned()),
    ];
    Subject {
        name: config.name.clone().unwrap_or(own),
        tokenizer: digest(VOCABULARY),
        config: digest(CONFIG),
        chat_template: None,
        facts: facts.map(|(name, fact)| (name.to_owned(), fact)).into(),
        files: listed,
    }
}

#[cfg(test)]
mod tests;
