//! Writes three small models into a folder and prints what identifies them: `model_files FOLDER`.
//!
//! `tools/interop/check.sh` compares the list with what OpenSSF's model-signing makes of the folders.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for developers may stop where it stands"
)]

use std::path::PathBuf;

use weigh_core::model::Model as _;
use weigh_engine::tiny::{TinyFamily, TinyModel, write_encoder};
use weigh_engine::{Embedder, Engine, OpenOptions};

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap());
    let options = OpenOptions::default();
    let mut listed = serde_json::Map::new();
    for (name, family) in [("llama", TinyFamily::Llama), ("qwen2", TinyFamily::Qwen2)] {
        let model = TinyModel {
            family,
            ..TinyModel::new(1)
        };
        let path = folder.join(name);
        std::fs::create_dir_all(&path).unwrap();
        model.write_folder(&path).unwrap();
        let engine = Engine::open(&path, &options).unwrap();
        let files = serde_json::to_value(&engine.subject().files).unwrap();
        listed.insert(name.to_owned(), files);
    }
    let path = folder.join("encoder");
    write_encoder(1, &path).unwrap();
    let encoder = Embedder::open(&path, &options).unwrap();
    let files = serde_json::to_value(&encoder.subject().files).unwrap();
    listed.insert("encoder".to_owned(), files);
    println!("{}", serde_json::Value::Object(listed));
}
