//! `weigh compare --twin`: a rerun is the same model, and one with noise in a layer is not.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::fs;

use support::World;
use weigh_engine::twin::{Change, changed};

/// Records of the tiny model, of the same again, and of one with noise in a layer: `old`, `same`, `bad`.
fn world() -> World {
    let world = World::with_model();
    let noise = Change::Noise {
        layer: 1,
        percent: 3000,
        seed: 1,
    };
    let bytes = changed(&world.path("model.gguf"), noise).unwrap();
    fs::write(world.path("twin.gguf"), bytes).unwrap();
    for (model, out) in [("model", "old"), ("model", "same"), ("twin", "bad")] {
        let line = format!(
            "run --model {model}.gguf --device cpu --suite choices --lang en --limit 30 --out {out}"
        );
        world.weigh(&line).ended(0);
    }
    world
}

#[test]
fn a_rerun_is_the_same_model_and_a_degraded_one_differs() {
    let world = world();
    // So few families show no more than this.
    let same = "compare --twin old same --min-agreement 0.8 --max-flips 0.2";
    let told = world.weigh(same).ended(0);
    assert!(told.stdout.contains("(the same files)"), "{}", told.stdout);
    assert_eq!(told.last_line(), "same within the limits");
    let json = world.weigh(&format!("{same} --json")).ended(0).json();
    assert_eq!(json["format"], "weighhouse-twin/1");
    assert_eq!(
        (&json["verdict"], &json["reasons"]),
        (&"same".into(), &serde_json::json!([]))
    );
    assert_eq!(json["certified"]["identity"], json["twin"]["identity"]);
    for one in json["figures"].as_array().unwrap() {
        let (name, value) = (one["figure"].as_str().unwrap(), &one["value"]);
        let expect = if name == "agreement" { "1" } else { "0" };
        assert_eq!(value, expect, "{one}");
        assert_eq!(one["units"], one["scored"]);
    }
    // As far apart, whichever was certified.
    for line in ["compare --twin old bad", "compare --twin bad old"] {
        let bad = world.weigh(line).ended(100);
        assert_eq!(bad.last_line(), "differs");
        let reason = "agreement in all suites: 0.";
        assert!(bad.stdout.contains(reason), "{}", bad.stdout);
    }
    let open = world.weigh(&format!("{same} --max-kl 0.001")).ended(3);
    assert_eq!(open.last_line(), "not shown to be the same");
    assert!(open.stdout.contains("limit 0.001\n"), "{}", open.stdout);
}

#[test]
fn what_is_no_twin_test_is_told() {
    let world = World::with_model();
    for line in [
        "compare old same --max-kl 0.1",
        "compare --twin old same --no-worse-by 0.1",
        "compare --twin old same --min-agreement 1.5",
        "compare --twin old same --max-flips -1",
        "compare --twin old same --max-kl nan",
    ] {
        world.weigh(line).ended(2);
    }
    for (limit, out) in [(2, "old"), (3, "other")] {
        let line = format!("run --model model.gguf --suite choices --limit {limit} --out {out}");
        world.weigh(&line).ended(0);
    }
    let unequal = world.weigh("compare --twin old other").ended(2);
    assert!(
        unequal.stderr.contains("the limit is 2 "),
        "{}",
        unequal.stderr
    );
}
