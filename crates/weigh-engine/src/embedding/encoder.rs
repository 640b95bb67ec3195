//! BERT's encoder: from tokens to one vector of length one.
//!
//! Devlin and others, 2019, arXiv 1810.04805. Linear layers are the project's own products, whose sums
//! have one order on every machine; everything else is summed from the first number to the last.

use std::collections::BTreeMap;

use super::config::Config;
use crate::dtype::Dtype;
use crate::gguf::TensorInfo;
use crate::kernels::elementwise::add_bias;
use crate::kernels::{Class, Isa, Output, Packed, Rows, Workspace, matmul};

/// Tensors of a file, by their names.
type Tensors = BTreeMap<String, TensorInfo>;

/// A loaded encoder.
pub(super) struct Encoder {
    words: Vec<f32>,
    positions: Vec<f32>,
    /// The first kind of text; there is no second.
    kind: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    width: usize,
    heads: usize,
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
    epsilon: f64,
}

struct Linear {
    weight: Packed,
    bias: Vec<f32>,
}

struct Layer {
    /// Query, key and value, one below the other.
    project: Linear,
    attended: Linear,
    attended_norm: Norm,
    up: Linear,
    down: Linear,
    down_norm: Norm,
}

/// The file's tensors, read by name and shape.
struct Source<'a> {
    tensors: &'a Tensors,
    bytes: &'a [u8],
    epsilon: f64,
}

impl Source<'_> {
    /// The numbers of a tensor of this shape, in f32.
    fn numbers(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
        // Some files were saved from a model that holds the encoder as a part.
        let found = self.tensors.get(name);
        let info = found.or_else(|| self.tensors.get(&format!("bert.{name}")));
        let info = info.ok_or_else(|| format!("it has no tensor `{name}`"))?;
        if info.shape != shape || info.dtype != Dtype::F32 {
            return Err(format!(
                "tensor `{name}` is {} of {:?}, expected F32 of {shape:?}",
                info.dtype, info.shape
            ));
        }
        let bytes = self.bytes.get(info.range.clone()).unwrap_or_default();
        let (numbers, _) = bytes.as_chunks::<4>();
        let numbers: Vec<f32> = numbers
            .iter()
            .map(|four| f32::from_le_bytes(*four))
            .collect();
        if numbers.iter().all(|number| number.is_finite()) {
            return Ok(numbers);
        }
        Err(format!("tensor `{name}` holds a number that is not finite"))
    }

    fn norm(&self, name: &str, width: usize) -> Result<Norm, String> {
        Ok(Norm {
            weight: self.numbers(&format!("{name}.weight"), &[width])?,
            bias: self.numbers(&format!("{name}.bias"), &[width])?,
            epsilon: self.epsilon,
        })
    }

    /// Layers with one input, one below the other; each has `outer` outputs.
    fn linear(&self, names: &[String], outer: usize, inner: usize) -> Result<Linear, String> {
        let (mut weights, mut bias) = (Vec::new(), Vec::new());
        for name in names {
            weights.extend(self.numbers(&format!("{name}.weight"), &[outer, inner])?);
            bias.extend(self.numbers(&format!("{name}.bias"), &[outer])?);
        }
        let weight = Packed::new(Class::F32, &[Rows::F32(&weights)], inner);
        Ok(Linear {
            weight: weight.map_err(|fault| fault.to_string())?,
            bias,
        })
    }

    fn layer(&self, index: usize, config: &Config) -> Result<Layer, String> {
        let (width, inner) = (config.width, config.inner);
        let part = |name: &str| format!("encoder.layer.{index}.{name}");
        let project = ["query", "key", "value"].map(|p| part(&format!("attention.self.{p}")));
        Ok(Layer {
            project: self.linear(&project, width, width)?,
            attended: self.linear(&[part("attention.output.dense")], width, width)?,
            attended_norm: self.norm(&part("attention.output.LayerNorm"), width)?,
            up: self.linear(&[part("intermediate.dense")], inner, width)?,
            down: self.linear(&[part("output.dense")], width, inner)?,
            down_norm: self.norm(&part("output.LayerNorm"), width)?,
        })
    }
}

impl Encoder {
    /// Reads the weights.
    pub fn new(config: &Config, tensors: &Tensors, bytes: &[u8]) -> Result<Self, String> {
        let source = Source {
            tensors,
            bytes,
            epsilon: config.epsilon,
        };
        let width = config.width;
        let table = |name: &str, rows: usize| {
            source.numbers(&format!("embeddings.{name}.weight"), &[rows, width])
        };
        let layers = 0..config.layers;
        let mut kind = table("token_type_embeddings", 2)?;
        kind.truncate(width);
        Ok(Self {
            words: table("word_embeddings", config.vocabulary)?,
            positions: table("position_embeddings", config.positions)?,
            kind,
            norm: source.norm("embeddings.LayerNorm", width)?,
            layers: layers
                .map(|index| source.layer(index, config))
                .collect::<Result<_, _>>()?,
            width,
            heads: config.heads,
        })
    }

    /// The mean of the tokens' last states, brought to length one. None where a number is not finite
    /// or there is no token.
    pub fn embedding(&self, isa: Isa, tokens: &[u32]) -> Option<Vec<f32>> {
        let width = self.width;
        let mut x = self.embedded(tokens)?;
        let mut space = Workspace::default();
        for layer in &self.layers {
            let projected = layer.project.times(isa, &mut space, &x);
            let mixed = self.attend(&projected);
            let attended = layer.attended.times(isa, &mut space, &mixed);
            add(&mut x, &attended);
            layer.attended_norm.apply(&mut x);
            let mut inner = layer.up.times(isa, &mut space, &x);
            inner.iter_mut().for_each(|value| *value = gelu(*value));
            let down = layer.down.times(isa, &mut space, &inner);
            add(&mut x, &down);
            layer.down_norm.apply(&mut x);
        }
        let mut mean = vec![0.0_f64; width];
        for row in x.chunks_exact(width) {
            mean.iter_mut()
                .zip(row)
                .for_each(|(sum, value)| *sum += f64::from(*value));
        }
        let squares: f64 = mean.iter().map(|sum| sum * sum).sum();
        let length = libm::sqrt(squares);
        let unit: Vec<f32> = mean.iter().map(|sum| (sum / length) as f32).collect();
        unit.iter().all(|value| value.is_finite()).then_some(unit)
    }

    fn embedded(&self, tokens: &[u32]) -> Option<Vec<f32>> {
        let width = self.width;
        let mut x = Vec::with_capacity(tokens.len() * width);
        for (position, token) in tokens.iter().enumerate() {
            let word = self.words.chunks_exact(width).nth(*token as usize)?;
            let place = self.positions.chunks_exact(width).nth(position)?;
            let sums = word.iter().zip(place).zip(&self.kind);
            x.extend(sums.map(|((word, place), kind)| word + kind + place));
        }
        self.norm.apply(&mut x);
        Some(x)
    }

    /// Every token looks at every token, in each head.
    fn attend(&self, projected: &[f32]) -> Vec<f32> {
        let (width, head) = (self.width, self.width / self.heads);
        let scale = 1.0 / libm::sqrt(head as f64);
        let mut mixed = vec![0.0_f32; projected.len() / 3];
        for at in (0..width).step_by(head) {
            let part = |third: usize| -> Vec<f32> {
                let rows = projected.chunks_exact(3 * width);
                let start = third * width + at;
                rows.flat_map(|row| row.get(start..start + head).unwrap_or_default())
                    .copied()
                    .collect()
            };
            let (queries, keys, values) = (part(0), part(1), part(2));
            let rows = mixed.chunks_exact_mut(width);
            for (query, row) in queries.chunks_exact(head).zip(rows) {
                let keys = keys.chunks_exact(head);
                let scores: Vec<f64> = keys.map(|key| scale * f64::from(dot(query, key))).collect();
                let out = row.get_mut(at..at + head).unwrap_or_default();
                for (share, value) in shares(&scores).zip(values.chunks_exact(head)) {
                    out.iter_mut()
                        .zip(value)
                        .for_each(|(sum, value)| *sum += share * value);
                }
            }
        }
        mixed
    }
}

/// The softmax of some scores.
fn shares(scores: &[f64]) -> impl Iterator<Item = f32> {
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = scores
        .iter()
        .map(|score| libm::exp(score - highest))
        .collect();
    let total: f64 = powers.iter().sum();
    powers.into_iter().map(move |power| (power / total) as f32)
}

impl Linear {
    fn times(&self, isa: Isa, space: &mut Workspace, x: &[f32]) -> Vec<f32> {
        let (n, k) = (self.weight.n(), self.weight.k());
        let mut y = vec![0.0; x.len() / k * n];
        let output = Output {
            y: &mut y,
            stride: n,
            accumulate: false,
        };
        matmul(isa, 1, &mut space.activations(x, k), &self.weight, output);
        add_bias(&mut y, &self.bias);
        y
    }
}

impl Norm {
    /// Layer normalisation of each row: mean 0, variance 1, then weight and bias.
    fn apply(&self, rows: &mut [f32]) {
        let width = self.weight.len();
        for row in rows.chunks_exact_mut(width.max(1)) {
            let count = width as f64;
            let mean = row.iter().map(|x| f64::from(*x)).sum::<f64>() / count;
            let apart = |x: &f32| (f64::from(*x) - mean) * (f64::from(*x) - mean);
            let variance = row.iter().map(apart).sum::<f64>() / count;
            let scale = 1.0 / libm::sqrt(variance + self.epsilon);
            let parameters = self.weight.iter().zip(&self.bias);
            for (x, (weight, bias)) in row.iter_mut().zip(parameters) {
                let unit = (f64::from(*x) - mean) * scale;
                *x = (unit * f64::from(*weight) + f64::from(*bias)) as f32;
            }
        }
    }
}

/// x times the share of a normal distribution below x, exactly (`gelu`, not its approximations).
fn gelu(x: f32) -> f32 {
    let x = f64::from(x);
    (0.5 * x * (1.0 + libm::erf(x * std::f64::consts::FRAC_1_SQRT_2))) as f32
}

fn add(x: &mut [f32], more: &[f32]) {
    x.iter_mut().zip(more).for_each(|(x, more)| *x += more);
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
