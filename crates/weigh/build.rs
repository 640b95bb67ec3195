//! Builds again when a suite, a profile, a model's manifest or an example changes: they go into the binary.

fn main() {
    for folder in ["suites", "profiles", "cards", "models"] {
        println!("cargo:rerun-if-changed=../../{folder}");
    }
    println!("cargo:rerun-if-changed=starters");
}
