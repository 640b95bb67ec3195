//! A decoder's weights by where they are used, in whatever form a device holds them.

#![allow(
    clippy::indexing_slicing,
    reason = "a decoder counts its layers from 0 up to those that there are"
)]

use super::PlaceFault;
use crate::config::DecoderConfig;
use crate::tensor_name::{LayerTensor, TensorName};

/// The weights of all layers and the norm behind them: matrices as `M`, vectors as `V`.
pub(crate) struct Layers<M, V> {
    layers: Vec<Layer<M, V>>,
    final_norm: V,
}

/// One layer. Products that read the same input are one matrix.
pub(crate) struct Layer<M, V> {
    /// Scale of the norm before attention.
    pub attention_norm: V,
    /// Queries, keys and values, beside each other.
    pub qkv: M,
    /// What is added to them.
    pub qkv_bias: Option<V>,
    /// The attention's output.
    pub output: M,
    /// Scale of the norm before the feed-forward network.
    pub ffn_norm: V,
    /// Gate and up, beside each other.
    pub gate_up: M,
    /// Back to the model's width.
    pub down: M,
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

    /// One layer.
    pub fn layer(&self, layer: usize) -> &Layer<M, V> {
        &self.layers[layer]
    }

    /// Scale of the norm before the head.
    pub fn final_norm(&self) -> &V {
        &self.final_norm
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
