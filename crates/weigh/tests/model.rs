//! `weigh model` as it is called: what goes to which stream, and how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// Calls `weigh model` with a cache of its own.
fn weigh(cache: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("weigh").unwrap();
    command
        .env("WEIGH_CACHE", cache)
        .env("HF_HUB_CACHE", cache.join("hub"))
        .env_remove("WEIGH_OFFLINE")
        .arg("model")
        .args(arguments);
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_default_model_is_listed_and_shown() {
    let cache = tempfile::tempdir().unwrap();
    let list = weigh(cache.path(), &["list"]);
    assert_eq!(list.status.code(), Some(0));
    assert!(text(&list.stdout).contains("smollm2-135m-instruct (default)"));
    let list = weigh(cache.path(), &["list", "--json"]);
    let json: Value = serde_json::from_slice(&list.stdout).unwrap();
    assert_eq!(json["format"], "weighhouse-models/1");
    let show = weigh(cache.path(), &["show"]);
    assert!(text(&show.stdout).contains("sha256 b179c952"));
}

#[test]
fn offline_is_an_error_with_every_way_out() {
    let cache = tempfile::tempdir().unwrap();
    for arguments in [&["pull", "--offline"][..], &["check"]] {
        let pull = weigh(cache.path(), arguments);
        assert_eq!(pull.status.code(), Some(2));
        assert!(pull.stdout.is_empty());
        let told = text(&pull.stderr);
        for part in [
            "cannot get the model",
            "hub cache",
            "weigh model pull",
            "by hand: put",
        ] {
            assert!(told.contains(part), "{part} is not in {told}");
        }
    }
}

#[test]
fn a_model_put_there_by_hand_is_found() {
    let cache = tempfile::tempdir().unwrap();
    let recipe = cache.path().join("mine.toml");
    let digest = weigh_core::digest::Digest::of(b"weights");
    let text_of_it = format!(
        "format = \"weighhouse-model/1\"\ntitle = \"Mine\"\nlicence = \"MIT\"\n\
         languages = [\"en\"]\nnotes = \"None.\"\n\
         [[files]]\nname = \"m.gguf\"\nsize = 7\nsha256 = \"{digest}\"\n\
         [[sources]]\nkind = \"hub\"\nrepository = \"a/b\"\nrevision = \"main\"\n"
    );
    std::fs::write(&recipe, text_of_it).unwrap();
    let folder = cache.path().join("models/mine");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("m.gguf"), b"weights").unwrap();
    let check = weigh(cache.path(), &["check", recipe.to_str().unwrap()]);
    assert_eq!(check.status.code(), Some(0), "{}", text(&check.stderr));
    assert_eq!(
        text(&check.stdout).trim(),
        folder.join("m.gguf").display().to_string()
    );
}

#[test]
fn a_faulty_recipe_and_an_unknown_name_are_refused() {
    let cache = tempfile::tempdir().unwrap();
    let recipe = cache.path().join("bad.toml");
    std::fs::write(&recipe, "titel = \"x\"\n").unwrap();
    let show = weigh(cache.path(), &["show", recipe.to_str().unwrap()]);
    assert_eq!(show.status.code(), Some(2));
    let told = text(&show.stderr);
    assert!(
        told.contains("bad.toml:1:1") && told.contains("did you mean `title`?"),
        "{told}"
    );
    let show = weigh(cache.path(), &["show", "smollm2-135m-instuct"]);
    assert_eq!(show.status.code(), Some(2));
    assert!(text(&show.stderr).contains("did you mean `smollm2-135m-instruct`?"));
}
