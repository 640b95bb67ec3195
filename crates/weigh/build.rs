//! Builds again when a suite, a profile or a model's manifest changes: they go into the binary.

fn main() {
    for folder in ["suites", "profiles", "models"] {
        println!("cargo:rerun-if-changed=../../{folder}");
    }
}
