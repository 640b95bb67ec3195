//! The real embedding model against an implementation in numpy. Skipped where the model is not here.

mod common;

use std::ops::ControlFlow;

use serde_json::Value;
use weigh_core::model::Model as _;
use weigh_core::request::{Request, Response};
use weigh_engine::{Embedder, OpenOptions};

#[test]
fn cosines_are_those_of_an_implementation_of_its_own() {
    let Some(folder) = common::minilm() else {
        return;
    };
    let reference: Value = serde_json::from_str(include_str!("reference/embeddings.json")).unwrap();
    let rows = reference["rows"].as_array().unwrap();
    let mut embedder = Embedder::open(&folder, &OpenOptions::default()).unwrap();
    let text = |row: &Value| row["text"].as_str().unwrap().to_owned();
    let requests: Vec<Request> = rows
        .iter()
        .flat_map(|one| {
            rows.iter().map(move |other| Request::Similarity {
                text: text(one),
                reference: text(other),
            })
        })
        .collect();
    let expect = rows
        .iter()
        .flat_map(|row| row["cosines"].as_array().unwrap());
    let expect: Vec<f64> = expect.map(|cosine| cosine.as_f64().unwrap()).collect();
    let mut largest: f64 = 0.0;
    let all: Vec<&Request> = requests.iter().collect();
    let mut sink = |at: usize, response| {
        let Response::Similarity { cosine } = response else {
            panic!("{:?}: {response:?}", requests[at]);
        };
        largest = largest.max((cosine.get() - expect[at]).abs());
        ControlFlow::Continue(())
    };
    embedder.answer(&all, &mut sink).unwrap();
    println!("{} cosines, largest difference {largest:e}", expect.len());
    assert!(largest < 1e-4, "{largest}");
}
