//! A tiny random embedding model as a folder, made from a seed: letters are its words.

use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};

const WIDTH: usize = 16;
const INNER: usize = 32;
const LAYERS: usize = 2;
const POSITIONS: usize = 64;
/// The most tokens of a text.
const LONGEST: usize = 48;

/// Writes the files of an embedding model whose weights follow from `seed` into `folder`.
///
/// # Errors
/// What the operating system reports.
pub fn write_encoder(seed: u64, folder: &Path) -> io::Result<()> {
    let letters = ('a'..='z').flat_map(|c| [c.to_string(), format!("##{c}")]);
    let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "."].map(str::to_owned);
    let pieces: Vec<String> = special.into_iter().chain(letters).collect();
    let config = json!({
        "model_type": "bert",
        "_name_or_path": format!("tiny encoder {seed}"),
        "hidden_act": "gelu",
        "hidden_size": WIDTH,
        "intermediate_size": INNER,
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": POSITIONS,
        "num_attention_heads": 4,
        "num_hidden_layers": LAYERS,
        "vocab_size": pieces.len(),
    });
    std::fs::create_dir_all(folder)?;
    let write = |name: &str, bytes: Vec<u8>| std::fs::write(folder.join(name), bytes);
    write("config.json", format!("{config:#}\n").into_bytes())?;
    let sentences = json!({ "max_seq_length": LONGEST });
    write(
        "sentence_bert_config.json",
        format!("{sentences:#}\n").into_bytes(),
    )?;
    write("vocab.txt", format!("{}\n", pieces.join("\n")).into_bytes())?;
    write("model.safetensors", weights(seed, pieces.len()))
}

fn weights(seed: u64, vocabulary: usize) -> Vec<u8> {
    let mut shapes = vec![
        (
            "embeddings.word_embeddings.weight".to_owned(),
            vec![vocabulary, WIDTH],
        ),
        (
            "embeddings.position_embeddings.weight".to_owned(),
            vec![POSITIONS, WIDTH],
        ),
        (
            "embeddings.token_type_embeddings.weight".to_owned(),
            vec![2, WIDTH],
        ),
    ];
    let norm = |shapes: &mut Vec<_>, name: String| {
        shapes.push((format!("{name}.weight"), vec![WIDTH]));
        shapes.push((format!("{name}.bias"), vec![WIDTH]));
    };
    norm(&mut shapes, "embeddings.LayerNorm".to_owned());
    for layer in 0..LAYERS {
        let part = |name: &str| format!("encoder.layer.{layer}.{name}");
        for (name, outer, inner) in [
            ("attention.self.query", WIDTH, WIDTH),
            ("attention.self.key", WIDTH, WIDTH),
            ("attention.self.value", WIDTH, WIDTH),
            ("attention.output.dense", WIDTH, WIDTH),
            ("intermediate.dense", INNER, WIDTH),
            ("output.dense", WIDTH, INNER),
        ] {
            shapes.push((format!("{}.weight", part(name)), vec![outer, inner]));
            shapes.push((format!("{}.bias", part(name)), vec![outer]));
        }
        norm(&mut shapes, part("attention.output.LayerNorm"));
        norm(&mut shapes, part("output.LayerNorm"));
    }
    let (mut header, mut data, mut state) = (Map::new(), Vec::new(), seed);
    for (name, shape) in shapes {
        let begin = data.len();
        for _ in 0..shape.iter().product() {
            // Knuth's multiplier; the upper half of the state is as good as random here.
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let unit = f64::from((state >> 33) as u32) / f64::from(u32::MAX >> 1) - 0.5;
            let value = if name.ends_with("Norm.weight") {
                1.0
            } else {
                unit
            };
            data.extend((value as f32).to_le_bytes());
        }
        let tensor = json!({ "dtype": "F32", "shape": shape, "data_offsets": [begin, data.len()] });
        header.insert(name, tensor);
    }
    let header = Value::Object(header).to_string().into_bytes();
    let length = (header.len() as u64).to_le_bytes();
    [length.as_slice(), &header, &data].concat()
}
