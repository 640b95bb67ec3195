//! Models that cannot be opened, and what their owner is told.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Parts, open_parts};
use crate::error::OpenFault;
use crate::safetensors::SafetensorsFault;
use crate::tiny::TinyModel;
use crate::tokenizer::fault::TokenizerFault;
use crate::weights::WeightsFault;

/// A tiny model's folder.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        TinyModel::new(1).write_folder(folder.path()).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Changes one value of a JSON file; null takes it away.
    fn set(self, file: &str, pointer: &str, value: Value) -> Self {
        let mut json: Value =
            serde_json::from_slice(&std::fs::read(self.path(file)).unwrap()).unwrap();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        json.pointer_mut(parent).unwrap()[key] = value;
        self.write(file, json.to_string().as_bytes())
    }

    fn write(self, file: &str, bytes: &[u8]) -> Self {
        std::fs::write(self.path(file), bytes).unwrap();
        self
    }

    fn without(self, file: &str) -> Self {
        std::fs::remove_file(self.path(file)).unwrap();
        self
    }

    fn open(&self) -> Parts {
        open_parts(self.0.path()).unwrap()
    }

    /// What is wrong, with the name of the file in which it is; no name for the folder itself.
    fn fault(&self) -> (String, OpenFault) {
        let error = open_parts(self.0.path()).unwrap_err();
        let name = error.path.strip_prefix(self.0.path()).unwrap();
        (name.to_string_lossy().into_owned(), error.fault)
    }

    fn message(&self) -> String {
        let (file, fault) = self.fault();
        format!("{file}: {fault}")
    }
}

fn file_fault(bytes: &[u8]) -> OpenFault {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    std::fs::write(&path, bytes).unwrap();
    open_parts(&path).unwrap_err().fault
}

#[test]
fn other_formats_are_known_by_their_bytes() {
    assert!(matches!(
        file_fault(b"\x80\x02}q\x00."),
        OpenFault::Pickle("Python pickle")
    ));
    assert!(matches!(
        file_fault(b"PK\x03\x04...."),
        OpenFault::Pickle(_)
    ));
    for bytes in [b"".as_slice(), b"GGU", b"ggjt....", b"\x80\x06"] {
        assert!(
            matches!(file_fault(bytes), OpenFault::NotAModel),
            "{bytes:?}"
        );
    }
    assert!(matches!(file_fault(b"GGUF"), OpenFault::Gguf(_)));
    let device = open_parts(Path::new("/dev/null")).unwrap_err().fault;
    assert_eq!(device.to_string(), "not a regular file");
    let missing = open_parts(Path::new("/nonexistent/model.gguf")).unwrap_err();
    assert!(matches!(missing.fault, OpenFault::Io(_)));
    assert!(
        missing
            .to_string()
            .starts_with("cannot open /nonexistent/model.gguf: ")
    );
}

#[test]
fn folders_without_a_file_say_which() {
    let message = |file| Folder::new().without(file).message();
    assert_eq!(message("config.json"), ": the folder has no config.json");
    assert_eq!(
        message("tokenizer.json"),
        ": the folder has no tokenizer.json"
    );
    assert_eq!(
        message("model.safetensors"),
        ": the folder has no model.safetensors"
    );
    let pickle = Folder::new().without("model.safetensors");
    let pickle = pickle.write("pytorch_model.bin", b"");
    assert!(matches!(pickle.fault().1, OpenFault::Pickle(_)));
    let bare = pickle.without("config.json").fault().1;
    assert!(matches!(bare, OpenFault::Pickle(_)));
    let bare = Folder::new()
        .without("generation_config.json")
        .without("tokenizer_config.json");
    let bare = bare.open();
    assert!(bare.template.is_none() && bare.tokenizer.bos().is_none());
}

#[test]
fn json_that_is_wrong_is_placed() {
    let twice = Folder::new()
        .write("config.json", b"{\"a\": 1,\n \"a\": 2}")
        .message();
    assert!(
        twice.starts_with("config.json: line 2, column 2: "),
        "{twice}"
    );
    let large = Folder::new().write("tokenizer_config.json", &vec![b' '; (16 << 20) + 1]);
    assert!(
        matches!(large.fault(), (file, OpenFault::TooLarge { .. }) if file == "tokenizer_config.json")
    );
    let template = Folder::new().write("chat_template.jinja", b"\xFF");
    assert!(
        matches!(template.fault(), (file, OpenFault::Json(_)) if file == "chat_template.jinja")
    );
    let template = Folder::new().write("chat_template.jinja", b"{% if %}");
    assert!(
        matches!(template.fault(), (file, OpenFault::Template(_)) if file == "chat_template.jinja")
    );
    let tokenizer = Folder::new().write("tokenizer.json", b"{}");
    let fault = tokenizer.fault();
    assert!(
        matches!(fault, (file, OpenFault::Tokenizer(TokenizerFault::Json(_))) if file == "tokenizer.json")
    );
}

#[test]
fn a_configuration_and_its_tensors_must_agree() {
    let other = Folder::new()
        .set("config.json", "/intermediate_size", json!(95))
        .message();
    insta::assert_snapshot!(other, @r#"
    : 6 faults:
      tensor `model.layers.0.mlp.gate_proj.weight` has the shape [96, 64]; the configuration says [95, 64]
      tensor `model.layers.0.mlp.up_proj.weight` has the shape [96, 64]; the configuration says [95, 64]
      tensor `model.layers.0.mlp.down_proj.weight` has the shape [64, 96]; the configuration says [64, 95]
      tensor `model.layers.1.mlp.gate_proj.weight` has the shape [96, 64]; the configuration says [95, 64]
      tensor `model.layers.1.mlp.up_proj.weight` has the shape [96, 64]; the configuration says [95, 64]
      tensor `model.layers.1.mlp.down_proj.weight` has the shape [64, 96]; the configuration says [64, 95]
    "#);
    let more = Folder::new()
        .set("config.json", "/num_hidden_layers", json!(3))
        .message();
    insta::assert_snapshot!(more, @r#"
    : 9 faults:
      tensor `model.layers.2.input_layernorm.weight` is missing
      tensor `model.layers.2.self_attn.q_proj.weight` is missing
      tensor `model.layers.2.self_attn.k_proj.weight` is missing
      tensor `model.layers.2.self_attn.v_proj.weight` is missing
      tensor `model.layers.2.self_attn.o_proj.weight` is missing
      tensor `model.layers.2.post_attention_layernorm.weight` is missing
      tensor `model.layers.2.mlp.gate_proj.weight` is missing
      tensor `model.layers.2.mlp.up_proj.weight` is missing
      and 1 more
    "#);
    let fewer = Folder::new()
        .set("config.json", "/num_hidden_layers", json!(1))
        .fault();
    let OpenFault::Weights(faults) = fewer.1 else {
        panic!("{fewer:?}")
    };
    assert!(
        faults.len() == 9
            && faults
                .iter()
                .all(|fault| matches!(fault, WeightsFault::Unexpected(_)))
    );
    let scaled = Folder::new().set(
        "config.json",
        "/rope_scaling",
        json!({ "type": "linear", "factor": 2 }),
    );
    insta::assert_snapshot!(scaled.message(), @"config.json: `rope_scaling.rope_type` is linear: this engine has no such feature and would compute something else");
    let rows = Folder::new()
        .set("config.json", "/vocab_size", json!(100))
        .message();
    insta::assert_snapshot!(rows, @"tokenizer.json: the tokenizer has 296 tokens and the embedding 100 rows");
}

/// A safetensors file with some tensors of one number.
fn tensors(names: &[&str]) -> Vec<u8> {
    let entry = |(place, name): (usize, &&str)| {
        let offsets = [place * 4, place * 4 + 4];
        (
            (*name).to_owned(),
            json!({ "dtype": "F32", "shape": [1], "data_offsets": offsets }),
        )
    };
    let header = Value::Object(names.iter().enumerate().map(entry).collect()).to_string();
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    bytes.resize(bytes.len() + names.len() * 4, 0);
    bytes
}

fn sharded(index: Value, files: &[(&str, &[&str])]) -> OpenFault {
    let mut folder = Folder::new().without("model.safetensors");
    let index = json!({ "metadata": {}, "weight_map": index }).to_string();
    folder = folder.write("model.safetensors.index.json", index.as_bytes());
    for (file, names) in files {
        folder = folder.write(file, &tensors(names));
    }
    folder.fault().1
}

#[test]
fn an_index_must_agree_with_its_files() {
    let (a, b) = ("a.safetensors", "b.safetensors");
    let twice = sharded(json!({ "x": a, "y": b }), &[(a, &["x"]), (b, &["x", "y"])]);
    assert!(matches!(twice, OpenFault::Safetensors(SafetensorsFault::Twice(name)) if name == "x"));
    let other = sharded(json!({ "x": a, "y": a }), &[(a, &["x"])]);
    let nowhere = SafetensorsFault::Misplaced {
        name: "y".into(),
        said: a.into(),
        found: "no file".into(),
    };
    assert!(matches!(other, OpenFault::Safetensors(fault) if fault == nowhere));
    let unsaid = sharded(json!({ "x": a }), &[(a, &["x", "y"])]);
    let unsaid_fault = SafetensorsFault::Misplaced {
        name: "y".into(),
        said: "no file".into(),
        found: a.into(),
    };
    assert!(matches!(unsaid, OpenFault::Safetensors(fault) if fault == unsaid_fault));
    assert!(matches!(sharded(json!({ "x": a }), &[]), OpenFault::Io(_)));
}

#[test]
fn a_model_in_parts_is_the_model_in_one() {
    let whole = Folder::new();
    let bytes = std::fs::read(whole.path("model.safetensors")).unwrap();
    let map: serde_json::Map<String, Value> = whole
        .open()
        .weights
        .iter()
        .map(|(name, ..)| (name.in_hf(), json!("part.safetensors")))
        .collect();
    let index = json!({ "metadata": {}, "weight_map": map }).to_string();
    let subject = whole.open().subject;
    let parts = whole
        .without("model.safetensors")
        .write("part.safetensors", &bytes)
        .write("model.safetensors.index.json", index.as_bytes());
    let parts = parts.open();
    assert_eq!(
        (&parts.subject.config, &parts.subject.facts),
        (&subject.config, &subject.facts)
    );
    assert!(
        parts
            .subject
            .files
            .iter()
            .any(|file| file.name == "part.safetensors")
    );
    assert!(parts.subject.files.is_sorted());
}

#[test]
fn a_tied_head_must_be_the_embedding() {
    let untied = TinyModel {
        family: crate::tiny::TinyFamily::Qwen2,
        ..TinyModel::new(1)
    };
    let folder = Folder::new();
    untied.write_folder(folder.0.path()).unwrap();
    let folder = folder.set("config.json", "/tie_word_embeddings", json!(true));
    let fault = folder.fault().1;
    let expect = [WeightsFault::NotTied("lm_head.weight".to_owned())];
    assert!(matches!(fault, OpenFault::Weights(faults) if faults == expect));
}

#[test]
fn roles_of_tokens_come_from_the_files_beside() {
    let set = |pointer, value| Folder::new().set("tokenizer_config.json", pointer, value);
    let eos = set(
        "/eos_token",
        json!({ "content": "<|endoftext|>", "lstrip": false }),
    )
    .open();
    assert_eq!(
        (eos.tokenizer.eos(), eos.tokenizer.end_of_turn()),
        (Some(0), [0, 2].as_slice())
    );
    assert!(
        !set("/add_bos_token", json!(true))
            .open()
            .tokenizer
            .add_bos()
    );
    let llama = set("/add_bos_token", json!(true)).set(
        "tokenizer_config.json",
        "/tokenizer_class",
        json!("LlamaTokenizer"),
    );
    assert!(llama.open().tokenizer.add_bos());
    let named =
        json!([{ "name": "tool_use", "template": "t" }, { "name": "default", "template": "d" }]);
    let template = set("/chat_template", named).open().template.unwrap();
    assert_eq!(template.render(&[], true).unwrap(), "d");
    let ends = Folder::new().set("generation_config.json", "/eos_token_id", json!([2, 70]));
    assert_eq!(ends.open().tokenizer.end_of_turn(), [0, 2, 70]);
    let beyond = Folder::new()
        .set("generation_config.json", "/eos_token_id", json!(999_999))
        .fault()
        .1;
    assert!(matches!(
        beyond,
        OpenFault::Tokenizer(TokenizerFault::NoSuchId(999_999))
    ));
}
