//! Why a model cannot be opened.

use std::fmt;
use std::path::PathBuf;

use crate::config::ConfigFault;
use crate::decoder::PlaceFault;
use crate::estimate::MemoryFault;
use crate::gguf::fault::GgufFault;
use crate::kernels::{IsaError, PackError};
use crate::options::Compute;
use crate::safetensors::SafetensorsFault;
use crate::template::TemplateFault;
use crate::tokenizer::fault::TokenizerFault;
use crate::weights::WeightsFault;

/// A model that cannot be opened: the file, and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("cannot open {}: {fault}", path.display())]
pub struct OpenError {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong with it.
    #[source]
    pub fault: OpenFault,
}

/// What is wrong with a model's file or folder.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The operating system's answer.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// Neither a GGUF file nor a folder.
    #[error("neither a GGUF file nor a folder with config.json and safetensors files")]
    NotAModel,
    /// The threads cannot be started.
    #[error("cannot start the threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// The instruction set that was asked for.
    #[error(transparent)]
    Isa(#[from] IsaError),
    /// The device that was asked for.
    #[error("device {device}: {reason}; `--device auto` takes what there is and records it")]
    Device {
        /// What was asked for.
        device: String,
        /// Why it cannot be had.
        reason: String,
    },
    /// There is too little memory for it.
    #[error(transparent)]
    Memory(#[from] MemoryFault),
    /// The device does not compute in the class that was asked for.
    #[error(
        "device {device}: it does not compute in {compute}, only in {possible}; `--device cpu` computes in every class"
    )]
    Class {
        /// What was asked for.
        device: String,
        /// In which class.
        compute: Compute,
        /// The classes in which it computes.
        possible: String,
    },
    /// The weights cannot be brought to the device.
    #[error(transparent)]
    Place(#[from] PlaceFault),
    /// An encoder that is not computed here, or is not whole.
    #[error("no embedding model: {0}")]
    Embedding(String),
    /// A format that can run code when it is read.
    #[error(
        "a {0}: reading one can run code that is hidden in it; convert it to safetensors first"
    )]
    Pickle(&'static str),
    /// A folder without a file that every model has.
    #[error("the folder has no {0}")]
    NoFile(&'static str),
    /// A file that is larger than any honest one.
    #[error("{size} bytes; at most {most} are read")]
    TooLarge {
        /// Its size.
        size: u64,
        /// The cap.
        most: u64,
    },
    /// JSON that is wrong.
    #[error("{0}")]
    Json(String),
    /// A GGUF file that is wrong.
    #[error(transparent)]
    Gguf(#[from] GgufFault),
    /// A safetensors file or index that is wrong.
    #[error(transparent)]
    Safetensors(#[from] SafetensorsFault),
    /// A configuration that this engine cannot follow.
    #[error("{}", List(.0))]
    Config(Vec<ConfigFault>),
    /// Tensors that are not what the configuration says.
    #[error("{}", List(.0))]
    Weights(Vec<WeightsFault>),
    /// A tokenizer that cannot be used.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerFault),
    /// A chat template that is no template.
    #[error(transparent)]
    Template(#[from] TemplateFault),
    /// More tokens than rows of the embedding.
    #[error("the tokenizer has {tokens} tokens and the embedding {rows} rows")]
    Vocabulary {
        /// Tokens.
        tokens: usize,
        /// Rows.
        rows: usize,
    },
}

impl OpenFault {
    /// Whether this model on this device lacks the class that was asked for, and has others.
    pub fn is_of_class(&self) -> bool {
        matches!(
            self,
            Self::Class { .. } | Self::Place(PlaceFault::Pack(PackError::NotQuantised))
        )
    }
}

/// Several faults, one a line; the first eight of them.
struct List<'a, T>(&'a [T]);

const SHOWN: usize = 8;

impl<T: fmt::Display> fmt::Display for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [only] = self.0 {
            return only.fmt(f);
        }
        write!(f, "{} faults:", self.0.len())?;
        for fault in self.0.iter().take(SHOWN) {
            write!(f, "\n  {fault}")?;
        }
        match self.0.len().checked_sub(SHOWN) {
            Some(more) if more > 0 => write!(f, "\n  and {more} more"),
            Some(_) | None => Ok(()),
        }
    }
}
