//! A decoder's weights by where they are used, in whatever form a device holds them.

#![allow(
    clippy::indexing_slicing,
    reason = "a decoder counts its layers from 0 up to those that there are"
)]

use super::{Linear, Norm, PlaceFault};
use crate::config::DecoderConfig;
use crate::tensor_name::{LayerTensor, TensorName};

/// The weights of all layers and the norm behind them: matrices as `M`, vectors as `V`.
pub(crate) struct Layers<M, V> {
    layers: Vec<Layer<M, V>>,
    final_norm: V,
}

struct Layer<M, V> {
    attention_norm: V,
    qkv: M,
    qkv_bias: Option<V>,
    output: M,
    ffn_norm: V,
    gate_up: M,
    down: M,
}

impl<M, V> Layers<M, V> {
    /// Takes the tensors one layer after the other. `matrix` makes one matrix of several tensors,
    /// one below the other, with rows of the given length; `vector` one vector, end to end.
    ///
    /// # Errors
    /// What `matrix` and `vector` say.
    pub fn new(
        config: &DecoderConfig,
        matrix: impl Fn(&[TensorName], usize) -> Result<M, PlaceFault>,
        vector: impl Fn(&[TensorName]) -> Result<V, PlaceFault>,
    ) -> Result<Self, PlaceFault> {
        use LayerTensor as L;
        let (width, attended) = (config.width, config.heads * config.head_dim);
        let layer = |layer: usize| -> Result<Layer<M, V>, PlaceFault> {
            let name = |tensor| TensorName::Layer(layer, tensor);
            let biases = [L::QBias, L::KBias, L::VBias].map(name);
            Ok(Layer {
                attention_norm: vector(&[name(L::AttnNorm)])?,
                qkv: matrix(&[L::Q, L::K, L::V].map(name), width)?,
                qkv_bias: config.qkv_bias.then(|| vector(&biases)).transpose()?,
                output: matrix(&[name(L::O)], attended)?,
                ffn_norm: vector(&[name(L::FfnNorm)])?,
                gate_up: matrix(&[L::Gate, L::Up].map(name), width)?,
                down: matrix(&[name(L::Down)], config.ffn_width)?,
            })
        };
        Ok(Self {
            layers: (0..config.layers).map(layer).collect::<Result<_, _>>()?,
            final_norm: vector(&[TensorName::FinalNorm])?,
        })
    }

    /// The scale of a norm.
    pub fn norm(&self, norm: Norm) -> &V {
        match norm {
            Norm::Attention(layer) => &self.layers[layer].attention_norm,
            Norm::FeedForward(layer) => &self.layers[layer].ffn_norm,
            Norm::Final => &self.final_norm,
        }
    }

    /// The weights of a product.
    pub fn matrix(&self, linear: Linear) -> &M {
        match linear {
            Linear::Qkv(layer) => &self.layers[layer].qkv,
            Linear::Output(layer) => &self.layers[layer].output,
            Linear::GateUp(layer) => &self.layers[layer].gate_up,
            Linear::Down(layer) => &self.layers[layer].down,
        }
    }

    /// What is added to a product.
    pub fn bias(&self, linear: Linear) -> Option<&V> {
        match linear {
            Linear::Qkv(layer) => self.layers[layer].qkv_bias.as_ref(),
            Linear::Output(_) | Linear::GateUp(_) | Linear::Down(_) => None,
        }
    }

    /// Every matrix.
    pub fn matrices(&self) -> impl Iterator<Item = &M> {
        let layers = self.layers.iter();
        layers.flat_map(|l| [&l.qkv, &l.output, &l.gate_up, &l.down])
    }

    /// Every vector.
    pub fn vectors(&self) -> impl Iterator<Item = &V> {
        let layers = self.layers.iter();
        let scales = layers
            .clone()
            .flat_map(|l| [&l.attention_norm, &l.ffn_norm]);
        let biases = layers.filter_map(|l| l.qkv_bias.as_ref());
        scales.chain(biases).chain([&self.final_norm])
    }
}
