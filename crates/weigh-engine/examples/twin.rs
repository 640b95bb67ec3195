//! Writes a changed copy of a GGUF file: `twin MODEL OUT q4_0`, or `twin MODEL OUT noise LAYER PERCENT SEED`.
//!
//! The first stores every matrix in Q4_1 as Q4_0; the second adds noise of up to so many per cent of
//! the root mean square to the matrices of one layer. docs/statistics.md has what the twin test says of both.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for developers may stop where it stands"
)]

use std::path::Path;

use weigh_engine::Dtype;
use weigh_engine::twin::{Change, changed};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (model, out, change) = match arguments.as_slice() {
        [model, out, "q4_0"] => (
            model,
            out,
            Change::Requantise {
                from: Dtype::Q4_1,
                to: Dtype::Q4_0,
            },
        ),
        [model, out, "noise", layer, percent, seed] => (
            model,
            out,
            Change::Noise {
                layer: layer.parse().unwrap(),
                percent: percent.parse().unwrap(),
                seed: seed.parse().unwrap(),
            },
        ),
        _ => {
            println!("usage: twin MODEL OUT q4_0 | twin MODEL OUT noise LAYER PERCENT SEED");
            return;
        }
    };
    std::fs::write(out, changed(Path::new(model), change).unwrap()).unwrap();
}
