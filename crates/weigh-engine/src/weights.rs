//! The weights of a model: every tensor the configuration asks for, no other, of the right shape.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::DecoderConfig;
use crate::dequantise;
use crate::dtype::Dtype;
use crate::gguf::TensorInfo;
use crate::source::SourceFile;
use crate::tensor_name::TensorName;

/// Tensors by the name they have in their file, with the file's index.
pub(crate) type Directory = BTreeMap<String, (usize, TensorInfo)>;

/// Weights in mapped files.
#[derive(Debug)]
pub(crate) struct Weights {
    files: Vec<Arc<SourceFile>>,
    tensors: BTreeMap<TensorName, (usize, TensorInfo)>,
}

/// A tensor as it lies in its file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stored<'a> {
    /// How the weights are stored.
    pub dtype: Dtype,
    /// The blocks, row by row.
    pub bytes: &'a [u8],
}

/// A tensor that is missing, unexpected, of the wrong shape or unreadable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsFault {
    /// The configuration asks for it.
    #[error("tensor `{0}` is missing")]
    Missing(String),
    /// The configuration does not know it: some part of the model would be left out.
    #[error("tensor `{0}` has no place in this architecture")]
    Unexpected(String),
    /// Another shape than the configuration says.
    #[error("tensor `{name}` has the shape {found:?}; the configuration says {expected:?}")]
    Shape {
        /// Its name.
        name: String,
        /// Its shape.
        found: Vec<usize>,
        /// The shape it should have.
        expected: Vec<usize>,
    },
    /// Tied to the embedding, and different from it.
    #[error("tensor `{0}` differs from the embedding to which the configuration ties it")]
    NotTied(String),
    /// The stored bytes cannot be converted.
    #[error("tensor `{name}` cannot be read: {reason}")]
    Unreadable {
        /// Its name.
        name: String,
        /// Why.
        reason: String,
    },
}

impl Weights {
    /// Takes the tensors that `config` asks for out of `directory`, by the names that `name` gives.
    ///
    /// # Errors
    /// Every tensor that is missing, left over or of another shape.
    pub(crate) fn new(
        config: &DecoderConfig,
        files: Vec<Arc<SourceFile>>,
        mut directory: Directory,
        name: fn(TensorName) -> String,
    ) -> Result<Self, Vec<WeightsFault>> {
        let mut faults = Vec::new();
        let mut tensors = BTreeMap::new();
        for tensor in TensorName::all(config) {
            let name = name(tensor);
            let Some((file, info)) = directory.remove(&name) else {
                faults.push(WeightsFault::Missing(name));
                continue;
            };
            let expected = tensor.shape(config);
            if info.shape != expected {
                let found = info.shape.clone();
                faults.push(WeightsFault::Shape {
                    name,
                    found,
                    expected,
                });
            }
            tensors.insert(tensor, (file, info));
        }
        let weights = Self { files, tensors };
        faults.extend(weights.left_over(config, directory, name));
        if faults.is_empty() {
            Ok(weights)
        } else {
            Err(faults)
        }
    }

    /// What is wrong with the tensors that the configuration does not ask for. A copy of the
    /// embedding as a tied head is harmless, and so are stored rotary frequencies, which follow
    /// from the configuration and which no implementation reads.
    fn left_over(
        &self,
        config: &DecoderConfig,
        directory: Directory,
        name: fn(TensorName) -> String,
    ) -> Vec<WeightsFault> {
        let head = config.tied_head.then(|| name(TensorName::Head));
        let embedding = self.tensors.get(&TensorName::Embedding);
        let fault = |(name, (file, info)): (String, (usize, TensorInfo))| {
            if head.as_ref() == Some(&name) {
                let same = embedding.is_some_and(|(embedding_file, embedding)| {
                    embedding.dtype == info.dtype
                        && self.slice(*embedding_file, embedding) == self.slice(file, &info)
                });
                return (!same).then_some(WeightsFault::NotTied(name));
            }
            let harmless = name.ends_with(".self_attn.rotary_emb.inv_freq");
            (!harmless).then_some(WeightsFault::Unexpected(name))
        };
        directory.into_iter().filter_map(fault).collect()
    }

    /// A tensor as it is stored.
    ///
    /// # Errors
    /// It is not part of the model, for instance a bias that the family does not have.
    pub(crate) fn stored(&self, name: TensorName) -> Result<Stored<'_>, WeightsFault> {
        let missing = || WeightsFault::Missing(name.to_string());
        let tied = name == TensorName::Head && !self.tensors.contains_key(&name);
        let name = if tied { TensorName::Embedding } else { name };
        let (file, info) = self.tensors.get(&name).ok_or_else(missing)?;
        Ok(Stored {
            dtype: info.dtype,
            bytes: self.slice(*file, info).ok_or_else(missing)?,
        })
    }

    /// A tensor in single precision, row by row.
    ///
    /// # Errors
    /// It is not part of the model or its bytes cannot be converted.
    pub(crate) fn f32(&self, name: TensorName) -> Result<Vec<f32>, WeightsFault> {
        let stored = self.stored(name)?;
        dequantise::to_f32(stored.dtype, stored.bytes).map_err(|reason| WeightsFault::Unreadable {
            name: name.to_string(),
            reason,
        })
    }

    /// Every tensor with its type and shape, in a fixed order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (TensorName, Dtype, &[usize])> {
        let tensors = self.tensors.iter();
        tensors.map(|(name, (_, info))| (*name, info.dtype, info.shape.as_slice()))
    }

    fn slice(&self, file: usize, info: &TensorInfo) -> Option<&[u8]> {
        self.files.get(file)?.bytes().get(info.range.clone())
    }
}
