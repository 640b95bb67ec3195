//! From a run to its report on paper: `weigh report --format pdf`.

#![cfg(feature = "pdf")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::fs;

use support::World;

#[test]
fn a_record_is_printed_with_what_was_signed() {
    let world = World::with_model();
    world.run("--out record --device cpu").ended(0);
    let before = fs::read(world.path("record/report.json")).unwrap();
    for (line, says) in [
        ("", "/Lang(en)"),
        ("--lang fr", "/Lang(fr)"),
        ("--lang ru --draft", "/Lang(ru)"),
    ] {
        let out = format!("paper{}.pdf", line.len());
        world
            .weigh(&format!("report record --format pdf {line} --out {out}"))
            .ended(0);
        let document = fs::read(world.path(&out)).unwrap();
        let holds = |text: &str| document.windows(text.len()).any(|w| w == text.as_bytes());
        assert!(document.starts_with(b"%PDF-1.7") && holds(says), "{line}");
        assert!(holds("/F(report.json)"), "{line}");
        assert_eq!(holds("/F(report.dsse.json)"), !line.contains("--draft"));
    }
    assert_eq!(fs::read(world.path("record/report.json")).unwrap(), before);
}

#[test]
fn what_cannot_be_printed_is_said() {
    let world = World::with_model();
    world.run("--out record --device cpu").ended(0);
    let nowhere = world.weigh("report record --format pdf --font-path nowhere --out a.pdf");
    let nowhere = nowhere.ended(2);
    assert!(nowhere.stderr.contains("no folder"), "{}", nowhere.stderr);
    fs::write(world.path("record/report.dsse.json"), "{}").unwrap();
    world
        .weigh("report record --format pdf --out a.pdf")
        .ended(5);
    assert!(!world.path("a.pdf").exists());
}
