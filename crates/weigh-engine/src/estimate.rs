//! How much memory a model takes, foreseen from its configuration and the directory of its tensors
//! before anything large is allocated.

use crate::config::DecoderConfig;
use crate::decoder::PlaceFault;
use crate::decoder::cpu::{self, CpuBackend};
use crate::decoder::layers::Layers;
use crate::engine::ROWS;
use crate::memory::{Megabytes, Room};
use crate::open::Parts;
use crate::options::{Compute, OpenOptions};
use crate::pages::{PAGE, pages_for};
use crate::pass::HEAD_ROWS;
use crate::tensor_name::TensorName;

/// Bytes that a model takes on the CPU.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Weights as they are packed for the class in which they are computed with.
    pub weights: u64,
    /// The embedding's rows, which stay in the file and come to memory when they are read.
    pub embedding: u64,
    /// The most for keys and values.
    pub kv: u64,
    /// Activations, logits and rotation table.
    pub rest: u64,
}

impl Footprint {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> u64 {
        [self.weights, self.embedding, self.kv, self.rest]
            .iter()
            .fold(0, |sum, bytes| sum.saturating_add(*bytes))
    }
}

/// A model that needs more memory than there is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "it needs {} of memory in {compute} (weights {}, embedding {}, keys and values {}, rest {}), \
     and this machine has {} available",
    Megabytes(.footprint.total()),
    Megabytes(.footprint.weights),
    Megabytes(.footprint.embedding),
    Megabytes(.footprint.kv),
    Megabytes(.footprint.rest),
    Megabytes(*.available)
)]
pub struct MemoryFault {
    /// What it needs.
    pub footprint: Footprint,
    /// In which class.
    pub compute: Compute,
    /// Bytes that are left.
    pub available: u64,
    /// The least that other classes need, where that is less: all but keys and values.
    pub others: Vec<(Compute, u64)>,
}

/// What a model needs, and what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Estimate {
    /// What it needs.
    pub footprint: Footprint,
    /// In which class.
    pub compute: Compute,
    /// Bytes that are left on the machine, if it tells.
    pub available: Option<u64>,
    /// Pages of keys and values.
    pub pages: usize,
    /// Bytes of a page.
    pub page_bytes: u64,
}

impl Estimate {
    /// What the model of `parts` needs.
    ///
    /// # Errors
    /// Weights that cannot be packed in the class.
    pub fn new(parts: &Parts, options: &OpenOptions, room: Room) -> Result<Self, PlaceFault> {
        let config = &parts.config;
        let page = cpu::empty_memory(config, options.compute).page_bytes();
        let fixed = fixed(parts, options.compute)?;
        let least = (page * (pages_for(ROWS) + 1)) as u64;
        let kv = options
            .kv_memory
            .unwrap_or_else(|| usual_kv(room, fixed.total(), least));
        let pages = usize::try_from(kv).unwrap_or(usize::MAX) / page.max(1);
        let turned = config.context.min(pages.saturating_mul(PAGE)) * config.head_dim;
        let footprint = Footprint {
            kv,
            rest: fixed.rest + (turned * size_of::<f32>()) as u64,
            ..fixed
        };
        Ok(Self {
            footprint,
            compute: options.compute,
            available: room.left,
            pages,
            page_bytes: page as u64,
        })
    }

    /// Refuses a model for which there is too little memory, and says which classes need less.
    ///
    /// # Errors
    /// It needs more than there is.
    pub fn check(&self, parts: &Parts) -> Result<(), MemoryFault> {
        let Self {
            footprint, compute, ..
        } = *self;
        let Some(available) = self.available.filter(|left| footprint.total() > *left) else {
            return Ok(());
        };
        let own = footprint.total().saturating_sub(footprint.kv);
        let others = [Compute::F32, Compute::Bf16, Compute::Stored].into_iter();
        let others = others.filter_map(|class| Some((class, fixed(parts, class).ok()?.total())));
        Err(MemoryFault {
            footprint,
            compute,
            available,
            others: others.filter(|(_, bytes)| *bytes < own).collect(),
        })
    }
}

/// Memory for keys and values where nobody says how much: a quarter of the machine's, and not more
/// than half of what is left beside the model, but what a pass needs.
fn usual_kv(room: Room, fixed: u64, least: u64) -> u64 {
    let quarter = room.total / 4;
    let half = room.left.map(|left| left.saturating_sub(fixed) / 2);
    half.map_or(quarter, |half| quarter.min(half)).max(least)
}

/// What a model needs whatever it is asked: everything but keys, values and the rotation table.
fn fixed(parts: &Parts, compute: Compute) -> Result<Footprint, PlaceFault> {
    let (config, weights) = (&parts.config, &parts.weights);
    let matrix =
        |names: &[TensorName], width: usize| cpu::packed_bytes(weights, compute, names, width);
    let vector = |names: &[TensorName]| {
        let values = names.iter().flat_map(|name| name.shape(config));
        Ok(values.sum::<usize>() * size_of::<f32>())
    };
    let layers: Layers<usize, usize> = Layers::new(config, matrix, vector)?;
    let bytes = layers.matrices().chain(layers.vectors()).sum::<usize>();
    let head = matrix(&[TensorName::Head], config.width)?;
    Ok(Footprint {
        weights: (bytes + head) as u64,
        embedding: weights.stored(TensorName::Embedding)?.bytes.len() as u64,
        kv: 0,
        rest: CpuBackend::scratch_bytes(config, ROWS) as u64 + logits(config) as u64,
    })
}

fn logits(config: &DecoderConfig) -> usize {
    HEAD_ROWS * config.vocab * size_of::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtype::Dtype;
    use crate::kernels::Isa;
    use crate::open::open_parts;
    use crate::tiny::{TinyFamily, TinyModel};

    const MIB: u64 = 1 << 20;

    fn parts(family: TinyFamily, dtype: Dtype) -> Parts {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiny.gguf");
        let seed = 1;
        let model = TinyModel {
            seed,
            family,
            dtype,
            noise: None,
        };
        model.write_gguf(&path).unwrap();
        open_parts(&path).unwrap()
    }

    fn options(compute: Compute, kv_memory: Option<u64>) -> OpenOptions {
        OpenOptions {
            compute,
            kv_memory,
            ..OpenOptions::default()
        }
    }

    #[test]
    fn packed_weights_take_what_was_foreseen() {
        use Compute::{Bf16, F32, Stored};
        let mut checked = 0;
        for family in [TinyFamily::Llama, TinyFamily::Qwen2] {
            for (dtype, classes) in [
                (Dtype::F32, &[F32, Bf16][..]),
                (Dtype::Q4_1, &[F32, Bf16, Stored]),
                (Dtype::Q8_0, &[F32, Bf16, Stored]),
            ] {
                let parts = parts(family, dtype);
                for compute in classes {
                    let (config, weights) = (&parts.config, &parts.weights);
                    let backend = CpuBackend::new(config, weights, *compute, Isa::Portable, 1);
                    let foreseen = fixed(&parts, *compute).unwrap().weights;
                    let taken = backend.unwrap().weight_bytes() as u64;
                    assert_eq!(foreseen, taken, "{family:?} {dtype} {compute}");
                    checked += 1;
                }
            }
        }
        assert_eq!(checked, 16);
        let plain = parts(TinyFamily::Llama, Dtype::F32);
        let fault = fixed(&plain, Stored).unwrap_err().to_string();
        assert!(fault.contains("quantised blocks"), "{fault}");
    }

    #[test]
    fn keys_and_values_take_what_is_left() {
        let room = |total, left: Option<u64>| Room {
            total: total * MIB,
            left: left.map(|left| left * MIB),
        };
        for (room, fixed, expect) in [
            (room(800, Some(700)), 100, 200),
            (room(800, None), 100, 200),
            (room(800, Some(300)), 100, 100),
            (room(800, Some(90)), 100, 7),
            (room(8, Some(8)), 1, 7),
        ] {
            assert_eq!(usual_kv(room, fixed * MIB, 7 * MIB), expect * MIB);
        }
    }

    #[test]
    fn too_little_memory_is_refused_with_what_needs_less() {
        let parts = parts(TinyFamily::Llama, Dtype::Q8_0);
        let check = |compute, kv, left| {
            let room = Room {
                total: 100 * MIB,
                left,
            };
            let estimate = Estimate::new(&parts, &options(compute, kv), room).unwrap();
            estimate.check(&parts)
        };
        let need = fixed(&parts, Compute::F32).unwrap().total();
        assert_eq!(check(Compute::F32, Some(0), Some(need)), Ok(()));
        assert_eq!(check(Compute::F32, Some(u64::MAX), None), Ok(()));
        let fault = check(Compute::F32, Some(0), Some(need - 1)).unwrap_err();
        let classes: Vec<Compute> = fault.others.iter().map(|(class, _)| *class).collect();
        assert_eq!(classes, [Compute::Bf16, Compute::Stored]);
        let fault = check(Compute::Stored, Some(u64::MAX), Some(MIB)).unwrap_err();
        assert_eq!((fault.available, &*fault.others), (MIB, &[][..]));
        let text = fault.to_string();
        assert!(text.contains("in stored (weights "), "{text}");
        assert!(
            text.ends_with("this machine has 1.1 MB available"),
            "{text}"
        );
        assert!(check(Compute::F32, None, Some(0)).is_err());
    }
}
