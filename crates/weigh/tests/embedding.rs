//! `weigh run` with an embedding model: a tiny random one reads what a tiny random model wrote.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::fs;

use support::{World, lasting};
use weigh_engine::identity_of;
use weigh_engine::tiny::write_encoder;

const USAGE: i32 = 2;
const RUN: &str = "run --model model.gguf --suite near.toml --judge encoder --device cpu";

fn world() -> World {
    let world = World::with_model();
    write_encoder(5, &world.path("encoder")).unwrap();
    let identity = identity_of(&world.path("encoder")).unwrap();
    let mut suite = format!(
        "language = \"en\"\ntask = {{ kind = \"generate\", max_tokens = 6, stop = [\" \"] }}\n\
         prompt = \"{{question}}\"\nmeasures = [\"similarity\"]\n\
         [embedding]\nmodel = \"the-encoder\"\nsha256 = \"{identity}\"\n"
    );
    for case in 0..12 {
        suite.push_str(&format!(
            "[[cases]]\nid = \"{case}\"\nquestion = \"Say {case}.\"\n\
             answer = [\"a reply\", \"another\"]\n"
        ));
    }
    fs::write(world.path("near.toml"), suite).unwrap();
    world
}

#[test]
fn replies_are_compared_and_anybody_can_check_it() {
    let world = world();
    let run = world.weigh(&format!("{RUN} --out record")).ended(0);
    let said = "replies are judged by the-encoder";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    world.weigh("verify record").ended(0);
    let predicate = &lasting(&world.path("record"))["predicate"];
    let subject = &predicate["judges"][0]["state"]["ready"]["subject"];
    assert_eq!(subject["name"], "tiny encoder 5");
    assert_eq!(subject["files"].as_array().unwrap().len(), 4);
    let estimate = &predicate["estimates"][0];
    assert_eq!(estimate["measure"], "similarity");
    assert!(estimate["scored"].as_u64().unwrap() > 0, "{estimate}");
    let journal = fs::read_to_string(world.path("record/journal.jsonl")).unwrap();
    assert!(
        journal.contains("{\"similarity\":{\"cosine\":\""),
        "{journal}"
    );
    let judged = journal
        .lines()
        .find(|line| line.contains("\"judged\":\""))
        .unwrap();
    let case = judged
        .split("\"judged\":\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let shown = world
        .weigh(&format!("show {case} --record record"))
        .ended(0);
    for part in [
        "the reply is read by the-encoder",
        "asked 2 of 2: how near is",
        "cosine ",
    ] {
        assert!(shown.stdout.contains(part), "{part}: {}", shown.stdout);
    }
    let dry = world.weigh(&format!("{RUN} --dry-run")).ended(0);
    assert!(
        dry.stdout
            .contains("up to 24 requests to judges (the-encoder)"),
        "{}",
        dry.stdout
    );
}

#[test]
fn another_encoder_is_refused_and_none_is_weighed() {
    let world = world();
    write_encoder(6, &world.path("encoder")).unwrap();
    let other = world.weigh(&format!("{RUN} --out record")).ended(USAGE);
    assert!(other.stderr.contains("another judge"), "{}", other.stderr);
    assert!(!world.path("record").exists());
    let weighed = world
        .weigh("run --model encoder --suite choices")
        .ended(USAGE);
    assert!(
        weighed.stderr.contains("makes embeddings"),
        "{}",
        weighed.stderr
    );
}
