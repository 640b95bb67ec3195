//! Both writers give the same model, and the readers take it.

use std::path::Path;

use super::{TinyFamily, TinyModel};
use crate::config::RopeStyle;
use crate::dtype::Dtype;
use crate::open::{Parts, open_parts};
use crate::tensor_name::{LayerTensor, TensorName};

/// The model from its GGUF file and from its folder.
fn both(model: TinyModel) -> (tempfile::TempDir, Parts, Parts) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tiny.gguf");
    model.write_gguf(&file).unwrap();
    model.write_folder(&folder.path().join("tiny")).unwrap();
    let parts = |path: &Path| open_parts(path).unwrap();
    let (gguf, hf) = (parts(&file), parts(&folder.path().join("tiny")));
    (folder, gguf, hf)
}

/// A row of the GGUF order, found in the Hugging Face order by the definition of the two RoPEs:
/// numbers 2i and 2i + 1 of a head there are numbers i and i + d/2 here.
fn hf_row(row: usize, head_dim: usize) -> usize {
    let (head, place) = (row / head_dim, row % head_dim);
    head * head_dim + place / 2 + (place % 2) * head_dim / 2
}

fn check(model: TinyModel) {
    let (_folder, gguf, hf) = both(model);
    let config = &gguf.config;
    for name in TensorName::all(config) {
        let (from_gguf, from_hf) = (
            gguf.weights.f32(name).unwrap(),
            hf.weights.f32(name).unwrap(),
        );
        let permuted = config.rope_style == RopeStyle::Interleaved
            && matches!(name, TensorName::Layer(_, LayerTensor::Q | LayerTensor::K));
        let width = name.shape(config)[1..].iter().product::<usize>();
        for (row, weights) in from_gguf.chunks(width).enumerate() {
            let other = if permuted {
                hf_row(row, config.head_dim)
            } else {
                row
            };
            assert_eq!(
                weights,
                &from_hf[other * width..][..width],
                "{name} row {row}"
            );
        }
    }
    assert_eq!(gguf.subject.tokenizer, hf.subject.tokenizer);
    assert_eq!(gguf.subject.chat_template, hf.subject.chat_template);
    let mut config = hf.config.clone();
    config.rope_style = gguf.config.rope_style;
    assert_eq!(config, gguf.config);
    assert!(gguf.still_same().unwrap() && hf.still_same().unwrap());
}

#[test]
fn both_formats_hold_the_same_model() {
    for dtype in [Dtype::F32, Dtype::Q8_0, Dtype::Q4_1] {
        for family in [TinyFamily::Llama, TinyFamily::Qwen2] {
            check(TinyModel {
                seed: 7,
                family,
                dtype,
                noise: None,
            });
        }
    }
}

#[test]
fn the_bytes_follow_from_the_seed() {
    let bytes = |seed| super::gguf::bytes(&TinyModel::new(seed)).unwrap();
    let files = |seed| super::folder::files(&TinyModel::new(seed)).unwrap();
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
    assert_eq!(files(1), files(1));
    assert_ne!(files(1), files(2));
    let digest = weigh_core::digest::Digest::of(&bytes(1)).to_string();
    insta::assert_snapshot!(digest, @"7ecd11835f51d9af791229cc56466462e7206ebd243afd648a49d7f73579c08c");
}

#[test]
fn a_type_with_longer_blocks_is_an_error() {
    let model = TinyModel {
        dtype: Dtype::Q4K,
        ..TinyModel::new(1)
    };
    assert!(super::gguf::bytes(&model).is_err());
    assert!(super::folder::files(&model).is_err());
}

#[test]
fn a_changed_file_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiny.gguf");
    TinyModel::new(3).write_gguf(&path).unwrap();
    let parts = open_parts(&path).unwrap();
    assert!(parts.still_same().unwrap());
    let file = std::fs::OpenOptions::new()
        .append(true)
        .open(&path)
        .unwrap();
    file.set_len(file.metadata().unwrap().len() + 1).unwrap();
    assert!(!parts.still_same().unwrap());
}
