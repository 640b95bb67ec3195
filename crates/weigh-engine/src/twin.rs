//! Changed copies of a GGUF file, quantised further or degraded: to see what a twin test notices.

use std::io;
use std::path::Path;

use crate::dequantise;
use crate::dtype::Dtype;
use crate::gguf::write::{ALIGNMENT, Writer};
use crate::gguf::{Gguf, TensorInfo, check};
use crate::source::SourceFile;
use crate::tiny::{SplitMix64, TinyModel, fnv1a};

/// What becomes of the weights. Metadata is kept, so that the name stays the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Every matrix that is stored as one type is stored as another one with blocks of 32.
    Requantise {
        /// The type that it has.
        from: Dtype,
        /// The type that it gets.
        to: Dtype,
    },
    /// The matrices of one layer get noise, and are stored as before.
    Noise {
        /// Which layer, from 0.
        layer: usize,
        /// The largest noise, in per cent of the root mean square of the matrix.
        percent: u16,
        /// The noise follows from this.
        seed: u64,
    },
}

/// The bytes of the file at `path` after the change.
///
/// # Errors
/// The file cannot be read or is no sound GGUF file, its tensors are aligned otherwise than to 32
/// bytes, a type cannot hold the rows, or nothing in it is there to be changed.
pub fn changed(path: &Path, change: Change) -> io::Result<Vec<u8>> {
    let file = SourceFile::open(path)?;
    let gguf = check::parse(file.bytes()).map_err(io::Error::other)?;
    if gguf.alignment != ALIGNMENT as u64 {
        let message = format!(
            "tensors are aligned to {} bytes, not to {ALIGNMENT}",
            gguf.alignment
        );
        return Err(io::Error::other(message));
    }
    if !gguf.tensors.iter().any(|one| change.touches(one)) {
        return Err(io::Error::other("no matrix in it is there to be changed"));
    }
    copy(file.bytes(), &gguf, change)
}

fn copy(bytes: &[u8], gguf: &Gguf<'_>, change: Change) -> io::Result<Vec<u8>> {
    let mut file = Writer::with_metadata(gguf.metadata.keys().count(), gguf.stored_metadata);
    for (name, info) in &gguf.tensors {
        let stored = bytes.get(info.range.clone());
        let stored = stored.ok_or_else(|| io::Error::other("a tensor lies outside of the file"))?;
        if change.touches((name, info)) {
            let (dtype, stored) = change.of_tensor(name, info, stored)?;
            file.tensor(name, dtype, &info.shape, &stored);
        } else {
            file.tensor(name, info.dtype, &info.shape, stored);
        }
    }
    Ok(file.finish())
}

impl Change {
    fn touches(self, (name, info): (&&str, &TensorInfo)) -> bool {
        let is_matrix = info.shape.len() == 2;
        is_matrix
            && match self {
                Self::Requantise { from, .. } => info.dtype == from,
                Self::Noise { layer, .. } => name.starts_with(&format!("blk.{layer}.")),
            }
    }

    /// The tensor's type and blocks after the change.
    fn of_tensor(
        self,
        name: &str,
        info: &TensorInfo,
        stored: &[u8],
    ) -> io::Result<(Dtype, Vec<u8>)> {
        let mut weights = dequantise::to_f32(info.dtype, stored).map_err(io::Error::other)?;
        let dtype = match self {
            Self::Requantise { to, .. } => to,
            Self::Noise { percent, seed, .. } => {
                add_noise(&mut weights, f32::from(percent) / 100.0, seed ^ fnv1a(name));
                info.dtype
            }
        };
        let row = info.shape.last().copied().unwrap_or_default();
        if !row.is_multiple_of(dtype.block_len()) {
            let message = format!("{name} has rows of {row} weights, no whole blocks of {dtype}");
            return Err(io::Error::other(message));
        }
        Ok((dtype, TinyModel::stored(&weights, dtype)?))
    }
}

/// Adds evenly distributed noise up to `share` of the root mean square of `weights` in either direction.
fn add_noise(weights: &mut [f32], share: f32, seed: u64) {
    let square = |sum: f64, weight: &f32| sum + f64::from(*weight) * f64::from(*weight);
    let mean = weights.iter().fold(0.0, square) / weights.len().max(1) as f64;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "single precision is enough for noise"
    )]
    let most = share * mean.sqrt() as f32;
    let mut random = SplitMix64(seed);
    for weight in weights {
        *weight += most * random.symmetric();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiny(dtype: Dtype) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiny.gguf");
        let model = TinyModel {
            dtype,
            ..TinyModel::new(7)
        };
        model.write_gguf(&path).unwrap();
        (folder, path)
    }

    /// The weights of each matrix, by name.
    fn matrices(bytes: &[u8]) -> Vec<(String, Dtype, Vec<f32>)> {
        let gguf = check::parse(bytes).unwrap();
        let tensors = gguf
            .tensors
            .iter()
            .filter(|(_, info)| info.shape.len() == 2);
        let read = |(name, info): (&&str, &TensorInfo)| {
            let weights = dequantise::to_f32(info.dtype, &bytes[info.range.clone()]).unwrap();
            ((*name).to_owned(), info.dtype, weights)
        };
        tensors.map(read).collect()
    }

    /// ggml's Q4_0: the scale is the value of largest amount over -8, codes are 0 to 15 around 8.
    #[test]
    fn requantised_weights_are_within_a_step_of_q4_0() {
        let (_folder, path) = tiny(Dtype::Q4_1);
        let before = std::fs::read(&path).unwrap();
        let change = Change::Requantise {
            from: Dtype::Q4_1,
            to: Dtype::Q4_0,
        };
        let after = changed(&path, change).unwrap();
        let metadata = |bytes| check::parse(bytes).unwrap().stored_metadata;
        assert_eq!(metadata(&before), metadata(&after));
        let pairs = matrices(&before).into_iter().zip(matrices(&after));
        for ((name, was, old), (same, is, new)) in pairs {
            assert_eq!((name, was, is), (same, Dtype::Q4_1, Dtype::Q4_0));
            for (old, new) in old.chunks(32).zip(new.chunks(32)) {
                let most = old.iter().fold(0.0_f32, |most, w| most.max(w.abs()));
                let far = |(a, b): (&f32, &f32)| (a - b).abs() > most / 8.0 * 1.01;
                assert!(!old.iter().zip(new).any(far), "{old:?} {new:?}");
            }
        }
    }

    #[test]
    fn noise_is_in_one_layer_and_follows_from_its_seed() {
        let (_folder, path) = tiny(Dtype::Q8_0);
        let noise = |seed| Change::Noise {
            layer: 1,
            percent: 50,
            seed,
        };
        let (one, two) = (
            changed(&path, noise(1)).unwrap(),
            changed(&path, noise(2)).unwrap(),
        );
        assert_eq!(one, changed(&path, noise(1)).unwrap());
        assert_ne!(one, two);
        let before = matrices(&std::fs::read(&path).unwrap());
        for ((name, _, old), (_, _, new)) in before.iter().zip(matrices(&one)) {
            assert_eq!(*old != new, name.starts_with("blk.1."), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_changed_is_told() {
        let (folder, path) = tiny(Dtype::F32);
        let change = Change::Requantise {
            from: Dtype::Q4_1,
            to: Dtype::Q4_0,
        };
        let check = |path: &Path, expect: &str| {
            let fault = changed(path, change).unwrap_err().to_string();
            assert!(fault.contains(expect), "{fault}");
        };
        check(&path, "no matrix in it");
        let other = folder.path().join("other");
        std::fs::write(&other, "GGML").unwrap();
        check(&other, "GGUF");
    }
}
