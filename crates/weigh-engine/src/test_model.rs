//! Where tests find the real models, if this machine has them.

use std::path::PathBuf;

/// The default model's file: what `WEIGH_MODEL_SMOLLM2` names, or what `weigh model pull` put in its cache.
pub(crate) fn smollm2() -> Option<PathBuf> {
    let file = "SmolLM2-135M-Instruct.Q4_1.gguf";
    find("WEIGH_MODEL_SMOLLM2", "smollm2-135m-instruct", file)
}

/// The larger model's file: what `WEIGH_QWEN` names, or what `weigh model pull` put in its cache.
pub(crate) fn qwen2() -> Option<PathBuf> {
    let file = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf";
    find("WEIGH_QWEN", "qwen2.5-coder-1.5b-instruct", file)
}

fn find(variable: &str, recipe: &str, file: &str) -> Option<PathBuf> {
    let path = |name| std::env::var_os(name).map(PathBuf::from);
    let caches = path("XDG_CACHE_HOME").or_else(|| Some(path("HOME")?.join(".cache")));
    let cache = path("WEIGH_CACHE").or_else(|| Some(caches?.join("weighhouse")));
    let cached = cache.map(|cache| cache.join("models").join(recipe).join(file));
    let found = path(variable).or(cached).filter(|path| path.is_file());
    if found.is_none() {
        println!("skipped: no {file}; name it in {variable}");
    }
    found
}
