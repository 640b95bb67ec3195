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

/// Rows of a matrix that are read from its file when they are needed.
#[derive(Debug)]
pub(crate) struct FileRows {
    name: TensorName,
    file: Arc<SourceFile>,
    info: TensorInfo,
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
        let (file, info) = self.tensors.get(&self.held(name)).ok_or_else(missing)?;
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

    /// The rows of a matrix, which stay in its file.
    ///
    /// # Errors
    /// It is not part of the model.
    pub(crate) fn rows(&self, name: TensorName) -> Result<FileRows, WeightsFault> {
        let missing = || WeightsFault::Missing(name.to_string());
        let (file, info) = self.tensors.get(&name).ok_or_else(missing)?;
        Ok(FileRows {
            name,
            file: self.files.get(*file).ok_or_else(missing)?.clone(),
            info: info.clone(),
        })
    }

    /// Gives back the memory that reading a tensor took.
    pub(crate) fn release(&self, name: TensorName) {
        let name = self.held(name);
        let Some((file, info)) = self.tensors.get(&name) else {
            return;
        };
        if let Some(file) = self.files.get(*file) {
            file.release(info.range.clone());
        }
    }

    /// The tensor that is stored for `name`: a tied head is the embedding.
    fn held(&self, name: TensorName) -> TensorName {
        match name {
            TensorName::Head if !self.tensors.contains_key(&name) => TensorName::Embedding,
            TensorName::Head
            | TensorName::Embedding
            | TensorName::FinalNorm
            | TensorName::Layer(..) => name,
        }
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

impl FileRows {
    /// Writes the rows with the given numbers to `out`, one after the other, in single precision.
    ///
    /// # Errors
    /// The file was cut, or has no such row.
    pub(crate) fn read(&self, numbers: &[u32], out: &mut [f32]) -> Result<(), WeightsFault> {
        let unreadable = |reason: String| WeightsFault::Unreadable {
            name: self.name.to_string(),
            reason,
        };
        match self.file.has_its_size() {
            Ok(true) => {}
            Ok(false) => return Err(unreadable("the file has another size than before".into())),
            Err(error) => return Err(unreadable(error.to_string())),
        }
        let width = out.len() / numbers.len().max(1);
        for (number, row) in numbers.iter().zip(out.chunks_exact_mut(width.max(1))) {
            let bytes = self.row(*number as usize, width);
            let bytes = bytes.ok_or_else(|| unreadable(format!("there is no row {number}")))?;
            dequantise::into(self.info.dtype, bytes, row).map_err(unreadable)?;
        }
        Ok(())
    }

    fn row(&self, number: usize, width: usize) -> Option<&[u8]> {
        let len = self.info.dtype.bytes_for(width)?;
        let all = self.file.bytes().get(self.info.range.clone())?;
        all.get(number.checked_mul(len)?..)?.get(..len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::open_parts;
    use crate::tiny::TinyModel;

    #[test]
    fn rows_in_the_file_are_the_rows_of_the_whole() {
        let folder = tempfile::tempdir().unwrap();
        for dtype in [Dtype::F32, Dtype::Q8_0, Dtype::Q4_1] {
            let path = folder.path().join(format!("{dtype}.gguf"));
            let model = TinyModel {
                dtype,
                ..TinyModel::new(3)
            };
            model.write_gguf(&path).unwrap();
            let parts = open_parts(&path).unwrap();
            let (weights, width) = (&parts.weights, parts.config.width);
            let whole = weights.f32(TensorName::Embedding).unwrap();
            weights.release(TensorName::Head);
            let rows = weights.rows(TensorName::Embedding).unwrap();
            let last = (parts.config.vocab - 1) as u32;
            let mut out = vec![0.0; 3 * width];
            rows.read(&[last, 0, last], &mut out).unwrap();
            let (first, end) = (&whole[..width], &whole[whole.len() - width..]);
            assert_eq!(out, [end, first, end].concat(), "{dtype}");
            let none = rows.read(&[last + 1], &mut out[..width]).unwrap_err();
            assert!(none.to_string().contains("there is no row"), "{none}");

            let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
            file.set_len(64).unwrap();
            let cut = rows.read(&[0], &mut out[..width]).unwrap_err();
            assert!(cut.to_string().contains("another size"), "{cut}");
            assert!(!parts.still_same().unwrap());
        }
    }
}
