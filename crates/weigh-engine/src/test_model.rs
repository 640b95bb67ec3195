//! Where tests find the real model, if this machine has it.

use std::path::PathBuf;

const FILE: &str = "SmolLM2-135M-Instruct.Q4_1.gguf";

/// The file that `WEIGH_MODEL_SMOLLM2` names, or the one that `weigh model pull` put in its cache.
pub(crate) fn smollm2() -> Option<PathBuf> {
    let path = |name| std::env::var_os(name).map(PathBuf::from);
    let caches = path("XDG_CACHE_HOME").or_else(|| Some(path("HOME")?.join(".cache")));
    let cache = path("WEIGH_CACHE").or_else(|| Some(caches?.join("weighhouse")));
    let cached = cache.map(|cache| cache.join("models/smollm2-135m-instruct").join(FILE));
    let found = path("WEIGH_MODEL_SMOLLM2").or(cached);
    let found = found.filter(|path| path.is_file());
    if found.is_none() {
        println!("skipped: no {FILE}; name it in WEIGH_MODEL_SMOLLM2");
    }
    found
}
